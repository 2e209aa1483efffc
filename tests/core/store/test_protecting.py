"""Encrypting, another passphrase and none again: the same file afterwards, or the old one untouched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.blob import looked_at
from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.passphrase import LockedError, Passphrase
from core.store import PlantFile, copy_under, forget, plain_beside, protect, unlock
from core.store import protecting as rooms
from core.store.cipher import MAGIC, connected, is_encrypted
from tests.core.store.conftest import ANSWERING, NOW, PASSPHRASE, activity, adding

OTHER = Passphrase("seven meters under a wet roof")
SIZE = 3_000_000


@pytest.fixture
def full(path: Path, tmp_path: Path) -> Path:
    """A plain or encrypted file with bills, something undone and a large proof."""
    scan = tmp_path / "scan.bin"
    scan.write_bytes(os.urandom(SIZE))
    content = looked_at(scan, SIZE)
    proof = Evidence("e00001", "scan.pdf", "bill", content.sha256, content.size)
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1), activity(2)))
        plant.append(Change("Wang Wu", NOW, T("Proof"), (Step("evidence", "e00001", None, proof),)), [content])
        plant.append(adding(activity(3)))
        plant.undo("Li Na", NOW)
    scan.unlink()
    return path


def told(path: Path) -> tuple[object, ...]:
    """Everything that a file says."""
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        with plant.reader() as reader:
            kept = reader.kept()
            assert all(reader.blob(sha256) for sha256 in kept)
        return plant.head, plant.entries, plant.ledger, plant.journal(), plant.redoable, kept


@pytest.mark.parametrize("passphrase", [None, OTHER])
def test_what_is_in_it_stays(full: Path, passphrase: Passphrase | None) -> None:
    before, done = told(full), list[int]()
    assert protect(full, passphrase, done.append) == ()
    assert is_encrypted(full) is (passphrase is not None)
    assert full.read_bytes().startswith(MAGIC) is (passphrase is None)
    assert told(full) == before
    assert done == sorted(done) and done[-1] >= 3 * SIZE
    assert [one.name for one in full.parent.iterdir()] == [full.name]
    with PlantFile.open(full) as plant:
        assert plant.writable and plant.redo("Li Na", NOW) is not None


@pytest.mark.parametrize("path", ["encrypted"], indirect=True)
def test_the_old_passphrase_is_worth_nothing_any_more(full: Path) -> None:
    protect(full, OTHER)
    forget()
    with pytest.raises(LockedError):
        unlock(full, PASSPHRASE)
    unlock(full, OTHER)
    assert told(full)


def test_a_file_that_somebody_has_open_is_refused(full: Path) -> None:
    before = told(full)
    with PlantFile.open(full) as plant:
        with pytest.raises(UserError, match="another program holds it"):
            protect(full, OTHER)
        with PlantFile.open(full, read_only=True), pytest.raises(UserError, match="another program holds it"):
            protect(full, None)
        plant.append(adding(activity(7)))
    assert told(full) != before


@pytest.mark.skipif(os.name == "nt", reason="there the exchange is refused")
def test_somebody_who_only_reads_is_left_his_file(full: Path) -> None:
    with PlantFile.open(full, read_only=True) as reading:
        protect(full, OTHER)
        assert reading.ledger.activities and reading.history("activity", "a00001")
    assert told(full)


def test_stopping_leaves_the_old_file(full: Path) -> None:
    before = told(full)

    class StoppedError(Exception):
        pass

    for limit in (0, SIZE, 2 * SIZE):

        def watch(done: int, limit: int = limit) -> None:
            if done >= limit:
                raise StoppedError

        with pytest.raises(StoppedError):
            protect(full, OTHER, watch)
        assert told(full) == before
        assert [one.name for one in full.parent.iterdir()] == [full.name]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from record where id = 'a00002'",
        "update blob set data = cast(substr(data, 1, 2000000) || x'00' || substr(data, 2000002) as blob)",
        "update blob set data = 'text'",
        "update touched set number = 3 where number = 2",
        "drop index if exists idx_side_hash",
        "create table more (x)",
    ],
)
def test_a_copy_that_differs_is_thrown_away(full: Path, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, export = told(full), rooms._export

    def lossy(path: Path, draft: Path, *rest: object) -> None:
        export(path, draft, *rest)  # type: ignore[arg-type]
        key = rest[0]
        conn = connected(draft.as_uri(), key)  # type: ignore[arg-type]
        conn.execute(sql)
        conn.commit()
        conn.close()

    monkeypatch.setattr(rooms, "_export", lossy)
    with pytest.raises(UserError, match="copy differs"):
        protect(full, OTHER)
    assert told(full) == before and [one.name for one in full.parent.iterdir()] == [full.name]


def test_a_disk_that_refuses_the_exchange_loses_nothing(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(full)

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="cannot be written"):
        protect(full, OTHER)
    monkeypatch.setattr(Path, "replace", replace)
    assert told(full) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from core.passphrase import Passphrase
from core.store import protect

def watch(done):
    if done >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

protect(Path(sys.argv[1]), Passphrase("seven meters under a wet roof"), watch)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize("at", [0, SIZE, 3 * SIZE])
def test_a_killed_program_loses_nothing(full: Path, at: int) -> None:
    before = told(full)
    words = [sys.executable, "-c", ANSWERING + KILLED, str(full), str(at)]
    done = subprocess.run(words, capture_output=True, check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == -signal.SIGKILL
    assert full.with_name("hillside.plant.new").exists()
    assert told(full) == before
    protect(full, OTHER)
    assert told(full) == before
    assert [one.name for one in full.parent.iterdir()] == [full.name]


def test_plain_copies_that_lie_beside_are_named(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plain = not plant.encrypted
    backup = path.with_name("hillside.version2.plant")
    backup.write_bytes(path.read_bytes())
    assert protect(path, OTHER) == ((backup,) if plain else ()) == plain_beside(path)


def test_a_copy_for_somebody_has_its_own_passphrase(full: Path) -> None:
    out = full.with_name("sent.plant")
    before = told(full)
    with PlantFile.open(full) as plant:
        plant.append(adding(activity(9)))  # what stands in the log alone goes with it
        copy_under(full, out, OTHER)
        now = plant.head
    assert told(full)[0] == now != before[0]
    forget()
    unlock(out, OTHER)
    assert told(out)[0] == now
    with pytest.raises(UserError, match="exists already"):
        copy_under(out, out, OTHER)
    assert sorted(one.name for one in full.parent.iterdir()) == ["hillside.plant", "sent.plant"]
