"""Which part of a plant the group answers for, day by day: who holds whom, through how many companies.

A plant on which the register has no stake at all belongs to the group wholly, so that a group that owns all of its
plants need not say so. As soon as one stake is entered, only the days and the holders entered count.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.ledger import Company, Register, Site, Stake
from core.library import EXACT
from core.store import Filed

GROUP = "group"
"""Id of the group among holders."""
EQUITY, OPERATIONAL, FINANCIAL = "equity_share", "operational_control", "financial_control"
APPROACHES = (OPERATIONAL, FINANCIAL, EQUITY)
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
LAST = "9999-12-31"
Held = Sequence[tuple[Stake, Decimal]]
"""Stakes on one company or plant, each with the share that the group has of its holder."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The stakes of a register, ready to be asked many times."""

    sites: Mapping[str, Site]
    names: Mapping[tuple[str, str], Site]
    """Plants by name, in the form of :func:`known_as`, and country."""
    stakes: Mapping[str, tuple[Stake, ...]]
    """All stakes on a company or plant, by its id."""
    called: Mapping[str, str]
    """Names of companies and plants by id."""
    years: frozenset[int]
    """In which any stake begins or ends."""

    @staticmethod
    def of(register: Register) -> Ownership:
        """Read a register once; the order of its records does not matter."""
        sites = {site.id: site for site in sorted(register.held(Site), key=lambda s: s.id)}
        stakes: dict[str, list[Stake]] = {}
        for stake in sorted(register.held(Stake), key=lambda s: s.id):
            stakes.setdefault(stake.held, []).append(stake)
        called = {company.id: company.name for company in register.held(Company)}
        called |= {site.id: site.name for site in sites.values()}
        ends = (day for stake in register.held(Stake) for day in (stake.start, stake.end) if day[:4].isdecimal())
        years = frozenset(int(day[:4]) for day in ends)
        return Ownership(sites, _by_name(sites.values()), {k: tuple(v) for k, v in stakes.items()}, called, years)

    def site_of(self, filed: Filed) -> Site | None:
        """The plant that a report is about; None when the register does not know it."""
        return self.names.get((known_as(filed.plant), filed.country.strip().upper()))

    def share(self, key: str, day: date, approach: str) -> Decimal:
        """Of a plant or a company, see :func:`share`."""
        if approach not in RULES:
            raise UserError(
                T("“{approach}” is no way to consolidate.", approach=approach),
                T("Choose one of: {choices}.", choices=", ".join(APPROACHES)),
            )
        if key in self.sites and key not in self.stakes:
            return ONE
        return self._share(key, day.isoformat(), RULES[approach], (), {})

    def _share(
        self, key: str, day: str, rule: Callable[[Held], Decimal], below: tuple[str, ...], known: dict[str, Decimal]
    ) -> Decimal:
        if key == GROUP:
            return ONE
        if key in below:
            circle = (*below[below.index(key) :], key)
            raise UserError(
                T("These hold each other in a circle: {names}.", names=" ← ".join(map(self.name, circle))),
                T("End or remove one of the stakes."),
            )
        if key not in known:
            stakes = [stake for stake in self.stakes.get(key, ()) if _holds(stake, day)]
            self._check(key, day, stakes)
            held = [(stake, self._share(stake.holder, day, rule, (*below, key), known)) for stake in stakes]
            known[key] = rule(held)
        return known[key]

    def _check(self, key: str, day: str, stakes: Iterable[Stake]) -> None:
        percents = [stake.percent for stake in stakes]
        if any(not ZERO <= percent <= HUNDRED for percent in percents) or sum(percents, ZERO) > HUNDRED:
            raise UserError(
                T("On {day} {percent} % of “{name}” are held.", day=day, percent=sum(percents, ZERO),
                  name=self.name(key)),
                T("Correct the stakes so that each lies between 0 and 100 % and together they do not exceed 100 %."),
            )  # fmt: skip

    def months(self, key: str, year: int, approach: str) -> tuple[Decimal, ...]:
        """See :func:`shares_by_month`."""
        return monthly(year, self.cuts(key, year), lambda day: self.share(key, day, approach))

    def above(self, key: str) -> tuple[Stake, ...]:
        """Every stake through which a plant could reach the group, whatever the day."""
        found: dict[str, Stake] = {}
        waiting, seen = [key], {GROUP}
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                found |= {stake.id: stake for stake in self.stakes.get(one, ())}
                waiting += [stake.holder for stake in self.stakes.get(one, ())]
        return tuple(found.values())

    def cuts(self, key: str, year: int) -> list[date]:
        """First day of the year, and each day on which a stake begins or no longer holds."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        if year not in self.years:
            return [first]
        days = {first}
        for stake in self.above(key):
            if stake.start:
                days.add(date.fromisoformat(stake.start))
            if stake.end and stake.end < LAST:
                days.add(date.fromisoformat(stake.end) + timedelta(days=1))
        return sorted(day for day in days if first <= day <= last)

    def name(self, key: str) -> str:
        """What a company or plant is called; its id when the register does not know it."""
        return self.called.get(key, key)


def site_of(register: Register, filed: Filed) -> Site | None:
    """The plant of the register that a report is about; None when there is none.

    Names are compared without regard to case, form of accents and spaces around them, and the country must be the
    same. A plant's own name comes before names under which another one reported earlier.
    """
    return Ownership.of(register).site_of(filed)


def share(register: Register, site_id: str, day: date, approach: str) -> Decimal:
    """Part of a plant's emissions that the group accounts for on a day.

    Parameters
    ----------
    register
        with stakes.
    site_id
        of a plant or a company.
    day
        calendar day.
    approach
        ``operational_control``, ``financial_control`` or ``equity_share``.

    Returns
    -------
    Decimal
        between 0 and 1. [-]

    Notes
    -----
    With p the percentage of a stake and S = 1 for the group itself, summed over the stakes that hold on the day:

    - equity share: S(held) = Σ p/100 · S(holder), which is the sum over all paths of the product of percentages;
    - operational control: S(held) = max S(holder) over holders with operational control, thus 0 or 1;
    - financial control: S(held) = the larger of max S(holder) over holders with full control and
      Σ p/100 · S(holder) over holders with joint control; associates and investments without control give 0.

    Raises
    ------
    UserError
        when companies hold each other in a circle, when more than 100 % of one are held on the day, or when the
        approach is unknown.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 3, table 1.

    Examples
    --------
    >>> from core.ledger import Register, Site, Stake
    >>> held = [Site("s", "Plant", "NL"), Stake("1", "group", "c", "", percent=Decimal(83)),
    ...         Stake("2", "c", "s", "", percent=Decimal(50), operational=False, financial="joint")]
    >>> [str(share(Register.of(held), "s", date(2024, 1, 1), a)) for a in APPROACHES]
    ['0', '0.5', '0.415']
    """
    return Ownership.of(register).share(site_id, day, approach)


def shares_by_month(register: Register, site_id: str, year: int, approach: str) -> tuple[Decimal, ...]:
    """Part of a plant's emissions that the group accounts for in each month of a year.

    Parameters
    ----------
    register
        with stakes.
    site_id
        of a plant.
    year
        calendar year.
    approach
        as in :func:`share`.

    Returns
    -------
    tuple of Decimal
        twelve values between 0 and 1. [-]

    Notes
    -----
    Mean of :func:`share` over the days of the month: a plant that is bought on 16 June counts with 15/30 in June, as
    if a month's emissions were even over its days.

    Raises
    ------
    UserError
        as :func:`share`.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 5: structural changes in the middle of a year.

    Examples
    --------
    >>> from core.ledger import Register, Site, Stake
    >>> held = [Site("s", "Plant", "NL"), Stake("1", "group", "s", "2024-06-16")]
    >>> [str(part) for part in shares_by_month(Register.of(held), "s", 2024, EQUITY)[4:7]]
    ['0', '0.5', '1']
    """
    return Ownership.of(register).months(site_id, year, approach)


def monthly(year: int, cuts: Sequence[date], part: Callable[[date], Decimal]) -> tuple[Decimal, ...]:
    """Mean over the days of each month of what changes only on some days.

    Parameters
    ----------
    year
        calendar year.
    cuts
        its first day and every day on which the value may change, ordered.
    part
        the value on a day.
    """
    if len(cuts) == 1:
        return (part(cuts[0]),) * 12
    weighted = [ZERO] * 12
    for first, after in zip(cuts, (*cuts[1:], date(year + 1, 1, 1)), strict=True):
        value = part(first)
        for month, days in _days_by_month(first, after):
            weighted[month] = EXACT.add(weighted[month], EXACT.multiply(value, Decimal(days)))
    lengths = (calendar.monthrange(year, month)[1] for month in range(1, 13))
    return tuple(EXACT.divide(value, Decimal(days)) for value, days in zip(weighted, lengths, strict=True))


def known_as(name: str) -> str:
    """The form in which names are compared.

    >>> known_as(" Werk  KRAKÓW ") == known_as("werk krako\u0301w")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def works(site: Site, first: date, last: date) -> bool:
    """Whether a plant worked on at least one of these days, by its opening and closing.

    Opening and closing are not ownership: they say when a report is due, and take nothing away from one that is there.
    """
    return site.opened <= last.isoformat() and (site.closed or LAST) >= first.isoformat()


def _equity(held: Held) -> Decimal:
    total = ZERO
    for stake, part in held:
        total = EXACT.add(total, EXACT.multiply(EXACT.divide(stake.percent, HUNDRED), part))
    return total


def _operational(held: Held) -> Decimal:
    return max((part for stake, part in held if stake.operational), default=ZERO)


def _financial(held: Held) -> Decimal:
    full = max((part for stake, part in held if stake.financial == "full"), default=ZERO)
    return max(full, _equity([(stake, part) for stake, part in held if stake.financial == "joint"]))


RULES: Mapping[str, Callable[[Held], Decimal]] = {
    OPERATIONAL: _operational,
    FINANCIAL: _financial,
    EQUITY: _equity,
}


def _holds(stake: Stake, day: str) -> bool:
    return stake.start <= day <= (stake.end or LAST)


def _by_name(sites: Iterable[Site]) -> dict[tuple[str, str], Site]:
    found: dict[tuple[str, str], Site] = {}
    ordered = list(sites)
    for site in ordered:
        found.setdefault((known_as(site.name), site.country.strip().upper()), site)
    for site in ordered:
        for name in site.reported_as:
            found.setdefault((known_as(name), site.country.strip().upper()), site)
    return found


def _days_by_month(first: date, after: date) -> Iterator[tuple[int, int]]:
    """Month from 0 and days in it, of the days from ``first`` to the day before ``after`` of one year."""
    for month in range(first.month, 13):
        begin = date(first.year, month, 1)
        end = begin + timedelta(days=calendar.monthrange(first.year, month)[1])
        days = (min(after, end) - max(first, begin)).days
        if days > 0:
            yield month - 1, days
