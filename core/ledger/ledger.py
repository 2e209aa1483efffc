"""Everything a plant knows, as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from core.errors import UserError
from core.i18n import T
from core.ledger.auditing import Engagement
from core.ledger.changes import Step
from core.ledger.codec import from_plain, to_plain
from core.ledger.records import (
    KIND_OF,
    KINDS,
    Activity,
    Audit,
    Closing,
    Evidence,
    FactorFile,
    Judgement,
    OwnFactor,
    Plant,
    Record,
    kind_of,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The records of a plant by kind and id. ``apply`` gives a new ledger and leaves this one as it is."""

    records: Mapping[str, Mapping[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    @staticmethod
    def of(records: Iterable[Record]) -> Ledger:
        """A ledger of these records, in this order."""
        filed: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        for record in records:
            filed[kind_of(record)][record.id] = record
        return Ledger(filed)

    @property
    def plant(self) -> Plant:
        """The plant.

        Raises
        ------
        UserError
            when the ledger has none yet.
        """
        found = self.get("plant", "plant")
        if not isinstance(found, Plant):
            raise UserError(T("The file describes no plant."), T("Create it with “New plant”."))
        return found

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activity data in the order in which they were entered."""
        return tuple(self.records["activity"].values())  # type: ignore[arg-type]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self.records["evidence"].values())  # type: ignore[arg-type]

    @property
    def own_factors(self) -> tuple[OwnFactor, ...]:
        return self.held(OwnFactor)

    @property
    def factor_files(self) -> tuple[FactorFile, ...]:
        return self.held(FactorFile)

    def judgements(self, year: int) -> tuple[Judgement, ...]:
        """What was decided about a year."""
        return tuple(one for one in self.held(Judgement) if one.year == year)

    @property
    def closings(self) -> tuple[Closing, ...]:
        return self.held(Closing)

    def closing(self, year: int) -> Closing | None:
        """The closing that holds; None while the year is open, also when an audit of it is under way."""
        engagement = self.engagement(year)
        return self.last_closing(year) if engagement is None or engagement.state == "concluded" else None

    def last_closing(self, year: int) -> Closing | None:
        """How the year was closed last, whether that still holds or an audit opened it again."""
        found = self.get("closing", str(year))
        return found if isinstance(found, Closing) else None

    def held(self, cls: type[R]) -> tuple[R, ...]:
        """All records of a class in the order in which they were entered, e.g. ``ledger.held(Meter)``."""
        return tuple(one for one in self.records[KIND_OF[cls]].values() if isinstance(one, cls))

    def audit(self, year: int) -> Audit | None:
        """The choices for a year, if somebody made them."""
        found = self.get("audit", str(year))
        return found if isinstance(found, Audit) else None

    def engagement(self, year: int) -> Engagement | None:
        """What was agreed about the audit of a year; None while nobody audits it."""
        found = self.get("engagement", str(year))
        return found if isinstance(found, Engagement) else None

    def get(self, kind: str, key: str) -> Record | None:
        return self.records[kind].get(key)

    def apply(self, steps: Iterable[Step]) -> Ledger:
        """The ledger after these steps.

        Raises
        ------
        UserError
            when a step's ``before`` is not what the ledger holds: somebody else was faster.
        ValueError
            when a step files a record under another name than its own.
        """
        changed: dict[str, dict[str, Record]] = {}
        for step in steps:
            if step.kind not in self.records:
                raise UserError(T("Unknown kind of record: {kind}", kind=step.kind))
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
        return Ledger({**self.records, **changed})

    def to_plain(self) -> dict[str, list[dict[str, object]]]:
        """JSON-ready: a list of records for each kind, ordered by id, so that equal ledgers give equal bytes."""
        return {kind: [to_plain(held[key]) for key in sorted(held)] for kind, held in self.records.items()}

    @staticmethod
    def from_plain(plain: Mapping[str, object]) -> Ledger:
        """The ledger that ``to_plain`` wrote; strict.

        Raises
        ------
        UserError
            for unknown kinds, wrong fields and duplicate ids.
        """
        filed: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        for kind, held in plain.items():
            if kind not in filed or not isinstance(held, list):
                raise UserError(T("Unknown kind of record: {kind}", kind=kind))
            for one in held:
                if not isinstance(one, dict):
                    raise UserError(T("Unknown kind of record: {kind}", kind=kind))
                record = from_plain(kind, one)
                if record.id in filed[kind]:
                    raise UserError(T("The id {id} appears twice.", id=record.id))
                filed[kind][record.id] = record
        return Ledger(filed)
