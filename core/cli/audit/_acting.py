"""What the commands of an audit share: confirming a decision, naming people, reading lists."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from core.audit.people import acting
from core.audit.people import person as person_named
from core.cli.common import now, person, write
from core.errors import UserError
from core.exchange.keeping import KeptFiles, keeping_files
from core.exchange.proofs import Attachment, load_proof
from core.i18n import T, verbatim
from core.inventory.judging import Decision
from core.ledger import Change, Ledger, Person
from core.store import PlantFile


def confirm(plant: PlantFile, done: Decision | Attachment, arguments: argparse.Namespace, *, say: bool = True) -> None:
    """Make a change, keep its files and say what it was."""
    data = done.data if isinstance(done, Attachment) else ()
    plant.append(Change(person(arguments), now(), done.why, done.steps), data)
    if say:
        write(done.why.in_language(arguments.lang_ui))


def acting_person(ledger: Ledger, arguments: argparse.Namespace) -> Person:
    """The person who acts.

    Raises
    ------
    UserError
        when nobody of that name takes part.
    """
    found = acting(ledger, person(arguments))
    if found is None:
        raise UserError(
            T("“{name}” is not one of the people of this plant.", name=verbatim(person(arguments))),
            T("Say who you are with --person; the team lead adds people."),
        )
    return found


def ids_of(ledger: Ledger, names: Iterable[str]) -> tuple[str, ...]:
    """Ids of people by their names or ids.

    Raises
    ------
    UserError
        naming whoever is not one of them.
    """
    return tuple(person_named(ledger, name).id for name in names)


def day_of(text: str | None) -> date:
    """A day as it was typed; without one, today.

    Raises
    ------
    UserError
        when it is none.
    """
    if text is None:
        return now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(text)), T("Write year, month and day, like 2026-03-31.")
        ) from None


def kept(ledger: Ledger, paths: Iterable[Path], kind: str) -> KeptFiles:
    """Files as proofs, taken into the register."""
    return keeping_files(ledger, [load_proof(path, kind) for path in paths])
