"""``audit engage``: begin the audit of a year, or change what was agreed about it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from core.audit.engagement import CARRIES, agreeing, usual
from core.audit.statement import ASSURANCE
from core.cli.audit._acting import confirm, ids_of
from core.cli.common import GOOD, Commands, command, print_json
from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger import Ledger, to_plain
from core.store import PlantFile

_WORDS = ("client", "site", "objectives", "scope", "start", "end", "note")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Begin the audit of a year, or change what was agreed; what is not said stays, or is as usual.")
    parser = command(commands, "engage", words, run_engage, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    for field in _WORDS:
        parser.add_argument(f"--{field}", metavar="DATE" if field in ("start", "end") else None)
    parser.add_argument("--assurance", choices=tuple(ASSURANCE))
    parser.add_argument("--materiality", metavar="%", help=T("Of the total.").in_language(lang).replace("%", "%%"))
    parser.add_argument(
        "--scope-materiality", action="append", metavar="SCOPE=%",
        help=T("Of one scope; once for each.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--team", action="append", metavar="NAME", help=T("The team lead first.").in_language(lang))
    parser.add_argument("--reviewer", metavar="NAME")
    parser.add_argument("--carries", choices=tuple(CARRIES),
                        help=T("Evidence files inside the report.").in_language(lang))  # fmt: skip
    parser.add_argument("--lang", choices=("zh", "en"), default=lang)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_engage(arguments: argparse.Namespace) -> int:
    """Agree, as one change."""
    with PlantFile.open(arguments.file) as plant:
        ledger = plant.ledger
        held = ledger.engagement(arguments.year) or usual(ledger, arguments.year, arguments.lang)
        confirm(plant, agreeing(ledger, replace(held, **_said(ledger, arguments))), arguments, say=not arguments.json)
        after = plant.ledger.engagement(arguments.year)
    if arguments.json and after is not None:
        print_json(to_plain(after))
    return GOOD


def _said(ledger: Ledger, arguments: argparse.Namespace) -> dict[str, Any]:
    said = {name: getattr(arguments, name) for name in (*_WORDS, "assurance", "carries")}
    found = {name: value for name, value in said.items() if value is not None}
    if arguments.materiality is not None:
        found["materiality"] = _number(arguments.materiality)
    if arguments.scope_materiality is not None:
        pairs = (one.partition("=") for one in arguments.scope_materiality)
        found["scope_materiality"] = tuple(sorted((scope, f"{_number(percent):f}") for scope, _, percent in pairs))
    if arguments.team is not None:
        found["team"] = ids_of(ledger, arguments.team)
    if arguments.reviewer is not None:
        found["reviewer"] = ids_of(ledger, [arguments.reviewer])[0] if arguments.reviewer else ""
    return found


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        raise UserError(T("“{text}” is no number.", text=verbatim(text)), T("Write it like 5 or 2.5.")) from None
