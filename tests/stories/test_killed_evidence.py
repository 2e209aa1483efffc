"""A large proof is being kept when the process is killed: all of it is there, or nothing."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.ledger import Plant
from core.store import PlantFile, verify_blobs

KEEP = """
import sys
import core.store.plant_file as store
from core.cli import main

put = store.put_blobs

def told(db, contents, watch=None):
    def tell(done):
        if done > 4_000_000:
            print("writing", flush=True)
    print("begun", flush=True)
    put(db, contents, tell)

store.put_blobs = told
sys.exit(main(["audit", "evidence", sys.argv[1], "--add", sys.argv[2], "--person", "Li Na"]))
"""
SIZE = 30_000_000
TURNS = 6
LONGEST = 0.3
"""From the first pieces on, about as long as the rest takes with the commit. [s]"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_a_proof_whose_keeping_is_killed_was_never_there(tmp_path: Path) -> None:
    path, film = tmp_path / "hillside.plant", tmp_path / "film.mp4"
    PlantFile.create(path, Plant("Hillside", "PL"), "Li Na", datetime(2025, 1, 15, tzinfo=UTC))
    film.write_bytes(random.Random(1).randbytes(SIZE))
    digest = hashlib.sha256(film.read_bytes()).hexdigest()
    before, chance, unfinished = path.read_bytes(), random.Random(20250115), 0
    for _ in range(TURNS):
        finished = killed(path, film, chance)
        unfinished += not finished
        with PlantFile.open(path) as plant, plant.reader() as reader:
            assert plant.writable, "the lock of the dead process must not hold"
            assert plant.health.sound
            held, kept = plant.ledger.evidence, reader.kept()
            assert len(held) == len(kept) == plant.entries - 1
            assert not finished or held, "what was confirmed is there"
            assert all(one.sha256 == digest for one in held) and kept in ({}, {digest: SIZE})
            assert verify_blobs(reader, plant.ledger) == ()
        if held:
            path.write_bytes(before)
        assert sorted(one.name for one in tmp_path.iterdir()) == [film.name, path.name], "nothing lies about"
    assert unfinished >= TURNS // 2, "the kills came too late to test anything"


def killed(path: Path, film: Path, chance: random.Random) -> bool:
    """Whether the process could say that everything was kept before it died."""
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", KEEP, str(path), str(film)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert child.stdout is not None
    while child.stdout.readline() not in ("writing\n", ""):
        pass
    time.sleep(chance.uniform(0, LONGEST))
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.stdout.close()
    child.wait()
    return "taken into the register" in said
