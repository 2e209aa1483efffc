"""Files that something is about to name — a finding, a factor, a measure, an entry of the log: kept with it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.blob import Content
from core.exchange.proofs import Attachment, Proof, registering
from core.inventory.evidence import IMPORT
from core.inventory.judging import Decision
from core.ledger import Ledger, Step


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Files on their way into the register, and what they are called there."""

    ledger: Ledger
    """With the files in it; acts that name them are asked with this one."""
    ids: tuple[str, ...]
    """In the order of the files."""
    steps: tuple[Step, ...]
    data: tuple[Content, ...] = field(repr=False)

    def with_act(self, decision: Decision) -> Attachment:
        """An act and the keeping of its files as one change."""
        return Attachment(decision.why, (*self.steps, *decision.steps), self.data)


def keeping_files(ledger: Ledger, proofs: Sequence[Proof]) -> KeptFiles:
    """Take files into the register; one that is there is not kept twice.

    Examples
    --------
    >>> keeping_files(Ledger(), ()).ids
    ()
    """
    found = registering(ledger, proofs)
    after = ledger.apply(found.steps)
    held = {one.sha256: one.id for one in reversed(after.evidence) if one.kind != IMPORT}
    ids = tuple(dict.fromkeys(held[one.sha256] for one in proofs))
    return KeptFiles(after, ids, found.steps, found.data)
