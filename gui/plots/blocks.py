"""Bars of any width side by side, as in an abatement cost curve: width an amount, height what a unit of it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import nan
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.language import _
from gui.plots.axes import reading, ruler
from gui.plots.canvas import Reading
from gui.plots.clock import Tick
from gui.plots.inks import AREA, HATCH, faded, swatch
from gui.plots.lines import Scale
from gui.plots.paper import APART, Titles
from gui.plots.picking import PickingCanvas, PickingPlot
from gui.plots.saving import Numbers, digits, numbers_of
from gui.plots.tools import entry
from gui.theme import colour

Fill = Literal["solid", "hatched", "pale"]
THINNEST = 2.0
"""Of a bar on screen. [px]"""
CLOSEST = 1e-3
"""Of the whole width that can be shown at least."""
FEWEST_LETTERS = 6
"""That a name must have room for, to stand at its bar."""


@dataclass(frozen=True, slots=True)
class Look:
    """How bars of one sort are filled, and what that means."""

    title: str
    colour: str
    """``#rrggbb``."""
    fill: Fill = "solid"
    """Besides the colour, so that it is never alone."""


@dataclass(frozen=True, slots=True)
class Block:
    """One bar."""

    key: str
    name: str
    width: float
    """More than zero. [unit of x]"""
    height: float
    """[unit of y]"""
    look: str
    """Key of a look."""
    more: tuple[tuple[str, str], ...] = ()
    """What else is read there: title and value with its unit."""


@dataclass(frozen=True, slots=True)
class BlockData:
    """A whole plot."""

    title: str
    x: Scale
    """Of the widths."""
    y: Scale
    """Of the heights."""
    blocks: tuple[Block, ...]
    """From left to right."""
    looks: Mapping[str, Look] = field(default_factory=dict)

    @property
    def edges(self) -> tuple[float, ...]:
        """Where the bars begin and end, from zero on."""
        return tuple(accumulate((one.width for one in self.blocks), initial=0.0))


class BlockCanvas(PickingCanvas):
    """The drawing of a BlockPlot."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: BlockData | None = None
        self._edges: tuple[float, ...] = (0.0,)
        self.setAccessibleDescription(f"{self.accessibleDescription()} {_('Enter chooses what is read.')}")

    def show_data(self, data: BlockData) -> None:
        """Show this from now on, all of it."""
        self.data, self._edges = data, data.edges
        self.titles = Titles(data.y.titled, data.x.titled)
        heights = [one.height for one in data.blocks]
        self.left = ruler(min(heights, default=nan), max(heights, default=nan), zero=True)
        whole = self._edges[-1] or 1.0
        self.set_whole(0.0, whole, whole * CLOSEST)
        self.refresh()

    @property
    def empty(self) -> bool:
        return self.data is None or not self.data.blocks

    # ------------------------------------------------------------------ drawing

    def ticks(self, width: float) -> Sequence[Tick]:
        first, last = self.range
        made = ruler(first, last, parts=max(2, int(width / (self.metrics.horizontalAdvance("0,000,000") + 2 * APART))))
        return [Tick(at, word) for at, word in zip(made.ticks, made.words, strict=True) if first <= at <= last]

    def ink(self, painter: QPainter, area: QRectF) -> None:
        if self.data is None or self.left is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        zero = self._y_of(0.0, area)
        for number, block in enumerate(self.data.blocks):
            box = self._box(number, area)
            if box.right() < area.left() or box.left() > area.right():
                continue
            self._fill(painter, box, self.data.looks.get(block.look))
            if box.width() > 2 * THINNEST:
                painter.setPen(QPen(colour("raised"), 1))
                painter.drawLine(box.topRight(), box.bottomRight())
            self._name(painter, box, block, area)
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        for number, block in enumerate(self.data.blocks):
            if block.key == self.chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("text"), 2))
                painter.drawRect(self._box(number, area).adjusted(-1, -1, 1, 1))

    def _fill(self, painter: QPainter, box: QRectF, look: Look | None) -> None:
        ink = QColor(look.colour) if look is not None else colour("edge")
        fill = look.fill if look is not None else "solid"
        if fill == "solid":
            painter.fillRect(box, ink)
            return
        painter.fillRect(box, faded(ink, AREA))
        if fill == "hatched":
            painter.fillRect(box, QBrush(faded(ink, HATCH), Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _name(self, painter: QPainter, box: QRectF, block: Block, area: QRectF) -> None:
        """At the outer end of the bar, where it has room."""
        left, right = max(box.left(), area.left()) + 3, min(box.right(), area.right()) - 3
        if right - left < self.metrics.horizontalAdvance("0") * FEWEST_LETTERS:
            return
        words = self.metrics.elidedText(block.name, Qt.TextElideMode.ElideRight, right - left)
        high = self.metrics.height()
        y = box.top() - 3 if block.height >= 0 else box.bottom() + self.metrics.ascent() + 2
        if block.height >= 0 and y - high < area.top():
            y = box.top() + self.metrics.ascent() + 2
            painter.fillRect(QRectF(left - 2, box.top() + 1, self.metrics.horizontalAdvance(words) + 4, high),
                             colour("raised"))  # fmt: skip
        painter.setPen(colour("text"))
        painter.drawText(QPointF(left, y), words)

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        number = self._number(self.at)
        if number is not None and self.left is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text"), 1))
            painter.drawRect(self._box(number, area))
        super().overlay(painter, area)

    def _box(self, number: int, area: QRectF) -> QRectF:
        assert self.data is not None
        left, right = self.x_of(self._edges[number], area), self.x_of(self._edges[number + 1], area)
        zero, end = self._y_of(0.0, area), self._y_of(self.data.blocks[number].height, area)
        top, bottom = min(zero, end), max(zero, end)
        return QRectF(left, top, max(right - left, THINNEST), max(bottom - top, THINNEST))

    def _y_of(self, value: float, area: QRectF) -> float:
        assert self.left is not None
        return round(area.bottom() - self.left.share(value) * area.height())

    # ------------------------------------------------------------------ reading

    def _number(self, at: float | None) -> int | None:
        """Which bar stands at an x; None where there is none."""
        if at is None or self.data is None or not self.data.blocks or not 0 <= at <= self._edges[-1]:
            return None
        return next((n for n, end in enumerate(self._edges[1:]) if at < end), len(self.data.blocks) - 1)

    def neighbour(self, at: float, towards: int) -> float:
        """The middle of the next bar; at first of the first one."""
        if self.data is None or not self.data.blocks:
            return at
        last = len(self.data.blocks) - 1
        number = self._number(self.at)
        number = (0 if towards > 0 else last) if number is None else min(max(0, number + towards), last)
        return (self._edges[number] + self._edges[number + 1]) / 2

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        """Name of the bar, its height, its width, and what else is said of it."""
        number = self._number(at)
        if self.data is None or number is None:
            return "", []
        block, data = self.data.blocks[number], self.data
        look = data.looks.get(block.look)
        ink = look.colour if look is not None else colour("edge").name()
        found = [Reading(ink, data.y.title, f"{reading(block.height)} {data.y.unit}".rstrip()),
                 Reading(ink, data.x.title, f"{reading(block.width)} {data.x.unit}".rstrip())]  # fmt: skip
        return block.name, found + [Reading(ink, title, value) for title, value in block.more]

    def words_of_range(self) -> str:
        return ""

    # ------------------------------------------------------------------ choosing

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self.clicked(event)
        super().mouseReleaseEvent(event)
        area = self.area()
        if clicked and area.contains(event.position()):
            self._pick(self.at_of(event.position().x(), area))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.chooses(event) and self.at is not None:
            self._pick(self.at)
            return
        super().keyPressEvent(event)

    def _pick(self, at: float) -> None:
        number = self._number(at)
        if number is not None and self.data is not None:
            self.pick(self.data.blocks[number].key)


class BlockPlot(PickingPlot[BlockCanvas]):
    """Bars of any width, which the person zooms into and chooses from."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        super().__init__(name, BlockCanvas(name), choice)

    @property
    def data(self) -> BlockData | None:
        """What is shown."""
        return self.canvas.data

    def show_data(self, data: BlockData) -> None:
        """Show this from now on."""
        self.set_title(data.title)
        self.canvas.show_data(data)
        used = {one.look for one in data.blocks}
        self.set_key(
            entry(look.colour, look.title, None if look.fill == "solid" else swatch(look.colour, _SWATCHES[look.fill]))
            for key, look in data.looks.items()
            if key in used
        )
        self.shown()

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        return numbers_of(self._rows(exact=True)) if self.data is not None else None

    def as_table(self) -> list[list[str]]:
        return self._rows(exact=False)

    def _rows(self, *, exact: bool) -> list[list[str]]:
        """Name, sort, width, from where to where, height, and the rest."""
        data = self.data
        if data is None:
            return []
        more = list(dict.fromkeys(title for one in data.blocks for title, _value in one.more))
        head = [_("Name"), _("Sort"), data.x.titled, _("{what} from", what=data.x.titled),
                _("{what} to", what=data.x.titled), data.y.titled, *more]  # fmt: skip
        rows = [head]
        for block, begin, end in zip(data.blocks, data.edges, data.edges[1:], strict=False):
            values = [block.width, begin, end, block.height]
            written = digits(values) if exact else [reading(value) for value in values]
            look = data.looks.get(block.look)
            said = dict(block.more)
            rows.append([block.name, look.title if look else "", *written, *(said.get(title, "") for title in more)])
        return rows


_SWATCHES: Mapping[Fill, str] = {"hatched": "hatched", "pale": "band", "solid": "band"}
