"""Measured performance: yields, performance ratios, capacity factors, over any time, month or year.

Only intervals in which everything a figure needs was measured enter it, above and below the line, so that a gap never
looks like bad performance; each figure says how much of the time that was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T, Text
from core.series import Series
from core.series.zones import begin_of, local_date, month_bounds
from core.solar.grid import Flags, Floats, Grid, amounts_on, estimated_on, grid_of, levels_on
from core.solar.indices import INDICES, Figure

YEAR = 365 * 86_400
"""What is a year at least. [s]"""
LEAP = 367 * 86_400
"""What is more than a year. [s]"""
WHOLE = 0.9
"""Share of the days of a year that must have data for a figure of the year; our limit. [1]"""
STANDARD = 25.0
"""Cell temperature of standard test conditions. [°C]"""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What is known of a PV system over some time."""

    energy: Series
    """Generation, AC. [kWh]"""
    dc_power: float
    """P0, of the modules at standard test conditions. [kW]"""
    ac_power: float = 0.0
    """Of the inverters; 0: not known. [kW]"""
    irradiance: Series | None = None
    """G, in the plane of the array. [W/m2]"""
    temperature: Series | None = None
    """T, of the modules. [°C]"""
    expected: Series | None = None
    """What the model gives for the same weather. [kWh]"""
    gamma: float = -0.0035
    """Temperature coefficient of power. [1/K]"""
    typical_temperature: float | None = None
    """Tavg, irradiance-weighted mean cell temperature of a typical year, e.g. of the model; None: not known. [°C]"""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What was measured, on the same intervals; what is missing is NaN."""

    grid: Grid
    energy: Floats
    """[kWh]"""
    estimated: Flags
    """Which energies are estimates."""
    reference: Floats
    """P0 G/1000 τ: what the modules would give at their label. [kWh]"""
    temperature: Floats
    """[°C]"""
    expected: Floats
    """[kWh]"""
    mean_temperature: float | None
    """Tavg of a typical year, or of everything measured if that is a year at least. [°C]"""


@dataclass(frozen=True, slots=True)
class Performance:
    """Figures of some time."""

    first: date
    """First local day."""
    start: int
    """[s since 1970-01-01 UTC]"""
    end: int
    """[s since 1970-01-01 UTC]"""
    energy: float
    """Generation measured; gaps count nothing. [kWh]"""
    irradiation: float | None
    """H measured, in the plane of the array; None without a sensor. [kWh/m2]"""
    estimated: int
    """Intervals whose generation is an estimate."""
    mean_temperature: float | None
    """Tavg that the weather-corrected PR uses. [°C]"""
    figures: Mapping[str, Figure]
    """For each key of :data:`core.solar.indices.INDICES`."""

    def __getitem__(self, key: str) -> Figure:
        return self.figures[key]


def columns_of(measured: Measured) -> Columns:
    """Everything that was measured on the coarsest intervals among it.

    Raises
    ------
    UserError
        without DC power, or for intervals that do not fit each other.

    Notes
    -----
    What a pyranometer shows below zero at night counts as zero.
    """
    if not measured.dc_power > 0:
        raise UserError(T("The DC power must be above 0."), T("Enter a number above 0."))
    known = (measured.energy, measured.irradiance, measured.temperature, measured.expected)
    grid = grid_of(*(series for series in known if series is not None))
    nothing = np.full(grid.count, np.nan)
    irradiance = nothing if measured.irradiance is None else levels_on(grid, measured.irradiance)
    reference = measured.dc_power * np.maximum(irradiance, 0.0) / 1000.0 * grid.hours
    temperature = nothing if measured.temperature is None else levels_on(grid, measured.temperature)
    typical = measured.typical_temperature
    if typical is None and grid.end - grid.start >= YEAR:
        typical = mean_temperature(reference, temperature)
    return Columns(
        grid,
        amounts_on(grid, measured.energy),
        estimated_on(grid, measured.energy),
        reference,
        temperature,
        nothing if measured.expected is None else amounts_on(grid, measured.expected),
        typical,
    )


def mean_temperature(irradiance: Floats, temperature: Floats) -> float | None:
    """Irradiance-weighted mean temperature of the cells.

    Parameters
    ----------
    irradiance
        in the plane of the array, in equal steps; shape (n,). [W/m2, or any energy in proportion]
    temperature
        of the cells; shape (n,). [°C]

    Returns
    -------
    float or None
        None without light. [°C]

    Notes
    -----
    Tavg = Σ T G / Σ G. NREL/TP-5200-57991 (2013).

    Examples
    --------
    >>> mean_temperature(np.array([200.0, 800.0, np.nan]), np.array([20.0, 45.0, 60.0]))
    40.0
    """
    both = np.isfinite(irradiance) & np.isfinite(temperature)
    light = float(irradiance[both].sum())
    return float((temperature[both] * irradiance[both]).sum()) / light if light > 0 else None


def performance(measured: Measured, start: int, end: int, zone: ZoneInfo) -> Performance:
    """Every figure of some time.

    Parameters
    ----------
    measured
        series that may be longer than the time asked for.
    start, end
        the intervals that begin from ``start`` on and before ``end``. [s since 1970-01-01 UTC]
    zone
        for the name of the first day.

    Returns
    -------
    Performance
        figures that cannot be said carry the reason.

    Raises
    ------
    UserError
        without DC power, or for intervals that do not fit each other.

    Notes
    -----
    Yf = E/P0, Yr = H/(1 kW/m²), PR = Yf/Yr (IEC 61724-1); PR' with 1 + γ (T - 25) in the sum below the line (the same);
    PR'' with 1 + γ (T - Tavg) (NREL/TP-5200-57991). Tavg is that of a typical year where it is given, else that of
    everything measured, if this is a year at least: then PR'' over all of it is PR itself, and the months lose their
    seasons. EPI = Σ E / Σ E_expected (IEC TS 61724-3).

    Examples
    --------
    >>> hour = Measured(Series(0, 3600, np.array([80.0])), 100.0, irradiance=Series(0, 3600, np.array([1000.0])))
    >>> performance(hour, 0, 3600, ZoneInfo("UTC"))["performance_ratio"].value
    0.8
    """
    return _performance(measured, columns_of(measured), start, end, zone)


def by_month(measured: Measured, zone: ZoneInfo) -> tuple[Performance, ...]:
    """Every figure of each local month that the series touch; parameters and errors as :func:`performance`."""
    columns = columns_of(measured)
    first, last = _local_days(columns.grid, zone)
    return tuple(_performance(measured, columns, a, b, zone) for _, a, b in month_bounds(first, last, zone))


def by_year(measured: Measured, zone: ZoneInfo) -> tuple[Performance, ...]:
    """Every figure of each local calendar year that the series touch; parameters and errors as :func:`performance`."""
    columns = columns_of(measured)
    first, last = _local_days(columns.grid, zone)
    edges = [begin_of(date(year, 1, 1), zone) for year in range(first.year, last.year + 2)]
    return tuple(_performance(measured, columns, a, b, zone) for a, b in pairwise(edges))


def _performance(measured: Measured, columns: Columns, start: int, end: int, zone: ZoneInfo) -> Performance:
    grid, part = columns.grid, columns.grid.part(start, end)
    energy, reference, expected = columns.energy[part], columns.reference[part], columns.expected[part]
    count = -((start - end) // grid.step)
    weight = reference if measured.irradiance is not None else expected
    sums = _Sums(measured, count, grid.hours, energy, reference, weight)
    figures = {
        figure.index.key: figure
        for figure in (
            *sums.yields(end - start),
            *sums.ratios(columns.temperature[part], columns.mean_temperature, expected),
        )
    }
    return Performance(
        local_date(start, zone),
        start,
        end,
        float(np.nansum(energy)),
        None if measured.irradiance is None else float(np.nansum(reference)) / measured.dc_power,
        int(columns.estimated[part].sum()),
        columns.mean_temperature,
        {key: figures[key] for key in INDICES},
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """What was measured in some time, made into figures."""

    measured: Measured
    count: int
    """Intervals there are."""
    hours: float
    """Length of an interval. [h]"""
    energy: Floats
    reference: Floats
    weight: Floats
    """By which a share of the light is taken: the reference, else the expected energy."""

    def yields(self, length: int) -> list[Figure]:
        """Everything that needs no more than the generation or the irradiance."""
        measured, known, lit = self.measured, np.isfinite(self.energy), np.isfinite(self.reference)
        total, hours = float(self.energy[known].sum()), self.hours * int(known.sum())
        return [
            self.figure("final_yield", known, total, measured.dc_power),
            self.figure("reference_yield", lit, float(self.reference[lit].sum()), measured.dc_power, self.dark),
            self.figure("capacity_factor_dc", known, total, measured.dc_power * hours),
            self.figure(
                "capacity_factor_ac",
                known,
                total,
                measured.ac_power * hours,
                None if measured.ac_power > 0 else T("The AC power of the system is not known."),
            ),
            self.figure(
                "specific_yield",
                known,
                total,
                measured.dc_power,
                self._no_year(length, known),
            ),
        ]

    def _no_year(self, length: int, known: Flags) -> Text | None:
        """Why this is no year."""
        if not YEAR <= length < LEAP:
            return T("This is said of one whole year, and no part of one is scaled up.")
        days = np.unique((np.flatnonzero(known) * self.hours).astype(np.int64) // 24)
        enough = len(days) * 86_400 >= WHOLE * length
        return None if enough else T("Fewer than nine in ten days of the year were measured.")

    def ratios(self, temperature: Floats, mean: float | None, expected: Floats) -> list[Figure]:
        """Energy measured over what it could have been; both sums over the same intervals."""
        gamma = self.measured.gamma
        cold = None if self.measured.temperature is not None else T("The temperature of the modules was not measured.")
        short = T("No mean temperature of a typical year is known, and less than a year was measured.")
        unmodelled = None if self.measured.expected is not None else T("There is no expected yield to compare with.")
        at_25 = self.reference * (1.0 + gamma * (temperature - STANDARD))
        at_mean = self.reference * (1.0 + gamma * (temperature - (np.nan if mean is None else mean)))
        return [
            self.ratio("performance_ratio", self.reference, self.dark),
            self.ratio("performance_ratio_25", at_25, self.dark or cold),
            self.ratio("performance_ratio_weather", at_mean, self.dark or cold or (short if mean is None else None)),
            self.ratio("performance_index", expected, unmodelled),
        ]

    @property
    def dark(self) -> Text | None:
        """Why nothing is known of the light."""
        return None if self.measured.irradiance is not None else T("The irradiance on the modules was not measured.")

    def ratio(self, key: str, below: Floats, reason: Text | None) -> Figure:
        both = np.isfinite(self.energy) & np.isfinite(below)
        return self.figure(key, both, float(self.energy[both].sum()), float(below[both].sum()), reason)

    def figure(self, key: str, there: Flags, above: float, below: float, reason: Text | None = None) -> Figure:
        present = int(there.sum())
        if reason is None and not present:
            reason = T("Nothing was measured in this time.")
        if reason is None and not below > 0:
            reason = T("There was no light in this time.")
        all_light = float(np.nansum(self.weight))
        light = float(np.nansum(self.weight[there])) / all_light if all_light > 0 else None
        return Figure(INDICES[key], above / below if reason is None else None, present, self.count, light, reason)


def _local_days(grid: Grid, zone: ZoneInfo) -> tuple[date, date]:
    return local_date(grid.start, zone), local_date(max(grid.end - 1, grid.start), zone)
