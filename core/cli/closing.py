"""``close`` and ``restate``: a year keeps its numbers for ever, or gets others on purpose."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, library_of_plant, now, person, write
from core.cli.compare import restatement, show_pending
from core.errors import UserError
from core.handover import FindingsForbidError, close_year, restate_year
from core.i18n import T, show_number
from core.inventory.closing import closed_inventory
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    closing = command(commands, "close", T("Close a year: its factors and numbers stay for ever."), run_close, lang)
    restating = command(
        commands, "restate", T("Close a closed year again, as its records and factors are now."), run_restate, lang
    )
    for parser in (closing, restating):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--reason", required=True, help=T("Why; auditors read it years later.").in_language(lang))
        parser.add_argument("--person")


def run_close(arguments: argparse.Namespace) -> int:
    """Close; exit code 1 when open errors forbid it."""
    with PlantFile.open(arguments.file) as plant:
        try:
            change, blob = close_year(
                plant.ledger,
                arguments.year,
                library_of_plant(plant),
                reason=arguments.reason,
                who=person(arguments),
                when=now(),
                journal=(plant.head, plant.entries),
                sound=plant.health.sound,
            )
        except FindingsForbidError as error:
            return _forbidden(error, arguments)
        plant.append(change, (blob,))
        _tell(plant, blob, arguments)
    return GOOD


def run_restate(arguments: argparse.Namespace) -> int:
    """Show what changes, and restate; exit code 1 when open errors forbid it."""
    arguments.json = False
    with PlantFile.open(arguments.file) as plant:
        library = library_of_plant(plant)
        found = restatement(plant, arguments.year, library)
        closing = plant.ledger.closing(arguments.year)
        assert closing is not None  # else there is no restatement to show
        try:
            change, blob = restate_year(
                plant.ledger,
                arguments.year,
                library,
                blob=plant.blob(closing.sha256),
                reason=arguments.reason,
                who=person(arguments),
                when=now(),
                journal=(plant.head, plant.entries),
                sound=plant.health.sound,
            )
        except FindingsForbidError as error:
            return _forbidden(error, arguments)
        plant.append(change, (blob,))
        show_pending(found, arguments)
        _tell(plant, blob, arguments)
    return GOOD


def _forbidden(error: UserError, arguments: argparse.Namespace) -> int:
    write(error.text(arguments.lang_ui))
    return NO


def _tell(plant: PlantFile, blob: bytes, arguments: argparse.Namespace) -> None:
    closing = plant.ledger.closing(arguments.year)
    assert closing is not None
    totals = closed_inventory(closing, blob).totals
    said = T(
        "{year} is closed, version {revision}: {tonnes} t CO₂e, location-based.",
        year=str(arguments.year),
        revision=closing.revision,
        tonnes=show_number(totals.location, 3),
    )
    write(said.in_language(arguments.lang_ui))
