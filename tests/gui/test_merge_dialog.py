"""Merging in the window: what joins is told, what both changed is decided by keys, and the work can be cancelled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Activity, Change, Record, Step, kind_of
from core.store import Found, PlantFile, look
from gui.app import Program
from gui.explain import Explanation
from gui.language import set_language
from gui.merge_dialog import MergeDialog, summary
from gui.merging import compare_copy
from gui.session import Session
from gui.settings import Settings
from gui.window import Window

NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)


def change(path: Path, who: str, *records: Record) -> None:
    """Somebody makes or changes records in a file that is closed."""
    with PlantFile.open(path) as plant:
        held = plant.ledger
        steps = tuple(Step(kind_of(one), one.id, held.get(kind_of(one), one.id), one) for one in records)
        plant.append(Change(who, NOW, T("Edit"), steps))


@pytest.fixture
def copy(session: Session) -> Path:
    """The colleague's copy, in which two bills and the address were changed and one bill added."""
    path = session.path.with_name("colleague.plant")
    session.file._opened.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy(session.path, path)
    one, two = session.ledger.activities[:2]
    change(path, "Wang Wu", replace(one, quantity=Decimal(999)), replace(two, note="From the bill"))
    change(path, "Wang Wu", replace(one, id="a09999", note="New"))
    change(path, "Chen Jie", replace(session.ledger.plant, address="Elsewhere"))
    return path


@pytest.fixture
def compared(session: Session, copy: Path) -> Callable[[], Found]:
    """What comes of holding both against each other."""
    return lambda: look(session.path, session.ledger, copy)


def both_changed(session: Session) -> tuple[Activity, Activity]:
    """The same bills are changed here too."""
    one, two = session.ledger.activities[:2]
    session.put(T("Edit"), replace(one, quantity=Decimal(5)), replace(two, note="Seen"))
    return one, two


def shown(qtbot: QtBot, session: Session, found: Found, settings: Settings) -> MergeDialog:
    dialog = MergeDialog(session, found, settings)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def words(dialog: MergeDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog))


def test_without_a_question_it_is_told_what_joins_and_merged_at_once(
    qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings
) -> None:
    dialog = shown(qtbot, session, compared(), settings)
    said = words(dialog)
    assert "Wang Wu (2), Chen Jie (1)" in said and "Nothing has to be decided" in said
    assert dialog.go.isEnabled()
    with qtbot.waitSignals([dialog.merged, session.changed], timeout=20_000):
        dialog.go.click()
    assert session.ledger.get("activity", "a09999") is not None
    assert session.ledger.plant.address == "Elsewhere"
    assert session.file.health.sound and session.file.undoable == 0


def test_what_both_changed_is_decided_line_by_line_with_the_keyboard(
    qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings
) -> None:
    one, two = both_changed(session)
    dialog = shown(qtbot, session, compared(), settings)
    assert not dialog.go.isEnabled()
    assert [r.conflict.key[1:] for r in dialog._rows] == [(one.id, "quantity"), (two.id, "note")]
    cells = [c.text(dialog._rows[0]) for c in dialog.table.model.columns]
    assert (cells[1], cells[5]) == ("Quantity", "not decided")
    assert "5\nLi Na" in cells[3] and "999\nWang Wu" in cells[4]
    dialog.table.view.setFocus()
    QTest.keyClick(dialog.table.view, Qt.Key.Key_2)
    assert [row.taken for row in dialog._rows] == ["theirs", ""]
    record = dialog.table.current_record()
    assert record is not None and record.conflict.id == two.id, "on to the next open one"
    QTest.keyClick(dialog.table.view, Qt.Key.Key_1)
    assert dialog.go.isEnabled()
    with qtbot.waitSignal(dialog.merged, timeout=20_000):
        dialog.go.click()
    assert session.ledger.get("activity", one.id) == replace(one, quantity=Decimal(999))
    assert session.ledger.get("activity", two.id) == replace(two, note="Seen")


@pytest.mark.parametrize(("button", "quantity"), [(2, 5), (3, 999)])
def test_all_are_decided_alike_by_one_button(
    qtbot: QtBot,
    session: Session,
    compared: Callable[[], Found],
    settings: Settings,
    button: int,
    quantity: int,
) -> None:
    one, _two = both_changed(session)
    dialog = shown(qtbot, session, compared(), settings)
    dialog.choices[button].click()  # type: ignore[attr-defined]
    with qtbot.waitSignal(dialog.merged, timeout=20_000):
        dialog.go.click()
    found = session.ledger.get("activity", one.id)
    assert isinstance(found, Activity) and found.quantity == quantity


def test_cancelling_changes_nothing(
    qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings
) -> None:
    head = session.file.head
    dialog = shown(qtbot, session, compared(), settings)
    with qtbot.assertNotEmitted(session.changed):
        dialog.stop.click()
    assert not dialog.isVisible() and session.file.head == head
    again = shown(qtbot, session, compared(), settings)
    again.go.click()
    assert again._job is not None
    again.reject()
    qtbot.waitUntil(lambda: again._job is None, timeout=20_000)
    with PlantFile.open(session.path, read_only=True) as plant:
        assert plant.health.sound
        assert plant.head == session.file.head, "either all of it or nothing"


def test_what_an_audit_forbids_is_said_in_the_dialog(
    qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings
) -> None:
    found = compared()
    session.put(T("Edit"), replace(session.ledger.plant, note="Changed meanwhile"))
    dialog = shown(qtbot, session, found, settings)
    dialog.go.click()
    qtbot.waitUntil(lambda: "changed after the copies were compared" in words(dialog), timeout=20_000)
    assert dialog.isVisible() and dialog.stop.isEnabled()


def test_the_menu_leads_to_it_and_the_notice_tells_what_came(
    qtbot: QtBot, session: Session, copy: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QApplication, QFileDialog

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, settings)
    path = session.path
    session.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(copy), ""))
    assert program.open(path)
    window = program.window
    assert isinstance(window, Window)
    qtbot.addWidget(window)
    command = next(one for one in window.commands if one.title == "Merge a colleague's copy…")
    assert command.possible
    command.run()
    qtbot.waitUntil(lambda: bool(window.findChildren(MergeDialog)), timeout=20_000)
    dialog = window.findChildren(MergeDialog)[0]
    with qtbot.waitSignal(dialog.merged, timeout=20_000):
        dialog.go.click()
    notice = window.notices.notice
    assert notice is not None and notice.level == "good" and "Merged as entry" in notice.sentence
    command.run()
    qtbot.waitUntil(lambda: "holds nothing" in (window.notices.notice or notice).sentence, timeout=20_000)
    program.close_file()


def test_another_plant_is_refused_in_the_notice_line(
    qtbot: QtBot, session: Session, bare: Session, settings: Settings
) -> None:
    from gui.pages import discover

    window = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(window)
    compare_copy(window, session, settings, bare.path)
    qtbot.waitUntil(
        lambda: window.notices.notice is not None and "not two copies" in window.notices.notice.sentence, timeout=20_000
    )


def test_the_inspector_shows_both_histories(
    qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings
) -> None:
    one, _two = both_changed(session)
    dialog = shown(qtbot, session, compared(), settings)
    dialog.decide("theirs", every=True)
    with qtbot.waitSignal(dialog.merged, timeout=20_000):
        dialog.go.click()
    found = session.ledger.get("activity", one.id)
    assert found is not None
    explanation = Explanation(session.library)
    qtbot.addWidget(explanation)
    explanation.history(session.history(found), one.id)
    said = "\n".join(label.text() for label in explanation.findChildren(QLabel))
    assert f"of a copy, merged by entry {session.file.entries}" in said
    assert "Wang Wu" in said


def test_it_speaks_chinese(qtbot: QtBot, session: Session, compared: Callable[[], Found], settings: Settings) -> None:
    both_changed(session)
    set_language("zh")
    found = compared()
    dialog = shown(qtbot, session, found, settings)
    assert "活动数据" in words(dialog)
    assert "数量" in dialog.table.model.columns[1].text(dialog._rows[0])
    assert "活动数据" in summary(found, 7)
