"""Keys that are heard where a page is seen: none means two things, and each stands on the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from gui.help.keys import page_keys
from gui.page import Page
from gui.window import Window


def of_window(window: Window) -> list[tuple[str, str]]:
    """Keys of the window's own actions, in menus and without."""
    menus = [menu for one in window.menuBar().actions() if isinstance(menu := one.menu(), QMenu)]
    found = [*window.actions(), *(action for menu in menus for action in menu.actions())]
    return [(key.toString(), one.text()) for one in found for key in one.shortcuts()]


def heard_twice(page: Page, taken: dict[str, str]) -> Iterator[str]:
    """Keys of a page that the window hears too, or that two widgets hear in the same place."""
    shortcuts = page.findChildren(QShortcut)
    own = [one.key().toString() for one in shortcuts] + [command.shortcut for command in page.commands()]
    for key in own:
        if key in taken:
            yield f"{key}: {taken[key]}"
    for one, other in combinations(shortcuts, 2):
        if one.key() == other.key() and _together(one, other):
            yield f"{one.key().toString()} twice in {one.parent()}"


def not_on_the_sheet(page: Page) -> list[str]:
    """Keys that nobody who asks for all keys would learn of."""
    heard = (one.key().toString().replace("Enter", "Return") for one in page.findChildren(QShortcut))
    return [key for key in heard if key not in page_keys()]


def _together(one: QShortcut, other: QShortcut) -> bool:
    """Whether both would hear a key in the same place: the widget of one holds that of the other."""
    a, b = one.parent(), other.parent()
    assert isinstance(a, QWidget) and isinstance(b, QWidget)
    return a is b or a.isAncestorOf(b) or b.isAncestorOf(a)
