"""The cheapest next tonnes of the group: actions of all plants side by side, one curve for each currency.

Money of two currencies is never added or converted: the register knows no rates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from core.actions.cost import CENTS
from core.group.ways.standing import PlantWay, Standing
from core.group.ways.way import ZERO, Abatement, Offer
from core.library import EXACT
from core.methods import exact_sum

UNDER_WAY = ("running", "done")
"""Their tonnes are decided and no next ones."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An action of a plant on the curve of the group."""

    plant: PlantWay
    action: Abatement
    tonnes: Decimal
    """As far as the plant counts: the width. [t CO2e/a]"""
    cost: Decimal | None
    """Of a tonne: the height; None: nobody says it, or it saves none in this view. [currency/t]"""
    npv: Decimal | None
    """As far as the plant counts. [currency]"""

    @property
    def next(self) -> bool:
        """It is not under way yet, and it is known what a tonne costs."""
        return self.cost is not None and self.action.status not in UNDER_WAY


@dataclass(frozen=True, slots=True)
class GroupCurve:
    """The actions of one currency, cheapest first."""

    currency: str
    view: str
    bars: tuple[Bar, ...]
    """Those that pay for themselves first, the one with the largest NPV first; then by the cost of a tonne."""

    @property
    def total(self) -> Decimal:
        """[t CO2e/a]"""
        return exact_sum(one.tonnes for one in self.bars)

    @property
    def next(self) -> tuple[Bar, ...]:
        """What could be decided next, cheapest first."""
        return tuple(one for one in self.bars if one.next)


@dataclass(frozen=True, slots=True)
class Tonnes:
    """All actions of the group."""

    view: str
    curves: tuple[GroupCurve, ...]
    """One for each currency, the one with most actions first."""
    beside: tuple[Bar, ...]
    """Without a known cost of a tonne: they are on no curve."""

    @property
    def total(self) -> Decimal:
        """What all actions of all plants save, as far as these count. [t CO2e/a]"""
        return exact_sum((*(one.total for one in self.curves), *(one.tonnes for one in self.beside)))


@dataclass(frozen=True, slots=True)
class Supply:
    """Renewable electricity that a plant could have."""

    plant: PlantWay
    offer: Offer
    quantity: Decimal
    """As far as the plant counts. [MWh/a]"""


def tonnes_of(found: Standing, view: str = "location") -> Tonnes:
    """The actions of all plants.

    Parameters
    ----------
    found
        the year of the group.
    view
        ``location`` or ``market``.

    Notes
    -----
    The tonnes of an action are what its plant puts down to it besides all its others, in the year that the plan of the
    plant is for; the cost of a tonne is that of the plant, (CRF × capex + opex - savings) / t. Ownership changes how
    many tonnes count and not what one costs. Plants do not share sources, so the widths add up.

    References
    ----------
    Taylor, S. (2012), The ranking of negative-cost emissions reduction measures, Energy Policy 48, 430-438: what pays
    for itself is ordered by net present value.
    """
    bars = [_bar(plant, action, view) for plant in found.plants for action in plant.way.abatement]
    often = Counter(one.action.currency for one in bars if one.cost is not None)
    curves = tuple(
        GroupCurve(key, view, tuple(sorted((one for one in bars if one.cost is not None and one.action.currency == key),
                                           key=_order)))
        for key in sorted(often, key=lambda key: (-often[key], key))
    )  # fmt: skip
    beside = sorted((one for one in bars if one.cost is None), key=lambda one: (-one.tonnes, *_name(one)))
    return Tonnes(view, curves, tuple(beside))


def supplies_of(found: Standing) -> tuple[Supply, ...]:
    """What plants could have of renewable electricity: by currency, cheapest megawatt-hour first."""
    every = [
        Supply(plant, offer, plant.part(offer.quantity))
        for plant in found.plants
        if plant.way.road is not None
        for offer in plant.way.road.offers
    ]
    return tuple(sorted(every, key=_supply_order))


def _bar(plant: PlantWay, action: Abatement, view: str) -> Bar:
    own = action.tonnes(view)
    cost = None
    if action.yearly is not None and own > 0:
        cost = EXACT.quantize(EXACT.divide(action.yearly, own), CENTS)
    return Bar(plant, action, plant.part(own), cost, None if action.npv is None else plant.part(action.npv))


def _order(bar: Bar) -> tuple[int, Decimal, str, str, str]:
    cost = bar.cost if bar.cost is not None else ZERO
    return (0, -(bar.npv or ZERO), *_name(bar)) if cost < 0 else (1, cost, *_name(bar))


def _name(bar: Bar) -> tuple[str, str, str]:
    return bar.plant.name, bar.plant.key, bar.action.id


def _supply_order(one: Supply) -> tuple[bool, str, Decimal, str, str]:
    cost = one.offer.cost
    return cost is None, one.offer.currency, cost or ZERO, one.plant.name, one.offer.id
