"""Words and signs of risks and samples, and their rows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.audit.choosing import BY_SIZE, BY_SOURCE, NEYMAN, PROPORTIONAL
from core.audit.escalation import Wider, findings_in, next_level
from core.audit.frame import frame_of
from core.audit.procedures import samples_of, untested
from core.audit.risk import DETECTION, LEVELS
from core.audit.sampling import ALLOCATIONS, METHODS, STRATA
from core.i18n import T, Text, show_number
from core.inventory import Inventory
from core.ledger import AuditFinding, Ledger, Sample
from core.library import Library
from gui.language import _, say
from gui.sheets.rows import Item, items_of
from gui.wording import TONNES, tonnes

SIGNS = {"low": "○", "medium": "◎", "high": "●"}
"""Of inherent and control risk, told apart without colour."""
CALIBRATIONS: dict[str, Text] = {
    "valid": T("valid"),
    "expired": T("expired"),
    "unknown": T("not known"),
    "not_metered": T("not metered"),
}
SETTINGS: dict[str, tuple[Text, str]] = {
    "population": (T("Records in the frame"), ""),
    "weight": (T("Tonnes in the frame"), TONNES),
    "confidence": (T("Confidence"), "%"),
    "tolerable": (T("Tolerable misstatement"), TONNES),
    "expected": (T("Expected misstatement"), TONNES),
    "tolerable_rate": (T("Tolerable share of wrong records"), "%"),
    "expected_rate": (T("Expected share of wrong records"), "%"),
    "factor": (T("Confidence factor"), ""),
    "interval": (T("Sampling interval"), TONNES),
    "strata": (T("Strata"), ""),
    "allocation": (T("Shared out"), ""),
    "proposed": (T("Size that would follow"), ""),
}
"""What is recorded with a sample: name and unit."""
_WORDS: dict[str, Text] = {
    BY_SOURCE: STRATA[BY_SOURCE],
    BY_SIZE: STRATA[BY_SIZE],
    NEYMAN: ALLOCATIONS[NEYMAN],
    PROPORTIONAL: ALLOCATIONS[PROPORTIONAL],
}


def level_words(level: str) -> str:
    """``● high``."""
    return f"{SIGNS[level]} {say(LEVELS[level])}"


def detection_words(detection: str, confidence: Decimal | None) -> str:
    """``lowest · 95 %``: how much may remain undetected, and the confidence that follows."""
    words = say(DETECTION[detection])
    return words if confidence is None else f"{words} · {show_number(confidence)} %"


def setting_words(key: str, value: str) -> tuple[str, str]:
    """Name and value of what is recorded with a sample."""
    kind, _colon, source = key.partition(":")
    if kind == "level" and source:
        return (_("Level of {source}", source=source), f"{value} %")
    if key not in SETTINGS:
        return (key, value)
    title, unit = SETTINGS[key]
    if value in _WORDS:
        return (say(title), say(_WORDS[value]))
    shown = tonnes(Decimal(value)) if unit == TONNES else show_number(Decimal(value))
    return (say(title), f"{shown} {unit}".rstrip())


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample, how far it is tested, and what follows from its findings."""

    id: str
    sample: Sample
    records: int
    """Each once, though it may be drawn twice."""
    tested: int
    findings: tuple[AuditFinding, ...]
    wider: Wider | None


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One record of a sample."""

    id: str
    item: Item
    tonnes: Decimal
    """Its weight, without sign. [t CO2e]"""
    times: int
    """How often it was drawn."""


def sample_rows(ledger: Ledger, year: int) -> list[SampleRow]:
    """The samples of a year in the order in which they were drawn."""
    waiting: dict[str, int] = {}
    for name, _key in untested(ledger, year):
        waiting[name] = waiting.get(name, 0) + 1
    rows = []
    for one in samples_of(ledger, year):
        records = len(set(one.activities))
        tested = records - waiting.get(one.id, 0)
        rows.append(SampleRow(one.id, one, records, tested, findings_in(ledger, one), next_level(ledger, one)))
    return rows


def drawn_rows(ledger: Ledger, inventory: Inventory, library: Library, sample: Sample) -> list[DrawnRow]:
    """The records of a sample with the state of their tests."""
    weights: Mapping[str, Decimal] = {one.activity: one.tonnes for one in frame_of(inventory, sample.sources).items}
    return [
        DrawnRow(one.id, one, weights.get(one.id, Decimal(0)), sample.activities.count(one.id))
        for one in items_of(ledger, library, sample.year, sample.id)
    ]


def method_words(sample: Sample) -> str:
    """The way of choosing, and the level where there is one."""
    words = say(METHODS[sample.method])
    return f"{words}, {sample.level} %" if sample.level else words
