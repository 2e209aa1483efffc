"""The page of evidence: taken in, seen, described, linked, verified; and the tonnes that have none."""

from __future__ import annotations

import io
import sqlite3
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

import core.blob
from core.blob import Watch
from core.exchange.proofs import proof_of
from core.exchange.register import Described, adding
from core.i18n import T
from core.ledger import Activity, Engagement, Evidence, KeyFigure, Person, Step, kind_of
from core.store import PlantFile
from gui.evidence import copies as proof_copies
from gui.evidence import keeping
from gui.evidence import shown as proof_preview
from gui.evidence.form import DescribeDialog
from gui.evidence.intake import png_of
from gui.evidence.link import LinkDialog
from gui.evidence.page import REGISTER, WITHOUT, EvidencePage
from gui.jobs import Job, Progress
from gui.language import set_language
from gui.notices import Notice
from gui.session import Session
from gui.settings import Settings
from tests.gui.showing import settle, shown

YEAR = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}


def record(key: str, source: str, quantity: int, evidence: str = "") -> Activity:
    return Activity(key, source, "purchased_electricity", "electricity", YEAR["start"], YEAR["end"], Decimal(quantity),
                    "kWh", evidence=evidence)  # fmt: skip


ROWS = (record("a1", "Press", 1000), record("a2", "Oven", 3000, "B-2"), record("a3", "Yard", 6000))


@cache
def pdf(pages: int = 2) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 400), invariant=1)
    for number in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 300, 400, stroke=0, fill=1)
        canvas.drawString(10, 10, str(number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@cache
def photo() -> bytes:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    return png_of(image)


@pytest.fixture
def filled(bare: Session) -> Session:
    bare.edit(T("Rows"), [Step(kind_of(row), row.id, None, row) for row in ROWS])
    keep(bare, "bill.pdf", pdf(), "a1", said=Described(kind="bill", start="2024-01-01", end="2024-12-31"))
    keep(bare, "meter.png", photo(), said=Described(kind="meter_photo"))
    return bare


def keep(session: Session, name: str, data: bytes, *rows: str, said: Described | None = None) -> Evidence:
    found = adding(session.ledger, [proof_of(name, data)], rows, said or Described())
    session.edit(found.why, found.steps, found.data)
    return next(one for one in session.ledger.evidence if one.name == name)


@pytest.fixture
def page(qtbot: QtBot, filled: Session, settings: Settings) -> EvidencePage:
    made = shown(qtbot, EvidencePage(filled, settings), filled)
    settle(qtbot, made.preview.latest)
    return made


def told(page: EvidencePage) -> list[Notice]:
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def names(page: EvidencePage) -> list[str]:
    return [row.proof.name for row in page.register.model.records]


def choose(qtbot: QtBot, page: EvidencePage, name: str) -> None:
    page.register.show_record(next(row.id for row in page.register.model.records if row.proof.name == name))
    settle(qtbot, page.preview.latest)


def waited(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not Job.any_running(), timeout=20_000)
    settle(qtbot)


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, at: QPoint, *paths: Path) -> None:
    """As the system does it: the drag enters, then the files fall."""
    data, none, left = mime(*paths), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, left, none, QEvent.Type.Drop)
    QApplication.sendEvent(widget, event)
    assert event.isAccepted()


# ---------------------------------------------------------------------- what is shown


def test_the_register_and_the_coverage_are_shown(page: EvidencePage) -> None:
    assert names(page) == ["bill.pdf", "meter.png"]
    column = {c.key: c for c in page.register.model.columns}
    first, second = page.register.model.records
    assert [column[key].text(first) for key in ("kind", "rows", "size")][:2] == ["Bill", "1"]
    assert column["period"].text(first) == "2024", "a whole year by its name"
    assert column["sha256"].text(first) == first.proof.sha256[:12] and len(column["sha256"].value(first)) == 64
    assert page.bar.figure.text() == "10.0 %"
    assert [(one.key, round(one.percent)) for one in page.bar.canvas.shares] == [
        ("bill", 10),
        ("number", 30),
        ("nothing", 60),
    ]
    boxes = [box for _one, box in page.bar.canvas.boxes()]
    assert abs(sum(box.width() for box in boxes) - page.bar.canvas.width()) < 1
    assert "Only a number 30.0 %" in page.bar.accessibleDescription()
    assert page._marks(second)["rows"].level == "info", "linked to no row yet"
    assert [row.id for row in page.without.model.records] == ["a3", "a2"], "most tonnes first"
    assert "(2)" in page.tabs.tabText(REGISTER) and "(2)" in page.tabs.tabText(WITHOUT)


def test_a_bill_counts_for_what_it_proves_and_expiry_is_marked(
    qtbot: QtBot, page: EvidencePage, filled: Session
) -> None:
    proven = {row.proof.name: row.tonnes for row in page.register.model.records}
    assert proven["bill.pdf"] > 0 == proven["meter.png"]
    keep(filled, "old contract.pdf", b"%PDF old", "a3", said=Described(kind="contract", valid_to="2024-06-30"))
    row = next(r for r in page.register.model.records if r.proof.name == "old contract.pdf")
    assert row.expired and page._marks(row)["valid_to"].level == "warning"


def test_a_plant_without_proofs_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = shown(qtbot, EvidencePage(bare, settings), bare)
    words = [one.text() for one in made.findChildren(QLabel) if one.isVisible()]
    assert "No proof is kept yet" in words and made.bar.figure.text() == "–"
    assert not made.describe.isEnabled() and not made.link.isEnabled() and made.add.isEnabled()


# ---------------------------------------------------------------------- preview


def test_a_pdf_and_a_picture_are_seen_beside_it(qtbot: QtBot, page: EvidencePage) -> None:
    choose(qtbot, page, "bill.pdf")
    assert page.preview.showing == "pdf" and page.preview.pages.place.text() == "Page 1 of 2"
    qtbot.waitUntil(lambda: not page.preview.pages.sheets.pending(), timeout=20_000)
    image = page.preview.pages.sheets.viewport().grab().toImage()
    assert QColor(image.pixel(image.width() // 2, image.height() // 3)) == QColor("red")
    choose(qtbot, page, "meter.png")
    assert page.preview.showing == "picture" and page.preview.photo.accessibleName() == "meter.png"
    picture = page.preview.photo.pixmap().toImage()
    assert QColor(picture.pixel(5, 5)) == QColor("blue")


def test_what_cannot_be_seen_says_so(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    for name, data, words in (
        ("rows.xlsx", b"PK", "open it with its own program"),
        ("broken.pdf", b"%PDF nothing", "cannot be shown"),
        ("broken.png", b"\x89PNG", "cannot be shown"),
    ):
        keep(filled, name, data)
        choose(qtbot, page, name)
        assert page.preview.showing == "words" and words in page.preview.words.text(), name
        assert page.preview.opening.isVisible(), "another program can show it"


def test_an_altered_proof_is_not_shown(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    proof = keep(filled, "other.pdf", pdf(3))
    db = filled.file._opened.db
    with db.atomic():
        db.conn.execute("update blob set data = ? where sha256 = ?", (pdf(1), proof.sha256))
    choose(qtbot, page, "other.pdf")
    assert page.preview.showing == "words" and "missing or was altered" in page.preview.words.text()


def test_a_large_file_is_copied_out_only_on_demand(
    qtbot: QtBot, page: EvidencePage, filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_preview, "AT_ONCE", 10)
    keep(filled, "large.pdf", pdf(4))
    choose(qtbot, page, "large.pdf")
    assert page.preview.showing == "words" and page.preview.show_large.isVisible()
    page.preview.show_large.click()
    settle(qtbot, page.preview.latest)
    assert page.preview.showing == "pdf" and page.preview.pages.place.text() == "Page 1 of 4"


# ---------------------------------------------------------------------- take in


def test_files_dropped_on_the_page_are_taken_in(
    qtbot: QtBot, page: EvidencePage, filled: Session, tmp_path: Path
) -> None:
    notices, entries = told(page), filled.file.entries
    one, two = tmp_path / "化验报告.pdf", tmp_path / "b.pdf"
    one.write_bytes(b"%PDF 1")
    two.write_bytes(b"%PDF 2")
    drop(page, QPoint(5, 5), one, two)
    assert filled.file.entries == entries + 1, "one change"
    kinds = {e.name: (e.kind, e.activities) for e in filled.ledger.evidence}
    assert kinds["化验报告.pdf"] == ("laboratory", ()) and kinds["b.pdf"] == ("bill", ())
    assert [n.level for n in notices] == ["good"]
    assert page.register.current_record().proof.name == "化验报告.pdf", "it stands on what was kept"  # type: ignore[union-attr]
    filled.undo()
    assert names(page) == ["bill.pdf", "meter.png"]
    assert page.takes(one) and not page.takes(tmp_path)


def test_a_file_dropped_on_a_proof_belongs_to_the_same_rows(
    page: EvidencePage, filled: Session, tmp_path: Path
) -> None:
    second = tmp_path / "page 2.pdf"
    second.write_bytes(b"%PDF page 2")
    view = page.register.view
    drop(view.viewport(), view.visualRect(page.register.model.index(0, 0)).center(), second)
    assert next(e.activities for e in filled.ledger.evidence if e.name == "page 2.pdf") == ("a1",)


def test_a_file_dropped_on_a_record_without_proof_proves_it(
    page: EvidencePage, filled: Session, tmp_path: Path
) -> None:
    page.tabs.setCurrentIndex(WITHOUT)
    bill = tmp_path / "yard.pdf"
    bill.write_bytes(b"%PDF yard")
    view = page.without.view
    drop(view.viewport(), view.visualRect(page.without.model.index(0, 0)).center(), bill)
    assert next(e.activities for e in filled.ledger.evidence if e.name == "yard.pdf") == ("a3",)
    assert [row.id for row in page.without.model.records] == ["a2"]
    assert page.bar.figure.text() == "70.0 %"


def test_a_picture_is_pasted_with_the_keyboard(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    page.acts.paste(now=datetime(2025, 2, 3, 14, 5, 6))
    kept = next(e for e in filled.ledger.evidence if e.name == "2025-02-03 14.05.06.png")
    assert (kept.kind, kept.media_type) == ("other", "image/png")
    found = QImage.fromData(filled.file.blob(kept.sha256))
    assert QColor(found.pixel(3, 3)) == QColor("green")
    count = len(filled.ledger.evidence)
    image.fill(QColor("yellow"))
    QGuiApplication.clipboard().setImage(image)
    page.register.view.setFocus()
    QTest.keyClick(page.register.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(filled.ledger.evidence) == count + 1


def test_files_are_pasted_and_nothing_is_said_so(page: EvidencePage, filled: Session, tmp_path: Path) -> None:
    notices = told(page)
    copied = tmp_path / "copied.pdf"
    copied.write_bytes(b"%PDF copied")
    QGuiApplication.clipboard().setMimeData(mime(copied))
    page.tabs.setCurrentIndex(WITHOUT)
    page.without.view.go(0, 0)
    page.paste()
    assert next(e.activities for e in filled.ledger.evidence if e.name == "copied.pdf") == ("a3",)
    QGuiApplication.clipboard().setText("words")
    page.paste()
    assert [n.level for n in notices] == ["good", "info"]


def test_what_can_be_done_is_seen_at_once(qtbot: QtBot, page: EvidencePage, filled: Session, tmp_path: Path) -> None:
    """The first row is chosen, and after a drop all files that came are."""
    assert page.describe.isEnabled() and page.preview.showing == "pdf"
    page.tabs.setCurrentIndex(WITHOUT)
    assert page.attach.isEnabled() and page.go_button.isEnabled()
    page.tabs.setCurrentIndex(REGISTER)
    paths = [tmp_path / f"plate {number}.png" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(photo() + bytes([number]))
    page.take(paths)
    waited(qtbot)
    assert [one.name for one in page.chosen] == [path.name for path in paths]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_narrow_window_has_room_for_it(qtbot: QtBot, session: Session, settings: Settings, lang: str) -> None:
    """Beside the list of places 750 points are left of 960: the key of the bar turns, buttons go into the menu."""
    set_language(lang)
    made = shown(qtbot, EvidencePage(session, settings), session, width=1060)
    settle(qtbot)
    entries = [one for one in made.bar.key.children() if isinstance(one, QWidget) and one.isVisible()]
    beside = len({one.x() for one in entries})
    assert beside == 3
    for tab in (REGISTER, WITHOUT):
        made.tabs.setCurrentIndex(tab)
        assert made.minimumSizeHint().width() <= 750
    made.tabs.setCurrentIndex(REGISTER)
    made.resize(600, 700)
    settle(qtbot)
    assert len({one.x() for one in entries}) == 2, "the key turns"
    made.register.setFixedWidth(made.register.minimumSizeHint().width())
    settle(qtbot)
    assert made.register.left_out == [made.describe, made.link]
    assert {one.text() for one in made.menu().actions()} >= {one.text() for one in made.register.left_out}


def test_nothing_kept_yet_says_how_to_begin(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    made = shown(qtbot, EvidencePage(bare, settings), bare)
    assert not made.preview.isVisible(), "there is nothing to select"
    assert [one.isVisible() and one.isEnabled() for one in made._first] == [True, True]


def test_files_are_chosen(page: EvidencePage, filled: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "chosen.pdf"
    file.write_bytes(b"%PDF chosen")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    page.add.click()
    assert "chosen.pdf" in names(page)
    page.tabs.setCurrentIndex(WITHOUT)
    page.without.view.go(1, 0)
    file.write_bytes(b"%PDF other")
    page.attach.click()
    assert [e.activities for e in filled.ledger.evidence if e.name == "chosen.pdf"] == [(), ("a2",)]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What counts as large here."""
    monkeypatch.setattr(keeping, "SMALL", 1000)
    monkeypatch.setattr(core.blob, "PIECE", 10_000)
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(range(256)) * 2000)
    return file


def test_a_large_file_is_kept_by_a_job(qtbot: QtBot, page: EvidencePage, filled: Session, large: Path) -> None:
    notices, entries = told(page), filled.file.entries
    page.take([large])
    dialog = page.acts.intake.keeper.dialog
    assert dialog is not None and dialog.isVisible() and dialog.isModal()
    waited(qtbot)
    qtbot.waitUntil(lambda: page.acts.intake.keeper.dialog is None, timeout=20_000)
    kept = next(e for e in filled.ledger.evidence if e.name == "film.mp4")
    assert filled.file.blob(kept.sha256) == large.read_bytes() and filled.file.entries == entries + 1
    assert [n.level for n in notices] == ["good"] and "film.mp4" in names(page)
    page.take([large])
    qtbot.waitUntil(lambda: page.acts.intake.keeper.dialog is None, timeout=20_000)
    assert [n.level for n in notices] == ["good", "info"] and filled.file.entries == entries + 1


def test_keeping_a_large_file_can_be_cancelled(
    qtbot: QtBot, page: EvidencePage, filled: Session, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, before = told(page), filled.file.reader().kept()
    taken = page.acts.intake.keeper

    def cancelled(progress: Progress, *_rest: object) -> Watch:
        def watch(_size: int) -> None:
            assert taken.dialog is not None
            taken.dialog.reject()
            progress(0.5, T("…"))

        return watch

    monkeypatch.setattr(keeping, "_watch", cancelled)
    page.take([large])
    qtbot.waitUntil(lambda: taken.dialog is None, timeout=20_000)
    assert [n.level for n in notices] == ["info"] and "nothing was kept" in notices[0].sentence
    assert "film.mp4" not in names(page) and filled.file.reader().kept() == before
    filled.put(T("It goes on"), record("a4", "Gate", 5))


def test_what_cannot_be_kept_is_told(qtbot: QtBot, page: EvidencePage, filled: Session, large: Path) -> None:
    notices = told(page)
    page.take([large.with_name("gone.pdf")])
    page.take([large, large.with_name("gone.pdf")])
    qtbot.waitUntil(lambda: page.acts.intake.keeper.dialog is None, timeout=20_000)
    assert [n.level for n in notices] == ["bad", "bad"] and all("gone.pdf" in n.sentence for n in notices)
    assert len(filled.ledger.evidence) == 2


# ---------------------------------------------------------------------- describe, link, remove


def test_a_proof_is_described(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    choose(qtbot, page, "meter.png")
    page.describe.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, DescribeDialog) and dialog.kind.read() == "meter_photo"
    dialog.kind.set("laboratory")
    dialog.start.line.setText("2024-03")
    dialog.end.line.setText("2024-03")
    dialog.valid_to.line.setText("2025-01-31")
    dialog.note.line.setText("of the boiler")
    dialog.go.click()
    waited(qtbot)
    kept = next(e for e in filled.ledger.evidence if e.name == "meter.png")
    assert (kept.kind, kept.start, kept.end, kept.valid_to, kept.note) == (
        "laboratory", "2024-03-01", "2024-03-31", "2025-01-31", "of the boiler",
    )  # fmt: skip


def test_a_wrong_period_is_refused_in_the_dialog(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    choose(qtbot, page, "bill.pdf")
    page.describe.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, DescribeDialog)
    dialog.start.line.setText("2025-03-01")
    dialog.go.click()
    assert dialog.isVisible()
    assert any("ends before it begins" in one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    dialog.reject()
    assert filled.ledger.evidence[0].start == "2024-01-01"


def test_several_are_described_at_once_and_keep_the_rest(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    page.register.view.selectAll()
    page.describe.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, DescribeDialog)
    dialog.note.line.setText("seen")
    dialog.go.click()
    waited(qtbot)
    assert [(e.kind, e.note, e.start) for e in filled.ledger.evidence] == [
        ("bill", "seen", "2024-01-01"), ("meter_photo", "seen", ""),
    ]  # fmt: skip


def test_a_proof_is_linked_to_many_rows_by_keyboard(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    choose(qtbot, page, "bill.pdf")
    page.link.click()
    dialog = page.acts.dialog
    assert isinstance(dialog, LinkDialog)
    assert next((r.id, r.linked) for r in dialog.table.model.records) == ("a1", True), "linked ones first"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5_000)
    QTest.keyClicks(dialog.table.search, "Yard")
    QTest.keyClick(dialog.table.search, Qt.Key.Key_Return)
    assert dialog._job is None and dialog.isVisible(), "Enter in the filter goes on to the rows"
    assert dialog.focusWidget() is dialog.table.view
    dialog.table.view.go(0, 1)
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    dialog.table.model.set_filter("Press")
    dialog.table.view.go(0, 1)
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    assert dialog.linked == {"a3"}, "what the filter hides stays linked"
    dialog.go.click()
    waited(qtbot)
    assert filled.ledger.evidence[0].activities == ("a3",)
    filled.undo()
    assert filled.ledger.evidence[0].activities == ("a1",)


def do(page: EvidencePage, title: str) -> None:
    """Choose from the menu of rarer acts."""
    menu = page.menu()
    action = next(one for one in menu.actions() if one.text() == title)
    assert action.isEnabled()
    action.trigger()


def possible(page: EvidencePage) -> list[str]:
    menu = page.menu()
    return [one.text() for one in menu.actions() if one.isEnabled()]


def test_a_proof_is_removed_unless_something_names_it(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    notices = told(page)
    choose(qtbot, page, "meter.png")
    do(page, "Remove from the register")
    assert names(page) == ["bill.pdf"] and notices[-1].level == "good"
    filled.undo()
    figure = next(e for e in filled.ledger.evidence if e.name == "meter.png")
    filled.put(T("Figure"), KeyFigure("k1", "production", "pcs", YEAR["start"], YEAR["end"], Decimal(1), figure.id))
    choose(qtbot, page, "meter.png")
    do(page, "Remove from the register")
    assert "is named by: k1" in notices[-1].sentence and len(names(page)) == 2


def test_the_file_of_an_import_stays_as_it_is(qtbot: QtBot, page: EvidencePage, filled: Session) -> None:
    source = replace(keep(filled, "rows.csv", b"a,b"), kind="import", activities=("a1",))
    filled.put(T("Import"), source)
    choose(qtbot, page, "rows.csv")
    assert not page.describe.isEnabled() and not page.link.isEnabled()
    assert possible(page) == ["Open a copy", "Save a copy…"]


def test_a_copy_is_opened_and_saved(
    qtbot: QtBot, page: EvidencePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, opened = told(page), list[Path]()
    monkeypatch.setattr(proof_copies, "open_with_system", opened.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "out.pdf"), ""))
    choose(qtbot, page, "bill.pdf")
    for limit in (proof_copies.SMALL, 10):
        monkeypatch.setattr(proof_copies, "SMALL", limit)
        do(page, "Open a copy")
        do(page, "Save a copy…")
        waited(qtbot)
        assert (tmp_path / "out.pdf").read_bytes() == pdf()
        (tmp_path / "out.pdf").unlink()
    assert [p.read_bytes() for p in opened] == [pdf(), pdf()]
    assert [n.level for n in notices] == ["good", "good"]


# ---------------------------------------------------------------------- verify


def test_everything_is_verified_and_what_was_altered_is_named(
    qtbot: QtBot, page: EvidencePage, filled: Session
) -> None:
    notices = told(page)
    page.verify_button.click()
    waited(qtbot)
    assert "All kept files are as they were kept: 2." in notices[-1].sentence
    db = filled.file._opened.db
    with db.atomic():
        db.conn.execute("update blob set data = zeroblob(9) where sha256 = ?", (filled.ledger.evidence[1].sha256,))
    page.verify_button.click()
    waited(qtbot)
    assert notices[-1].level == "bad" and "meter.png" in notices[-1].sentence
    marks = {row.proof.name: page._marks(row).get("name") for row in page.register.model.records}
    assert marks["bill.pdf"] is None
    assert marks["meter.png"] is not None and marks["meter.png"].level == "bad"


# ---------------------------------------------------------------------- without proof, waivers, inspector


def test_from_tonnes_without_proof_to_the_row(qtbot: QtBot, page: EvidencePage) -> None:
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda key, subject: wanted.append((key, subject)))
    page.tabs.setCurrentIndex(WITHOUT)
    page.without.view.go(0, 0)
    assert not page.preview.isVisible()
    page.go_button.click()
    assert wanted == [("activity", "a3")]
    assert not page.waive.isEnabled(), "nobody audits the year"


def test_what_an_audit_asks_for_is_waived_with_a_reason(
    qtbot: QtBot, page: EvidencePage, filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = Person("pe1", "Li Na", ("team_lead",))
    filled.put(T("People"), lead)
    filled.put(T("Engaged"), Engagement("2024", "Client", "Test", "Verify.", "All.", team=("pe1",)))
    page.tabs.setCurrentIndex(WITHOUT)
    page.without.view.go(0, 0)
    assert page.waive.isEnabled()
    monkeypatch.setattr("gui.findings.dismissing.ask_reason", lambda *_args: "The archive burnt.")
    filled.act_as("Chen Jie")
    filled.act_as("Li Na")
    page.waive.click()
    waiver = next((row for row in page.without.model.records if row.id == "a3"), None)
    assert waiver is not None and (waiver.found.proof, waiver.found.reason) == ("waived", "The archive burnt.")
    assert "waived" in [one.key for one in page.bar.canvas.shares]


def test_the_inspector_leads_to_the_rows(qtbot: QtBot, page: EvidencePage) -> None:
    wanted: list[tuple[str, object]] = []
    page.wanted.connect(lambda key, subject: wanted.append((key, subject)))
    choose(qtbot, page, "bill.pdf")
    pane = page.inspect()
    assert pane is not None
    qtbot.addWidget(pane)
    next(b for b in pane.findChildren(QPushButton) if b.accessibleName().startswith("Press, ")).click()
    assert wanted == [("activity", "a1")]
    assert any("taken" in one.text() or "attached" in one.text() for one in pane.findChildren(QLabel))


def test_other_pages_lead_here(page: EvidencePage) -> None:
    asked = QSignalSpy(page.wanted)
    page.show_subject("a1")
    assert list(asked.at(0)) == ["activity", "a1"], "it has a file, though perhaps of another kind than is asked for"
    page.show_subject("a2")
    assert page.tabs.currentIndex() == WITHOUT and page.without.current_record().id == "a2"  # type: ignore[union-attr]
    page.show_subject("e00002")
    assert page.tabs.currentIndex() == REGISTER and page.register.current_record().id == "e00002"  # type: ignore[union-attr]


def test_a_reader_looks_and_changes_nothing(
    qtbot: QtBot, page: EvidencePage, filled: Session, settings: Settings, tmp_path: Path
) -> None:
    reader = Session(PlantFile.open(filled.path), "Wang Wei", 2024)
    other = shown(qtbot, EvidencePage(reader, settings), reader)
    settle(qtbot, other.preview.latest)
    choose(qtbot, other, "bill.pdf")
    assert not any(one.isEnabled() for one in (other.add, other.paste_button, other.describe, other.link))
    assert other.verify_button.isEnabled() and not other.acceptDrops() and not other.takes(tmp_path / "x.pdf")
    other.close()
    reader.close()


def test_everything_has_a_name_for_those_who_listen(page: EvidencePage) -> None:
    for one in page.findChildren(QPushButton):
        assert one.accessibleName(), one.text()
    for table in (page.register, page.without):
        assert table.view.accessibleName()
    assert page.commands()[0].title == "Add files to the register…"


def test_the_file_on_the_disk_is_read_only_by_what_is_seen(page: EvidencePage, filled: Session) -> None:
    """Nothing of the page reads blobs on its own connection while it only lists them."""
    asked: list[str] = []
    filled.file._opened.db.conn.set_trace_callback(asked.append)
    page.refresh()
    filled.file._opened.db.conn.set_trace_callback(None)
    assert not any("data from blob" in sql for sql in asked), asked
    assert isinstance(filled.file._opened.db.conn, sqlite3.Connection)
