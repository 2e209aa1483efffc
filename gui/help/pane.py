"""The pane beside the page that helps with the page one is on; searchable, and never in the way of the page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from gui.help.document import PAUSE_MS, WIDTH, Document
from gui.help.texts import Help, folder, help_of, search
from gui.language import _, language
from gui.panes import LOW
from gui.widgets import as_search, button, letters, subheading, tool


class HelpPane(QFrame):
    """Head, search line, text."""

    closed = Signal()
    keys_wanted = Signal()
    """The list of all keys."""
    chapter_wanted = Signal(str, str)
    """A chapter of the manual: name of its file, and the place in it."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """``keys`` are the pages of the window."""
        super().__init__()
        self.setObjectName("topbar")
        self.setAccessibleName(_("Help"))
        self._keys, self._key = keys, ""
        self.search = QLineEdit()
        as_search(self.search, _("Search the help"))
        self.text = Document(Path(str(folder())))
        self.text.setAccessibleName(_("Help"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._typing.timeout.connect(self._find)
        self.search.textChanged.connect(self._typing.start)
        self.text.page_wanted.connect(self.show_page)
        self.text.file_wanted.connect(lambda file, place: self.chapter_wanted.emit(Path(file).name, place))
        self._lay_out()
        self.setMinimumSize(letters(self, WIDTH), letters(self, LOW))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.addWidget(subheading(_("Help")), 1)
        head.addWidget(button(_("All keys"), self.keys_wanted.emit, role="link"))
        head.addWidget(tool("close", _("Close the help"), self.closed.emit))
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 6)
        line.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.text, 1)

    @property
    def key(self) -> str:
        """The page whose help is shown."""
        return self._key

    def show_page(self, key: str) -> None:
        """The help of a page; a search ends."""
        self._key = key
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._typing.stop()
        held = help_of(key, language())
        self.text.show_markdown(held.markdown if held is not None else _("There is no help for this page."))

    def _find(self) -> None:
        words = self.search.text().strip()
        if not words:
            self.show_page(self._key)
            return
        hits = search(words, self._keys, language())
        if not hits:
            self.text.show_markdown(_("No page of the help speaks of “{words}”.", words=escape(words)))
            return
        found = [f"### [{_title(hit.help)}](help:{hit.help.key})\n\n{hit.words}" for hit in hits]
        self.text.show_markdown("\n\n".join(found))

    def focus(self) -> None:
        """Put the keyboard here."""
        self.search.setFocus()


def _title(one: Help) -> str:
    return one.title.replace("[", "(").replace("]", ")")
