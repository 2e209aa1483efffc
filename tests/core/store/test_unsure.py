"""A disk that goes away while a transaction ends: what stands on it counts, and what nobody can know is said so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Plant, Step
from core.store import PlantFile
from core.store.connection import Connection
from core.store.trouble import UncertainError

WHEN = datetime(2025, 1, 1, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE")
DESCRIBED = Change("Li Na", WHEN, T("Described"), (Step("plant", PLANT.id, PLANT, Plant("Hill", "CN", "CN-HE")),))


@dataclass
class Drive:
    """A connection that does something else where it should end a transaction; everything else goes through."""

    conn: Any
    end: Callable[[Any], None]
    gone: bool = False

    def execute(self, sql: str, *said: object) -> object:
        if self.gone:
            raise sqlite3.OperationalError("disk I/O error")
        if sql == "COMMIT":
            self.end(self)
            raise sqlite3.OperationalError("disk I/O error")
        return self.conn.execute(sql, *said)

    def __getattr__(self, name: str) -> object:
        return getattr(self.conn, name)


def kept(drive: Drive) -> None:
    """Everything is on the disk, only the lock cannot be given back."""
    drive.conn.execute("COMMIT")


def lost(drive: Drive) -> None:
    drive.conn.execute("ROLLBACK")


def unknown(drive: Drive) -> None:
    drive.conn.execute("COMMIT")
    drive.gone = True


def attempt(path: Path, end: Callable[[Drive], None]) -> tuple[PlantFile, Any]:
    """A plant file on such a drive."""
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    plant = PlantFile.open(path)
    whole = plant._opened.db.conn
    plant._opened.db = Connection(Drive(whole, end))  # type: ignore[arg-type]
    return plant, whole


def heal(plant: PlantFile, whole: Any) -> None:
    plant._opened.db = Connection(whole)
    plant.close()


def test_what_stands_on_the_disk_is_confirmed(tmp_path: Path) -> None:
    plant, whole = attempt(tmp_path / "p.plant", kept)
    entry = plant.append(DESCRIBED)
    assert (entry.number, plant.ledger.plant.name) == (plant.entries, "Hill")
    heal(plant, whole)
    with PlantFile.open(tmp_path / "p.plant") as again:
        assert (again.ledger.plant.name, again.entries) == ("Hill", entry.number)


def test_what_was_taken_back_did_not_happen(tmp_path: Path) -> None:
    plant, whole = attempt(tmp_path / "p.plant", lost)
    before = plant.entries
    with pytest.raises(UserError, match="could not be written") as told:
        plant.append(DESCRIBED)
    assert not isinstance(told.value, UncertainError)
    assert (plant.ledger.plant.name, plant.entries) == ("Hillside", before)
    plant._opened.db = Connection(whole)
    assert plant.append(DESCRIBED).number == before + 1, "then it works"
    plant.close()


def test_what_nobody_can_know_is_said_so(tmp_path: Path) -> None:
    plant, whole = attempt(tmp_path / "p.plant", unknown)
    with pytest.raises(UncertainError, match="does not say whether the last change is kept") as told:
        plant.append(DESCRIBED)
    assert told.value.remedy is not None
    heal(plant, whole)
