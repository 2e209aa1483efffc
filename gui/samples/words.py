"""Words and signs of risks and samples, and their rows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.audit.escalation import Wider, findings_in, next_level
from core.audit.frame import frame_of
from core.audit.procedures import samples_of, untested
from core.audit.risk import DETECTION, LEVELS
from core.audit.sample_said import setting_said
from core.audit.sampling import METHODS
from core.i18n import T, Text, show_number
from core.inventory import Inventory
from core.ledger import AuditFinding, Ledger, Sample
from core.library import Library
from gui.language import say
from gui.sheets.rows import Item, items_of
from gui.wording import tonnes

SIGNS = {"low": "○", "medium": "◎", "high": "●"}
"""Of inherent and control risk, told apart without colour."""
CALIBRATIONS: dict[str, Text] = {
    "valid": T("valid"),
    "expired": T("expired"),
    "unknown": T("not known"),
    "not_metered": T("not metered"),
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
    name, shown = setting_said(key, value, tonnes)
    return (say(name), say(shown))


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
