"""The years to come: energy of modules that age, tonnes with a grid that stays and one that becomes cleaner, money."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.errors import UserError
from core.i18n import T, Text
from core.solar.avoided import NOTE
from core.solar.economics import Economics, Finance, finance
from core.solar.grid import Floats
from core.solar.grid_path import GridPath

YEARS = 25
Z90 = 1.2816
"""How many standard deviations below the median a value lies that nine of ten exceed."""
COMPONENTS: Mapping[str, tuple[Text, float]] = {
    "irradiation": (T("Long-term irradiation of the place"), 0.04),
    "weather": (T("Weather from year to year"), 0.04),
    "transposition": (T("From horizontal to the plane of the modules"), 0.02),
    "model": (T("Modules, temperature and inverters of the model"), 0.03),
    "losses": (T("Assumed losses"), 0.02),
}
"""What the yield is uncertain by: title and one standard deviation. Proposals of ours, to be replaced by those of a
yield report. [1]"""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a forecast follows from."""

    first_year: int
    """Calendar year of the first year of operation."""
    energy: float
    """E1: of a year with new modules in average weather, before light-induced degradation; P50. [kWh/a]"""
    grid: GridPath
    years: int = YEARS
    degradation: float = 0.005
    """d. [1/a]"""
    first_year_loss: float = 0.02
    """LID: light-induced degradation of the first year. [1]"""
    uncertainty: tuple[tuple[str, float], ...] = tuple((key, share) for key, (_, share) in COMPONENTS.items())
    """Key of :data:`COMPONENTS` and standard deviation of each. [1]"""
    modules: float | None = None
    """Life-cycle emissions of PV electricity; None: not known. [t/MWh]"""
    money: Economics | None = None
    """None: no money is looked at."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a forecast."""

    number: int
    """From 1 on."""
    year: int
    """Calendar year."""
    p50: float
    """Energy that is as likely exceeded as not. [kWh]"""
    p90: float
    """Energy that nine of ten exceed. [kWh]"""
    factor: float
    """Grid factor that falls. [t/MWh]"""
    constant: float
    """Avoided with the named factor for ever. [t]"""
    falling: float
    """Avoided with the factor that falls. [t]"""
    modules: float | None
    """Life-cycle emissions of the electricity. [t]"""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Energy, tonnes and money of some years. A statement about the future and no part of an inventory."""

    assumptions: Assumptions
    years: tuple[Year, ...]
    deviation: float
    """s: standard deviation of the energy, of all components together. [1]"""
    money: Finance | None
    """At P50."""
    money_p90: Finance | None
    """At P90."""
    note: Text = NOTE

    @property
    def p50(self) -> float:
        """Of all years. [kWh]"""
        return math.fsum(year.p50 for year in self.years)

    @property
    def p90(self) -> float:
        """Of all years. [kWh]"""
        return math.fsum(year.p90 for year in self.years)

    @property
    def constant(self) -> float:
        """Of all years with the named factor for ever. [t]"""
        return math.fsum(year.constant for year in self.years)

    @property
    def falling(self) -> float:
        """Of all years with the factor that falls. [t]"""
        return math.fsum(year.falling for year in self.years)

    @property
    def modules(self) -> float | None:
        """Life-cycle emissions of the electricity of all years; None where they are not known. [t]"""
        return None if self.assumptions.modules is None else math.fsum(year.modules or 0.0 for year in self.years)

    @property
    def net_falling(self) -> float | None:
        """Avoided less the life cycle of the modules, with the factor that falls. [t]"""
        return None if self.modules is None else self.falling - self.modules

    @property
    def components(self) -> tuple[tuple[Text, float], ...]:
        """What the deviation is made of: title and standard deviation. [1]"""
        return tuple((COMPONENTS[key][0], share) for key, share in self.assumptions.uncertainty)


def energies(first: float, years: int, degradation: float = 0.005, first_year_loss: float = 0.02) -> Floats:
    """Energy of each year of modules that age.

    Parameters
    ----------
    first
        E1: of a year with new modules. [kWh/a]
    years
        N. [a]
    degradation
        d. [1/a]
    first_year_loss
        LID. [1]

    Returns
    -------
    ndarray
        shape (N,). [kWh]

    Raises
    ------
    UserError
        for less than one year, energy below zero, or losses that are no shares.

    Notes
    -----
    E_n = E1 (1 - LID)(1 - d)^{n-1}. Defaults: 0.5 %/a, the median of about 2,000 published rates, Jordan and Kurtz
    (2013), *Photovoltaic Degradation Rates - an Analytical Review*, Prog. Photovolt. 21; 2 % in the first year.

    Examples
    --------
    >>> energies(1000.0, 3, 0.1, 0.2).round(6).tolist()
    [800.0, 720.0, 648.0]
    """
    if not (1 <= years <= 60 and first >= 0 and 0 <= degradation < 1 and 0 <= first_year_loss < 1):
        raise UserError(
            T("A forecast needs 1 to 60 years, energy of 0 or more, and losses from 0 to less than 100 %."),
            T("Correct the assumptions of the forecast."),
        )
    found: Floats = first * (1.0 - first_year_loss) * (1.0 - degradation) ** np.arange(years, dtype=np.float64)
    return found


def exceeded_by_nine_of_ten(p50: float, deviation: float) -> float:
    """The yield that nine of ten exceed.

    Parameters
    ----------
    p50
        median. [kWh]
    deviation
        s, one standard deviation. [1]

    Returns
    -------
    float
        P90; not below zero. [kWh]

    Raises
    ------
    UserError
        for a deviation below zero.

    Notes
    -----
    P90 = P50 (1 - 1.2816 s), for a normal distribution.

    Examples
    --------
    >>> round(exceeded_by_nine_of_ten(1000.0, 0.07), 3)
    910.288
    """
    if not deviation >= 0:
        raise UserError(T("A standard deviation is 0 or more."), T("Correct the uncertainty of the yield."))
    return max(p50 * (1.0 - Z90 * deviation), 0.0)


def combined(uncertainty: tuple[tuple[str, float], ...]) -> float:
    """Standard deviation of independent components together.

    Parameters
    ----------
    uncertainty
        key of :data:`COMPONENTS` and standard deviation of each. [1]

    Returns
    -------
    float
        [1]

    Raises
    ------
    UserError
        for a deviation below zero, or an unknown or repeated component.

    Notes
    -----
    s = sqrt(Σ s_i²).

    Examples
    --------
    >>> combined((("irradiation", 0.03), ("model", 0.04)))
    0.05
    """
    keys = [key for key, _ in uncertainty]
    if (
        not set(keys) <= set(COMPONENTS)
        or len(set(keys)) < len(keys)
        or any(not share >= 0 for _, share in uncertainty)
    ):
        raise UserError(T("A standard deviation is 0 or more."), T("Correct the uncertainty of the yield."))
    return math.hypot(*(share for _, share in uncertainty))


def forecast(assumptions: Assumptions) -> Forecast:
    """Energy, tonnes and money of the years to come.

    Parameters
    ----------
    assumptions
        everything it follows from.

    Returns
    -------
    Forecast

    Raises
    ------
    UserError
        for assumptions that cannot be.

    Notes
    -----
    E_n as :func:`energies`, P90 as :func:`exceeded_by_nine_of_ten`. Tonnes: E_n EF_0/1000 with the named factor
    for ever, and E_n EF_n/1000 with the one of each year. Modules: E_n EF_modules/1000 as a line of its own,
    never inside a factor. Money as :func:`core.solar.economics.finance`, once with P50 and once with P90.

    Examples
    --------
    >>> found = forecast(Assumptions(2024, 1_000_000.0, GridPath(0.5, 2024, decline=0.03)))
    >>> [round(x) for x in (found.p50 / 1000, found.constant, found.falling)]
    [23085, 11542, 8268]
    """
    deviation = combined(assumptions.uncertainty)
    made = energies(assumptions.energy, assumptions.years, assumptions.degradation, assumptions.first_year_loss)
    years = tuple(_year(assumptions, number, energy, deviation) for number, energy in enumerate(made.tolist(), start=1))
    low = np.array([year.p90 for year in years])
    money = assumptions.money
    return Forecast(
        assumptions,
        years,
        deviation,
        None if money is None else finance(made, money),
        None if money is None else finance(low, money),
    )


def _year(assumptions: Assumptions, number: int, energy: float, deviation: float) -> Year:
    year = assumptions.first_year + number - 1
    factor = assumptions.grid.at(year)
    return Year(
        number,
        year,
        energy,
        exceeded_by_nine_of_ten(energy, deviation),
        factor,
        energy * assumptions.grid.value / 1000.0,
        energy * factor / 1000.0,
        None if assumptions.modules is None else energy * assumptions.modules / 1000.0,
    )
