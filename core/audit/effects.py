"""What a difference in a record means in tonnes: the record compiled as reported and as the evidence shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.audit.materiality import TOTALS
from core.inventory import Inventory, compile_inventory
from core.ledger import Activity, Ledger
from core.library import EXACT
from core.methods import Line, all_methods, exact_sum

SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")


@dataclass(frozen=True, slots=True)
class Effect:
    """Reported minus supported by scope, positive when too much was reported. [t CO2e]"""

    scopes: Mapping[str, Decimal]

    def of(self, total: str) -> Decimal:
        """On the ``location`` or ``market`` total."""
        return exact_sum(self.scopes.get(scope, Decimal(0)) for scope in TOTALS[total])

    @property
    def location(self) -> Decimal:
        return self.of("location")

    @property
    def market(self) -> Decimal:
        return self.of("market")

    @property
    def governing(self) -> Decimal:
        """The larger of both in size; that with location-based electricity where they are alike."""
        return self.market if abs(self.market) > abs(self.location) else self.location


NO_EFFECT = Effect(dict.fromkeys(SCOPES, Decimal(0)))


def effect_of(ledger: Ledger, inventory: Inventory, activity: Activity, found: Decimal) -> Effect:
    """The effect of a quantity that differs from what the evidence shows.

    Parameters
    ----------
    ledger
        everything the plant knows.
    inventory
        whose period, choices and library hold.
    activity
        as it was reported when it was tested.
    found
        quantity that the evidence supports, in the unit of the record.

    Returns
    -------
    Effect
        tonnes of the record as reported, less those as supported.

    Notes
    -----
    Under the same choices and factors; methods that look at several records together see the others as they are.
    """
    reported = tonnes_by_scope(ledger, inventory, activity)
    supported = tonnes_by_scope(ledger, inventory, replace(activity, quantity=found))
    return Effect({scope: EXACT.subtract(reported[scope], supported[scope]) for scope in SCOPES})


def tonnes_by_scope(ledger: Ledger, inventory: Inventory, activity: Activity) -> dict[str, Decimal]:
    """What a record adds to each scope, in place of the one of its id. [t CO2e]"""
    method = all_methods().get(activity.method)
    together = () if method is None or method.prepare is None else ledger.activities
    others = tuple(one for one in together if one.method == activity.method and one.id != activity.id)
    part = Ledger.of((ledger.plant, *ledger.own_factors, *others, activity))
    return _summed(compile_inventory(part, inventory.choices, inventory.library).lines)


def _summed(lines: Iterable[Line]) -> dict[str, Decimal]:
    found: dict[str, list[Decimal]] = {scope: [] for scope in SCOPES}
    for line in lines:
        if line.scope in found:
            found[line.scope].append(line.tco2e)
    return {scope: exact_sum(tonnes) for scope, tonnes in found.items()}


@dataclass(frozen=True, slots=True)
class Spread:
    """How an effect that is stated as one figure falls on scopes and totals, relative to that figure. [1]"""

    scopes: Mapping[str, Decimal]
    """Empty: nothing is known of scopes."""
    location: Decimal = Decimal(1)
    market: Decimal = Decimal(1)

    @property
    def main(self) -> str:
        """The scope on which most of it falls; empty when nothing is known."""
        return max(self.scopes, key=lambda scope: abs(self.scopes[scope]), default="")


def spreads_of(inventory: Inventory, groups: Sequence[Sequence[str]]) -> list[Spread]:
    """How the effect on some records falls on the scopes, as their tonnes do; for groups of records at one look.

    A record of electricity counts in both scopes 2; where its market-based tonnes are nil, so is its effect there.
    Records that emit nothing now count in the scope of their method; without any record nothing is known of scopes.
    """
    wanted = {key for group in groups for key in group}
    lines: dict[str, list[Line]] = {}
    for line in inventory.lines:
        if line.activity.id in wanted:
            lines.setdefault(line.activity.id, []).append(line)
    return [_spread(inventory, lines, frozenset(group)) for group in groups]


def _spread(inventory: Inventory, lines: Mapping[str, list[Line]], wanted: frozenset[str]) -> Spread:
    tonnes = Effect(_summed(line for key in wanted for line in lines.get(key, ())))
    whole = tonnes.governing
    if not whole:
        return _by_method(inventory, wanted)
    scopes = {scope: EXACT.divide(part, whole) for scope, part in tonnes.scopes.items() if part}
    return Spread(scopes, EXACT.divide(tonnes.location, whole), EXACT.divide(tonnes.market, whole))


def _by_method(inventory: Inventory, wanted: frozenset[str]) -> Spread:
    methods = (all_methods().get(one.method) for one in inventory.activities if one.id in wanted)
    scopes = {scope for method in methods if method is not None for scope in method.scopes}
    first = next((scope for scope in SCOPES if scope in scopes), "")
    both = ("scope2_location", "scope2_market")
    chosen = both if first in both else (first,) if first else ()
    return Spread(dict.fromkeys(chosen, Decimal(1)))
