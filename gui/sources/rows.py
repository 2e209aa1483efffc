"""What the page about sources shows, as plain values: three views of the same lines, months, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Localised, T, Text
from core.inventory.compile import Excluded
from core.inventory.views import (
    Exclusion,
    Matrix,
)
from core.inventory.views.matrix import FULL, HOLE, NONE, OUTSIDE, PART

VIEWS: dict[str, Text] = {
    "ghgp": T("GHG Protocol"),
    "iso": T("ISO 14064-1"),
    "gbt": T("GB/T 32150"),
}
STATE_WORDS: dict[str, Text] = {
    FULL: T("complete"),
    PART: T("incomplete"),
    HOLE: T("no record"),
    NONE: T("nothing happened"),
    OUTSIDE: T("outside of the period"),
}
MEMO = "memo"
"""Status of what is stated beside and in no total."""


@dataclass(frozen=True, slots=True)
class Month:
    """One cell of a strip."""

    state: str
    """``full``, ``part``, ``hole``, ``none`` (nothing happened, and nothing had to) or ``outside`` the period."""
    estimated: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A scope, category, row of a standard, or source within one."""

    id: str
    """Unique in its tree."""
    level: str
    """``scope``, ``category`` or ``source``."""
    title: Localised
    status: str
    """``calculated``, ``not_relevant``, ``gap``, ``significant``, ``not_significant``, ``unknown`` or ``memo``."""
    decided: bool
    """A person decided the status."""
    reason: Localised
    """Of the status; empty where there is nothing to say."""
    about: str
    """What a judgement would be about, ``scope3:9`` or ``iso:3``; empty where there is nothing to judge."""
    methods: tuple[str, ...]
    """Keys of the methods with which a record here can begin."""
    tonnes: Decimal
    """[t CO2e]; what GB/T counts, in its view."""
    share: Decimal
    """Of the total of the view. [%]"""
    months: tuple[Month, ...]
    """Empty where there are no records."""
    missing_days: int
    kept: Decimal
    """Share of its tonnes whose proof is kept. [%]"""
    proven: Decimal
    """Share of its tonnes with a kept proof or a bill number. [%]"""
    estimated: Decimal
    """[%]"""
    records: tuple[str, ...]
    """Ids, most tonnes first."""
    excluded: tuple[Excluded, ...]
    children: tuple[Branch, ...] = ()

    @property
    def category(self) -> int:
        """Of scope 3; 0 elsewhere."""
        scope, _, rest = self.id.partition(":")
        number = rest.partition(":")[0]
        return int(number) if scope == "scope3" and number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Tree:
    """One view: its totals and its branches."""

    totals: tuple[tuple[Text, Decimal], ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One series in the months of the year, or all of them together."""

    id: str
    source: str
    item: str
    method: str
    unit: str
    """Of its quantities; empty for the total."""
    tonnes: tuple[Decimal, ...]
    quantity: tuple[Decimal, ...]
    months: tuple[Month, ...]
    missing: tuple[int, ...]
    """Days without a record, by month. [d]"""
    record: str
    """Id of one of its records."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything the page shows of one inventory."""

    trees: Mapping[str, Tree]
    months: Matrix
    rows: tuple[MonthRow, ...]
    left_out: tuple[Exclusion, ...]


def categories_silent(tree: Tree) -> int:
    """Of scope 3: about how many nobody said anything."""
    return sum(one.status == "gap" for branch in tree.branches for one in branch.children if one.category)
