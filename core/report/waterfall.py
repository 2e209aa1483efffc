"""From one total to another: a bar for each, and between them what each source adds or takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.report.charts import bar, drawing_of, readable, write
from core.report.drawing import stroke
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CHART, HAIR, INK, MUTED, SCOPE1, Colour, rgb

_LABEL, _LINE = CHART.size, CHART.leading


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a waterfall; the sign of each change stands beside it, too."""

    total: Colour
    more: Colour
    less: Colour
    hatched: bool = True
    """Whether what becomes less is hatched."""


EMISSIONS = Look(SCOPE1, rgb("B4400F"), rgb("2C8794"))
"""More of them, less of them."""


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    left: float
    right: float
    text: str
    colour: Colour
    hatched: bool = False


def cut(totals: Sequence[Decimal]) -> Decimal:
    """Where the axis begins: at zero, or below the lowest level when the changes would be too small to be seen."""
    low, high = min(totals), max(totals)
    if low <= 0 or high - low > high * Decimal("0.35"):
        return min(Decimal(0), low)
    size = Decimal(10) ** (high.adjusted() - 1)
    return max(Decimal(0), (low - (high - low)) // size * size)


def levels(start: Decimal, changes: Sequence[Decimal]) -> list[Decimal]:
    """The total before and after each change."""
    found = [start]
    for change in changes:
        found.append(found[-1] + change)
    return found


def waterfall(
    start: tuple[str, Decimal],
    changes: Sequence[tuple[str, Decimal]],
    end: tuple[str, Decimal],
    wide: float,
    axis: str,
    look: Look = EMISSIONS,
    marked: frozenset[int] = frozenset(),
) -> Flowable:
    """Rows one below the other; each change begins where the one above it ended.

    ``axis`` says what is measured, its unit, and where it begins if not at zero; ``marked`` are the places of changes
    that are hatched the other way round than those of their kind.
    """
    running = levels(start[1], [value for _, value in changes])
    zero = cut([*running, end[1]])
    steps = _steps(start, changes, end, running, zero, look, marked)
    texts = max(width(step.text, _LABEL, True) for step in steps)
    names_wide = wide * 0.34
    names = [shorten(wrap(tidy(step.name), _LABEL, False, names_wide - 10), 2) for step in steps]
    rows = [max(16.0, len(lines) * _LINE + 5) for lines in names]
    drawing = drawing_of(wide, sum(rows) + 18)
    span = max(float(max(*running, end[1]) - zero), 1e-9)
    per_unit = (wide - names_wide - texts - 10) / span
    write(drawing, names_wide, drawing.height - 10, axis, MUTED)
    y, last = drawing.height - 16, None
    for step, lines, tall in zip(steps, names, rows, strict=True):
        if last is not None:
            drawing.add(stroke(last, y + 6, last, y - tall + 6, HAIR, 0.6))
        y -= tall
        left, right = (names_wide + (edge - float(zero)) * per_unit for edge in sorted((step.left, step.right)))
        bar(drawing, (left, y + (tall - 10) / 2, max(right - left, 0.8), 10), step.colour, step.hatched)
        middle = y + tall / 2 - _LABEL * 0.33
        for index, line in enumerate(lines):
            write(drawing, names_wide - 10, middle + (len(lines) - 1) * _LINE / 2 - index * _LINE, line, INK, "end")
        write(drawing, right + 4, middle, step.text, INK, bold=True)
        last = names_wide + (step.right - float(zero)) * per_unit
    return drawing


def _steps(
    start: tuple[str, Decimal],
    changes: Sequence[tuple[str, Decimal]],
    end: tuple[str, Decimal],
    running: Sequence[Decimal],
    zero: Decimal,
    look: Look,
    marked: frozenset[int],
) -> list[_Step]:
    found = [_Step(start[0], float(zero), float(start[1]), readable(start[1]), look.total)]
    for place, ((name, value), before, after) in enumerate(zip(changes, running, running[1:], strict=False)):
        sign = "+" if value > 0 else ""
        text, more = f"{sign}{readable(value)}", value > 0
        hatched = (not more and look.hatched) != (place in marked)
        colour = look.more if more else look.less
        found.append(_Step(name, float(before), float(after), text, colour, hatched))
    return [*found, _Step(end[0], float(zero), float(end[1]), readable(end[1]), look.total)]


__all__ = ["EMISSIONS", "Look", "cut", "levels", "waterfall"]
