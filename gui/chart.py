"""A chart on a page: title, legend, bars, value under the mouse; copied or saved as picture and as numbers.

The bars come after the page has been painted once, for the library behind them takes its time to load.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gui import tsv
from gui.chart_data import BarData, Series
from gui.language import _
from gui.theme import tokens
from gui.widgets import clear, label, subheading, tool

if TYPE_CHECKING:
    from gui.plots import Bars

ONE_LINE = 40
"""Letters of a name that is kept together in the legend."""
SHARPNESS = 2
"""Pixels of a saved picture for each on screen."""


class Chart(QWidget):
    """Shows one BarData; give it new ones with ``show_data``."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        """``choice`` is a widget by which the person says what is shown; it stands before the button at the right."""
        super().__init__()
        self._name = name
        self._data: BarData | None = None
        self._bars: Bars | None = None
        self.setAccessibleName(name)
        self._title = subheading(name)
        self._value = label("", "muted")
        self._value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._more = tool("more", _("{chart}: copy or save", chart=name), self._offer)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._value, 1)
        if choice is not None:
            head.addWidget(choice)
        head.addWidget(self._more)
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
        whole.addLayout(head)
        whole.addWidget(self._legend)
        whole.addLayout(self._place, 1)
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.timeout.connect(self._make_bars)

    @property
    def data(self) -> BarData | None:
        """What is shown."""
        return self._data

    def show_data(self, data: BarData) -> None:
        """Show this from now on."""
        if data == self._data:
            return
        self._data = data
        self.setAccessibleDescription(data.described())
        self._title.setText(data.title)
        self._show_legend(data)
        self._value.setText("")
        if self.isVisible():
            if self._bars is None:
                self.update()
            else:
                self._draw.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Painted once without bars: only now may the library behind them take its time."""
        super().paintEvent(event)
        if self._bars is None and self._data is not None and not self._draw.isActive():
            self._draw.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._data is not None and self._bars is not None:
            self._draw.start(0)

    def draw_now(self) -> None:
        """Do not wait for the next turn of the event loop."""
        self._draw.stop()
        self._make_bars()

    # ------------------------------------------------------------------ parts

    def _show_legend(self, data: BarData) -> None:
        self._legend.setVisible(len(data.series) > 1)
        self._legend.setText("&nbsp;&nbsp; ".join(_entry(series) for series in data.series))

    def _make_bars(self) -> None:
        if self._data is None:
            return
        from gui.plots import Bars

        clear(self._place)
        self._bars = Bars(self._data)
        self._bars.setMinimumHeight(self.fontMetrics().height() * 9)
        self._bars.setAccessibleName(self._name)
        self._bars.hovered.connect(self._tell)
        self._place.addWidget(self._bars)

    def _tell(self, category: int) -> None:
        text = self._data.spoken(category) if self._data is not None and category >= 0 else ""
        self._value.setText(text)
        self._value.setToolTip(text)

    # ------------------------------------------------------------------ out

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the chart."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy as picture"), self.copy_picture)
        menu.addAction(_("Copy as numbers"), self.copy_numbers)
        menu.addSeparator()
        for kind in ("PNG", "SVG", "CSV"):
            menu.addAction(_("Save as {kind}", kind=kind), lambda kind=kind: self._ask(kind))  # type: ignore[misc]
        return menu

    def _offer(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _ask(self, kind: str) -> None:
        suffix = kind.lower()
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the chart"), f"{self._title.text()}.{suffix}", f"{kind} (*.{suffix})"
        )
        if name:
            self.save(Path(name).with_suffix(f".{suffix}"))

    def save(self, path: Path) -> None:
        """As PNG, SVG or CSV, by the suffix."""
        if path.suffix == ".csv":
            path.write_bytes(("\ufeff" + (self._data.csv() if self._data else "")).encode())
        elif path.suffix == ".svg":
            path.write_bytes(self.svg())
        else:
            self.picture().save(str(path))

    def copy_picture(self) -> None:
        """To the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_numbers(self) -> None:
        """To the clipboard, for Excel."""
        if self._data is not None:
            QGuiApplication.clipboard().setText(tsv.write(self._data.rows()))

    def picture(self) -> QImage:
        """The chart without its button, on the paper of the theme."""
        image = QImage(self._size() * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(QColor(tokens().raised))
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        return image

    def svg(self) -> bytes:
        """The chart as vectors."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setSize(self._size())
        generator.setViewBox(QRectF(0, 0, self._size().width(), self._size().height()))
        generator.setTitle(self._title.text())
        painter = QPainter(generator)
        painter.fillRect(QRectF(0, 0, self._size().width(), self._size().height()), QColor(tokens().raised))
        self._paint(painter)
        painter.end()
        return bytes(buffer.data().data())

    def _size(self) -> QSize:
        return self.size() + QSize(24, 20)

    def _paint(self, painter: QPainter) -> None:
        """Title, legend and bars where they stand on screen; the button stays away."""
        if self._bars is None:
            self.draw_now()
        painter.translate(12, 10)
        for widget in (self._title, self._legend):
            if widget.isHidden():
                continue
            widget.render(painter, widget.mapTo(self, QPoint(0, 0)), renderFlags=QWidget.RenderFlag.DrawChildren)
        if self._bars is not None:
            corner = self._bars.mapTo(self, self._bars.rect().topLeft())
            target = QRectF(corner.x(), corner.y(), self._bars.width(), self._bars.height())
            self._bars.render(painter, target)


def _entry(series: Series) -> str:
    """Colour and name of a series, which stay on one line together."""
    name = escape(series.name).replace(" ", "&nbsp;")
    if len(series.name) <= ONE_LINE:
        name = re.sub(r"([^\x00-\x7f])", "\\1\u2060", name)  # else Chinese breaks after each sign
    return f'<span style="color:{series.colour}">■</span>&nbsp;{name}'
