"""What stood on the screen, on paper: words, figures, tables with all their rows, plots. Without data and seal."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from core.report.flow import Block, Flowable
from core.report.fonts import HAN, LATIN, drawable
from core.report.letters.paper import Facts, Sheet, build
from core.report.letters.seen import Figure, Grid, Part, Seen, Shot, Words
from core.report.style import BODY, CELL, HEADING, NOTE, SMALL_CELL, TITLE, WIDTH
from core.report.table import Column, Row, Table

# isort: split
from reportlab.lib.utils import ImageReader
from reportlab.platypus import CondPageBreak

ROOM_BELOW = 90.0
"""Below a heading, for some lines of what follows. [pt]"""
MANY_COLUMNS = 7
"""From so many on a table is set in small letters."""
LEAST_SHARE = 0.04
"""Of the width, that a column has in any case."""


def print_seen(seen: Seen, language: str, when: datetime, *, wide: bool = False) -> bytes:
    """The PDF; a sign that no font has is printed as a question mark, for a print must not fail because of it."""
    sheet = Sheet(known(f"{seen.title} · {seen.about}"), known(seen.plant), known(seen.author), language, when, wide)
    story: list[Any] = [Block(known(seen.title), TITLE.but(after=2)), Block(known(seen.about), NOTE.but(after=8))]
    story.extend(_story(seen.parts))
    return build(sheet, story)


INSTEAD = str.maketrans({"⌀": "ø", "☐": "–", "☑": "+", "✓": "+"})
"""Signs of the screen that the fonts of paper lack."""


def known(text: str) -> str:
    """Only signs that the fonts have."""
    if text.isascii() and text.isprintable():
        return text
    letters = drawable(LATIN) | drawable(HAN) | {"\n", "\t"}
    return "".join(c if c in letters else "?" for c in text.translate(INSTEAD))


def _story(parts: Sequence[Part]) -> Iterator[Any]:
    figures: list[tuple[str, str]] = []
    for part, after in pairwise((*parts, None, None)):
        if isinstance(part, Figure):
            figures.append((known(part.name), known(part.says)))
            continue
        if figures:
            yield Facts(figures, 3 if len(figures) > 2 else len(figures))
            figures = []
        if isinstance(part, Words) and part.heading:
            yield from _heading(part.text, after.height * 0.5 if isinstance(after, Shot) else 0)
        elif isinstance(part, Words):
            yield Block(known(part.text), BODY.but(after=3))
        elif isinstance(part, Grid):
            yield from _grid(part)
        elif part is not None:
            if part.name:
                yield from _heading(part.name, part.height * 0.5)
            yield Picture(part)


def _heading(text: str, below: float = 0) -> Iterator[Any]:
    """Never alone at the foot of a page; ``below`` is what should follow on it."""
    yield CondPageBreak(min(ROOM_BELOW + below, WIDTH))
    yield Block(known(text), HEADING)


def _grid(grid: Grid) -> Iterator[Any]:
    if grid.name:
        yield from _heading(grid.name)
    if grid.note:
        yield Block(known(grid.note), NOTE)
    total, headed = sum(grid.widths) or 1.0, any(grid.heads)
    columns = [
        Column(known(head), max(wide / total, LEAST_SHARE), "right" if place in grid.right else "left", most=12)
        for place, (head, wide) in enumerate(zip(grid.heads, grid.widths, strict=True))
    ]
    rows = [Row([known(cell) for cell in row]) for row in grid.rows]
    yield Table(columns, rows, SMALL_CELL if len(columns) >= MANY_COLUMNS else CELL, header=headed)


class Picture(Flowable):  # type: ignore[misc]
    """As wide as the page, or as high as what is left of its shape allows."""

    def __init__(self, shot: Shot) -> None:
        super().__init__()
        self._shot = shot

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 10.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        scale = min(available / self._shot.width, available * 0.62 / self._shot.height, 0.75)
        self.width, self.height = self._shot.width * scale, self._shot.height * scale
        return self.width, self.height

    def draw(self) -> None:
        self.canv.drawImage(ImageReader(io.BytesIO(self._shot.png)), 0, 0, self.width, self.height)
