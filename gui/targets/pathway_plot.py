"""The pathway of a target, what was emitted, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeVar

import numpy as np

from core.handover.ahead import TargetsOf
from core.targets.simulation import Simulation
from core.targets.status import TargetStatus
from gui.language import _
from gui.plots.lines import CurveData, Floats, Line, Scale
from gui.targets import words
from gui.theme import tokens

Value = TypeVar("Value")
BEYOND = 3
"""Years after the target that are still shown."""


def pathway_plot(found: TargetsOf, one: TargetStatus | None, simulation: Simulation | None) -> CurveData:
    """All that is known of one target; without one, of all scopes together."""
    last = None if one is None else one.target.year + BEYOND
    lines = [*_forecast(found, one, simulation, last), *_pathway(one), *_actual(found, one)]
    title = _("All scopes") if one is None else one.target.name
    intensity = one is not None and bool(one.target.intensity)
    heading = _("Emissions per unit") if intensity else _("Emissions")
    return CurveData(title, Scale(_("Year"), kind="year"), Scale(heading, words.unit_of(one)), tuple(lines), zero=True)


def _pathway(one: TargetStatus | None) -> Iterator[Line]:
    if one is None or not one.points:
        return
    colour = tokens().series[0]
    yield _line(_("Pathway"), {point.year: float(point.exact) for point in one.points}, colour)
    ends = {point.year: float(point.exact) for point in (one.points[0], one.points[-1])}
    yield _line(_("Base year and target"), ends, colour, kind="points")


def _actual(found: TargetsOf, one: TargetStatus | None) -> Iterator[Line]:
    series = found.status.series
    parts = words.parts_of(found, one)
    compared = dict(one.actual) if one is not None else series.of(parts)
    ink = tokens().text
    if series.recalculated and not (one is not None and one.target.intensity):
        original = series.of(parts, original=True)
        yield _line(_("Actual, original"), original, tokens().muted, dashed=True)
        yield _line(_("Actual, recalculated"), compared, ink)
        yield _line(_("Years"), compared, ink, kind="points")
        return
    if len(compared) > 1:
        yield _line(_("Actual"), compared, ink)
    yield _line(_("Years") if len(compared) > 1 else _("Actual"), compared, ink, kind="points")


def _forecast(
    found: TargetsOf, one: TargetStatus | None, simulation: Simulation | None, last: int | None
) -> Iterator[Line]:
    if found.forecast is None or (one is not None and one.target.intensity):
        return
    parts = words.parts_of(found, one)
    colour = tokens().series[1]
    band = {} if simulation is None else bands(found, one, simulation)
    if shown := _until(band, last):
        x = _numbers(shown)
        low, high = (np.array([float(pair[place]) for pair in shown.values()]) for place in (0, 2))
        yield Line(_("Likely range, P10 to P90"), x, low, "band", high, colour)
    yield _line(_("Forecast without actions"), _until(found.forecast.series(parts, actions=False), last),
                tokens().series[2], dashed=True)  # fmt: skip
    yield _line(_("Forecast with actions"), _until(found.forecast.series(parts), last), colour)


def bands(
    found: TargetsOf, one: TargetStatus | None, simulation: Simulation
) -> dict[int, tuple[Decimal, Decimal, Decimal]]:
    """P10, P50 and P90 by year of what is looked at."""
    key = found.view if one is None or not one.target.parts else one.target.id
    made = {}
    for year in simulation.years:
        band = year.parts.get(key)
        if band is not None:
            made[year.year] = (band.p10, band.p50, band.p90)
    return made


def _until(values: Mapping[int, Value], last: int | None) -> dict[int, Value]:
    return {year: value for year, value in values.items() if last is None or year <= last}


def _line(
    name: str, values: Mapping[int, Decimal | float], colour: str, *, dashed: bool = False,
    kind: Literal["line", "points"] = "line",
) -> Line:  # fmt: skip
    ordered = dict(sorted(values.items()))
    y = np.array([float(value) for value in ordered.values()])
    return Line(name, _numbers(ordered), y, kind, colour=colour, dashed=dashed)


def _numbers(values: Mapping[int, object]) -> Floats:
    return np.array([float(year) for year in values])
