"""Markdown as it is read in the window: headings, keys, pictures as wide as there is room, links that lead on."""

from __future__ import annotations

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
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from core.running.manual import anchor
from gui.theme import colour
from gui.widgets import letters

WIDTH, LINES = 48, 9
"""In which it can be read at least, below a page. [letters]"""
PAUSE_MS = 150
LEADING = 118
"""Of a line of words. [%]"""
HEADINGS = {1: 1.35, 2: 1.08}
"""Sizes of headings, in those of the words."""


class Document(QTextBrowser):
    """A document that leads to others; whoever shows it says where they are found."""

    page_wanted = Signal(str)
    """Key of a page whose help is wanted."""
    file_wanted = Signal(str, str)
    """A link to another file, as it is written, and the place in it."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where its pictures lie."""
        super().__init__()
        self._folder = folder
        self.setObjectName("help")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # one that came and went while a text is exchanged would change the width, and that the text, without end
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
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

    def go(self, place: str) -> bool:
        """Put the heading with this anchor on top; False when there is none."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor(block.text()) == place:
                cursor = QTextCursor(block)
                self.setTextCursor(cursor)
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.cursorRect(cursor).top())
                return True
            block = block.next()
        return False

    def _dress(self) -> None:
        """Headings, lists, tables and keys in the measure of the window."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
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
            space.setNonBreakableLines(False)  # examples are read here, not run
            space.setLineHeight(100 if pictured else LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).mergeBlockFormat(space)
            for fragment in fragments:
                self._dress_letters(fragment, size * HEADINGS.get(level, 1.0))
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        whole.endEditBlock()

    def _dress_letters(self, fragment: QTextFragment, size: float) -> None:
        """In the weights of our fonts, which have no other bold; keys as on their caps."""
        form = fragment.charFormat()
        if form.isImageFormat():
            return
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        form.setFontPointSize(size)
        if form.fontWeight() > QFont.Weight.Normal:
            form.setFontWeight(QFont.Weight.DemiBold)
        if form.fontFixedPitch() or form.hasProperty(QTextFormat.Property.FontFamilies):
            form.setFontFixedPitch(False)
            form.setFontFamilies(self.font().families())
            form.setBackground(colour("sunken"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(fragment.position())
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A picture, as wide as there is room and as sharp as the screen."""
        image = QImage(str(self.picture(QUrl(name).path())))
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
        return QSize(letters(self, WIDTH), self.fontMetrics().height() * LINES)

    def picture(self, name: str) -> Path:
        """Where the picture of this name lies."""
        return self._folder / name

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "help":
            self.page_wanted.emit(url.path())
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        elif url.path():
            self.file_wanted.emit(url.path(), url.fragment())
        else:
            self.go(url.fragment())


def _dress_table(table: QTextTable) -> None:
    """Air instead of lines."""
    form = table.format()
    form.setBorder(0)
    form.setCellPadding(4)
    form.setTopMargin(4)
    form.setBottomMargin(10)
    table.setFormat(form)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """All that are there now; what is dressed may fall together with its neighbours."""
    found, place = [], block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found
