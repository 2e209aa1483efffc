"""Files that prove an answer, on their way into the file of a plant or of head office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.blob import Content
from core.exchange.proofs import Proof, registering
from core.inventory.evidence import IMPORT
from core.ledger import Evidence, Step
from core.ledger.filing import Records


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping them comes to."""

    ids: tuple[str, ...]
    """In the order of the files."""
    steps: tuple[Step, ...]
    data: tuple[Content, ...] = field(repr=False)


def kept_with(records: Records, proofs: Sequence[Proof]) -> Kept:
    """Take files into the register of proofs, for a record that is about to name them."""
    found = registering(records, proofs)
    after = records.apply(found.steps)
    held = {one.sha256: one.id for one in reversed(after.held(Evidence)) if one.kind != IMPORT}
    return Kept(tuple(dict.fromkeys(held[one.sha256] for one in proofs)), found.steps, found.data)
