"""The base year recalculated for what was bought, sold, restated: original and recalculated series side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.group.packed import Packed
from core.group.register.ownership import HUNDRED, LAST, ZERO, Ownership, works
from core.group.year.consolidated import VIEWS, Consolidated
from core.group.year.consolidating import consolidate, lines_of
from core.i18n import T
from core.ledger import Register, Site, Stake
from core.library import EXACT
from core.methods import exact_sum
from core.store import ACCEPTED, SUPERSEDED, Filed, GroupFile

Reports = Callable[[int], Iterable[tuple[Filed, Packed | None]]]
"""Reports with their lines by year."""
BOUGHT, SOLD, CHANGED, RESTATED = "bought", "sold", "changed", "restated"


@dataclass(frozen=True, slots=True)
class Reason:
    """What changes the base year."""

    kind: str
    """``bought``, ``sold``, ``changed`` (another share) or ``restated`` (methods, factors, errors)."""
    key: str
    """Of the plant, as in :class:`~core.group.year.consolidated.Member`."""
    name: str
    stakes: tuple[Stake, ...]
    """Those that began or ended since the base year began."""
    tonnes: Decimal
    """Added to the base year. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class SeriesYear:
    """One year in both series."""

    year: int
    original: Decimal
    """From the reports first accepted, with the shares of its own days. [t CO2e]"""
    recalculated: Decimal
    """From the reports that hold today, with the shares at the end of the last year. [t CO2e]"""
    lacking: tuple[str, ...]
    """Plants of today's group that worked in the year and have no report of it: not in either number, or in one."""


@dataclass(frozen=True, slots=True)
class BaseYear:
    """A base year and what has become of it."""

    year: int
    view: str
    threshold: Decimal
    """[%]"""
    years: tuple[SeriesYear, ...]
    reasons: tuple[Reason, ...]
    """Largest effect first."""
    change: Decimal | None
    """Sum of the absolute effects of all reasons, of the original base year; None where that is zero. [%]"""

    @property
    def due(self) -> bool:
        """Whether the threshold is reached and the recalculated series is the one to compare with."""
        return self.change is not None and self.change >= self.threshold and bool(self.reasons)

    @property
    def valid(self) -> dict[int, Decimal]:
        """The series to compare with: recalculated where that is due, else the original."""
        return {one.year: one.recalculated if self.due else one.original for one in self.years}


def base_year(
    register: Register, latest: Reports, years: Sequence[int], first: Reports | None = None, view: str = "location"
) -> BaseYear:
    """Original and recalculated series since the base year.

    Parameters
    ----------
    register
        with the group's base year, its threshold, and stakes.
    latest
        the accepted reports of a year, also of plants that were not yet or no longer held.
    years
        of the series; the base year is always among them.
    first
        the reports of a year as they were accepted first, see :func:`first_reports`; None: nothing was restated.
    view
        ``location`` or ``market``.

    Notes
    -----
    A plant counts in every year of the recalculated series with the share that the group has of it at the end of the
    last year, for whole years: what was bought is added to the base year, what was sold is taken out. Opening and
    closing are growth and decline of the group itself and change nothing: a closed plant keeps the share it had when
    it closed. Methods, factors and errors change a year by restated revisions of its reports.

    With E the original base year and e the effects of the reasons, the change is 100 · Σ|e| / E: a purchase does not
    hide a sale, and small changes add up. It is recalculated when that reaches the threshold.

    What no report says is not there: plants without a report of a year are named, and nothing is estimated.

    Raises
    ------
    UserError
        when the group has no base year, or stakes contradict each other.

    References
    ----------
    GHG Protocol Corporate Standard (2004), chapter 5: recalculation policy, structural changes, significance
    threshold, cumulative effect; no recalculation for organic growth or decline. That effects are added up without
    their signs is ours.
    """
    return base_years(register, latest, years, first, (view,))[view]


def base_years(
    register: Register,
    latest: Reports,
    years: Sequence[int],
    first: Reports | None = None,
    views: Iterable[str] = tuple(VIEWS),
) -> dict[str, BaseYear]:
    """The same in several views, for which every year is added up only once; see :func:`base_year`."""
    base = register.group.base_year
    if not base:
        raise UserError(
            T("The group has no base year."), T("Choose one, and the threshold from which it is recalculated.")
        )
    span = sorted({base, *(year for year in years if year >= base)})
    fixed = as_of(register, date(span[-1], 12, 31))
    rows: dict[str, list[SeriesYear]] = {view: [] for view in views}
    reasons: dict[str, tuple[Reason, ...]] = dict.fromkeys(rows, ())
    whole = dict.fromkeys(rows, ZERO)
    for year in span:
        seen = _seen(register, fixed, latest, first, year)
        original, _, now = seen
        lacking = tuple(_lacking(register, fixed, now))
        for view, own in rows.items():
            if year == base:
                reasons[view], whole[view] = tuple(_reasons(register, span, seen, view)), original.total(view)
            own.append(SeriesYear(year, original.total(view), now.total(view), lacking))
    threshold = register.group.threshold
    return {
        view: BaseYear(base, view, threshold, tuple(own), reasons[view], _change(reasons[view], whole[view]))
        for view, own in rows.items()
    }


def _change(reasons: Iterable[Reason], whole: Decimal) -> Decimal | None:
    moved = exact_sum(abs(one.tonnes) for one in reasons)
    return EXACT.divide(EXACT.multiply(moved, HUNDRED), abs(whole)) if whole else None


def _seen(
    register: Register, fixed: Register, latest: Reports, first: Reports | None, year: int
) -> tuple[Consolidated, Consolidated, Consolidated]:
    """As first accepted, as it holds, and with the boundary of the last year."""
    reports = tuple(latest(year))
    held = original = consolidate(register, reports, year)
    if first is not None:
        before = tuple(first(year))
        if [filed.sha256 for filed, _ in before] != [filed.sha256 for filed, _ in reports]:
            original = consolidate(register, before, year)
    return original, held, consolidate(fixed, reports, year)


def as_of(register: Register, day: date) -> Register:
    """The register as if the stakes of one day had always held, so that every year has the same boundary.

    A plant that was closed before keeps the stakes of its last day.
    """
    closed = {site.id: site.closed for site in register.held(Site) if site.closed}
    stakes = []
    for stake in register.held(Stake):
        when = min(day.isoformat(), closed.get(stake.held, LAST))
        holds = stake.start <= when <= (stake.end or LAST)
        # One that does not hold stays as a stake of somebody outside, for a plant without any would count wholly.
        stakes.append(replace(stake, holder=stake.holder if holds else "", percent=stake.percent if holds else ZERO,
                              start="", end=""))  # fmt: skip
    return Register({**register.records, "stake": {stake.id: stake for stake in stakes}})


def first_reports(group: GroupFile, year: int) -> Iterator[tuple[Filed, Packed | None]]:
    """The report of each audit of a year that was accepted first, whether another has taken its place or not."""
    found: dict[str, Filed] = {}
    for filed in group.all(year):
        if filed.state in (ACCEPTED, SUPERSEDED):
            before = found.get(filed.audit_id)
            if before is None or filed.revision < before.revision:
                found[filed.audit_id] = filed
    for filed in sorted(found.values(), key=lambda f: (f.plant, f.audit_id)):
        yield filed, lines_of(group, filed)


def _reasons(
    register: Register, span: Sequence[int], seen: tuple[Consolidated, Consolidated, Consolidated], view: str
) -> list[Reason]:
    """Effects on the base year by plant: restated first, then the boundary."""
    owned = Ownership.of(register)
    original, held, now = (found.by("plant", view) for found in seen)
    before = {member.key: member for member in seen[1].members}
    reasons = []
    for member in seen[2].members:
        key = member.key
        restated = held.get(key, ZERO) - original.get(key, ZERO)
        structure = now.get(key, ZERO) - held.get(key, ZERO)
        if restated:
            reasons.append(Reason(RESTATED, key, member.name, (), restated))
        if structure:
            stakes = tuple(_moved(owned, key, span))
            reasons.append(Reason(_kind(before[key].counts, member.counts), key, member.name, stakes, structure))
    there = {member.key for member in seen[2].members}
    gone = [member for member in seen[0].members if member.key not in there]
    reasons += [Reason(RESTATED, m.key, m.name, (), -original[m.key]) for m in gone if original.get(m.key)]
    return sorted(reasons, key=lambda one: (-abs(one.tonnes), one.key, one.kind))


def _kind(before: bool, after: bool) -> str:
    if before == after:
        return CHANGED
    return BOUGHT if after else SOLD


def _moved(owned: Ownership, key: str, span: Sequence[int]) -> Iterator[Stake]:
    """Stakes above a plant that began or ended since the base year began."""
    first, last = f"{span[0]}-01-01", f"{span[-1]}-12-31"
    for stake in sorted(owned.above(key), key=lambda s: (s.start, s.id)):
        if first < stake.start <= last or first <= stake.end < last:
            yield stake


def _lacking(register: Register, fixed: Register, now: Consolidated) -> Iterator[str]:
    """Plants of the boundary that worked in the year without a report of it."""
    reported = {member.key for member in now.members}
    owned = Ownership.of(fixed)
    first, last = date(now.year, 1, 1), date(now.year, 12, 31)
    for site in sorted(register.held(Site), key=lambda s: (s.name, s.id)):
        if site.id not in reported and works(site, first, last) and owned.share(site.id, last, now.approach):
            yield site.name
