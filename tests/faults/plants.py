"""Plants that trials work on, and what is found of them afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from core.ledger import Activity, Plant, canonical, to_plain
from core.ledger.filing import Records
from core.store import GroupFile, PlantFile, verify_blobs
from tests.faults.scenario import opening

FILE = "hillside.plant"
NOW = datetime(2025, 1, 15, tzinfo=UTC)
HILLSIDE = Plant("Hillside", "CN", "CN-HE", note="Invented for tests.")


def begun(path: Path) -> None:
    """A plant without any bill."""
    PlantFile.create(path, HILLSIDE, "Li Na", NOW)


def bill(key: str, quantity: str = "1") -> Activity:
    """Diesel of one month."""
    days = (date(2024, 1, 1), date(2024, 1, 31))
    return Activity(key, "Boiler", "stationary_combustion", "diesel", *days, Decimal(quantity), "t")


@contextmanager
def opened(path: Path) -> Iterator[PlantFile]:
    """A plant file as the window holds it: opening is tried again when it fails, and so is nothing else."""
    with opening(lambda: PlantFile.open(path)) as plant:
        yield plant


def records(ledger: Records) -> dict[str, str]:
    """All records, each by the hash of its plain form."""
    return {
        f"{kind} {key}": hashlib.sha256(canonical(to_plain(one))).hexdigest()[:16]
        for kind, held in ledger.records.items()
        for key, one in held.items()
    }


def found(path: Path) -> object:
    """What is in a plant file, which must be whole and free to be written; None: there is none."""
    if not path.exists():
        return None
    with PlantFile.open(path) as plant, plant.reader() as reader:
        assert plant.writable, "the lock of the dead process must not hold"
        assert plant.health.sound, [str(one) for one in plant.health.problems()]
        assert not (unsound := verify_blobs(reader, plant.ledger)), unsound
        return {"entries": plant.entries, "records": records(plant.ledger), "blobs": sorted(reader.kept().items())}


def filed(path: Path) -> object:
    """What is in a group file, the same way."""
    if not path.exists():
        return None
    with GroupFile.open(path) as group:
        assert group.writable, "the lock of the dead process must not hold"
        assert group.health.sound, [str(one) for one in group.health.problems()]
        for one in group.all():
            group.original(one.sha256)  # verifies its hash
        reports = {one.sha256: [one.state, bool(group.part(one.sha256, "lines"))] for one in group.all()}
        return {"entries": group.entries, "records": records(group.register), "reports": reports}
