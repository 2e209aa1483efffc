"""What differs between two moments of the same records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import is_not
from typing import TypeVar

One = TypeVar("One")


def differing(before: Sequence[One], now: Sequence[One]) -> tuple[list[One], list[One]]:
    """Which objects are gone and which are new; both sequences hold each object once.

    An edit replaces one record of thousands in its place, so those that stand where they stood are passed over first.
    """
    old: Sequence[One] = before
    new: Sequence[One] = now
    if len(before) == len(now):
        moved = list(map(is_not, before, now))
        old, new = list(compress(before, moved)), list(compress(now, moved))
    left, right = set(map(id, old)), set(map(id, new))
    return [one for one in old if id(one) not in right], [one for one in new if id(one) not in left]
