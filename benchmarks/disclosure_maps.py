"""The rows of all shipped disclosure maps, understood and linked to their data points."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.harness import Pair, Scale, timed
from core.disclosures.catalogue import all_points
from core.disclosures.maps import all_maps, read_map

RUNS = 41


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Texts of the files are at hand for both ways; the catalogue of data points is for ours, as in the program."""
    maps = files("resources") / "disclosures" / "maps"
    texts = {f"{key}.csv": (maps / f"{key}.csv").read_text("utf-8") for key in all_maps()}
    count = sum(len(one.questions) for one in all_maps().values())

    def ours() -> None:
        found = [all_points()[key] for name, text in texts.items() for one in read_map(text, name).questions
                 for key in one.points]  # fmt: skip
        if len(found) < count:
            raise RuntimeError("every question should have been linked")

    def theirs() -> None:
        rows = [row for text in texts.values() for row in csv.reader(text.splitlines()) if not row[0].startswith("#")]
        if len(rows) != count + len(texts):
            raise RuntimeError("every row should have been read")

    yield Pair(f"Read {count} rows of disclosure maps, checked and linked to data points",
               "`csv` alone (checks nothing)", timed(ours), timed(theirs), runs=RUNS)  # fmt: skip
