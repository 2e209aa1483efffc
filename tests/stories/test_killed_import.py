"""An import of ten years is killed while it reads and while it writes; there is all of it or nothing, and no wreck."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.ledger import IntervalData, Meter, Plant
from core.store import PlantFile
from tests.stories.loads import large_file

IMPORT = """
import sys
from core.cli import main
from core.store import PlantFile

append = PlantFile.append

def told(*args, **named):
    print("writing", flush=True)
    entry = append(*args, **named)
    print("written", flush=True)
    return entry

PlantFile.append = told
sys.argv = ["plant-audit", "meter", "import", *sys.argv[1:], "--new", "--person", "Li Na",
            "--set", "clock=offset:+01:00", "--set", "label=left"]
sys.exit(main())
"""
READING, WRITING = 6, 12
"""How often it is killed while it reads, and while it writes."""
LONGEST = 0.004
"""From the first word of writing on, about as long as writing takes. [s]"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_an_import_that_is_killed_was_never_there(tmp_path: Path) -> None:
    path, file = tmp_path / "hillside.plant", tmp_path / "ten-years.csv"
    PlantFile.create(path, Plant("Hillside", "PL"), "Li Na", datetime(2025, 1, 15, tzinfo=UTC))
    count = large_file(file, range(2015, 2025))
    before = path.read_bytes()
    chance = random.Random(20250115)
    unfinished = 0
    for turn in range(READING + WRITING):
        finished = killed(path, file, chance, while_writing=turn >= READING)
        unfinished += not finished
        with PlantFile.open(path) as plant:
            assert plant.writable, "the lock of the dead process must not hold"
            assert plant.health.sound
            held = plant.ledger.held(IntervalData)
            assert len(held) == len(plant.ledger.held(Meter)) == plant.entries - 1
            assert not finished or held, "what was confirmed is there"
            assert all(one.values == count for one in held), "all of it, or nothing"
        if held:
            path.write_bytes(before)
        assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, file.name], "nothing lies about"
    assert unfinished >= READING, "the kills came too late to test anything"


def killed(path: Path, file: Path, chance: random.Random, *, while_writing: bool) -> bool:
    """Whether the process could say that everything was written before it died."""
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(file)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert child.stdout is not None
    if while_writing:
        assert child.stdout.readline() == "writing\n"
        time.sleep(chance.uniform(0, LONGEST))
    else:
        time.sleep(chance.uniform(0.2, 0.8))
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.stdout.close()
    child.wait()
    return "written\n" in said
