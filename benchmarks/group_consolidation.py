"""Ten years of a group, from the packed lines of its reports to the sums that its pages show.

``BENCHMARK_PLANTS=500,5000`` chooses how many plants; 5,000 with 2,000 lines a year each are 100 million lines.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.group_script import QUERIES
from benchmarks.harness import Pair, Scale, timed
from benchmarks.series_import import _environment
from core.group.packed import unpack, written
from core.group.year.consolidating import consolidate
from core.ledger import Group, Register, Site, Stake
from core.store import ACCEPTED, Filed

LINES, SOURCES, RECORDS, POOL = 2_000, 40, 480, 16
"""Of each report; and how many different ones there are."""
COUNTRIES = ("CN", "PL", "US", "DE", "MX")
FIRST = 2015


@dataclass(frozen=True)
class Many:
    """A group as it is filed."""

    register: Register
    years: dict[int, list[tuple[Filed, int]]]
    """Reports and which lines they have."""
    pool: dict[int, list[bytes]]
    """Packed lines by year; those of one place differ between years by nothing but the year."""

    @property
    def lines(self) -> int:
        return sum(map(len, self.years.values())) * LINES


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Against DuckDB and against SQL over rows, and the memory it takes."""
    full = scale.many >= 10_000
    years = 10 if full else 2
    pool = {year: [report(seed, year) for seed in range(POOL)] for year in range(FIRST, FIRST + years)}
    for plants in map(int, os.environ.get("BENCHMARK_PLANTS", "500" if full else "20").split(",")):
        yield from _pairs(group(plants, years, pool), folder, plants)
    few = group(50 if full else 5, years, pool)
    whole, in_sql = _sums(few), _rows(few)
    if in_sql() != whole:
        raise RuntimeError("not the same sums")
    yield Pair(f"The same of {few.lines:,} lines", "SQL over rows of sqlite3 in memory, four times",
               timed(lambda: _sums(few)), timed(in_sql), runs=3)  # fmt: skip


def _pairs(many: Many, folder: Path, plants: int) -> Iterator[Pair]:
    count = len(many.years)
    what = (
        f"Consolidate {plants:,} plants × {count} years, {many.lines:,} lines, by scope and gas, country, month, plant"
    )
    if python := _environment():
        theirs = _Script(python, many, folder)
        if theirs.total != _sums(many):
            raise RuntimeError("not the same sums")
        alternative = "DuckDB: the same sums over rows of its own in memory, four times (filling it not counted)"
        yield Pair(what, alternative, timed(lambda: _sums(many)), theirs, runs=3)
        theirs.close()
    one = Many(many.register, dict([next(iter(many.years.items()))]), many.pool)
    yield Pair(f"Most memory that takes, {count} years", "one year", _peak(many), _peak(one), runs=1, unit="B")


def group(plants: int, years: int, pool: dict[int, list[bytes]]) -> Many:
    """Plants in five countries, each held through a stake."""
    names = [f"Plant {n}" for n in range(plants)]
    sites = [Site(f"s{n}", name, COUNTRIES[n % 5], f"Business {n % 7}") for n, name in enumerate(names)]
    stakes = [Stake(f"k{n}", "group", site.id, "") for n, site in enumerate(sites)]
    filed = {
        year: [
            (Filed(f"{year}-{n}", "r.pdf", "", ACCEPTED, plant=name, country=COUNTRIES[n % 5], year=year,
                   start=f"{year}-01-01", end=f"{year}-12-31"), (n + year) % POOL)
            for n, name in enumerate(names)
        ]
        for year in range(FIRST, FIRST + years)
    }  # fmt: skip
    return Many(Register.of([Group("Group"), *sites, *stakes]), filed, pool)


def report(seed: int, year: int) -> bytes:
    """Packed lines: each source has bills of twelve months and is of one scope and category."""
    random = np.random.default_rng(seed)
    source = np.arange(LINES) % SOURCES
    scope = np.array((0, 0, 1, 2, 3))[source % 5]
    rows = np.stack(
        [scope, np.where(scope == 3, 1 + source % 15, 0), random.integers(0, 3, LINES), random.integers(0, 12, LINES),
         source, source % 9, random.integers(0, RECORDS, LINES), random.integers(1, 10**13, LINES)], axis=1,
    )  # fmt: skip
    names = [f"Source {n}" for n in range(SOURCES)], [f"method/item{n}" for n in range(9)]
    return written((year, 1), (*names, [f"record-{n:05}" for n in range(RECORDS)]), rows)


def _sums(many: Many) -> int:
    """Consolidate every year and lay it out four times; the location-based total of all years in billionths."""
    return sum(_year(many, year) for year in many.years)


def _year(many: Many, year: int) -> int:
    packs = ((one, unpack(many.pool[year][pack])) for one, pack in many.years[year])
    found = consolidate(many.register, packs, year)
    answers = (found.cross("scope", "gas"), found.by("country"), found.by("month"), found.by("plant"))
    return sum(int(value.scaleb(9)) for value in answers[1].values())


def _peak(many: Many) -> Callable[[], float]:
    """Bytes that are held at once while consolidating, beside the reports themselves."""

    def run() -> float:
        tracemalloc.start()
        _sums(many)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return float(most)

    return run


def _tables(many: Many) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Reports with the number of their lines' pattern, and the lines of each pattern."""
    reports: list[tuple[object, ...]] = [
        (number, one.year, one.country, one.plant, pack)
        for number, (one, pack) in enumerate(pair for own in many.years.values() for pair in own)
    ]
    lines: list[tuple[object, ...]] = []
    for number, data in enumerate(next(iter(many.pool.values()))):
        packed = unpack(data)
        names = ("scope", "category", "gas", "month", "source", "record", "amount")
        lines += [(number, *row) for row in zip(*(packed.columns[name].tolist() for name in names), strict=True)]
    return reports, lines


REPORT = ("report", "year", "country", "plant", "pack")
POOLED = ("pack", "scope", "category", "gas", "month", "source", "record", "amount")


class _Script:
    """DuckDB in a process of its own, which fills its tables once and then runs whenever it is asked."""

    def __init__(self, python: Path, many: Many, folder: Path) -> None:
        for name, heads, rows in zip(("report", "pool"), (REPORT, POOLED), _tables(many), strict=True):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([heads, *rows])
        command = [str(python), str(Path(__file__).with_name("group_script.py")), str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.total = self._run()[1]

    def __call__(self) -> float:
        return self._run()[0]

    def _run(self) -> tuple[float, int]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("no pipes")
        stdin.write("\n")
        stdin.flush()
        seconds, total = stdout.readline().split()
        return float(seconds), int(total)

    def close(self) -> None:
        self._process.communicate()


def _rows(many: Many) -> Callable[[], int]:
    """The same sums in SQL over rows of sqlite3, filled before."""
    db = sqlite3.connect(":memory:")
    reports, lines = _tables(many)
    for name, heads, rows in (("report", REPORT, reports), ("pool", POOLED, lines)):
        db.execute(f"CREATE TABLE {name} ({', '.join(heads)})")
        db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(heads))})", rows)
    db.execute(f"CREATE TABLE line AS SELECT report, {', '.join(POOLED[1:])} FROM report JOIN pool USING (pack)")
    db.execute("DROP TABLE pool")
    keys = (("year", "scope", "gas"), ("year", "country"), ("year", "month"), ("year", "plant"))
    queries = [query.replace("ALL", ", ".join(key)) for query, key in zip(QUERIES, keys, strict=True)]

    def run() -> int:
        answers = [db.execute(query).fetchall() for query in queries]
        return sum(row[-1] for row in answers[1])

    return run
