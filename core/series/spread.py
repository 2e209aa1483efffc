"""Filling a gap with what a known total leaves for it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.clock import Floats
from core.series.estimates import Estimate, filled_in, fineness, missing
from core.series.profiles import Profile
from core.series.series import Series
from core.series.working import Calendar, kind_of
from core.series.zones import local_parts

_EXACT = Context(prec=34)


def spread(
    series: Series,
    start: int,
    end: int,
    zone: ZoneInfo,
    *,
    total: Decimal,
    source: str,
    profile: Profile | None = None,
    calendar: Calendar | None = None,
) -> Estimate:
    """What a known total leaves for the missing values, in proportion to a profile.

    Parameters
    ----------
    series
        amounts. [unit]
    start, end
        span of the total. [s since 1970-01-01 UTC]
    zone
        whose clock and calendar the profile follows.
    total
        of the whole span, with the values that are there. [unit]
    source
        where the total stands, e.g. the number of the bill.
    profile
        mean power by time of the clock, e.g. of the same meter; evenly when not given.
    calendar
        which days were worked, as for the profile.

    Raises
    ------
    UserError
        when nothing is missing there, the values that are there make more than the total, the span reaches beyond the
        series, or the profile says nothing of a time at which a value is missing.

    Notes
    -----
    x_i = (total - Σ known) w_i / Σ w, in whole units of the last decimal, so that the sum is exactly the total.
    """
    wanted = missing(series, start, end)
    if start < series.start or end > series.end:
        raise UserError(
            T("The total covers more time than the series."), T("Choose the days of the total within the series.")
        )
    places = np.flatnonzero(wanted)
    inside = (series.starts >= start) & (series.starts < end) & ~np.isnan(series.values)
    known = _sum(Decimal(repr(value)) for value in series.values[inside].tolist())
    rest = _EXACT.subtract(total, known)
    if rest < 0:
        raise UserError(
            T(
                "The values that are there make {known} already, more than the total of {total}.",
                known=known,
                total=total,
            ),
            T("Compare the days and the unit of the total."),
        )
    weights = _weights(series, places, zone, profile, calendar or Calendar())
    method = (
        T("Total of {total} by {source}, less the values that are there, spread evenly.", total=total, source=source)
        if profile is None
        else T(
            "Total of {total} by {source}, less the values that are there, spread by the load profile.",
            total=total,
            source=source,
        )
    )
    return filled_in(series, places, _shared(rest, weights, max(fineness(series), _places(total))), method)


def _weights(
    series: Series, places: NDArray[np.int64], zone: ZoneInfo, profile: Profile | None, calendar: Calendar
) -> Floats:
    if profile is None:
        return np.ones(len(places))
    days, seconds = local_parts(series.start + series.step * places, zone)
    weights = profile.mean[kind_of(days, profile.kinds, calendar), seconds // profile.slot]
    if np.isnan(weights).any() or (weights < 0).any() or not weights.sum() > 0:
        raise UserError(
            T("The load profile has no usable mean for some of the missing values."),
            T("Make the profile of a longer time, or spread evenly."),
        )
    return weights


def _shared(rest: Decimal, weights: Floats, decimals: int) -> Floats:
    """Parts in whole units of the last decimal; the running sum is rounded, so that the last one is the whole."""
    units = _EXACT.scaleb(rest, decimals).to_integral_value()
    if units > 2**53:
        raise UserError(T("The total {total} has too many digits.", total=rest), T("Round it."))
    running = np.cumsum(weights)
    parts: Floats = np.diff(np.rint(running / running[-1] * int(units)), prepend=0.0) / 10.0**decimals
    return parts


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total
