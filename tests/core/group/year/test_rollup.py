"""The tables for a warehouse, and the SQL texts on the engine that every Python has."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest

from core.group.year.rollup import SCHEMA, TABLES, WHOLE, load, rollups, texts
from tests.core.group.warehouse import expected, pieces


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    load(connection, pieces())
    yield connection
    connection.close()


@pytest.mark.parametrize("name", rollups())
def test_sqlite_gives_what_the_cells_give(db: sqlite3.Connection, name: str) -> None:
    rows = db.execute(rollups()[name]).fetchall()
    assert rows, "a roll-up that gives nothing proves nothing"
    assert sorted(rows, key=repr) == expected()[name]


def test_every_roll_up_has_an_answer_to_be_held_to() -> None:
    assert rollups().keys() == expected().keys()
    assert SCHEMA in texts()


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_are_those_of_the_schema(db: sqlite3.Connection, table: str) -> None:
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    assert tuple(column[1] for column in columns) == TABLES[table]
    assert {column[1] for column in columns if "INT" in column[2]} == WHOLE & set(TABLES[table])
    assert db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0


@pytest.mark.parametrize("name", texts())
def test_texts_are_plain_and_say_what_they_are_for(name: str) -> None:
    text = texts()[name]
    assert text.startswith("-- ")
    assert not re.search(r"[`\"\[\]]|::|\bLIMIT\b|\bQUALIFY\b|\bIFNULL\b|\bPRAGMA\b", re.sub(r"--.*", "", text))
