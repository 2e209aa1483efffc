"""A merge that is killed leaves nothing half, and large blobs cross in pieces."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.blob import looked_at
from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.store import PlantFile, look, merging
from tests.core.store.conftest import ANSWERING, NOW, activity, adding

SIZE = 30_000_000
"""Of the large file, many times what is in memory at once. [bytes]"""
MERGE = """
import os, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from core.store import PlantFile, look, merging

def watch(done):
    if done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

with PlantFile.open(Path(sys.argv[1])) as plant, look(plant.path, plant.ledger, Path(sys.argv[2])) as found:
    pending = merging(plant, found, {}, "Li Na", datetime(2025, 1, 15, tzinfo=UTC))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pending.write_apart(watch)
    plant.happened(pending)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.fixture
def copies(path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies; the colleague's has a large file more."""
    other = path.with_name("colleague.plant")
    shutil.copy(path, other)
    scan = tmp_path / "scan.pdf"
    with scan.open("wb") as stream:
        for number in range(SIZE // 1_000_000):
            stream.write(bytes([number]) * 1_000_000)
    content = looked_at(scan, SIZE)
    proof = Evidence("e00001", "scan.pdf", "bill", content.sha256, content.size)
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(1)))
        plant.append(Change("Wang Wu", NOW, T("Proof"), (Step("evidence", "e00001", None, proof),)), [content])
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(2)))
    return path, other


def run(copies: tuple[Path, Path], kill_at: int) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", ANSWERING + MERGE, *map(str, copies), str(kill_at)]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_killed_merge_leaves_nothing_half_and_can_be_repeated(copies: tuple[Path, Path]) -> None:
    assert run(copies, SIZE // 2).returncode == -signal.SIGKILL
    with PlantFile.open(copies[0]) as plant:
        assert plant.health.sound and plant.entries == 2
        assert plant._opened.db.conn.execute("select count(*) from blob").fetchone() == (0,)
        assert plant._opened.db.conn.execute("select count(*) from side").fetchone() == (0,)
        with look(plant.path, plant.ledger, copies[1]) as found:
            pending = merging(plant, found, {}, "Li Na", NOW)
            pending.write_apart()
            plant.happened(pending)
        assert sum(map(len, plant.pieces(plant.ledger.evidence[0].sha256))) == SIZE
        assert plant.health.sound


@pytest.mark.skipif(sys.platform != "linux", reason="measures in the unit of Linux")
def test_a_large_blob_is_never_whole_in_memory(copies: tuple[Path, Path]) -> None:
    done = run(copies, SIZE * 2)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) * 1024 < SIZE / 2
