"""``audit status``: how far the audit of a year is."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, print_json, write
from core.i18n import T
from core.ledger import to_plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "status", T("How far the audit of a year is."), run_status, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--json", action="store_true")


def run_status(arguments: argparse.Namespace) -> int:
    """Exit code 1 when nobody audits the year."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        engagement = plant.ledger.engagement(arguments.year)
    if arguments.json:
        print_json({"engagement": None if engagement is None else to_plain(engagement)})
    elif engagement is None:
        write(T("Nobody audits {year} yet.", year=str(arguments.year)).in_language(arguments.lang_ui))
    else:
        write(f"{engagement.id} {engagement.state}")
    return NO if engagement is None else GOOD
