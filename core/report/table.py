"""The table of the report, from four totals to the appendix of ten thousand lines.

It writes text operators itself and lays out only the rows of the page it stands on, so its time grows with the rows and
not with their square. Names wrap, numbers stay on one line and are set narrower when they are long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.report import pen
from core.report.flow import Flowable
from core.report.fonts import width as text_width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CELL, HAIR, INK, MUTED, WASH, Align, Style

Kind: TypeAlias = Literal["line", "total", "group", "memo"]
_PAD = 3.2
"""Above and below the text of a row."""
_GAP = 8.0
"""Between two columns."""
_NARROWEST = 0.72
"""A number may be set this narrow; longer ones go on over several lines."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and how its cells are set."""

    title: str
    share: float
    """Of the width left by the fixed columns; with ``fixed`` the width in points."""
    align: Align = "left"
    fixed: bool = False
    most: int = 6
    """Longest cell in lines; what is cut stands in the attached data."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and how it is set off from the others."""

    cells: Sequence[str]
    kind: Kind = "line"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row ready to be printed."""

    cells: tuple[tuple[tuple[str, ...], float], ...]
    """Lines of each cell and how far they are squeezed."""
    height: float
    kind: Kind


class Table(Flowable):  # type: ignore[misc]
    """Rows below a header that is repeated on every page."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        style: Style = CELL,
        after: float = 12,
        header: bool = True,
        start: int = 0,
    ) -> None:
        super().__init__()
        self.columns, self.rows, self.style, self.after = columns, rows, style, after
        self.header, self.start = header, start
        self.end = len(rows)
        self._laid: list[_Laid] = []
        self._next: _Laid | None = None

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        self.width = available
        self.widths = self._column_widths(available)
        self.head = self._header()
        total = self.head.height + sum(row.height for row in self._laid)
        position = self.start + len(self._laid)
        while position < self.end and total <= height + 0.01:
            row = self._next or self._layout(self.rows[position])
            self._next = None
            if total + row.height > height + 0.01:
                self._next = row
                self.height = total + row.height
                return available, self.height
            self._laid.append(row)
            total += row.height
            position += 1
        self.height = total
        return available, total

    def split(self, available: float, height: float) -> list[Flowable]:
        self._laid, self._next = [], None
        self.wrap(available, height)
        stop = self.start + len(self._laid)
        while stop > self.start and stop < self.end and self.rows[stop - 1].kind == "group":
            stop -= 1
        if stop - self.start < min(2, self.end - self.start):
            return [] if stop < self.end else [self]
        if stop >= self.end:
            return [self]
        return [self._part(self.start, stop, self._laid[: stop - self.start]), self._part(stop, self.end, [])]

    def _part(self, start: int, end: int, laid: list[_Laid]) -> Table:
        part = Table(self.columns, self.rows, self.style, self.after, self.header, start)
        part.end, part._laid = end, laid
        return part

    def _column_widths(self, available: float) -> list[float]:
        fixed = sum(c.share for c in self.columns if c.fixed)
        shares = sum(c.share for c in self.columns if not c.fixed) or 1.0
        left = max(available - fixed - _GAP * (len(self.columns) - 1), 20.0)
        return [c.share if c.fixed else left * c.share / shares for c in self.columns]

    def _header(self) -> _Laid:
        if not self.header:
            return _Laid((), 0.0, "group")
        style = _head_style(self.style)
        cells = [wrap(tidy(c.title), style.size, True, w) for c, w in zip(self.columns, self.widths, strict=True)]
        deepest = max(map(len, cells), default=1)
        return _Laid(tuple((lines, 1.0) for lines in cells), deepest * style.leading + 2 * _PAD + 1, "group")

    def _layout(self, row: Row) -> _Laid:
        bold, style = row.kind in ("total", "group"), self.style
        cells = tuple(
            _cell(text, column, style.size, bold, wide)
            for text, column, wide in zip(row.cells, self.columns, self.widths, strict=False)
        )
        deepest = max((len(lines) for lines, _ in cells), default=1)
        return _Laid(cells, deepest * style.leading + 2 * _PAD, row.kind)

    def draw(self) -> None:
        y = self.height - self.head.height
        operators = [pen.fill(MUTED), *self._row(self.head, y, _head_style(self.style), bottom=True)]
        operators.append(pen.rule(0, y, self.width, 0.9 if self.header else 0.4, INK if self.header else HAIR))
        for row in self._laid:
            y -= row.height
            if row.kind == "group":
                operators.append(pen.box(0, y, self.width, row.height, WASH))
            operators.append(pen.fill(MUTED if row.kind == "memo" else INK))
            operators += self._row(row, y, self.style.but(bold=row.kind in ("total", "group")))
            if row.kind == "total":
                operators.append(pen.rule(0, y + row.height + 0.9, self.width, 0.9, INK))
            operators.append(pen.rule(0, y, self.width, 0.4, HAIR))
        pen.write(self.canv, *operators)

    def _row(self, row: _Laid, bottom_of_row: float, style: Style, bottom: bool = False) -> list[str]:
        operators, x, writer = [], 0.0, pen.pen_of(self.canv)
        for (lines, squeeze), column, wide in zip(row.cells, self.columns, self.widths, strict=False):
            cell_style = style if column.align == style.align else style.but(align=column.align)
            deep = len(lines) * style.leading
            y = bottom_of_row + (deep + _PAD if bottom else row.height - _PAD) - style.leading * 0.79
            for text in lines:
                if text:
                    operators.append(writer.text(text, x, y, cell_style, x + wide, squeeze))
                y -= style.leading
            x += wide + _GAP
        return operators


def _head_style(style: Style) -> Style:
    return Style(style.size * 0.95, style.leading * 0.98, bold=True, colour=MUTED)


def _cell(text: str, column: Column, size: float, bold: bool, wide: float) -> tuple[tuple[str, ...], float]:
    text = tidy(text)
    if column.align == "right" and text:
        needed = text_width(text, size, bold)
        if needed <= wide:
            return (text,), 1.0
        if needed * _NARROWEST <= wide:
            return (text,), wide / needed
        return shorten(wrap(text, size, bold, wide), column.most + 6), 1.0
    return shorten(wrap(text, size, bold, wide), column.most), 1.0
