"""``audit finding``: raise, change, answer, send back, close, withdraw and open again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.audit.finding import (
    KINDS,
    Answer,
    answering,
    changing,
    finding_named,
    number_of,
    raising,
    reopening,
    sending_back,
    withdrawing,
)
from core.audit.finding_closing import TREATMENTS, ClosingWords, closing_finding, conservative_of, left_of, stands_for
from core.audit.people import person as person_named
from core.cli.audit._acting import acting_person
from core.cli.audit._findings import finding_to_plain
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
from core.exchange.dates import parse_date
from core.exchange.ids import next_ids
from core.exchange.keeping import KeptFiles, keeping_files
from core.exchange.numbers import parse_number
from core.exchange.proofs import load_proof
from core.i18n import T, Text, labelled, show_number
from core.inventory.judging import Decision
from core.ledger import AuditFinding, Change, Ledger
from core.methods import plain
from core.store import PlantFile

ACTS: dict[str, Text] = {
    "raise": T("Raise a finding."),
    "change": T("State a finding anew."),
    "answer": T("Answer a finding: root cause, correction, corrective action."),
    "return": T("Send an answer back to the plant."),
    "close": T("Close a finding."),
    "withdraw": T("Withdraw a finding: there was nothing to find."),
    "reopen": T("Open a closed finding again."),
    "show": T("A finding with what is left of its effect and the conservative estimate that is proposed."),
}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its acts."""
    words = T("A finding: raise, answer, close …").in_language(lang)
    outer = commands.add_parser("finding", help=words, description=words)
    inner = outer.add_subparsers(metavar="ACT", required=True)
    made = {name: command(inner, name, words_, run, lang) for name, words_ in ACTS.items()}
    for name, parser in made.items():
        parser.set_defaults(act=name)
        parser.add_argument("file", type=Path, metavar="FILE")
        if name != "raise":
            parser.add_argument("--finding", required=True, metavar="FINDING", help="2025-03, fi00003")
        parser.add_argument("--json", action="store_true")
        if name != "show":
            parser.add_argument("--person")
    made["raise"].add_argument("--year", type=int, required=True)
    for name in ("raise", "change"):
        _add_stated(made[name], lang, new=name == "raise")
    _add_answer(made["answer"], lang)
    _add_closing(made["close"], lang)
    for name in ("return", "withdraw", "reopen"):
        made[name].add_argument("--reason", required=True)


def _add_stated(parser: argparse.ArgumentParser, lang: str, *, new: bool) -> None:
    parser.add_argument("--kind", choices=tuple(KINDS), required=new)
    parser.add_argument("--title", required=new)
    parser.add_argument("--description", required=new)
    parser.add_argument("--clause", help=T("Of the standard, plan or permit.").in_language(lang))
    parser.add_argument("--activity", action="append", metavar="ID")
    parser.add_argument(
        "--evidence", action="append", metavar="ID|PATH", help=T("A kept file, or one to keep.").in_language(lang)
    )
    parser.add_argument("--sample", metavar="ID")
    effect = parser.add_mutually_exclusive_group()
    effect.add_argument(
        "--effect", metavar="T", help=T("Reported minus supported, in t CO2e; + is too much.").in_language(lang)
    )
    effect.add_argument(
        "--unquantified", action="store_true", help=T("It cannot be expressed in tonnes.").in_language(lang)
    )
    parser.add_argument(
        "--projected", action=argparse.BooleanOptionalAction, default=None,
        help=T("It stands for records that were not tested.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--owner", metavar="PERSON", help=T("Who answers for the plant.").in_language(lang))
    parser.add_argument("--due", metavar="DATE", help=T("Day of the answer.").in_language(lang))


def _add_answer(parser: argparse.ArgumentParser, _lang: str) -> None:
    parser.add_argument("--root-cause", default="")
    parser.add_argument("--correction", default="")
    parser.add_argument("--corrective-action", default="")
    parser.add_argument("--proof", action="append", default=[], metavar="ID|PATH")


def _add_closing(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--treatment", choices=tuple(TREATMENTS), default="")
    parser.add_argument(
        "--conservative",
        metavar="T",
        help=T("Added to the total in place of a correction, in t CO2e.").in_language(lang),
    )
    parser.add_argument("--note", default="")


# ---------------------------------------------------------------------- acts


def run(arguments: argparse.Namespace) -> int:
    """One act, as one change."""
    with PlantFile.open(arguments.file, read_only=arguments.act == "show") as plant:
        if arguments.act == "show":
            return _show(plant, arguments)
        kept = _kept(plant.ledger, arguments)
        done = kept.with_act(_DO[arguments.act](plant, kept, acting_person(plant.ledger, arguments).id, arguments))
        plant.append(Change(person(arguments), now(), done.why, done.steps), done.data)
        ledger = plant.ledger
    (made,) = (step.after for step in done.steps if isinstance(step.after, AuditFinding))
    if arguments.json:
        print_json(finding_to_plain(ledger, made, now().date()))
    else:
        write(done.why.in_language(arguments.lang_ui))
    return GOOD


def _raise(plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    key, day = next_ids(plant.ledger, 1, "finding")[0], now().date()
    blank = AuditFinding(key, arguments.year, arguments.kind, "", "", day, by)
    stated = replace(blank, **_stated(kept, arguments))
    return raising(kept.ledger, stated, unquantified=arguments.unquantified)


def _change(_plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    held = finding_named(kept.ledger, arguments.finding)
    told = _stated(kept, arguments)
    if arguments.unquantified:
        told |= {"effect": None, "projected": False}
    unquantified = arguments.unquantified or (held.effect is None and told.get("effect") is None)
    return changing(kept.ledger, held.id, by, replace(held, **told), unquantified=unquantified)


def _answer(_plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    answer = Answer(
        arguments.root_cause, arguments.correction, arguments.corrective_action, _files(kept, arguments.proof)
    )
    return answering(kept.ledger, arguments.finding, by, answer)


def _return(_plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    return sending_back(kept.ledger, arguments.finding, by, arguments.reason)


def _close(plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    added = parse_number(arguments.conservative) if arguments.conservative else None
    words = ClosingWords(now().date(), arguments.note, arguments.treatment, added)
    year = finding_named(plant.ledger, arguments.finding).year
    inventory = inventory_of_plant(plant, year, library_of_plant(plant))
    return closing_finding(kept.ledger, inventory, plant.corrections, arguments.finding, by, words)


def _withdraw(plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    return withdrawing(kept.ledger, arguments.finding, by, now().date(), arguments.reason, plant.corrections)


def _reopen(_plant: PlantFile, kept: KeptFiles, by: str, arguments: argparse.Namespace) -> Decision:
    return reopening(kept.ledger, arguments.finding, by, arguments.reason)


_DO: dict[str, Callable[[PlantFile, KeptFiles, str, argparse.Namespace], Decision]] = {
    "raise": _raise,
    "change": _change,
    "answer": _answer,
    "return": _return,
    "close": _close,
    "withdraw": _withdraw,
    "reopen": _reopen,
}


def _show(plant: PlantFile, arguments: argparse.Namespace) -> int:
    ledger, lang = plant.ledger, arguments.lang_ui
    found = finding_named(ledger, arguments.finding)
    inventory = inventory_of_plant(plant, found.year, library_of_plant(plant))
    left = left_of(ledger, inventory, plant.corrections, found)
    proposed = conservative_of(found, inventory, stands_for(ledger, inventory, found))
    if arguments.json:
        print_json(
            finding_to_plain(ledger, found, now().date())
            | {
                "left_tco2e": None if left is None else plain(left),
                "proposed_tco2e": plain(proposed.tonnes),
                "proposed_because": proposed.why.in_language(lang),
            }
        )
        return GOOD
    head = labelled(KINDS[found.kind].in_language(lang), found.title, lang)
    write(f"{number_of(ledger, found)} {head}\n{found.description}")
    if left is not None:
        write(T("Still in the inventory: {left} t CO2e", left=show_number(left)).in_language(lang))
    said = T(
        "Proposed conservative estimate: {tonnes} t CO2e. {why}", tonnes=show_number(proposed.tonnes), why=proposed.why
    )
    write(said.in_language(lang))
    return GOOD


# ---------------------------------------------------------------------- reading options


def _named_files(arguments: argparse.Namespace) -> list[str]:
    return [*(getattr(arguments, "evidence", None) or ()), *(getattr(arguments, "proof", None) or ())]


def _kept(ledger: Ledger, arguments: argparse.Namespace) -> KeptFiles:
    """The files that are named by path, taken into the register."""
    paths = [Path(name) for name in _named_files(arguments) if ledger.get("evidence", name) is None]
    return keeping_files(ledger, [load_proof(path) for path in paths])


def _files(kept: KeptFiles, names: list[str]) -> tuple[str, ...]:
    """Ids of what was named, by id or by path."""
    held = tuple(name for name in names if kept.ledger.get("evidence", name) is not None)
    return tuple(dict.fromkeys((*held, *kept.ids)))


def _stated(kept: KeptFiles, arguments: argparse.Namespace) -> dict[str, Any]:
    """The fields that were said."""
    told: dict[str, Any] = {
        name: getattr(arguments, name)
        for name in ("kind", "title", "description", "clause", "sample", "projected")
        if getattr(arguments, name) is not None
    }
    if arguments.activity is not None:
        told["activities"] = tuple(arguments.activity)
    if arguments.evidence is not None:
        told["evidence"] = _files(kept, arguments.evidence)
    if arguments.effect is not None:
        told["effect"] = parse_number(arguments.effect)
    if arguments.owner is not None:
        told["owner"] = person_named(kept.ledger, arguments.owner).id if arguments.owner else ""
    if arguments.due is not None:
        told["due"] = parse_date(arguments.due).isoformat() if arguments.due else ""
    return told
