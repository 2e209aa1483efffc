"""The pane at the right that helps with the page one is on; searchable, and never in the way of the page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QTextBrowser, QVBoxLayout

from gui.help.texts import Help, folder, help_of, search
from gui.icons import icon
from gui.language import _, language
from gui.theme import colour
from gui.widgets import button, letters, subheading, tool

WIDTH = 48
"""Of the pane at least. [letters]"""
PAUSE_MS = 150
LEADING = 118
"""Of a line of words. [%]"""
HEADINGS = {1: 1.35, 2: 1.08}
"""Sizes of headings, in those of the words."""


class HelpText(QTextBrowser):
    """Markdown with pictures as wide as the pane."""

    wanted = Signal(str)
    """Key of a page whose help is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        self._shown = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(lambda: self.show_markdown(self._shown))

    def show_markdown(self, text: str) -> None:
        """Show this; the place in it is kept where it is the same."""
        place = self.verticalScrollBar().value() if text == self._shown else 0
        self._shown = text
        self.document().clear()
        self.setMarkdown(text)
        self._dress()
        self.verticalScrollBar().setValue(place)

    def _dress(self) -> None:
        """Headings, lists and keys in the measure of the window."""
        self.document().setIndentWidth(self.fontMetrics().horizontalAdvance("0") * 2.2)
        size = self.font().pointSizeF()
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            space = QTextBlockFormat()
            space.setTopMargin(size * (0.8 if level > 1 else 0.1))
            space.setBottomMargin(size * (0.55 if block.textList() is None else 0.25))
            fragments = _fragments(block)
            pictured = any(fragment.charFormat().isImageFormat() for fragment in fragments)
            space.setLineHeight(100 if pictured else LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).mergeBlockFormat(space)
            for fragment in fragments:
                self._dress_letters(fragment, size * HEADINGS.get(level, 1.0))
            block = block.next()

    def _dress_letters(self, fragment: QTextFragment, size: float) -> None:
        """In the weights of our fonts, which have no other bold; keys as on their caps."""
        form = fragment.charFormat()
        if form.isImageFormat():
            return
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        form.setFontPointSize(size)
        if form.fontWeight() > QFont.Weight.Normal:
            form.setFontWeight(QFont.Weight.DemiBold)
        if form.fontFixedPitch():
            form.setFontFixedPitch(False)
            form.setFontFamilies(self.font().families())
            form.setBackground(colour("sunken"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(fragment.position())
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A picture, as wide as there is room and as sharp as the screen."""
        path = str(folder() / QUrl(name).path())
        image = QImage(path)
        if image.isNull():
            return super().loadResource(kind, QUrl(name))
        ratio = self.devicePixelRatioF()
        room = max(120, self.viewport().width() - 2 * round(self.document().documentMargin()) - 16)
        wide = min(room, image.width())
        made = image.scaledToWidth(round(wide * ratio), Qt.TransformationMode.SmoothTransformation)
        made.setDevicePixelRatio(ratio)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._shown:
            self._soon.start()

    def sizeHint(self) -> QSize:
        return QSize(letters(self, WIDTH), self.fontMetrics().height() * 30)

    def _follow(self, url: QUrl) -> None:
        """Another page of the help, or a chapter of the manual where it lies beside the program."""
        if url.scheme() == "help":
            self.wanted.emit(url.path())
            return
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
            return
        chapter = (Path(str(folder())) / url.path()).resolve()
        if chapter.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(chapter)))
        else:
            self.show_markdown(
                _("The manual is not installed beside this program. Its chapter is {file}.", file=f"`{url.path()}`")
            )


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """All that are there now; what is dressed may fall together with its neighbours."""
    found, place = [], block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found


class HelpPane(QFrame):
    """Head, search line, text."""

    closed = Signal()
    keys_wanted = Signal()
    """The list of all keys."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """``keys`` are the pages of the window."""
        super().__init__()
        self.setObjectName("topbar")
        self.setAccessibleName(_("Help"))
        self._keys, self._key = keys, ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the help"))
        self.search.setAccessibleName(_("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.text = HelpText()
        self.text.setAccessibleName(_("Help"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._typing.timeout.connect(self._find)
        self.search.textChanged.connect(self._typing.start)
        self.text.wanted.connect(self.show_page)
        self._lay_out()
        self.setMinimumWidth(letters(self, WIDTH))

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
