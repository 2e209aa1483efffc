"""Blind re-keying: a second person types a value from the evidence without seeing the first.

Whoever shows something to that person asks :func:`blind_task`, which knows everything but the value, and learns from
:func:`confirms` only whether what was typed is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.audit.finding_said import AUDITORS, person_acting
from core.audit.procedures import REKEYED, Applied, Kept, may_test, proofs_of, record_to_test, sheet_kept, sheets_of
from core.errors import RefusedError, UserError
from core.i18n import T
from core.inventory import Inventory
from core.ledger import Activity, Ledger
from core.methods import plain

ATTEMPTS = 2
"""How often a value may be typed before it is kept."""


@dataclass(frozen=True, slots=True)
class BlindTask:
    """What is to be typed, and where it is to be read; not what was typed first."""

    activity: str
    source: str
    item: str
    start: date
    end: date
    unit: str
    reference: str
    """Number of the bill, as the record states it."""
    evidence: tuple[str, ...]
    """Ids of the kept files that prove it."""


def blind_task(ledger: Ledger, activity: str) -> BlindTask:
    """The task of a record.

    Raises
    ------
    UserError
        when there is no such record.
    """
    held = _record(ledger, activity)
    return BlindTask(
        held.id, held.source, held.item, held.start, held.end, held.unit, held.evidence, proofs_of(ledger, held.id)
    )


def may_rekey(ledger: Ledger, year: int, activity: str, by: str, authors: Collection[str]) -> None:
    """Refuse who has seen the value.

    Parameters
    ----------
    ledger
        with people and test sheets.
    year
        that is audited.
    activity
        id of the record.
    by
        id of the person who would type.
    authors
        names of those who made or changed the record.

    Raises
    ------
    RefusedError
        for somebody who is no auditor, made or changed the record, or made a test sheet of it.
    """
    may_test(ledger, by, authors)
    if any(one.by == by for one in sheets_of(ledger, year, activity)):
        raise RefusedError(
            T("{name} has tested this record and knows its value.", name=person_acting(ledger, by, AUDITORS).name),
            T("Let another auditor type it."),
        )


def confirms(ledger: Ledger, activity: str, typed: Decimal) -> bool:
    """Whether a typed value is that of the record; nothing else of it is told."""
    return _record(ledger, activity).quantity == typed


def rekeying(
    ledger: Ledger,
    inventory: Inventory,
    year: int,
    key: str,
    applied: Applied,
    typed: Sequence[Decimal],
    authors: Collection[str],
) -> Kept:
    """Keep what was typed blind.

    Parameters
    ----------
    ledger, inventory, year, key, authors
        as for :func:`core.audit.procedures.applying`.
    applied
        record, person, day and note; its value comes from ``typed``.
    typed
        the value as typed once; when it differs from the record, as typed once more. The last one is kept as found, and
        both stand in the note, so that a slip of the typist is told from an error of the plant.

    Raises
    ------
    UserError
        for whom :func:`may_rekey` refuses, and when a first value differs and was not typed again.
    """
    record = record_to_test(ledger, inventory, year, applied.activity)
    may_rekey(ledger, year, record.id, applied.by, authors)
    if not 1 <= len(typed) <= ATTEMPTS:
        raise UserError(T("The value found is missing."), T("Enter what the evidence shows."))
    if len(typed) < ATTEMPTS and typed[0] != record.quantity:
        raise UserError(
            T("It differs from the record."), T("Look at the evidence again and type once more what it shows.")
        )
    if typed[0] == record.quantity:
        typed = typed[:1]
    slips = " → ".join(plain(one) for one in typed) if len(set(typed)) > 1 else ""
    note = "; ".join(part for part in (slips, applied.note.strip()) if part)
    done = replace(applied, procedure=REKEYED, found=typed[-1], result="", note=note)
    return sheet_kept(ledger, inventory, year, key, done, authors)


def _record(ledger: Ledger, activity: str) -> Activity:
    held = ledger.get("activity", activity)
    if not isinstance(held, Activity):
        raise UserError(T("The record {id} does not exist.", id=activity), T("Choose one that exists."))
    return held
