"""How far an audit is, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.audit.finding import findings_of, open_findings
from core.audit.misstatements import misstatements
from core.audit.procedures import samples_of, sheets_of, untested
from core.inventory import Inventory
from core.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of one audit."""

    samples: int
    records: int
    """Different records in the samples."""
    untested: int
    """Of them, without a conclusive test."""
    tests: int
    """Test sheets, also of records beside the samples."""
    findings: int
    """Raised, without the withdrawn ones."""
    open: int
    """Neither closed nor withdrawn."""
    materiality: Decimal
    """Of the total that governs. [t CO2e]"""
    misstated: Decimal
    """What is still wrong in the direction that weighs more. [t CO2e]"""


def progress_of(ledger: Ledger, inventory: Inventory, year: int) -> Progress:
    """Counts of the audit of a year; its inventory gives the tonnes."""
    samples = samples_of(ledger, year)
    judged = misstatements(ledger, inventory, year).sum
    return Progress(
        samples=len(samples),
        records=len({key for one in samples for key in one.activities}),
        untested=len({key for _, key in untested(ledger, year)}),
        tests=len(sheets_of(ledger, year)),
        findings=sum(one.status != "withdrawn" for one in findings_of(ledger, year)),
        open=len(open_findings(ledger, year)),
        materiality=judged.materiality or Decimal(0),
        misstated=judged.larger,
    )
