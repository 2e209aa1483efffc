"""A large proof is kept in pieces, and saved again beside the file, where an older copy of it lies."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Generator
from pathlib import Path

from core.store import PlantFile
from tests.faults.plants import FILE, begun, found
from tests.faults.scenario import Scenario, command, insist, opening

SIZE = 5_000_000
"""More than one piece."""
COPY = "copy.mp4"


def prepare(folder: Path) -> None:
    begun(folder / FILE)
    (folder / "film.mp4").write_bytes(random.Random(1).randbytes(SIZE))
    (folder / COPY).write_bytes(b"an older copy")


def work(folder: Path) -> Generator[None]:
    with PlantFile.open(folder / FILE, read_only=True) as plant:
        held = plant.ledger.evidence
    if not held:
        insist(lambda: command("audit", "evidence", folder / FILE, "--add", folder / "film.mp4", "--person", "Li Na"))
        yield
    with opening(lambda: PlantFile.open(folder / FILE, read_only=True)) as plant:
        (proof,) = plant.ledger.evidence
        insist(lambda: plant.copy_blob(proof.sha256, folder / COPY))
        yield


def state(folder: Path) -> object:
    return [found(folder / FILE), hashlib.sha256((folder / COPY).read_bytes()).hexdigest()]


SCENARIO = Scenario(prepare, work, state, weight=0.4)
