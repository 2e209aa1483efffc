"""Bills come from csv and from Excel, proofs are attached, the year is closed: the commands as they are typed."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.exchange import write_activities
from core.ledger import Ledger
from core.store import PlantFile
from tests.faults.plants import FILE, HILLSIDE, begun, bill, found
from tests.faults.scenario import Scenario, command, insist

COUNT = 40


def prepare(folder: Path) -> None:
    begun(folder / FILE)
    for first, name in ((1, "bills.csv"), (COUNT + 1, "bills.xlsx")):
        bills = [bill(f"a{number:05}", f"{number}.5") for number in range(first, first + COUNT)]
        write_activities(folder / name, Ledger.of((HILLSIDE, *bills)))


def work(folder: Path) -> Generator[None]:
    with PlantFile.open(folder / FILE, read_only=True) as plant:
        held, closed = len(plant.ledger.activities), plant.ledger.closing(2024) is not None
    for name in ("bills.csv", "bills.xlsx")[held // COUNT :]:
        insist(lambda name=name: command("import", folder / FILE, folder / name, "--person", "Li Na"))  # type: ignore[misc]
        yield
    if not closed:
        words = ("close", folder / FILE, "--year", "2024", "--reason", "All bills are in", "--person", "Li Na")
        insist(lambda: command(*words))
        yield


def state(folder: Path) -> object:
    """What was closed says when, so its bytes differ each time."""
    there = found(folder / FILE)
    assert isinstance(there, dict)
    return {**there, "records": sorted(there["records"]), "blobs": len(there["blobs"])}


SCENARIO = Scenario(prepare, work, state, weight=0.7)
