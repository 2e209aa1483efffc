"""Opening a plant file: integrity, the chain of the journal, the records against it, and the ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.store import PlantFile


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """With many records."""
    path = data.plant_file(folder / "opening.plant", data.records(scale.many))

    def ours() -> None:
        with PlantFile.open(path) as plant:
            if not plant.health.sound:
                raise RuntimeError("the file is not sound")

    def theirs() -> list[object]:
        with closing(sqlite3.connect(path)) as db:
            return [json.loads(text) for (text,) in db.execute("select data from record order by kind, id")]

    yield Pair(
        f"Open and close a plant file with {scale.many:,} records, journal checked",
        "`sqlite3` select and `json.loads` (checks nothing)",
        timed(ours),
        timed(theirs),
    )
