"""Costs and prices of a PV system over its life, as a system of the ledger carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

from core.errors import UserError
from core.finance import (
    InternalRate,
    discounted,
    discounted_payback,
    irr,
    lcoe,
    npv,
    payback,
    real_rate,
)
from core.i18n import T, Text
from core.ledger.energy import PvSystem
from core.library import EXACT
from core.solar.grid import Floats

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a system's ``parameters`` may carry."""

    title: Text
    unit: str
    default: Decimal
    low: Decimal = Decimal(0)
    high: Decimal = Decimal("1E15")


_RATE = (Decimal("-50"), Decimal(100))
PARAMETERS: Mapping[str, Parameter] = {
    "years": Parameter(T("Years of the forecast"), "a", Decimal(25), Decimal(1), Decimal(60)),
    "grid_decline": Parameter(T("Fall of the grid factor"), "%/a", Decimal(0), Decimal(-50), Decimal(99)),
    "capex": Parameter(T("Investment"), "currency", Decimal(0)),
    "opex": Parameter(T("Operation and maintenance"), "currency/a", Decimal(0)),
    "opex_growth": Parameter(T("Growth of operation and maintenance"), "%/a", Decimal(0), *_RATE),
    "self_use": Parameter(T("Share used on site"), "%", Decimal(100), Decimal(0), Decimal(100)),
    "price": Parameter(T("Price of purchased electricity"), "currency/kWh", Decimal(0)),
    "price_growth": Parameter(T("Growth of the price of purchased electricity"), "%/a", Decimal(0), *_RATE),
    "feed_in": Parameter(T("Feed-in price"), "currency/kWh", Decimal(0), Decimal(-1000)),
    "feed_in_growth": Parameter(T("Growth of the feed-in price"), "%/a", Decimal(0), *_RATE),
    "discount": Parameter(T("Discount rate, nominal"), "%/a", Decimal(5), *_RATE),
    "inflation": Parameter(T("Inflation"), "%/a", Decimal(0), *_RATE),
    "replacement": Parameter(T("Cost of new inverters"), "currency", Decimal(0)),
    "replacement_year": Parameter(T("Year of new inverters"), "a", Decimal(13), Decimal(1), Decimal(60)),
    "disposal": Parameter(T("Cost of taking it down at the end"), "currency", Decimal(0), Decimal("-1E15")),
}
"""By key, with what holds where nothing is typed."""


@dataclass(frozen=True, slots=True)
class Economics:
    """Costs and prices; nothing of taxes and loans, which belong to the owner."""

    capex: float
    """Investment today, less grants. [money]"""
    opex: float = 0.0
    """Operation and maintenance in the first year. [money/a]"""
    opex_growth: float = 0.0
    """[1/a]"""
    self_use: float = 1.0
    """Share of the generation used on site. [1]"""
    price: float = 0.0
    """Of purchased electricity that is saved, in the first year. [money/kWh]"""
    price_growth: float = 0.0
    """[1/a]"""
    feed_in: float = 0.0
    """In the first year. [money/kWh]"""
    feed_in_growth: float = 0.0
    """[1/a]"""
    rate: float = 0.05
    """Discount rate, nominal. [1/a]"""
    inflation: float = 0.0
    """For the real levelised cost. [1/a]"""
    events: tuple[tuple[int, float], ...] = ()
    """Year, from 1 on, and what is paid in it once: new inverters, taking down. [a, money]"""


@dataclass(frozen=True, slots=True, eq=False)
class Finance:
    """What the money of some years comes to."""

    flows: Floats
    """Of each year, the investment of year 0 first. [money]"""
    discounted: Floats
    """The same in the money of today. [money]"""
    npv: float
    """[money of today]"""
    irr: InternalRate
    """With the number of its roots."""
    lcoe: float | None
    """Nominal: compare it with a price that stays. None without energy. [money/kWh]"""
    lcoe_real: float | None
    """In the money of today: compare it with the price of today. [money/kWh]"""
    payback: float | None
    """[a]"""
    discounted_payback: float | None
    """[a]"""

    @property
    def roots(self) -> Text:
        """What the number of roots means."""
        if self.irr.count == 1:
            return T("The payments have one internal rate of return.")
        if not self.irr.count:
            return T("No rate makes the payments worth nothing: there is no internal rate of return.")
        return T(
            "{count} rates make the payments worth nothing, so none of them is the internal rate of return: go by the "
            "net present value.",
            count=self.irr.count,
        )


def finance(energy: Floats, terms: Economics) -> Finance:
    """Payments and figures of some years of energy.

    Parameters
    ----------
    energy
        of each year from 1 on; shape (n,). [kWh]
    terms
        costs and prices.

    Returns
    -------
    Finance

    Raises
    ------
    UserError
        for a rate of -100 % or less.

    Notes
    -----
    C_0 = -capex; C_n = E_n [s p (1 + g_p)^{n-1} + (1 - s) f (1 + g_f)^{n-1}] - opex (1 + g_o)^{n-1} - events_n. NPV,
    IRR, LCOE and payback as in :mod:`core.finance`; the LCOE takes costs alone. Before taxes and loans.

    Examples
    --------
    >>> found = finance(np.full(10, 1000.0), Economics(capex=1000.0, price=0.2, rate=0.0))
    >>> found.npv, found.payback, found.irr.count, found.lcoe
    (1000.0, 5.0, 1, 0.1)
    """
    count = len(energy)
    later = np.arange(count, dtype=np.float64)
    worth = terms.self_use * terms.price * (1.0 + terms.price_growth) ** later
    worth = worth + (1.0 - terms.self_use) * terms.feed_in * (1.0 + terms.feed_in_growth) ** later
    costs = np.concatenate([[terms.capex], terms.opex * (1.0 + terms.opex_growth) ** later])
    for year, cost in terms.events:
        if 0 <= year <= count:
            costs[year] += cost
    made = np.concatenate([[0.0], energy])
    flows = np.concatenate([[0.0], energy * worth]) - costs
    real = real_rate(terms.rate, terms.inflation)
    any_energy = float(made.sum()) > 0
    return Finance(
        flows,
        discounted(terms.rate, flows),
        npv(terms.rate, flows),
        irr(flows),
        lcoe(costs, made, terms.rate) if any_energy else None,
        lcoe(costs, made, terms.rate, real) if any_energy else None,
        payback(flows),
        discounted_payback(terms.rate, flows),
    )


def economics_of(system: PvSystem) -> Economics:
    """Costs and prices of a system of the ledger.

    Parameters
    ----------
    system
        its ``parameters`` by the keys of :data:`PARAMETERS`, in percent where that is the unit; taken down at the end
        of its ``years``.

    Returns
    -------
    Economics

    Raises
    ------
    UserError
        for a number that is none or out of range.

    Examples
    --------
    >>> from datetime import date
    >>> roof = PvSystem("r", "Roof", date(2024, 1, 1), Decimal(40), Decimal(116), parameters=(("capex", "3000000"),))
    >>> economics_of(roof).capex
    3000000.0
    """
    number = {key: number_of(system, key) for key in PARAMETERS}
    events = ((int(number["replacement_year"]), number["replacement"]), (int(number["years"]), number["disposal"]))
    return Economics(
        number["capex"],
        number["opex"],
        number["opex_growth"],
        number["self_use"],
        number["price"],
        number["price_growth"],
        number["feed_in"],
        number["feed_in_growth"],
        number["discount"],
        number["inflation"],
        tuple((year, cost) for year, cost in events if cost),
    )


def number_of(system: PvSystem, key: str, parameter: Parameter | None = None) -> float:
    """One number of a system's ``parameters`` in the unit of the calculation: a share where it is typed in percent.

    Parameters
    ----------
    system
        of the ledger.
    key
        of :data:`PARAMETERS`, or of another ``parameter``.

    Returns
    -------
    float
        what is typed, else what holds where nothing is.

    Raises
    ------
    UserError
        for a number that is none or out of range.

    Examples
    --------
    >>> from datetime import date
    >>> roof = PvSystem("r", "Roof", date(2024, 1, 1), Decimal(40), Decimal(116), parameters=(("discount", "6.5"),))
    >>> number_of(roof, "discount"), number_of(roof, "years")
    (0.065, 25.0)
    """
    parameter = PARAMETERS[key] if parameter is None else parameter
    typed = dict(system.parameters).get(key)
    try:
        found = parameter.default if typed is None else Decimal(typed)
    except InvalidOperation:
        found = Decimal("NaN")
    if not (found.is_finite() and parameter.low <= found <= parameter.high):
        raise UserError(
            T("{system}: {title} cannot be “{value}”.", system=system.name, title=parameter.title, value=str(typed)),
            T("Enter a number from {low} to {high}.", low=parameter.low, high=parameter.high),
        )
    return float(EXACT.divide(found, HUNDRED) if parameter.unit.startswith("%") else found)
