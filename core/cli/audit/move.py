"""``audit move``: from state to state."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.audit.moving import moving, ways_on
from core.audit.states import STATES, VERIFICATION
from core.checks import review
from core.cli.audit._acting import confirm
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
    write,
)
from core.handover.declared import check_declarations
from core.i18n import T
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "move", T("Move an audit to another state, or show where it can go."), run_move, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--to", choices=tuple(STATES))
    parser.add_argument("--reason", default="", help=T("Why, where it is asked for.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_move(arguments: argparse.Namespace) -> int:
    """Move; exit code 1 when something stands in the way, or when no way is open to this person."""
    year, who, lang = arguments.year, person(arguments), arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=arguments.to is None) as plant:
        inventory = inventory_of_plant(plant, year, library_of_plant(plant))
        findings = review(inventory)
        if arguments.to is not None:
            if arguments.to == VERIFICATION:
                check_declarations(plant.ledger, year)
            done = moving(plant.ledger, inventory, findings, year, arguments.to, arguments.reason, who, now().date())
            confirm(plant, done, arguments, say=not arguments.json)
        ways = ways_on(plant.ledger, inventory, findings, year, who)
    plain = [
        {
            "to": way.move.to,
            "move": way.move.title.in_language(lang),
            "open": way.open,
            "reason": way.move.reason,
            "roles": sorted(way.move.roles),
            "obstacles": [one.text.in_language(lang) for one in way.standing],
            "refused": None if way.refused is None else way.refused.in_language(lang),
        }
        for way in ways
    ]
    if arguments.json:
        print_json(plain)
    elif arguments.to is None:
        for way in ways:
            write(f"{'✓' if way.open else '–'} {way.move.to}: {way.move.title.in_language(lang)}")
            for text in (*(one.text for one in way.standing), *((way.refused,) if way.refused else ())):
                write(f"    {text.in_language(lang)}")
    return GOOD if arguments.to is not None or any(way.open for way in ways) else NO
