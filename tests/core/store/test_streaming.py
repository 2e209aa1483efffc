"""Large files go into the plant file and out of it in pieces, completely or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import core.blob
import core.store.blobs
from core.blob import FileBlob, looked_at
from core.errors import UserError
from core.ledger import Evidence
from core.store import PlantFile
from tests.core.store.conftest import ANSWERING, activity, adding

DATA = bytes(range(256)) * 400 + b"end"
DIGEST = hashlib.sha256(DATA).hexdigest()
MOST = 900_000_000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many pieces of little data."""
    monkeypatch.setattr(core.blob, "PIECE", 10_000)
    monkeypatch.setattr(core.store.blobs, "PIECE", 10_000)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(DATA)
    return file


def proof(blob: FileBlob, key: str = "e00001") -> Evidence:
    return Evidence(key, blob.path.name, "bill", blob.sha256, blob.size)


def test_looking_at_a_file_reads_it_once_in_pieces(scan: Path) -> None:
    told: list[int] = []
    seen = looked_at(scan, MOST, told.append)
    assert (seen.sha256, seen.size, seen.path) == (DIGEST, len(DATA), scan)
    assert told == [*range(10_000, 100_001, 10_000), len(DATA)]
    heard: list[int] = []
    assert looked_at(scan, 25_000, heard.append).size == len(DATA) and heard == [], "one that is too large is not read"
    with pytest.raises(UserError, match=r"gone\.pdf” cannot be opened"):
        looked_at(scan.with_name("gone.pdf"), MOST)


def test_a_file_is_kept_and_comes_out_again(path: Path, scan: Path, tmp_path: Path) -> None:
    seen, told = looked_at(scan, MOST), list[int]()
    with PlantFile.open(path) as plant:
        plant.append(adding(proof(seen)), [b"small", seen], told.append)
        assert told[0] == len(b"small") and told == sorted(told) and told[-1] == len(b"small") + len(DATA)
        assert len(told) > 10
        assert plant.blob(DIGEST) == DATA
        pieces = list(plant.pieces(DIGEST))
        assert b"".join(pieces) == DATA and max(map(len, pieces)) == 10_000
        plant.copy_blob(DIGEST, tmp_path / "copy.pdf")
        with plant.reader() as reader:
            assert b"".join(reader.pieces(DIGEST)) == DATA
            reader.copy_blob(DIGEST, tmp_path / "again.pdf")
            assert reader.kept() == {hashlib.sha256(b"small").hexdigest(): 5, DIGEST: len(DATA)}
    assert (tmp_path / "copy.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes() == DATA
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.blob(DIGEST) == DATA


def test_what_is_kept_already_is_not_read_again(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        plant.append(adding(proof(seen)), [seen])
        scan.unlink()
        plant.append(adding(proof(seen, "e00002")), [seen])
        assert len(plant.ledger.evidence) == 2


@pytest.mark.parametrize("now", [DATA[:-1], DATA + b"!", b"x" + DATA[1:], b""], ids=list("slo0"))
def test_a_file_that_changed_meanwhile_is_refused_whole(path: Path, scan: Path, now: bytes) -> None:
    seen = looked_at(scan, MOST)
    scan.write_bytes(now)
    with PlantFile.open(path) as plant:
        with pytest.raises(UserError, match="changed while it was being kept"):
            plant.append(adding(proof(seen)), [seen])
        nothing_happened(plant)
        plant.append(adding(activity(1)))
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.entries == 2


def test_a_file_that_is_gone_meanwhile_is_refused(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    scan.unlink()
    with PlantFile.open(path) as plant:
        with pytest.raises(UserError, match=r"scan\.pdf” cannot be opened"):
            plant.append(adding(proof(seen)), [seen])
        nothing_happened(plant)


def test_what_sqlite_cannot_take_is_refused(path: Path, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.store.blobs, "LARGEST_BLOB", 50_000)
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        for content in (seen, DATA):
            with pytest.raises(UserError, match="cannot be kept as proof"):
                plant.append(adding(proof(seen)), [content])
        nothing_happened(plant)


def test_cancelling_leaves_nothing(path: Path, scan: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int) -> None:
        if done > 50_000:
            raise Stopped

    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        with pytest.raises(Stopped):
            plant.append(adding(proof(seen)), [seen], stop)
        nothing_happened(plant)
        plant.append(adding(proof(seen)), [seen])
        assert plant.blob(DIGEST) == DATA


def test_a_job_keeps_a_file_in_its_own_thread(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant, ThreadPoolExecutor(1) as pool:
        waiting = plant.pending(adding(proof(seen)), [seen])
        assert plant.ledger.evidence == (), "until it is written nothing has happened"
        threads: set[int] = set()
        pool.submit(waiting.write_apart, lambda done: threads.add(threading.get_ident())).result()
        assert threads and threading.get_ident() not in threads
        assert plant.happened(waiting).number == plant.entries == 2
        assert plant.blob(DIGEST) == DATA
        plant.append(adding(activity(1)))
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.entries == 3
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, scan.name]


def test_a_job_whose_change_came_too_late_is_refused(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        waiting = plant.pending(adding(proof(seen)), [seen])
        plant.append(adding(activity(1)))
        with pytest.raises(UserError, match="could not be written"):
            waiting.write_apart()
        assert plant.entries == 2 and kept(plant) == {}
    with PlantFile.open(path) as plant:
        assert plant.health.sound


def test_a_job_cannot_write_what_another_program_holds(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path), PlantFile.open(path) as second:
        waiting = second.pending(adding(proof(seen)), [seen])
        with pytest.raises(UserError, match="another program holds it"):
            waiting.write_apart()


def test_a_full_disk_keeps_nothing_of_a_large_file(path: Path, scan: Path) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        (pages,) = plant._opened.db.conn.execute("PRAGMA page_count").fetchone()
        plant._opened.db.conn.execute(f"PRAGMA max_page_count={pages + 5}")
        with pytest.raises(UserError, match="no space left"):
            plant.append(adding(proof(seen)), [seen])
        nothing_happened(plant)
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        plant.append(adding(proof(seen)), [seen])
        assert plant.blob(DIGEST) == DATA


LIMITED = """
import resource, signal, sys
from pathlib import Path
from core.blob import looked_at
from core.errors import UserError
from core.ledger import Evidence
from core.store import PlantFile
from tests.core.store.conftest import activity, adding

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with PlantFile.open(Path(sys.argv[1])) as plant:
    seen = looked_at(Path(sys.argv[2]), 10**9)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        plant.append(adding(Evidence("e00001", "scan.pdf", "bill", seen.sha256, seen.size)), [seen])
    except UserError as error:
        print(error.text("en"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    plant.append(adding(activity(1)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are those of POSIX systems")
def test_a_disk_that_refuses_midway_keeps_nothing(path: Path, tmp_path: Path) -> None:
    """The system itself refuses to let the files grow."""
    large = tmp_path / "large.pdf"
    large.write_bytes(os.urandom(3_000_000))
    root = Path(__file__).parents[3]
    words = [sys.executable, "-c", ANSWERING + LIMITED, str(path), str(large)]
    said = subprocess.run(
        words, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=True
    ).stdout
    assert "could not be written" in said and "Nothing was changed" in said
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert plant.entries == 2 and plant.ledger.evidence == () and kept(plant) == {}
        assert plant.ledger.activities[0].start == date(2024, 1, 1)


def test_copying_what_was_altered_leaves_no_file(
    path: Path, scan: Path, tmp_path: Path, tamper: Callable[[str], None]
) -> None:
    seen = looked_at(scan, MOST)
    with PlantFile.open(path) as plant:
        plant.append(adding(proof(seen)), [seen])
    tamper("update blob set data = cast(substr(data, 1, 50000) || 'X' || substr(data, 50002) as blob)")
    before = sorted(p.name for p in tmp_path.iterdir())
    with PlantFile.open(path) as plant:
        for sha256 in (DIGEST, "0" * 64):
            with pytest.raises(UserError, match="missing or was altered"):
                plant.copy_blob(sha256, tmp_path / "copy.pdf")
            with pytest.raises(UserError, match="missing or was altered"):
                list(plant.pieces(sha256))
        with pytest.raises(UserError, match="cannot be written"):
            plant.copy_blob(DIGEST, tmp_path / "no folder" / "copy.pdf")
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def nothing_happened(plant: PlantFile) -> None:
    """Neither record, nor entry, nor bytes."""
    assert plant.ledger.evidence == () and plant.entries == 1
    assert kept(plant) == {}


def kept(plant: PlantFile) -> dict[str, int]:
    with plant.reader() as reader:
        return reader.kept()
