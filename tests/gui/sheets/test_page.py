"""The page Tests: items, evidence, sheets, blind typing, and the bar that moves with them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import AuditFinding, Evidence, Sample, Step, TestSheet
from core.store import PlantFile
from gui.evidence import shown as proof_preview
from gui.language import set_language
from gui.notices import Notice
from gui.page import NewFinding
from gui.pages.tests import PAGE, create
from gui.session import Session
from gui.settings import Settings
from gui.sheets.page import TestsPage
from gui.sheets.rows import HIDDEN, UNTESTED, days
from tests.core.audit.audited_file import SECOND, audited_file, write
from tests.core.audit.party import AUDITOR, PREPARER, REVIEWER
from tests.core.samples import year_of_bills
from tests.gui.showing import settle, shown
from tests.gui.walk import beyond, clipped, nameless, out_of_order

SECRET = Decimal(98765)
BILLS = [replace(one, quantity=SECRET) if one.id == "m03" else one for one in year_of_bills()]
COLD = Sample("sa00002", 2023, "Second draw", "judgement", (), 1, "", "0" * 64, ("m09",), reason="Cold")


def bill() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.drawString(72, 700, "1 000 kWh")
    canvas.save()
    return made.getvalue()


def photo(folder: Path) -> bytes:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(folder / "photo.png"))
    return (folder / "photo.png").read_bytes()


def kept(key: str, name: str, data: bytes, *records: str) -> Evidence:
    return Evidence(key, name, "bill", hashlib.sha256(data).hexdigest(), len(data), activities=records)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audited plant with evidence for some items; copied before it is changed."""
    path = audited_file(tmp_path_factory.mktemp("audited"), COLD, bills=BILLS)
    files = [
        (kept("e00002", "march.pdf", bill(), "m03"), bill()),
        (kept("e00003", "meter.png", b"no picture", "m05"), b"no picture"),
        (kept("e00004", "notes.docx", b"words", "m07"), b"words"),
    ]
    with PlantFile.open(path) as plant:
        for record, data in files:
            write(plant, PREPARER, record, blobs=(data,))
    return path


@pytest.fixture
def audited(built: Path, tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / built.name
    path.write_bytes(built.read_bytes())
    made = Session(PlantFile.open(path), AUDITOR.name, 2023)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, audited: Session, settings: Settings) -> TestsPage:
    made = create(audited, settings)
    assert isinstance(made, TestsPage)
    return shown(qtbot, made, audited)


def type_in(page: TestsPage, text: str) -> None:
    """A value, and Enter."""
    page.form.found.line.clear()
    QTest.keyClicks(page.form.found.line, text)
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Return)


def at(page: TestsPage) -> str:
    row = page.table.current_record()
    return "" if row is None else row.id


def texts(widget: QWidget) -> str:
    """Everything that is written or told anywhere on a widget."""
    seen = [one for one in widget.findChildren(QWidget) if one.isVisible()]
    labels = [one.text() for one in seen if isinstance(one, QLabel)]
    told = [one.accessibleName() + one.accessibleDescription() + one.toolTip() for one in seen]
    return "\n".join((*labels, *told))


def sheets(session: Session) -> tuple[TestSheet, ...]:
    return session.ledger.held(TestSheet)


# ---------------------------------------------------------------------- beginning


def test_without_an_audit_or_a_sample_it_says_how_to_begin(
    qtbot: QtBot, bare: Session, audited: Session, settings: Settings
) -> None:
    made = shown(qtbot, create(bare, settings), bare)
    with qtbot.waitSignal(made.wanted) as asked:
        next(one for one in made.findChildren(QPushButton) if one.isVisible()).click()
    assert asked.args == ["audit", None]
    for key in ("sa00002", "sa00001"):
        held = audited.ledger.get("sample", key)
        assert isinstance(held, Sample)
        audited.person = "Zhao Min"
        audited.remove(T("Removed"), held)
    second = shown(qtbot, create(audited, settings), audited)
    with qtbot.waitSignal(second.wanted) as asked:
        next(one for one in second.findChildren(QPushButton) if one.isVisible()).click()
    assert asked.args == ["samples", None]


def test_its_place(page: TestsPage) -> None:
    assert (PAGE.key, PAGE.group, PAGE.order) == ("tests", "judge", 20)
    assert [one.title for one in page.commands()] == ["Next item to test"]


# ---------------------------------------------------------------------- items and sheets


def test_items_are_shown_with_their_state(page: TestsPage) -> None:
    assert [row.id for row in page.table.model.visible] == ["m03", "m05", "m07", "m09"]
    assert page._progress.text() == "0 of 4 items tested"
    assert at(page) == "m03", "the first that is open"
    page.show_subject("sa00002")
    assert [row.id for row in page.table.model.visible] == ["m09"]
    page.show_subject("m05")
    assert at(page) == "m05"
    assert len(page.table.model.visible) == 4, "an item of another sample brings back all of them"


def test_a_record_beside_the_samples_can_be_tested(page: TestsPage, audited: Session) -> None:
    page.show_subject("m11")
    assert at(page) == "m11"
    type_in(page, "1000")
    assert [(one.activity, one.sample, one.result) for one in sheets(audited)] == [("m11", "", "agrees")]


def test_enter_keeps_the_value_and_goes_to_the_next(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.told) as told:
        type_in(page, "1,000")
    (sheet,) = sheets(audited)
    assert (sheet.activity, sheet.result, sheet.by, sheet.sample) == ("m03", "differs", AUDITOR.id, "sa00001")
    assert (sheet.reported, sheet.found, sheet.effect) == (SECRET, Decimal(1000), Decimal("63.703674"))
    assert sheet.evidence == ("e00002",), "the file that was looked at"
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert notice.action is not None and notice.action[0] == "Raise a finding…"
    assert at(page) == "m05"
    assert page.form.found.line.text() == ""
    with qtbot.waitSignal(page.wanted) as wanted:
        notice.action[1]()
    assert wanted.args == ["audit_findings", NewFinding("m03", sheet.id)], "the next step, though the page went on"


def test_agrees_needs_no_typing(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.told) as told:
        page.form.agrees.click()
    assert told.args[0].action[0] == "Undo"
    told.args[0].action[1]()
    assert sheets(audited) == (), "undone"
    page.table.show_record("m03")
    page.form.agrees.click()
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(one.activity, one.result) for one in sheets(audited)] == [("m03", "agrees"), ("m05", "agrees")]
    assert page._progress.text() == "2 of 4 items tested"


def test_one_key_agrees_wherever_the_keyboard_is(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    assert page.main() is page.form.found.line, "who comes here types"
    first = at(page)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.activity for one in audited.ledger.held(TestSheet)][-1] == first
    assert page.focusWidget() is page.form.found.line
    here = page.table.view.currentIndex().row()
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.table.view.currentIndex().row() == here + 1
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert page.table.view.currentIndex().row() == here
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert page.focusWidget() is page.form.found.line


def test_what_it_means_is_seen_while_it_is_typed(page: TestsPage) -> None:
    QTest.keyClicks(page.form.found.line, "1000")
    assert page.form.difference.text() == "−97,765 kWh (99.0 %)"
    assert page.form.tonnes.text() == "+63.70 t CO₂e location-based\n+59.60 t CO₂e market-based"
    assert page.bar.figures.over.waiting == Decimal("63.703674")
    assert page.form.differs.property("role") == "primary"
    page.form.found.line.clear()
    QTest.keyClicks(page.form.found.line, "98765")
    assert (page.form.difference.text(), page.bar.figures.over.waiting) == ("none", Decimal(0))
    assert page.form.agrees.property("role") == "primary"
    QTest.keyClicks(page.form.found.line, "x")
    assert page.form.difference.text() == "–"


def test_a_contradiction_is_told(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    QTest.keyClicks(page.form.found.line, "1000")
    with qtbot.waitSignal(page.told) as told:
        page.form.agrees.click()
    assert "contradicts" in str(told.args[0])
    page.form.found.line.clear()
    page.form.differs.click()
    assert page.form.found.message
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Return)
    assert "press “Agrees”" in page.form.found.message
    assert sheets(audited) == ()


def test_what_is_not_possible_needs_a_remark(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.told) as told:
        page.form.not_possible.click()
    assert "note is missing" in str(told.args[0])
    page.form.note.setPlainText("The bill was lost.")
    page.form.not_possible.click()
    assert [(one.result, one.note) for one in sheets(audited)] == [("not_possible", "The bill was lost.")]
    assert page.form.note.toPlainText() == "", "the remark belongs to the item before"


def test_the_list_of_open_items_empties_itself(page: TestsPage, audited: Session) -> None:
    page.which.setCurrentIndex(page.which.findData(UNTESTED))
    page.which.activated.emit(1)
    for key in ("m03", "m05", "m07"):
        assert at(page) == key
        page.form.agrees.click()
    assert [row.id for row in page.table.model.visible] == ["m09"]
    page.form.agrees.click()
    assert page.table.model.visible == []
    assert len(sheets(audited)) == 4


def test_a_difference_becomes_a_finding(page: TestsPage, audited: Session, qtbot: QtBot) -> None:
    type_in(page, "1000")
    page.table.show_record("m03")
    assert page.bar.figures.over.waiting == Decimal("63.703674")
    make = next(one for one in page.form.findChildren(QPushButton) if one.text() == "Raise a finding…")
    with qtbot.waitSignal(page.wanted) as asked:
        make.click()
    assert asked.args == ["audit_findings", NewFinding("m03", "te00001")]
    raised = AuditFinding(
        "fi00001", 2023, "misstatement", "March", "Misread.", date(2024, 3, 5), AUDITOR.id,
        activities=("m03",), effect=Decimal("63.703674"),
    )  # fmt: skip
    audited.put(T("Raised"), raised, replace(sheets(audited)[0], finding="fi00001"))
    assert page.bar.figures.over.waiting == 0
    assert page.bar.figures.over.found == Decimal("63.703674")
    assert "Material" in page.bar.accessibleDescription()
    assert not [
        one for one in page.form.findChildren(QPushButton) if one.text() == "Raise a finding…" and one.isVisible()
    ]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (PREPARER.name, "it takes an auditor"),
        (REVIEWER.name, "it takes an auditor"),
        ("Nobody", "Choose who you are"),
    ],
)
def test_who_may_not_test_is_told_why(qtbot: QtBot, audited: Session, settings: Settings, who: str, words: str) -> None:
    audited.person = who
    made = shown(qtbot, TestsPage(audited, settings), audited)
    assert words in made.form.refusal.text()
    assert not made.form.agrees.isEnabled()
    assert made.main() is made.table.view
    before = audited.file.entries
    made.form.agree()
    assert audited.file.entries == before


def test_a_sample_says_what_it_stands_for(page: TestsPage) -> None:
    assert not page.sampled.isVisible(), "of all samples together nothing is said"
    page.show_subject("sa00001")
    assert page.sampled.text() == "Sample Bills: 0 of 3 records tested, different: 0."
    type_in(page, "1000")
    assert "1 of 3 records tested, different: 1. Projected on what it was drawn from: " in page.sampled.text()
    go_blind(page)
    assert not page.sampled.isVisible(), "it would tell something of the value"


def test_a_deleted_record_has_no_sheet(page: TestsPage, audited: Session) -> None:
    held = audited.ledger.records["activity"]
    page._session.file.ledger = type(audited.ledger)(
        {**audited.ledger.records, "activity": {k: v for k, v in held.items() if k != "m03"}}
    )
    page.refresh()
    page.table.show_record("m03")
    assert not page.form.isVisible()
    assert page.table.model.visible[0].state == "gone"


# ---------------------------------------------------------------------- blind


def go_blind(page: TestsPage) -> None:
    page.form.procedure.setCurrentIndex(page.form.procedure.findData("rekeyed"))


def test_nothing_on_the_page_gives_the_value_away(qtbot: QtBot, page: TestsPage, audited: Session) -> None:
    assert "98,765" in texts(page)
    go_blind(page)
    cells = [
        str(page.table.model.data(page.table.model.index(row, column), role))
        for row in range(4)
        for column in range(page.table.model.columnCount())
        for role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole), int(Qt.ItemDataRole.ToolTipRole))
    ]
    read = (texts(page) + "\n".join(cells)).replace(",", "")
    assert "98765" not in read
    assert HIDDEN in read
    assert seen(qtbot, page)[0] == "pdf", "what is typed is read from it"
    assert "98765" not in texts(page).replace(",", "")
    assert page.inspect() is None
    assert not page.record.isVisible(), "the way to the record is closed too"
    assert not page.form.agrees.isVisible(), "nor may one agree with what one does not see"
    QTest.keyClicks(page.form.found.line, "98700")
    assert page.form.effect is None
    assert page.bar.figures.over.waiting == 0, "what is typed moves nothing"
    page.form.procedure.setCurrentIndex(0)
    assert page.record.isVisible()
    assert "98,765" in texts(page)


def test_what_differs_is_typed_once_more(page: TestsPage, audited: Session) -> None:
    go_blind(page)
    type_in(page, "98756")
    assert sheets(audited) == ()
    assert "type once more" in page.form.again.text()
    assert page.form.found.line.text() == ""
    type_in(page, "98765")
    (sheet,) = sheets(audited)
    assert (sheet.procedure, sheet.result, sheet.note) == ("rekeyed", "agrees", "98756 → 98765")
    assert at(page) == "m05"
    assert not page.form.again.isVisible()
    type_in(page, "1000")
    assert sheets(audited)[1].result == "agrees", "right at once"
    QTest.keyClick(page.form.found.line, Qt.Key.Key_Return)
    assert page.form.found.message == "⚠ Type what the evidence shows."


def test_who_tested_it_does_not_type_it(page: TestsPage, audited: Session) -> None:
    type_in(page, "1000")
    go_blind(page)
    page.table.show_record("m03")
    assert "knows its value" in page.form.refusal.text()
    assert not page.form.typed.isEnabled()
    audited.person = SECOND.name
    page.refresh()
    assert page.form.refusal.text() == ""
    assert "found 1,000" not in texts(page), "what the first one found stays hidden"
    type_in(page, "1000")
    type_in(page, "1000")
    assert [(one.by, one.found) for one in sheets(audited)] == [(AUDITOR.id, Decimal(1000)), (SECOND.id, Decimal(1000))]


def test_what_cannot_be_read_is_said(page: TestsPage, audited: Session) -> None:
    go_blind(page)
    page.form.note.setPlainText("The scan is black.")
    page.form.not_possible.click()
    assert [(one.procedure, one.result) for one in sheets(audited)] == [("rekeyed", "not_possible")]


# ---------------------------------------------------------------------- evidence


def seen(qtbot: QtBot, page: TestsPage) -> tuple[str, str]:
    """What is shown of the evidence, and the words in its place, when it was copied out."""
    settle(qtbot, page.proof.preview.latest)
    preview = page.proof.preview
    return preview.showing, preview.words.text() if preview.showing == "words" else ""


def test_evidence_is_shown_beside_the_sheet(
    qtbot: QtBot, page: TestsPage, audited: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (seen(qtbot, page)[0], page.proof.choice.currentText()) == ("pdf", "march.pdf")
    assert page.heightForWidth(1060) < 700, "a bill makes no page scroll that would not without it"
    page.table.show_record("m05")
    assert "Opening “meter.png”" in page.proof.preview.words.text(), "the bill of another record is gone at once"
    assert "cannot be shown" in seen(qtbot, page)[1], "it is no picture, whatever its name"
    page.table.show_record("m07")
    assert "its own program" in seen(qtbot, page)[1]
    page.table.show_record("m09")
    assert "No kept file" in seen(qtbot, page)[1]
    assert not page.proof.choice.isVisible() and not page.proof.opening.isVisible()
    data = photo(tmp_path)
    audited.person = PREPARER.name
    proof = kept("e00005", "meter.png", data, "m09")
    audited.edit(T("Kept"), [Step("evidence", proof.id, None, proof)], (data,))
    assert seen(qtbot, page)[0] == "picture"
    assert page.proof.preview.photo.accessibleName() == "meter.png"
    monkeypatch.setattr(proof_preview, "AT_ONCE", 10)
    page.table.show_record("m03")
    page.table.show_record("m09")
    assert seen(qtbot, page)[0] == "picture", "what was seen opens at once, however large"
    page.proof.show_files((replace(kept("e00006", "film.png", b"film", "m09"), size=11),), "")
    assert "is large" in seen(qtbot, page)[1]
    assert page.proof.preview.show_large.isVisible()


def test_the_file_that_was_chosen_stays_chosen(qtbot: QtBot, page: TestsPage, audited: Session, tmp_path: Path) -> None:
    data = photo(tmp_path)
    audited.person = PREPARER.name
    second = kept("e00007", "meter of march.png", data, "m03")
    audited.edit(T("Kept"), [Step("evidence", second.id, None, second)], (data,))
    page.table.show_record("m03")
    assert (seen(qtbot, page)[0], page.proof.choice.count()) == ("pdf", 2)
    page.proof.choice.setCurrentIndex(1)
    page.proof.choice.activated.emit(1)
    assert seen(qtbot, page)[0] == "picture"
    audited.person = AUDITOR.name
    page.refresh()
    assert (seen(qtbot, page)[0], page.proof.choice.currentText()) == ("picture", "meter of march.png")
    type_in(page, "1000")
    assert sheets(audited)[0].evidence == ("e00007",), "the file that was looked at"


def test_what_could_run_is_not_opened(page: TestsPage, qtbot: QtBot) -> None:
    page.proof.show_files((kept("e9", "setup.exe", b"", "m03"),), "")
    with qtbot.waitSignal(page.told) as told:
        page.proof.opening.click()
    assert "might run a program" in str(told.args[0])


# ---------------------------------------------------------------------- looks


def test_whole_months_are_called_by_their_name() -> None:
    assert days(date(2023, 2, 1), date(2023, 2, 28)) == "2023-02"
    assert days(date(2023, 2, 1), date(2023, 2, 27)) == "2023-02-01 – 2023-02-27"
    set_language("zh")
    assert days(date(2023, 12, 1), date(2023, 12, 31)) == "2023年12月"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_reads_well_and_works_by_keyboard(qtbot: QtBot, audited: Session, settings: Settings, lang: str) -> None:
    set_language(lang)
    made = shown(qtbot, create(audited, settings), audited)
    qtbot.wait(60)
    assert nameless(made) == []
    assert clipped(made) == []
    assert out_of_order(made) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_narrow_page_has_room_for_the_sheet(qtbot: QtBot, audited: Session, settings: Settings, lang: str) -> None:
    """As wide as it is in a window of 960 points."""
    set_language(lang)
    made = shown(qtbot, create(audited, settings), audited)
    made.resize(742, 560)
    assert clipped(made) == [] and beyond(made) == []
