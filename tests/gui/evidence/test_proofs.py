"""Proofs on the page of activity data: dropped, listed, opened, saved, taken off, undone."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.exchange.proofs import proofs_by_record
from core.i18n import T
from core.ledger import Evidence, Step
from core.store import PlantFile
from gui.activity.files import ActivityFiles
from gui.activity.page import ActivityPage
from gui.evidence import copies as proof_copies
from gui.evidence.copies import copy_of, safe_name
from gui.notices import Notice
from gui.report.issuing import status_of
from gui.session import Session
from gui.settings import Settings
from gui.tables.model import MARK_ROLE, Mark

PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
PDF = b"%PDF-1.7 a bill"


@pytest.fixture
def page(qtbot: QtBot, session: Session, settings: Settings) -> ActivityPage:
    made = ActivityPage(session, settings)
    session.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1500, 700)
    made.refresh()
    made.show()
    return made


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "3月 bill.pdf"
    path.write_bytes(PDF)
    return path


def told(page: ActivityPage) -> list[Notice]:
    notices: list[Notice] = []
    page.told.connect(notices.append)
    return notices


def middle(page: ActivityPage, row: int) -> QPoint:
    view = page.table.view
    return view.visualRect(page.table.model.index(row, 0)).center()


def drop(page: ActivityPage, row: int, *paths: Path, key: Qt.KeyboardModifier = PLAIN) -> QDropEvent:
    """As the system does it: the drag enters, then the files fall."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, paper = middle(page, row), page.table.view.viewport()
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, key)
    QApplication.sendEvent(paper, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, key, QEvent.Type.Drop)
    QApplication.sendEvent(paper, event)
    return event


def shown(page: ActivityPage, row: int) -> str:
    record = page.table.model.record(row)
    assert record is not None
    return record.id


def mark(page: ActivityPage, row: int) -> Mark | None:
    place = [c.key for c in page.table.model.columns].index("evidence")
    found = page.table.model.data(page.table.model.index(row, place), MARK_ROLE)
    assert found is None or isinstance(found, Mark)
    return found


def inspector(page: ActivityPage, row: int) -> QWidget:
    page.table.view.go(row, 0)
    made = page.inspect()
    assert made is not None
    return made


def press(widget: QWidget, name: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == name).click()
    QApplication.processEvents()


def test_a_bill_dropped_on_a_row_is_kept_with_its_hash(page: ActivityPage, session: Session, bill: Path) -> None:
    notices, before = told(page), session.file.entries
    assert page.table.view.viewport().acceptDrops()
    assert drop(page, 2, bill).isAccepted()
    (kept,) = proofs_by_record(session.ledger)[shown(page, 2)]
    assert (kept.name, kept.kind, kept.activities) == ("3月 bill.pdf", "bill", (shown(page, 2),))
    assert session.file.blob(kept.sha256) == PDF
    assert session.file.entries == before + 1
    assert [n.level for n in notices] == ["good"]
    found = mark(page, 2)
    assert found is not None
    assert (found.level, "3月 bill.pdf" in found.text) == ("proof", True)
    assert mark(page, 3) is None or "3月 bill.pdf" not in str(mark(page, 3))


def test_on_a_selection_it_proves_all_selected_rows(page: ActivityPage, session: Session, bill: Path) -> None:
    view, model = page.table.view, page.table.model
    view.go(1, 0)
    for row in (2, 3):
        view.selectionModel().select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    wanted = tuple(shown(page, row) for row in (1, 2, 3))
    drop(page, 2, bill)
    assert [e.activities for e in session.ledger.evidence if e.name == bill.name] == [wanted]
    drop(page, 5, bill)  # beside the selection: that row alone, and the same file is kept once
    assert [e.activities for e in session.ledger.evidence if e.name == bill.name] == [(*wanted, shown(page, 5))]


def test_undo_and_redo_bring_row_mark_and_bytes(page: ActivityPage, session: Session, bill: Path) -> None:
    drop(page, 0, bill)
    session.undo()
    assert shown(page, 0) not in proofs_by_record(session.ledger)
    found = mark(page, 0)
    assert found is None or found.level != "proof"
    session.redo()
    (kept,) = proofs_by_record(session.ledger)[shown(page, 0)]
    assert session.file.blob(kept.sha256) == PDF
    path = session.path
    session.close()
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        session._plant = plant  # for the fixture to close


def test_data_are_imported_unless_a_key_says_they_prove(
    page: ActivityPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "readings.csv"
    table.write_text("any\n", encoding="utf-8")
    started: list[Path] = []
    monkeypatch.setattr(ActivityFiles, "start_import", lambda _files, path: started.append(path))
    drop(page, 1, table)
    assert started == [table]
    assert "readings.csv" not in [e.name for e in session.ledger.evidence]
    drop(page, 1, table, key=CTRL)
    assert started == [table]
    assert "readings.csv" in [e.name for e in session.ledger.evidence]


def test_a_table_and_a_scan_together_are_two_proofs_and_one_change(
    page: ActivityPage, session: Session, bill: Path, tmp_path: Path
) -> None:
    table = tmp_path / "readings.csv"
    table.write_text("any\n", encoding="utf-8")
    before = session.file.entries
    drop(page, 1, bill, table)
    assert {e.name for e in proofs_by_record(session.ledger)[shown(page, 1)]} >= {bill.name, table.name}
    assert session.file.entries == before + 1


def test_what_cannot_be_kept_is_told_and_nothing_changes(
    page: ActivityPage, session: Session, bill: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, before = told(page), session.file.entries
    drop(page, 1, tmp_path / "gone.pdf")
    drop(page, 1, tmp_path)
    drop(page, page.table.model.rowCount() - 1, bill)  # the empty row
    monkeypatch.setattr("core.exchange.proofs.LARGEST_PROOF", 5)
    drop(page, 1, bill)
    assert [n.level for n in notices] == ["bad", "bad", "warning", "bad"]
    assert "gone.pdf" in notices[0].sentence
    assert session.file.entries == before


def test_twice_is_noticed(page: ActivityPage, session: Session, bill: Path) -> None:
    drop(page, 1, bill)
    notices, before = told(page), session.file.entries
    drop(page, 1, bill)
    assert session.file.entries == before
    assert [n.level for n in notices] == ["info"]


def test_the_command_asks_for_rows_then_for_files(
    page: ActivityPage, session: Session, bill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = told(page)
    command = next(c for c in page.commands() if c.title == "Attach a proof…")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(bill)], ""))
    page.table.view.clearSelection()
    command.run()
    assert [n.level for n in notices] == ["warning"]
    page.table.view.go(4, 0)
    command.run()
    assert [e.name for e in proofs_by_record(session.ledger)[shown(page, 4)]] == [bill.name]


def test_the_inspector_lists_saves_and_detaches(
    page: ActivityPage, session: Session, bill: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(page, 0, bill)
    (kept,) = proofs_by_record(session.ledger)[shown(page, 0)]
    pane = inspector(page, 0)
    words = "\n".join(one.text() for one in pane.findChildren(QLabel))
    assert bill.name in words
    assert kept.sha256[:12] in words
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "copy.pdf"), ""))
    press(pane, f"Save as…: {bill.name}")
    assert (tmp_path / "copy.pdf").read_bytes() == PDF
    press(pane, f"Detach: {bill.name}")
    assert shown(page, 0) not in proofs_by_record(session.ledger)
    pane = inspector(page, 0)
    assert bill.name not in [one.text() for one in pane.findChildren(QLabel)]
    session.undo()
    assert proofs_by_record(session.ledger)[shown(page, 0)] == (kept,)


def test_where_a_row_was_imported_from_is_listed_and_cannot_be_detached(page: ActivityPage, session: Session) -> None:
    source = Evidence("e90000", "bills.csv", "import", sha256(b"a,b").hexdigest(), 3, "text/csv", (shown(page, 0),))
    session.edit(T("Import"), [Step("evidence", source.id, None, source)], [b"a,b"])
    pane = inspector(page, 0)
    names = [b.accessibleName() for b in pane.findChildren(QPushButton)]
    assert "Save as…: bills.csv" in names
    assert "Detach: bills.csv" not in names
    found = mark(page, 0)
    assert found is None or "bills.csv" not in found.text, "the paper-clip stands for proofs"


def test_open_shows_a_verified_copy(
    page: ActivityPage, session: Session, bill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(proof_copies, "open_with_system", opened.append)
    drop(page, 0, bill)
    press(inspector(page, 0), f"Open: {bill.name}")
    press(inspector(page, 0), f"Open: {bill.name}")
    assert [(p.name, p.read_bytes(), p.stat().st_mode & 0o222) for p in opened] == [(bill.name, PDF, 0)] * 2
    db = session.file._opened.db
    with db.atomic():
        db.conn.execute("update blob set data = ? where data = ?", (b"%PDF-1.7 a b1ll", PDF))
    notices = told(page)
    press(inspector(page, 0), f"Open: {bill.name}")
    assert len(opened) == 2
    assert [n.level for n in notices] == ["bad"]


def test_what_could_run_is_not_opened(page: ActivityPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(proof_copies, "open_with_system", opened.append)
    (tmp_path / "bill.pdf.exe").write_bytes(b"MZ")
    drop(page, 0, tmp_path / "bill.pdf.exe")
    notices = told(page)
    press(inspector(page, 0), "Open: bill.pdf.exe")
    assert opened == []
    assert [n.level for n in notices] == ["warning"]


def test_deleting_a_row_frees_its_proof_and_undo_brings_both(page: ActivityPage, session: Session, bill: Path) -> None:
    drop(page, 0, bill)
    key, held = shown(page, 0), session.ledger
    page.table.view.go(0, 0)
    page.table.view.delete_rows()
    assert session.ledger.get("activity", key) is None
    assert bill.name not in [e.name for e in session.ledger.evidence]
    session.undo()
    assert session.ledger.to_plain() == held.to_plain()


def test_a_proof_attached_after_signing_asks_for_another_signature(
    page: ActivityPage, session: Session, bill: Path
) -> None:
    session.put(T("Report signed"), replace(session.audit, revision=7, previous="ab" * 32))
    assert (status_of(session).revision, status_of(session).changed_since) == (7, False)
    drop(page, 0, bill)
    assert status_of(session).changed_since, "the report lists the evidence"


def test_a_reader_can_look_and_not_touch(
    qtbot: QtBot, page: ActivityPage, session: Session, settings: Settings, bill: Path
) -> None:
    drop(page, 0, bill)
    reader = Session(PlantFile.open(session.path), "Wang Wei", 2024)
    assert not reader.writable
    other = ActivityPage(reader, settings)
    qtbot.addWidget(other)
    other.refresh()
    assert not other.table.view.viewport().acceptDrops()
    pane = inspector(other, 0)
    names = [b.accessibleName() for b in pane.findChildren(QPushButton)]
    assert f"Open: {bill.name}" in names
    assert f"Detach: {bill.name}" not in names
    reader.close()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../a.pdf", "a.pdf"),
        ("C:\\x\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        (" .. ", "proof"),
        ("电.pdf", "电.pdf"),
    ],
)
def test_names_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    path = copy_of(Evidence("e1", name, "bill", "ab" * 32, 1), lambda _sha256, copy: copy.write_bytes(b"x"))
    assert path.name == safe
    assert path.parent.name == "ab" * 8
