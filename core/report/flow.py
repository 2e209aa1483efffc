"""The building blocks that sections put one below the other: text, headings, figures, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.report import pen
from core.report.fonts import register, width
from core.report.lines import tidy, wrap
from core.report.style import (
    ACCENT,
    FIGURE,
    HAIR,
    HEADING,
    INK,
    LABEL,
    LEAD,
    NOTE,
    TIGHTER,
    TITLE,
    WASH,
    Colour,
    Style,
)

# isort: split
from reportlab.platypus import Flowable

__all__ = [
    "Block",
    "Chapter",
    "Columns",
    "Figure",
    "Figures",
    "Flowable",
    "Gap",
    "Remark",
    "Rule",
    "headed",
    "heading",
    "height_of",
    "lead",
    "note",
]

register()


class Block(Flowable):  # type: ignore[misc]
    """A paragraph in one style."""

    def __init__(self, text: str, style: Style, indent: float = 0) -> None:
        super().__init__()
        self.text, self.style, self.indent = tidy(text), style, indent
        self._lines: tuple[str, ...] = ()

    def getSpaceBefore(self) -> float:  # noqa: N802
        return self.style.before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.style.after

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self._lines = wrap(self.text, self.style.size, self.style.bold, available - self.indent)
        self.width, self.height = available, len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, available: float, height: float) -> list[Flowable]:
        self.wrap(available, height)
        fits = int((height + 0.01) // self.style.leading)
        if fits < 2 or len(self._lines) - fits < 1:
            return []
        fits -= 1 if len(self._lines) - fits == 1 and fits > 2 else 0
        first, rest = self._lines[:fits], self._lines[fits:]
        return [Block("\n".join(part), self.style, self.indent) for part in (first, rest)]

    def tighter(self, _step: int) -> Block:
        return Block(self.text, self.style.tighter(), self.indent)

    def draw(self) -> None:
        style, y = (
            self.style,
            self.height - self.style.leading + (self.style.leading - self.style.size) / 2 + self.style.size * 0.22,
        )
        operators = [pen.fill(style.colour)]
        for text in self._lines:
            operators.append(pen.pen_of(self.canv).text(text, self.indent, y, style, self.width))
            y -= style.leading
        pen.write(self.canv, *operators)


_COMPANY = 64.0
"""Room a heading wants below it; with less it opens the next page."""


class Chapter(Flowable):  # type: ignore[misc]
    """A title that opens a bookmark and tells the contents on which page it stands; without a key only a title."""

    def __init__(
        self, title: str, key: str = "", level: int = 0, style: Style = TITLE, company: Sequence[Flowable] = ()
    ) -> None:
        super().__init__()
        self.block, self.key, self.level, self.company = Block(title, style), key, level, company

    def getSpaceBefore(self) -> float:  # noqa: N802
        return self.block.style.before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.block.style.after

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.block.wrap(available, height)
        below = _COMPANY
        if self.company:
            below = max(below, self.block.style.after + height_of(self.company, available, height))
        return self.width, self.height if height >= self.height + below else height + 1

    def tighter(self, _step: int) -> Chapter:
        return Chapter(self.block.text, self.key, self.level, self.block.style.tighter(), self.company)

    def draw(self) -> None:
        if self.key:
            self._register()
        self.block.drawOn(self.canv, 0, 0)

    def _register(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.block.text.replace("\n", " "), self.key, self.level)
        marks: dict[str, int] = self.canv.__dict__.setdefault("audit_pages", {})
        marks[self.key] = self.canv.getPageNumber()


def heading(text: str, key: str = "") -> Flowable:
    """A heading inside a section; with a key it is also a bookmark below the section's."""
    return Chapter(text, key, 1, HEADING)


def headed(text: str, key: str, *figure: Flowable) -> list[Flowable]:
    """A heading with the figure it names, and its small print, all on one page."""
    return [Chapter(text, key, 1, HEADING, figure), *figure]


def lead(text: str) -> Block:
    """The sentence a section opens with."""
    return Block(text, LEAD)


def note(text: str) -> Block:
    """Small print."""
    return Block(text, NOTE)


class Gap(Flowable):  # type: ignore[misc]
    """White space that disappears at the top of a page."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height = 0, height
        self._SPACETRANSFER = True

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        return available, self.height

    def tighter(self, _step: int) -> Gap:
        return Gap(self.height * TIGHTER)

    def draw(self) -> None:
        return None


class Columns(Flowable):  # type: ignore[misc]
    """Flowables side by side, each in its own column; never broken over a page."""

    def __init__(self, columns: Sequence[tuple[float, Sequence[Flowable]]], gutter: float, after: float = 0) -> None:
        super().__init__()
        self.columns, self.gutter, self.after = columns, gutter, after

    def tighter(self, step: int) -> Columns:
        """Each column by itself."""
        found = [
            (wide, [part.tighter(step) if hasattr(part, "tighter") else part for part in parts])
            for wide, parts in self.columns
        ]
        return Columns(found, self.gutter, self.after * TIGHTER)

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        self.width = available
        self.height = max((height_of(parts, wide, height) for wide, parts in self.columns), default=0)
        return self.width, self.height

    def draw(self) -> None:
        x = 0.0
        for wide, parts in self.columns:
            y, above = self.height, 0.0
            for index, part in enumerate(parts):
                tall = part.wrap(wide, self.height)[1]
                y -= (max(above, part.getSpaceBefore()) if index else 0.0) + tall
                part.drawOn(self.canv, x, y)
                above = part.getSpaceAfter()
            x += wide + self.gutter


def height_of(parts: Sequence[Flowable], wide: float, height: float) -> float:
    """Of flowables one below the other."""
    total = above = 0.0
    for index, part in enumerate(parts):
        total += (max(above, part.getSpaceBefore()) if index else 0.0) + part.wrap(wide, height)[1]
        above = part.getSpaceAfter()
    return total


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, with its unit and what it says."""

    label: str
    number: str
    unit: str
    note: str = ""
    colour: Colour = ACCENT


class Figures(Flowable):  # type: ignore[misc]
    """Big numbers in a row, each below a short coloured bar. A number too long for its column is set smaller."""

    def __init__(self, figures: Sequence[Figure], gutter: float, after: float = 12, size: float = FIGURE.size) -> None:
        super().__init__()
        self.figures, self.gutter, self.after, self.size = figures, gutter, after, size

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width = available
        self.column = (available - self.gutter * (len(self.figures) - 1)) / len(self.figures)
        self.labels = [wrap(tidy(f.label), LABEL.size, True, self.column) for f in self.figures]
        self.notes = [wrap(tidy(f.note), NOTE.size, False, self.column) if f.note else () for f in self.figures]
        self.top = 7 + LABEL.leading * max(map(len, self.labels))
        self.number = self._number_size()
        below = max(map(len, self.notes)) * NOTE.leading
        self.height = self.top + self.size * 1.1 + NOTE.leading + 4 + below
        return self.width, self.height

    def _number_size(self) -> float:
        widest = max(width(f.number, self.size, True) for f in self.figures)
        return self.size * min(1.0, self.column / widest) if widest else self.size

    def draw(self) -> None:
        writer, x = pen.pen_of(self.canv), 0.0
        for figure, labels, notes in zip(self.figures, self.labels, self.notes, strict=True):
            operators = [pen.rule(x, self.height, self.column, 2, figure.colour), pen.fill(LABEL.colour)]
            y = self.height - 7 - LABEL.size
            for text in labels:
                operators.append(writer.text(text, x, y, LABEL))
                y -= LABEL.leading
            y = self.height - self.top - self.size * 0.95
            operators += [pen.fill(INK), writer.text(figure.number, x, y, Style(self.number, 0, bold=True))]
            y -= NOTE.leading + 1
            operators += [pen.fill(NOTE.colour), writer.text(tidy(figure.unit), x, y, NOTE)]
            for text in notes:
                y -= NOTE.leading
                operators.append(writer.text(text, x, y, NOTE))
            pen.write(self.canv, *operators)
            x += self.column + self.gutter


class Remark(Flowable):  # type: ignore[misc]
    """A sentence nobody should overlook: on a light ground with a bar at its left."""

    def __init__(self, text: str, style: Style, colour: Colour = ACCENT, after: float = 10) -> None:
        super().__init__()
        self.block, self.colour, self.after = Block(text, style), colour, after

    def getSpaceBefore(self) -> float:  # noqa: N802
        return 6.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        tall = self.block.wrap(available - 26, height)[1]
        self.width, self.height = available, tall + 14
        return self.width, self.height

    def split(self, available: float, height: float) -> list[Flowable]:
        parts = self.block.split(available - 26, height - 14)
        return [Remark(part.text, part.style, self.colour, self.after) for part in parts]

    def draw(self) -> None:
        pen.write(self.canv, pen.box(0, 0, self.width, self.height, WASH), pen.box(0, 0, 3, self.height, self.colour))
        self.block.drawOn(self.canv, 14, 7)


class Rule(Flowable):  # type: ignore[misc]
    """A thin line across the column."""

    def __init__(self, colour: Colour = HAIR, thickness: float = 0.6, after: float = 8) -> None:
        super().__init__()
        self.colour, self.thickness, self.after = colour, thickness, after

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, self.thickness
        return available, self.thickness

    def draw(self) -> None:
        pen.write(self.canv, pen.rule(0, self.thickness, self.width, self.thickness, self.colour))
