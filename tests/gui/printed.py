"""What is seen of a page, printed and read again from paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from core.report.letters.screen import known, print_seen
from core.report.letters.seen import Grid, Seen
from gui.printing.dialog import things_of
from gui.window import Window

WHEN = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def bare(text: str) -> str:
    """Without white space, which paper sets as it likes."""
    return re.sub(r"\s+", "", text)


def lost_on_paper(window: Window) -> Iterator[str]:
    """What the page shown would lose if it were printed now. An empty page says at least what belongs there."""
    for thing in things_of(window):
        if thing.seen is None:
            if not thing.pdf.startswith(b"%PDF"):
                yield f"the PDF of {thing.name}"
        elif not thing.seen.parts:
            yield f"everything on {thing.name}"
        else:
            yield from _lost(thing.seen)


def _lost(seen: Seen) -> Iterator[str]:
    """Title, plant and the first row of each table. A few rows are enough, and quick."""
    grids = tuple(p if not isinstance(p, Grid) else replace(p, rows=p.rows[:3]) for p in seen.parts)
    said = bare(text_of(print_seen(replace(seen, parts=grids), "en", WHEN, wide=seen.widest > 5)))
    for words in (seen.title, seen.plant):
        if bare(words) not in said:
            yield words
    for grid in (one for one in grids if isinstance(one, Grid) and one.rows):
        for cell in grid.rows[0]:
            if bare(known(cell))[:6] not in said:
                yield f"{cell!r} of {grid.name or seen.title}"
