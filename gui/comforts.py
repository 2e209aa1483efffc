"""What every window offers beside its pages: the history of changes, printing, help, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gui.commands import Command
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

    return [
        Command(_("Print…"), printing, "Ctrl+P", "print", "file"),
        Command(_("History of changes…"), history, "Ctrl+Shift+H", "history", "edit"),
    ]
