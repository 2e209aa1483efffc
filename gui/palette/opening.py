"""Opens the box over a window, and goes where what was found is shown. The box and its index are loaded when somebody
first asks for them, for the window starts without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.commands import Command
from gui.help.opening import Helping
from gui.language import _, language
from gui.session import Session

if TYPE_CHECKING:
    from core.search.entries import Entry
    from gui.palette.box import Palette
    from gui.palette.everything import Everything
    from gui.window import Window


class Finder(QObject):
    """Of one window; what can be found is collected when somebody first looks for it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._everything: Everything | None = None

    @property
    def everything(self) -> Everything:
        """What can be found in the open file."""
        if self._everything is None:
            from gui.palette.everything import Everything

            keys = [place.info.key for place in self._window.places]
            self._everything = Everything(self._window.desk, self, keys)
        return self._everything

    def open(self, *, everything: bool = False) -> Palette:
        """The box on commands, or on everything."""
        from gui.palette.box import Palette, Source

        window = self._window
        commands = [*window.page(window.place).commands(), *window.commands]
        why_not = "" if window.desk.writable else _("The file is open read-only.")
        source = Source(commands, window.settings, self.everything, self.go, self._explain, why_not)
        box = Palette(source, window, everything=everything)
        box.show_over(window)
        return box

    def go(self, entry: Entry) -> None:
        """Show the place, select what was found and open the inspector about it."""
        window, desk = self._window, self._window.desk
        if entry.kind == "help":
            self._help(entry.page)
            return
        if isinstance(desk, Session) and entry.year and entry.year != desk.year and entry.year in desk.years():
            desk.show_year(entry.year)
        window.go(entry.page, entry.subject)
        if window.place != entry.page or window.inspector.isVisible():
            return
        if (told := window.page(entry.page).inspect()) is not None:
            window.inspector.setVisible(True)
            window.inspector.show_widget(told)

    def _help(self, key: str) -> bool:
        from gui.help.texts import help_of

        helping = self._window.findChild(Helping)
        if helping is None or help_of(key, language()) is None:
            return False
        helping.show_page(key)
        return True

    def _explain(self, command: Command) -> bool:
        """The help of the place it goes to; of what a page offers, that of the page."""
        key = command.help or (self._window.place if not command.menu else "")
        return bool(key) and self._help(key)
