"""What is stated of the worth of a PV system: tonnes by named factors, money by tariff, and the years to come."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Name, Text


@dataclass(frozen=True, slots=True)
class StatedFactor:
    """A published factor of electricity."""

    basis: str
    """Key of :data:`core.solar.avoided.BASES`, ``modules`` or ``hourly``."""
    title: Name
    t_per_mwh: Decimal
    gas: str
    publisher: str
    edition: str
    year: int
    """Which it describes; 0: it does not depend on one."""


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """What there is for one kind of factor."""

    basis: str
    factor: StatedFactor | None
    reason: Text | None
    """Why there is none."""


@dataclass(frozen=True, slots=True)
class StatedBalance:
    """Avoided emissions, and those of the modules beside them."""

    factor: StatedFactor
    self_used_kwh: Decimal
    self_used_t: Decimal
    fed_in_kwh: Decimal
    fed_in_t: Decimal
    modules_t: Decimal | None
    """Life-cycle emissions of the electricity generated; None where no factor is published."""


@dataclass(frozen=True, slots=True)
class StatedHourly:
    """Avoided with a factor of the grid for each time, weighted by the generation."""

    factor: StatedFactor
    kwh: Decimal
    """In the intervals of which both are known."""
    t: Decimal
    plain_mean_t_per_mwh: Decimal | None
    """Of the same intervals without weight, for comparison."""
    present: int
    """Intervals with energy and a factor."""
    expected: int
    """Intervals there are."""


@dataclass(frozen=True, slots=True)
class StatedPart:
    """Energy and money of one price."""

    tariff: str
    when: str
    price: Decimal
    """Per kWh."""
    kwh: Decimal
    money: Decimal


@dataclass(frozen=True, slots=True)
class StatedEarned:
    """Money by price."""

    currency: str
    money: Decimal
    unpriced_kwh: Decimal
    """Energy for which no price holds."""
    parts: tuple[StatedPart, ...]


@dataclass(frozen=True, slots=True)
class StatedYear:
    """One year of a forecast."""

    year: int
    p50_kwh: Decimal | None
    p90_kwh: Decimal | None
    factor: Decimal | None
    """Of the grid, as it falls. [t/MWh]"""
    constant_t: Decimal | None
    """Avoided with the factor of the first year."""
    falling_t: Decimal | None
    """Avoided with the factor of the year."""


@dataclass(frozen=True, slots=True)
class StatedFinance:
    """What the payments of a forecast are worth."""

    npv: Decimal | None
    irr: Decimal | None
    """[1]"""
    irr_roots: int
    lcoe: Decimal | None
    """Nominal. [money/kWh]"""
    lcoe_real: Decimal | None
    """[money/kWh]"""
    payback_a: Decimal | None
    discounted_payback_a: Decimal | None
    roots: Text
    """What the number of internal rates of return means."""


@dataclass(frozen=True, slots=True)
class StatedForecast:
    """Energy, tonnes and money of the years to come."""

    first_year: int
    new_kwh: Decimal | None
    """Of new modules in a year of average weather."""
    degradation: Decimal | None
    """[1/a]"""
    first_year_loss: Decimal | None
    """[1]"""
    deviation: Decimal | None
    """Standard deviation of the energy. [1]"""
    factor: str
    """Which one it begins with."""
    path: Text
    """How the factor goes on."""
    p50_kwh: Decimal | None
    p90_kwh: Decimal | None
    constant_t: Decimal | None
    falling_t: Decimal | None
    modules_t: Decimal | None
    """Life-cycle emissions of the electricity of all years."""
    rows: tuple[StatedYear, ...]
    money: StatedFinance | None


@dataclass(frozen=True, slots=True)
class StatedOutlook:
    """Tonnes, money and the years to come. Nothing of it is part of an inventory."""

    factors: tuple[StatedAnswer, ...]
    modules: StatedFactor | None
    balance: StatedBalance | None
    hourly: StatedHourly | None
    saved: StatedEarned | None
    feed_in_revenue: StatedEarned | None
    forecast: StatedForecast | None
    notes: tuple[Text, ...]
    """What could not be said, and why."""
