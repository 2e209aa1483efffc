"""Keeps or opens in a process of its own and prints the most memory it had. [MB]"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from benchmarks import data
from core.blob import looked_at
from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.store import PlantFile


def keep(plant: PlantFile, file: Path, key: str) -> None:
    """Take a file into the register as the program does; again and again gives one record."""
    blob = looked_at(file, 900_000_000)
    proof = Evidence(key, file.name, "other", blob.sha256, blob.size)
    step = Step("evidence", key, plant.ledger.get("evidence", key), proof)
    plant.append(Change(data.WHO, data.WHEN, T("Proof kept"), (step,)), [blob])


def main(act: str, path: Path, *files: str) -> None:
    """``open``, ``keep`` or ``insert``."""
    if act == "insert":
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("create table if not exists blob (data blob)")
            db.execute("insert into blob values (?)", (Path(files[0]).read_bytes(),))
    else:
        with PlantFile.open(path) as plant:
            for file in files:
                keep(plant, Path(file), "e00001")
    print(_most_memory())


def _most_memory() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there counts the process that started this one
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1000
    import resource  # not on Windows, where nobody measures this

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
