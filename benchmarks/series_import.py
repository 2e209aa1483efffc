"""A file of a logger into a plant file: every row understood or refused, in UTC, compressed with sums and undo.

The alternatives do less: they keep the texts' meaning to themselves, know no clock that is changed, refuse nothing.
They run in an environment of their own (``requirements-pandas.lock``) and time themselves.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from benchmarks.inventory import LOCK, _pandas
from core.exchange.series import Mapping, Value, change_of, parse, preview, proposed_meter
from core.library import load_library
from core.series import zone_of
from core.store import PlantFile

YEAR = 35_040
"""Quarters of an hour of a year without a leap day."""
MAPPING = Mapping(time=1, meter=0, values=(Value(2, "energy", "kWh", "value"),), order="ymd", label="left")
"""What the person said once, and the meters keep."""


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """One file of all meters: meter, time, value."""
    meters = max(2, scale.many // 200)
    source = series_file(folder / "meters.csv", meters)
    what = f"Import {meters * YEAR:,} rows of interval data of {meters} meters from csv into a plant file"
    python = _environment()
    if python is None:
        return
    ours = _ours(source, folder / "series.plant")
    for name, alternative in (
        ("to_sql", "pandas: `read_csv` with dates, `to_sql` into SQLite (its import not counted)"),
        ("duckdb", "DuckDB: `create table as select * from read_csv` into a file (its import not counted)"),
    ):
        yield Pair(what, alternative, ours, _theirs(python, name, source, folder), runs=7)


def _environment() -> Path | None:
    """The environment of pandas with DuckDB in it; one from before DuckDB was asked for is brought up to date."""
    python = _pandas()
    if (
        python is None
        or not subprocess.run([python, "-c", "import duckdb"], capture_output=True, check=False).returncode
    ):
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    if subprocess.run(install, check=False).returncode:
        print("DuckDB cannot be had: left out", file=sys.stderr)
        return None
    return python


def series_file(path: Path, meters: int) -> Path:
    """A year of each meter, in quarters of an hour, invented."""
    draw = np.random.default_rng(7)
    start = datetime(data.YEAR, 1, 1)
    times = [f"{start + timedelta(minutes=15 * i):%Y-%m-%d %H:%M:%S}" for i in range(YEAR)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("meter,time,value\n")
        for number in range(meters):
            values = np.maximum(0, draw.normal(40 + 5 * number, 12, YEAR))
            stream.writelines(f"M-{number + 1:03d},{t},{v:.2f}\n" for t, v in zip(times, values, strict=True))
    return path


def _ours(source: Path, target: Path) -> Callable[[], float]:
    units = load_library().units

    def fresh() -> None:
        target.unlink(missing_ok=True)
        data.plant_file(target, ())

    def work() -> None:
        with PlantFile.open(target) as plant:
            found = parse(source, MAPPING, zone_of(plant.ledger.plant))
            new = {column.name: proposed_meter(column) for column in found.columns}
            seen = preview(found, plant.ledger, plant.blob, units, new=new)
            plant.append(*change_of(seen, plant.ledger, data.WHO, data.WHEN))

    return timed(work, fresh)


def _theirs(python: Path, name: str, source: Path, folder: Path) -> Callable[[], float]:
    script = Path(__file__).with_name("series_script.py")

    def run() -> float:
        order = [str(python), str(script), name, str(source), str(folder)]
        done = subprocess.run(order, capture_output=True, text=True, check=True)
        return float(done.stdout)

    return run
