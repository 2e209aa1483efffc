"""Which report counts in which month, for which plant, and with which share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.group.register.ownership import GROUP, ONE, RULES, Ownership, known_as
from core.ledger import Site
from core.store import Filed


@dataclass(frozen=True, slots=True)
class Placed:
    """A report in a year of the group."""

    filed: Filed
    key: str
    """Of its plant: the id in the register, or ``country/name``."""
    site: Site | None
    months: frozenset[int]
    """Months from the year 0 that are taken from this report and no other."""
    beside: frozenset[int]
    """Months of its period that are taken from another report of the same plant."""
    shares: Mapping[int, Decimal]
    """Part that counts, by month; nothing for those taken from elsewhere. [-]"""

    @property
    def whole(self) -> bool:
        """Whether all of it counts."""
        return not self.beside and all(share == ONE for share in self.shares.values())


def placed(owned: Ownership, reports: Sequence[Filed], approach: str) -> tuple[Placed, ...]:
    """Each report in the order given.

    Where two reports of a plant cover the same day, the month of that day belongs to the one with the longer period,
    then to the one signed later, then to the one with the larger hash: so that the order of arrival decides nothing.
    """
    keys = [_key(owned, filed) for filed in reports]
    taken: dict[str, list[tuple[date, date]]] = {}
    found: dict[int, Placed] = {}
    shares = _Shares(owned, approach)
    for at in sorted(range(len(reports)), key=lambda n: _precedence(reports[n]), reverse=True):
        filed, key = reports[at], keys[at]
        first, last = period_of(filed)
        beside = frozenset(
            month
            for begin, end in taken.get(key, ())
            if begin <= last and first <= end
            for month in _months(max(begin, first), min(end, last))
        )
        taken.setdefault(key, []).append((first, last))
        months = frozenset(_months(first, last)) - beside
        site = owned.sites.get(key)
        found[at] = Placed(filed, key, site, months, beside, shares.of(site, months))
    return tuple(found[at] for at in range(len(reports)))


def period_of(filed: Filed) -> tuple[date, date]:
    """First and last day of a report's period; the calendar year where an early version did not keep them."""
    if filed.start and filed.end:
        return date.fromisoformat(filed.start), date.fromisoformat(filed.end)
    return date(filed.year, 1, 1), date(filed.year, 12, 31)


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


def _key(owned: Ownership, filed: Filed) -> str:
    site = owned.site_of(filed)
    return site.id if site is not None else f"{filed.country.strip().upper()}/{known_as(filed.plant)}"


def _precedence(filed: Filed) -> tuple[int, str, str]:
    first, last = period_of(filed)
    return (last - first).days, filed.signed_at, filed.sha256


def _months(first: date, last: date) -> range:
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)


class _Shares:
    """Shares of plants by month, asked for once a year."""

    def __init__(self, owned: Ownership, approach: str) -> None:
        self._owned, self._approach = owned, approach
        self._known: dict[tuple[str, int], tuple[Decimal, ...]] = {}

    def of(self, site: Site | None, months: frozenset[int]) -> dict[int, Decimal]:
        if site is None:
            return dict.fromkeys(sorted(months), ONE)
        years = {year: self._year(site.id, year) for year in {month // 12 for month in months}}
        return {month: years[month // 12][month % 12] for month in sorted(months)}

    def _year(self, key: str, year: int) -> tuple[Decimal, ...]:
        if (key, year) not in self._known:
            self._known[key, year] = self._owned.months(key, year, self._approach)
        return self._known[key, year]
