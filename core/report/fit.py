"""Saving pages that would be nearly empty: a section is set tighter where that does without its last page, and a
short one stands below the one before where both have room.

The pages are counted the way the frame fills them, before anything is drawn. What is long is left as it is: its last
page matters little, and counting would take as long as setting it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.report.style import BOTTOM, PAGE, TOP, WIDTH

_HEIGHT = PAGE[1] - TOP - BOTTOM
_NEARLY_EMPTY = 0.35
"""Of a page; a last page with more on it stays."""
_MOST_PAGES = 5
"""Sections longer than this are left as they are."""
APART = 30.0
"""Between two chapters on a page."""
_STEPS = (1, 2)
"""First only the white space, then the letters of tables, too."""


def fitted(story: Sequence[Any]) -> list[Any]:
    """The story, in the loosest setting that does without a nearly empty last page; unchanged if none does."""
    found = list(story)
    pages, filled = extent(found)
    if pages == 1 or pages > _MOST_PAGES or filled > _NEARLY_EMPTY:
        return found
    for step in _STEPS:
        tighter = [tightened(one, step) for one in found]
        if extent(tighter)[0] < pages:
            return tighter
    return found


def on_one_page(story: Sequence[Any]) -> list[Any]:
    """The story in the loosest setting that needs one page alone; as :func:`fitted` sets it if none does."""
    found = list(story)
    for step in (0, *_STEPS):
        tighter = [tightened(one, step) for one in found] if step else found
        if extent(tighter)[0] == 1:
            return tighter
    return fitted(found)


class Room:
    """What is left of the page that the sections have filled so far."""

    def __init__(self) -> None:
        self._paper, self._left = "", 0.0

    def below(self, paper: str, chapter: Sequence[Any]) -> list[Any]:
        """The chapter as it stands below the one before, with less white space if need be; empty: it opens a page.

        A whole one only, and only on the same kind of page.
        """
        if paper == self._paper:
            for found in (list(chapter), [tightened(one, _STEPS[0]) for one in chapter]):
                pages, filled = extent(found)
                if pages == 1 and filled + APART / _HEIGHT <= self._left:
                    self._left -= filled + APART / _HEIGHT
                    return found
        pages, filled = extent(chapter)
        self._paper, self._left = paper if pages <= _MOST_PAGES else "", 1 - filled
        return []

    def used_up(self) -> None:
        """What follows opens a page."""
        self._paper = ""


def tightened(flowable: Any, step: int) -> Any:
    """The same set tighter, if it knows how."""
    tighter = getattr(flowable, "tighter", None)
    return flowable if tighter is None else tighter(step)


def extent(story: Sequence[Any], wide: float = WIDTH, high: float = _HEIGHT) -> tuple[int, float]:
    """How many pages it takes, and how much of the last one; no further than is looked at."""
    waiting, pages, left, above, top = list(reversed(story)), 1, high, 0.0, True
    while waiting and pages <= _MOST_PAGES:
        one = waiting.pop()
        before = 0.0 if top else max(one.getSpaceBefore() - above, 0.0)
        room = left - before
        tall = one.wrap(wide, room)[1] if room > 0 else high
        if room > 0 and tall <= room + 1e-6:
            above = one.getSpaceAfter()
            left, top = room - tall - above, False
            continue
        parts = one.split(wide, room) if room > 0 else []
        if len(parts) > 1:
            waiting += reversed(parts[1:])
        elif top:
            return pages, 1.0  # taller than a page: nothing to be gained
        else:
            waiting.append(one)
        pages, left, above, top = pages + 1, high, 0.0, True
    return pages, 1 - max(left, 0.0) / high
