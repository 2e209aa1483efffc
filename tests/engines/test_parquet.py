"""Parquet files of a group: the roll-ups run on them as they are, and tonnes are exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.exchange.bulk import write_parquet
from core.group.out.exporting import warehouse_tables
from core.group.packed import tonnes
from core.group.year.rollup import TABLES, Row, rollups
from tests.core.group.warehouse import expected, pieces

NAMES = tuple(rollups())


def with_tonnes() -> Iterator[tuple[str, Iterable[tuple[str | int | Decimal, ...]]]]:
    for name, rows in pieces():
        if TABLES[name][-1] == "amount":
            yield name, [(*row, tonnes(int(row[-1]))) for row in rows]
        else:
            yield name, rows


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("parquet") / "tables"
    write_parquet(folder, warehouse_tables(), with_tonnes())
    with duckdb.connect() as opened:
        for name in TABLES:
            opened.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}.parquet')")
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_the_roll_ups_run_on_the_files(db: duckdb.DuckDBPyConnection, name: str) -> None:
    found: list[Row] = db.execute(rollups()[name]).fetchall()
    assert sorted(found, key=repr) == expected()[name]


def test_tonnes_are_decimals_with_all_their_digits(db: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(db.execute("SELECT column_name, column_type FROM (DESCRIBE line)").fetchall())
    assert kinds["tonnes"] == "DECIMAL(38,9)" and kinds["amount"] == "BIGINT"
    wrong = db.execute("SELECT count(*) FROM line WHERE tonnes * 1000000000 <> amount").fetchone()
    assert wrong == (0,)
