"""Data points beside filed reports: kept when a report is filed, and worked out of reports that were filed before.

A report alone knows nothing of the year before; where head office has a report of that year too, both are read once
and what follows is kept with the hash of the other one. Another report of that year is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.checks import review
from core.disclosures.value import PointValue
from core.errors import UserError
from core.group.asked.kept import ASKED, LARGEST, Kept, read, write
from core.group.asked.making import kept_of
from core.group.inbox.kept import package_of
from core.group.packed import Packed
from core.group.register.ownership import Ownership
from core.group.year.consolidating import lines_of
from core.group.year.placing import key_of, period_of
from core.handover.asked import years_beside
from core.i18n import Text
from core.inventory import Package
from core.store import Filed, GroupFile

MONTHS = 12
"""Of a year."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells of the data points on a day."""

    filed: Filed
    values: Mapping[str, PointValue]
    proofs: Mapping[str, str] = field(default_factory=dict)
    """Names of its kept files by id, with those of the earlier reports."""
    trouble: Text | None = None
    """Why it tells nothing: its original is missing or damaged."""
    earlier: Mapping[int, str] = field(default_factory=dict)
    """SHA-256 of the reports of other years that it was held against, by year."""
    lines: Packed | None = field(default=None, repr=False, compare=False)
    """What of its tonnes belongs to which month; None: then they count with the average of its months."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of some reports."""

    told: tuple[Told, ...]
    """In the order of the reports."""
    made: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What was worked out now, by SHA-256 of the report, to be kept."""
    waiting: tuple[Filed, ...] = ()
    """Reports that must be read and whose turn has not come."""


def nobody_waits(_done: int, _all: int) -> None:
    """Says nothing of how far it is."""


def gathered(
    group: GroupFile,
    reports: Iterable[Filed],
    today: date,
    most: int | None = None,
    progress: Progress = nobody_waits,
) -> Gathered:
    """The data points of some reports.

    Parameters
    ----------
    group
        open, also without the right to write.
    reports
        accepted ones, in any order.
    today
        on which answers must still hold.
    most
        how many are worked out from their originals at most; None: all. Some seconds a report.
    progress
        is told how many reports are looked at, and of how many.

    Notes
    -----
    What is kept is looked at only up to a size, before it is taken apart. A report whose original does not give its
    data any more tells nothing and why; that is not kept.
    """
    held, before = tuple(reports), Before(group)
    made: dict[str, bytes] = {}
    told, waiting, worked = [], [], 0
    for number, filed in enumerate(held):
        progress(number, len(held))
        kept = _kept(group, filed, before)
        values = None if kept is None else kept.on(today)
        if values is None and most is not None and worked >= most:
            waiting.append(filed)
            continue
        if kept is None or values is None:
            worked += 1
            try:
                kept = anew(group, filed, today, before)
            except UserError as error:
                told.append(Told(filed, {}, trouble=error.message, lines=lines_of(group, filed)))
                continue
            values = kept.on(today) or {}
            if kept.earlier == before.hashes(filed, kept.years) and (data := write(kept)) is not None:
                made[filed.sha256] = data
        told.append(Told(filed, values, kept.proofs, earlier=kept.earlier, lines=lines_of(group, filed)))
    return Gathered(tuple(told), made, tuple(waiting))


def anew(group: GroupFile, filed: Filed, today: date, before: Before | None = None) -> Kept:
    """What a filed report tells from a day on, from its original and those of the years before.

    Raises
    ------
    UserError
        when the original is missing, was altered, or does not give its data.
    """
    package = package_of(group, filed)
    inventory = package.inventory()
    others = (before or Before(group)).packages(filed, years_beside(package))
    return kept_of(package, inventory, review(inventory), today, others)


def keep(group: GroupFile, found: Gathered) -> None:
    """Keep what was worked out, where the file may be written.

    Raises
    ------
    UserError
        when the file cannot be written.
    """
    if group.writable:
        for sha256, data in found.made.items():
            group.keep_part(sha256, ASKED, data)


def _kept(group: GroupFile, filed: Filed, before: Before) -> Kept | None:
    """What stands beside a report, when it was held against the reports that are here now."""
    data = group.part_front(filed.sha256, ASKED, LARGEST + 1)
    kept = None if data is None else read(data)
    if kept is None:
        return None
    return kept if kept.earlier == before.hashes(filed, kept.years) else None


class Before:
    """Reports of earlier years, found once for all that ask."""

    def __init__(self, group: GroupFile) -> None:
        self._group, self._owned = group, Ownership.of(group.register)
        self._years: dict[int, Mapping[str, Filed]] = {}

    def hashes(self, filed: Filed, years: Iterable[int]) -> Mapping[int, str]:
        """SHA-256 of the report of the same plant in each of some years, where one is of the whole year."""
        return {year: one.sha256 for year, one in self._reports(filed, years).items()}

    def packages(self, filed: Filed, years: Iterable[int]) -> dict[int, tuple[str, Package]]:
        """These reports, read again; one that does not give its data is left out."""
        found = {}
        for year, one in self._reports(filed, years).items():
            try:
                found[year] = (one.sha256, package_of(self._group, one))
            except UserError:
                continue
        return found

    def _reports(self, filed: Filed, years: Iterable[int]) -> dict[int, Filed]:
        key = key_of(self._owned, filed)
        found = {year: self._of(year).get(key) for year in years}
        return {year: one for year, one in found.items() if one is not None}

    def _of(self, year: int) -> Mapping[str, Filed]:
        if year not in self._years:
            whole = (one for one in self._group.accepted(year) if _is_whole(one))
            ordered = sorted(whole, key=lambda one: (one.signed_at, one.sha256))  # the later one holds
            self._years[year] = {key_of(self._owned, one): one for one in ordered}
        return self._years[year]


def _is_whole(filed: Filed) -> bool:
    start, end = period_of(filed)
    return 12 * (end.year - start.year) + end.month - start.month + 1 == MONTHS
