"""The demo group: three plants with three years of invented bills each, read from ``resources/demo``.

The csv file of a plant is one that anybody could have written: it goes through the same import as a person's file.
Everything is fixed, the moments in the journal too, so two demos are equal to the last byte. The last year carries the
faults which the review shall find.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from core.exchange.demo_asked import asked_of
from core.exchange.demo_energy import energy_of
from core.exchange.demo_instruments import instruments_of
from core.exchange.demo_plans import plans_of
from core.exchange.ids import next_ids
from core.exchange.importing import preview
from core.i18n import T, verbatim
from core.ledger import Activity, Audit, Change, Evidence, Judgement, Ledger, OwnFactor, Plant, Record, Step, kind_of
from core.library import load_library

YEARS = (2023, 2024, 2025)
JUDGED = datetime(YEARS[-1] + 1, 1, 20, 5, 10, tzinfo=UTC)
ATTACHED = datetime(YEARS[-1] + 1, 1, 20, 6, 45, tzinfo=UTC)
STATED = ("id", "name", "origin", "publisher", "document", "place", "item", "use", "unit")
"""Fields of an own factor that stand in the toml file as they are."""
Blobs: TypeAlias = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One change with the files that belong to it."""

    change: Change
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that the demo dismisses, once the review has made it."""

    year: int
    rule: str
    reason: str


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
    dismissals: tuple[Dismissal, ...] = ()
    """Findings which a person looked at and found in order."""

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


@cache
def demo_plants() -> tuple[DemoPlant, ...]:
    """The plants of the demo group, the one to show first in front."""
    return tuple(_plant(about) for about in _about()["plant"])


def demo_files() -> tuple[str, ...]:
    """Names of the plants' files, in the same order, without reading their bills."""
    return tuple(str(about["file"]) for about in _about()["plant"])


def demo_faults() -> tuple[Fault, ...]:
    """What an auditor shall find in the demo."""
    return tuple(Fault(**one) for one in _about()["fault"])


@cache
def _about() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "demo" / "demo.toml").read_text("utf-8"))


def _plant(about: dict[str, Any]) -> DemoPlant:
    plant = Plant(**{key: about[key] for key in ("name", "country", "region", "organisation", "address", "note")})
    bills = _bills(about["file"])
    who = str(about["preparer"])
    entered = [_as_first_typed(bill, about["correction"]) for bill in bills]
    proofs = _proofs(about["proof"], bills)
    entries = [_year(year, who, about, entered) for year in YEARS]
    entries += [_correction(one, who, bills, entered) for one in about["correction"]]
    entries += [_factor(one, who, len(proofs[0]), number) for number, one in enumerate(about.get("factor", ()))]
    entries.append(_judgements(who, about["judgement"]))
    entries.append(Entry(Change(who, ATTACHED, T("Proofs attached"), _new(*proofs[0])), proofs[1]))
    if (covered := instruments_of(about, plant, bills, proofs[0], load_library().units)) is not None:
        entries.append(Entry(covered))
    if (energy := energy_of(about["file"], plant, who, bills)) is not None:
        entries.append(Entry(*energy))
    if (plans := plans_of(about["file"], who)) is not None:
        entries.append(Entry(*plans))
    if (asked := asked_of(about["file"], who)) is not None:
        entries.append(Entry(*asked))
    ordered = sorted(entries, key=lambda entry: entry.change.when)
    dismissals = tuple(Dismissal(**one) for one in about.get("dismissal", ()))
    return DemoPlant(about["file"], plant, who, about["created"], tuple(ordered), dismissals)


def _bills(name: str) -> tuple[Activity, ...]:
    data = (files("resources") / "demo" / f"{name}.csv").read_bytes()
    seen = preview(data, Ledger(), load_library(), f"{name}.csv")
    if seen.refused:
        raise RuntimeError(f"{name}.csv, row {seen.refused[0].row}: {seen.refused[0].message}")
    return tuple(ready.activity for ready in seen.ready)


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


def _proofs(proofs: list[dict[str, Any]], bills: tuple[Activity, ...]) -> tuple[tuple[Evidence, ...], Blobs]:
    """Files about the bills of a source."""
    blobs = tuple(_text(one) for one in proofs)
    keys = next_ids(Ledger(), len(proofs), "evidence")
    records = tuple(
        _evidence(key, one, data, tuple(b.id for b in bills if b.source == one["source"] and b.evidence))
        for key, one, data in zip(keys, proofs, blobs, strict=True)
    )
    return records, blobs


def _text(about: dict[str, Any]) -> bytes:
    return str(about["text"]).lstrip().encode()


def _evidence(key: str, about: dict[str, Any], data: bytes, activities: tuple[str, ...] = ()) -> Evidence:
    return Evidence(
        id=key,
        name=about["name"],
        kind=about["kind"],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type="text/plain",
        activities=activities,
        valid_to=about.get("valid_to", ""),
    )


def _factor(about: dict[str, Any], who: str, proofs: int, number: int) -> Entry:
    """A factor of a supplier with the statement that proves it."""
    stated = dict(about["states"])
    data = _text(about)
    proof = _evidence(f"e{proofs + number + 1:05d}", about, data)
    factor = OwnFactor(
        **{
            key: stated[key]
            for key in ("id", "name", "origin", "publisher", "document", "place", "item", "use", "unit")
        },
        amounts=(("CO2e", str(stated["co2e"])),),
        valid_from=stated["valid_from"],
        valid_to=stated["valid_to"],
        evidence=proof.id,
        uncertainty=Decimal(stated["uncertainty"]),
        general=stated["general"],
        note=stated["note"],
    )
    why = T("Own factor “{name}” added", name=verbatim(factor.name))
    return Entry(Change(who, about["when"], why, _new(proof, factor)), (data,))


def _judgements(who: str, about: list[dict[str, Any]]) -> Entry:
    """Which categories of scope 3 do not exist at the plant, said once for each year."""
    records = [
        Judgement(f"{year}-{one['about']}", year, one["about"], one["verdict"], one["reason"])
        for one in about
        for year in YEARS
    ]
    return Entry(Change(who, JUDGED, T("Categories of scope 3 judged"), _new(*records)))


def _new(*records: Record) -> tuple[Step, ...]:
    return tuple(Step(kind_of(record), record.id, None, record) for record in records)
