"""``factors add|retire|remove``: what a supplier or a laboratory states for this plant, with its proof."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.cli.because import add_because, confirm
from core.cli.common import BAD_INPUT, GOOD, Commands, command, library_of_plant, now, person, print_json, write
from core.cli.inventory import SEVERITIES
from core.errors import UserError
from core.exchange.own_factors import ORIGINS, VALUE, Issue, issues_of, removing, saving
from core.exchange.proofs import Proof, load_proof
from core.i18n import T, verbatim
from core.ledger import OwnFactor
from core.ledger.codec import read_decimal, to_plain
from core.library import Library
from core.library.load import AMOUNTS
from core.store import PlantFile

_GASES = {name.casefold(): name for name in AMOUNTS}
_TEXTS = ("name", "publisher", "document")


def add_commands(inner: Commands, lang: str) -> None:
    """Register them below ``factors``."""
    _add_add(command(inner, "add", T("Add an own factor, with the file that proves it."), run_add, lang), lang)
    retiring = command(
        inner, "retire", T("End an own factor earlier; it stays for the years before."), run_retire, lang
    )
    taking_away = command(inner, "remove", T("Remove an own factor that no record names."), run_remove, lang)
    for parser in (retiring, taking_away):
        parser.add_argument("file", type=Path, metavar="FILE.plant")
        parser.add_argument("id", metavar="ID", help="f00001")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--person")
        add_because(parser, lang)
    retiring.add_argument("--to", required=True, metavar="DATE", help=T("Last day, included.").in_language(lang))


def _add_add(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.plant")
    for name in (*_TEXTS, "item", "use"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--place", default="", help=T("Page or table").in_language(lang))
    parser.add_argument("--unit", required=True, help="kg/kWh, t/t, GJ/t")
    numbers = parser.add_mutually_exclusive_group(required=True)
    numbers.add_argument(
        "--amount", action="append", default=[], metavar="GAS=NUMBER",
        help=T("Amount of a gas, like CO2e=0.12; once for each gas.").in_language(lang),
    )  # fmt: skip
    numbers.add_argument(
        "--value", metavar="NUMBER", help=T("A bare number, such as a calorific value.").in_language(lang)
    )
    parser.add_argument("--from", dest="valid_from", required=True, metavar="DATE")
    parser.add_argument(
        "--to", dest="valid_to", required=True, metavar="DATE", help=T("Last day, included.").in_language(lang)
    )
    parser.add_argument(
        "--proof", type=Path, required=True, metavar="FILE", help=T("The document that states it.").in_language(lang)
    )
    parser.add_argument("--origin", choices=ORIGINS, default=ORIGINS[0])
    parser.add_argument(
        "--uncertainty", default="0", metavar="PERCENT",
        help=T("Half of the 95 % interval").in_language(lang).replace("%", "%%"),
    )  # fmt: skip
    parser.add_argument("--only-named", action="store_true", help=T("Only for records that name it.").in_language(lang))
    parser.add_argument("--note", default="")
    parser.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    add_because(parser, lang)


def run_add(arguments: argparse.Namespace) -> int:
    """Check and keep it as one change; what speaks against it is told, all at once."""
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        library = library_of_plant(plant)
        draft, proof = _draft(arguments, library), load_proof(arguments.proof)
        return _save(plant, library, draft, proof, arguments)


def run_retire(arguments: argparse.Namespace) -> int:
    """Give it an earlier end."""
    arguments.dry_run = False
    with PlantFile.open(arguments.file) as plant:
        held, last = _held(plant, arguments.id), _day(arguments.to)
        if last >= held.valid_to:
            raise UserError(
                T("“{name}” ends on {day} already.", name=verbatim(held.name), day=held.valid_to),
                T("Give an earlier day."),
            )
        return _save(plant, library_of_plant(plant), replace(held, valid_to=last), None, arguments)


def run_remove(arguments: argparse.Namespace) -> int:
    """Take it away; undo brings it back."""
    with PlantFile.open(arguments.file) as plant:
        change = removing(plant.ledger, arguments.id, person(arguments), now())
        confirm(plant, change, arguments)
    if arguments.json:
        print_json({"id": arguments.id, "removed": True})
    else:
        write(change.why.in_language(arguments.lang_ui))
    return GOOD


def _save(
    plant: PlantFile, library: Library, draft: OwnFactor, proof: Proof | None, arguments: argparse.Namespace
) -> int:
    lang = arguments.lang_ui
    issues = issues_of(draft, plant.ledger, library, documented=proof is not None)
    forbidden = any(issue.severity == "error" for issue in issues)
    made = None
    if not forbidden and not arguments.dry_run:
        done = saving(draft, plant.ledger, library, person(arguments), now(), proof)
        confirm(plant, done.change, arguments, done.data)
        made = done.factor
    if arguments.json:
        _print_json(made, issues, arguments)
        return BAD_INPUT if forbidden else GOOD
    _print_issues(issues, lang)
    if made is None:
        write(T("Nothing was changed.").in_language(lang))
    else:
        said = T("{what}. Its id is {id}; it holds to {day}.", what=done.change.why, id=made.id, day=made.valid_to)
        write(said.in_language(lang))
    return BAD_INPUT if forbidden else GOOD


def _print_issues(issues: Iterable[Issue], lang: str) -> None:
    for issue in issues:
        said = T("{severity}: {message}", severity=SEVERITIES[issue.severity], message=issue.message)
        write(f"- {said.in_language(lang)}")
        write(f"  {issue.remedy.in_language(lang)}")


def _print_json(made: OwnFactor | None, issues: Sequence[Issue], arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    found: dict[str, list[dict[str, str]]] = {"error": [], "warning": []}
    for one in issues:
        words = {"message": one.message.in_language(lang), "remedy": one.remedy.in_language(lang)}
        found[one.severity].append({"field": one.field, **words})
    print_json(
        {
            "id": None if made is None else made.id,
            "saved": made is not None,
            "dry_run": arguments.dry_run,
            "errors": found["error"],
            "warnings": found["warning"],
            "factor": None if made is None else to_plain(made),
        }
    )


def _draft(arguments: argparse.Namespace, library: Library) -> OwnFactor:
    recognised = None if arguments.item in library.items else library.recognise(arguments.item)
    return OwnFactor(
        id="",
        **{name: str(getattr(arguments, name)).strip() for name in _TEXTS},
        origin=arguments.origin,
        place=arguments.place.strip(),
        item=arguments.item if recognised is None else recognised.key,
        use=arguments.use,
        unit=arguments.unit.strip(),
        amounts=_amounts(arguments),
        valid_from=_day(arguments.valid_from),
        valid_to=_day(arguments.valid_to),
        evidence="",
        uncertainty=_number(arguments.uncertainty),
        general=not arguments.only_named,
        note=arguments.note.strip(),
    )


def _amounts(arguments: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    if arguments.value is not None:
        return ((VALUE, arguments.value.strip()),)
    pairs = [(text, *text.partition("=")) for text in arguments.amount]
    for text, gas, sign, number in pairs:
        if not (gas.strip() and sign and number.strip()):
            raise UserError(T("“{text}” is no amount of a gas.", text=verbatim(text)), T("Write it like CO2e=0.12."))
    return tuple((_GASES.get(gas.strip().casefold(), gas.strip()), number.strip()) for _, gas, _, number in pairs)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(text)), T("Write year, month and day, like 2026-03-31.")
        ) from None


def _number(text: str) -> Decimal:
    try:
        return read_decimal(text.strip())
    except ValueError:
        raise UserError(
            T("“{value}” is not a number.", value=verbatim(text)),
            T("Write only digits and a decimal point, like 0.5366."),
        ) from None


def _held(plant: PlantFile, key: str) -> OwnFactor:
    held = plant.ledger.get("factor", key)
    if not isinstance(held, OwnFactor):
        raise UserError(T("The plant has no factor {id}.", id=key), T("Look at the list again."))
    return held
