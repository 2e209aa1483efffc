"""The page of the audit's findings: what each person may do, what the forms keep, what corrections came to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import AuditFinding, Sample, TestSheet
from core.store import PlantFile
from gui.audit_findings import acts as audit_finding_acts
from gui.audit_findings.dialogs import AnswerDialog, ClosingDialog, FindingDialog
from gui.audit_findings.letters import LettersDialog
from gui.audit_findings.page import CORRECTED, AuditFindingsPage
from gui.audit_findings.rows import marks
from gui.language import set_language
from gui.page import NewFinding
from gui.pages.audit_findings import create
from gui.session import Session
from gui.settings import Settings
from gui.sheets.rows import days
from tests.core.audit.party import AUDITOR, LEAD, MANAGER, PREPARER
from tests.gui.auditing import audited, bill, confirm, finding
from tests.gui.showing import all_kept
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LATE, LATER = "2025-03-15", "2099-01-31"
ADVICE = {"kind": "recommendation", "effect": None, "activities": (), "owner": "", "due": ""}


@pytest.fixture(scope="module")
def audited_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In verification, with a misstatement and a recommendation; copy it before changing it."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("audited") / demo_file.name))
    session = Session(PlantFile.open(path), "Li Na", 2024)
    audited(session, finding(session), finding(session, "fi00002", title="One folder a month", **ADVICE))
    session.close()
    return path


@pytest.fixture
def audit(audited_file: Path, tmp_path: Path) -> Iterator[Session]:
    made = Session(PlantFile.open(Path(shutil.copy(audited_file, tmp_path / audited_file.name))), "Li Na", 2024)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, audit: Session, settings: Settings) -> Iterator[AuditFindingsPage]:
    yield shown(qtbot, audit, settings)


def shown(qtbot: QtBot, session: Session, settings: Settings, width: int = 1060) -> AuditFindingsPage:
    made = create(session, settings)
    assert isinstance(made, AuditFindingsPage)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(width, 700)
    made.refresh()
    made.show()
    qtbot.wait(20)
    return made


def act_as(page: AuditFindingsPage, session: Session, name: str, key: str = "fi00001") -> None:
    session.act_as(name)
    page.show_subject(key)


def held(session: Session, key: str = "fi00001") -> AuditFinding:
    found = session.ledger.get("finding", key)
    assert isinstance(found, AuditFinding)
    return found


def form(qtbot: QtBot, page: AuditFindingsPage, kind: type) -> FindingDialog | AnswerDialog | ClosingDialog:
    dialog = page.acts.dialog
    assert isinstance(dialog, kind)
    return dialog  # type: ignore[return-value]


def accept(qtbot: QtBot, dialog: FindingDialog | AnswerDialog | ClosingDialog | LettersDialog) -> None:
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        dialog.go.click()


def complaint(qtbot: QtBot, dialog: FindingDialog | AnswerDialog | ClosingDialog) -> str:
    dialog.go.click()
    qtbot.waitUntil(dialog._problem.isVisible, timeout=10_000)
    return dialog._problem.text()


def words_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def texts(page: AuditFindingsPage, row: int) -> dict[str, str]:
    record = page.table.model.records[row]
    return {column.key: column.text(record) for column in page.table.model.columns}


# ---------------------------------------------------------------------- list


def test_a_year_that_nobody_audits_says_how_to_begin(qtbot: QtBot, session: Session, settings: Settings) -> None:
    made = shown(qtbot, session, settings)
    assert not made._body.isVisible() and "Nobody audits this year yet" in words_of(made)
    asked = QSignalSpy(made.wanted)
    made._nothing.findChildren(type(made.raise_button))[0].click()
    assert asked.at(0)[0] == "audit"


def test_each_finding_shows_number_effect_due_and_status(page: AuditFindingsPage) -> None:
    first, second = texts(page, 0), texts(page, 1)
    assert (first["number"], first["kind"], first["effect"], first["due"], first["status"]) == (
        "2024-01", "Misstatement", "+12.30", LATE, "To be answered",
    )  # fmt: skip
    assert (second["number"], second["effect"], second["owner"]) == ("2024-02", "–", "")
    signs = marks(page.table.model.records[0])
    assert (signs["status"].level, signs["due"].level) == ("warning", "bad")
    assert page._summary.text() == "2 not closed · 1 overdue"


def test_only_what_is_not_closed_and_back_to_a_closed_one(page: AuditFindingsPage, audit: Session) -> None:
    confirm(audit, AUDITOR.name, replace(held(audit, "fi00002"), status="withdrawn", closed_by=AUDITOR.id))
    page.shown.setCurrentIndex(page.shown.findData("open"))
    page.shown.activated.emit(1)
    assert [row.id for row in page.table.model.records] == ["fi00001"]
    page.show_subject("fi00002")
    current = page.table.current_record()
    assert current is not None and current.id == "fi00002"


# ---------------------------------------------------------------------- who may what


MAY: dict[str, set[str]] = {
    PREPARER.name: {"answer", "correct"},
    MANAGER.name: {"answer", "correct"},
    AUDITOR.name: {"raise_button", "close_it"},
    "Somebody": set(),
}


def test_each_person_sees_what_they_may_do(page: AuditFindingsPage, audit: Session) -> None:
    names = ("raise_button", "answer", "correct", "send_back", "close_it")
    for who, buttons in MAY.items():
        act_as(page, audit, who)
        assert {name for name in names if getattr(page, name).isEnabled()} == buttons, who
        hidden = {name for name in names if not getattr(page, name).isVisible()}
        assert hidden.isdisjoint(buttons) and (hidden or who == "Somebody"), who


def test_what_is_answered_can_be_sent_back_and_a_recommendation_corrects_nothing(
    page: AuditFindingsPage, audit: Session
) -> None:
    confirm(audit, PREPARER.name, replace(held(audit), status="answered", answered_by=PREPARER.id, root_cause="r"))
    act_as(page, audit, LEAD.name)
    assert page.send_back.isEnabled() and page.close_it.isEnabled()
    act_as(page, audit, PREPARER.name, "fi00002")
    assert not page.correct.isEnabled() and page.answer.isEnabled()


# ---------------------------------------------------------------------- stating


def test_a_button_that_cannot_be_pressed_says_why(page: AuditFindingsPage, audit: Session) -> None:
    act_as(page, audit, AUDITOR.name)
    assert not page.send_back.isEnabled() and page.send_back.toolTip() == "The plant has not answered yet."
    assert page.close_it.isEnabled() and not page.close_it.toolTip()
    act_as(page, audit, PREPARER.name, "fi00002")
    assert page.correct.toolTip() == "A recommendation corrects no data."
    confirm(audit, LEAD.name, replace(held(audit, "fi00002"), status="closed", closed_by=LEAD.id, closed="2025-03-10"))
    act_as(page, audit, PREPARER.name, "fi00002")
    assert page.answer.toolTip() == "The finding is closed." and not page.answer.isEnabled()


def test_raising_from_a_test_sheet_fills_the_form_and_marks_the_sheet(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session, tmp_path: Path
) -> None:
    one = bill(audit)
    sample = Sample("sa00001", 2024, "First", "judgement", (), 1, "", "0" * 64, (one.id,))
    sheet = TestSheet(
        "te00001", 2024, one.id, "traced", "differs", AUDITOR.id, date(2025, 3, 2), "sa00001", Decimal(1000),
        Decimal(900), Decimal("0.5"), note="Comma",
    )  # fmt: skip
    confirm(audit, AUDITOR.name, sample, sheet)
    audit.act_as(AUDITOR.name)
    page.show_subject(NewFinding(one.id, "te00001"))
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    assert dialog.records.keys == (one.id,) and dialog.effect.read() == Decimal("0.5")
    assert "The record says 1,000" in dialog.description.toPlainText() and dialog.sample.read() == "sa00001"
    assert dialog.title.line.text().endswith(": the evidence shows another value"), "to begin with"
    dialog.title.line.clear()
    assert "title is missing" in complaint(qtbot, dialog)
    assert held(audit).title and audit.ledger.get("finding", "fi00003") is None
    scan = tmp_path / "bill.pdf"
    scan.write_bytes(b"%PDF")
    dialog.title.line.setText("Bill wrong by 100 kWh")
    dialog.projected.setChecked(True)
    dialog.owner.set(PREPARER.id)
    dialog.due.line.setText(LATER)
    dialog.files.add_paths([scan])
    accept(qtbot, dialog)
    made = held(audit, "fi00003")
    assert (made.title, made.effect, made.sample, made.projected) == (
        "Bill wrong by 100 kWh",
        Decimal("0.5"),
        "sa00001",
        True,
    )
    assert (made.raised_by, made.owner, made.due) == (AUDITOR.id, PREPARER.id, LATER)
    (kept,) = made.evidence
    assert audit.ledger.get("evidence", kept).name == "bill.pdf"  # type: ignore[union-attr]
    linked = audit.ledger.get("test", "te00001")
    assert isinstance(linked, TestSheet) and linked.finding == "fi00003"
    assert page.table.current_record().id == "fi00003"  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("who", ["Nobody", LEAD.name, PREPARER.name])
def test_a_narrow_window_puts_what_has_no_room_into_the_menu(
    qtbot: QtBot, audit: Session, settings: Settings, who: str, lang: str
) -> None:
    """Beside the list of places 750 points are left of 960; whoever acts finds each act in the bar or in the menu."""
    set_language(lang)
    audit.act_as(who)
    wide = shown(qtbot, audit, settings, 1100)
    acts = [wide.correct, wide.answer, wide.send_back, wide.close_it]
    offered = [one.text() for one in acts if one.isVisible()]
    assert len(offered) >= 2
    made = shown(qtbot, audit, settings, 750)
    assert made.minimumSizeHint().width() <= 750
    acts = [made.correct, made.answer, made.send_back, made.close_it]
    seen = [one.text() for one in acts if one.isVisible()]
    assert {*seen, *(one.text() for one in made.menu().actions())} >= set(offered)
    assert len(seen) <= len(offered)


def test_raising_is_one_change_that_undo_takes_back(qtbot: QtBot, page: AuditFindingsPage, audit: Session) -> None:
    act_as(page, audit, AUDITOR.name)
    page.raise_button.click()
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    dialog.kind.set("nonconformity")
    dialog.title.line.setText("No plan")
    dialog.description.setPlainText("There is no management plan.")
    accept(qtbot, dialog)
    assert held(audit, "fi00003").kind == "nonconformity"
    audit.undo()
    assert audit.ledger.get("finding", "fi00003") is None


def test_a_new_finding_goes_to_who_answered_before_and_within_a_fortnight(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session
) -> None:
    today = audit_finding_acts._today()
    act_as(page, audit, AUDITOR.name)
    page.raise_button.click()
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    assert dialog.due.read() == today + timedelta(days=14), "the earlier day has passed"
    confirm(audit, AUDITOR.name, finding(audit, "fi00003", owner=MANAGER.id, due=LATER, raised=today))
    page.raise_button.click()
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    assert (dialog.owner.read(), dialog.due.read()) == (MANAGER.id, date.fromisoformat(LATER))


def test_a_record_is_added_as_it_is_chosen_and_enter_does_not_raise(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session
) -> None:
    act_as(page, audit, AUDITOR.name)
    page.raise_button.click()
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    assert dialog.focusWidget() is dialog.title.line
    line, one = dialog.records.box.lineEdit(), audit.inventory.activities[0]
    assert line is not None
    dialog.title.line.setText("Wrong")
    line.setFocus()
    QTest.keyClicks(line, one.id)
    completer = dialog.records.box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.records.keys == (one.id,), timeout=5_000)
    other = audit.inventory.activities[1].id
    line.setText(other)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.records.keys == (one.id, other) and dialog._job is None and dialog.isVisible()
    line.setText("nonsense")
    assert "no record of the year" in complaint(qtbot, dialog)


def test_changing_states_anew_and_what_makes_no_sense_is_switched_off(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session
) -> None:
    act_as(page, audit, AUDITOR.name)
    page.menu().actions()[0].trigger()
    dialog = form(qtbot, page, FindingDialog)
    assert isinstance(dialog, FindingDialog)
    assert not dialog.projected.isEnabled()
    dialog.unquantified.setChecked(True)
    assert not dialog.effect.isEnabled()
    dialog.kind.set("recommendation")
    assert not dialog.unquantified.isVisible()
    dialog.kind.set("misstatement")
    dialog.records.list.setCurrentRow(0)
    dialog.records.take_off.click()
    dialog.records.box.setEditText("nonsense")
    dialog.records.add.click()
    assert dialog.records.keys == ()
    other = audit.inventory.activities[3].id
    dialog.records.box.setCurrentIndex(dialog.records.box.findData(other))
    dialog.records.add.click()
    accept(qtbot, dialog)
    assert (held(audit).effect, held(audit).activities) == (None, (other,))


# ---------------------------------------------------------------------- answering and judging


@pytest.mark.usefixtures("however_large")
def test_the_plant_answers_with_a_proof_and_a_refusal_stands_in_the_form(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session, tmp_path: Path
) -> None:
    act_as(page, audit, PREPARER.name)
    page.answer.click()
    dialog = form(qtbot, page, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    dialog.cause.setPlainText("Comma read as thousands")
    dialog.correction.setPlainText("Entered again")
    assert "corrective action is missing" in complaint(qtbot, dialog)
    dialog.action.setPlainText("Second person compares")
    proof = tmp_path / "minutes.pdf"
    proof.write_bytes(b"%PDF minutes")
    dialog.files.add_paths([proof])
    accept(qtbot, dialog)
    made = held(audit)
    assert (made.status, made.root_cause, made.answered_by) == ("answered", "Comma read as thousands", PREPARER.id)
    assert len(made.proof) == 1


def test_reasons_send_back_withdraw_and_open_again(
    page: AuditFindingsPage, audit: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(audit, PREPARER.name, replace(held(audit), status="answered", answered_by=PREPARER.id, root_cause="r"))
    reasons = iter(["No cause is named", "", "The bill was another one", "It was not"])
    monkeypatch.setattr(audit_finding_acts, "ask_reason", lambda *_args: next(reasons))
    act_as(page, audit, LEAD.name)
    page.send_back.click()
    assert (held(audit).status, held(audit).closing_note) == ("open", "No cause is named")
    page.acts.withdraw("fi00001")  # thought better of it
    assert held(audit).status == "open"
    page.acts.withdraw("fi00001")
    assert held(audit).status == "withdrawn"
    page.acts.reopen("fi00001")
    assert held(audit).status == "open"


def test_corrected_can_be_chosen_once_nothing_of_the_effect_is_left(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session
) -> None:
    one = bill(audit)
    line = next(li for li in audit.inventory.lines if li.activity.id == one.id and li.scope == "scope2_location")
    confirm(audit, AUDITOR.name, replace(held(audit), effect=line.tco2e / 2))
    confirm(audit, PREPARER.name, replace(held(audit), status="answered", answered_by=PREPARER.id, root_cause="r"))
    act_as(page, audit, LEAD.name)
    page.close_it.click()
    dialog = form(qtbot, page, ClosingDialog)
    assert isinstance(dialog, ClosingDialog)
    assert not dialog.treatments["corrected"].isEnabled() and not dialog.treatments["conservative"].isEnabled()
    assert "treated is missing" in complaint(qtbot, dialog)
    dialog.reject()
    audit.act_as(PREPARER.name)
    audit.correct("fi00001")
    audit.put(T("Corrected"), replace(one, quantity=one.quantity / 2))
    act_as(page, audit, LEAD.name)
    page.close_it.click()
    dialog = form(qtbot, page, ClosingDialog)
    assert isinstance(dialog, ClosingDialog)
    assert dialog.treatments["corrected"].isChecked() and "Nothing of the effect is left" in words_of(dialog)
    accept(qtbot, dialog)
    assert (held(audit).status, held(audit).treatment, held(audit).closed_by) == ("closed", "corrected", LEAD.id)
    assert audit.because == ""


def test_a_conservative_estimate_is_proposed_and_never_too_small(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session
) -> None:
    confirm(audit, AUDITOR.name, replace(held(audit), effect=Decimal(-7)))
    act_as(page, audit, LEAD.name)
    page.close_it.click()
    dialog = form(qtbot, page, ClosingDialog)
    assert isinstance(dialog, ClosingDialog)
    assert not dialog.conservative.isEnabled()
    dialog.treatments["conservative"].setChecked(True)
    assert dialog.conservative.isEnabled() and dialog.conservative.read() == 7
    dialog.conservative.line.setText("6")
    dialog.note.setPlainText("No bill can be found")
    assert "less than the 7 t" in complaint(qtbot, dialog)
    dialog.conservative.line.setText("8")
    accept(qtbot, dialog)
    assert held(audit).conservative == 8


def test_a_recommendation_closes_without_a_treatment(qtbot: QtBot, page: AuditFindingsPage, audit: Session) -> None:
    act_as(page, audit, LEAD.name, "fi00002")
    page.close_it.click()
    dialog = form(qtbot, page, ClosingDialog)
    assert isinstance(dialog, ClosingDialog) and dialog.treatments == {}
    accept(qtbot, dialog)
    assert held(audit, "fi00002").status == "closed"


# ---------------------------------------------------------------------- correcting


def test_correct_data_goes_to_the_record_and_its_changes_are_listed(page: AuditFindingsPage, audit: Session) -> None:
    one = bill(audit)
    act_as(page, audit, PREPARER.name)
    asked = QSignalSpy(page.wanted)
    page.correct.click()
    assert audit.because == "fi00001" and list(asked.at(0)) == ["activity", one.id]
    assert not page.correct.isEnabled()
    audit.put(T("Corrected"), replace(one, quantity=one.quantity / 10))
    page.tabs.setCurrentIndex(CORRECTED)
    rows = page.corrected.table.model.records
    assert {row.line.activity.id for row in rows} == {one.id} and rows[0].numbers == "2024-01"
    (column,) = (one for one in page.corrected.table.model.columns if one.key == "period")
    assert column.text(rows[0]) == days(one.start, one.end)
    of_a_year = replace(one, start=date(2024, 1, 1), end=date(2024, 12, 31))
    yearly = replace(rows[0], line=replace(rows[0].line, activity=of_a_year))
    assert column.text(yearly) == "2024", "a bill of a year is not one of January"
    found = page.corrected.found
    assert found is not None
    whole = {scope: found.initial[scope] + part for scope, part in found.differences.items()}
    assert whole == found.verified == audit.inventory.totals.scopes
    assert "Scope 2, location-based" in words_of(page.corrected)
    audit.undo()
    assert page.corrected.table.model.records == []


# ---------------------------------------------------------------------- files, letters, inspector


def dropped(page: AuditFindingsPage, path: Path, row: int) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    view = page.table.view
    at = view.visualRect(view.model().index(row, 1)).center()
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
    drop = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, left, none)
    for event in (enter, drop):
        assert page.eventFilter(view.viewport(), event)


@pytest.mark.usefixtures("however_large")
def test_a_file_dropped_on_a_finding_is_evidence_or_proof_as_who_drops_it(
    qtbot: QtBot, page: AuditFindingsPage, audit: Session, tmp_path: Path
) -> None:
    scan, answer = tmp_path / "scan.pdf", tmp_path / "answer.pdf"
    scan.write_bytes(b"scan")
    answer.write_bytes(b"answer")
    audit.act_as(AUDITOR.name)
    dropped(page, scan, 0)
    all_kept(qtbot)
    assert len(held(audit).evidence) == 1 and held(audit).proof == ()
    act_as(page, audit, PREPARER.name)
    assert page.takes(answer) and not page.takes(tmp_path)
    page.take([answer])
    all_kept(qtbot)
    assert len(held(audit).proof) == 1
    told = QSignalSpy(page.told)
    audit.act_as("Somebody")
    page.take([answer])
    all_kept(qtbot)
    assert told.at(told.count() - 1)[0].level == "bad"


def test_letters_are_written_once_under_a_name_that_says_what_they_are(
    qtbot: QtBot, page: AuditFindingsPage, tmp_path: Path
) -> None:
    page.show_subject("fi00001")
    page.letters_button.click()
    dialog = page.letters
    assert dialog.path.path is not None and dialog.path.path.name == "2024-letter-en.pdf"
    dialog.kind.set("sheets")
    dialog.which.set("chosen")
    dialog.tongue.set("both")
    assert dialog.path.path.name == "2024-sheets-both.pdf"
    dialog.path.set_path(tmp_path / "out.pdf")
    told = QSignalSpy(page.told)
    accept(qtbot, dialog)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert told.at(0)[0].sentence == "Written out.pdf."
    page.letters_button.click()
    again = page.letters
    again.path.set_path(tmp_path / "out.pdf")
    again.go.click()
    assert "exists already" in again._problem.text()
    again.reject()


def test_the_inspector_tells_everything_with_history_in_words(page: AuditFindingsPage, audit: Session) -> None:
    one = bill(audit)
    audit.act_as(PREPARER.name)
    audit.correct("fi00001")
    audit.put(T("Corrected"), replace(one, quantity=Decimal(5)))
    audit.correct("")
    told = replace(held(audit), status="answered", answered_by=PREPARER.id, root_cause="Comma", correction="Again")
    confirm(audit, PREPARER.name, told)
    page.show_subject("fi00001")
    widget = page.inspect()
    assert widget is not None
    words = words_of(widget)
    for part in (
        "2024-01 Electricity bill", "Misstatement · Answered, to be judged", "+12.30 t CO₂e", "Wang Wei, 2025-03-01",
        "Comma", f"{one.id}: ", "→ 5", "Status: To be answered → Answered, to be judged", "Answered by: – → Li Na",
    ):  # fmt: skip
        assert part in words
    widget.deleteLater()


# ---------------------------------------------------------------------- reading order and room


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_has_a_name_an_order_and_room(
    qtbot: QtBot, audit: Session, settings: Settings, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_language(lang)
    audit.act_as(AUDITOR.name)
    made = shown(qtbot, audit, settings, 745)
    assert nameless(made) == [] and out_of_order(made) == []
    qtbot.waitUntil(lambda: clipped(made) == [])
    assert beyond(made) == []
    made.show_subject("fi00001")
    for open_form in (made.raise_button.click, made.close_it.click):
        open_form()
        dialog = made.acts.dialog
        assert dialog is not None
        dialog.resize(dialog.width(), 1400)  # else the last fields lie behind the buttons until they are scrolled to
        qtbot.wait(20)
        assert nameless(dialog) == [] and out_of_order(dialog) == []
        assert clipped(dialog) == [] and beyond(dialog) == []
        dialog.reject()
    with stretched(monkeypatch):
        wide = shown(qtbot, audit, settings, 1680)
        assert clipped(wide) == []
