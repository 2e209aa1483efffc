"""Curves as numbers: every value for a file, a few lines for those who cannot see the plot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gui.language import _
from gui.plots.axes import reading
from gui.plots.lines import CurveData, Floats, Line
from gui.plots.saving import Numbers, Rows, digits

LINES = 32
"""Of the table for screen readers, at most."""
Places = NDArray[np.intp]


def numbers_of_curves(data: CurveData, first: float, last: float) -> Numbers:
    """One table where all lines have the same x, else the lines one below the other; between two places of x."""
    return _wide(data, first, last) if data.one_x else _long(data, first, last)


def table_of_curves(data: CurveData, first: float, last: float) -> list[list[str]]:
    """Evenly chosen places where all lines have the same x, else a row for each line."""
    if not data.one_x:
        return _summaries(data, first, last)
    inside = _inside(data.lines[0], first, last)
    if len(inside) > LINES:
        inside = inside[np.unique(np.linspace(0, len(inside) - 1, LINES).round().astype(np.intp))]
    x = data.lines[0].x
    columns = [[reading(value) for value in column[inside].tolist()] for column in _columns(data)]
    places = [data.x.cell(at) for at in x[inside].tolist()]
    return [[data.x.titled, *_names(data)], *(list(row) for row in zip(places, *columns, strict=True))]


def _wide(data: CurveData, first: float, last: float) -> Numbers:
    inside, columns = _inside(data.lines[0], first, last), list(_columns(data))

    def between(begin: int, end: int) -> Rows:
        part = inside[begin:end]
        return list(zip(_written(data, part), *(digits(column[part].tolist()) for column in columns), strict=True))

    return Numbers((data.x.titled, *_names(data)), len(inside), between)


def _written(data: CurveData, places: Places) -> list[str]:
    """The x of some places: numbers as numbers, times and names as words."""
    x = data.lines[0].x[places].tolist()
    return digits(x) if data.x.kind in ("number", "year") else [data.x.cell(at) for at in x]


def _long(data: CurveData, first: float, last: float) -> Numbers:
    parts = [_inside(line, first, last) for line in data.lines]
    ends = np.cumsum([0, *(len(part) for part in parts)]).tolist()
    head = (_("Series"), data.x.titled, data.y.titled, _("{what}, upper edge", what=data.y.titled))

    def between(begin: int, end: int) -> Rows:
        rows: list[tuple[str, ...]] = []
        for line, part, before in zip(data.lines, parts, ends[:-1], strict=True):
            chosen = part[max(0, begin - before) : max(0, end - before)]
            upper = digits(line.upper[chosen].tolist()) if line.upper is not None else [""] * len(chosen)
            x, y = digits(line.x[chosen].tolist()), digits(line.y[chosen].tolist())
            rows += [(line.name, *row) for row in zip(x, y, upper, strict=True)]
        return rows

    return Numbers(head, ends[-1], between)


def _summaries(data: CurveData, first: float, last: float) -> list[list[str]]:
    unit = f" ({data.y.unit})" if data.y.unit else ""
    x = data.x.titled
    heads = [_("{what} from", what=x), _("{what} to", what=x), _("lowest") + unit, _("highest") + unit]
    rows = [[_("Series"), _("Number of values"), *heads]]
    for line in data.lines:
        inside = _inside(line, first, last)
        known = inside[np.isfinite(line.y[inside])]
        if len(known):
            ends = [data.x.cell(at) for at in (float(line.x[known].min()), float(line.x[known].max()))]
            values = [reading(float(line.y[known].min())), reading(float(line.top[known].max()))]
            rows.append([line.name, f"{len(known):,}", *ends, *values])
        else:
            rows.append([line.name, "0", *[""] * len(heads)])
    return rows


def _inside(line: Line, first: float, last: float) -> Places:
    return np.flatnonzero((line.x >= first) & (line.x <= last))


def _columns(data: CurveData) -> Iterator[Floats]:
    """Each line, and both edges of a band."""
    for line in data.lines:
        yield line.y
        if line.upper is not None:
            yield line.upper


def _names(data: CurveData) -> Iterator[str]:
    for line in data.lines:
        name = f"{line.name} ({data.y.unit})" if data.y.unit else line.name
        if line.upper is None:
            yield name
        else:
            yield _("{what}, lower edge", what=name)
            yield _("{what}, upper edge", what=name)
