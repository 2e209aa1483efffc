"""The copy of a colleague, with proofs, joins as one change."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator
from pathlib import Path

from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.store import PlantFile
from tests.faults.plants import FILE, NOW, begun, bill, found
from tests.faults.scenario import Scenario, command, insist

COPY = "colleague.plant"


def prepare(folder: Path) -> None:
    begun(folder / FILE)
    shutil.copy(folder / FILE, folder / COPY)
    for name, first, data in ((FILE, 1, b"ours" * 40_000), (COPY, 100, b"theirs" * 40_000)):
        with PlantFile.open(folder / name) as plant:
            for number in range(first, first + 20):
                new = bill(f"a{number:05}")
                plant.append(Change("Li Na", NOW, T("Bill added"), (Step("activity", new.id, None, new),)))
            proof = Evidence(f"e{first:05}", "scan.pdf", "bill", hashlib.sha256(data).hexdigest(), len(data))
            plant.append(Change("Li Na", NOW, T("Proof"), (Step("evidence", proof.id, None, proof),)), [data])


def work(folder: Path) -> Generator[None]:
    insist(lambda: command("audit", "merge", folder / FILE, folder / COPY, "--take", "ours", "--person", "Li Na"))
    yield


def state(folder: Path) -> object:
    return [found(folder / FILE), found(folder / COPY)]


SCENARIO = Scenario(prepare, work, state)
