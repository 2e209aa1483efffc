"""What the generation earns: purchased electricity saved at the price of its time, and feed-in revenue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.ledger.energy import Tariff
from core.library import EXACT
from core.methods import exact_sum
from core.series import Series
from core.series.zones import local_parts
from core.solar.grid import Floats
from core.solar.tariffs import WEEK, check_tariffs, week_of

DIGITS = Decimal("0.001")
"""Energies are rounded so before they are priced, and money is exact. [kWh]"""
LONGEST = 3600
"""Longer intervals cannot be put under prices by time. [s]"""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Priced:
    """Energy under one price."""

    tariff: str
    """Its name."""
    when: str
    """The band as typed; empty for the feed-in."""
    price: Decimal
    """Per kWh."""
    energy: Decimal
    """[kWh]"""
    money: Decimal
    """[currency]"""


@dataclass(frozen=True, slots=True)
class Earned:
    """Money for energy, by price."""

    currency: str
    """ISO 4217; empty without a tariff."""
    parts: tuple[Priced, ...]
    """In the order of tariffs and their bands; also those without energy."""
    unpriced: Decimal
    """Energy at times for which there is no price. [kWh]"""
    missing: int
    """Intervals without a value; they earn nothing here."""

    @property
    def energy(self) -> Decimal:
        """With a price. [kWh]"""
        return exact_sum(part.energy for part in self.parts)

    @property
    def money(self) -> Decimal:
        """[currency]"""
        return exact_sum(part.money for part in self.parts)

    @property
    def mean_price(self) -> Decimal | None:
        """Per kWh, weighted by the energy; None without energy."""
        return EXACT.divide(self.money, self.energy) if self.energy else None


def saved(self_used: Series, tariffs: Sequence[Tariff], zone: ZoneInfo) -> Earned:
    """Value of self-used electricity at the prices of the purchased electricity that it replaced.

    Parameters
    ----------
    self_used
        [kWh]
    tariffs
        of which at most one holds on a day, in one currency.
    zone
        by whose clock the bands are meant.

    Returns
    -------
    Earned

    Raises
    ------
    UserError
        for a band that cannot be read, tariffs that contradict each other, or prices by time for intervals longer than
        an hour.

    Notes
    -----
    M = Σ E_b p_b over bands b. Of an interval in which the price changes each band gets its share of the minutes. Only
    the price per kWh is looked at: demand charges and taxes that do not follow the kWh are not saved.

    Examples
    --------
    >>> peak = Tariff(
    ...     "t", "Peak", "CNY", date(2024, 1, 1), date(2024, 12, 31),
    ...     (("1-5 08:00-12:00", "1.2"), ("1-7 00:00-24:00", "0.6")),
    ... )
    >>> monday = Series(1_704_070_800 - 3600, 3600, np.array([10.0, 10.0]))  # 2024-01-01, 08:00 and 09:00 in Shanghai
    >>> str(saved(monday, [peak], ZoneInfo("Asia/Shanghai")).money)
    '24.0000'
    """
    chosen = tuple(tariffs)
    check_tariffs(chosen)
    spots, rest, missing = _split(self_used, chosen, zone)
    parts: list[Priced] = []
    for tariff, (energy, minutes) in zip(chosen, spots, strict=True):
        bands, week = week_of(tariff)
        by_band, bare = _by_band(energy, minutes, week, len(bands), self_used.step)
        rest += bare
        parts += [
            _priced(tariff.name, band.when, band.price, kwh) for band, kwh in zip(bands, by_band.tolist(), strict=True)
        ]
    return Earned(_currency(chosen), tuple(parts), _exact(rest), missing)


def feed_in_revenue(fed_in: Series, tariffs: Sequence[Tariff], zone: ZoneInfo) -> Earned:
    """What is paid for electricity fed in.

    Parameters
    ----------
    fed_in
        [kWh]
    tariffs
        of which at most one holds on a day, in one currency.
    zone
        whose days they hold on.

    Returns
    -------
    Earned

    Raises
    ------
    UserError
        for tariffs that contradict each other.

    Notes
    -----
    M = Σ E p, with the price of the tariff of the day.

    Examples
    --------
    >>> sold = Tariff("t", "Sold", "CNY", date(2024, 1, 1), date(2024, 12, 31), feed_in=Decimal("0.35"))
    >>> str(feed_in_revenue(Series(1_704_070_800, 3600, np.array([10.0])), [sold], ZoneInfo("Asia/Shanghai")).money)
    '3.50000'
    """
    chosen = tuple(tariffs)
    check_tariffs(chosen)
    spots, rest, missing = _split(fed_in, chosen, zone)
    parts = [
        _priced(tariff.name, "", tariff.feed_in, float(energy.sum()))
        for tariff, (energy, _) in zip(chosen, spots, strict=True)
    ]
    return Earned(_currency(chosen), tuple(parts), _exact(rest), missing)


def _split(
    series: Series, tariffs: tuple[Tariff, ...], zone: ZoneInfo
) -> tuple[list[tuple[Floats, NDArray[np.int64]]], float, int]:
    """For each tariff the energies of its days and their minutes of the week; energy of other days; missing values."""
    known = np.isfinite(series.values)
    energy = series.values[known]
    days, seconds = local_parts(series.starts[known], zone)
    minutes = (days + 3) % 7 * 1440 + seconds // 60  # 1970-01-01 was a Thursday
    spots, free = [], np.ones(len(energy), dtype=np.bool_)
    for tariff in tariffs:
        here = (days >= (tariff.start - _EPOCH).days) & (days <= (tariff.end - _EPOCH).days)
        free &= ~here
        spots.append((energy[here], minutes[here]))
    return spots, float(energy[free].sum()), int((~known).sum())


def _by_band(
    energy: Floats, minutes: NDArray[np.int64], week: NDArray[np.int64], count: int, step: int
) -> tuple[Floats, float]:
    """Energy of each band, and that at minutes without one."""
    if len(set(week.tolist())) > 1 and step > LONGEST:
        raise UserError(
            T("Prices by time need values of an hour or less, not of {hours} hours.", hours=step // 3600),
            T("Import the meter in shorter intervals, or use a tariff with one price."),
        )
    length = max(step // 60, 1)
    sums = np.zeros(count + 1)
    for band in range(-1, count):
        held = np.concatenate(([0], np.cumsum(np.tile(week == band, 2))))
        within = minutes if step <= LONGEST else minutes * 0
        last = within + min(length, WEEK)
        sums[band] = float((energy * (held[last] - held[within]) / min(length, WEEK)).sum())
    return sums[:count], float(sums[-1])


def _priced(tariff: str, when: str, price: Decimal, energy: float) -> Priced:
    kwh = _exact(energy)
    return Priced(tariff, when, price, kwh, EXACT.multiply(kwh, price))


def _currency(tariffs: tuple[Tariff, ...]) -> str:
    return tariffs[0].currency if tariffs else ""


def _exact(energy: float) -> Decimal:
    return Decimal(repr(energy)).quantize(DIGITS, context=EXACT)
