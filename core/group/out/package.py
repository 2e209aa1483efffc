"""Everything that a report of the group says, taken from the group file at one moment.

Nothing is calculated when the report is rendered that could come out otherwise: what stands in the package are cells,
from which the pages add up, and results of the functions of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial

import numpy as np

from core.errors import UserError
from core.group.change.changes import group_difference, in_both, pair_of
from core.group.change.comparing import compare_all
from core.group.change.waterfall import GroupWaterfall
from core.group.out.asked import asked_of
from core.group.out.findings import (
    absent_of,
    intensities_of,
    repeats_of,
    shared_of,
    short,
    uncertain_of,
    weighed_of,
)
from core.group.out.ways import ways_of
from core.group.out.words import decided_of, difference_of, reason_of
from core.group.register.ownership import GROUP
from core.group.year import base_year as series
from core.group.year.cells import sums
from core.group.year.consolidated import Consolidated, Member
from core.group.year.consolidating import consolidate, reports_of
from core.group.year.uncertainty import group_uncertainty
from core.i18n import T, Text
from core.inventory.waterfall import CAUSES, TITLES
from core.ledger import Decision, Group, Register
from core.library import Library
from core.methods import SCOPES
from core.report.group import RENDERER, GroupPackage, read, write
from core.report.group.package import (
    REGISTER,
    Cause,
    Cells,
    Changes,
    Contents,
    Eliminated,
    Issue,
    PlantChange,
    PlantYear,
    Recalculation,
    Rests,
    SeriesYear,
)
from core.store import Filed, GroupFile

Progress = Callable[[float, Text], None]
ZERO = Decimal(0)


def gather(
    group: GroupFile,
    year: int,
    library: Library,
    *,
    language: str,
    issued_by: str,
    when: datetime,
    approach: str | None = None,
    compare: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> GroupPackage:
    """What the report of a year says, fixed now; the slow part is the comparison with the year before.

    Parameters
    ----------
    group
        the open group file.
    year
        of the report.
    library
        which names factors.
    language
        ``zh``, ``en`` or ``both``.
    issued_by
        who makes it at head office.
    when
        moment of issue, UTC; nothing later looks at a clock.
    approach
        None: that of the group.
    compare
        whether the change since the year before is taken apart.
    progress, cancelled
        of the comparison.

    Raises
    ------
    UserError
        when no report of the year was accepted, or stakes contradict each other.
    """
    found = consolidate(group.register, reports_of(group, year), year, approach=approach)
    if not found.reports:
        raise UserError(
            T("No report of {year} is accepted.", year=str(year)),
            T("Import the reports of the plants first; what is held needs a decision."),
        )
    base = _base_years(group, found)
    changed = _changed(group, found, progress, cancelled) if compare else None
    views = group_uncertainty(weighed_of(group, found))
    issue = Issue(when.replace(microsecond=0).isoformat(), issued_by, language, RENDERER, group.head, group.entries)
    contents = Contents(
        issue=issue,
        year=year,
        approach=found.approach,
        plants=tuple(_plant(found, member) for member in found.members),
        reports=tuple(
            _rests(group.register, filed, at) for filed, at in zip(found.reports, found.member_of, strict=True)
        ),
        cells=_cells(found),
        eliminated=_eliminated(found),
        series=_series(group, found, base),
        recalculation=_recalculation(base),
        changes=None if changed is None else _changes(found, *changed),
        intensities=tuple(intensities_of(group.register, found)),
        uncertainty=tuple(uncertain_of(views)),
        shared_factors=tuple(shared_of(views["location"], library)),
        repeats=tuple(repeats_of(group, year)),
        absent=tuple(absent_of(group, found, when)),
        notices=found.notices,
        ways=ways_of(group, year, found.approach),
        asked=asked_of(group, year, found.approach, when.date(), partial(_reading, progress, cancelled)),
    )
    kept = Register({kind: held if kind in REGISTER else {} for kind, held in group.register.records.items()})
    return read(write(contents, kept))


def _reading(
    progress: Progress | None, cancelled: Callable[[], bool] | None, done: int, every: int
) -> None:  # fmt: skip
    if cancelled is not None and cancelled():
        from core.report import Cancelled

        raise Cancelled
    if progress is not None:
        progress(done / every, T("Reading reports"))


PARTS: Mapping[str, Text] = {
    "approach": T("Consolidation approach"),
    "plants": T("Plants and their shares"),
    "reports": T("Reports that the numbers rest on"),
    "cells": T("Tonnes"),
    "eliminated": T("Eliminations"),
    "series": T("Years"),
    "recalculation": T("Base year"),
    "changes": T("Causes of the change"),
    "intensities": T("Emissions per unit"),
    "uncertainty": T("Uncertainty"),
    "shared_factors": T("Factors that plants share"),
    "repeats": T("Double use"),
    "absent": T("Completeness"),
    "notices": T("What a reader has to know"),
    "ways": T("Ways to the targets"),
    "asked": T("Answers to those who ask"),
}


def held_against(
    package: GroupPackage, group: GroupFile, library: Library, cancelled: Callable[[], bool] | None = None
) -> tuple[Text, ...]:
    """What a report says that the group file does not say, or says otherwise, today; none: it can be made again.

    Everything is calculated from the filed reports again, as of the moment of issue.
    """
    said = package.contents
    again = gather(
        group, said.year, library, language=said.issue.language, issued_by=said.issue.issued_by,
        when=said.issue.moment, approach=said.approach, compare=said.changes is not None, cancelled=cancelled,
    ).contents  # fmt: skip
    return tuple(title for name, title in PARTS.items() if getattr(said, name) != getattr(again, name))


# ---------------------------------------------------------------------- what was consolidated


def _plant(found: Consolidated, member: Member) -> PlantYear:
    company = "" if member.company == GROUP else found.title(member.company)
    shares = {month: short(share) for month, share in sorted(member.shares.items())}
    return PlantYear(member.key, member.name, member.country, member.business, company, member.site is not None, shares)


def _rests(register: Register, filed: Filed, plant: int) -> Rests:
    decision = register.get("decision", filed.sha256)
    decided = (decided_of(decision),) if isinstance(decision, Decision) else ()
    return Rests(
        plant, filed.sha256, filed.package_sha256, filed.revision, filed.start, filed.end, filed.signed_by,
        filed.signed_at, filed.fingerprints, filed.recalculated_equal, filed.rebuilt, (*filed.reasons, *decided),
    )  # fmt: skip


def _cells(found: Consolidated) -> Cells:
    """Over sources and reports of a plant added up; each amount stays a whole number."""
    columns = found.coarse.columns
    if not len(found.coarse):
        return Cells()
    plants = np.array(found.member_of, dtype=np.int64)[columns["report"].astype(np.int64)]
    first = int(columns["month"].min())
    parts = [
        (plants, len(found.members)),
        (columns["scope"], len(SCOPES)),
        (columns["category"], 256),
        (columns["gas"], 16),
        (columns["month"].astype(np.int64) - first, int(columns["month"].max()) - first + 1),
        (columns["transfer"], int(columns["transfer"].max()) + 1),
    ]
    keys = np.zeros(len(found.coarse), dtype=np.int64)
    for column, size in parts:
        keys = keys * size + column.astype(np.int64)
    rows = []
    for key, amount in sorted(sums(keys, found.coarse.amounts).items()):
        places, rest = [], key
        for _, size in reversed(parts):
            rest, place = divmod(rest, size)
            places.append(place)
        if amount:
            transfer, month, gas, category, scope, plant = places
            rows.append((plant, scope, category, gas, month + first, transfer, str(amount)))
    return Cells(*(tuple(column) for column in zip(*rows, strict=True))) if rows else Cells()


def _eliminated(found: Consolidated) -> tuple[Eliminated, ...]:
    return tuple(
        Eliminated(one.seller, one.buyer, one.transfer.source, one.transfer.percent, one.scope, one.tonnes)
        for one in found.eliminated
    )


# ---------------------------------------------------------------------- years


def _base_years(group: GroupFile, found: Consolidated) -> tuple[series.BaseYear, series.BaseYear] | None:
    """Both views; None without a base year that lies before and has reports."""
    base = group.register.group.base_year
    if not base or base > found.year or base not in group.years():
        return None
    years = [year for year in group.years() if base <= year <= found.year]
    told: Group = replace(group.register.group, approach=found.approach)
    register = Register({**group.register.records, "group": {told.id: told}})
    both = series.base_years(register, partial(reports_of, group), years, partial(series.first_reports, group))
    return both["location"], both["market"]


def _series(
    group: GroupFile, found: Consolidated, base: tuple[series.BaseYear, series.BaseYear] | None
) -> tuple[SeriesYear, ...]:
    if base is not None:
        return tuple(
            SeriesYear(
                one.year,
                {"location": one.original, "market": other.original},
                {"location": one.recalculated, "market": other.recalculated},
                one.lacking,
            )
            for one, other in zip(base[0].years, base[1].years, strict=True)
        )
    years = []
    for year in (year for year in group.years() if year <= found.year):
        held = found if year == found.year else consolidate(
            group.register, reports_of(group, year), year, approach=found.approach
        )  # fmt: skip
        totals = {"location": held.location, "market": held.market}
        years.append(SeriesYear(year, totals, totals))
    return tuple(years)


def _recalculation(base: tuple[series.BaseYear, series.BaseYear] | None) -> Recalculation | None:
    if base is None or base[0].change is None:
        return None
    one = base[0]
    reasons = tuple(reason_of(reason) for reason in one.reasons)
    return Recalculation(one.year, one.threshold, short(one.change or ZERO), one.due, reasons)


def _changed(
    group: GroupFile, found: Consolidated, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> tuple[Consolidated, GroupWaterfall] | None:
    """The newest earlier year with reports, and why this one differs from it."""
    earlier = [year for year in group.years() if year < found.year]
    if not earlier:
        return None
    before = consolidate(group.register, reports_of(group, earlier[-1]), earlier[-1], approach=found.approach)
    members = in_both(before, found)
    pairs = (partial(pair_of, group, old, new) for old, new in members)
    compared = dict(compare_all(pairs, count=len(members), progress=progress, cancelled=cancelled))
    if len(compared) < len(members):
        from core.report import Cancelled

        raise Cancelled
    return before, group_difference(group.register, before, found, compared)


def _changes(found: Consolidated, before: Consolidated, waterfall: GroupWaterfall) -> Changes:
    causes = waterfall.causes()
    old, new = before.by("plant"), found.by("plant")
    reasons = waterfall.reasons()
    plants = [
        PlantChange(waterfall.titles.get(key, key), old.get(key, ZERO), new.get(key, ZERO), _nonzero(own))
        for key, own in waterfall.by_plant().items()
    ]
    notes = tuple(difference_of(waterfall.titles.get(key, key), reason) for key, reason in reasons.items() if reason)
    return Changes(
        waterfall.first,
        waterfall.start(),
        waterfall.end(),
        tuple(Cause(key, TITLES[key], causes[key]) for key in CAUSES),
        tuple(plants),
        notes,
    )


def _nonzero(causes: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {key: value for key, value in causes.items() if value}
