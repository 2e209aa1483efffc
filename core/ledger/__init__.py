"""What a plant knows: small frozen records, the changes that led to them, and the hash-chained journal of changes.

A :class:`Ledger` is everything now; a :class:`Change` is one confirmed act of a person; the journal is all of them.
"""

from core.ledger.canonical import canonical, sha256_of
from core.ledger.changes import Change, Step, inverse
from core.ledger.codec import from_plain, to_plain
from core.ledger.energy import (
    Claim,
    IntervalData,
    Measure,
    Meter,
    MeterExchange,
    PvArray,
    PvSystem,
    Reading,
    Tariff,
    WeatherFile,
)
from core.ledger.journal import Entry, broken_at, next_entry, redo_target, undo_target
from core.ledger.ledger import Ledger
from core.ledger.records import (
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

__all__ = [
    "KINDS",
    "Activity",
    "Audit",
    "Change",
    "Claim",
    "Closing",
    "Entry",
    "Evidence",
    "FactorFile",
    "IntervalData",
    "Judgement",
    "Ledger",
    "Measure",
    "Meter",
    "MeterExchange",
    "OwnFactor",
    "Plant",
    "PvArray",
    "PvSystem",
    "Reading",
    "Record",
    "Step",
    "Tariff",
    "WeatherFile",
    "broken_at",
    "canonical",
    "from_plain",
    "inverse",
    "kind_of",
    "next_entry",
    "redo_target",
    "sha256_of",
    "to_plain",
    "undo_target",
]
