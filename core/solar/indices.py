"""Figures of performance, each with its name, unit, equation and source: two kinds of PR are never one figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import T, Text


@dataclass(frozen=True, slots=True)
class Index:
    """What a figure is."""

    key: str
    title: Text
    unit: str
    equation: str
    source: str


_IEC = "IEC 61724-1"
INDICES: Mapping[str, Index] = {
    one.key: one
    for one in (
        Index("final_yield", T("Final yield"), "kWh/kW", "Yf = E / P0", _IEC),
        Index("reference_yield", T("Reference yield"), "kWh/kW", "Yr = H / (1 kW/m²)", _IEC),
        Index("performance_ratio", T("Performance ratio (PR)"), "1", "PR = Yf / Yr", _IEC),
        Index(
            "performance_ratio_25",
            T("PR corrected to 25 °C"),
            "1",
            "PR' = Σ E / Σ [P0 G/1000 (1 + γ (T - 25)) τ]",
            f"{_IEC}, STC temperature-corrected performance ratio",
        ),
        Index(
            "performance_ratio_weather",
            T("Weather-corrected PR"),
            "1",
            "PR'' = Σ E / Σ [P0 G/1000 (1 + γ (T - Tavg)) τ]",
            "NREL/TP-5200-57991 (2013), weather-corrected performance ratio",
        ),
        Index(
            "capacity_factor_dc", T("Capacity factor (DC)"), "1", "CF = E / (P0 t)", "NREL, capacity factor of DC power"
        ),
        Index(
            "capacity_factor_ac",
            T("Capacity factor (AC)"),
            "1",
            "CF = E / (PAC t)",
            "NREL, capacity factor of AC power",
        ),
        Index("specific_yield", T("Specific yield"), "kWh/kW/a", "Y = E / P0 of a whole year", _IEC),
        Index(
            "performance_index",
            T("Energy performance index"),
            "1",
            "EPI = Σ E / Σ E_expected",
            "IEC TS 61724-3, energy performance index",
        ),
    )
}
"""By key."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over some time, with how much of the time it knows."""

    index: Index
    value: float | None
    """In the unit of the index; None where it cannot be said."""
    present: int
    """Intervals with everything it needs."""
    expected: int
    """Intervals there are."""
    light: float | None = None
    """Share of the sun's energy that fell in the intervals present: what a night without data does not lower. [1]"""
    reason: Text | None = None
    """Why it cannot be said."""

    @property
    def coverage(self) -> float:
        """Share of the time with data. [1]"""
        return self.present / self.expected if self.expected else 0.0
