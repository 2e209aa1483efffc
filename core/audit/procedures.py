"""Test sheets: one procedure applied to one record, with what the evidence shows beside what was reported."""

from __future__ import annotations

from core.ledger import Ledger, Sample, TestSheet

CONCLUSIVE = frozenset(("agrees", "differs"))


def sheets_of(ledger: Ledger, year: int, activity: str = "") -> tuple[TestSheet, ...]:
    """The test sheets of a year, or of one record in it, in the order in which they were made."""
    held = (one for one in ledger.held(TestSheet) if one.year == year)
    return tuple(one for one in held if not activity or one.activity == activity)


def conclusive(sheet: TestSheet) -> bool:
    """Whether a sheet settles its item.

    What could not be tested stays open until something else was tried or a finding says what follows from it. An
    interview alone is no evidence (ISA 500, A2), unless a finding came of it.
    """
    return bool(sheet.finding) or (sheet.result in CONCLUSIVE and sheet.procedure != "interview")


def samples_of(ledger: Ledger, year: int) -> tuple[Sample, ...]:
    """The samples of a year in the order in which they were drawn."""
    return tuple(one for one in ledger.held(Sample) if one.year == year)


def untested(ledger: Ledger, year: int) -> tuple[tuple[str, str], ...]:
    """Items of samples without a conclusive sheet: id of the sample and of the record, each record once a sample.

    A record that was tested for one sample is tested for all; one that was deleted since cannot be tested any more.
    """
    done = {one.activity for one in sheets_of(ledger, year) if conclusive(one)}
    known = ledger.records["activity"]
    return tuple(
        (sample.id, key)
        for sample in samples_of(ledger, year)
        for key in dict.fromkeys(sample.activities)
        if key not in done and key in known
    )
