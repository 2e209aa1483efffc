"""A plant file with a few records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.i18n import T
from core.ledger import Activity, Change, Plant, Record, Step, kind_of
from core.passphrase import Passphrase
from core.store import PlantFile, forget
from core.store.connecting import connect

NOW = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE")
PASSPHRASE = Passphrase("four cranes over the boiler house")
ANSWERING = f"""
import core.passphrase, core.store.cipher
core.store.cipher.ITERATIONS = 2
core.passphrase._ASK.set(lambda error: core.passphrase.Passphrase({PASSPHRASE.word!r}))
"""
"""Begins what runs in another process, which knows no keys."""


def activity(number: int, quantity: str = "100") -> Activity:
    """A monthly bill."""
    return Activity(
        f"a{number:05d}", "Boiler", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31),
        Decimal(quantity), "t",
    )  # fmt: skip


def adding(*records: Record) -> Change:
    """A change that adds records."""
    return Change("Li Na", NOW, T("Bill added"), tuple(Step(kind_of(r), r.id, None, r) for r in records))


@pytest.fixture(params=["plain", "encrypted"])
def path(tmp_path: Path, request: pytest.FixtureRequest, quick: None) -> Path:
    """A new plant file, closed: whatever holds of a plain one holds of an encrypted one."""
    file = tmp_path / "hillside.plant"
    PlantFile.create(file, PLANT, "Li Na", NOW, PASSPHRASE if request.param == "encrypted" else None)
    return file


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys of files are derived in no time, and forgotten after the test."""
    monkeypatch.setattr("core.store.cipher.ITERATIONS", 2)
    yield
    forget()


@pytest.fixture
def tamper(path: Path) -> Callable[[str], None]:
    """Change the file behind the program's back."""

    def run(sql: str) -> None:
        conn = connect(path, read_only=False).conn
        conn.execute("PRAGMA foreign_keys=OFF")
        conn.execute(sql)
        conn.commit()
        conn.execute("PRAGMA journal_mode=DELETE").fetchall()
        conn.close()

    return run
