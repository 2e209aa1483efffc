"""Forecasts as plain values for other programs: numbers as strings with all their digits."""

from __future__ import annotations

from core.methods import plain
from core.targets.forecast import Forecast, ForecastYear, Steps
from core.targets.scenarios import Comparison
from core.targets.simulation import Band, Simulation


def forecast_to_plain(found: Forecast, lang: str = "en", simulation: Simulation | None = None) -> dict[str, object]:
    """Years with parts, steps and actions; with bands where a simulation is given."""
    return {
        "scenario": found.scenario.id,
        "name": found.scenario.name,
        "base_year": found.baseline.year,
        "actions": [one.id for one in found.actions],
        "left_out": [{"action": one.id, "excluded_by": by} for one, by in found.left_out],
        "assumptions": [one.in_language(lang) for one in found.assumptions],
        "years": [_year(one, simulation) for one in found.years],
        "simulation": None
        if simulation is None
        else {"seed": simulation.seed, "draws": simulation.draws, "generator": simulation.generator},
    }


def comparison_to_plain(found: Comparison) -> dict[str, object]:
    """Scenarios side by side."""
    return {
        "parts": list(found.parts),
        "scenarios": [{"id": one.scenario.id, "name": one.scenario.name} for one in found.forecasts],
        "rows": [
            {
                "scenario": row.scenario,
                "year": row.year,
                "without_actions_t": plain(row.without),
                "with_actions_t": plain(row.result),
                "against_first_t": plain(row.against_first),
                "against_base_percent": None if row.against_base is None else plain(row.against_base),
            }
            for row in found.rows
        ],
    }


def _year(one: ForecastYear, simulation: Simulation | None) -> dict[str, object]:
    totals = {key: _steps(one.of(key)) for key in ("location", "market")}
    bands = {} if simulation is None else {key: simulation.band(one.year, key) for key in ("location", "market")}
    return {
        "year": one.year,
        **{
            key: {**steps, **({} if (band := bands.get(key)) is None else _band(band))} for key, steps in totals.items()
        },
        "parts": {key: _steps(steps) for key, steps in one.parts.items()},
        "actions": [
            {"action": part.action, "location_t": plain(part.location), "market_t": plain(part.market)}
            for part in one.actions
        ],
    }


def _steps(steps: Steps) -> dict[str, str]:
    return {
        "base_t": plain(steps.base),
        "driver_t": plain(steps.driver),
        "intensity_t": plain(steps.intensity),
        "supply_t": plain(steps.supply),
        "actions_t": plain(steps.actions),
        "without_actions_t": plain(steps.without),
        "with_actions_t": plain(steps.result),
    }


def _band(band: Band) -> dict[str, str]:
    return {"p10_t": plain(band.p10), "p50_t": plain(band.p50), "p90_t": plain(band.p90)}
