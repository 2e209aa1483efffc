"""``declare``: whether a category is relevant or significant, decided with a reason."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.because import add_because, confirm
from core.cli.common import GOOD, Commands, command, library_of_plant, now, person, print_json, write
from core.i18n import T
from core.inventory import choices_of, compile_inventory
from core.inventory.closing import closed_years, waiting
from core.inventory.judging import (
    NOT_RELEVANT,
    NOT_SIGNIFICANT,
    RELEVANT,
    SIGNIFICANT,
    Decision,
    deciding,
    held_about,
    taking_back,
)
from core.ledger import Change, Judgement
from core.store import PlantFile

_BACK = "taken_back"


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(commands, "declare", T("Decide with a reason about a category of a year."), run_declare, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument("--category", metavar="1-15", help=T("Category of scope 3.").in_language(lang))
    subject.add_argument("--iso", metavar="2-6", help=T("Category of ISO 14064-1.").in_language(lang))
    verdicts = parser.add_mutually_exclusive_group(required=True)
    for verdict in (RELEVANT, NOT_RELEVANT, SIGNIFICANT, NOT_SIGNIFICANT):
        verdicts.add_argument(f"--{verdict.replace('_', '-')}", dest="verdict", action="store_const", const=verdict)
    verdicts.add_argument(
        "--take-back", dest="verdict", action="store_const", const=_BACK,
        help=T("As if nothing had been decided.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--reason", default="", help=T("Why; it stands in the report.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    add_because(parser, lang)


def run_declare(arguments: argparse.Namespace) -> int:
    """Decide, as one change."""
    about = f"scope3:{arguments.category}" if arguments.category is not None else f"iso:{arguments.iso}"
    with PlantFile.open(arguments.file) as plant:
        made = _decided(plant, about, arguments)
        before = held_about(plant.ledger, arguments.year, about)
        confirm(plant, Change(person(arguments), now(), made.why, made.steps), arguments)
        after = held_about(plant.ledger, arguments.year, about)
        waits = waiting(closed_years(plant.ledger, made.steps))
    if arguments.json:
        plain: dict[str, object] = {"year": arguments.year, "about": about}
        plain |= {"decided": _to_plain(after), "before": _to_plain(before)}
        plain |= {"said": made.why.in_language(arguments.lang_ui)}
        plain |= {"waits": None if waits is None else waits.in_language(arguments.lang_ui)}
        print_json(plain)
        return GOOD
    for text in (made.why, waits):
        if text is not None:
            write(text.in_language(arguments.lang_ui))
    return GOOD


def _decided(plant: PlantFile, about: str, arguments: argparse.Namespace) -> Decision:
    year: int = arguments.year
    if arguments.verdict == _BACK:
        return taking_back(plant.ledger, year, about)
    inventory = compile_inventory(plant.ledger, choices_of(plant.ledger.audit(year), year), library_of_plant(plant))
    return deciding(plant.ledger, inventory, year, about, arguments.verdict, arguments.reason)


def _to_plain(judgements: tuple[Judgement, ...]) -> dict[str, str] | None:
    return {"verdict": judgements[-1].verdict, "reason": judgements[-1].reason} if judgements else None
