"""The roll-ups give the same whole numbers on DuckDB, PostgreSQL and Spark as our cells."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow
import pytest

from core.group.year.rollup import SCHEMA, TABLES, WHOLE, Row, rollups, texts
from tests.core.group.warehouse import expected, pieces
from tests.engines.postgres import programs, running

Ask = Callable[[str], list[Row]]
NAMES = tuple(rollups())


def filled() -> dict[str, list[Row]]:
    """The rows of every table."""
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    for table, rows in pieces():
        tables[table].extend(rows)
    return tables


def missing(what: str) -> None:
    """Skip with one line; where all engines are required, as in CI, fail with it."""
    if os.environ.get("ENGINES_REQUIRED"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing: not compared")


@pytest.fixture(scope="module")
def on_duckdb() -> Iterator[Ask]:
    with duckdb.connect() as db:
        db.execute(texts()[SCHEMA])
        for table, rows in filled().items():
            columns = pyarrow.table(dict(zip(TABLES[table], zip(*rows, strict=True), strict=True)))
            db.register("rows", columns)
            db.execute(f"INSERT INTO {table} SELECT * FROM rows")
        yield lambda text: db.execute(text).fetchall()


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[Ask]:
    where = programs()
    if where is None or shutil.which("psql") is None:
        missing("PostgreSQL (Debian: postgresql)")
    assert where is not None
    with running(where) as server:
        server.psql("--command", texts()[SCHEMA])
        for table, rows in filled().items():
            server.copy(table, rows)
        yield lambda text: [tuple(map(_read, row)) for row in server.ask(text)]


@pytest.fixture(scope="module")
def on_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    if shutil.which("java") is None:
        missing("Java (Debian: openjdk-17-jre-headless)")
    from pyspark.sql import SparkSession
    from pyspark.sql.types import LongType, StringType, StructField, StructType

    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master("local[2]").appName("roll-ups").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.sql.warehouse.dir", str(folder))
    session = (
        builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    )
    try:
        for table, rows in filled().items():
            kinds = [StructField(name, LongType() if name in WHOLE else StringType(), False) for name in TABLES[table]]
            session.createDataFrame(rows, StructType(kinds)).createOrReplaceTempView(table)
        yield lambda text: [tuple(row) for row in session.sql(text.rstrip().rstrip(";")).collect()]
    finally:
        session.stop()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", ["on_duckdb", "on_postgres", "on_spark"])
def test_equal_to_the_last_digit(engine: str, name: str, request: pytest.FixtureRequest) -> None:
    ask: Ask = request.getfixturevalue(engine)
    assert sorted(ask(rollups()[name]), key=repr) == expected()[name]


def test_nothing_of_the_server_is_left(tmp_path: Path) -> None:
    where = programs()
    if where is None or shutil.which("psql") is None:
        missing("PostgreSQL (Debian: postgresql)")
    assert where is not None
    with running(where) as server:
        assert server.ask("SELECT 1 + 1") == [["2"]]
        folder = server.folder
    assert not folder.exists()
    with pytest.raises(RuntimeError):
        server.ask("SELECT 1")


def _read(text: str) -> str | int:
    """psql gives text: whole numbers are told by their digits."""
    return int(text) if text.removeprefix("-").isdecimal() else text
