"""The group as plain tables, and the roll-ups over them as plain SQL: what a warehouse takes over.

The tables are described in ``resources/sql/schema.sql``. The texts beside it give the same whole numbers on SQLite,
DuckDB, PostgreSQL and Spark.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from importlib.resources import files

from core.group.packed import KINDS, Packed
from core.group.year.consolidated import Consolidated
from core.group.year.months import month_key
from core.methods import SCOPES
from core.store import Filed

Row = tuple[str | int, ...]
SCHEMA = "schema"
TABLES: dict[str, tuple[str, ...]] = {
    "site": ("year", "site", "name", "country", "company", "business"),
    "report": ("report", "year", "site", "revision", "first_day", "last_day"),
    "line": ("report", "month", "scope", "category", "gas", "source", "item", "record", "amount"),
    "counted": ("year", "site", "report", "month", "scope", "category", "gas", "source", "transfer", "amount"),
}
"""Columns of each table, in order."""
WHOLE = frozenset({"year", "revision", "category", "amount"})
"""Columns that hold whole numbers; all others hold text."""


def texts() -> dict[str, str]:
    """Every text of the folder by name: the schema and the roll-ups."""
    folder = files("resources") / "sql"
    return {
        one.name.removesuffix(".sql"): one.read_text("utf-8")
        for one in sorted(folder.iterdir(), key=lambda f: f.name)
        if one.name.endswith(".sql")
    }


def rollups() -> dict[str, str]:
    """The texts that ask."""
    return {name: text for name, text in texts().items() if name != SCHEMA}


def site_rows(found: Consolidated) -> Iterator[Row]:
    """Rows of ``site``."""
    for one in found.members:
        yield found.year, one.key, one.name, one.country, one.company, one.business


def report_rows(found: Consolidated) -> Iterator[Row]:
    """Rows of ``report``."""
    for filed, at in zip(found.reports, found.member_of, strict=True):
        yield filed.sha256, found.year, found.members[at].key, filed.revision, filed.start, filed.end


def line_rows(filed: Filed, packed: Packed) -> Iterator[Row]:
    """Rows of ``line`` of one report."""
    first = packed.first[0] * 12 + packed.first[1] - 1
    names = ("scope", "category", "gas", "month", "source", "item", "record", "amount")
    held = packed.columns
    sources, items, records = packed.sources, packed.items, packed.records
    for scope, category, gas, month, source, item, record, amount in zip(
        *(held[name].tolist() for name in names), strict=True
    ):
        yield (filed.sha256, month_key(first + month), SCOPES[scope], category, KINDS[gas], sources[source],
               items[item], records[record], amount)  # fmt: skip


def counted_rows(found: Consolidated) -> Iterator[Row]:
    """Rows of ``counted``."""
    names = ("report", "month", "scope", "category", "gas", "source", "transfer")
    columns = (found.cells.columns[name].tolist() for name in names)
    for at, month, scope, category, gas, source, transfer, amount in zip(
        *columns, found.cells.amounts.tolist(), strict=True
    ):
        yield (found.year, found.members[found.member_of[at]].key, found.reports[at].sha256, month_key(month),
               SCOPES[scope], category, KINDS[gas], found.packs[at].sources[source],
               found.transfers[transfer - 1].id if transfer else "", amount)  # fmt: skip


def rows_of(
    years: Iterable[tuple[Consolidated, Iterable[tuple[Filed, Packed | None]]]],
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Table and rows, one piece after the other, so that no more than a report or a year is held.

    Parameters
    ----------
    years
        each year with the reports it was added up from.
    """
    for found, reports in years:
        yield "site", site_rows(found)
        yield "report", report_rows(found)
        yield "counted", counted_rows(found)
        known = {filed.sha256 for filed in found.reports}
        for filed, packed in reports:
            if packed is not None and filed.sha256 in known:
                yield "line", line_rows(filed, packed)


def load(db: sqlite3.Connection, pieces: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Make the tables in an empty SQLite database and fill them."""
    with db:
        db.executescript(texts()[SCHEMA])
        for table, rows in pieces:
            marks = ", ".join("?" * len(TABLES[table]))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
