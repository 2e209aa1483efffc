"""``audit letters``: finding sheets, the list of findings and the letter to the plant as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.audit.finding import finding_named
from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    must_be_new,
    now,
    print_json,
    write,
)
from core.handover import write_safely
from core.i18n import T
from core.report.letters import KINDS, LANGUAGES, finding_letters
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Write the letters about findings as PDF: sheets, list, letter.")
    parser = command(commands, "letters", words, run_letters, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR|FILE.pdf")
    parser.add_argument("--language", choices=LANGUAGES, default="both")
    parser.add_argument("--kind", choices=tuple(KINDS), help=T("Without it, all of them.").in_language(lang))
    parser.add_argument("--finding", action="append", default=[], metavar="FINDING",
                        help=T("Only this one; once for each.").in_language(lang))  # fmt: skip
    parser.add_argument("--json", action="store_true")


def run_letters(arguments: argparse.Namespace) -> int:
    """All files or none."""
    paths = _paths(arguments)
    must_be_new(*paths.values())
    with PlantFile.open(arguments.file, read_only=True) as plant:
        ledger = plant.ledger
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
    only = tuple(finding_named(ledger, name).id for name in arguments.finding)
    made = {
        path: finding_letters(
            kind, ledger, inventory, arguments.year, language=arguments.language, when=now(), only=only
        )
        for kind, path in paths.items()
    }
    for path, data in made.items():
        write_safely(path, data)
    if arguments.json:
        print_json({"written": [str(path) for path in made]})
    else:
        for path in made:
            write(T("Written {file}.", file=str(path)).in_language(arguments.lang_ui))
    return GOOD


def _paths(arguments: argparse.Namespace) -> dict[str, Path]:
    """Where each kind goes: one file, or a folder with a name for each."""
    out: Path = arguments.out
    kinds = [arguments.kind] if arguments.kind else list(KINDS)
    if len(kinds) == 1 and out.suffix.lower() == ".pdf":
        return {kinds[0]: out}
    out.mkdir(parents=True, exist_ok=True)
    return {kind: out / f"{arguments.year}-{kind}-{arguments.language}.pdf" for kind in kinds}
