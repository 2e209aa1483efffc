"""A plant file whose year 2023 is in verification, for tests of what reads and writes files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.i18n import T
from core.ledger import Change, Person, Record, Step, kind_of
from core.store import PlantFile
from tests.core.audit.party import AUDITOR, ENGAGEMENT, LEAD, NOW, PEOPLE, PREPARER, REVIEWER, declaration
from tests.core.samples import PLANT, year_of_bills


def in_verification(path: Path, *more: Record) -> Path:
    """Twelve bills, or these records too, brought under audit the way people do it."""
    PlantFile.create(path, PLANT, PREPARER.name, NOW)
    with PlantFile.open(path) as plant:
        put(plant, PREPARER, *year_of_bills(), *more)
        put(plant, LEAD, *PEOPLE)
        put(plant, LEAD, ENGAGEMENT)
        for one in (LEAD, AUDITOR, REVIEWER):
            put(plant, one, declaration(one))
        put(plant, PREPARER, replace(ENGAGEMENT, state="prepared"))
        put(plant, LEAD, replace(ENGAGEMENT, state="verification"))
    return path


def put(plant: PlantFile, who: Person, *records: Record, because: str = "") -> None:
    """Records added or replaced by a person."""
    held = plant.ledger
    steps = tuple(Step(kind_of(one), one.id, held.get(kind_of(one), one.id), one) for one in records)
    plant.append(Change(who.name, NOW, T("Put"), steps, because=because))
