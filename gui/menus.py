"""The window's own commands, and the menus made of all commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from core.i18n import T
from gui.comforts import comforts
from gui.commands import Command, menu_titles
from gui.icons import icon
from gui.language import _
from gui.page import CloseYear

if TYPE_CHECKING:
    from gui.window import Window


def own_commands(window: Window) -> list[Command]:
    """What every window can do."""
    view = [
        Command(_("Inspector"), window.toggle_inspector, "F9", "inspector", "view", None, window.inspector.isVisible),
        Command(_("Next pane"), window.cycle, "F6", "", "view"),
        Command(_("Find anything"), window.search, "Ctrl+Shift+F", "search", "view"),
        Command(_("All commands"), window.show_palette, "Ctrl+K", "commands", "view"),
    ]
    return [*_going(window), *_undoing(window), *comforts(window), *view]


def _going(window: Window) -> list[Command]:
    return [
        Command(
            _("Go to {place}", place=place.info.title),
            lambda key=place.info.key: window.come(key),  # type: ignore[misc]
            f"Ctrl+{number}" if number < 10 else "",
            place.info.icon,
            "go",
            also=T("Go to {place}", place=place.info.title),
            help=place.info.key,
        )
        for number, place in enumerate(window.places, 1)
    ]


def _undoing(window: Window) -> list[Command]:
    desk = window.desk
    undoing = [
        Command(_("Undo"), window.undo, "Ctrl+Z", "undo", "edit", lambda: desk.file.undoable > 0,
                why_not=lambda: _("There is nothing to undo.")),
        Command(_("Redo"), window.redo, "Ctrl+Shift+Z", "redo", "edit", lambda: desk.file.redoable > 0,
                why_not=lambda: _("Nothing was undone.")),
    ]  # fmt: skip
    return [*undoing, *_closing(window)]


def _closing(window: Window) -> list[Command]:
    session = window.session
    if session is None:
        return []

    def act() -> None:
        window.go("compare", CloseYear())

    def may(closed: bool) -> bool:
        return session.writable and (session.closing is not None) == closed

    def why_not(state: str) -> str:
        return state if session.writable else _("The file is open read-only.")

    return [
        Command(_("Close the year…"), act, "", "check", "edit", lambda: may(False),
                why_not=lambda: why_not(_("The year is closed already."))),
        Command(_("Restate the year…"), act, "", "history", "edit", lambda: may(True),
                why_not=lambda: why_not(_("The year is not closed."))),
    ]  # fmt: skip


def fill(window: QMainWindow, commands: Sequence[Command]) -> None:
    """Make menus and shortcuts of commands."""
    titles = menu_titles()
    bar = window.menuBar()
    for key, title in titles.items():
        own = [command for command in commands if command.menu == key]
        if own:
            menu = bar.addMenu(title)
            actions = [_action(command, menu) for command in own]
            menu.addActions(actions)
            _draw_icons(menu, own, actions)
            _keep_true(menu, own, actions)
            if key == "file":
                _recent(menu, actions, [command for command in commands if command.menu == "recent"])
    for command in commands:
        if command.menu not in titles and command.shortcut:
            window.addAction(_action(command, window))


def _recent(menu: QMenu, actions: Sequence[QAction], commands: Sequence[Command]) -> None:
    """A menu of its own, after the ways to open; numbers open its lines."""
    if not commands:
        return
    inner = QMenu(_("Open &recent"), menu)
    made = [_action(command, inner) for command in commands]
    for number, action in enumerate(made, 1):
        words = action.text().replace("&", "&&")
        action.setText(f"&{number} {words}" if number < 10 else words)
    inner.addActions(made)
    _draw_icons(inner, commands, made)
    place = next((action for action in actions if action.shortcut() == QKeySequence("Ctrl+W")), None)
    menu.insertMenu(place, inner) if place is not None else menu.addMenu(inner)


def _action(command: Command, parent: QMainWindow | QMenu) -> QAction:
    action = QAction(command.title, parent)
    action.triggered.connect(lambda: command.run() if command.possible else None)
    if command.shortcut:
        action.setShortcut(QKeySequence(command.shortcut))
    if command.checked is not None:
        action.setCheckable(True)
    return action


def _draw_icons(menu: QMenu, commands: Sequence[Command], actions: Sequence[QAction]) -> None:
    """When the menu opens for the first time: most menus never do."""

    def opening() -> None:
        for command, action in zip(commands, actions, strict=True):
            if command.icon and action.icon().isNull():
                action.setIcon(icon(command.icon, "muted"))

    menu.aboutToShow.connect(opening)


def _keep_true(menu: QMenu, commands: Sequence[Command], actions: Sequence[QAction]) -> None:
    """Grey out what cannot be done, but only while the menu is open: a shortcut must never be asleep."""

    def opening() -> None:
        for command, action in zip(commands, actions, strict=True):
            action.setEnabled(command.possible)
            if command.checked is not None:
                action.setChecked(command.checked())

    def closing() -> None:
        for action in actions:
            action.setEnabled(True)

    menu.aboutToShow.connect(opening)
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu, closing))
