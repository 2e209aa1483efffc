"""All keys on one sheet; and no key means two things on one page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Program
from gui.help.keys import KeysDialog, grid_keys, page_keys, sections
from gui.jobs import Job
from gui.pages import discover
from gui.session import Session
from gui.settings import Settings
from gui.tables import view
from gui.window import Window

USUAL = {
    "Ctrl+Z": "Undo", "Ctrl+Shift+Z": "Redo", "Ctrl+P": "Print", "F1": "Help on this page", "Ctrl+K": "All commands",
    "F9": "Inspector", "F6": "Next pane", "Ctrl+Shift+H": "History of changes", "Ctrl+/": "All keys",
}  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Window:
    made = Window(session, settings, discover("plant"))
    qtbot.addWidget(made)
    made.show()
    return made


def actions(window: Window) -> list[tuple[str, str]]:
    """Keys of the window's own actions, in menus and without."""
    menus = [menu for one in window.menuBar().actions() if isinstance(menu := one.menu(), QMenu)]
    found = [*window.actions(), *(action for menu in menus for action in menu.actions())]
    return [(key.toString(), one.text()) for one in found for key in one.shortcuts()]


def heard_together(one: QShortcut, other: QShortcut) -> bool:
    """Whether both would hear a key in the same place: the widget of one holds that of the other."""
    a, b = one.parent(), other.parent()
    assert isinstance(a, QWidget) and isinstance(b, QWidget)
    return a is b or a.isAncestorOf(b) or b.isAncestorOf(a)


def clashes(page: QWidget, taken: dict[str, str]) -> Iterator[str]:
    shortcuts = page.findChildren(QShortcut)
    for one in shortcuts:
        if one.key().toString() in taken:
            yield f"{one.key().toString()}: {taken[one.key().toString()]}"
    for one, other in combinations(shortcuts, 2):
        if one.key() == other.key() and heard_together(one, other):
            yield f"{one.key().toString()} twice in {one.parent()}"


def test_no_key_means_two_things(qtbot: QtBot, qapp: QApplication, window: Window, settings: Settings) -> None:
    program = [(c.shortcut, c.title) for c in Program(qapp, settings)._commands() if c.shortcut]
    found = [*actions(window), *program]
    keys = [key for key, _text in found]
    assert sorted(set(keys)) == sorted(keys)
    taken = dict(found)
    grid = {QKeySequence(key).toString() for key, _what in grid_keys()}
    assert not grid & set(keys)
    for place in window.places:
        window.go(place.info.key)
        qtbot.waitUntil(lambda: not Job.any_running(), timeout=30_000)
        page = window.page(place.info.key)
        assert not list(clashes(page, taken)), place.info.key
        own = [command.shortcut for command in page.commands() if command.shortcut]
        assert not set(own) & set(keys), place.info.key


def test_every_key_heard_on_a_page_is_on_its_sheet(window: Window) -> None:
    for place in window.places:
        window.go(place.info.key)
        for one in window.page(place.info.key).findChildren(QShortcut):
            key = one.key().toString().replace("Enter", "Return")
            assert key in page_keys(), (place.info.key, key)


def test_the_usual_keys_do_the_usual(window: Window) -> None:
    found = {key.keys: key.what for section in sections(window) for key in section.keys}
    assert {keys: found.get(keys) for keys in USUAL} == USUAL
    assert found["Ctrl+Y"] == "Redo"
    assert ("Ctrl+Y", "") in actions(window)


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
