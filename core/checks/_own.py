"""Which own factors an inventory uses."""

from __future__ import annotations

from core.checks._types import Review, Series, Setting
from core.ledger import OwnFactor
from core.library import own_key
from core.methods import Line

PREFIX = own_key("")


def _using(setting: Setting, series: Series) -> tuple[Line, ...]:
    """Lines with a part that is the plant's own."""
    return tuple(line for line in series.lines if any(part.startswith(PREFIX) for part in line.factor.parts))


def used(review: Review) -> list[tuple[OwnFactor, list[Line]]]:
    """Own factors with the lines that use them, ordered by id."""
    if not review.inventory.own_factors:
        return []
    lines = review.lines(_using)
    found = [(own, [li for li in lines if _applies(own, li)]) for own in review.inventory.own_factors]
    return [(own, using) for own, using in found if using]


def _applies(own: OwnFactor, line: Line) -> bool:
    start = f"{own_key(own)}."
    return any(part.startswith(start) for part in line.factor.parts)
