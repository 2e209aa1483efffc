"""What head office sees of the answers to a request, in the reports that it accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.cli import main
from core.errors import UserError
from core.group.inbox.judging import judged, order
from core.group.inbox.replies import replies, request_of
from core.group.out.sending import request, sending
from core.handover import prepare, produce, receive
from core.handover.answering import answering
from core.handover.notices import kept_notice
from core.i18n import T
from core.ledger import Change, Group, Ledger, Site, Step, kind_of
from core.library import load_library
from core.signing import Identity, Trust
from core.store import ACCEPTED, GroupFile
from tests.core.handover.conftest import NOW, auditor, authority, ledger, trust

__all__ = ["auditor", "authority", "trust"]
ROWS = (
    {"what": "words", "subject": "", "unit": "", "years": "2024", "words": "Who owns the roof?"},
    {"what": "records", "subject": "purchased_electricity", "unit": "", "years": "2024", "words": ""},
    {"what": "records", "subject": "lubricants", "unit": "", "years": "2024", "words": ""},
    {"what": "report", "subject": "", "unit": "", "years": "2024 2025", "words": ""},
)


def filed(group: GroupFile, held: Ledger, auditor: Identity, trust: Trust) -> None:
    draft = prepare(held, 2024, load_library(), language="en", issued_by="Li Na", when=NOW, journal=("0" * 64, 1))
    pdf = produce(draft, auditor)
    when = NOW + timedelta(hours=1)
    found = judged(order("a.pdf", pdf, trust, when), receive(pdf, trust, load_library(), when, rebuild=False))
    group.file(replace(found.filed, state=ACCEPTED, reasons=()), pdf, found.parts, found.markings)


@pytest.fixture
def group(tmp_path: Path, auditor: Identity, trust: Trust) -> Iterator[GroupFile]:
    """A request to two plants, one of which has answered in its report."""
    held = ledger()
    known = (Group("Wood Group"), Site("si1", held.plant.name, held.plant.country), Site("si2", "Birch", "GB"))
    with GroupFile.open(tmp_path / "g.group") as opened:
        steps = tuple(Step(kind_of(one), one.id, None, one) for one in known)
        opened.append(Change("Wang Wei", NOW, T("Register entered"), steps))
        made = sending(opened.register, request(opened.register, "Data 2024", ROWS), auditor, "Wang Wei", NOW)
        opened.append(made.change, [made.data])
        notice = kept_notice(made.data)
        assert notice is not None
        answer = answering(notice, ROWS[0], held, "The landlord 房东.")
        filed(opened, held.apply(answer.steps), auditor, trust)
        yield opened


def test_an_answer_in_words_comes_back_inside_the_signed_report(group: GroupFile) -> None:
    found = {one.site.id: one for one in replies(group, "d0001", load_library())}
    words, electricity, oil, report = found["si1"].items
    assert (words.done, words.answer) == (True, "The landlord 房东.")
    assert (electricity.done, oil.done, oil.missing) == (True, False, (2024,))
    assert (report.done, report.missing) == (False, (2025,))
    assert found["si1"].open == 2
    assert found["si2"].reports == () and found["si2"].open == 4


def test_only_a_request_has_answers(group: GroupFile) -> None:
    with pytest.raises(UserError, match="No request went out"):
        request_of(group, "d0009")


def test_the_command_shows_them(group: GroupFile, capsys: pytest.CaptureFixture[str]) -> None:
    group.close()
    assert main(["office", "answers", str(group.path), "--id", "d0001"]) == 1
    out = capsys.readouterr().out
    assert "The landlord 房东." in out and "no report yet" in out and "missing: 2025" in out
    assert main(["office", "answers", str(group.path), "--id", "d0001", "--json"]) == 1
    first = json.loads(capsys.readouterr().out)["plants"][0]
    assert first["items"][0]["answer"] == "The landlord 房东."
