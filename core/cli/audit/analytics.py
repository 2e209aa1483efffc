"""``audit analytics``: analytical procedures with what they expect, and what the auditor says about them."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.audit.analytics import PROCEDURES, Procedure, expecting, procedures, taking_back
from core.audit.balance import counted_of
from core.audit.figure_units import unit_title
from core.audit.last_year import last_of
from core.cli.audit._acting import confirm, kept
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
from core.errors import UserError
from core.exchange.numbers import parse_number
from core.i18n import T, show_number, verbatim
from core.ledger import to_plain
from core.methods import plain
from core.store import PlantFile

DASH = "–"


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its acts."""
    words = T("Analytical procedures: last year, production, sister plants, degree days.").in_language(lang)
    acts = commands.add_parser("analytics", help=words, description=words).add_subparsers(metavar="ACT", required=True)
    shown = command(acts, "show", T("What is expected, what is, and what wants an explanation."), run_show, lang)
    shown.add_argument("--beyond", action="store_true",
                       help=T("Only what lies beyond its threshold.").in_language(lang))  # fmt: skip
    said = command(acts, "explain", T("Say what explains a difference, and whether it is accepted."), run_say, lang)
    said.add_argument("--threshold", metavar="PERCENT")
    said.add_argument("--explanation", default="")
    said.add_argument("--accept", action="store_true")
    said.add_argument("--evidence", type=Path, action="append", default=[], metavar="FILE")
    back = command(acts, "take-back", T("As if nothing had been said about it."), run_back, lang)
    for parser in (shown, said, back):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--year", type=int, required=True)
    shown.add_argument("--json", action="store_true")
    for parser in (said, back):
        parser.add_argument("--procedure", choices=tuple(PROCEDURES), required=True)
        parser.add_argument("--subject", default="", metavar="SUBJECT",
                            help=T("As “show --json” names it; empty: the total.").in_language(lang))  # fmt: skip
        parser.add_argument("--person")


def found_of(plant: PlantFile, year: int) -> tuple[Procedure, ...]:
    """Everything that can be held against something; last year as it was closed, else as it is recorded."""
    from core.series.metered import Metered

    library = library_of_plant(plant)
    inventory = inventory_of_plant(plant, year, library)
    before = inventory_of_plant(plant, year - 1, library)
    counted = counted_of(Metered(plant.ledger, plant.blob), inventory.choices.period)
    return procedures(plant.ledger, inventory, last_of(before) if before.activities else None, counted)


def run_show(arguments: argparse.Namespace) -> int:
    """Exit code 1 when something beyond its threshold is not explained."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        found = found_of(plant, arguments.year)
    shown = tuple(one for one in found if one.beyond) if arguments.beyond else found
    lang = arguments.lang_ui
    if arguments.json:
        print_json([_plain(one, lang) for one in shown])
    elif not shown:
        write(T("Nothing lies beyond its threshold.").in_language(lang))
    else:
        write(_table(shown, lang))
    return NO if any(one.unexplained for one in found) else GOOD


def _table(shown: tuple[Procedure, ...], lang: str) -> str:
    heads = [
        word.in_language(lang)
        for word in (T("Procedure"), T("About"), T("Unit"), T("Actual"), T("Expected"), T("Difference"), T("Threshold"),
                     T("State"))
    ]  # fmt: skip
    rows = [
        (
            PROCEDURES[one.procedure].in_language(lang),
            one.title.in_language(lang),
            unit_title(one.unit).in_language(lang),
            _value(one.actual),
            _value(one.expected),
            DASH if one.percent is None else f"{show_number(one.percent, 1)} %",
            f"{show_number(one.threshold, 1)} %",
            _state(one, lang),
        )
        for one in shown
    ]
    return table(heads, rows, (3, 4, 5, 6))


def _value(value: Decimal | None) -> str:
    return DASH if value is None else show_number(value, 3)


def _state(one: Procedure, lang: str) -> str:
    if one.missing is not None:
        return one.missing.in_language(lang)
    if one.unexplained:
        return T("wants an explanation").in_language(lang)
    return (T("explained") if one.beyond else T("as expected")).in_language(lang)


def _plain(one: Procedure, lang: str) -> dict[str, Any]:
    numbers = {
        name: None if (value := getattr(one, name)) is None else plain(value)
        for name in ("actual", "expected", "difference", "percent", "threshold")
    }
    return {
        "procedure": one.procedure,
        "subject": one.subject,
        "title": one.title.in_language(lang),
        "unit": one.unit,
        **numbers,
        "beyond": one.beyond,
        "unexplained": one.unexplained,
        "how": one.how.in_language(lang),
        "missing": None if one.missing is None else one.missing.in_language(lang),
        "expectation": None if one.expectation is None else to_plain(one.expectation),
    }


def run_say(arguments: argparse.Namespace) -> int:
    """What is not said stays as it was."""
    with PlantFile.open(arguments.file) as plant:
        one = _named(plant, arguments)
        before = one.expectation
        files = kept(plant.ledger, arguments.evidence, "other")
        said = expecting(
            files.ledger,
            arguments.year,
            one,
            parse_number(arguments.threshold) if arguments.threshold else one.threshold,
            arguments.explanation or ("" if before is None else before.explanation),
            arguments.accept,
            (*(() if before is None else before.evidence), *files.ids),
        )
        confirm(plant, files.with_act(said), arguments)
    return GOOD


def run_back(arguments: argparse.Namespace) -> int:
    """Threshold and explanation are gone."""
    with PlantFile.open(arguments.file) as plant:
        confirm(plant, taking_back(plant.ledger, arguments.year, _named(plant, arguments)), arguments)
    return GOOD


def _named(plant: PlantFile, arguments: argparse.Namespace) -> Procedure:
    """The procedure that is meant; also one that is asked for by the first word about it."""
    found = {(one.procedure, one.subject): one for one in found_of(plant, arguments.year)}
    wanted = (arguments.procedure, arguments.subject)
    if wanted not in found:
        raise UserError(
            T("There is no such procedure: {subject}.", subject=verbatim(arguments.subject)),
            T("Look at what “audit analytics show” lists."),
        )
    return found[wanted]
