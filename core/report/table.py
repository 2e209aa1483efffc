"""The table of the report, from four totals to the appendix of ten thousand lines.

It writes text operators itself and lays out only the rows of the page it stands on, so its time grows with the rows and
not with their square. Names wrap, numbers stay on one line and are set narrower when they are long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.report import pen
from core.report.flow import Block, Flowable, height_of
from core.report.fonts import width as text_width
from core.report.lines import shorten, tidy, wrap
from core.report.style import CELL, HAIR, INK, MUTED, SMALL_CELL, TIGHTER, WASH, Align, Colour, Style

Kind: TypeAlias = Literal["line", "total", "group", "memo"]
_GAP = 8.0
"""Between two columns."""
_LEAST_PAD = 1.4
"""Above and below a row that is set tighter."""
_TRIED = 400
"""Longer tables are not tried in several settings, see :mod:`core.report.fit`, so the rest is not remembered."""
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
    grounds: tuple[tuple[int, Colour], ...] = ()
    """Cells on a coloured ground, by their place; the colour only repeats what the text says."""


_Cells: TypeAlias = tuple[tuple[tuple[str, ...], float], ...]
"""Lines of each cell and how far they are squeezed."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row ready to be printed."""

    cells: _Cells
    height: float
    kind: Kind
    grounds: tuple[tuple[int, Colour], ...] = ()


class Table(Flowable):  # type: ignore[misc]
    """Rows below a header that is repeated on every page."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        style: Style = CELL,
        after: float = 12,
        header: bool = True,
        pad: float = 3.2,
        start: int = 0,
        company: Sequence[Flowable] = (),
    ) -> None:
        """``company`` is the small print that follows, which never stands on a page without a row above it."""
        super().__init__()
        self.company = tuple(company)
        self.columns, self.rows, self.style, self.after = columns, rows, style, after
        self.header, self.pad, self.start = header, pad, start
        self.end = len(rows)
        self._laid: list[_Laid] = []
        self._set: dict[tuple[float, float, int], _Cells] = {}
        self._asked = (0.0, 0.0)
        self._overflow: _Laid | None = None

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if self._asked != (available, height):
            if self._asked[0] not in (0.0, available):
                self._laid, self._overflow = [], None
            self._asked = (available, height)
            self.width = available
            self.widths = self._column_widths(available)
            self.head = self._header()
            self._fill(height)
        return available, height + 1 if self._parting(available, height) else self.height

    def _fill(self, most: float) -> None:
        """Lay out rows until the height is used up; one row more than fits tells that the table must be split."""
        rows, self._laid, overflow, self._overflow = self._laid, [], self._overflow, None
        waiting = iter([*rows, *([overflow] if overflow else [])])
        total = self.head.height
        for position in range(self.start, self.end):
            row = next(waiting, None) or self._layout(position)
            if total + row.height > most + 0.01:
                self._overflow = row
                self.height = total + row.height
                return
            self._laid.append(row)
            total += row.height
        self.height = total

    def _parting(self, available: float, height: float) -> int:
        """Before which row it is split though all of them fit, so that one goes on with the company; 0: it is not."""
        if not self.company or self._overflow is not None or self.end - self.start < 2:
            return 0
        between = max(self.after, self.company[0].getSpaceBefore())
        if self.height + between + height_of(self.company, available, height) <= height + 0.01:
            return 0
        stop = self.end - (2 if self.rows[self.end - 1].kind == "total" else 1)
        while stop > self.start and self.rows[stop - 1].kind == "group":
            stop -= 1
        return stop if stop > self.start else 0

    def split(self, available: float, height: float) -> list[Flowable]:
        self.wrap(available, height)
        if parting := self._parting(available, height):
            fits = parting - self.start
            return [
                self._part(self.start, parting, self._laid[:fits]),
                self._part(parting, self.end, self._laid[fits:]),
            ]
        stop = self.start + len(self._laid)
        while stop > self.start and stop < self.end and self.rows[stop - 1].kind == "group":
            stop -= 1
        if stop - self.start < min(2, self.end - self.start):
            return [] if stop < self.end else [self]
        if stop >= self.end:
            return [self]
        fits = stop - self.start
        rest = [*self._laid[fits:], *([self._overflow] if self._overflow else [])]
        return [self._part(self.start, stop, self._laid[:fits]), self._part(stop, self.end, rest)]

    def tighter(self, step: int) -> Table:
        """With less white between its rows; in the second step with the letters of appendices, too."""
        style = SMALL_CELL if step > 1 and self.style.size > SMALL_CELL.size else self.style
        pad = max(self.pad * TIGHTER, min(self.pad, _LEAST_PAD))
        company = [one.tighter(step) if isinstance(one, Block) else one for one in self.company]
        found = Table(self.columns, self.rows, style, self.after * TIGHTER, self.header, pad, self.start, company)
        found.end, found._set = self.end, self._set
        return found

    def _part(self, start: int, end: int, laid: list[_Laid]) -> Table:
        """Some of the rows; what is laid out already is kept, for both parts are as wide as the whole."""
        company = self.company if end == self.end else ()
        part = Table(self.columns, self.rows, self.style, self.after, self.header, self.pad, start, company)
        part.end, part._laid, part._set = end, laid, self._set
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
        return _Laid(tuple((lines, 1.0) for lines in cells), deepest * style.leading + 2 * self.pad + 1, "group")

    def _layout(self, position: int) -> _Laid:
        """Lay out a row; its cells are the same in a setting with less white."""
        row, style = self.rows[position], self.style
        key = (style.size, self.width, position)
        cells = self._set.get(key)
        if cells is None:
            cells = self._cells(row)
            if position < _TRIED:
                self._set[key] = cells
        deepest = max([len(lines) for lines, _ in cells], default=1)
        return _Laid(cells, deepest * style.leading + 2 * self.pad, row.kind, row.grounds)

    def _cells(self, row: Row) -> _Cells:
        bold, size = row.kind in ("total", "group"), self.style.size
        widths = _spanned(row.cells, self.widths) if bold else self.widths
        return tuple(
            [
                _cell(text, column, size, bold, wide)
                for text, column, wide in zip(row.cells, self.columns, widths, strict=False)
            ]
        )

    def draw(self) -> None:
        y = self.height - self.head.height
        operators = [pen.fill(MUTED), *self._row(self.head, y, self._styles(_head_style(self.style)), bottom=True)]
        operators.append(pen.rule(0, y, self.width, 0.9 if self.header else 0.4, INK if self.header else HAIR))
        plain, bold = self._styles(self.style), self._styles(self.style.but(bold=True))
        hairs = [pen.fill(HAIR)]
        for row in self._laid:
            y -= row.height
            set_off = row.kind in ("total", "group")
            if row.kind == "group":
                operators.append(pen.box(0, y, self.width, row.height, WASH))
            operators += self._grounds(row, y)
            operators.append(pen.fill(MUTED if row.kind == "memo" else INK))
            operators += self._row(row, y, bold if set_off else plain)
            if row.kind == "total":
                operators.append(pen.rule(0, y + row.height + 0.9, self.width, 0.9, INK))
            hairs.append(f"0 {y - 0.4:.2f} {self.width:.2f} 0.4 re")
        pen.write(self.canv, *operators, *hairs, "f")

    def _grounds(self, row: _Laid, y: float) -> list[str]:
        """Coloured cells reach into half of the gap on both sides."""
        found = []
        for place, colour in row.grounds:
            left = sum(self.widths[:place]) + _GAP * place - _GAP / 2
            found.append(pen.box(left, y, self.widths[place] + _GAP, row.height - 0.4, colour))
        return found

    def _styles(self, style: Style) -> list[Style]:
        """The style of each column's cells."""
        return [style.but(align=column.align) for column in self.columns]

    def _row(self, row: _Laid, bottom_of_row: float, styles: list[Style], bottom: bool = False) -> list[str]:
        operators, x, write = [], 0.0, pen.pen_of(self.canv).text
        for (lines, squeeze), style, wide in zip(row.cells, styles, self.widths, strict=False):
            deep = len(lines) * style.leading
            y = bottom_of_row + (deep + self.pad if bottom else row.height - self.pad) - style.leading * 0.79
            for text in lines:
                if text:
                    operators.append(write(text, x, y, style, x + wide, squeeze))
                y -= style.leading
            x += wide + _GAP
        return operators


def _spanned(cells: Sequence[str], widths: Sequence[float]) -> list[float]:
    """Names in rows that are set off run on over the empty cells behind them."""
    result = list(widths)
    for position in range(len(cells) - 2, -1, -1):
        if not cells[position + 1]:
            result[position] += _GAP + result[position + 1]
    return result


def _head_style(style: Style) -> Style:
    return Style(style.size * 0.95, style.leading * 0.98, bold=True, colour=MUTED)


def _cell(text: str, column: Column, size: float, bold: bool, wide: float) -> tuple[tuple[str, ...], float]:
    text = tidy(text)
    if column.align == "right" and text and "\n" not in text:
        needed = text_width(text, size, bold)
        if needed <= wide:
            return (text,), 1.0
        if needed * _NARROWEST <= wide:
            return (text,), wide / needed
        return shorten(wrap(text, size, bold, wide), column.most + 6), 1.0
    return shorten(wrap(text, size, bold, wide), column.most), 1.0
