"""Degree days of the weather that was, from temperatures of every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.audit.key_figures import COOLING, DEGREE_DAYS, HEATING
from core.errors import UserError
from core.i18n import T
from core.inventory import Period, months_of
from core.ledger import KeyFigure

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    from numpy.typing import NDArray

    from core.series.series import Series
    from core.solar.weather import Hourly

    Floats = NDArray[np.float64]

BASES = {HEATING: Decimal(18), COOLING: Decimal(26)}
"""Usual base temperatures in China (HDD18 and CDD26 of JGJ 26-2018). [°C]"""
ENOUGH = 0.9
"""Share of a day's values that must be there before its mean is known. [1]"""
COLDEST, WARMEST = Decimal(-20), Decimal(40)
"""Base temperatures outside are slips of the pen. [°C]"""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class DailyMeans:
    """Mean outdoor temperature of each local day."""

    first: date
    values: Floats
    """NaN for a day that is not known. [°C]"""


def means_of_weather(weather: Hourly) -> DailyMeans:
    """Of a weather file, by its local standard time.

    Raises
    ------
    UserError
        for a typical year, which says nothing about a year that was, and for a file without air temperature.
    """
    import numpy as np

    if weather.typical:
        raise UserError(
            T("The file describes a typical year, not the weather of a year that was."),
            T("Choose hours of the years themselves, or enter the degree days of the weather service."),
        )
    if weather.temp_air is None:
        raise UserError(T("The weather holds no air temperature."), T("Choose a file with it."))
    days = (weather.starts + weather.offset) // 86_400
    return _means(days, np.asarray(weather.temp_air, dtype=np.float64), 86_400 / weather.step)


def means_of_sensor(series: Series, zone: ZoneInfo) -> DailyMeans:
    """Of a sensor outdoors, by the calendar of the plant."""
    import numpy as np

    from core.series.days import day_sums

    days = day_sums(series, zone, level=True)
    known = days.present >= ENOUGH * days.expected
    return DailyMeans(days.first, np.where(known, days.mean, np.nan))


def _means(days: NDArray[np.int64], values: Floats, enough: float) -> DailyMeans:
    import numpy as np

    number = days - days[0]
    known = np.isfinite(values)
    count = np.bincount(number[known], minlength=int(number[-1]) + 1)
    sums = np.bincount(number[known], values[known], minlength=int(number[-1]) + 1)
    means = np.where(count >= ENOUGH * enough, sums / np.maximum(count, 1), np.nan)
    return DailyMeans(_EPOCH + timedelta(days=int(days[0])), means)


def degree_days(means: DailyMeans, name: str, base: Decimal, period: Period) -> Decimal | None:
    """Degree days of a period; None when a day of it is not known.

    Parameters
    ----------
    means
        mean temperature of each day. [°C]
    name
        ``heating_degree_days`` or ``cooling_degree_days``.
    base
        temperature below which is heated, or above which is cooled. [°C]
    period
        whose days count.

    Returns
    -------
    Decimal
        to one decimal. [K·d]

    Notes
    -----
    HDD = Σ max(0, base - mean of the day), CDD = Σ max(0, mean of the day - base), the definition of JGJ 26-2018.

    Examples
    --------
    >>> import numpy as np
    >>> week = Period(date(2024, 1, 1), date(2024, 1, 4))
    >>> degree_days(DailyMeans(week.start, np.array([8.0, 17.5, 18.0, 21.0])), HEATING, Decimal(18), week)
    Decimal('10.5')
    """
    import numpy as np

    start = (period.start - means.first).days
    if start < 0 or start + period.days > len(means.values):
        return None
    of_days = means.values[start : start + period.days]
    if not np.isfinite(of_days).all():
        return None
    apart = float(base) - of_days if name == HEATING else of_days - float(base)
    return Decimal(f"{float(np.maximum(apart, 0.0).sum()):.1f}")


@dataclass(frozen=True, slots=True)
class DegreeDays:
    """Key figures by month, without ids, and the months of which a day is not known."""

    figures: tuple[KeyFigure, ...]
    unknown: tuple[date, ...]
    """First days of the months."""


def degree_day_figures(
    means: DailyMeans, name: str, base: Decimal, period: Period, evidence: str, note: str
) -> DegreeDays:
    """The degree days of each month of a period as key figures that say their base temperature.

    Raises
    ------
    UserError
        for a base temperature that cannot be meant, or when no month is complete.
    """
    if not COLDEST <= base <= WARMEST:
        raise UserError(
            T("A base temperature of {base} °C is not plausible.", base=base),
            T("Usual are 15 to 20 °C for heating and 18 to 26 °C for cooling."),
        )
    found: list[KeyFigure] = []
    unknown: list[date] = []
    for month in months_of(period):
        quantity = degree_days(means, name, base, month)
        if quantity is None:
            unknown.append(month.start)
            continue
        words = f"{base:f} °C; {note}" if note else f"{base:f} °C"
        found.append(KeyFigure("", name, DEGREE_DAYS, month.start, month.end, quantity, evidence, words))
    if not found:
        raise UserError(
            T("No month from {start} to {end} has temperatures of all its days.", start=period.start, end=period.end),
            T("Choose weather of that time, or enter the degree days of the weather service."),
        )
    return DegreeDays(tuple(found), tuple(unknown))
