"""Several years side by side, each with its own choices; closed years as they were closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.inventory.by import by_key
from core.inventory.compile import Inventory, choices_of, compile_inventory
from core.inventory.totals import LOCATION, MARKET
from core.inventory.views.rows import percent
from core.ledger import Closing, Ledger
from core.ledger.codec import read_decimal
from core.library import EXACT, Library
from core.methods import SCOPES, exact_sum

HEADLINES = (*SCOPES[:4], "location", "market")


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Totals of one year."""

    year: int
    closed: bool
    """Read from its closing; else calculated now."""
    gwp_set: str
    policy: str
    figures: Mapping[str, Decimal]
    """By key, see :func:`figures_of`. [t CO2e]"""

    @property
    def begun(self) -> bool:
        """Whether anything is recorded: a year that waits for its first bill has not fallen to zero."""
        return self.closed or any(key.startswith("source:") for key in self.figures)


@dataclass(frozen=True, slots=True)
class Years:
    """Years side by side, oldest first."""

    years: tuple[YearFigures, ...]
    base_year: int | None
    """As the audit of the latest year names it."""

    @property
    def base(self) -> YearFigures | None:
        """Figures of the base year, if it is among the years."""
        return next((y for y in self.years if y.year == self.base_year), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that a year has: headlines, categories, gases, sources."""
        found = dict.fromkeys((*HEADLINES, *(key for y in self.years for key in y.figures)))
        return (*HEADLINES, *sorted((k for k in found if k not in HEADLINES), key=_order))

    def of(self, year: int, key: str) -> Decimal | None:
        """One figure; None when the year has none of this key."""
        return next((y.figures.get(key) for y in self.years if y.year == year), None)

    def change(self, year: int, key: str = "location", against: int | None = None) -> Decimal | None:
        """Change of a figure against the base year or another one; None where one of them tells nothing. [%]"""
        if not any(one.begun for one in self.years if one.year == year):
            return None
        then = self.base_year if against is None else against
        before = None if then is None else self.of(then, key)
        now = self.of(year, key)
        return None if not before or now is None else percent(EXACT.subtract(now, before), before)


def _order(key: str) -> tuple[object, ...]:
    kind, _, name = key.partition(":")
    return kind, int(name) if name.isdecimal() else 0, name


def figures_of(inventory: Inventory) -> dict[str, Decimal]:
    """The totals by which years are compared; a closing keeps some of them, under the same keys.

    Parameters
    ----------
    inventory
        of one year.

    Returns
    -------
    dict
        t CO2e by ``scope1``, ``scope2_location``, ``scope2_market``, ``scope3``, ``exported``, ``avoided``,
        ``location``, ``market``, ``biogenic``, ``other``, ``category:4``, ``gas:CO2``, ``source:Boiler house``.
    """
    totals = inventory.totals
    return {
        **totals.scopes,
        "location": totals.location,
        "market": totals.market,
        "biogenic": totals.biogenic,
        "other": totals.other,
        **by_key(totals, inventory.lines),
    }


def years(
    ledger: Ledger,
    library: Library,
    wanted: Iterable[int] = (),
    inventory_of: Callable[[int], Inventory] | None = None,
) -> Years:
    """Compile each year with the choices recorded for it, or read its closing.

    Parameters
    ----------
    ledger
        everything the plant knows.
    library
        of today; closed years do not ask it.
    wanted
        years; none: every year with an audit or a closing.
    inventory_of
        optional: gives the inventory of a year, of a closed one as it was closed. Without it the figures of a closed
        year are those that its closing states, and the choices those of its audit.

    Returns
    -------
    Years
        oldest first, the base year included when it is known.
    """
    known = {int(key) for kind in ("audit", "closing") for key in ledger.records[kind] if key.isdecimal()}
    asked = sorted(set(wanted) or known)
    base = _base_year(ledger, asked)
    shown = sorted({*asked, *((base,) if base in known else ())})
    return Years(tuple(_figures(ledger, library, year, inventory_of) for year in shown), base)


def _base_year(ledger: Ledger, asked: list[int]) -> int | None:
    for year in reversed(asked):
        audit = ledger.audit(year)
        if audit is not None and audit.base_year.isdecimal():
            return int(audit.base_year)
    return None


def _figures(
    ledger: Ledger, library: Library, year: int, inventory_of: Callable[[int], Inventory] | None
) -> YearFigures:
    choices, closing = choices_of(ledger.audit(year), year), ledger.closing(year)
    if inventory_of is None and closing is not None and closing.figures:
        return YearFigures(year, True, choices.gwp_set, choices.policy, _kept(closing))
    inventory = compile_inventory(ledger, choices, library) if inventory_of is None else inventory_of(year)
    used = inventory.choices
    return YearFigures(year, closing is not None, used.gwp_set, used.policy, figures_of(inventory))


def _kept(closing: Closing) -> dict[str, Decimal]:
    """What a closing says, with the totals that follow from its scopes."""
    figures = {key: read_decimal(text) for key, text in closing.figures}
    for total, scopes in (("location", LOCATION), ("market", MARKET)):
        if total not in figures and all(scope in figures for scope in scopes):
            figures[total] = exact_sum(figures[scope] for scope in scopes)
    return figures
