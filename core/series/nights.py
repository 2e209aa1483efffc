"""What a meter counts at night: use that goes on when nobody works, and generation without the sun."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text
from core.series.clock import HOUR, Floats, clock, mean_power
from core.series.curves import NIGHT
from core.series.problems import Examined, Problem, Stretch, told
from core.series.runs import runs
from core.series.wording import figure
from core.series.working import Calendar

Elevation = Callable[[NDArray[np.int64]], Floats]
"""Elevation of the sun [°] at moments [s since 1970-01-01 UTC]."""
USERS = frozenset({"import", "consumption"})
"""Directions of meters that count what is used."""
WORK = (9, 15)
"""Hours of the clock at which a plant that works in the daytime does. [h]"""
HIGH = 0.6
"""Night against working hours; a plant of one shift has a quarter to a third. Limit of this program. [1]"""
ENOUGH = 5
"""Working days that make a median."""
HORIZON = -0.833
"""The upper edge of the sun is on the horizon: half its diameter and the refraction. [°]"""
TURN = 15.0
"""The sun rises by no more than the earth turns. [°/h]"""
TRACE = 0.01
"""Part of the largest value that counts as generation: counters step, inverters measure noise. [1]"""


def night_use(seen: Examined, calendar: Calendar, *, night: tuple[int, int] = NIGHT) -> tuple[Problem, ...]:
    """Whether the median power at night comes near that of the working hours of working days.

    Parameters
    ----------
    seen
        the meter and its values; a sensor or a meter of what is generated is not asked.
    calendar
        which days are worked.
    night
        from which to which hour of the clock. [h]

    Notes
    -----
    Found when median(P at night) > 0.6 × median(P from 9:00 to 15:00 on working days). A plant that works around the
    clock is found too and may say so; hence a note and not a warning.
    """
    if seen.level or seen.meter.direction not in USERS:
        return ()
    power = mean_power(seen.series)
    days, seconds = clock(seen.series, seen.zone)
    known = ~np.isnan(power)
    at_night = known & (seconds >= night[0] * HOUR) & (seconds < night[1] * HOUR)
    at_work = known & (seconds >= WORK[0] * HOUR) & (seconds < WORK[1] * HOUR) & calendar.working(days)
    if len(np.unique(days[at_work])) < ENOUGH or not at_night.any():
        return ()
    low, usual = float(np.median(power[at_night])), float(np.median(power[at_work]))
    if not usual > 0 or low <= HIGH * usual:
        return ()
    series = seen.series
    message = T(
        "At night {night} {unit} are used, {share} % of the {usual} {unit} of working hours.",
        night=figure(low),
        unit=seen.power_unit,
        share=figure(100 * low / usual, 3),
        usual=figure(usual),
    )
    remedy = T(
        "Look for what runs on without need: compressors, ventilation, pumps, lighting; or note that shifts go on."
    )
    amount = float(series.values[at_night].sum())
    count = int(at_night.sum())
    return (Problem("night_use", "info", seen.meter.id, series.start, series.end, count, amount, message, remedy),)


def night_generation(seen: Examined, elevation: Floats | Elevation) -> tuple[Problem, ...]:
    """Generation of a PV system while the sun is below the horizon during the whole interval.

    Parameters
    ----------
    seen
        the meter and its values.
    elevation
        of the sun at the middle of each interval [°], shape (n,); or a function that gives it for moments.

    Notes
    -----
    The elevation h changes by 15°/h at most, so with h(middle) < -0.833° - 15°/h × Δt / 2 the sun does not rise in the
    interval; above 12 hours nothing is found. The usual cause is a wrong time zone or label.
    """
    series = seen.series
    values = series.values
    if np.isnan(values).all():
        return ()
    places = np.flatnonzero(values > TRACE * np.nanmax(values))
    middles = series.start + series.step * places + series.step // 2
    height = elevation(middles) if callable(elevation) else elevation[places]
    dark = np.zeros(len(values), np.bool_)
    dark[places[height < HORIZON - TURN * series.hours / 2]] = True

    def say(one: Stretch) -> Text:
        return T(
            "From {start} to {end} {amount} {unit} were generated while the sun was below the horizon.",
            start=seen.when(one.start),
            end=seen.when(one.end),
            amount=figure(seen.amount(one.first, one.last) or 0.0),
            unit=seen.meter.unit,
        )

    remedy = T("Check time zone, daylight saving and whether times name the beginning or the end of the interval.")
    return told(seen, "night_generation", runs(dark), say, remedy)
