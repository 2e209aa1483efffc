"""Everything that can be noticed about a meter and its values, for the window, the command line and the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.i18n import T, Text
from core.ledger import Meter
from core.series.children import children_above
from core.series.clock import Floats
from core.series.nights import Elevation, night_generation, night_use
from core.series.plausibility import gaps, limits, negative, slips, stuck
from core.series.problems import CHECKS, Examined, Problem
from core.series.series import Series
from core.series.wording import figure
from core.series.working import Calendar
from core.series.zones import begin_of

_ORDER = {check: place for place, check in enumerate(CHECKS)}


def examine(
    meter: Meter,
    series: Series | None,
    children: Mapping[str, Series] | None = None,
    *,
    zone: ZoneInfo,
    meters: Mapping[str, Meter] | None = None,
    day: date | None = None,
    elevation: Floats | Elevation | None = None,
    calendar: Calendar | None = None,
    longest_stuck: int | None = None,
    behind_pv: bool = False,
) -> tuple[Problem, ...]:
    """Put every question to the values of a meter. Nothing is changed, whatever is found.

    Parameters
    ----------
    meter
        its record: medium, direction, limits, class, calibration.
    series
        its values in the meter's unit; None when it has no interval data.
    children
        values of the meters whose parent it is, by their ids.
    zone
        of the plant.
    meters
        records of the children, by id.
    day
        last day of the period that is looked at, on which the calibration must hold; that of the series when not given.
    elevation
        of the sun [°] at the middle of each interval, or a function that gives it for moments; for a meter that counts
        the generation of a PV system.
    calendar
        which days are worked; from Monday to Friday when not given.
    longest_stuck
        equal values that are plausible one after the other; those of 12 hours when not given.
    behind_pv
        whether a PV system generates behind it: by day it then counts only what the sun leaves, and its nights say
        nothing about the use.

    Returns
    -------
    tuple
        in the order of :data:`~core.series.problems.CHECKS` and of time.
    """
    found = list(calibration(meter, series, zone, day))
    if series is not None and len(series):
        seen = Examined(meter, series, zone)
        found += [*gaps(seen), *limits(seen), *negative(seen), *stuck(seen, longest_stuck), *slips(seen)]
        found += () if behind_pv else night_use(seen, calendar or Calendar())
        if elevation is not None and not seen.level:
            found += night_generation(seen, elevation)
        if children:
            found += children_above(seen, children, meters or {})
    return tuple(sorted(found, key=lambda one: (_ORDER[one.check], one.start)))


def calibration(meter: Meter, series: Series | None, zone: ZoneInfo, day: date | None = None) -> tuple[Problem, ...]:
    """Whether the calibration of a meter holds to the end, and what was counted after it.

    Parameters
    ----------
    meter
        its record.
    series
        its values; None when it has no interval data.
    zone
        of the plant.
    day
        the last day that is looked at; that of the series when not given.
    """
    span = _span(series, zone, day)
    if span is None:
        return ()
    start, end = span
    if not meter.calibrated_to:
        return (_problem(meter, "info", start, end, T("It is not known to which day the calibration holds.")),)
    try:
        last = date.fromisoformat(meter.calibrated_to)
    except ValueError:
        message = T("“{day}” is no day to which a calibration holds.", day=meter.calibrated_to)
        return (_problem(meter, "warning", start, end, message),)
    over = begin_of(last + timedelta(days=1), zone)
    if over >= end:
        return ()
    message = T("The calibration was valid to {day} only.", day=last)
    count, amount = (0, None) if series is None else _counted(Examined(meter, series, zone), over, end)
    if amount is not None:
        message = T(
            "The calibration was valid to {day} only; {amount} {unit} were counted afterwards.",
            day=last,
            amount=figure(amount),
            unit=meter.unit,
        )
    return (_problem(meter, "warning", max(start, over), end, message, count, amount),)


def _span(series: Series | None, zone: ZoneInfo, day: date | None) -> tuple[int, int] | None:
    """What is looked at. [s since 1970-01-01 UTC]"""
    end = None if day is None else begin_of(day + timedelta(days=1), zone)
    if series is not None and len(series):
        return series.start, series.end if end is None else end
    return None if end is None or day is None else (begin_of(day, zone), end)


def _counted(seen: Examined, start: int, end: int) -> tuple[int, float | None]:
    """How many values begin between two moments, and what they hold."""
    first, last = np.searchsorted(seen.series.starts, (start, end)).tolist()
    return int(np.count_nonzero(~np.isnan(seen.series.values[first:last]))), seen.amount(first, last)


def _problem(
    meter: Meter, severity: str, start: int, end: int, message: Text, count: int = 0, amount: float | None = None
) -> Problem:
    remedy = T("Enter the last day of the newest certificate, or have the meter calibrated.")
    return Problem("calibration", severity, meter.id, start, end, count, amount, message, remedy)
