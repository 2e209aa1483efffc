"""What a report names that may count only once in the group: meters, proofs, certificates and contracts."""

from __future__ import annotations

from core.ledger import Ledger, Meter
from core.store import Marking


def markings_of(ledger: Ledger) -> tuple[Marking, ...]:
    """Everything of a plant's ledger that no other plant should name, ordered."""
    found = {Marking("evidence", one.sha256, one.name) for one in ledger.evidence if one.activities}
    found |= {Marking("meter", one.serial, one.name) for one in ledger.held(Meter) if one.serial}
    return tuple(sorted(found, key=lambda m: (m.kind, m.value, m.label, m.amount)))
