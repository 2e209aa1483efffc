"""What was corrected because of an audit finding, as the journal tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.ledger.changes import Change, Step
from core.ledger.ledger import Ledger
from core.ledger.records import Record


@dataclass(frozen=True, slots=True)
class Correction:
    """One record that a finding changed; what it became stands in the ledger."""

    kind: str
    id: str
    finding: str
    """Id of the audit finding."""
    before: Record | None
    """As it was before the first change because of the finding; None: it did not exist."""
    who: str
    """Who changed it first."""
    when: datetime
    entry: int
    """Number of the first entry of the journal that changed it; 0: merged from another copy."""


def corrections_in(entry: int, change: Change) -> tuple[Correction, ...]:
    """What one change corrects; nothing when it was made for its own sake."""
    if not change.because:
        return ()
    finding, who, when = change.because, change.who, change.when
    return tuple(Correction(s.kind, s.id, finding, s.before, who, when, entry) for s in change.steps)


def folded(corrections: Iterable[Correction], ledger: Ledger) -> tuple[Correction, ...]:
    """The first of each record and finding, in their order.

    What is again as it was before the finding is left out, and so is what is again as it was before all of them: else
    a later finding that took back what an earlier one had changed would pass for the first.
    """
    first: dict[tuple[str, str, str], Correction] = {}
    at_first: dict[tuple[str, str], Record | None] = {}
    for one in corrections:
        first.setdefault((one.kind, one.id, one.finding), one)
        at_first.setdefault((one.kind, one.id), one.before)
    return tuple(
        one for one in first.values() if ledger.get(one.kind, one.id) not in (one.before, at_first[one.kind, one.id])
    )


def initial(ledger: Ledger, corrections: Iterable[Correction]) -> Ledger:
    """The ledger as it was before anything was corrected because of a finding; later other changes stay."""
    first: dict[tuple[str, str], Correction] = {}
    for one in corrections:
        first.setdefault((one.kind, one.id), one)
    return ledger.apply(Step(c.kind, c.id, ledger.get(c.kind, c.id), c.before) for c in first.values())
