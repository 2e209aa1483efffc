"""What cannot be right in the values of a meter by themselves: gaps, limits, signs, stuck values, slips of the unit.

Each check looks at one :class:`~core.series.problems.Examined` and tells what it finds; none changes a value. Their
limits are those of the meter or of this program.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text, Value
from core.series.clock import HOUR, Floats, clock, mean_power
from core.series.problems import Examined, Problem, Stretch, told
from core.series.runs import equal_runs, runs
from core.series.wording import figure

STUCK = 12.0
"""A value that stays the same for longer is suspicious. [h]"""
REPEATED = 4
"""Repetitions at least, of intervals however long."""
SLIPS = (1000.0, 10000.0)
"""kWh for MWh, Wh for kWh, L for m³; and the Chinese ten thousand."""
ALONE = 20.0
"""How far a single value must be above 95 % of the others before its unit is doubted; limit of this program. [1]"""
ENOUGH = 4
"""Fewer days have no median worth the name."""


def gaps(seen: Examined) -> tuple[Problem, ...]:
    """Missing values between the first and the last one that are there; each unbroken stretch is one."""
    missing = np.isnan(seen.series.values)
    there = np.flatnonzero(~missing)
    if not len(there):
        return ()
    missing[: there[0]] = missing[there[-1] :] = False

    def say(gap: Stretch) -> Text:
        return T(
            "{count} values are missing from {start} to {end} ({hours} h).",
            count=gap.last - gap.first,
            start=seen.when(gap.start),
            end=seen.when(gap.end),
            hours=figure((gap.end - gap.start) / HOUR),
        )

    return told(seen, "gaps", runs(missing), say, T("Import the missing values, or estimate them on purpose."))


def limits(seen: Examined) -> tuple[Problem, ...]:
    """Mean powers or levels outside what the record of the meter calls plausible."""
    power = mean_power(seen.series, level=seen.level)
    low, high = seen.meter.lowest, seen.meter.highest
    remedy = T("Compare unit, multiplier and time stamps with the file; correct the limit if it is wrong.")

    def above(one: Stretch) -> Text:
        return T(
            "From {start} to {end} up to {power} {unit}; the largest plausible value of the meter is {limit} {unit}.",
            **_beyond(seen, one, float(power[one.first : one.last].max()), high),
        )

    def below(one: Stretch) -> Text:
        return T(
            "From {start} to {end} down to {power} {unit}; the smallest plausible value of the meter is {limit} "
            "{unit}.",
            **_beyond(seen, one, float(power[one.first : one.last].min()), low),
        )

    found = () if high is None else told(seen, "limits", runs(power > float(high)), above, remedy)
    return found if low is None else (*found, *told(seen, "limits", runs(power < float(low)), below, remedy))


def _beyond(seen: Examined, one: Stretch, power: float, limit: Decimal | None) -> dict[str, Value]:
    return {
        "start": seen.when(one.start),
        "end": seen.when(one.end),
        "power": figure(power),
        "unit": seen.power_unit,
        "limit": limit or Decimal(0),
    }


def negative(seen: Examined) -> tuple[Problem, ...]:
    """Amounts below zero; a level may be."""
    if seen.level:
        return ()

    def say(one: Stretch) -> Text:
        return T(
            "From {start} to {end} less than nothing was counted: {amount} {unit}.",
            start=seen.when(one.start),
            end=seen.when(one.end),
            amount=figure(seen.amount(one.first, one.last) or 0.0),
            unit=seen.meter.unit,
        )

    remedy = T("Check direction and sign; energy that flows both ways needs a meter for each direction.")
    return told(seen, "negative", runs(seen.series.values < 0), say, remedy)


def stuck(seen: Examined, longest: int | None = None) -> tuple[Problem, ...]:
    """The same value, other than zero, in more than ``longest`` intervals one after the other.

    Parameters
    ----------
    seen
        the meter and its values.
    longest
        how many equal values are still plausible; those of 12 hours, and at least 4, when not given.
    """
    values = seen.series.values
    limit = max(REPEATED, round(STUCK / seen.series.hours)) if longest is None else longest
    spans = equal_runs(values)
    long = spans[:, 1] - spans[:, 0] > limit
    spans = spans[long]
    spans = spans[values[spans[:, 0]] != 0]

    def say(one: Stretch) -> Text:
        return T(
            "From {start} to {end} the value stays {value} {unit} for {count} intervals.",
            start=seen.when(one.start),
            end=seen.when(one.end),
            value=figure(float(values[one.first])),
            unit=seen.meter.unit,
            count=one.last - one.first,
        )

    remedy = T("Compare with the counter of the meter; the logger may have repeated its last value.")
    return told(seen, "stuck", spans, say, remedy)


def slips(seen: Examined) -> tuple[Problem, ...]:
    """Days about 1,000 or 10,000 times, or one such part of, the median day; and single values so far above the median.

    What differs from what is usual by a power of ten is probably a wrong unit: a file that changed from MWh to kWh.
    Where more than half of the values slipped, those that did not are told, as the jump lies between them all the same.
    """
    if seen.level:
        return ()
    high, low = _slipped(seen)
    remedy = T("Compare unit and multiplier with the file; import it again with the right unit.")

    def above(one: Stretch) -> Text:
        return T(
            "From {start} to {end} about 1,000 or 10,000 times what is usual: probably a wrong unit.",
            start=seen.when(one.start),
            end=seen.when(one.end),
        )

    def below(one: Stretch) -> Text:
        return T(
            "From {start} to {end} about 1/1,000 or 1/10,000 of what is usual: probably a wrong unit.",
            start=seen.when(one.start),
            end=seen.when(one.end),
        )

    return (*told(seen, "slips", runs(high), above, remedy), *told(seen, "slips", runs(low), below, remedy))


def _slipped(seen: Examined) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which values are too large, and which too small, by a power of ten."""
    values = seen.series.values
    days, _ = clock(seen.series, seen.zone)
    begin = np.flatnonzero(np.diff(days, prepend=-1))
    nothing = np.zeros(len(values), np.bool_)
    # Of a wrong unit the largest value of a day is wrong as its sum is; of a day of rest or snow only the sum is small.
    sums = np.add.reduceat(np.nan_to_num(values), begin) if len(values) else values
    tops = np.fmax.reduceat(values, begin) if len(values) else values
    usual, positive = (sums > 0) & (tops > 0), values[values > 0]
    if int(usual.sum()) < ENOUGH:
        return nothing, nothing
    by_sum, by_top = (np.where(usual, x, np.nan) / np.median(x[usual]) for x in (sums, tops))
    number = np.cumsum(np.diff(days, prepend=days[0]) > 0)
    # A machine that runs now and then is far above its standby too, but not above itself.
    alone = _times(values / np.median(positive)) & (values > ALONE * np.quantile(positive, 0.95))
    high = (_times(by_sum) & _times(by_top))[number] | alone
    low = (_times(1 / by_sum) & _times(1 / by_top))[number]
    return high & (values > 0), low & (values > 0)


def _times(ratio: Floats) -> NDArray[np.bool_]:
    """Whether a ratio is about one of the powers of ten: between half and twice of it."""
    found = np.zeros(ratio.shape, np.bool_)
    for slip in SLIPS:
        found |= (ratio >= slip / 2) & (ratio <= slip * 2)
    return found
