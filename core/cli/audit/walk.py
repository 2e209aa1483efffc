"""``audit walk``: the sheet of the site walk."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.audit.walk import KINDS, Stop, site_walk
from core.cli.audit._acting import day_of
from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    must_be_new,
    now,
    person,
    print_json,
    write,
)
from core.disk import write_safely
from core.i18n import T, labelled
from core.methods import plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "walk", T("What to look at, ask, see and test on site, place by place."), run, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--day", metavar="DATE", help=T("Of the walk; today if it is not said.").in_language(lang))
    parser.add_argument("--pdf", type=Path, metavar="OUT", help=T("Write the sheet as PDF.").in_language(lang))
    parser.add_argument("--lang", choices=("en", "zh", "both"), default="both")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run(arguments: argparse.Namespace) -> int:
    """Print the walk, or write its sheet."""
    must_be_new(arguments.pdf)
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant:
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
        stops = site_walk(plant.ledger, inventory, day_of(arguments.day))
    if arguments.pdf is not None:
        from core.report.letters.site_walk import site_walk_sheet

        sheet = site_walk_sheet(stops, inventory, language=arguments.lang, when=now(), author=person(arguments))
        write_safely(arguments.pdf, sheet)
    if arguments.json:
        print_json([_plain(one, lang) for one in stops])
    elif arguments.pdf is None:
        write("\n\n".join(_text(one, lang) for one in stops))
    else:
        write(T("Written: {file}", file=arguments.pdf.name).in_language(lang))
    return GOOD


def _text(stop: Stop, lang: str) -> str:
    lines = [stop.title.in_language(lang)]
    lines += [f"  {one.serial} {one.meter.name} × {plain(one.multiplier)}" for one in stop.meters]
    lines += [
        f"  [ ] {KINDS[task.kind].in_language(lang)}  "
        f"{labelled(task.subject.in_language(lang), task.text.in_language(lang), lang)}"
        for task in stop.tasks
    ]
    return "\n".join(lines)


def _plain(stop: Stop, lang: str) -> dict[str, Any]:
    return {
        "location": stop.location,
        "tonnes": plain(stop.tonnes),
        "meters": [
            {
                "id": one.meter.id,
                "name": one.meter.name,
                "serial": one.serial,
                "multiplier": plain(one.multiplier),
                "calibrated_to": one.meter.calibrated_to,
                "overdue": one.overdue,
                "last": None if one.last is None else plain(one.last),
                "last_day": one.last_day,
            }
            for one in stop.meters
        ],
        "sources": [{"source": one.source, "tonnes": plain(one.tonnes), "percent": plain(one.percent)}
                    for one in stop.sources],
        "systems": [one.system.id for one in stop.systems],
        "tasks": [{"key": one.key, "kind": one.kind, "subject": one.subject.in_language(lang),
                   "text": one.text.in_language(lang)} for one in stop.tasks],
    }  # fmt: skip
