"""What the commands of an audit share: confirming a decision, naming people, reading lists."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from core.audit.people import person as person_named
from core.blob import Content
from core.cli.common import now, person, write
from core.errors import UserError
from core.exchange.proofs import load_proof, registering
from core.i18n import T, verbatim
from core.inventory.judging import Decision
from core.ledger import Change, Ledger, Step
from core.store import PlantFile


def confirm(
    plant: PlantFile, done: Decision, arguments: argparse.Namespace, blobs: Iterable[Content] = (), *, say: bool = True
) -> None:
    """Make a change and say what it was."""
    plant.append(Change(person(arguments), now(), done.why, done.steps), blobs)
    if say:
        write(done.why.in_language(arguments.lang_ui))


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


def kept(ledger: Ledger, paths: Iterable[Path], kind: str) -> tuple[tuple[str, ...], tuple[Step, ...], list[Content]]:
    """Ids of files as proofs, the steps that take up those that are new, and their bytes."""
    proofs = [load_proof(path, kind) for path in paths]
    if not proofs:
        return (), (), []
    taken = registering(ledger, proofs)
    after = ledger.apply(taken.steps)
    by_hash = {one.sha256: one.id for one in reversed(after.evidence)}
    return tuple(by_hash[one.sha256] for one in proofs), taken.steps, list(taken.data)
