"""``audit test``: what is still to be tested, and a test sheet of one record.

Nothing here prints the value of a record before a value that was typed blind is kept.
"""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from core.audit.blind import blind_task, rekeying
from core.audit.finding import finding_named, title_of
from core.audit.procedures import (
    DIFFERS,
    PROCEDURES,
    REKEYED,
    RESULTS,
    Applied,
    Kept,
    applying,
    linked,
    sheets_of,
    untested,
)
from core.cli.audit._acting import acting_person, confirm, day_of
from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    print_json,
    table,
    write,
)
from core.cli.fields import needed
from core.exchange.ids import next_ids
from core.exchange.numbers import parse_number
from core.i18n import T, show_date, show_number, verbatim
from core.inventory.judging import Decision
from core.ledger import Activity, Ledger, to_plain
from core.methods import plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Record what the evidence shows of a sampled record, or list what is still to be tested.")
    parser = command(commands, "test", words, run_test, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help=T("Items of samples that are open.").in_language(lang))
    what.add_argument("--sheets", action="store_true", help=T("Test sheets that were made.").in_language(lang))
    what.add_argument("--activity", metavar="ID", help=T("The record that is tested.").in_language(lang))
    what.add_argument("--link", metavar="TE", help=T("A sheet of which a finding came: --finding.").in_language(lang))
    parser.add_argument("--finding", metavar="FI")
    parser.add_argument("--procedure", choices=tuple(PROCEDURES))
    parser.add_argument("--found", metavar="N", help=T("Quantity that the evidence shows.").in_language(lang))
    parser.add_argument("--again", metavar="N", help=T("Typed once more, where the first differs.").in_language(lang))
    parser.add_argument("--result", choices=tuple(RESULTS))
    parser.add_argument("--sample", default="", metavar="SA")
    parser.add_argument("--evidence", nargs="+", default=[], metavar="E")
    parser.add_argument("--note", default="")
    parser.add_argument("--day", metavar="DATE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_test(arguments: argparse.Namespace) -> int:
    """List, or keep a sheet; exit code 1 when items are open."""
    if arguments.list:
        return _list(arguments)
    if arguments.sheets:
        return _sheets(arguments)
    if arguments.link:
        return _link(arguments)
    needed(arguments, "procedure")
    with PlantFile.open(arguments.file) as plant:
        done = _applied(plant, arguments)
        confirm(plant, Decision(done.why, done.steps), arguments, say=False)
    if arguments.json:
        print_json(
            {"sheet": to_plain(done.sheet), "effect_tco2e": {k: plain(v) for k, v in done.effect.scopes.items()}}
        )
    else:
        _print(done, arguments.lang_ui)
    return GOOD


def _link(arguments: argparse.Namespace) -> int:
    """Note on a sheet which finding came of it."""
    needed(arguments, "finding")
    with PlantFile.open(arguments.file) as plant:
        finding = finding_named(plant.ledger, arguments.finding)
        steps = linked(plant.ledger, (arguments.link,), finding.id)
        why = T(
            "Test sheet {sheet} linked to finding {finding}",
            sheet=arguments.link,
            finding=title_of(plant.ledger, finding),
        )
        if steps:
            confirm(plant, Decision(why, steps), arguments, say=False)
    if arguments.json:
        print_json({"sheet": arguments.link, "finding": finding.id})
    else:
        write(why.in_language(arguments.lang_ui))
    return GOOD


def _applied(plant: PlantFile, arguments: argparse.Namespace) -> Kept:
    by = acting_person(plant.ledger, arguments)
    typed = [parse_number(text) for text in (arguments.found, arguments.again) if text is not None]
    said = Applied(
        arguments.activity,
        arguments.procedure,
        by.id,
        day_of(arguments.day),
        typed[-1] if typed else None,
        arguments.result or "",
        arguments.sample,
        tuple(arguments.evidence),
        arguments.note,
    )
    inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
    (key,) = next_ids(plant.ledger, 1, "test")
    authors = plant.authors("activity", arguments.activity)
    if arguments.procedure == REKEYED and arguments.result is None:
        return rekeying(plant.ledger, inventory, arguments.year, key, said, typed, authors)
    return applying(plant.ledger, inventory, arguments.year, key, said, authors)


def _print(done: Kept, lang: str) -> None:
    sheet = done.sheet
    write(f"{sheet.id}: {done.why.in_language(lang)}")
    if sheet.result != DIFFERS or sheet.found is None or sheet.reported is None:
        return
    words = T(
        "Reported {reported}, found {found}: {location} t CO₂e location-based, {market} t CO₂e market-based.",
        reported=sheet.reported,
        found=sheet.found,
        location=verbatim(_signed(done.effect.location)),
        market=verbatim(_signed(done.effect.market)),
    )
    write(words.in_language(lang))


def _signed(tonnes: Decimal) -> str:
    return ("+" if tonnes > 0 else "") + show_number(tonnes, 3)


def _list(arguments: argparse.Namespace) -> int:
    """Open items; without a procedure too their values are left out, for somebody may yet type them blind."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger = plant.ledger
    blind = arguments.procedure in (None, REKEYED)  # what was typed blind already is no open item
    rows = [_item(ledger, sample, key, blind) for sample, key in untested(ledger, arguments.year)]
    if arguments.json:
        print_json(rows)
    elif rows:
        keys = [key for key in _HEADS if key in rows[0]]
        heads = [_HEADS[key].in_language(arguments.lang_ui) for key in keys]
        write(table(heads, [[str(row[key]) for key in keys] for row in rows], right=(8,)))
    else:
        write(T("Every item of the samples was tested.").in_language(arguments.lang_ui))
    return NO if rows else GOOD


_HEADS = {
    "sample": T("Sample"),
    "activity": T("Record"),
    "source": T("Source"),
    "item": T("Item"),
    "start": T("From"),
    "end": T("To"),
    "reference": T("Bill"),
    "unit": T("Unit"),
    "quantity": T("Quantity"),
}


def _item(ledger: Ledger, sample: str, key: str, blind: bool) -> dict[str, object]:
    task = blind_task(ledger, key)
    row: dict[str, object] = {
        "sample": sample,
        "activity": key,
        "source": task.source,
        "item": task.item,
        "start": task.start.isoformat(),
        "end": task.end.isoformat(),
        "unit": task.unit,
        "reference": task.reference,
        "evidence": list(task.evidence),
    }
    record = ledger.get("activity", key)
    if not blind and isinstance(record, Activity):
        row["quantity"] = plain(record.quantity)
    return row


def _sheets(arguments: argparse.Namespace) -> int:
    """The sheets that were made."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        made = sheets_of(plant.ledger, arguments.year)
    if arguments.json:
        print_json([to_plain(one) for one in made])
        return GOOD
    lang = arguments.lang_ui
    for one in made:
        procedure, result = PROCEDURES[one.procedure], RESULTS[one.result]
        words = T(
            "{day}, {procedure}: {result}", day=verbatim(show_date(one.day, lang)), procedure=procedure, result=result
        )
        effect = "" if not one.effect else f"  {_signed(one.effect)} t CO₂e"
        write(f"{one.id}  {one.activity}  {words.in_language(lang)}{effect}")
    if not made:
        write(T("Nothing was tested yet.").in_language(lang))
    return GOOD
