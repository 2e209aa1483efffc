"""What every plot has around its drawing: title, value under the mouse, key, and the ways out as picture and numbers.

A plot is derived from :class:`Plot` and says what is drawn and which numbers that shows; the rest is the same for all.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from core.errors import UserError
from gui.jobs import Job
from gui.language import _
from gui.notices import Elided, Notice, of_error
from gui.page import Page
from gui.tables import tsv
from gui.theme import tokens
from gui.widgets import label, subheading, tool

if TYPE_CHECKING:
    from gui.plots.saving import Numbers

ONE_LINE = 40
"""Letters of a name that is kept together in the key."""
SHARPNESS = 2
"""Pixels of a saved picture for each on screen."""
MANY = 100_000
"""Rows that are neither copied nor written while the window waits."""


class Plot(QWidget):
    """Head, key and a place for the drawing."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        """``choice`` is a widget by which the person says what is shown; it stands before the button at the right."""
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self._title = subheading(name)
        self._value = Elided("")
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        self._value.setProperty("role", "muted")
        self._value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._more = tool("more", _("{chart}: copy or save", chart=name), self._offer)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(self._title)
        self.head.addWidget(self._value, 1)
        if choice is not None:
            self.head.addWidget(choice)
        self.head.addWidget(self._more)
        self._legend = label("", size=0.92, wrap=True)
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        only_as_high_as_needed = self._legend.sizePolicy()
        only_as_high_as_needed.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self._legend.setSizePolicy(only_as_high_as_needed)
        self._legend.hide()
        self._place = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self.head)
        whole.addWidget(self._legend)
        whole.addLayout(self._place, 1)

    # ------------------------------------------------------------------ of each kind

    def drawing(self) -> QWidget | None:
        """The widget below the head; None while there is nothing."""
        raise NotImplementedError

    def paint_drawing(self, painter: QPainter) -> None:
        """The same for a picture: without what belongs to mouse and keyboard. The painter stands at its corner."""
        raise NotImplementedError

    def numbers(self) -> Numbers | None:
        """What is shown, with all digits; None while there is nothing."""
        raise NotImplementedError

    def as_table(self) -> list[list[str]]:
        """What is shown in a few lines, headings first, for those who cannot see it."""
        raise NotImplementedError

    # ------------------------------------------------------------------ head

    @property
    def title(self) -> str:
        """What stands above the drawing."""
        return self._title.text()

    @property
    def key(self) -> str:
        """What the colours mean, as rich text; empty where there is none."""
        return self._legend.text() if not self._legend.isHidden() else ""

    def set_title(self, title: str) -> None:
        """Another title above the drawing."""
        self._title.setText(title)

    def set_key(self, entries: Iterable[str]) -> None:
        """What the colours mean, each made by :func:`entry`; hidden where there is none."""
        text = "&nbsp;&nbsp; ".join(entries)
        self._legend.setText(text)
        self._legend.setVisible(bool(text))

    def tell(self, text: str, whole: str = "") -> None:
        """What is under the mouse; ``whole`` is what screen readers say, where that is more."""
        self._value.setText(text)
        self._value.setToolTip(whole or text)
        self._value.setAccessibleName(whole or text)

    def describe(self, sentence: str) -> None:
        """For screen readers: what it is, and the table."""
        self.setAccessibleDescription("\n".join((sentence, *("; ".join(row) for row in self.as_table()))))

    # ------------------------------------------------------------------ out

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_picture()
            return
        super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """What can be done with the plot."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        picture = menu.addAction(_("Copy as picture"), self.copy_picture)
        picture.setShortcut(QKeySequence.StandardKey.Copy)
        picture.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, heard in keyPressEvent
        copy = menu.addAction(_("Copy as numbers"), self.copy_numbers)
        numbers = self.numbers()
        if numbers is not None and numbers.count > MANY:
            copy.setEnabled(False)
            copy.setToolTip(_("More than {count} rows: save them as CSV.", count=f"{MANY:,}"))
        menu.addSeparator()
        for kind in ("PNG", "SVG", "CSV"):
            menu.addAction(_("Save as {kind}", kind=kind), self._asking(kind))
        return menu

    def _offer(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _asking(self, kind: str) -> Callable[[], None]:
        return lambda: self._ask(kind)

    def _ask(self, kind: str) -> None:
        suffix = kind.lower()
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the chart"), f"{file_name(self._title.text())}.{suffix}", f"{kind} (*.{suffix})"
        )
        if not name:
            return
        try:
            self.save(Path(name).with_suffix(f".{suffix}"))
        except UserError as error:
            self._say(of_error(error))

    def save(self, path: Path) -> None:
        """As PNG, SVG or CSV, by the suffix. Very many rows are written by a job.

        Raises
        ------
        UserError
            when the file cannot be written.
        """
        from gui.plots.saving import csv_of, write  # the window opens without it

        if path.suffix != ".csv":
            write(path, [self.svg() if path.suffix == ".svg" else png_of(self.picture())])
        elif (numbers := self.numbers()) is not None:
            if numbers.count > MANY:
                self._save_later(path, numbers)
                return
            write(path, csv_of(numbers))
        self._say(Notice("good", _("Saved {file}.", file=path.name)))

    def _save_later(self, path: Path, numbers: Numbers) -> None:
        from gui.plots.saving import csv_of, write

        job = Job(lambda progress, _cancelled: write(path, csv_of(numbers, progress)))
        job.done.connect(self._saved)
        page = self._page()
        if page is not None:
            page.run(job, _("Saving {file}", file=path.name))
            return
        job.failed.connect(self._not_saved)
        job.start()

    def _saved(self, path: Path) -> None:
        self._say(Notice("good", _("Saved {file}.", file=path.name)))

    def _not_saved(self, error: UserError) -> None:
        self._say(of_error(error))

    def _page(self) -> Page | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        return above

    def _say(self, notice: Notice) -> None:
        """At the bottom of the window; in a dialog, which has no such line, above the drawing."""
        page = self._page()
        if page is not None:
            page.told.emit(notice)
        else:
            self.tell(notice.sentence)

    def copy_picture(self) -> None:
        """To the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_numbers(self) -> None:
        """To the clipboard, for Excel."""
        from gui.plots.saving import all_rows

        numbers = self.numbers()
        if numbers is not None and numbers.count <= MANY:
            QGuiApplication.clipboard().setText(tsv.write(all_rows(numbers)))

    # ------------------------------------------------------------------ pictures

    def picture(self) -> QImage:
        """The plot without its buttons, on the paper of the theme."""
        image = QImage(self._size() * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(QColor(tokens().raised))
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        return image

    def svg(self) -> bytes:
        """The plot as vectors."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setSize(self._size())
        generator.setViewBox(QRectF(QPointF(), self._size().toSizeF()))
        generator.setTitle(self._title.text())
        painter = QPainter(generator)
        painter.fillRect(QRectF(QPointF(), self._size().toSizeF()), QColor(tokens().raised))
        self._paint(painter)
        painter.end()
        return bytes(buffer.data().data())

    def _size(self) -> QSize:
        return self.size() + QSize(24, 20)

    def _paint(self, painter: QPainter) -> None:
        """Title, key and drawing where they stand on screen; the buttons stay away."""
        painter.translate(12, 10)
        for widget in (self._title, self._legend):
            if not widget.isHidden():
                widget.render(painter, widget.mapTo(self, QPoint(0, 0)), renderFlags=QWidget.RenderFlag.DrawChildren)
        drawing = self.drawing()
        if drawing is not None:
            corner = drawing.mapTo(self, QPoint(0, 0))
            painter.translate(corner)
            self.paint_drawing(painter)


def entry(colour: str, name: str, swatch: QPixmap | None = None) -> str:
    """Colour and name of a series, which stay on one line together; a picture where colour alone would not tell."""
    kept = escape(name).replace(" ", "&nbsp;")
    if len(name) <= ONE_LINE:
        kept = re.sub(r"([^\x00-\x7f])", "\\1\u2060", kept)  # else Chinese breaks after each sign
    if swatch is None:
        return f'<span style="color:{colour}">■</span>&nbsp;{kept}'
    ratio = swatch.devicePixelRatio()
    high, wide = round(swatch.height() / ratio), round(swatch.width() / ratio)
    data = b64encode(png_of(swatch.toImage())).decode()
    return f'<img src="data:image/png;base64,{data}" width="{wide}" height="{high}">&nbsp;{kept}'


def png_of(image: QImage) -> bytes:
    """The bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only the form in bytes
    return bytes(buffer.data().data())


def file_name(title: str) -> str:
    """A title as the name of a file that every system takes."""
    return " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", title).split()).strip(" .")[:100] or "plot"
