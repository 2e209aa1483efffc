"""Transactions, and what opening a file does not load."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from core.store.cipher import is_encrypted
from core.store.connection import Connection
from tests.core.store.conftest import ANSWERING


@pytest.fixture
def held(tmp_path: Path) -> Connection:
    conn = sqlite3.connect(tmp_path / "one.db")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute("create table parent (id integer primary key)")
    conn.execute(
        "create table child (parent integer references parent(id) deferrable initially deferred, note text not null)"
    )
    return Connection(conn)


def count(held: Connection) -> int:
    return int(held.conn.execute("select count(*) from child").fetchone()[0])


def test_everything_is_kept(held: Connection) -> None:
    with held.atomic():
        held.conn.execute("insert into parent values (1)")
        held.conn.execute("insert into child values (1, 'a')")
    assert not held.conn.in_transaction
    held.conn.rollback()
    assert count(held) == 1
    held.close()


def test_an_error_inside_takes_everything_back(held: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError), held.atomic():
        held.conn.execute("insert into parent values (1)")
        held.conn.execute("insert into child values (1, null)")
    assert not held.conn.in_transaction
    assert held.conn.execute("select count(*) from parent").fetchone() == (0,)
    held.close()


def test_an_error_at_the_end_takes_everything_back(held: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), held.atomic():
        held.conn.execute("insert into child values (7, 'no such parent')")
    assert not held.conn.in_transaction
    assert count(held) == 0
    held.close()


def test_an_error_that_ended_the_transaction_is_not_hidden(held: Connection) -> None:
    held.conn.execute("create trigger no before insert on parent begin select raise(rollback, 'never'); end")
    with pytest.raises(sqlite3.IntegrityError, match="never"), held.atomic():
        held.conn.execute("insert into parent values (1)")
    assert not held.conn.in_transaction
    held.close()


def test_opening_a_file_loads_nothing_heavy(path: Path) -> None:
    """The first window waits for it; only making and migrating tables needs sqlite-utils."""
    code = (
        "import sys; from pathlib import Path; from core.store import PlantFile; "
        "PlantFile.open(Path(sys.argv[1])).close(); "
        "sys.exit(','.join({'sqlite_utils', 'numpy', 'click', *sys.argv[2:]} & set(sys.modules)) or 0)"
    )
    unneeded = [] if is_encrypted(path) else ["sqlcipher3"]
    done = subprocess.run(
        [sys.executable, "-c", ANSWERING + code, str(path), *unneeded], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
