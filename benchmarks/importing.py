"""Importing a file: every cell understood or refused with its reason, one undoable change, on the disk."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.exchange import change_of, preview
from core.library import load_library
from core.store import PlantFile


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """From a workbook and from a csv."""
    held = data.records(scale.many)
    xlsx = data.xlsx_file(folder / "bills.xlsx", held)
    text = data.csv_file(folder / "bills.csv", held)
    for source, alternative, rows in (
        (xlsx, "openpyxl and sqlite-utils `insert_all` (understands nothing)", _from_xlsx),
        (text, "`csv` and sqlite-utils `insert_all` (understands nothing)", _from_csv),
    ):
        yield Pair(
            f"Import {scale.many:,} rows of {source.suffix[1:]} into a plant file",
            alternative,
            _ours(source, folder / "import.plant"),
            _theirs(source, folder / "import.db", rows),
            runs=5,
        )


def _ours(source: Path, target: Path) -> Callable[[], float]:
    library = load_library()

    def fresh() -> None:
        target.unlink(missing_ok=True)
        data.plant_file(target, ())

    def work() -> None:
        with PlantFile.open(target) as plant:
            seen = preview(source, plant.ledger, library)
            plant.append(change_of(seen, plant.ledger, data.WHO, data.WHEN), (seen.data,))

    return timed(work, fresh)


def _theirs(source: Path, target: Path, rows: Callable[[Path], Iterable[tuple[object, ...]]]) -> Callable[[], float]:
    def work() -> None:
        db = Database(target)
        records = (dict(zip(data.COLUMNS, map(str, row), strict=True)) for row in rows(source))
        db.table("activity").insert_all(records)
        db.close()

    return timed(work, lambda: target.unlink(missing_ok=True))


def _from_xlsx(path: Path) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True).worksheets[0]
    yield from sheet.iter_rows(min_row=2, values_only=True)


def _from_csv(path: Path) -> Iterator[tuple[object, ...]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        yield from map(tuple, reader)
