"""Whether the values of a column behave like the states of a counter."""

from __future__ import annotations

from itertools import pairwise

from core.errors import UserError
from core.exchange.series.classify import Kinds
from core.exchange.series.headings import quantity_in, words_of
from core.exchange.series.mapping import Mapping
from core.exchange.series.values import read_value


def _numbers(kinds: Kinds, place: int, mapping: Mapping) -> list[float]:
    found = []
    for cell in kinds.cells(place, near=True):
        try:
            number = read_value(cell, mapping.decimal)
        except UserError:
            continue
        if number is not None:
            found.append(float(number))
    return found


def rises(kinds: Kinds, place: int, mapping: Mapping) -> bool:
    """Whether it never falls, and rises now and then, over many rows of one meter."""
    if mapping.meter >= 0:
        return bool(quantity_in(" ".join(words_of(kinds.head, place))) == "counter")
    numbers = _numbers(kinds, place, mapping)
    return len(numbers) >= 10 and len(set(numbers)) >= 5 and all(a <= b for a, b in pairwise(numbers))


def drops_at_midnight(kinds: Kinds, place: int, mapping: Mapping) -> bool:
    """Whether it mostly rises and sometimes falls to nearly nothing."""
    numbers = _numbers(kinds, place, mapping)
    falls = [(a, b) for a, b in pairwise(numbers) if b < a]
    return len(numbers) >= 10 and len(falls) <= 0.1 * len(numbers) and all(b <= 0.1 * a for a, b in falls)
