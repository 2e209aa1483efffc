"""Big data: never read at opening, verified at every reading, read by jobs on their own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import UserError
from core.ledger import Evidence
from core.store import BlobReader, PlantFile
from core.store.connection import Connection, failures
from core.store.health import integrity
from tests.core.store.conftest import activity, adding

DATA = [bytes([i % 251]) * (1000 + i) for i in range(1100)]
HASHES = [hashlib.sha256(data).hexdigest() for data in DATA]


def proof(number: int) -> Evidence:
    return Evidence(f"e{number:05d}", "bill.pdf", "bill", HASHES[number], len(DATA[number]), "application/pdf", ())


@pytest.fixture
def filled(path: Path) -> Path:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1), proof(0)), DATA)
    return path


def test_many_blobs_are_read_at_once(filled: Path) -> None:
    with PlantFile.open(filled) as plant:
        assert plant.blobs(HASHES) == dict(zip(HASHES, DATA, strict=True))
        assert plant.blobs(iter([HASHES[3], HASHES[3]])) == {HASHES[3]: DATA[3]}
        assert plant.blobs([]) == {}


def test_a_missing_blob_is_named(filled: Path) -> None:
    with PlantFile.open(filled) as plant, plant.reader() as reader:
        for read in (plant.blobs, reader.blobs):
            with pytest.raises(UserError, match="0000000000"):
                read([HASHES[0], "0" * 64])
        with pytest.raises(UserError, match="0000000000"):
            reader.blob("0" * 64)


@pytest.mark.parametrize("sql", ["zeroblob(1000)", "'text'", "1"])
def test_an_altered_blob_is_noticed_when_it_is_read(filled: Path, tamper: Callable[[str], None], sql: str) -> None:
    tamper(f"update blob set data = {sql} where sha256 = '{HASHES[7]}'")
    with PlantFile.open(filled) as plant, plant.reader() as reader:
        assert plant.blob(HASHES[8]) == DATA[8]
        for read in (plant.blob, reader.blob):
            with pytest.raises(UserError, match="missing or was altered"):
                read(HASHES[7])
        for read_all in (plant.blobs, reader.blobs):
            with pytest.raises(UserError, match="missing or was altered"):
                read_all(HASHES[5:9])


def test_a_job_reads_in_its_own_thread_while_the_window_writes(filled: Path) -> None:
    with PlantFile.open(filled) as plant:
        reader = plant.reader()

        def job() -> dict[str, bytes]:
            with reader:
                first = reader.blobs(HASHES[:600])
                assert reader.blob(HASHES[9]) == DATA[9]
            return first

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(job)
            plant.append(adding(activity(2)), [b"new"])
            assert running.result() == dict(zip(HASHES[:600], DATA[:600], strict=True))
        fresh = hashlib.sha256(b"new").hexdigest()
        with reader:
            assert reader.blob(fresh) == b"new", "what was written meanwhile is seen"
    assert [p.name for p in filled.parent.iterdir()] == [filled.name]


def test_a_reader_changes_nothing(filled: Path) -> None:
    with BlobReader(filled) as reader:
        assert reader.blob(HASHES[0]) == DATA[0]
        assert reader._conn is not None
        with pytest.raises(failures("OperationalError"), match="readonly"):
            reader._conn.execute("delete from blob")


def test_a_reader_that_is_not_asked_opens_nothing(tmp_path: Path) -> None:
    with BlobReader(tmp_path / "gone.plant"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["plain"], indirect=True)
def test_opening_does_not_read_what_is_big(filled: Path) -> None:
    """Pages of a blob are spoilt on the disk: opening does not see them, reading does, and the rest is well."""
    spoilt = filled.read_bytes().replace(DATA[1000][:900], b"\xff" * 900)
    assert spoilt != filled.read_bytes()
    filled.write_bytes(spoilt)
    with PlantFile.open(filled) as plant:
        assert plant.health.sound
        assert plant.blob(HASHES[0]) == DATA[0]
        with pytest.raises(UserError, match="missing or was altered"):
            plant.blob(HASHES[1000])


def test_every_table_of_records_is_checked(tmp_path: Path) -> None:
    conn = sqlite3.connect(tmp_path / "one.db")
    conn.executescript(
        "create table small (id integer primary key, note text not null); create table big (data blob);"
        "insert into small values (1, 'a'), (2, 'b'); insert into big values (zeroblob(9));"
    )
    assert integrity(Connection(conn)) == ()
    conn.executescript(
        "PRAGMA writable_schema=ON;"
        "update sqlite_schema set sql = replace(sql, 'note text', 'note text check (0)') where name = 'small';"
        "update sqlite_schema set sql = replace(sql, 'data blob', 'data blob check (0)') where name = 'big';"
    )
    conn.close()
    conn = sqlite3.connect(tmp_path / "one.db")
    assert set(integrity(Connection(conn))) == {"CHECK constraint failed in small"}
    conn.close()
