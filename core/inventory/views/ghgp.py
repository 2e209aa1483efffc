"""The inventory as the GHG Protocol sees it: three scopes, and scope 3 in fifteen categories."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.inventory.compile import Excluded, Inventory
from core.inventory.views.rows import Row, gathered, judged, row_of
from core.inventory.views.titles import CATEGORY_TITLES, WITHOUT_CATEGORY
from core.ledger import Judgement
from core.methods import CATEGORIES, SCOPE_TITLES, Line, all_methods, exact_sum

CALCULATED, NOT_RELEVANT, GAP = "calculated", "not_relevant", "gap"
MEMOS = ("exported", "avoided")


@dataclass(frozen=True, slots=True)
class Category:
    """One category of scope 3 with what is known about it."""

    number: int
    """1 to 15; 0 collects lines without one."""
    row: Row
    status: str
    """``calculated``, ``not_relevant`` (declared, with the reason) or ``gap``: nothing recorded, nothing declared."""
    reason: str
    """Why a person declared it (not) relevant."""
    excluded: tuple[Excluded, ...]
    """Records of the category that no factor covers."""


@dataclass(frozen=True, slots=True)
class GhgpView:
    """Scopes and categories. Every line is in exactly one row of :attr:`rows`."""

    scopes: tuple[Row, ...]
    """Scope 1, scope 2 location-based, scope 2 market-based, scope 3."""
    categories: tuple[Category, ...]
    """Of scope 3, all fifteen; their sum is its row."""
    memos: tuple[Row, ...]
    """Energy sold and avoided emissions, in no total."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The finest rows: scopes 1 and 2, the categories, the memos."""
        return (*self.scopes[:3], *(c.row for c in self.categories), *self.memos)

    @property
    def location(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3. [t CO2e]"""
        return exact_sum(self.scopes[i].tco2e for i in (0, 1, 3))

    @property
    def market(self) -> Decimal:
        """Scopes 1, 2 (market-based) and 3. [t CO2e]"""
        return exact_sum(self.scopes[i].tco2e for i in (0, 2, 3))

    @property
    def gaps(self) -> tuple[Category, ...]:
        """Categories of which nobody said anything."""
        return tuple(c for c in self.categories if c.status == GAP)


def ghgp_view(inventory: Inventory) -> GhgpView:
    """Scopes of the Corporate Standard and categories of the Scope 3 Standard.

    Parameters
    ----------
    inventory
        its lines, judgements (about ``scope3:N``) and excluded records.

    Returns
    -------
    GhgpView
        every line in exactly one of its rows.

    Notes
    -----
    GHG Protocol Corporate Standard (2004), ch. 4; Scope 2 Guidance (2015), ch. 7 (both figures side by side); Scope 3
    Standard (2011), ch. 5 and 11: each category is reported or its exclusion is justified.
    """
    filed = gathered((line.scope, line) for line in inventory.lines)
    scopes = tuple(row_of(key, SCOPE_TITLES[key], filed.get(key, ())) for key in tuple(SCOPE_TITLES)[:4])
    memos = tuple(row_of(key, SCOPE_TITLES[key], filed.get(key, ()), memo=True) for key in MEMOS)
    return GhgpView(scopes, _categories(inventory, filed.get("scope3", [])), memos)


def _categories(inventory: Inventory, lines: list[Line]) -> tuple[Category, ...]:
    own = gathered((str(line.category if line.category in CATEGORIES else 0), line) for line in lines)
    decided, left_out = judged(inventory), excluded_of_scope3(inventory)
    found = [
        _category(n, tuple(own.get(str(n), ())), decided.get(f"scope3:{n}"), tuple(left_out.get(n, ())))
        for n in CATEGORIES
    ]
    if "0" in own:
        found.append(_category(0, tuple(own["0"]), None, ()))
    return tuple(found)


def _category(
    number: int, lines: tuple[Line, ...], judgement: Judgement | None, excluded: tuple[Excluded, ...]
) -> Category:
    row = row_of(f"scope3:{number}", CATEGORY_TITLES.get(number, WITHOUT_CATEGORY), lines)
    reason = "" if judgement is None else judgement.reason
    if judgement is not None and judgement.verdict == NOT_RELEVANT and not lines:
        return Category(number, row, NOT_RELEVANT, reason, excluded)
    return Category(number, row, CALCULATED if lines else GAP, reason, excluded)


def excluded_of_scope3(inventory: Inventory) -> dict[int, list[Excluded]]:
    """Excluded records by the category they would have belonged to."""
    methods = all_methods()
    found: dict[int, list[Excluded]] = {}
    for one in inventory.excluded:
        method = methods.get(one.portion.activity.method)
        if method is not None and "scope3" in method.scopes and method.categories:
            found.setdefault(one.portion.activity.category or method.categories[0], []).append(one)
    return found
