"""While data are corrected because of a finding everybody sees it, and every change of data carries it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import Activity, Change, Evidence, Step
from gui.correcting import CorrectingStrip, under
from gui.language import set_language
from gui.session import Session
from tests.core.audit.party import AUDITOR, PREPARER
from tests.gui.auditing import audited, bill, finding


@pytest.fixture
def audit(session: Session) -> Session:
    """With one open and one closed finding."""
    audited(session, finding(session), finding(session, "fi00002", status="withdrawn"))
    return session


def corrected(session: Session) -> Activity:
    one = bill(session)
    return replace(one, quantity=one.quantity / 2)


def test_every_way_to_change_data_carries_the_finding(audit: Session) -> None:
    audit.correct("2024-01")
    assert audit.because == "fi00001"
    one = bill(audit)
    entries = [
        audit.put(T("Corrected"), corrected(audit)),
        audit.edit(T("More"), [Step("activity", "n1", None, replace(one, id="n1"))]),
        audit.remove(T("Less"), replace(one, id="n1")),
        audit.confirm(
            Change("Li Na", datetime.now(UTC), T("Import"), (Step("activity", "n2", None, replace(one, id="n2")),))
        ),
    ]
    assert [entry.change.because for entry in entries if entry is not None] == ["fi00001"] * 4
    assert {c.id for c in audit.file.corrections} == {one.id, "n2"}


def test_undo_of_a_correction_belongs_to_it_too(audit: Session) -> None:
    audit.correct("fi00001")
    audit.put(T("Corrected"), corrected(audit))
    audit.correct("")
    undone = audit.undo()
    assert undone is not None and undone.change.because == "fi00001"
    assert audit.file.corrections == ()


def test_the_audits_own_records_are_no_corrections_and_proofs_are(audit: Session) -> None:
    audit.correct("fi00001")
    proof = Evidence("e99999", "bill.pdf", "bill", sha256(b"bill").hexdigest(), 4)
    kept = audit.edit(T("Kept"), [Step("evidence", proof.id, None, proof)], [b"bill"])
    answered = finding(audit, status="answered", answered_by=PREPARER.id, root_cause="r", correction="c")
    told = audit.put(T("Answered"), answered)
    assert kept is not None and kept.change.because == "fi00001"
    assert told is not None and told.change.because == ""
    assert audit.because == "fi00001"


def test_it_ends_when_somebody_ends_it_or_another_year_is_shown(audit: Session) -> None:
    heard = QSignalSpy(audit.correcting)
    audit.correct("fi00001")
    audit.correct("fi00001")
    assert heard.count() == 1
    audit.show_year(2023)
    assert (audit.because, heard.count()) == ("", 2)
    audit.show_year(2024)
    audit.correct("fi00001")
    audit.correct("")
    with pytest.raises(UserError, match="only because of an open finding"):
        audit.put(T("For its own sake"), corrected(audit))


def test_only_what_is_open_and_no_recommendation_corrects(audit: Session) -> None:
    with pytest.raises(UserError, match="not open any more"):
        audit.correct("fi00002")
    with pytest.raises(UserError, match="no finding 2024-07"):
        audit.correct("2024-07")
    assert audit.because == ""


def test_the_strip_is_seen_as_long_as_it_lasts(qtbot: QtBot, audit: Session) -> None:
    strip = CorrectingStrip(audit)
    qtbot.addWidget(strip)
    strip.show()
    strip.refresh()
    assert not strip.isVisible()
    audit.correct("fi00001")
    assert strip.isVisible()
    assert strip.words.text() == "Corrections because of finding 2024-01 Electricity bill entered ten times too high"
    asked = QSignalSpy(strip.finding_wanted)
    strip.show_finding.click()
    assert asked.at(0)[0] == "fi00001"
    strip.done.click()
    assert not strip.isVisible() and audit.because == ""


def test_undoing_the_finding_itself_ends_it(qtbot: QtBot, session: Session) -> None:
    audited(session, finding(session))
    session.correct("fi00001")
    strip = CorrectingStrip(session)
    qtbot.addWidget(strip)
    session.person = AUDITOR.name
    session.undo()
    assert session.ledger.get("finding", "fi00001") is None
    assert session.because == "" and strip.isHidden()


def test_the_strip_speaks_chinese_and_head_office_has_none(qtbot: QtBot, audit: Session) -> None:
    set_language("zh")
    strip = CorrectingStrip(audit)
    qtbot.addWidget(strip)
    assert strip.done.text() != ""
    top = CorrectingStrip(audit)
    qtbot.addWidget(top)
    assert under(top, object(), lambda _key, _subject: None) is top
