"""The demo group: three plants with three years of invented bills each, read from ``resources/demo``.

Everything is fixed, the moments in the journal too, so two demos are equal to the last byte. The last year carries the
faults which the review shall find.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

from core.exchange.ids import next_ids
from core.i18n import T, verbatim
from core.ledger import Activity, Audit, Change, Evidence, Ledger, Plant, Record, Step, kind_of

YEARS = (2023, 2024, 2025)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change with the files that belong to it."""

    change: Change
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPlant:
    """A plant and everything that was done in its file."""

    file: str
    """Name of the file without ending."""
    plant: Plant
    who: str
    created: datetime
    entries: tuple[Entry, ...]
    """In the order of the journal, after the creation of the plant."""

    @property
    def ledger(self) -> Ledger:
        """What the plant knows after all entries."""
        ledger = Ledger.of((self.plant,))
        for entry in self.entries:
            ledger = ledger.apply(entry.change.steps)
        return ledger


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake made on purpose."""

    plant: str
    """File of the plant."""
    what: str
    """``unit_slip``, ``missing_month``, ``duplicate_bill`` ..."""
    source: str
    item: str
    start: date


def demo_plants() -> tuple[DemoPlant, ...]:
    """The plants of the demo group, the one to show first in front."""
    return tuple(_plant(about) for about in _about()["plant"])


def demo_faults() -> tuple[Fault, ...]:
    """What an auditor shall find in the demo."""
    return tuple(Fault(**one) for one in _about()["fault"])


def _about() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "demo" / "demo.toml").read_text("utf-8"))


def _plant(about: dict[str, Any]) -> DemoPlant:
    plant = Plant(**{key: about[key] for key in ("name", "country", "region", "organisation", "address", "note")})
    bills = _bills(about["file"])
    who = str(about["preparer"])
    entered = [_as_first_typed(bill, about["correction"]) for bill in bills]
    entries = [_year(year, who, about, entered) for year in YEARS]
    entries += [_correction(one, who, bills, entered) for one in about["correction"]]
    entries.append(_proofs(who, about["proof"], bills))
    ordered = sorted(entries, key=lambda entry: entry.change.when)
    return DemoPlant(about["file"], plant, who, about["created"], tuple(ordered))


def _bills(name: str) -> tuple[Activity, ...]:
    rows = list(csv.DictReader((files("resources") / "demo" / f"{name}.csv").read_text("utf-8").splitlines()))
    return tuple(
        Activity(
            id=key,
            source=row["source"],
            method=row["method"],
            item=row["item"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]),
            quantity=Decimal(row["quantity"]),
            unit=row["unit"],
            estimated=row["estimated"] == "yes",
            evidence=row["evidence"],
            note=row["note"],
        )
        for key, row in zip(next_ids(Ledger(), len(rows)), rows, strict=True)
    )


def _as_first_typed(bill: Activity, corrections: list[dict[str, Any]]) -> Activity:
    """Some figures were corrected later: the journal shows both."""
    found = next((c for c in corrections if _is(bill, c)), None)
    return bill if found is None else replace(bill, quantity=Decimal(found["first"]))


def _is(bill: Activity, about: dict[str, Any]) -> bool:
    return (bill.source, bill.item, bill.start) == (about["source"], about["item"], about["start"])


def _year(year: int, who: str, about: dict[str, Any], bills: list[Activity]) -> Entry:
    """The audit of a year and the bills that end in it; the last year takes those that end later too."""
    audit = Audit(str(year), date(year, 1, 1), date(year, 12, 31), boundary=about["boundary"], preparer=who)
    own = [b for b in bills if max(YEARS[0], min(b.end.year, YEARS[-1])) == year]
    when = datetime(year + 1, 1, 19, 2, 30, tzinfo=UTC)
    return Entry(Change(who, when, T("Bills of {year} entered", year=year), _new(audit, *own)))


def _correction(about: dict[str, Any], who: str, bills: tuple[Activity, ...], entered: list[Activity]) -> Entry:
    after = next(b for b in bills if _is(b, about))
    before = next(b for b in entered if b.id == after.id)
    return Entry(Change(who, about["when"], verbatim(about["why"]), (Step("activity", after.id, before, after),)))


def _proofs(who: str, proofs: list[dict[str, Any]], bills: tuple[Activity, ...]) -> Entry:
    blobs = tuple(str(one["text"]).lstrip().encode() for one in proofs)
    records = [
        Evidence(
            id=key,
            name=one["name"],
            kind=one["kind"],
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            media_type="text/plain",
            activities=tuple(b.id for b in bills if b.source == one["source"] and b.evidence),
        )
        for key, one, data in zip(next_ids(Ledger(), len(proofs), "evidence"), proofs, blobs, strict=True)
    ]
    when = datetime(YEARS[-1] + 1, 1, 20, 6, 45, tzinfo=UTC)
    return Entry(Change(who, when, T("Proofs attached"), _new(*records)), blobs)


def _new(*records: Record) -> tuple[Step, ...]:
    return tuple(Step(kind_of(record), record.id, None, record) for record in records)
