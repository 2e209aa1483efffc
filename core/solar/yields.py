"""What a PV system should yield, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.solar.chain import STAGES, Step, loss_tree
from core.solar.model import Model
from core.solar.sun import Numbers
from core.solar.weather import months_of


@dataclass(frozen=True, slots=True, eq=False)
class Yield:
    """What a system should give in each interval; NaN where the weather is missing by day."""

    start: int
    """Beginning of the first interval. [s since 1970-01-01 UTC]"""
    step: int
    """Length of an interval. [s]"""
    poa: Numbers
    """Irradiance in the plane of the modules, mean of the arrays by power. [W/m2]"""
    cell: Numbers
    """Temperature of the cells, mean of the arrays by power. [°C]"""
    reference: Numbers
    """What the modules would give with this light at 25 °C and without glass. [kW]"""
    optical: Numbers
    """After reflection and absorption by the glass. [kW]"""
    thermal: Numbers
    """After the temperature of the cells. [kW]"""
    dc: Numbers
    """After all losses: at the inverters' input. [kW]"""
    converted: Numbers
    """After conversion, as if inverters had no limit. [kW]"""
    clipped: Numbers
    """After the limit of each array's inverters. [kW]"""
    ac: Numbers
    """After the limit of the whole system: what the meter should count. [kW]"""
    model: Model
    offset: int = 0
    """Local standard time minus UTC. [s]"""
    assumed: tuple[str, ...] = ()
    """What the weather did not say: ``beam`` (split by Erbs), ``wind`` (1 m/s)."""

    def __len__(self) -> int:
        return len(self.ac)

    @property
    def hours(self) -> float:
        """Length of an interval. [h]"""
        return self.step / 3600.0

    @property
    def starts(self) -> NDArray[np.int64]:
        """Beginning of each interval. [s since 1970-01-01 UTC]"""
        return self.start + self.step * np.arange(len(self), dtype=np.int64)

    @property
    def energy(self) -> Numbers:
        """Alternating current of each interval. [kWh]"""
        return self.ac * self.hours

    @property
    def irradiation(self) -> float:
        """In the plane of the modules, over all intervals that are known. [kWh/m2]"""
        return float(np.nansum(self.poa)) * self.hours / 1000.0

    @property
    def total(self) -> float:
        """Alternating current of all intervals that are known. [kWh]"""
        return float(np.nansum(self.ac)) * self.hours

    def by_month(self) -> dict[int, float]:
        """Alternating current by local month (0 is January 1970) of the intervals that are known. [kWh]"""
        months = months_of(self.starts, self.offset)
        first = int(months[0]) if len(months) else 0
        sums = np.bincount(months - first, np.nan_to_num(self.energy))
        return {first + i: float(amount) for i, amount in enumerate(sums)}

    def tree(self, chosen: NDArray[np.bool_] | None = None) -> tuple[Step, ...]:
        """What each step takes, in the chosen intervals (all of them by default) as far as they are known."""
        use = np.isfinite(self.ac) if chosen is None else np.isfinite(self.ac) & chosen
        sums = tuple(float(getattr(self, name)[use].sum()) * self.hours for name in STAGES)
        return loss_tree(sums, self.model.losses)


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyYield:
    """What a system should give in each month of an average year, January to December."""

    ghi: Numbers
    """Horizontal irradiation. [kWh/m2]"""
    poa: Numbers
    """Irradiation in the plane of the modules, mean of the arrays by power. [kWh/m2]"""
    cell: Numbers
    """Temperature of the cells, mean by light. [°C]"""
    reference: Numbers
    """What the modules would give with this light at 25 °C and without glass. [kWh]"""
    optical: Numbers
    """After reflection and absorption by the glass. [kWh]"""
    thermal: Numbers
    """After the temperature of the cells. [kWh]"""
    dc: Numbers
    """After all losses: at the inverters' input. [kWh]"""
    converted: Numbers
    """After conversion, as if inverters had no limit. [kWh]"""
    clipped: Numbers
    """After the limit of each array's inverters. [kWh]"""
    ac: Numbers
    """After the limit of the whole system. [kWh]"""
    model: Model
    assumed: tuple[str, ...] = ()
    """What the climate did not say: ``beam`` (split by Erbs), ``wind`` (1 m/s)."""

    @property
    def energy(self) -> Numbers:
        """What the meter should count in each month. [kWh]"""
        return self.ac

    @property
    def total(self) -> float:
        """In the year. [kWh]"""
        return float(self.ac.sum())

    @property
    def irradiation(self) -> float:
        """In the plane of the modules, in the year. [kWh/m2]"""
        return float(self.poa.sum())

    def tree(self) -> tuple[Step, ...]:
        """What each step takes in the year."""
        return loss_tree(tuple(float(getattr(self, name).sum()) for name in STAGES), self.model.losses)


def typical_months(typical: MonthlyYield | Yield) -> NDArray[np.float64]:
    """Expected energy of January to December of an average year. [kWh]"""
    if isinstance(typical, MonthlyYield):
        return typical.energy
    sums, years = np.zeros(12), np.zeros(12)
    for month, energy in typical.by_month().items():
        sums[month % 12] += energy
        years[month % 12] += 1
    return sums / np.maximum(years, 1)
