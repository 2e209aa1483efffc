"""Files around findings: those that show one or prove an answer are kept with it, as one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from core.audit.corrected import corrections_of
from core.blob import Content
from core.exchange.proofs import Proof, registering
from core.inventory.evidence import IMPORT
from core.inventory.judging import Decision
from core.ledger import Correction, Ledger, Step, initial
from core.library import Library


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Files that a finding is about to name."""

    ledger: Ledger
    """With the files in it; acts that name them are asked with this one."""
    ids: tuple[str, ...]
    """In the order of the files."""
    steps: tuple[Step, ...]
    data: tuple[Content, ...] = field(repr=False)

    def with_act(self, decision: Decision) -> Decision:
        """An act and the keeping of its files as one change."""
        return Decision(decision.why, (*self.steps, *decision.steps))


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


def initial_library(
    ledger: Ledger, corrections: Iterable[Correction], year: int, blob: Callable[[str], bytes], shipped: Library
) -> Library | None:
    """The library before corrections; None where no factor set was taken up or given back because of a finding."""
    known = corrections_of(ledger, corrections, year)
    if not any(one.kind == "factor_file" for one in known):
        return None
    from core.exchange.factor_import import library_of

    return library_of(initial(ledger, known), blob, shipped)
