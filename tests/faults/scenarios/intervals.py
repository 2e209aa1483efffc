"""Forty days of quarters of an hour come from the file of a utility."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.ledger import IntervalData
from core.store import PlantFile
from tests.faults.plants import FILE, begun, found
from tests.faults.scenario import Scenario, command, insist
from tests.stories.loads import large_file

DAYS = 40


def prepare(folder: Path) -> None:
    begun(folder / FILE)
    large_file(folder / "days.csv", range(2024, 2025))
    lines = (folder / "days.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "days.csv").write_text("".join(lines[: 3 + DAYS * 96]), "utf-8")


def work(folder: Path) -> Generator[None]:
    with PlantFile.open(folder / FILE, read_only=True) as plant:
        if plant.ledger.held(IntervalData):
            return
    said = ("--set", "clock=offset:+01:00", "--set", "label=left")
    words = ("meter", "import", folder / FILE, folder / "days.csv", "--new", *said, "--person", "Li Na")
    insist(lambda: command(*words))
    yield


SCENARIO = Scenario(prepare, work, lambda folder: found(folder / FILE), weight=0.5)
