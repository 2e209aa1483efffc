"""Which report counts in which month, for which plant, and with which share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from core.group.register.ownership import GROUP, ONE, RULES, ZERO, Ownership, known_as
from core.group.year.months import month_key
from core.ledger import Site
from core.store import Filed

PERIODS = 1_000
"""Different periods that are read once."""
NOTHING: frozenset[int] = frozenset()
Held = tuple[tuple[object, ...], ...] | None
"""All that decides who holds a plant; None: nobody is entered."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Which part of a report counts. Reports that count alike have the same object."""

    by_month: Mapping[int, Decimal]
    """By month from the year 0; nothing for those taken from elsewhere. [-]"""
    named: Mapping[str, Decimal]
    """The same by keys such as ``2024-01``."""
    ones: bool
    """Every month counts wholly."""
    parted: bool
    """Some month counts in part, so that each cell has to be rounded by itself."""

    @staticmethod
    def of(by_month: Mapping[int, Decimal]) -> Shares:
        """From shares by month."""
        values = set(by_month.values())
        named = {month_key(month): share for month, share in sorted(by_month.items())}
        return Shares(by_month, named, values <= {ONE}, not values <= {ZERO, ONE})


@dataclass(frozen=True, slots=True)
class Placed:
    """A report in a year of the group."""

    filed: Filed
    key: str
    """Of its plant: the id in the register, or ``country/name``."""
    site: Site | None
    held: Held
    months: frozenset[int]
    """Months from the year 0 that are taken from this report and no other."""
    beside: frozenset[int]
    """Months of its period that are taken from another report of the same plant."""
    shares: Shares

    @property
    def whole(self) -> bool:
        """Whether all of it counts."""
        return not self.beside and self.shares.ones


def placed(owned: Ownership, reports: Sequence[Filed], approach: str) -> tuple[Placed, ...]:
    """Each report in the order given.

    Where two reports of a plant cover the same day, the month of that day belongs to the one with the longer period,
    then to the one signed later, then to the one with the larger hash: so that the order of arrival decides nothing.
    """
    keys = [key_of(owned, filed) for filed in reports]
    periods = [period_of(filed) for filed in reports]
    taken: dict[str, list[tuple[date, date]]] = {}
    found: dict[int, Placed] = {}
    shares = _Shares(owned, approach)
    for at in sorted(range(len(reports)), key=lambda n: _precedence(reports[n], *periods[n]), reverse=True):
        key = keys[at]
        first, last = periods[at]
        every, beside = _months(first, last), NOTHING
        if key in taken:
            beside = frozenset(
                month
                for begin, end in taken[key]
                if begin <= last and first <= end
                for month in _months(max(begin, first), min(end, last))
            )
        taken.setdefault(key, []).append((first, last))
        months = every - beside if beside else every
        site = owned.sites.get(key)
        held = held_by(owned, site)
        found[at] = Placed(reports[at], key, site, held, months, beside, shares.of(site, held, months))
    return tuple(found[at] for at in range(len(reports)))


def period_of(filed: Filed) -> tuple[date, date]:
    """First and last day of a report's period; the calendar year where an early version did not keep them."""
    if filed.start and filed.end:
        return _days(filed.start, filed.end)
    return date(filed.year, 1, 1), date(filed.year, 12, 31)


@lru_cache(PERIODS)
def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


def holder_of(owned: Ownership, site: Site, year: int, approach: str) -> str:
    """Id of the company through which the group holds most of a plant, on the last day of the year on which it does.

    ``group`` where it holds it directly or nothing is entered; empty where it does not hold it on any day.
    """
    stakes = owned.stakes.get(site.id)
    if stakes is None:
        return GROUP
    ends = {date.fromisoformat(s.end) for s in stakes if s.end.startswith(str(year))}
    days = {date(year, 12, 31), *ends, *(day - timedelta(days=1) for day in owned.cuts(site.id, year)[1:])}
    for day in sorted(days, reverse=True):
        parts = [
            (RULES[approach]([(stake, owned.share(stake.holder, day, approach))]), stake.holder)
            for stake in stakes
            if stake.start <= day.isoformat() <= (stake.end or "9999")
        ]
        most = max((part for part, _ in parts), default=Decimal(0))
        if most > 0:
            return min(holder for part, holder in parts if part == most)
    return ""


def key_of(owned: Ownership, filed: Filed) -> str:
    """Of the plant of a report: its id in the register, or ``country/name``."""
    site = owned.site_of(filed)
    return site.id if site is not None else f"{filed.country.strip().upper()}/{known_as(filed.plant)}"


def _precedence(filed: Filed, first: date, last: date) -> tuple[int, str, str]:
    return (last - first).days, filed.signed_at, filed.sha256


@lru_cache(PERIODS)
def _months(first: date, last: date) -> frozenset[int]:
    return frozenset(range(first.year * 12 + first.month - 1, last.year * 12 + last.month))


class _Shares:
    """Shares by month, worked out once for all plants that are held alike and report the same months."""

    def __init__(self, owned: Ownership, approach: str) -> None:
        self._owned, self._approach = owned, approach
        self._years: dict[tuple[Held, int], tuple[Decimal, ...]] = {}
        self._known: dict[tuple[bool, Held, frozenset[int]], Shares] = {}

    def of(self, site: Site | None, held: Held, months: frozenset[int]) -> Shares:
        alike = (site is None, held, months)
        if alike not in self._known:
            self._known[alike] = Shares.of(self._by_month(site, held, months))
        return self._known[alike]

    def _by_month(self, site: Site | None, held: Held, months: frozenset[int]) -> dict[int, Decimal]:
        if site is None:
            return dict.fromkeys(sorted(months), ONE)
        for year in {month // 12 for month in months}:
            if (held, year) not in self._years:
                self._years[held, year] = self._owned.months(site.id, year, self._approach)
        return {month: self._years[held, month // 12][month % 12] for month in sorted(months)}


def held_by(owned: Ownership, site: Site | None) -> Held:
    """The stakes of a plant without their ids."""
    stakes = None if site is None else owned.stakes.get(site.id)
    if stakes is None:
        return None
    return tuple((one.holder, one.start, one.end, one.percent, one.operational, one.financial) for one in stakes)
