"""A plot for paper: dark on white whatever the window wears, with its key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument

from core.report.letters.seen import Shot
from gui import theme
from gui.chart import Chart
from gui.plots.tools import Plot, png_of

SHARPNESS = 2.5
"""Pixels on paper for each on the screen."""
TURNS = 3
"""Until the axes of a plot have found their room."""
GAP = 6
"""Between key and drawing. [px]"""


def shot_of(plot: Plot) -> Shot | None:
    """The drawing with its key; None while there is nothing."""
    with _on_white(plot):
        drawing = plot.drawing()
        if drawing is None or drawing.width() < 2:
            return None
        size, key = drawing.size(), _key(plot, drawing.width())
        above = round(key.size().height()) + GAP if key is not None else 0
        high = size.height() + above
        image = QImage(QSize(size.width(), high) * SHARPNESS, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.scale(SHARPNESS, SHARPNESS)
        if key is not None:
            key.drawContents(painter)
        painter.translate(QPointF(0, above))
        plot.paint_drawing(painter)
        painter.end()
    return Shot(plot.title, png_of(image), float(size.width()), float(high))


def _key(plot: Plot, width: int) -> QTextDocument | None:
    if not plot.key:
        return None
    document = QTextDocument()
    document.setDefaultFont(plot.font())
    document.setHtml(f'<body style="color:#1b2124">{plot.key}</body>')
    document.setTextWidth(width)
    return document


@contextmanager
def _on_white(plot: Plot) -> Iterator[None]:
    """Ink for paper; the colours of series stay, for the key was written with them."""
    before = theme.tokens()
    if not before.dark:
        _settle(plot)
        yield
        return
    with theme.worn(replace(theme.LIGHT, series=before.series)):
        if isinstance(plot, Chart):
            plot.draw_now()
        _settle(plot)
        yield
    if isinstance(plot, Chart):
        plot.draw_now()


def _settle(plot: Plot) -> None:
    """Axes find out while they are painted how much room they need; then the plot is laid out again."""
    drawing, layout = plot.drawing(), plot.layout()
    if drawing is None or layout is None or not isinstance(plot, Chart):
        return
    layout.activate()
    for _turn in range(TURNS):
        drawing.grab()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
