"""What renewable electricity could be bought or built, what a megawatt-hour of it costs, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.finance import crf
from core.inventory import Inventory
from core.ledger import SupplyOption
from core.library import EXACT
from core.methods import Line, exact_sum
from core.renewables.consumption import COVERABLE, INSTRUMENT, ZERO, energy_of

OWN_USE = ("pv", "storage", "direct_line")
"""Kinds that lower what comes over the grid: both figures fall. A storage moves own surplus into the hours of use."""
CONTRACTS = ("ppa", "green_tariff", "certificates")
"""Kinds that say where electricity of the grid comes from: the market-based figure falls alone."""
KINDS = (*OWN_USE, *CONTRACTS)
_THOUSAND, _HUNDRED = Decimal(1000), Decimal(100)
_CENT, _KG = Decimal("0.0001"), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class GridFactors:
    """What a megawatt-hour bought emits in the inventory, on average."""

    location: Decimal
    """[t CO2e/MWh]"""
    market: Decimal
    """Of what no instrument covers; where all is covered, the location-based one. [t CO2e/MWh]"""


@dataclass(frozen=True, slots=True)
class OptionEffect:
    """An option with all of its quantity in a year."""

    option: SupplyOption
    cost: Decimal | None
    """None: it cannot be known. [currency/MWh]"""
    market: Decimal
    """Change of the market-based figure; below zero: less. [t CO2e/a]"""
    location: Decimal
    """Change of the location-based figure. [t CO2e/a]"""

    @property
    def yearly(self) -> Decimal | None:
        """Cost of all of it; None: it cannot be known. [currency/a]"""
        return None if self.cost is None else EXACT.multiply(self.cost, self.option.quantity)


def cost_per_mwh(option: SupplyOption, interest: Decimal) -> Decimal | None:
    """What a megawatt-hour of an option costs.

    Parameters
    ----------
    option
        with price, capex, life and quantity.
    interest
        at which the capex is spread over the life. [%/a]

    Returns
    -------
    Decimal or None
        to four decimals; None without quantity, without price and capex, or with a capex without life. [currency/MWh]

    Raises
    ------
    UserError
        for an interest of -100 % or less.

    Notes
    -----
    c = p + CRF(i, n) × I / Q; NREL/TP-462-5173 (capital recovery factor), without tax and residual value.

    Examples
    --------
    1,000,000 for 1,000 MWh a year over 20 years at 5 % and 15 a MWh of running costs:

    >>> pv = SupplyOption("so1", "Roof 2", "pv", 2026, Decimal(1000), Decimal(15), Decimal(1000000), 20, "CNY")
    >>> cost_per_mwh(pv, Decimal(5))
    Decimal('95.2426')
    """
    if option.quantity <= 0 or not (option.price or option.capex) or (option.capex and option.life < 1):
        return None
    spread = ZERO
    if option.capex:
        recovery = Decimal(repr(crf(float(interest / _HUNDRED), option.life)))
        spread = EXACT.divide(EXACT.multiply(recovery, option.capex), option.quantity)
    return EXACT.add(option.price, spread).quantize(_CENT, context=EXACT)


def grid_factors(inventory: Inventory) -> GridFactors:
    """Average factors of the electricity that was bought; zero where none was.

    Notes
    -----
    f = Σ t / Σ MWh over the lines of purchased electricity, with the factors that the inventory applied: of the
    supplier, the residual mix or the grid.
    """
    bought = [
        line
        for line in inventory.lines
        if line.activity.method == COVERABLE and not line.factor.key.startswith(INSTRUMENT)
    ]
    location = _average((one for one in bought if one.scope == "scope2_location"), inventory)
    market = _average((one for one in bought if one.scope == "scope2_market"), inventory)
    return GridFactors(location or ZERO, market if market is not None else location or ZERO)


def _average(lines: Iterable[Line], inventory: Inventory) -> Decimal | None:
    held = list(lines)
    energy = exact_sum(energy_of(one.portion, inventory.library.units) for one in held)
    if energy <= 0:
        return None
    return EXACT.divide(EXACT.multiply(exact_sum(one.tco2e for one in held), _THOUSAND), energy)


def changes(option: SupplyOption, quantity: Decimal, factors: GridFactors) -> tuple[Decimal, Decimal]:
    """What so much of an option changes of the market-based and of the location-based figure.

    Parameters
    ----------
    option
        its kind decides.
    quantity
        [MWh/a]
    factors
        of the inventory; they are taken as constant.

    Returns
    -------
    tuple of Decimal
        to grams; below zero: less. [t CO2e/a]

    Notes
    -----
    Δmarket = −Q × f(market); Δlocation = −Q × f(location) for own use and direct lines, else 0. GHG Protocol Scope 2
    Guidance (2015),
    ch. 6: instruments do not change the location-based figure.
    """
    market = EXACT.multiply(-quantity, factors.market).quantize(_KG, context=EXACT)
    if option.kind not in OWN_USE:
        return market, ZERO
    return market, EXACT.multiply(-quantity, factors.location).quantize(_KG, context=EXACT)


def effect_of(option: SupplyOption, interest: Decimal, factors: GridFactors) -> OptionEffect:
    """An option with its cost and what all of it changes."""
    market, location = changes(option, option.quantity, factors)
    return OptionEffect(option, cost_per_mwh(option, interest), market, location)
