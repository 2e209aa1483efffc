"""``office changes``: why the group's tonnes changed between two years, or a report between two revisions."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path

from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.change.changes import group_difference, in_both, pair_of, versions, versions_pair
from core.group.change.comparing import SourceCauses, compare, compare_all
from core.group.change.waterfall import REASONS, GroupWaterfall, causes_to_plain, group_waterfall_to_plain
from core.group.register.ownership import APPROACHES
from core.group.year.consolidating import consolidate, reports_of
from core.i18n import T, show_number
from core.inventory.totals import LOCATION
from core.inventory.waterfall import CAUSES, TITLES
from core.methods import exact_sum, plain
from core.store import Filed, GroupFile

Versions = tuple[Filed, Filed, tuple[SourceCauses, ...]]


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "changes", T("Why the group, or one report, changed."), run_changes, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    parser.add_argument("--from", type=int, dest="first", metavar="YEAR")
    parser.add_argument("--to", type=int, dest="last", metavar="YEAR")
    parser.add_argument("--versions", nargs=2, metavar=("PLANT", "YEAR"))
    parser.add_argument("--approach", choices=APPROACHES)
    parser.add_argument("--json", action="store_true")


def run_changes(arguments: argparse.Namespace) -> int:
    """Two years of the group, or every revision of a plant's audit against the one before."""
    with opened(arguments.group) as group:
        if arguments.versions:
            return _versions(group, arguments)
        if arguments.first is None or arguments.last is None:
            raise UserError(T("Nothing to compare was named."), T("Give --from and --to, or --versions."))
        found = years_compared(group, arguments.first, arguments.last, arguments.approach)
    if arguments.json:
        print_json(group_waterfall_to_plain(found))
    else:
        _print_years(found, arguments.lang_ui)
    return GOOD


def years_compared(group: GroupFile, first: int, last: int, approach: str | None = None) -> GroupWaterfall:
    """The waterfall of two years of an open group file.

    Raises
    ------
    UserError
        when one of the years has no report, or a report cannot be read again.
    """
    for year in (first, last):
        if not group.accepted(year):
            raise UserError(
                T("No report of {year} is accepted.", year=year),
                T("Choose one of: {known}.", known=[str(one) for one in group.years()] or ["—"]),
            )
    before, after = (consolidate(group.register, reports_of(group, y), y, approach=approach) for y in (first, last))
    members = in_both(before, after)
    pairs = (partial(pair_of, group, old, new) for old, new in members)
    compared = dict(compare_all(pairs, count=len(members)))
    return group_difference(group.register, before, after, compared)


def _versions(group: GroupFile, arguments: argparse.Namespace) -> int:
    plant, year = arguments.versions
    if not year.isdecimal():
        raise UserError(T("“{text}” is no year.", text=year), T("Write it like {form}.", form="2024"))
    found = [
        (before, after, compare(versions_pair(group, before, after)))
        for audit in versions(group, plant, int(year))
        for before, after in pairwise(audit)
    ]
    if arguments.json:
        print_json({"plant": plant, "year": int(year), "versions": [_version_to_plain(*one) for one in found]})
        return GOOD
    if not found:
        write(T("There is one revision alone.").in_language(arguments.lang_ui))
    for one in found:
        _print_version(one, arguments.lang_ui)
    return GOOD


def _version_to_plain(before: Filed, after: Filed, found: tuple[SourceCauses, ...]) -> dict[str, object]:
    return {
        "from_revision": before.revision,
        "to_revision": after.revision,
        "from_sha256": before.sha256,
        "to_sha256": after.sha256,
        "causes_tco2e": {cause: plain(value) for cause, value in _causes(found, LOCATION).items()},
        "sources": causes_to_plain(found),
    }


def _causes(found: Iterable[SourceCauses], scopes: Iterable[str]) -> dict[str, Decimal]:
    own = [one for one in found if one.scope in tuple(scopes)]
    return {cause: exact_sum(one.causes[cause] for one in own) for cause in CAUSES}


def _print_version(one: Versions, lang: str) -> None:
    before, after, found = one
    title = T("{plant} {year}: revision {before} to {after}", plant=after.plant, year=after.year,
              before=before.revision, after=after.revision)  # fmt: skip
    write(title.in_language(lang))
    rows = [(s.source, s.scope, *_cells(s.causes)) for s in found if any(s.causes.values())]
    rows.append((T("Total, location-based").in_language(lang), "", *_cells(_causes(found, LOCATION))))
    write(table(["", "", *_heads(lang)], rows, range(2, 2 + len(CAUSES))))
    write("")


def _print_years(found: GroupWaterfall, lang: str) -> None:
    start, end = show_number(found.start(), 3), show_number(found.end(), 3)
    write(T("{first}: {start} t CO₂e, {last}: {end} t CO₂e, location-based.", first=str(found.first), start=start,
            last=str(found.last), end=end).in_language(lang))  # fmt: skip
    reasons = found.reasons()
    rows = [
        (found.titles.get(key, key), REASONS[reasons[key]].in_language(lang), *_cells(sums))
        for key, sums in found.by_plant().items()
    ]
    rows.append((T("Group").in_language(lang), "", *_cells(found.causes())))
    write(table([T("Plant").in_language(lang), "", *_heads(lang)], rows, range(2, 2 + len(CAUSES))))


def _heads(lang: str) -> list[str]:
    return [TITLES[cause].in_language(lang) for cause in CAUSES]


def _cells(causes: Mapping[str, Decimal]) -> list[str]:
    return [show_number(causes[cause], 3) if causes[cause] else "" for cause in CAUSES]
