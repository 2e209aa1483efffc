"""The register of proofs: link them to any number of records, describe them, let them go. Values in, values out.

Each function gives the sentence and the steps of one undoable change; no steps: nothing differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from core.errors import UserError
from core.exchange.proofs import Attachment, Proof, known_rows, naming_records, registering
from core.i18n import T, Text, verbatim
from core.inventory.evidence import CLASSES, IMPORT
from core.ledger import Evidence, Ledger, Step, named

Act: TypeAlias = tuple[Text, tuple[Step, ...]]
LONGEST_NOTE = 2000
"""Letters of a remark."""
MOST_NAMED = 5
"""Proofs in the sentence of a change."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of a proof; None: as it is."""

    kind: str | None = None
    start: str | None = None
    """First day of the period it speaks of, as ISO date; empty: none."""
    end: str | None = None
    valid_to: str | None = None
    """Last day on which it holds."""
    note: str | None = None


NOTHING_SAID = Described()


def adding(
    ledger: Ledger, proofs: Sequence[Proof], rows: Sequence[str] = (), said: Described = NOTHING_SAID
) -> Attachment:
    """Take files into the register, linked and described at once; one that is there gets links and description.

    Raises
    ------
    UserError
        as :func:`linking` and :func:`describing`.
    """
    taken = registering(ledger, proofs, known_rows(ledger, rows))
    hashes = {one.sha256 for one in proofs}
    after = ledger.apply(taken.steps)
    keys = [one.id for one in after.evidence if one.sha256 in hashes and one.kind != IMPORT]
    after = after.apply(describing(after, keys, said)[1])
    pairs = ((ledger.get("evidence", key), after.get("evidence", key), key) for key in keys)
    return replace(taken, steps=tuple(Step("evidence", key, old, new) for old, new, key in pairs if old != new))


def linking(ledger: Ledger, proofs: Sequence[str], rows: Sequence[str]) -> Act:
    """Link proofs to records, in addition to what they prove already.

    Raises
    ------
    UserError
        when a proof or a record is not known, or the proof is an imported file.
    """
    wanted = known_rows(ledger, rows)
    held = _held(ledger, proofs)
    after = [replace(one, activities=tuple(dict.fromkeys((*one.activities, *wanted)))) for one in held]
    return T("Proofs linked: {names}; rows: {count}", names=_names(held), count=len(wanted)), _steps(held, after)


def unlinking(ledger: Ledger, proofs: Sequence[str], rows: Iterable[str]) -> Act:
    """Take links off; the proof stays in the register, also without any.

    Raises
    ------
    UserError
        when a proof is not known or is an imported file.
    """
    gone = frozenset(rows)
    held = _held(ledger, proofs)
    after = [replace(one, activities=tuple(key for key in one.activities if key not in gone)) for one in held]
    return T("Links of proofs taken off: {names}; rows: {count}", names=_names(held), count=len(gone)), _steps(
        held, after
    )


def relinking(ledger: Ledger, proofs: Sequence[str], more: Sequence[str], gone: Sequence[str]) -> Act:
    """Add links and take others off, as one change.

    Raises
    ------
    UserError
        as :func:`linking`.
    """
    after = ledger.apply(unlinking(ledger, proofs, gone)[1])
    after = after.apply(linking(after, proofs, more)[1])
    held = _held(ledger, proofs)
    why = T(
        "Links of proofs changed: {names}; rows added: {more}, taken off: {gone}",
        names=_names(held),
        more=len(more),
        gone=len(gone),
    )
    return why, _steps(held, _held(after, proofs))


def describing(ledger: Ledger, proofs: Sequence[str], said: Described) -> Act:
    """Say of proofs what they are, of which days they speak and how long they hold.

    Raises
    ------
    UserError
        for an unknown kind, a day that is none, a period that ends before it begins, or a remark without end.
    """
    held = _held(ledger, proofs)
    fields = {name: value for name in Described.__slots__ if (value := getattr(said, name)) is not None}
    after = [_checked(replace(one, **fields)) for one in held]
    return T("Proofs described: {names}", names=_names(held)), _steps(held, after)


def removing(ledger: Ledger, proofs: Sequence[str]) -> Act:
    """Take proofs out of the register, with their links to records; the bytes stay for undo.

    Raises
    ------
    UserError
        when one is not known, is an imported file, or is named by something else than its links.
    """
    held, users_of = _held(ledger, proofs), naming(ledger)
    for one in held:
        if users := users_of.get(one.id):
            raise UserError(
                T(
                    "“{name}” is named by: {users}.",
                    name=verbatim(one.name),
                    users=[verbatim(key) for key in users[:MOST_NAMED]],
                ),
                T("Name another proof there first."),
            )
    return T("Proofs removed: {names}", names=_names(held)), tuple(Step("evidence", one.id, one, None) for one in held)


def naming(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Ids of the records that name a proof, beside the activity data it is linked to, by the id of the proof."""
    found: dict[str, list[str]] = {}
    for record in naming_records(ledger):
        for key in named(record, "evidence"):
            found.setdefault(key, []).append(record.id)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in found.items()}


def expired(proof: Evidence, day: date) -> bool:
    """Whether a proof says that it does not hold on this day any more.

    Examples
    --------
    >>> expired(Evidence("e1", "c.pdf", "contract", "0", 1, valid_to="2024-06-30"), date(2024, 12, 31))
    True
    """
    return bool(proof.valid_to) and proof.valid_to < day.isoformat()


def _held(ledger: Ledger, proofs: Sequence[str]) -> list[Evidence]:
    found: list[Evidence] = []
    for key in dict.fromkeys(proofs):
        one = ledger.get("evidence", key)
        if not isinstance(one, Evidence):
            raise UserError(
                T("There is no kept file with the id {id}.", id=verbatim(key)), T("Look at the list again.")
            )
        if one.kind == IMPORT:
            raise UserError(
                T("“{name}” is the file that rows were imported from.", name=verbatim(one.name)),
                T("It stays as long as its rows. Take it into the register as a proof of its own."),
            )
        found.append(one)
    if not found:
        raise UserError(T("No proof was chosen."), T("Choose it in the register."))
    return found


def _checked(proof: Evidence) -> Evidence:
    if proof.kind not in CLASSES:
        raise UserError(
            T("“{kind}” is not a kind of proof.", kind=verbatim(proof.kind)),
            T("Choose one of: {known}.", known=", ".join(CLASSES)),
        )
    start, end, valid_to = _day(proof.start), _day(proof.end), _day(proof.valid_to)
    if start and end and end < start:
        raise UserError(T("The period of the proof ends before it begins."), T("Correct the dates."))
    if len(proof.note) > LONGEST_NOTE:
        raise UserError(
            T("The remark has more than {most} letters.", most=LONGEST_NOTE), T("Keep the long text as evidence.")
        )
    return replace(proof, note=proof.note.strip(), start=start, end=end, valid_to=valid_to)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(text)), T("Write year, month and day, like 2026-03-31.")
        ) from None


def _names(proofs: Sequence[Evidence]) -> list[Text]:
    return [verbatim(one.name) for one in proofs[:MOST_NAMED]] + ([verbatim("…")] if len(proofs) > MOST_NAMED else [])


def _steps(before: Sequence[Evidence], after: Sequence[Evidence]) -> tuple[Step, ...]:
    return tuple(Step("evidence", b.id, b, a) for b, a in zip(before, after, strict=True) if a != b)
