"""Interval data of ten years: the room they take, monthly sums, a year of one meter, opening a file full of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.i18n import T
from core.ledger import Change, IntervalData, Meter, Step, kind_of
from core.series import Series, intervals_of, merge, totals
from core.series.index import read, read_all
from core.series.read import values
from core.series.zones import begin_of, month_bounds, zone_of
from core.store import PlantFile

FIRST, LAST = date(2014, 1, 1), date(2023, 12, 31)
STEP = 900
ZONE = zone_of(data.PLANT)
Loads = NDArray[np.float64]


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many meters as fit the scale; the full one has 17.5 million readings."""
    loads = _loads(scale.many // 200)
    empty, full, rows = folder / "empty.plant", folder / "full.plant", folder / "rows.db"
    PlantFile.create(empty, data.PLANT, data.WHO, data.WHEN)
    _fill(full, loads)
    _write_rows(rows, loads)
    what = f"{loads.size / 1e6:.3g} million readings of {len(loads)} meters"
    yield Pair(
        f"Room for {what}, each",
        "rows of sqlite3, clustered by meter, month and time, of which the sums are fastest",
        lambda: full.stat().st_size / loads.size,
        lambda: rows.stat().st_size / loads.size,
        runs=1,
        unit="B",
    )
    with PlantFile.open(full) as plant, closing(sqlite3.connect(rows)) as db:
        yield from _sums(what, plant, db, loads)
        yield from _one_year(plant, db)
    yield Pair(
        f"Open and close a plant file with {what}",
        "an empty plant file",
        timed(_opens(full)),
        timed(_opens(empty)),
        runs=21,
    )


def _sums(what: str, plant: PlantFile, db: sqlite3.Connection, loads: Loads) -> Iterator[Pair]:
    begins = [(start - begin_of(FIRST, ZONE)) // STEP for _, start, _ in month_bounds(FIRST, LAST, ZONE)]

    def ours() -> Loads:
        hashes = [kept.sha256 for kept in plant.ledger.held(IntervalData)]
        blobs = plant.blobs(hashes)
        return totals(read_all([blobs[sha256] for sha256 in hashes]), FIRST, LAST)

    def in_memory() -> Loads:
        return np.add.reduceat(loads, begins, axis=1)

    def in_sql() -> list[tuple[int, int, float]]:
        return db.execute("select meter, month, sum(value) from reading group by meter, month").fetchall()

    by_rows = np.array([total for _, _, total in in_sql()]).reshape(len(loads), -1)
    if not np.allclose(ours(), in_memory(), rtol=1e-12) or not np.allclose(ours(), by_rows, rtol=1e-12):
        raise RuntimeError("the sums differ")
    title = f"Monthly sums of {what}"
    yield Pair(title, "numpy on all of them in memory", timed(ours), timed(in_memory), runs=21)
    yield Pair(title, "SQL on those rows", timed(ours), timed(in_sql), runs=3)


def _one_year(plant: PlantFile, db: sqlite3.Connection) -> Iterator[Pair]:
    start, end = begin_of(date(2020, 1, 1), ZONE), begin_of(date(2021, 1, 1), ZONE)
    kept = plant.ledger.held(IntervalData)[1]
    number = int(kept.id)

    def ours() -> tuple[Series, ...]:
        return values(read(plant.blob(kept.sha256)), plant.blob, start, end)

    def theirs() -> Loads:
        sql = "select value from reading where meter = ? and month between ? and ? order by month, start"
        return np.array(db.execute(sql, (number, 2020 * 12, 2020 * 12 + 11)).fetchall())[:, 0]

    if not np.array_equal(ours()[0].values, theirs()):
        raise RuntimeError("the values differ")
    yield Pair(
        "A year of one meter into memory, hashes verified", "SQL on those rows", timed(ours), timed(theirs), runs=21
    )


def _opens(path: Path) -> Callable[[], None]:
    def work() -> None:
        with PlantFile.open(path) as plant:
            if not plant.health.sound:
                raise RuntimeError("the file is not sound")

    return work


def _loads(meters: int) -> Loads:
    """Energy of each quarter of an hour by shift, week and season, with noise, as meters print it. [kWh]"""
    rng = np.random.default_rng(1)
    at = np.arange((begin_of(date(2024, 1, 1), ZONE) - begin_of(FIRST, ZONE)) // STEP) * STEP / 86_400
    shift = 0.5 + 0.5 * np.clip(np.sin((at % 1 - 0.25) * 2 * np.pi), -0.3, 1.0)
    week = np.where(at.astype(int) % 7 < 5, 1.0, 0.45)
    usual = (0.25 + shift * week) * (1 + 0.15 * np.cos(at / 365.25 * 2 * np.pi))
    made = np.empty((meters, len(at)))
    for number, scale in enumerate(np.geomspace(20, 1000, meters)):
        made[number] = np.round(np.abs(usual * scale * (1 + 0.05 * rng.standard_normal(len(at)))), 1)
    return made


def _fill(path: Path, loads: Loads) -> None:
    """A plant file with a meter for each load."""
    PlantFile.create(path, data.PLANT, data.WHO, data.WHEN)
    with PlantFile.open(path) as plant:
        for number, load in enumerate(loads):
            key = f"{number:03d}"
            series = Series(begin_of(FIRST, ZONE), STEP, load)
            merged = merge(None, series, ZONE, plant.blob, overwrite=False)
            meter = Meter(key, f"Meter {key}", "electricity", "import", "kWh", multiplier=Decimal(1))
            records = (meter, intervals_of(key, merged, ()))
            steps = tuple(Step(kind_of(record), record.id, None, record) for record in records)
            plant.append(Change(data.WHO, data.WHEN, T("Readings imported"), steps), merged.blobs)


def _write_rows(path: Path, loads: Loads) -> None:
    """The same as rows, in the order in which monthly sums are one scan without sorting."""
    bounds = month_bounds(FIRST, LAST, ZONE)
    starts = begin_of(FIRST, ZONE) + STEP * np.arange(loads.shape[1])
    place = np.searchsorted([start for _, start, _ in bounds], starts, side="right") - 1
    months = (FIRST.year * 12 + FIRST.month - 1 + place).tolist()
    moments = starts.tolist()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=OFF")
        db.execute(
            "create table reading (meter integer, month integer, start integer, value real, "
            "primary key (meter, month, start)) without rowid"
        )
        for number, load in enumerate(loads):
            rows = zip([number] * len(moments), months, moments, load.tolist(), strict=True)
            db.executemany("insert into reading values (?, ?, ?, ?)", rows)
        db.commit()
