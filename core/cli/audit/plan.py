"""``audit plan``: the inventory management plan beside practice."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.audit.plan import FREQUENCIES, METHODS, MISSING, changing, key_named, meter_named, subject_of
from core.audit.practice import departures, practice_text, practices_of, proposed
from core.cli.audit._tables import refused, taken_up
from core.cli.because import add_because, confirm
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
from core.exchange.ids import next_ids
from core.exchange.plan import FIELDS, read_plan, taking_up, write_plan
from core.i18n import T, labelled, show_number, verbatim
from core.inventory.judging import Decision
from core.inventory.planned import covering
from core.ledger import Change, Ledger, Meter, PlanItem, to_plain
from core.library import Library
from core.store import PlantFile

TEXTS = ("source", "item", "meter", "records", "responsible", "note")
CHOICES = {"method": METHODS, "frequency": FREQUENCIES, "missing": MISSING}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its acts."""
    words = T("The inventory management plan (data quality control plan) beside practice.").in_language(lang)
    acts = commands.add_parser("plan", help=words, description=words).add_subparsers(metavar="ACT", required=True)
    shown = command(acts, "show", T("The plan, what is done, and where practice falls short."), run_show, lang)
    offered = command(
        acts, "propose", T("Add a line for everything that none covers, from practice."), run_propose, lang
    )
    stated = command(acts, "set", T("Add or alter a line."), run_set, lang)
    gone = command(acts, "remove", T("Remove lines."), run_remove, lang)
    brought = command(acts, "import", T("Import the plan from csv or xlsx."), run_import, lang)
    written = command(acts, "export", T("Write the plan to csv or xlsx."), run_export, lang)
    for parser in (shown, offered, stated, gone, brought, written):
        parser.add_argument("file", type=Path, metavar="FILE")
    for parser in (shown, offered):
        parser.add_argument("--year", type=int, required=True)
    stated.add_argument(
        "--id", default="", metavar="ID", help=T("Of the line to alter; empty: a new one.").in_language(lang)
    )
    for name in (*TEXTS, "accuracy"):
        stated.add_argument(f"--{name}", metavar="PERCENT" if name == "accuracy" else "TEXT")
    stated.add_argument("--calibration-months", metavar="N")
    for name, choices in CHOICES.items():
        stated.add_argument(f"--{name}", choices=tuple(choices))
    gone.add_argument("ids", nargs="+", metavar="ID")
    brought.add_argument("table", type=Path, metavar="TABLE")
    written.add_argument("out", type=Path, metavar="OUT")
    written.add_argument("--lang", choices=("en", "zh", "both"), default="both")
    for parser in (shown, brought):
        parser.add_argument("--json", action="store_true")
    for parser in (offered, stated, gone, brought):
        parser.add_argument("--person")
        add_because(parser, lang)


def run_show(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there is no plan."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger, library = plant.ledger, library_of_plant(plant)
        inventory = inventory_of_plant(plant, arguments.year, library)
    plan, lang = ledger.held(PlanItem), arguments.lang_ui
    done = practices_of(ledger, inventory)
    beside = {one.id: [p for p in done if covering(plan, p.source, p.item) == one] for one in plan}
    said = {one.id: [practice_text(p).in_language(lang) for p in beside[one.id]] for one in plan}
    short = {one.id: [t.in_language(lang) for p in beside[one.id] for t in departures(one, p)] for one in plan}
    left = [f"{p.source} ({p.item})" for p in done if covering(plan, p.source, p.item) is None]
    if arguments.json:
        lines = [{**to_plain(one), "practice": said[one.id], "departures": short[one.id]} for one in plan]
        print_json({"lines": lines, "not_planned": left})
    elif not plan:
        write(T("There is no management plan yet.").in_language(lang))
    else:
        shown = {field.key: field.name.in_language(lang) for field in FIELDS}
        heads = ["", *(shown[key] for key in ("source", "item", "method", "meter", "frequency", "accuracy")),
                 T("Practice").in_language(lang)]  # fmt: skip
        rows = [
            (one.id, *_cells(one, ledger, library, lang), "; ".join((*said[one.id], *short[one.id]))) for one in plan
        ]
        write(table(heads, rows, (6,)))
        if left:
            write(T("Not planned: {sources}", sources=[verbatim(one) for one in left]).in_language(lang))
    return GOOD if plan else NO


def _cells(one: PlanItem, ledger: Ledger, library: Library, lang: str) -> tuple[str, ...]:
    item, meter = library.items.get(one.item), ledger.get("meter", one.meter)
    return (
        one.source,
        one.item if item is None else item.name.in_language(lang),
        METHODS[one.method].in_language(lang),
        meter.name if isinstance(meter, Meter) else one.meter,
        FREQUENCIES[one.frequency].in_language(lang),
        "" if one.accuracy is None else f"{show_number(one.accuracy)} %",
    )


def run_propose(arguments: argparse.Namespace) -> int:
    """Exit code 1 when every source is covered already."""
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file) as plant:
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
        lines = proposed(plant.ledger, inventory, lang)
        if not lines:
            write(T("The plan covers every source already.").in_language(lang))
            return NO
        ids = next_ids(plant.ledger, len(lines), "plan_item")
        kept = [replace(one, id=key) for key, one in zip(ids, lines, strict=True)]
        _confirm(plant, changing(plant.ledger, kept), arguments)
    for one in kept:
        write(f"{one.id} {labelled(subject_of(one).in_language(lang), METHODS[one.method].in_language(lang), lang)}")
    return GOOD


def run_set(arguments: argparse.Namespace) -> int:
    """Options that are not said stay as they are."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        before = ledger.get("plan_item", arguments.id) if arguments.id else None
        if arguments.id and not isinstance(before, PlanItem):
            raise UserError(T("The plan has no line {id}.", id=arguments.id), T("Look at the list again."))
        key = arguments.id or next_ids(ledger, 1, "plan_item")[0]
        start = before if isinstance(before, PlanItem) else PlanItem(key, "", "", "billed")
        after = replace(start, **{**_said(arguments, ledger, library_of_plant(plant)), "id": key})
        _confirm(plant, changing(ledger, [after]), arguments)
    write(f"{key} {subject_of(after).in_language(arguments.lang_ui)}")
    return GOOD


def _said(arguments: argparse.Namespace, ledger: Ledger, library: Library) -> dict[str, Any]:
    said = read_options(arguments, PlanItem)
    if isinstance(item := said.get("item"), str) and item:
        known = library.items.get(item) or library.recognise(item)
        if known is None:
            raise UserError(T("Unknown item “{item}”.", item=verbatim(item[:40])), T("Choose one of the list."))
        said["item"] = known.key
    if isinstance(meter := said.get("meter"), str):
        said["meter"] = meter_named(ledger, meter)
    for name, choices in CHOICES.items():
        if isinstance(word := said.get(name), str):
            said[name] = key_named(word, choices)
    return said


def run_remove(arguments: argparse.Namespace) -> int:
    """All of them or none."""
    with PlantFile.open(arguments.file) as plant:
        done = changing(plant.ledger, removed=tuple(dict.fromkeys(arguments.ids)))
        _confirm(plant, done, arguments)
    write(done.why.in_language(arguments.lang_ui))
    return GOOD


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 with each refused cell when the file cannot be taken up."""
    with PlantFile.open(arguments.file) as plant:
        found = read_plan(arguments.table, plant.ledger, library_of_plant(plant))
        if found.refused:
            return refused(arguments, found.refused)
        return taken_up(plant, taking_up(found, plant.ledger), arguments, len(found.rows))


def run_export(arguments: argparse.Namespace) -> int:
    """In the form that can be imported again."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        write_plan(arguments.out, plant.ledger, library_of_plant(plant), arguments.lang)
    return GOOD


def _confirm(plant: PlantFile, done: Decision, arguments: argparse.Namespace) -> None:
    if done.steps:
        confirm(plant, Change(person(arguments), now(), done.why, done.steps), arguments)
