"""The manual in a window of its own, beside the work: chapters, search, and the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.running import manual
from core.running.manual import Chapter
from gui.help import texts
from gui.help.document import PAUSE_MS, Document
from gui.language import _, language
from gui.widgets import as_large, as_search, button, divided, heading, label, letters, tool

PLACE = Qt.ItemDataRole.UserRole
LIST = 34
"""Width of the contents. [letters]"""
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
_DRESSED = re.compile(r"pictures/([\w-]+)-(en|zh)-(?:light|dark)\.png")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the manual."""

    key: str
    language: str
    anchor: str = ""


def picture_at(name: str) -> Path | None:
    """The picture of a chapter; an installed program has those of its help alone."""
    own = manual.folder() / name
    if own.is_file():
        return own
    dressed = _DRESSED.fullmatch(name)
    other = Path(str(texts.folder())) / "pictures" / f"{dressed[1]}-{dressed[2]}.png" if dressed else own
    return other if other.is_file() else None


def readable(markdown: str) -> str:
    """A chapter without the pictures that are not here."""
    return _PICTURE.sub(lambda found: found[0] if picture_at(found[1]) else "", markdown)


class ChapterText(Document):
    """A chapter with its pictures."""

    def picture(self, name: str) -> Path:
        return picture_at(name) or super().picture(name)


class ManualDialog(QDialog):
    """Contents at the left, the chapter at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Manual"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.place: Place | None = None
        self._been: list[tuple[Place, int]] = []
        self.search = QLineEdit()
        as_search(self.search, _("Search the manual"))
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Contents of the manual"))
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = ChapterText(manual.folder())
        self.text.setAccessibleName(_("Chapter"))
        self.back = tool("back", _("Back"), self.go_back)
        self.told = label("", "muted", wrap=True)
        self.told.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._lay_out()
        self._listen()
        as_large(self, 150, 92)
        self.search.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addWidget(heading(_("Manual")), 1)
        close = button(_("Close"), self.close)
        close.setAutoDefault(False)
        top.addWidget(close)
        left = QWidget()
        narrow = QVBoxLayout(left)
        narrow.setContentsMargins(0, 0, 8, 0)
        narrow.addWidget(self.search)
        narrow.addWidget(self.contents, 1)
        self.contents.setMinimumWidth(letters(self, LIST))
        split = divided(left, self.text)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(split, 1)
        column.addWidget(self.told)

    def _listen(self) -> None:
        self._typing.timeout.connect(self._fill)
        self.search.textChanged.connect(self._typing.start)
        self.search.returnPressed.connect(self._first)
        self.contents.itemActivated.connect(self._open)
        self.contents.itemClicked.connect(self._open)
        self.text.file_wanted.connect(self._follow)
        for keys, act in (("Alt+Left", self.go_back), ("Ctrl+F", self._search)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # ------------------------------------------------------------------ where one is

    def show_place(self, place: Place) -> None:
        """Open a chapter, or say that it did not come with this program."""
        held = manual.chapter(place.key, place.language)
        if held is None:
            self._tell(_("This chapter did not come with the program: {chapter}", chapter=place.key))
            return
        if self.place is not None:
            self._been.append((self.place, self.text.verticalScrollBar().value()))
        self._show(place, held)

    def go_back(self) -> None:
        """To where one was before."""
        if not self._been:
            return
        place, height = self._been.pop()
        if (held := manual.chapter(place.key, place.language)) is not None:
            self._show(place, held)
            self.text.verticalScrollBar().setValue(height)

    def _show(self, place: Place, held: Chapter) -> None:
        changed = self.place is None or (self.place.key, self.place.language) != (place.key, place.language)
        self.place = place
        self.told.hide()
        if changed:
            self.text.show_markdown(readable(held.markdown))
        if not self.text.go(place.anchor):
            self.text.verticalScrollBar().setValue(0)
        self.back.setEnabled(bool(self._been))
        if not self.search.text().strip():
            self._fill()

    def _follow(self, file: str, anchor: str) -> None:
        """Where a link leads: another chapter, or a file that may lie beside the program."""
        named = manual.named(file)
        if named is not None:
            self.show_place(Place(*named, anchor))
            return
        path = (manual.folder() / file).resolve()
        if path.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            self._tell(_("{file} belongs to the source of the program, which is not installed with it.", file=file))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()

    # ------------------------------------------------------------------ contents and search

    def _fill(self) -> None:
        """All chapters with the headings of the one that is open, or what was found."""
        self.contents.clear()
        words = self.search.text().strip()
        if words:
            for hit in manual.search(words, language()):
                self._add(
                    f"{hit.part.heading}\n{hit.chapter.title}", Place(hit.chapter.key, language(), hit.part.anchor)
                )
            if not self.contents.count():
                self._tell(_("No chapter speaks of “{words}”.", words=words))
            else:
                self.told.hide()
            return
        for one in manual.chapters(language()):
            item = self._add(one.title, Place(one.key, language()))
            if self.place is None or one.key != self.place.key:
                continue
            self.contents.setCurrentItem(item)
            for part in manual.parts(one):
                if part.level == 2:
                    self._add(f"    {part.heading}", Place(one.key, language(), part.anchor))

    def _add(self, words: str, place: Place) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(PLACE, place)
        self.contents.addItem(item)
        return item

    def _open(self, item: QListWidgetItem) -> None:
        self.show_place(item.data(PLACE))

    def _first(self) -> None:
        """What was found first, without waiting for the pause of typing."""
        self._typing.stop()
        self._fill()
        if self.contents.count() and self.search.text().strip():
            self.contents.setCurrentRow(0)
            self._open(self.contents.item(0))
            self.contents.setFocus()

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()


def show_manual(window: QWidget, file: str = "", anchor: str = "") -> ManualDialog:
    """Open the manual, at a file of it or at its beginning; where it is open already it is taken up again."""
    open_ones = [one for one in window.findChildren(ManualDialog) if one.isVisible()]
    dialog = open_ones[0] if open_ones else ManualDialog(window)
    key, spoken = manual.named(file) or (manual.CHAPTERS[0], language())
    dialog.show_place(Place(key, spoken, anchor))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
