"""Records filed by kind and id: one immutable value that changes lead from one to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self, TypeVar

from core.errors import UserError
from core.i18n import T
from core.ledger.changes import Step
from core.ledger.codec import from_plain, to_plain
from core.ledger.records import KIND_OF, Record, kind_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one file by kind and id. ``apply`` gives a new value and leaves this one as it is."""

    KINDS: ClassVar[Collection[str]] = ()
    """What it may hold."""

    records: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        """The value with these records, in this order."""
        filed: dict[str, dict[str, Record]] = {kind: {} for kind in cls.KINDS}
        for record in records:
            filed[kind_of(record)][record.id] = record
        return cls(filed)

    def held(self, cls: type[R]) -> tuple[R, ...]:
        """All records of a class in the order in which they were entered, e.g. ``ledger.held(Meter)``."""
        return tuple(one for one in self.records[KIND_OF[cls]].values() if isinstance(one, cls))

    def get(self, kind: str, key: str) -> Record | None:
        return self.records[kind].get(key)

    def apply(self, steps: Iterable[Step]) -> Self:
        """The value after these steps.

        Raises
        ------
        UserError
            when a step's ``before`` is not what is held: somebody else was faster.
        ValueError
            when a step files a record under another name than its own.
        """
        changed: dict[str, dict[str, Record]] = {}
        for step in steps:
            if step.kind not in self.records:
                raise UserError(
                    T("Unknown kind of record: {kind}", kind=step.kind),
                    T("Do not use this file. Ask for it again, as the program wrote it."),
                )
            if step.kind not in changed:  # copied once for each kind, whatever the number of steps
                changed[step.kind] = dict(self.records[step.kind])
            target = changed[step.kind]
            if target.get(step.id) != step.before:
                raise UserError(
                    T("The record {id} is not what this change expected.", id=step.id),
                    T("Look at it again and repeat the change."),
                )
            if step.after is None:
                target.pop(step.id, None)
            elif step.after.id != step.id or kind_of(step.after) != step.kind:
                raise ValueError(f"{step.kind} {step.id} is not {kind_of(step.after)} {step.after.id}")
            else:
                target[step.id] = step.after
        return type(self)({**self.records, **changed})

    def to_plain(self) -> dict[str, list[dict[str, object]]]:
        """JSON-ready: a list of records for each kind, ordered by id, so that equal values give equal bytes."""
        return {kind: [to_plain(held[key]) for key in sorted(held)] for kind, held in self.records.items()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Self:
        """The value that ``to_plain`` wrote; strict.

        Raises
        ------
        UserError
            for unknown kinds, wrong fields and duplicate ids.
        """
        filed: dict[str, dict[str, Record]] = {kind: {} for kind in cls.KINDS}
        for kind, held in plain.items():
            if kind not in filed or not isinstance(held, list):
                raise UserError(
                    T("Unknown kind of record: {kind}", kind=kind),
                    T("Do not use this file. Ask for it again, as the program wrote it."),
                )
            for one in held:
                if not isinstance(one, dict):
                    raise UserError(
                        T("Unknown kind of record: {kind}", kind=kind),
                        T("Do not use this file. Ask for it again, as the program wrote it."),
                    )
                record = from_plain(kind, one)
                if record.id in filed[kind]:
                    raise UserError(
                        T("The id {id} appears twice.", id=record.id),
                        T("Do not use this file. Ask for it again, as the program wrote it."),
                    )
                filed[kind][record.id] = record
        return cls(filed)
