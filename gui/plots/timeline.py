"""The drawing of interval data over time: what pixels can show of it, axes that fit, the values of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gui.language import _
from gui.plots.axes import Ruler, beside, reading, ruler
from gui.plots.canvas import Canvas, Reading
from gui.plots.clock import Tick, interval, pace, sample, ticks
from gui.plots.inks import Pen, draw_limit, shade_gaps
from gui.plots.paper import APART, Titles
from gui.plots.tracks import Drawn, Floats, Limit, Seen, Spans, extent, merged
from gui.theme import colour

FEWEST = 4
"""Intervals of the finest track that are shown at least."""


class SeriesCanvas(Canvas):
    """The drawing of a SeriesPlot."""

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        super().__init__(name)
        self.zone = zone
        self.drawn: tuple[Drawn, ...] = ()
        self.limits: tuple[Limit, ...] = ()
        self._seen: list[Seen] = []

    def show_tracks(self, drawn: Sequence[Drawn], limits: Sequence[Limit], titles: Titles) -> None:
        """Show these from now on, all of their time."""
        self.drawn, self.limits, self.titles = tuple(drawn), tuple(limits), titles
        self.left = self.right = None
        tracks = [one.track for one in drawn if len(one.track.values)]
        if tracks:
            first, last = min(one.start for one in tracks), max(one.end for one in tracks)
            self.set_whole(first, last, FEWEST * min(one.step for one in tracks))
        self.refresh()

    @property
    def empty(self) -> bool:
        return not any(len(one.track.values) for one in self.drawn)

    # ------------------------------------------------------------------ drawing

    def prepare(self, pixels: int) -> None:
        self._seen = [one.seen(*self.range, pixels) for one in self.drawn]
        ends = [self._ends(right, before) for right, before in ((False, self.left), (True, self.right))]
        self.left = ruler(*ends[0], zero=self._from_zero(right=False))
        self.right = None
        if any(one.track.right for one in self.drawn):
            self.right = beside(self.left, *ends[1], zero=self._from_zero(right=True))

    def ticks(self, width: float) -> Sequence[Tick]:
        per_pixel = (self.range[1] - self.range[0]) / max(1.0, width)
        chosen = pace(lambda unit: (self.metrics.horizontalAdvance(sample(unit)) + APART) * per_pixel)
        return ticks(*self.range, self.zone, chosen)

    def ink(self, painter: QPainter, area: QRectF) -> None:
        per_pixel = (self.range[1] - self.range[0]) / area.width()
        gaps = [one.spans(one.gaps, *self.range) for one in self.drawn]
        shade_gaps(painter, area, self._pixels(gaps, per_pixel, area))
        for one, seen in zip(self.drawn, self._seen, strict=True):
            pen = self._pen(painter, area, one)
            if pen is not None:
                pen.draw(seen, one.track.kind)
        self._draw_limits(painter, area)

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colour("edge"), 1))
            x = round(self.x_of(self.at, area))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            for one in self.drawn:
                self._draw_dot(painter, area, one, self.at)
        super().overlay(painter, area)

    def _draw_dot(self, painter: QPainter, area: QRectF, one: Drawn, at: float) -> None:
        number, pen = one.number_at(at), self._pen(painter, area, one)
        if number is None or pen is None or self.dense(one) or np.isnan(one.track.values[number]):
            return
        pen.dot(self.x_of(at, area), float(one.track.values[number]))

    def _pen(self, painter: QPainter, area: QRectF, one: Drawn) -> Pen | None:
        side = self.right if one.track.right else self.left
        if side is None:
            return None
        alone = len(self.drawn) == 1
        return Pen(painter, area, side, lambda at: self._x_of(at, area), QColor(one.colour), alone=alone)

    def _x_of(self, at: Floats, area: QRectF) -> Floats:
        first, last = self.range
        return area.left() + (at - first) * (area.width() / (last - first))

    def _pixels(self, spans: Sequence[Floats], per_pixel: float, area: QRectF) -> Spans:
        together = merged(np.concatenate(spans), per_pixel) if spans else []
        return [(self.x_of(begin, area), self.x_of(end, area)) for begin, end in together]

    def _draw_limits(self, painter: QPainter, area: QRectF) -> None:
        for limit in self.limits:
            side = self.right if limit.right else self.left
            if side is None:
                continue
            draw_limit(painter, area, area.bottom() - side.share(limit.value) * area.height(), limit.words)

    def _ends(self, right: bool, before: Ruler | None) -> tuple[float, float]:
        """Least and largest that an axis must reach; never less than before while a hand moves the paper."""
        limits = [limit.value for limit in self.limits if limit.right == right]
        kept = [before.low, before.high] if self.panning and before is not None else []
        low, high = extent(seen for one, seen in zip(self.drawn, self._seen, strict=True) if one.track.right == right)
        return float(np.fmin.reduce([low, *limits, *kept])), float(np.fmax.reduce([high, *limits, *kept]))

    def _from_zero(self, *, right: bool) -> bool:
        return any(one.track.kind == "area" for one in self.drawn if one.track.right == right)

    # ------------------------------------------------------------------ reading

    def dense(self, one: Drawn) -> bool:
        """Whether several intervals of a track share a pixel."""
        return (self.range[1] - self.range[0]) / one.track.step > max(1.0, self.area().width())

    def neighbour(self, at: float, towards: int) -> float:
        fine = [one for one in self.drawn if len(one.track.values) and not self.dense(one)]
        if not fine:
            return super().neighbour(at, towards)
        track = min((one.track for one in fine), key=lambda track: track.step)
        return track.start + ((at - track.start) // track.step + 0.5 + towards) * track.step

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        """Time and values of the interval, or of the pixel, at a moment."""
        held = [one for one in self.drawn if one.number_at(at) is not None]
        if not held:
            return "", []
        per_pixel = (self.range[1] - self.range[0]) / max(1.0, self.area().width())
        when = interval(*self._column(held[0], at, per_pixel), self.zone)
        return when, [Reading(one.colour, one.track.name, self._value(one, at, per_pixel)) for one in held]

    def words_of_range(self) -> str:
        first, last = self.range
        return interval(round(first), round(last), self.zone) if not self.empty else ""

    def _column(self, one: Drawn, at: float, per_pixel: float) -> tuple[float, float]:
        """The interval at a moment; where they are narrower than a pixel, those of the pixel."""
        track = one.track
        wide = max(1, round(per_pixel / track.step))
        number = (int((at - track.start) // track.step) // wide) * wide
        return track.start + number * track.step, min(track.end, track.start + (number + wide) * track.step)

    def _value(self, one: Drawn, at: float, per_pixel: float) -> str:
        track = one.track
        begin, end = one.between(*self._column(one, at, per_pixel))
        part = track.values[begin:end]
        guessed = track.estimated is not None and bool(track.estimated[begin:end].any())
        said = _said(part, track.unit)
        return _("{value} (estimated)", value=said) if guessed else said


def _said(part: Floats, unit: str) -> str:
    """A value, or from which to which they reach."""
    known = part[~np.isnan(part)]
    if not len(known):
        return _("no data")
    low, high = reading(float(known.min())), reading(float(known.max()))
    return f"{low} {unit}" if low == high else f"{_('{low} to {high}', low=low, high=high)} {unit}"
