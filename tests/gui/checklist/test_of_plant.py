"""The page of the checklist, of a plant: questions by area, proofs, corrective actions, the calendar, other audits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.disclosures.calendar import calendar_of
from core.disclosures.catalogue import AREAS, checklist
from core.disclosures.checklist import checked_of
from core.disclosures.values import values_of
from core.errors import UserError
from core.handover.asked import known_of
from core.i18n import T
from core.ledger import Answer, AuditFinding, Evidence, ExternalAudit, Supplier, Undertaking
from gui import fonts
from gui.audit_findings.dialogs import FindingDialog
from gui.audit_findings.page import AuditFindingsPage
from gui.checklist.calendar import LATER, OVERDUE, SOON
from gui.checklist.page import AUDITS, CALENDAR, QUESTIONS
from gui.checklist.questions import ALL, EXPIRED, FILTERS, MISSING, RAISED, UNPROVEN, WANTING
from gui.disclosures.answer_form import AnswerForm
from gui.language import set_language
from gui.page import NewFinding
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.core.audit.party import AUDITOR, PREPARER
from tests.core.samples import activity
from tests.gui.auditing import audited, confirm
from tests.gui.checking import (
    CERTIFICATE,
    LONG,
    PROOF,
    TODAY,
    answer,
    inspected,
    keep,
    links,
    opened,
    press,
    rested,
    shown,
    told,
    wanted,
    words,
)
from tests.gui.showing import all_kept
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

TABS = (QUESTIONS, CALENDAR, AUDITS)
BILL = activity("a00001", source="Boiler", start=date(2024, 1, 1), end=date(2024, 12, 31))


@pytest.fixture
def filled(bare: Session) -> Iterator[Session]:
    """A bill, answers with and without proof, one that has run out, and a certificate."""
    keep(
        bare, BILL, PROOF, CERTIFICATE,
        answer("G1", "yes", evidence=(PROOF.id,)),
        answer("G3", "partly"),
        answer("E4", "no"),
        answer("H1", "yes", day=date(2022, 1, 10)),
        answer("H2", "yes", 2023, day=date(2024, 6, 1), evidence=(PROOF.id,)),
        answer("E1", rows=(("590", "640"),)),
    )  # fmt: skip
    yield bare


# ---------------------------------------------------------------------- what is read


def test_counts_rows_filters_and_areas_say_what_the_core_says(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    page = opened(qtbot, filled, settings)
    known = known_of(filled.ledger, 2024, filled.library, filled.file.blob, TODAY)
    areas = checked_of(values_of(known))
    tiles = page.questions.areas
    spoken = [tiles.item(row).data(int(Qt.ItemDataRole.AccessibleTextRole)) for row in range(tiles.count())]
    assert spoken[0].startswith("All topics. Answered ")
    for one, said in zip(areas, spoken[1:], strict=True):
        assert said == (f"{one.title}. Answered {one.answered.n} of {one.answered.of}. "
                        f"Proven {one.proven.n} of {one.proven.of}.")  # fmt: skip
    assert sum(one.answered.n for one in areas) > sum(one.proven.n for one in areas) > 0
    assert len(page.questions.table.model.records) == len(checklist()) == 39
    proven = shown(page, "G1")
    assert proven["question"] == "Is a manager named for climate and for each ESG topic?"
    assert (proven["state"], proven["answer"]) == ("Answered and proven", "Yes")
    assert proven["answered"] == "2024-12-01\nLi Na" and proven["until"] == "2026-12-01"
    assert "NQC SAQ 1a, 1b, 1c, 1d" in proven["serves"] and "CDP 4.3.1" in proven["serves"]
    assert shown(page, "G3")["state"] == "Answered, without proof"
    assert shown(page, "G3")["serves"].endswith("ISO 14001")
    assert shown(page, "H1")["state"] == "Answer expired"
    assert shown(page, "H2")["answered"].startswith("2024-06-01")
    assert shown(page, "G2") == shown(page, "G2") | {"state": "Not answered", "answer": "", "answered": "", "until": ""}
    assert shown(page, "E1")["answer"].endswith("%")
    whole = list(page.questions.table.model.records)
    for kind in (MISSING, EXPIRED, UNPROVEN, WANTING):
        page.questions.show_kind(kind)
        seen = list(page.questions.table.model.records)
        assert seen == [one for one in whole if FILTERS[kind](one)] and 0 < len(seen) < len(whole), kind
    page.questions.show_kind(ALL)
    page.questions.areas.choose("ethics")
    assert {one.question.area for one in page.questions.table.model.records} == {"ethics"}
    page.show_subject("check.V4")
    assert page.questions.areas.key == "" and page.questions.current is not None
    assert page.questions.current.question.code == "V4"


def test_what_follows_from_records_is_said_and_not_asked(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings, "V1")
    assert shown(page, "V1")["answered"] == "From records"
    assert not page.questions.answer.isEnabled()
    assert "follows from other records" in page.questions.answer.toolTip()
    said = inspected(qtbot, page)
    places = wanted(page)
    links(said)["Result of 2024-07-01"].click()
    qtbot.wait(10)
    assert page.front == AUDITS and not places
    current = page.audits.table.current_record()
    assert current is not None and current.id == CERTIFICATE.id


def test_a_kind_without_questions_offers_the_way_back(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    keep(bare, BILL)
    page = opened(qtbot, bare, settings)
    page.questions.show_kind(EXPIRED)
    assert page.questions.table.model.records == []
    assert "No question of this kind" in words(page.questions)
    links(page.questions)["Show all questions"].click()
    assert len(page.questions.table.model.records) == 39


# ---------------------------------------------------------------------- answers and proofs


def form_of(page: object) -> AnswerForm:
    form = page.acts.dialog  # type: ignore[attr-defined]
    assert isinstance(form, AnswerForm) and form.isVisible()
    return form


def test_keys_answer_with_the_field_of_the_kind(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings, "G2")
    press(qtbot, page.questions.table.view, Qt.Key.Key_F2)
    form_of(page).reject()
    press(qtbot, page.questions.table.view, Qt.Key.Key_Return)
    form = form_of(page)
    form.prefill({"value": date(2024, 11, 3)})
    form.go.click()
    rested(qtbot, page)
    held = filled.ledger.get("answer", "2024 check.G2")
    assert isinstance(held, Answer) and held.value == "2024-11-03" and held.by == filled.person
    assert shown(page, "G2")["answer"] == "2024-11-03"
    filled.undo()
    rested(qtbot, page)
    assert shown(page, "G2")["state"] == "Not answered"


def test_a_share_is_answered_with_its_two_numbers(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings, "E2")
    page.answer("check.E2")
    form = form_of(page)
    assert "rows" in form.editors and "value" not in form.editors
    form.editors["rows"].set((("30", "40"),))  # type: ignore[attr-defined]
    form.go.click()
    rested(qtbot, page)
    assert shown(page, "E2")["answer"] == "75 %"


def test_files_prove_the_answer_of_the_row(
    qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, filled, settings, "G3")
    path = tmp_path / "register.pdf"
    path.write_bytes(b"%PDF register")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_said: ([str(path)], ""))
    page.questions.attach.click()
    all_kept(qtbot)
    rested(qtbot, page)
    held = filled.ledger.get("answer", "2024 check.G3")
    assert isinstance(held, Answer) and len(held.evidence) == 1
    proof = filled.ledger.get("evidence", held.evidence[0])
    assert isinstance(proof, Evidence) and proof.name == "register.pdf"
    assert shown(page, "G3")["state"] == "Answered and proven"


def test_files_dropped_on_a_question_without_answer_ask_for_one(
    qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path
) -> None:
    page = opened(qtbot, filled, settings, "V4")
    path = tmp_path / "list.pdf"
    path.write_bytes(b"%PDF list")
    assert page.takes(path)
    page.take([path])
    form = form_of(page)
    assert form.files.paths == (path,)
    form.go.click()
    qtbot.waitUntil(lambda: filled.ledger.get("answer", "2024 check.V4") is not None, timeout=LONG)
    rested(qtbot, page)
    assert shown(page, "V4")["state"] == "Answered and proven"
    assert shown(page, "V4")["answer"] == "with proof"


def test_an_answer_is_taken_back_with_its_key(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings, "E4")
    press(qtbot, page.questions.table.view, Qt.Key.Key_Delete)
    rested(qtbot, page)
    assert filled.ledger.get("answer", "2024 check.E4") is None
    assert shown(page, "E4")["state"] == "Not answered"


def test_the_inspector_says_answer_proof_frameworks_and_leads_there(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    page = opened(qtbot, filled, settings, "G1")
    made = inspected(qtbot, page)
    said = words(made)
    assert "G1: Is a manager named" in said and "Answered and proven" in said
    assert "Holds until 2026-12-01" in said
    places = wanted(page)
    names = links(made)
    next(one for words_of, one in names.items() if words_of.startswith("CDP 4.3.1")).click()
    names[PROOF.name].click()
    qtbot.wait(10)
    assert places == [("disclosures", ("cdp_2025", "4.3.1")), ("evidence", PROOF.id)]
    page.show_subject("H2")
    assert "Answered for 2023; it holds for later years too." in words(inspected(qtbot, page))
    page.show_subject("G3")
    assert not page.questions.action.isEnabled()
    assert "agree on the audit first" in page.questions.action.toolTip()
    assert "It asks for a corrective action" in words(inspected(qtbot, page))
    page.show_subject("G3")
    menu = page.questions.more_menu()
    assert [one.text() for one in menu.actions()][-1] == "Take the answer back"
    page.questions.attach.hide()
    assert "Attach proof…" in [one.text() for one in page.questions.more_menu().actions()]


# ---------------------------------------------------------------------- corrective actions


@pytest.fixture
def under_audit(filled: Session) -> Session:
    """The same, in verification, looked at by an auditor."""
    audited(filled)
    filled.act_as(AUDITOR.name)
    return filled


def test_an_action_is_one_of_the_findings_of_the_audit(qtbot: QtBot, under_audit: Session, settings: Settings) -> None:
    page = opened(qtbot, under_audit, settings, "G3")
    window = page.window()
    assert isinstance(window, Window)
    page.questions.action.click()
    findings = window.page("audit_findings")
    assert isinstance(findings, AuditFindingsPage)
    dialog = findings.acts.dialog
    assert isinstance(dialog, FindingDialog)
    assert dialog.title.read() == "Are legal environmental duties listed and checked?"
    assert dialog.description.toPlainText() == "Checklist G3: Partly"
    assert "Asked for by: G3: Are legal" in words(dialog)
    assert "misstatement" not in [dialog.kind.box.itemData(row) for row in range(dialog.kind.box.count())]
    dialog.clause.line.setText("ISO 14001")
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(under_audit.ledger.held(AuditFinding)), timeout=LONG)
    (raised,) = under_audit.ledger.held(AuditFinding)
    assert (raised.point, raised.kind, raised.raised_by) == ("check.G3", "nonconformity", AUDITOR.id)
    window.go("checklist")
    rested(qtbot, page)
    assert shown(page, "G3")["action"] == "2024-01: To be answered"
    page.questions.show_kind(RAISED)
    assert [one.question.code for one in page.questions.table.model.records] == ["G3"]
    page.show_subject("G3")
    assert page.questions.action.text() == "Show corrective action"
    places = wanted(page)
    page.questions.action.click()
    assert places == [("audit_findings", raised.id)]


def test_a_second_open_action_about_the_same_question_is_refused(
    qtbot: QtBot, under_audit: Session, settings: Settings
) -> None:
    first = AuditFinding("fi00001", 2024, "nonconformity", "No list", "There is none.", TODAY, AUDITOR.id,
                         clause="ISO 14001", owner=PREPARER.id, due="2025-02-10", point="check.G3")  # fmt: skip
    confirm(under_audit, AUDITOR.name, first)
    page = opened(qtbot, under_audit, settings, "G3")
    assert shown(page, "G3")["action"] == "2024-01: overdue"
    window = page.window()
    assert isinstance(window, Window)
    window.go("audit_findings", NewFinding(point="check.G3"))
    findings = window.page("audit_findings")
    assert isinstance(findings, AuditFindingsPage)
    dialog = findings.acts.dialog
    assert isinstance(dialog, FindingDialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: "There is an open finding about it" in words(dialog), timeout=LONG)
    assert len(under_audit.ledger.held(AuditFinding)) == 1


def test_the_finding_leads_back_to_its_question(qtbot: QtBot, under_audit: Session, settings: Settings) -> None:
    first = AuditFinding("fi00001", 2024, "nonconformity", "No list", "There is none.", TODAY, AUDITOR.id,
                         clause="ISO 14001", point="check.G3")  # fmt: skip
    confirm(under_audit, AUDITOR.name, first)
    page = opened(qtbot, under_audit, settings)
    window = page.window()
    assert isinstance(window, Window)
    window.go("audit_findings", "fi00001")
    made = window.page("audit_findings").inspect()
    assert made is not None
    qtbot.addWidget(made)
    links(made)["G3: Are legal environmental duties listed and checked?"].click()
    rested(qtbot, page)
    assert page.isVisible() and page.questions.current is not None
    assert page.questions.current.question.code == "G3"


# ---------------------------------------------------------------------- calendar


@pytest.fixture
def dated(filled: Session) -> Session:
    """Something of most kinds."""
    keep(
        filled,
        replace(PROOF, valid_to="2025-03-20"),
        Supplier("su00001", "Hebei Steel", "CN"),
        Undertaking("un00001", "su00001", "ilo", "2024", date(2024, 3, 1), valid_to="2025-04-30"),
        Answer("2024 policy.env", "policy.env", 2024, date(2024, 5, 1), "Signed", valid_to="2029-01-31"),
    )
    return filled


def test_the_calendar_is_that_of_the_core_by_month(qtbot: QtBot, dated: Session, settings: Settings) -> None:
    page = opened(qtbot, dated, settings, CALENDAR)
    every = calendar_of(dated.ledger, TODAY)
    view = page.calendar
    titles = [view.months.item(row).text() for row in range(view.months.count())]
    assert titles[0].startswith("Overdue, next 12 months (") and titles[1].startswith("Overdue (")
    assert "2025-04 (1)" in titles and titles[-1].startswith("Later (")
    later = [one for one in every if one.day > date(2026, 3, 31)]
    assert [row.due for row in view.table.model.records] == [one for one in every if one not in later]
    view.choose(LATER)
    assert [row.due for row in view.table.model.records] == later
    view.choose(OVERDUE)
    assert all(row.due.overdue for row in view.table.model.records) and view.table.model.records
    view.choose("2025-04")
    assert [str(row.due.words) for row in view.table.model.records] == ["Hebei Steel: ILO core conventions"]
    view = page.calendar
    view.kinds.setCurrentIndex(view.kinds.findData("external_finding"))
    view.kinds.activated.emit(view.kinds.currentIndex())
    assert [str(row.due.words) for row in view.table.model.records] == [
        "Management system: Labels", "Management system: Register",
    ]  # fmt: skip
    assert view.months.count() == 3


PLACES: dict[str, tuple[str, str] | str] = {
    "undertaking": ("suppliers", "un00001"), "evidence": ("evidence", PROOF.id),
    "external_audit": CERTIFICATE.id, "external_finding": CERTIFICATE.id, "answer": "check.H1",
}  # fmt: skip
"""Of each kind of date: another page with what it is about, or a record of this page."""


def test_each_line_opens_its_record(qtbot: QtBot, dated: Session, settings: Settings) -> None:
    page = opened(qtbot, dated, settings, CALENDAR)
    places = wanted(page)
    for kind, place in PLACES.items():
        page.go_tab(CALENDAR)
        places.clear()
        row = next(one for one in page.calendar.table.model.records if one.due.kind == kind)
        page.calendar.table.show_record(row.id)
        press(qtbot, page.calendar.table.view, Qt.Key.Key_Return)
        if isinstance(place, tuple):
            assert places == [place]
        elif place.startswith("check."):
            assert page.front == QUESTIONS and page.questions.current is not None, kind
            assert page.questions.current.question.point.key == place
        else:
            current = page.audits.table.current_record()
            assert page.front == AUDITS and current is not None and current.id == place, kind
            page.audits.table.view.setCurrentIndex(QModelIndex())


def test_the_calendar_is_written_as_a_file_or_it_is_told_why_not(
    qtbot: QtBot, dated: Session, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, dated, settings, CALENDAR)
    path, notices = tmp_path / "due.ics", told(page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(path), ""))
    page.calendar.choose(OVERDUE)
    page.calendar.export.click()
    text = path.read_bytes().decode()
    assert text.count("BEGIN:VEVENT\r\n") == len(calendar_of(dated.ledger, TODAY)), "every month, not the one in front"
    assert [one.level for one in notices] == ["good"]
    notices.clear()
    page.calendar.write(tmp_path / "nowhere" / "due.ics")
    assert [one.level for one in notices] == ["bad"]


def test_an_empty_calendar_says_what_belongs_there(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    page = opened(qtbot, bare, settings, CALENDAR)
    assert "Nothing expires and nothing is due here" in words(page.calendar)
    assert not page.calendar.export.isEnabled()
    assert [page.calendar.months.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(page.calendar.months.count())] == [SOON]  # fmt: skip


# ---------------------------------------------------------------------- audits by others


def test_a_result_says_its_open_findings_and_whether_it_holds(
    qtbot: QtBot, filled: Session, settings: Settings
) -> None:
    keep(filled, ExternalAudit("ea00002", "ecovadis", "EcoVadis", date(2023, 9, 1), result="62/100",
                               valid_to="2024-09-01"))  # fmt: skip
    page = opened(qtbot, filled, settings, AUDITS)
    columns = {one.key: one for one in page.audits.table.model.columns}
    rating, certificate = page.audits.table.model.records
    assert (columns["result"].text(rating), columns["state"].text(rating)) == ("62/100", "expired")
    assert columns["state"].text(certificate) == "in force"
    assert columns["open"].text(certificate) == "2, due 2025-02-01"
    page.show_subject(CERTIFICATE.id)
    said = words(inspected(qtbot, page))
    assert "Labels: due 2025-02-01" in said and "Drill: closed 2024-09-20" in said


def test_a_certificate_is_attached_to_its_result(
    qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path
) -> None:
    keep(filled, replace(CERTIFICATE, evidence=()))
    page = opened(qtbot, filled, settings, CERTIFICATE.id)
    path = tmp_path / "certificate.pdf"
    path.write_bytes(b"%PDF certificate")
    assert page.takes(path)
    page.take([path])
    all_kept(qtbot)
    held = filled.ledger.get("external_audit", CERTIFICATE.id)
    assert isinstance(held, ExternalAudit) and len(held.evidence) == 1


def test_results_come_and_go_as_tables(qtbot: QtBot, filled: Session, settings: Settings, tmp_path: Path) -> None:
    page = opened(qtbot, filled, settings, AUDITS)
    path = tmp_path / "results.csv"
    page.audits.write_table(path)
    page.audits.table.show_record(CERTIFICATE.id)
    page.audits.remove_chosen()
    assert filled.ledger.get("external_audit", CERTIFICATE.id) is None
    assert page.takes(path)
    page.take([path])
    page.audits.importing.accept()
    (held,) = filled.ledger.held(ExternalAudit)
    assert replace(held, id=CERTIFICATE.id) == CERTIFICATE


# ---------------------------------------------------------------------- states, walks


def test_a_file_that_is_read_only_offers_nothing(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _session: False))
    page = opened(qtbot, filled, settings, "G3")
    for one in (page.questions.answer, page.questions.attach, page.questions.action, page.audits.add):
        assert not one.isEnabled()
    assert page.questions.answer.toolTip() == "The file is open read-only."
    assert not page.takes(Path("x.pdf"))


def test_records_that_cannot_be_worked_out_are_told_and_asked_anew(
    qtbot: QtBot, filled: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, filled, settings)
    notices = told(page)

    def broken() -> object:
        raise UserError(T("It is damaged."))

    monkeypatch.setattr(page, "work", lambda: broken)
    keep(filled, answer("G2", "2024-05-01"))
    qtbot.waitUntil(lambda: [one.level for one in notices] == ["bad"], timeout=LONG)
    monkeypatch.undo()
    page.today = lambda: TODAY
    page.refresh()
    rested(qtbot, page)
    assert shown(page, "G2")["answer"] == "2024-05-01"


def test_the_palette_offers_what_the_page_does(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings)
    commands = {one.title: one for one in page.commands()}
    assert commands["Answer a question…"].possible, "one that is not answered is selected"
    assert page.questions.current is not None and page.questions.current.state not in ("proven", "answered")
    page.questions.table.view.setCurrentIndex(QModelIndex())
    assert not commands["Answer a question…"].possible, "none is selected"
    commands["Questions without proof"].run()
    assert page.questions.shown.currentData() == UNPROVEN
    commands["What expires and is due"].run()
    assert page.front == CALENDAR
    commands["Add a result of an audit by others…"].run()
    assert page.front == AUDITS and page.audits.dialog.isVisible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_can_be_walked(
    qtbot: QtBot, dated: Session, settings: Settings, lang: str, qapp: QApplication
) -> None:
    set_language(lang)
    fonts.prepare(qapp)
    page = opened(qtbot, dated, settings)
    for tab in TABS:
        page.go_tab(tab)
        rested(qtbot, page)
        assert nameless(page) == [] and out_of_order(page) == [] and clipped(page) == [], tab


def test_twice_as_long_words_have_room(
    qtbot: QtBot, dated: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stretched(monkeypatch):
        page = opened(qtbot, dated, settings, large=True)
        for tab in TABS:
            page.go_tab(tab)
            rested(qtbot, page)
            assert clipped(page) == [] and beyond(page) == [], tab


def test_every_area_has_a_tile_and_tiles_have_room(qtbot: QtBot, filled: Session, settings: Settings) -> None:
    page = opened(qtbot, filled, settings)
    tiles = page.questions.areas
    assert tiles.count() == len(AREAS) + 1
    for width in (400, 700, 1000, 1600):
        tiles.resize(width, tiles.height())
        last = tiles.visualItemRect(tiles.item(tiles.count() - 1))
        assert last.bottom() < tiles.height() and last.right() <= tiles.viewport().width(), width
    assert page.questions.shown.currentData() == ALL
