"""What the page of the group asks, worked out on another thread with a view of the group file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from core.group.year.base_year import BaseYear, base_years, first_reports
from core.group.year.consolidated import VIEWS, Consolidated
from core.group.year.consolidating import consolidate, reports_of
from core.group.year.intensity import Intensity, intensities
from core.group.year.uncertainty import GroupView, group_uncertainty
from core.ledger import Register
from core.library import EXACT
from core.methods import exact_sum
from core.store import GroupFile


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see."""

    year: int
    approach: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A year of the group, and what follows from it in both views."""

    asked: Asked
    found: Consolidated
    intensities: Mapping[str, tuple[Intensity, ...]]
    """By view."""


def reading(path: Path) -> GroupFile:
    """The group file for a worker, who only reads it: the one that is worked with belongs to the window's thread."""
    return GroupFile.open(path, read_only=True)


def work_of(asked: Asked, path: Path) -> Callable[[], Answer]:
    """What answers a question on another thread."""

    def work() -> Answer:
        with reading(path) as group:
            register = as_seen(group.register, asked.approach)
            found = consolidate(register, reports_of(group, asked.year), asked.year, approach=asked.approach)
            per = {view: intensities(register, found, view=view) for view in VIEWS}
            return Answer(asked, found, per)

    return work


@dataclass(frozen=True, slots=True)
class HowSure:
    """How far the totals may be off, which takes longer than the totals."""

    found: Consolidated
    """Of which year and approach."""
    views: Mapping[str, GroupView]
    """By scope and total."""


def sure_of(found: Consolidated, path: Path) -> Callable[[], HowSure]:
    """What gives the uncertainty on another thread."""

    def work() -> HowSure:
        from core.group.out.findings import weighed_of

        with reading(path) as group:
            return HowSure(found, group_uncertainty(weighed_of(group, found)))

    return work


@dataclass(frozen=True, slots=True)
class Against:
    """How the year moved on the one before: like is held against like, so only plants that reported in both count."""

    found: Consolidated
    """Of which year and approach."""
    plants: int
    """How many reported in both; 0: there is nothing to hold it against."""
    totals: Mapping[str, Decimal | None]
    """Change of their total by view. [%]"""
    moves: Mapping[str, Mapping[str, Decimal | None]]
    """Change of each by view and key. [%]"""


def against_of(found: Consolidated, path: Path) -> Callable[[], Against]:
    """What holds a year against the one before on another thread."""

    def work() -> Against:
        year = found.year - 1
        with reading(path) as group:
            if not group.accepted(year):
                return Against(found, 0, {}, {})
            before = consolidate(group.register, reports_of(group, year), year, approach=found.approach)
            return held_against(before, found)

    return work


def held_against(before: Consolidated, now: Consolidated) -> Against:
    """Two years of the group, plant by plant."""
    totals, moves, count = {}, {}, 0
    for view in VIEWS:
        was, becomes = before.by("plant", view), now.by("plant", view)
        both = [key for key in becomes if key in was]
        sums = exact_sum(was[key] for key in both), exact_sum(becomes[key] for key in both)
        totals[view], count = changed_by(*sums), len(both)
        moves[view] = {key: changed_by(was[key], becomes[key]) for key in both}
    return Against(now, count, totals, moves)


def changed_by(before: Decimal, now: Decimal) -> Decimal | None:
    """Against what was before; None where that was nothing. [%]"""
    return share_of(EXACT.subtract(now, before), before)


def as_seen(register: Register, approach: str) -> Register:
    """The register as if the group consolidated so; everything else stays."""
    group = replace(register.group, approach=approach)
    return Register({**register.records, "group": {group.id: group}})


@dataclass(frozen=True, slots=True)
class Series:
    """The years of the group, which take longer than one of them."""

    approach: str
    by_view: Mapping[str, BaseYear]
    """Empty without a base year."""


def series_of(approach: str, path: Path) -> Callable[[], Series]:
    """What gives the years on another thread."""

    def work() -> Series:
        with reading(path) as group:
            register = as_seen(group.register, approach)
            if not register.group.base_year:
                return Series(approach, {})
            years = base_years(
                register, lambda year: reports_of(group, year), group.years(), lambda year: first_reports(group, year)
            )
            return Series(approach, years)

    return work


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """In percent; None where there is no whole. [%]"""
    return part * 100 / whole if whole else None
