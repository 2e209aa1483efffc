"""Evidence: what gigabytes of kept files cost the rest, and what it takes to keep a large one.

``BENCHMARK_EVIDENCE_MB`` says how much is kept in place of 5,000 MB; the whole takes about four minutes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks import data
from benchmarks.evidence_script import keep
from benchmarks.harness import Pair, Scale, run_module, timed
from core.i18n import T
from core.ledger import Change, Step
from core.store import PlantFile

MB = 1_000_000
FILES, EACH, LARGE = 100, 50, 500
"""How many files are kept, how large each is, and how large the one that is added. [1, MB, MB]"""
QUICK = 50
"""A measurement of little data has this part of all that."""


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """The same plant with and without."""
    part = 1 if scale.many >= 10_000 else QUICK
    each = max(1, int(os.environ.get("BENCHMARK_EVIDENCE_MB", FILES * EACH)) // FILES // part)
    bare = data.plant_file(folder / "bare.plant", data.records(scale.few))
    full = folder / "full.plant"
    shutil.copyfile(bare, full)
    _fill(full, folder / "scan.bin", each)
    what = f"{FILES * each / 1000:g} GB of evidence"
    yield Pair(
        f"Open and close a plant file with {what} in {FILES} files, checked",
        "the same plant without evidence",
        timed(_opens(full)),
        timed(_opens(bare)),
        runs=21,
    )
    yield Pair(
        f"Edit a bill of the plant with {what}, on the disk",
        "the same plant without evidence",
        timed(_edits(full)),
        timed(_edits(bare)),
        runs=21,
    )
    yield _memory(f"Most memory of a process that opens {what}", "that opens the same plant without", folder,
                  ("open", full), ("open", bare))  # fmt: skip
    yield from _large(bare, folder, max(1, LARGE // part))


def _fill(path: Path, scan: Path, each: int) -> None:
    """Files that differ, as scans do: they cannot be compressed and none is like another."""
    block = Random(5).randbytes(each * MB)
    with PlantFile.open(path) as plant:
        for number in range(FILES):
            scan.write_bytes(number.to_bytes(8, "big") + block[8:])
            keep(plant, scan, f"e{number + 1:05d}")
    scan.unlink()


def _large(bare: Path, folder: Path, size: int) -> Iterator[Pair]:
    film, target, other = folder / "film.mp4", folder / "target.plant", folder / "copy.db"
    chance = Random(6)
    with film.open("wb") as stream:
        for _ in range(size):
            stream.write(chance.randbytes(MB))

    def fresh() -> None:
        shutil.copyfile(bare, target)
        other.unlink(missing_ok=True)

    def ours() -> None:
        with PlantFile.open(target) as plant:
            keep(plant, film, "e00001")

    def theirs() -> None:
        with closing(sqlite3.connect(other)) as db, db:
            db.execute("create table if not exists blob (data blob)")
            db.execute("insert into blob values (?)", (film.read_bytes(),))

    yield Pair(
        f"Keep a file of {size} MB: hashed, in one transaction with record and journal, hash checked while written",
        "`sqlite3` insert of the whole file (hashes nothing)",
        timed(ours, fresh),
        timed(theirs, fresh),
        runs=1,
    )
    fresh()
    yield _memory(f"Most memory of a process that keeps a file of {size} MB", "that inserts it with `sqlite3`", folder,
                  ("keep", target, film), ("insert", other, film))  # fmt: skip


def _memory(what: str, alternative: str, folder: Path, ours: tuple[object, ...], theirs: tuple[object, ...]) -> Pair:
    def peak(words: tuple[object, ...]) -> Callable[[], float]:
        return lambda: float(run_module("benchmarks.evidence_script", *map(str, words), folder=folder))

    return Pair(what, alternative, peak(ours), peak(theirs), runs=1, unit="MB")


def _opens(path: Path) -> Callable[[], None]:
    def work() -> None:
        with PlantFile.open(path) as plant:
            if not plant.health.sound:
                raise RuntimeError("the file is not sound")

    return work


def _edits(path: Path) -> Callable[[], None]:
    """One change a time; the file is opened and closed around it, as for a command of the terminal."""

    def work() -> None:
        with PlantFile.open(path) as plant:
            bill = plant.ledger.activities[0]
            after = replace(bill, quantity=bill.quantity + 1)
            plant.append(Change(data.WHO, data.WHEN, T("Quantity"), (Step("activity", bill.id, bill, after),)))

    return work
