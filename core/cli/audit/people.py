"""``audit people``: who takes part, in which roles; ``audit declare``: their independence."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from core.audit.declaring import drafted, on_paper, signed, to_sign, wording
from core.audit.enrolling import adding, changing, releasing, retiring
from core.audit.people import person as person_named
from core.audit.roles import ROLES
from core.cli.audit._acting import acting_person, confirm, kept
from core.cli.common import GOOD, Commands, command, now, print_json, table, write
from core.cli.keys import add_key, key_of, signs
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.proofs import Attachment
from core.i18n import T, show
from core.inventory.judging import Decision
from core.ledger import Declaration, Ledger, Person, to_plain
from core.store import PlantFile

_TOLD = ("organisation", "email", "competence", "note")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    people = command(commands, "people", T("Who takes part in audits: show them, add or change one."), run_people, lang)
    people.add_argument("file", type=Path, metavar="FILE")
    act = people.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="NAME")
    act.add_argument("--change", metavar="NAME")
    act.add_argument("--retire", metavar="NAME", help=T("No longer takes part; what they did stays.").in_language(lang))
    act.add_argument("--release", metavar="NAME", help=T("May sign with another certificate.").in_language(lang))
    people.add_argument("--role", action="append", choices=tuple(ROLES))
    for field in _TOLD:
        people.add_argument(f"--{field}")
    people.add_argument("--reason", default="", help=T("Why the certificate is released.").in_language(lang))
    people.add_argument("--json", action="store_true")
    people.add_argument("--person")
    declare = command(
        commands, "declare", T("Declare independence for an audit, with a key or a scanned paper."), run_declare, lang
    )
    declare.add_argument("file", type=Path, metavar="FILE")
    declare.add_argument("--year", type=int, required=True)
    declare.add_argument("--of", metavar="NAME", help=T("Whose paper it is; else of who acts.").in_language(lang))
    declare.add_argument("--scan", type=Path, metavar="SCAN", help=T("Of the signed paper.").in_language(lang))
    add_key(declare, lang)
    declare.add_argument("--text", help=T("Another text than the usual one.").in_language(lang))
    declare.add_argument("--lang", choices=("zh", "en"), default=lang)
    declare.add_argument("--json", action="store_true")
    declare.add_argument("--person")


def run_people(arguments: argparse.Namespace) -> int:
    """Change what is asked for, and show the people."""
    acts = any((arguments.add, arguments.change, arguments.retire, arguments.release))
    with PlantFile.open(arguments.file, read_only=not acts) as plant:
        if acts:
            confirm(plant, _decided(plant.ledger, arguments), arguments, say=not arguments.json)
        people = plant.ledger.held(Person)
    if arguments.json:
        print_json([to_plain(one) for one in people])
    elif not acts:
        _print(people, arguments.lang_ui)
    return GOOD


def _decided(ledger: Ledger, arguments: argparse.Namespace) -> Decision:
    if arguments.retire:
        return retiring(ledger, arguments.retire)
    if arguments.release:
        return releasing(ledger, arguments.release, arguments.reason)
    told = {name: getattr(arguments, name) for name in _TOLD if getattr(arguments, name) is not None}
    if arguments.role:
        told["roles"] = tuple(arguments.role)
    if arguments.add:
        return adding(ledger, replace(Person(next_ids(ledger, 1, "person")[0], arguments.add, ()), **told))
    return changing(ledger, replace(person_named(ledger, arguments.change), **told))


def _print(people: tuple[Person, ...], lang: str) -> None:
    if not people:
        write(T("Nobody was entered yet.").in_language(lang))
        return
    headings = [T("Name"), T("Roles"), T("Organisation"), T("Signs with"), T("Takes part")]
    rows = [
        [
            one.name,
            show([ROLES[role] for role in one.roles], lang),
            one.organisation,
            one.certificate[:16],
            (T("yes") if one.active else T("no")).in_language(lang),
        ]
        for one in people
    ]
    write(table([words.in_language(lang) for words in headings], rows, ()))


def run_declare(arguments: argparse.Namespace) -> int:
    """Declare; without key and scan only the text is printed, to be signed on paper."""
    if arguments.scan is not None and signs(arguments):
        raise UserError(T("A key and a scan are named."), T("Declare with a key, or on paper."))
    acts = arguments.scan is not None or signs(arguments)
    with PlantFile.open(arguments.file, read_only=not acts) as plant:
        who = _whose(plant.ledger, arguments)
        text = arguments.text or wording(plant.ledger, arguments.year, who.id).in_language(arguments.lang)
        if not acts:
            write(text)
            return GOOD
        made = drafted(plant.ledger, arguments.year, who.id, text, now().date())
        confirm(plant, _declared(plant.ledger, made, who, arguments), arguments, say=not arguments.json)
        after = plant.ledger.get("declaration", made.id)
    if arguments.json and after is not None:
        print_json(to_plain(after))
    return GOOD


def _declared(ledger: Ledger, made: Declaration, who: Person, arguments: argparse.Namespace) -> Decision | Attachment:
    if arguments.scan is not None:
        scan = kept(ledger, [arguments.scan], "other")
        return scan.with_act(on_paper(scan.ledger, made, scan.ids[0]))
    from core.handover.binding import check_theirs
    from core.signing import fingerprint, sign_statement

    with key_of(arguments, now()) as identity:
        check_theirs(identity.certificate, who)
        signature = sign_statement(to_sign(made), identity)
        return signed(ledger, made, signature, fingerprint(identity.certificate))


def _whose(ledger: Ledger, arguments: argparse.Namespace) -> Person:
    if arguments.of:
        return person_named(ledger, arguments.of)
    return acting_person(ledger, arguments)
