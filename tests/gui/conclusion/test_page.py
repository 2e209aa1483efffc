"""The page Conclusion: who may decide, answer and sign; what stands in the way; the words of the statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.audit import gate
from core.audit.checklist import questions
from core.i18n import T
from core.ledger import Change, Engagement, Ledger, Opinion, ReviewAnswer, Step, kind_of
from core.store import PlantFile
from gui.conclusion import page as _conclusion
from gui.conclusion.opinion_dialog import OpinionDialog
from gui.conclusion.page import ConclusionPage
from gui.language import set_language
from gui.pages.conclusion import create
from gui.session import Session
from gui.settings import Settings
from tests.core.handover.conftest import NOW
from tests.core.handover.conftest import ledger as small
from tests.core.handover.test_conclude import BLOBS, IN_REVIEW, reviewed
from tests.gui.walk import beyond, clipped, nameless, out_of_order


def session_of(held: Ledger, folder: Path, person: str, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A file that holds all this, however it came there."""
    path = folder / "small.plant"
    PlantFile.create(path, held.plant, "Li Na", NOW)
    records = [r for kind, filed in held.records.items() for r in filed.values() if kind != "plant"]
    with monkeypatch.context() as patched, PlantFile.open(path) as plant:
        patched.setattr(gate, "permit", lambda *_args: None)
        steps = tuple(Step(kind_of(r), r.id, None, r) for r in records)
        plant.append(Change("Li Na", NOW, T("Everything"), steps), BLOBS.values())
    return Session(PlantFile.open(path), person, 2024)


def page(qtbot: QtBot, session: Session, settings: Settings) -> ConclusionPage:
    made = create(session, settings)
    assert isinstance(made, ConclusionPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1060, 700)
    made.refresh()
    made.show()
    qtbot.wait(20)
    return made


def test_nothing_to_conclude_leads_to_the_audit(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page(qtbot, session_of(small(), tmp_path, "Li Na", monkeypatch), settings)
    assert made._nothing.isVisible()
    assert not made._split.isVisible()


def test_the_reviewer_answers_and_nobody_else(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(small(*IN_REVIEW), tmp_path, "Li Na", monkeypatch)
    made = page(qtbot, session, settings)
    assert not made.yes.isEnabled()
    assert "independent reviewer" in made.yes.toolTip()
    session.person = "Wang Fang"
    made.refresh()
    assert made.yes.isEnabled()
    made.questions.show_record("risk")
    made.yes.click()
    held = session.ledger.get("review_answer", "2024:risk")
    assert isinstance(held, ReviewAnswer)
    assert (held.answer, held.by) == ("yes", "pe2")
    at = made.questions.current_record()
    assert at is not None and at.id != "risk" and at.answer is None, "on to the next that is open"
    made.questions.show_record("risk")
    monkeypatch.setattr(_conclusion, "ask_reason", lambda *_args: "")
    made.no.click()
    assert session.ledger.get("review_answer", "2024:risk") == held, "without a remark nothing is answered"
    monkeypatch.setattr(_conclusion, "ask_reason", lambda *_args: "The boiler was forgotten.")
    made.no.click()
    held = session.ledger.get("review_answer", "2024:risk")
    assert isinstance(held, ReviewAnswer)
    assert (held.answer, held.remark) == ("no", "The boiler was forgotten.")


def test_the_team_lead_decides_before_the_review(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = [
        r if not isinstance(r, Engagement) else Engagement(
            "2024", "Client", "Hillside", "Verify.", "All.", team=("pe1",), reviewer="pe2", state="verification"
        )
        for r in IN_REVIEW
    ]  # fmt: skip
    session = session_of(small(*earlier), tmp_path, "Li Na", monkeypatch)
    made = page(qtbot, session, settings)
    assert made.decide.isEnabled()
    assert not made.sign.isEnabled()
    assert "as soon as the opinion is decided" in made.words.toPlainText()
    made._decide("unmodified", "", "The boiler was replaced.")
    held = session.ledger.get("opinion", "2024")
    assert isinstance(held, Opinion)
    assert (held.kind, held.by, held.emphasis) == ("unmodified", "pe1", "The boiler was replaced.")
    assert "The boiler was replaced." in made.words.toPlainText()
    leading = ("Go there", "Hand over on the page “Audit”")
    on = [one for one in made.findChildren(QPushButton) if one.text() in leading]
    with qtbot.waitSignal(made.wanted) as wanted:
        on[-1].click()
    assert wanted.args[0] != "conclusion", "what is to be done here needs no way"
    session.person = "Wang Fang"
    made.refresh()
    assert not made.decide.isEnabled()


def test_the_dialog_shows_a_refusal_and_keeps_what_was_typed(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = reviewed()
    session = session_of(held, tmp_path, "Nobody", monkeypatch)
    made = page(qtbot, session, settings)
    from core.audit.opinion import proposed

    dialog = OpinionDialog(proposed(held, session.inventory, 2024), "limited", None, made._decide, made)
    qtbot.addWidget(dialog)
    dialog.basis.setPlainText("Bills are lost.")
    dialog.go.click()
    assert "not one of the people" in dialog._problem.text()
    assert dialog.basis.toPlainText() == "Bills are lost."


def test_what_stands_in_the_way_is_said_and_the_statement_speaks_both_languages(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page(qtbot, session_of(reviewed(), tmp_path, "Li Na", monkeypatch), settings)
    assert made.sign.isEnabled()
    assert len(made.questions.model.records) == len(questions())
    english = made.words.toPlainText()
    made.spoken.setCurrentIndex(made.spoken.findData("zh"))
    made.spoken.activated.emit(0)
    assert made.words.toPlainText() != english
    assert "Hillside" in made.words.toPlainText()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_order_and_room(
    qtbot: QtBot, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    set_language(lang)
    made = page(qtbot, session_of(reviewed(), tmp_path, "Li Na", monkeypatch), settings)
    assert nameless(made) == []
    assert out_of_order(made) == []
    assert clipped(made) == []
    made.resize(754, 560)  # in a window of 960 points
    assert clipped(made) == [] and beyond(made) == []
