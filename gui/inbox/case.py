"""Everything head office knows of one received report, gathered for whoever has to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.group.year.repeats import Repeat
from core.ledger import Decision, Entry
from core.store import HELD, REJECTED, Filed
from gui.inbox.compared import Beside, beside
from gui.inbox.rows import DECISIONS, Row
from gui.language import say
from gui.office.proving import Proof

if TYPE_CHECKING:
    from core.handover import Receipt
    from gui.office.office import Office


@dataclass(frozen=True, slots=True)
class Case:
    """One file, filed or on its way."""

    name: str
    state: str
    decision: str
    """In words."""
    reasons: str
    filed: Filed | None = None
    receipt: Receipt | None = None
    """None until its details are known."""
    trusting: bool = True
    """Somebody is believed, so that details can be found out."""
    beside: tuple[Beside, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    """What it names that may count only once, and another report names too."""
    decided: Decision | None = None
    entry: Entry | None = None
    """The entry of the journal that decided."""
    versions: tuple[Filed, ...] = ()
    """Other reports of the same audit that were received, newest first."""
    writable: bool = True
    proof: Proof | None = None
    """How it stands with what proves it later; None where there is nothing to prove."""

    @property
    def to_decide(self) -> bool:
        """Whether it waits for a person."""
        return self.state == HELD

    @property
    def can_be_judged_again(self) -> bool:
        """Whether another judgement could change something."""
        return self.writable and self.trusting and self.state in (HELD, REJECTED)


def case_of(row: Row, office: Office) -> Case:
    """What the office knows of a row of the inbox."""
    decision = say(DECISIONS[row.state])
    filed = row.filed
    if filed is None:
        return Case(row.name, row.state, decision, row.reasons)
    decided = office.register.get("decision", filed.sha256)
    entries = office.history("decision", filed.sha256) if decided is not None else ()
    return Case(
        row.name,
        row.state,
        decision,
        row.reasons,
        filed,
        row.receipt,
        trusting=office.trust is not None,
        beside=tuple(beside(filed, office.filed, office.same_plant)),
        repeats=tuple(one for one in office.repeats if any(h.filed.sha256 == filed.sha256 for h in one.holders)),
        decided=decided if isinstance(decided, Decision) else None,
        entry=entries[0] if entries else None,
        versions=tuple(
            one
            for one in office.filed
            if filed.audit_id and one.audit_id == filed.audit_id and one.sha256 != filed.sha256
        ),
        writable=office.writable,
        proof=office.proving.proof_of(filed),
    )
