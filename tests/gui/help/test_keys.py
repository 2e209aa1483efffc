"""All keys on one sheet, and none means two things; those of each page are read where every page is visited."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Program
from gui.help.keys import KeysDialog, grid_keys, sections
from gui.page import Page
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.tables import view
from gui.window import Window
from tests.gui.heard import heard_twice, not_on_the_sheet, of_window

USUAL = {
    "Ctrl+Z": "Undo", "Ctrl+Shift+Z": "Redo", "Ctrl+P": "Print", "F1": "Help on this page", "Ctrl+K": "All commands",
    "F9": "Inspector", "F6": "Next pane", "Ctrl+Shift+H": "History of changes", "Ctrl+/": "All keys",
}  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"), empty=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_no_key_means_two_things(qapp: QApplication, window: Window, settings: Settings) -> None:
    program = [c.shortcut for c in Program(qapp, settings)._commands() if c.shortcut]
    keys = [*(key for key, _text in of_window(window)), *program]
    assert sorted(set(keys)) == sorted(keys)
    assert not {QKeySequence(key).toString() for key, _what in grid_keys()} & set(keys)


def test_keys_that_a_page_should_not_hear_are_found(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    inside, beside = QWidget(page), QWidget(page)
    for key, widget in (("F2", inside), ("F2", beside), ("F9", inside), ("Ins", page), ("Ins", beside)):
        QShortcut(QKeySequence(key), widget)
    found = list(heard_twice(page, {"F9": "Inspector"}))
    assert len(found) == 2 and found[0] == "F9: Inspector" and found[1].startswith("Ins twice in")
    assert not_on_the_sheet(page) == ["F9"]


def test_the_usual_keys_do_the_usual(window: Window) -> None:
    found = {key.keys: key.what for section in sections(window) for key in section.keys}
    assert {keys: found.get(keys) for keys in USUAL} == USUAL
    assert found["Ctrl+Y"] == "Redo"
    assert ("Ctrl+Y", "") in of_window(window)


def test_ctrl_y_brings_back(window: Window, session: Session) -> None:
    from core.i18n import T

    session.remove(T("Deleted"), session.ledger.activities[0])
    session.undo()
    before = session.file.entries
    next(a for a in window.actions() if a.shortcut() == QKeySequence("Ctrl+Y")).trigger()
    assert session.file.entries == before + 1 and session.file.redoable == 0


def test_what_the_grid_hears_is_what_the_sheet_says() -> None:
    heard = {QKeySequence(combination).toString() for combination in view._KEYS}
    said = {QKeySequence(key).toString() for key, _what in grid_keys()}
    assert heard - said == {"Ctrl+-"}  # for those who know it from Excel


def test_the_sheet_is_about_the_page_is_filtered_and_printed(qtbot: QtBot, window: Window) -> None:
    window.go("report")
    titles = [section.title for section in sections(window)]
    assert "In a PDF" in titles and "In tables" not in titles
    window.go("activity")
    dialog = KeysDialog(window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "In tables" in [section.title for section in dialog.shown()]
    dialog.search.setText("fill")
    assert [(s.title, [k.keys for k in s.keys]) for s in dialog.shown()] == [("In tables", ["Ctrl+D"])]
    seen = dialog.seen()
    assert seen.title == "Keys" and seen.about == "Activity data" and len(seen.parts) == 1
