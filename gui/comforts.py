"""What every window offers beside its pages: the history of changes, printing, help, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAction, QKeySequence

from gui.commands import Command
from gui.help.opening import Helping, show_keys, what_is_this
from gui.language import _

if TYPE_CHECKING:
    from gui.history.back import Book
    from gui.window import Window


def comforts(window: Window) -> list[Command]:
    """Their commands; each loads its room when it is first used."""

    def history() -> None:
        from gui.history.dialog import show_history

        show_history(window, cast("Book", window.desk), window.settings)

    def printing() -> None:
        from gui.printing.dialog import show_print

        show_print(window)

    helping = Helping(window)
    _redo_too(window)
    return [
        Command(_("Print…"), printing, "Ctrl+P", "print", "file"),
        Command(_("History of changes…"), history, "Ctrl+Shift+H", "history", "edit"),
        Command(_("Help on this page"), helping.toggle, "F1", "help", "help", None, lambda: helping.open),
        Command(_("What is this field?"), lambda: what_is_this(window), "Shift+F1", "", "help"),
        Command(_("All keys"), lambda: show_keys(window), "Ctrl+/", "", "help"),
    ]


def _redo_too(window: Window) -> None:
    """The other keys of many programs; the menu shows one."""
    action = QAction(window)
    action.setShortcut(QKeySequence("Ctrl+Y"))
    action.triggered.connect(window.redo)
    window.addAction(action)
