"""A plant file whose audit is in verification, made by the acts of its people, for tests that need a real file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.i18n import T
from core.ledger import Change, Declaration, Evidence, Ledger, Person, Record, Sample, Step, kind_of
from core.store import PlantFile
from tests.core.audit.party import AUDITOR, ENGAGEMENT, LEAD, NOW, PEOPLE, PREPARER, REVIEWER, moved
from tests.core.samples import PLANT, year_of_bills

SECOND = Person("pe00006", "Gao Yu", ("auditor",), "Verify Ltd")
"""A second auditor, for values that are typed blind."""
SAMPLE = Sample("sa00001", 2023, "Bills", "random", (), 3, "7", "0" * 64, ("m03", "m05", "m07"))
SCAN = b"%PDF-1.7 declarations"


def write(plant: PlantFile, who: Person, *records: Record, blobs: Iterable[bytes] = (), because: str = "") -> None:
    """A person adds or replaces records."""
    held = plant.ledger.get
    steps = tuple(Step(kind_of(one), one.id, held(kind_of(one), one.id), one) for one in records)
    plant.append(Change(who.name, NOW, T("Entered"), steps, because=because), blobs)


def audited_file(folder: Path, *more: Record, bills: Iterable[Record] = ()) -> Path:
    """Bills that the preparer entered, two auditors, a drawn sample and what the lead adds; in verification."""
    path = folder / "works.plant"
    PlantFile.create(path, PLANT, PREPARER.name, NOW)
    scan = Evidence("e00001", "declarations.pdf", "minutes", hashlib.sha256(SCAN).hexdigest(), len(SCAN))
    team = (LEAD.id, AUDITOR.id, SECOND.id)
    with PlantFile.open(path) as plant:
        write(plant, PREPARER, *(bills or year_of_bills()))
        write(plant, LEAD, *PEOPLE, SECOND)
        write(plant, LEAD, _engagement(team))
        write(plant, LEAD, scan, blobs=(SCAN,))
        write(plant, LEAD, *(declared(key) for key in (*team, REVIEWER.id)))
        move(plant, PREPARER, "prepared")
        move(plant, LEAD, "verification")
        write(plant, LEAD, SAMPLE, *more)
    return path


def move(plant: PlantFile, who: Person, to: str) -> None:
    """The audit goes on."""
    plant.append(Change(who.name, NOW, T("Moved"), (moved(plant.ledger, to),)))


def declared(key: str) -> Declaration:
    return Declaration(f"2023:{key}", 2023, key, "I am independent.", date(2024, 3, 1), evidence="e00001")


def _engagement(team: tuple[str, ...]) -> Record:
    return replace(ENGAGEMENT, team=team)


def ledger_in(path: Path) -> Ledger:
    """What a file holds now."""
    with PlantFile.open(path, read_only=True) as plant:
        return plant.ledger
