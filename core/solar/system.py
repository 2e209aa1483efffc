"""A PV system over some time, all in one: what its meters counted beside what its model expects.

The pages, the command line and the report show this; :mod:`core.solar.observing` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.i18n import Text
from core.ledger import Meter, PvArray, PvSystem
from core.methods import exact_sum
from core.series import Series
from core.series.metered import Metered
from core.solar.availability import Availability
from core.solar.curtailment import Curtailment
from core.solar.degradation import Degradation
from core.solar.expected import MonthlyYield, Yield
from core.solar.losstree import LossTree
from core.solar.model import Model
from core.solar.performance import Measured, Performance
from core.solar.use import Use
from core.solar.yields import typical_months

YEAR_HOURS = 8766
GRID_FACTOR = "grid_factor"
"""Medium of what is kept of a factor of the grid by the hour."""


@dataclass(frozen=True, slots=True)
class SystemMonth:
    """A PV system in a local month."""

    month: date
    """Its first day."""
    energy: Decimal | None
    """Generation, as counted; None where nothing is known. [kWh]"""
    present: int
    """Intervals with a value."""
    expected: int
    """Intervals there are."""
    typical: float | None
    """What the model gives in this month of an average year; None without weather. [kWh]"""
    modelled: float | None
    """What the model gives in the light measured; None without a sensor. [kWh]"""
    performance: Performance | None
    """None without intervals."""

    @property
    def ratio(self) -> float | None:
        """Counted over what the average year gives; None where either is missing. [1]"""
        known = self.energy is not None and self.typical and self.present == self.expected
        return float(self.energy or 0) / self.typical if known and self.typical else None


@dataclass(frozen=True, slots=True, eq=False)
class HourlyFactor:
    """A factor of the grid at each time, kept like the values of a sensor."""

    meter: Meter
    """Its name and note say who published it."""
    series: Series
    """[kg/kWh]"""


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """A PV system over some time."""

    system: PvSystem
    arrays: tuple[PvArray, ...]
    first: date
    last: date
    """Last day, included."""
    zone: ZoneInfo
    model: Model
    """At the age that the system has in the middle of the time."""
    typical: MonthlyYield | Yield | None
    """Of an average year, from the weather file; None without one."""
    generation: Series | None
    """[kWh]"""
    measured: Measured | None
    whole: Performance | None
    """Over all of the time."""
    months: tuple[SystemMonth, ...]
    modelled: Yield | None
    """In the light measured; None without a sensor."""
    tree: LossTree | None
    availability: Availability | None
    curtailment: Curtailment | None
    ageing: Degradation | None
    load: Series | None
    """Everything the plant used behind the same connection; None where a meter is missing. [kWh]"""
    use: Use | None
    """Where the generation went, netted in the steps of the meters; None without a load."""
    notes: tuple[Text, ...]
    """What could not be said, and why."""
    grid_factor: HourlyFactor | None = None
    """Of the grid at each time, where the plant keeps one."""

    @property
    def energy(self) -> Decimal:
        """Counted in all months. [kWh]"""
        return exact_sum(month.energy for month in self.months if month.energy is not None)

    @property
    def power(self) -> Decimal:
        """Of all arrays. [kW]"""
        return exact_sum(array.dc_power for array in self.arrays)

    @property
    def area(self) -> Decimal:
        """Of the modules; 0: not known. [m2]"""
        return exact_sum(array.area for array in self.arrays)

    @property
    def typical_year(self) -> float | None:
        """Expected in an average year at the age of the system. [kWh/a]"""
        return None if self.typical is None else float(typical_months(self.typical).sum())

    @property
    def typical_light(self) -> float | None:
        """On the modules in an average year. [kWh/m2/a]"""
        if self.typical is None:
            return None
        years = len(self.typical) * self.typical.hours / YEAR_HOURS if isinstance(self.typical, Yield) else 1.0
        return self.typical.irradiation / years


def arrays_of(metered: Metered, system: PvSystem) -> tuple[PvArray, ...]:
    """The arrays of a system, in the order in which they were entered."""
    return tuple(array for array in metered.ledger.held(PvArray) if array.system == system.id)
