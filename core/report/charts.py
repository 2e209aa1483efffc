"""The charts of the report, drawn from plain numbers.

Every value is written beside its bar, so no chart needs a legend to be read twice or a grid to be measured with; the
unit stands in the title of the axis. Series differ in lightness and, where they touch, in pattern.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.i18n import show_number
from core.report.data import minus
from core.report.drawing import Picture, area, stroke, words
from core.report.flow import Flowable
from core.report.fonts import runs, scale_of, width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CHART, INK, MUTED, WHITE, Colour

_LABEL = CHART.size
_LINE = CHART.leading


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with what it is called and what it measures."""

    name: str
    value: Decimal
    colour: Colour
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each month."""

    name: str
    values: tuple[Decimal, ...]
    colour: Colour
    hatched: bool = False


def readable(value: Decimal) -> str:
    """A number with the figures that tell something: ``12,346``, ``123.4``, ``1.23``, ``0.0012``."""
    size = abs(value)
    if size == 0:
        return "0"
    if size < Decimal("0.1"):
        return minus(f"{float(value):.2g}")
    return minus(show_number(value, 0 if size >= 1000 else 1 if size >= 100 else 2))


def horizontal_bars(bars: Sequence[Bar], wide: float, axis: str, total: Decimal | None = None) -> Flowable:
    """Bars one below the other, the value and its share of ``total`` beside each; negative ones go to the left.

    ``axis`` says what is measured and its unit.
    """
    names_wide = wide * 0.34
    names = [shorten(wrap(tidy(b.name), _LABEL, False, names_wide - 10), 2) for b in bars]
    texts = [_value_text(b.value, total) for b in bars]
    widest = max((width(t, _LABEL, True) for t in texts), default=0.0)
    low, high = _range([b.value for b in bars])
    room = min(widest + 8, (wide - names_wide) * (0.3 if low < 0 else 0.5))
    size = _LABEL * min(1.0, (room - 8) / widest) if widest else _LABEL
    rows = [max(17.0, len(lines) * _LINE + 5) for lines in names]
    drawing = drawing_of(wide, sum(rows) + 18)
    per_unit = (wide - names_wide - room * (2 if low < 0 else 1)) / (high - low)
    zero = names_wide + (room if low < 0 else 0) - low * per_unit
    y = drawing.height - 16
    write(drawing, names_wide, y + 6, axis, MUTED)
    for one, lines, text, tall in zip(bars, names, texts, rows, strict=True):
        y -= tall
        length = float(one.value) * per_unit
        bar(drawing, (min(zero, zero + length), y + (tall - 10) / 2, abs(length), 10), one.colour, one.hatched)
        middle = y + tall / 2 - _LABEL * 0.33
        for index, line in enumerate(lines):
            write(drawing, names_wide - 10, middle + (len(lines) - 1) * _LINE / 2 - index * _LINE, line, INK, "end")
        if length < 0:
            write(drawing, zero + length - 4, middle, text, INK, "end", bold=True, size=size)
        else:
            write(drawing, zero + length + 4, middle, text, INK, bold=True, size=size)
    drawing.add(stroke(zero, y, zero, drawing.height - 16, INK, 0.6))
    return drawing


def _value_text(value: Decimal, total: Decimal | None) -> str:
    if not total:
        return readable(value)
    part = value / total * 100
    shown = "<0.1" if 0 < part < Decimal("0.05") else minus(f"{part:.1f}")
    return f"{readable(value)} ({shown}%)"


def month_stack(series: Sequence[Series], months: Sequence[str], wide: float, tall: float, axis: str) -> Flowable:
    """Stacked bars month by month, the sum above each; a key with the pattern of each series above the chart."""
    drawing = drawing_of(wide, tall)
    top = _key(drawing, series, axis)
    sums = [sum((float(s.values[i]) for s in series if s.values[i] > 0), 0.0) for i in range(len(months))]
    falls = [sum((float(s.values[i]) for s in series if s.values[i] < 0), 0.0) for i in range(len(months))]
    low, high = min([0.0, *falls]), max([0.0, *sums])
    high = high if high > low else low + 1.0
    step = wide / max(len(months), 1)
    names = [shorten(wrap(tidy(month), _LABEL, False, step - 4), 2) if len(month) > 8 else (month,) for month in months]
    deep = (max(map(len, names), default=1) - 1) * _LINE
    bottom = 16.0 + deep + (10 if low < 0 else 0)
    per_unit = (top - 12 - bottom) / (high - low)
    zero = bottom - low * per_unit
    thick = min(step * 0.62, 30.0)
    for index, name in enumerate(names):
        x = step * index + (step - thick) / 2
        up = down = zero
        for one in series:
            length = float(one.values[index]) * per_unit
            if length >= 0:
                bar(drawing, (x, up, thick, length), one.colour, one.hatched)
                up += length
            else:
                bar(drawing, (x, down + length, thick, -length), one.colour, one.hatched)
                down += length
        whole = sum((s.values[index] for s in series), Decimal(0))
        text = _fitting(readable(whole), step)
        write(drawing, x + thick / 2, up + 3, text, INK, "middle", size=min(_LABEL, _size_for(text, step)))
        for line, part in enumerate(name):
            write(drawing, x + thick / 2, 3 + deep - line * _LINE, part, MUTED, "middle", size=_size_for(part, step))
    drawing.add(stroke(0, zero, wide, zero, INK, 0.6))
    return drawing


def _key(drawing: Any, series: Sequence[Series], axis: str) -> float:
    """What each pattern means, in one or more lines at the top; returns where the chart may begin."""
    y, x = drawing.height - 10, 0.0
    write(drawing, 0, y, axis, MUTED)
    y -= 14
    for one in series:
        name = shorten(wrap(tidy(one.name), _LABEL, False, drawing.width / 3), 1)[0]
        needed = 13 + width(name, _LABEL) + 16
        if x and x + needed > drawing.width:
            x, y = 0.0, y - 13
        bar(drawing, (x, y - 1, 9, 7.5), one.colour, one.hatched)
        write(drawing, x + 13, y, name, INK)
        x += needed
    return float(y) - 6


def compare(
    left: Sequence[Bar], right: Sequence[Bar], titles: tuple[str, str], wide: float, tall: float, axis: str
) -> Flowable:
    """Two stacked bars side by side, each part named with its value: the same scopes seen in two ways.

    Parts too thin for a label of their own get one beside the bar.
    """
    drawing = drawing_of(wide, tall)
    write(drawing, 0, tall - 10, axis, MUTED)
    sums = [float(sum((max(b.value, Decimal(0)) for b in bars), Decimal(0))) for bars in (left, right)]
    per_unit = (tall - 52) / (max(sums) or 1.0)
    half = wide / 2
    for x, bars, title in ((0.0, left, titles[0]), (half, right, titles[1])):
        _tower(drawing, x, half - 14, bars, title, per_unit)
    drawing.add(stroke(0, 30, wide, 30, INK, 0.6))
    return drawing


def _tower(drawing: Any, x: float, wide: float, bars: Sequence[Bar], title: str, per_unit: float) -> None:
    thick, base, label_floor = 62.0, 30.0, 32.0
    y = base
    for one in bars:
        length = max(float(one.value), 0.0) * per_unit
        bar(drawing, (x, y, thick, length), one.colour, one.hatched, outline=True)
        name = (*shorten(wrap(tidy(one.name), _LABEL, False, wide - thick - 14), 2), readable(one.value))
        deep = len(name) * _LINE
        centre = max(y + length / 2, label_floor + deep / 2)
        drawing.add(stroke(x + thick + 1, y + length / 2, x + thick + 8, centre, MUTED, 0.4))
        for index, line in enumerate(name):
            at = centre + deep / 2 - (index + 1) * _LINE + 2.4
            write(drawing, x + thick + 11, at, line, INK, bold=index == len(name) - 1)
        label_floor = centre + deep / 2 + 3
        y += length
    total = readable(sum((b.value for b in bars), Decimal(0)))
    write(drawing, x, 19, shorten(wrap(tidy(title), _LABEL, False, wide), 1)[0], MUTED)
    write(drawing, x, 6, total, INK, bold=True, size=10.5 * min(1.0, wide / width(total, 10.5, True)))


def drawing_of(wide: float, tall: float) -> Any:
    """An empty chart."""
    return Picture(wide, tall)


def _range(values: Sequence[Decimal]) -> tuple[float, float]:
    low, high = min([0.0, *map(float, values)]), max([0.0, *map(float, values)])
    return (low, high) if high > low else (low, low + 1.0)


def _fitting(text: str, available: float) -> str:
    return text if width(text, 5.2) <= available else minus(f"{float(text.replace(',', '').replace('−', '-')):.1e}")


def _size_for(text: str, available: float) -> float:
    needed = width(tidy(text), _LABEL) or 1.0
    return _LABEL * min(1.0, max((available - 1.5) / needed, 0.62))


def write(
    drawing: Any,
    x: float,
    y: float,
    text: str,
    colour: Colour,
    anchor: str = "start",
    bold: bool = False,
    size: float = _LABEL,
) -> None:
    """A line of text, in the fonts that have its letters."""
    text = tidy(text).replace("\n", " ")
    x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width(text, size, bold)
    for font, part in runs(text, bold):
        drawing.add(words(x, y, part, font, size * scale_of(font), colour))
        x += width(part, size, bold)


def bar(
    drawing: Any, where: tuple[float, float, float, float], colour: Colour, hatched: bool, outline: bool = False
) -> None:
    """A filled area; hatched: a light ground with slanted lines and a frame in the colour."""
    x, y, wide, tall = where
    if wide < 0.05 or tall < 0.05:
        return
    if not hatched:
        drawing.add(area(x, y, wide, tall, colour, WHITE if outline else None, 0.5))
        return
    drawing.add(area(x, y, wide, tall, _light(colour), colour, 0.6))
    for points in hatching(x, y, wide, tall, 3.6):
        drawing.add(stroke(*points, colour, 0.7))


def _light(colour: Colour) -> Colour:
    red, green, blue = (1 - (1 - part) * 0.22 for part in colour)
    return red, green, blue


def hatching(x: float, y: float, wide: float, tall: float, step: float) -> list[tuple[float, float, float, float]]:
    """Slanted lines at 45°, cut at the edges of the area."""
    result = []
    for index in range(1, math.ceil((wide + tall) / step)):
        offset = index * step
        x1, y1 = (x + offset, y) if offset <= wide else (x + wide, y + offset - wide)
        x2, y2 = (x, y + offset) if offset <= tall else (x + offset - tall, y + tall)
        result.append((x1, y1, x2, y2))
    return result


__all__ = [
    "Bar",
    "Series",
    "bar",
    "compare",
    "drawing_of",
    "hatching",
    "horizontal_bars",
    "month_stack",
    "readable",
    "write",
]
