"""What encryption costs: the same work on an encrypted plant file and on a plain one; deriving the key; encrypting."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.i18n import T
from core.ledger import Change, Step
from core.passphrase import Passphrase
from core.store import PlantFile, forget, protect, unlock
from core.store.cipher import connected

WORD = Passphrase("four cranes over the boiler house")


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """With many records."""
    plain = data.plant_file(folder / "plain.plant", data.records(scale.many))
    secret = Path(shutil.copy(plain, folder / "secret.plant"))
    protect(secret, WORD)
    many = f"{scale.many:,}"

    yield Pair(f"Open and close an encrypted plant file with {many} records, its passphrase known",
               "the same file, plain", timed(_opening(secret)), timed(_opening(plain)), runs=11)  # fmt: skip
    with PlantFile.open(secret) as one, PlantFile.open(plain) as other:
        yield Pair(f"Confirm one change of an encrypted plant file with {many} records, on the disk",
                   "the same file, plain", timed(_editing(one)), timed(_editing(other)), runs=41)  # fmt: skip
    yield Pair("From the passphrase to the key, once for each time a file is opened",
               "SQLCipher itself, from the passphrase to the first row", timed(_unlocking(secret)),
               timed(_asking(secret)))  # fmt: skip
    yield Pair(f"Encrypt a plant file with {many} records, compared row by row, exchanged",
               "`sqlcipher_export` alone (compares nothing)", _encrypting(plain, folder / "ours.plant"),
               _exporting(plain, folder / "theirs.plant"))  # fmt: skip


def _opening(path: Path) -> Callable[[], object]:
    def work() -> None:
        with PlantFile.open(path) as plant:
            if not plant.health.sound:
                raise RuntimeError("the file is not sound")

    return work


def _editing(plant: PlantFile) -> Callable[[], object]:
    numbers = count(1)

    def work() -> None:
        before = plant.ledger.activities[0]
        after = replace(before, evidence=f"BENCH-{next(numbers)}")
        plant.append(Change(data.WHO, data.WHEN, T("Bill corrected"), (Step("activity", before.id, before, after),)))

    return work


def _unlocking(path: Path) -> Callable[[], object]:
    def work() -> None:
        forget()
        unlock(path, WORD)

    return work


def _asking(path: Path) -> Callable[[], object]:
    def work() -> object:
        with closing(connected(f"{path.as_uri()}?mode=ro", None)) as conn:
            conn.execute(f"PRAGMA key = '{WORD.word}'")
            return conn.execute("select count(*) from journal").fetchone()

    return work


def _encrypting(plain: Path, path: Path) -> Callable[[], float]:
    return timed(lambda: protect(path, WORD), lambda: shutil.copy(plain, path))


def _exporting(plain: Path, path: Path) -> Callable[[], float]:
    def work() -> None:
        with closing(connected(f"{plain.as_uri()}?mode=ro", None)) as conn:
            conn.execute("ATTACH DATABASE ? AS draft KEY ?", (f"{path.as_uri()}?mode=rwc", WORD.word))
            conn.execute("SELECT sqlcipher_export('draft')").fetchall()

    return timed(work, lambda: path.unlink(missing_ok=True))
