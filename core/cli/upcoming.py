"""``next``: what is to be done next at a plant for one year, or at head office."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.checks import review
from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    now,
    person,
    print_json,
    write,
)
from core.cli.holding import holding
from core.handover.noticed import open_items
from core.i18n import T
from core.store import GroupFile, PlantFile
from core.upcoming import office, plant
from core.upcoming.step import NextStep

MOST = 5
"""Steps told before somebody asks for all."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("What is to be done next, and on which page, at a plant or at head office.")
    parser = command(commands, "next", words, run_next, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--all", action="store_true", help=T("Every step, not the first five.").in_language(lang))
    parser.add_argument("--person", help=T("For whom: what concerns this person comes first.").in_language(lang))
    parser.add_argument("--json", action="store_true")


def run_next(arguments: argparse.Namespace) -> int:
    """Exit code 0, whether or not something is to be done."""
    lang, today = arguments.lang_ui, now().date()
    with holding(arguments.file, read_only=True) as file:
        if isinstance(file, GroupFile):
            steps = office.next_steps(office.Group(file.register, file.all(), arguments.year, today))
        else:
            steps = plant.next_steps(_situation(file, arguments))
    if arguments.json:
        print_json({"year": arguments.year, "steps": [_to_plain(one, lang) for one in steps]})
    else:
        _write(steps, arguments)
    return GOOD


def _situation(file: PlantFile, arguments: argparse.Namespace) -> plant.Situation:
    library = library_of_plant(file)
    inventory = inventory_of_plant(file, arguments.year, library)
    asked = open_items(file.ledger, file.blob, library)
    return plant.Situation(
        file.ledger, inventory, review(inventory), arguments.year, now().date(), person(arguments), asked
    )


def _write(steps: Sequence[NextStep], arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    if not steps:
        write(T("Nothing waits to be done for {year}.", year=str(arguments.year)).in_language(lang))
        return
    shown = steps if arguments.all else steps[:MOST]
    for number, one in enumerate(shown, 1):
        write(T("{number}. {what}", number=number, what=one.words).in_language(lang))
    if len(shown) < len(steps):
        write(T("{count} more with --all.", count=len(steps) - len(shown)).in_language(lang))


def _to_plain(one: NextStep, lang: str) -> dict[str, object]:
    return {
        "key": one.key,
        "about": one.area,
        "words": one.words.in_language(lang),
        "count": one.count,
        "page": one.page,
        "subject": one.subject,
    }
