"""What a person was told is kept has reached the disk; the tests of this process alone do not wait for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.store.connecting import connect
from tests.core.store.conftest import ANSWERING

FULL, OFF = 2, 0
ASKING = """
import sys
from pathlib import Path
from core.store import PlantFile
with PlantFile.open(Path(sys.argv[1])) as plant:
    print(plant._opened.db.conn.execute("PRAGMA synchronous").fetchone()[0])
"""


def test_the_program_waits_for_the_disk(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{ANSWERING}{ASKING}", str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == FULL


def test_tests_do_not(path: Path) -> None:
    conn = connect(path, read_only=False).conn
    assert conn.execute("PRAGMA synchronous").fetchone()[0] == OFF
    conn.close()
