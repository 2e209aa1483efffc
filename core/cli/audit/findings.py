"""``audit findings``, ``corrected`` and ``correct``: what was found, and what became of the data because of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from core.audit.corrected import Corrected, CorrectedLine, compared
from core.audit.correcting import correctable
from core.audit.finding import KINDS, STATUSES, finding_named, findings_of, is_open, is_overdue, number_of
from core.audit.people import name_of
from core.cli.audit._findings import finding_to_plain
from core.cli.because import confirm
from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    now,
    person,
    print_json,
    table,
    write,
)
from core.cli.fields import read_options
from core.errors import UserError
from core.exchange.findings import initial_library
from core.i18n import T, Text, show_number, verbatim
from core.inventory.totals import LOCATION, MARKET
from core.ledger import Activity, AuditFinding, Change, Ledger, Step, to_plain
from core.library import load_library
from core.methods import SCOPE_TITLES, exact_sum, plain
from core.store import PlantFile

DASH = "–"
CORRECTABLE = ("quantity", "unit", "start", "end", "item", "evidence", "note")
"""Fields of activity data that ``correct`` states anew."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    listing = command(commands, "findings", T("List the findings of an audit."), run_findings, lang)
    shown = command(commands, "corrected", T("Initial, verified and why: what findings changed."), run_corrected, lang)
    correcting = command(commands, "correct", T("Correct a record because of a finding."), run_correct, lang)
    for parser in (listing, shown, correcting):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true")
    for parser in (listing, shown):
        parser.add_argument("--year", type=int, required=True)
    correcting.add_argument("--finding", dest="because", required=True, metavar="FINDING")
    correcting.add_argument("--activity", required=True, metavar="ID")
    correcting.add_argument(
        "--remove", action="store_true", help=T("The record should not be there.").in_language(lang)
    )
    for name in CORRECTABLE:
        correcting.add_argument(f"--{name}")
    correcting.add_argument("--person")


# ---------------------------------------------------------------------- findings


def run_findings(arguments: argparse.Namespace) -> int:
    """Exit code 1 while one is open."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger = plant.ledger
    found, day = findings_of(ledger, arguments.year), now().date()
    if arguments.json:
        print_json([finding_to_plain(ledger, one, day) for one in found])
    elif found:
        _print_findings(ledger, found, day, arguments.lang_ui)
    else:
        write(T("There are no findings.").in_language(arguments.lang_ui))
    return NO if any(is_open(one) for one in found) else GOOD


def _print_findings(ledger: Ledger, found: Sequence[AuditFinding], day: date, lang: str) -> None:
    heads = (T("No."), T("Kind"), T("Title"), T("Effect [t CO2e]"), T("Owner"), T("Due"), T("Status"))
    rows = []
    for one in found:
        status = STATUSES[one.status].in_language(lang)
        if is_overdue(one, day):
            status = T("{status}, overdue", status=STATUSES[one.status]).in_language(lang)
        effect = DASH if one.effect is None else show_number(one.effect)
        owner = name_of(ledger, one.owner) if one.owner else DASH
        rows.append([number_of(ledger, one), KINDS[one.kind].in_language(lang), one.title, effect, owner,
                     one.due or DASH, status])  # fmt: skip
    write(table([head.in_language(lang) for head in heads], rows, (3,)))


# ---------------------------------------------------------------------- corrected


def run_corrected(arguments: argparse.Namespace) -> int:
    """Every line that findings changed."""
    year = arguments.year
    with PlantFile.open(arguments.file, read_only=True) as plant:
        library, ledger = library_of_plant(plant), plant.ledger
        before = initial_library(ledger, plant.corrections, year, plant.blob, load_library())
        found = compared(ledger, inventory_of_plant(plant, year, library), plant.corrections, before)
    if arguments.json:
        print_json(_corrected_to_plain(ledger, found))
    elif found.lines:
        _print_corrected(ledger, found, arguments.lang_ui)
    else:
        write(T("No data were corrected because of a finding.").in_language(arguments.lang_ui))
    return GOOD


def _corrected_to_plain(ledger: Ledger, found: Corrected) -> dict[str, object]:
    differences = found.differences
    return {
        "scopes_tco2e": {
            scope: {
                "initial": plain(found.initial[scope]),
                "difference": plain(differences[scope]),
                "verified": plain(found.verified[scope]),
            }
            for scope in found.initial
        },
        "lines": [
            {
                "line": one.line,
                "record": one.activity.id,
                "source": one.activity.source,
                "item": one.activity.item,
                "scope": one.scope,
                "category": one.category,
                "initial_tco2e": plain(one.initial),
                "verified_tco2e": plain(one.verified),
                "difference_tco2e": plain(one.difference),
                "findings": list(one.findings),
                "numbers": _numbers(ledger, one),
                "who": list(one.who),
                "when": None if one.when is None else one.when.isoformat(),
            }
            for one in found.lines
        ],
    }


def _numbers(ledger: Ledger, one: CorrectedLine) -> list[str]:
    return [number_of(ledger, finding_named(ledger, key)) for key in one.findings]


def _print_corrected(ledger: Ledger, found: Corrected, lang: str) -> None:
    heads = (T("Line"), T("Source"), T("Initial [t CO2e]"), T("Verified [t CO2e]"), T("Difference [t CO2e]"),
             T("Because of"), T("By"))  # fmt: skip
    rows = [
        [one.line, one.activity.source, show_number(one.initial, 3), show_number(one.verified, 3),
         show_number(one.difference, 3), ", ".join(_numbers(ledger, one)), ", ".join(one.who)]
        for one in found.lines
    ]  # fmt: skip
    rows += _sums(found, lang)
    write(table([head.in_language(lang) for head in heads], rows, (2, 3, 4)))


def _sums(found: Corrected, lang: str) -> list[list[str]]:
    """The scopes that differ, and both totals."""
    three = (found.initial, found.verified, found.differences)
    parts: list[tuple[Text, tuple[str, ...]]] = [
        (SCOPE_TITLES[scope], (scope,)) for scope in SCOPE_TITLES if found.differences.get(scope)
    ]
    parts += [(T("Total, location-based"), LOCATION), (T("Total, market-based"), MARKET)]
    return [
        ["Σ", title.in_language(lang), *(show_number(exact_sum(one[s] for s in scopes), 3) for one in three), "", ""]
        for title, scopes in parts
    ]


# ---------------------------------------------------------------------- correct


def run_correct(arguments: argparse.Namespace) -> int:
    """One record, as one change because of a finding."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        finding = correctable(ledger, arguments.because)
        before = ledger.get("activity", arguments.activity)
        if not isinstance(before, Activity):
            raise UserError(
                T("The record {id} does not exist.", id=verbatim(arguments.activity)), T("Choose one that exists.")
            )
        after = None if arguments.remove else _restated(before, arguments)
        if after == before:
            raise UserError(T("Nothing changes."), T("Say what the record should be, e.g. --quantity 123.4."))
        number = number_of(ledger, finding)
        why = T("{id} corrected because of finding {number}", id=before.id, number=number)
        confirm(plant, Change(person(arguments), now(), why, (Step("activity", before.id, before, after),)), arguments)
    if arguments.json:
        print_json(
            {"finding": finding.id, "before": to_plain(before), "after": None if after is None else to_plain(after)}
        )
    else:
        write(why.in_language(arguments.lang_ui))
    return GOOD


def _restated(before: Activity, arguments: argparse.Namespace) -> Activity:
    said = read_options(arguments, Activity)
    wanted = {f.name: said[f.name] for f in fields(Activity) if f.name in CORRECTABLE and f.name in said}
    library = load_library()
    if "unit" in wanted:
        library.units.dimension(wanted["unit"])
    if wanted.get("item") and wanted["item"] not in library.items:
        found = library.recognise(wanted["item"])
        if found is None:
            raise UserError(T("Unknown item “{item}”.", item=verbatim(wanted["item"])), T("Choose one of the list."))
        wanted["item"] = found.key
    after = replace(before, **wanted)
    if after.end < after.start:
        raise UserError(T("The record ends before it begins."), T("Correct the dates."))
    return after
