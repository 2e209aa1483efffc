"""``office explain``: from a tonne of the group down to the bill that it comes from."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.change.explaining import (
    Level,
    RecordExplained,
    explain_record,
    group_level,
    member_named,
    plant_levels,
    record_levels,
    source_levels,
)
from core.group.change.plain import proof_to_plain, report_to_plain
from core.group.register.ownership import APPROACHES
from core.group.year.consolidated import VIEWS, Consolidated, Member
from core.group.year.consolidating import consolidate, reports_of
from core.i18n import T, labelled, show_number
from core.inventory.plain import line_to_plain
from core.methods import SCOPE_TITLES, plain
from core.store import GroupFile


@dataclass(slots=True)
class _Way:
    """Where the question leads: the levels down to what was named, and what lies below."""

    path: list[Level]
    below: tuple[Level, ...] = ()
    member: Member | None = None
    records: tuple[RecordExplained, ...] = ()


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    summary = T("From a tonne of the group down to plant, source, record, formula, factor and bill.")
    parser = command(commands, "explain", summary, run_explain, lang)
    parser.add_argument("group", type=Path, metavar="GROUP")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--plant", metavar="NAME")
    parser.add_argument("--source", metavar="NAME")
    parser.add_argument("--record", metavar="ID")
    parser.add_argument("--view", choices=tuple(VIEWS), default="location")
    parser.add_argument("--approach", choices=APPROACHES)
    parser.add_argument("--json", action="store_true")


def run_explain(arguments: argparse.Namespace) -> int:
    """One level further down for each thing that is named."""
    if (arguments.source or arguments.record) and not arguments.plant:
        raise UserError(T("A source or a record is one of a plant."), T("Name the plant with --plant."))
    with opened(arguments.group) as group:
        found = consolidate(
            group.register, reports_of(group, arguments.year), arguments.year, approach=arguments.approach
        )
        if not found.reports:
            raise UserError(
                T("No report of {year} is accepted.", year=arguments.year),
                T("Choose one of: {known}.", known=[str(one) for one in group.years()] or ["—"]),
            )
        way = _lead(group, found, arguments)
    if arguments.json:
        print_json(_to_plain(found, way, arguments))
    else:
        _print(way, arguments.lang_ui)
    return GOOD


def _lead(group: GroupFile, found: Consolidated, arguments: argparse.Namespace) -> _Way:
    view = arguments.view
    way = _Way([group_level(found, view)], plant_levels(found, view))
    if not arguments.plant:
        return way
    way.member = member = member_named(found, arguments.plant)
    _descend(way, member.key, source_levels(group, found, member, view))
    source = arguments.source
    if arguments.record and not source:
        source = _source_of(group, found, way, arguments.record, view)
    if source:
        below = record_levels(group, found, member, source, view)
        _descend(way, source, below)
    if arguments.record:
        own = [level for level in way.below if level.key == arguments.record]
        if not own:
            raise UserError(
                T("“{source}” has no record {id}.", source=source, id=arguments.record),
                T("Choose a record of the list."),
            )
        way.path += own
        way.below = ()
        way.records = tuple(explain_record(group, level.reports[0], arguments.record) for level in own)
    return way


def _descend(way: _Way, key: str, below: tuple[Level, ...]) -> None:
    way.path.append(next(level for level in way.below if level.key == key))
    way.below = below


def _source_of(group: GroupFile, found: Consolidated, way: _Way, record: str, view: str) -> str:
    """The source of a record that was named without it."""
    assert way.member is not None
    for level in way.below:
        records = record_levels(group, found, way.member, level.key, view)
        if any(one.key == record for one in records):
            return level.key
    raise UserError(
        T("{plant} has no record {id} with emissions.", plant=way.member.name, id=record),
        T("Choose a record of the list."),
    )


def _to_plain(found: Consolidated, way: _Way, arguments: argparse.Namespace) -> dict[str, object]:
    lang = arguments.lang_ui
    shares = {} if way.member is None else {month: plain(share) for month, share in way.member.shares.items()}
    return {
        "year": found.year,
        "approach": found.approach,
        "view": arguments.view,
        "path": [_level_to_plain(level) for level in way.path],
        "below": [_level_to_plain(level) for level in way.below],
        "shares": shares,
        "records": [_record_to_plain(one, lang) for one in way.records],
    }


def _level_to_plain(level: Level) -> dict[str, object]:
    return {
        "kind": level.kind,
        "key": level.key,
        "title": level.title,
        "reported_tco2e": plain(level.reported),
        "counted_tco2e": plain(level.counted),
        "scopes_tco2e": {scope: plain(value) for scope, value in level.scopes.items()},
        "reports": [] if level.kind == "group" else [report_to_plain(filed) for filed in level.reports],
    }


def _record_to_plain(one: RecordExplained, lang: str) -> dict[str, object]:
    return {
        "id": one.activity.id,
        "note": one.activity.note,
        "report": report_to_plain(one.filed),
        "lines": [line_to_plain(line, lang) for line in one.lines],
        "proofs": [proof_to_plain(proof) for proof in one.proofs],
    }


def _print(way: _Way, lang: str) -> None:
    heads = (T("As reported, t CO₂e"), T("Counted in the group, t CO₂e"))
    titles = ["", *(head.in_language(lang) for head in heads)]
    rows = [(f"{'  ' * depth}{level.title or T('Group').in_language(lang)}", *_tonnes(level))
            for depth, level in enumerate(way.path)]  # fmt: skip
    rows += [(f"{'  ' * len(way.path)}{level.title}", *_tonnes(level)) for level in way.below]
    write(table(titles, rows, (1, 2)))
    for one in way.records:
        _print_record(one, lang)


def _tonnes(level: Level) -> tuple[str, str]:
    return show_number(level.reported, 3), show_number(level.counted, 3)


def _print_record(one: RecordExplained, lang: str) -> None:
    for line in one.lines:
        write("")
        write(labelled(SCOPE_TITLES[line.scope].in_language(lang), f"{plain(line.tco2e)} t CO₂e", lang))
        for step in line.trace:
            words = f"{step.formula} = {plain(step.result)} {step.unit}"
            write(f"  {labelled(step.what.in_language(lang), words, lang)}")
        factor = line.factor
        cited = T("Factor {key}: {publisher}, {edition}, {year}, {place}; licence: {licence}", key=factor.key,
                  publisher=factor.publisher, edition=factor.edition, year=str(factor.year), place=factor.place,
                  licence=factor.licence or "—")  # fmt: skip
        write(f"  {cited.in_language(lang)}")
    write("")
    for proof in one.proofs:
        write(T("Proof: {name}, SHA-256 {hash}", name=proof.name, hash=proof.sha256).in_language(lang))
    signed = T("Report “{file}”, SHA-256 {hash}, signed by {signers} on {when}", file=one.filed.name,
               hash=one.filed.sha256, signers=", ".join(one.filed.signed_by), when=one.filed.signed_at)  # fmt: skip
    write(signed.in_language(lang))
