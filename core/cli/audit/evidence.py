"""``audit evidence``: the register of proofs, what of the tonnes rests on them, and whether they are as they were."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from core.audit.coverage import TITLES, Coverage, coverage
from core.blob import Content
from core.checks import review
from core.cli.because import add_because
from core.cli.because import confirm as confirm_because
from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    must_be_new,
    now,
    person,
    print_json,
    table,
    write,
)
from core.errors import UserError
from core.exchange.proofs import load_proof
from core.exchange.register import Act, Described, adding, describing, expired, linking, removing, unlinking
from core.i18n import T, show_number, verbatim
from core.inventory import Inventory
from core.inventory.evidence import CLASS_NAMES, CLASSES, IMPORT
from core.ledger import Change, Evidence, to_plain
from core.methods import plain
from core.store import PlantFile, Unsound, verify_blobs

_SHOWN = 20
"""Records without proof that are listed for people; JSON has all."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("The register of proofs and what rests on them; add, link, describe, save or verify proofs.")
    parser = command(commands, "evidence", words, run_evidence, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--verify", action="store_true", help=T("Read everything that is kept.").in_language(lang))
    act.add_argument("--add", type=Path, metavar="PROOF", help=T("Take a file into the register.").in_language(lang))
    for name, help_text in (
        ("describe", T("Say what it is.")),
        ("link", T("Link it to activity data.")),
        ("unlink", T("Take links off.")),
        ("remove", T("Take it out of the register.")),
    ):
        act.add_argument(f"--{name}", metavar="ID", help=help_text.in_language(lang))
    act.add_argument("--save", nargs=2, metavar=("ID", "OUT"), help=T("Write a copy.").in_language(lang))
    parser.add_argument("--kind", choices=CLASSES)
    parser.add_argument("--start", metavar="DATE")
    parser.add_argument("--end", metavar="DATE")
    parser.add_argument("--expires", metavar="DATE")
    parser.add_argument("--note")
    parser.add_argument("--activity", action="append", default=[], metavar="ID")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    add_because(parser, lang)


def run_evidence(arguments: argparse.Namespace) -> int:
    """Exit code 1 when something that is kept is missing or was altered."""
    if arguments.verify:
        return _verify(arguments)
    if arguments.save:
        return _save(arguments)
    if arguments.add is not None:
        return _add(arguments)
    if arguments.describe or arguments.link or arguments.unlink or arguments.remove:
        return _act(arguments)
    if arguments.year is None:
        raise UserError(T("The register is shown for a year."), T("Name it with --year."))
    return _show(arguments)


# ---------------------------------------------------------------------- change


def _add(arguments: argparse.Namespace) -> int:
    with PlantFile.open(arguments.file) as plant:
        proof = load_proof(arguments.add, arguments.kind or "")
        taken = adding(plant.ledger, [proof], arguments.activity, Described(**_said(arguments)))
        if taken.steps:
            _confirm(plant, (taken.why, taken.steps), arguments, taken.data)
        elif not arguments.json:
            write(T("Nothing was changed.").in_language(arguments.lang_ui))
        key = next(one.id for one in plant.ledger.evidence if one.sha256 == proof.sha256 and one.kind != IMPORT)
        _tell(plant, key, arguments)
    return GOOD


def _act(arguments: argparse.Namespace) -> int:
    with PlantFile.open(arguments.file) as plant:
        if arguments.describe:
            key, act = arguments.describe, _describe(plant, arguments)
        elif arguments.remove:
            key, act = arguments.remove, removing(plant.ledger, [arguments.remove])
        else:
            do = linking if arguments.link else unlinking
            key = arguments.link or arguments.unlink
            act = do(plant.ledger, [key], arguments.activity)
        if act[1]:
            _confirm(plant, act, arguments)
        elif not arguments.json:
            write(T("Nothing was changed.").in_language(arguments.lang_ui))
        _tell(plant, key, arguments)
    return GOOD


def _describe(plant: PlantFile, arguments: argparse.Namespace) -> Act:
    return describing(plant.ledger, [arguments.describe], Described(**_said(arguments)))


def _said(arguments: argparse.Namespace) -> dict[str, str]:
    named = {
        one.name: getattr(arguments, "expires" if one.name == "valid_to" else one.name) for one in fields(Described)
    }
    return {name: value for name, value in named.items() if value is not None}


def _confirm(plant: PlantFile, act: Act, arguments: argparse.Namespace, blobs: Sequence[Content] = ()) -> None:
    confirm_because(plant, Change(person(arguments), now(), *act), arguments, blobs)
    if not arguments.json:
        write(act[0].in_language(arguments.lang_ui))


def _tell(plant: PlantFile, key: str, arguments: argparse.Namespace) -> None:
    if arguments.json:
        held = plant.ledger.get("evidence", key)
        print_json(None if held is None else to_plain(held))


# ---------------------------------------------------------------------- verify and save


def _verify(arguments: argparse.Namespace) -> int:
    lang = arguments.lang_ui
    with PlantFile.open(arguments.file, read_only=True) as plant, plant.reader() as reader:
        count = len(reader.kept())
        bad = verify_blobs(reader, plant.ledger)
    if arguments.json:
        print_json({"verified": count, "unsound": [_unsound(one, lang) for one in bad]})
    else:
        for one in bad:
            write(T("{what}: {problem}", what=one.what, problem=one.problem).in_language(lang))
        if not bad:
            write(T("All kept files are as they were kept: {count}.", count=count).in_language(lang))
    return NO if bad else GOOD


def _unsound(one: Unsound, lang: str) -> dict[str, str]:
    words = {"what": one.what.in_language(lang), "problem": one.problem.in_language(lang)}
    return {"kind": one.kind, "id": one.id, "sha256": one.sha256, **words}


def _save(arguments: argparse.Namespace) -> int:
    key, out = arguments.save[0], Path(arguments.save[1])
    must_be_new(out)
    with PlantFile.open(arguments.file, read_only=True) as plant:
        held = plant.ledger.get("evidence", key)
        if not isinstance(held, Evidence):
            raise UserError(
                T("There is no kept file with the id {id}.", id=verbatim(key)), T("Look at the list again.")
            )
        plant.copy_blob(held.sha256, out)
    write(T("Written {file}.", file=str(out)).in_language(arguments.lang_ui))
    return GOOD


# ---------------------------------------------------------------------- show


def _show(arguments: argparse.Namespace) -> int:
    with PlantFile.open(arguments.file, read_only=True) as plant:
        inventory = inventory_of_plant(plant, arguments.year, library_of_plant(plant))
        proofs = plant.ledger.evidence
    found = coverage(inventory, review(inventory))
    if arguments.json:
        print_json(_plain(proofs, found, inventory))
    else:
        _print(proofs, found, inventory, arguments.lang_ui)
    return GOOD


def _plain(proofs: Sequence[Evidence], found: Coverage, inventory: Inventory) -> dict[str, object]:
    end = inventory.choices.period.end
    return {
        "register": [{**to_plain(one), "expired": expired(one, end)} for one in proofs],
        "coverage": {
            view: [
                {"class": one.key, "tco2e": plain(one.tonnes), "percent": plain(round(one.percent, 6))}
                for one in classes
            ]
            for view, classes in found.classes.items()
        },
        "without_proof": [
            {
                "activity": one.activity.id,
                "source": one.activity.source,
                "proof": one.proof,
                "tco2e": plain(one.tonnes),
                "percent": plain(round(one.percent, 6)),
                "waived": one.reason,
            }
            for one in found.unproven
        ],
    }


def _print(proofs: Sequence[Evidence], found: Coverage, inventory: Inventory, lang: str) -> None:
    def say(*words: object) -> list[str]:
        return [w.in_language(lang) if hasattr(w, "in_language") else str(w) for w in words]

    end = inventory.choices.period.end
    rows = [
        say(p.id, p.name, CLASS_NAMES.get(p.kind, p.kind), len(p.activities), _until(p), T("expired") if expired(p, end)
            else p.valid_to, p.sha256[:12])
        for p in proofs
    ]  # fmt: skip
    heads = say("Id", T("File"), T("Kind"), T("Rows"), T("Period"), T("Valid to"), "SHA-256")
    write(table(heads, rows, (3,)))
    write("")
    classes = [
        say(TITLES[c.key], show_number(c.tonnes, 3), show_number(c.percent, 1)) for c in found.classes["location"]
    ]
    write(table(say(T("Proof"), "t CO2e", "%"), classes, (1, 2)))
    if found.unproven:
        write("")
        rows = [
            say(u.activity.id, u.activity.source, TITLES[u.proof], show_number(u.tonnes, 3), show_number(u.percent, 1))
            for u in found.unproven[:_SHOWN]
        ]
        write(table(say("Id", T("Source"), T("Proof"), "t CO2e", "%"), rows, (3, 4)))
        if len(found.unproven) > _SHOWN:
            write(T("… and {count} more", count=len(found.unproven) - _SHOWN).in_language(lang))


def _until(proof: Evidence) -> str:
    return f"{proof.start} – {proof.end}" if proof.start or proof.end else ""
