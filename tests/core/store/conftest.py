"""A plant file with a few records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.i18n import T
from core.ledger import Activity, Change, Plant, Record, Step, kind_of
from core.store import PlantFile

NOW = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE")


def activity(number: int, quantity: str = "100") -> Activity:
    """A monthly bill."""
    return Activity(
        f"a{number:05d}", "Boiler", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31),
        Decimal(quantity), "t",
    )  # fmt: skip


def adding(*records: Record) -> Change:
    """A change that adds records."""
    return Change("Li Na", NOW, T("Bill added"), tuple(Step(kind_of(r), r.id, None, r) for r in records))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new plant file, closed."""
    file = tmp_path / "hillside.plant"
    PlantFile.create(file, PLANT, "Li Na", NOW)
    return file


@pytest.fixture
def tamper(path: Path) -> Callable[[str], None]:
    """Change the file behind the program's back."""
    import sqlite3

    def run(sql: str) -> None:
        conn = sqlite3.connect(path)
        with conn:
            conn.execute(sql)
        conn.close()

    return run
