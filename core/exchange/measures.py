"""Measures that save: kept with their table and proofs as one change, and taken away again. Values in, values out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.blob import Content
from core.errors import UserError
from core.exchange.keeping import keeping_files
from core.exchange.proofs import Proof, is_named
from core.i18n import T, Text, verbatim
from core.ledger import Change, Evidence, Ledger, Measure, Step
from core.library import Library
from core.savings import check_measure, kind_named, parse

_ID = re.compile(r"s([0-9]{1,15})")
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One change and what is kept with it."""

    change: Change
    measure: Measure
    data: tuple[Content, ...] = field(repr=False)
    """Blobs, to be appended with the change."""

    @property
    def why(self) -> Text:
        """Of the change."""
        return self.change.why

    @property
    def steps(self) -> tuple[Step, ...]:
        """Of the change."""
        return self.change.steps


def next_measure_id(ledger: Ledger) -> str:
    """The next free id, ``s00001``.

    Examples
    --------
    >>> next_measure_id(Ledger())
    's00001'
    """
    used = (int(match[1]) for one in ledger.held(Measure) if (match := _ID.fullmatch(one.id)))
    return f"s{max(used, default=0) + 1:05d}"


def keeping(
    draft: Measure,
    ledger: Ledger,
    library: Library,
    who: str,
    when: datetime,
    *,
    table: bytes | None = None,
    proofs: Sequence[Proof] = (),
) -> MeasureChange:
    """The one change that adds a measure (empty id) or alters it.

    Parameters
    ----------
    draft
        as it was typed; its table and its proofs stay when no others are given.
    ledger, library
        what is known now.
    who, when
        of the change.
    table
        canonical bytes of a new table.
    proofs
        files to be kept with it, besides those it has.

    Raises
    ------
    UserError
        for what its kind cannot understand, an unknown proof, or a measure that does not exist any more.
    """
    check_measure(draft, library)
    before = ledger.get("measure", draft.id) if draft.id else None
    if draft.id and not isinstance(before, Measure):
        raise _gone(draft.id)
    _check_note(draft)
    _check_proofs(draft, ledger)
    if table is not None:
        parse(table, kind_named(draft.kind).columns)
        draft = replace(draft, data=hashlib.sha256(table).hexdigest())
    elif not kind_named(draft.kind).columns:
        draft = replace(draft, data="")
    kept = keeping_files(ledger, proofs)
    after = replace(
        draft,
        id=draft.id or next_measure_id(ledger),
        parameters=tuple(sorted(draft.parameters)),
        evidence=tuple(dict.fromkeys((*draft.evidence, *kept.ids))),
    )
    name = verbatim(after.name)
    why = T("Measure “{name}” altered", name=name) if draft.id else T("Measure “{name}” added", name=name)
    change = Change(who, when, why, (*kept.steps, Step("measure", after.id, before, after)))
    return MeasureChange(change, after, (*kept.data, *(() if table is None else (table,))))


def taking_away(ledger: Ledger, key: str, who: str, when: datetime) -> Change:
    """The change that removes a measure; proofs that prove nothing else go with it.

    Raises
    ------
    UserError
        when there is none.
    """
    held = ledger.get("measure", key)
    if not isinstance(held, Measure):
        raise _gone(key)
    steps = [Step("measure", key, held, None)]
    for one in held.evidence:
        proof = ledger.get("evidence", one)
        if isinstance(proof, Evidence) and not proof.activities and not is_named(ledger, one, but=held):
            steps.append(Step("evidence", one, proof, None))
    return Change(who, when, T("Measure “{name}” removed", name=verbatim(held.name)), tuple(steps))


def _check_note(draft: Measure) -> None:
    if len(draft.note) > _LONGEST_NOTE:
        raise UserError(
            T("The remark has more than {most} letters.", most=_LONGEST_NOTE), T("Keep the long text as evidence.")
        )


def _check_proofs(draft: Measure, ledger: Ledger) -> None:
    unknown = [one for one in draft.evidence if not isinstance(ledger.get("evidence", one), Evidence)]
    if unknown:
        raise UserError(T("There is no kept file with the id {id}.", id=unknown[0]), T("Look at the list again."))


def _gone(key: str) -> UserError:
    return UserError(T("The plant has no measure {id}.", id=key), T("Look at the list again."))
