"""What is left behind by programs that were killed, and what the person is told when a disk refuses."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import UserError
from core.ledger import Plant
from core.store import GroupFile, PlantFile, connecting, database, opened
from core.store.connecting import connect
from core.store.connection import Connection
from core.store.database import create
from core.store.drives import listed_in, mounts_in, over_network
from core.store.migrating import migrate
from core.store.schema import PLANT
from core.store.trouble import damaged, uncreated, unsettled, unwritten
from tests.core.store.conftest import NOW, activity, adding

DATA = Path(__file__).parents[2] / "data" / "versions" / "0-store"


def abandoned(path: Path, place: Path) -> Path:
    """The file as a program leaves it that is killed now."""
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copy(one, place / one.name)
    return place / path.name


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Another folder."""
    (tmp_path / "later").mkdir()
    return tmp_path / "later"


def test_a_migration_that_is_confirmed_in_the_log_alone_happened(tmp_path: Path, later: Path) -> None:
    path = tmp_path / "old.plant"
    shutil.copy(DATA / "version1.plant", path)
    with closing(connect(path, read_only=False)) as db:
        migrate(db, PLANT, 1)
        left = abandoned(path, later)
    assert (later / "old.plant-wal").stat().st_size > 0
    with PlantFile.open(left) as plant:
        assert plant.health.sound and plant.backup is None
    assert list(later.iterdir()) == [left]


def test_a_migration_that_was_not_confirmed_is_begun_again(tmp_path: Path, later: Path) -> None:
    path = tmp_path / "old.plant"
    shutil.copy(DATA / "version1.plant", path)
    with closing(connect(path, read_only=False, log=False)) as db:
        db.conn.execute("PRAGMA cache_spill=1")
        with pytest.raises(ZeroDivisionError), db.atomic():
            _migrate_halfway(db)
            left = abandoned(path, later)
            raise ZeroDivisionError
    with PlantFile.open(left) as plant:
        assert plant.health.sound and plant.backup is not None
        assert plant.backup.read_bytes() == (DATA / "version1.plant").read_bytes()
    assert sorted(one.name for one in later.iterdir()) == ["old.plant", "old.version1.plant"]


def _migrate_halfway(db: Connection) -> None:
    """So much that pages go to the disk before anything is confirmed."""
    db.conn.execute("PRAGMA user_version=3")
    db.conn.execute("PRAGMA cache_size=1")
    db.conn.execute("create table half (a)")
    db.conn.executemany("insert into half values (?)", [("x" * 3000,) for _ in range(200)])


def test_what_a_killed_creation_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "all.group"
    for ending in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"all.group.new{ending}").write_bytes(b"left")
    with GroupFile.open(path):
        pass
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_complete_before_it_has_its_name(tmp_path: Path) -> None:
    """Bytes 18 and 19 are 1: no part of it stands in a log that would stay behind when it is renamed."""
    create(tmp_path / "a.plant", PLANT, lambda db: None)
    assert (tmp_path / "a.plant").read_bytes()[18:20] == b"\1\1"


def test_who_closes_last_leaves_the_lock_to_whoever_has_it_by_then(path: Path) -> None:
    first = PlantFile.open(path)
    lock = path.with_name(path.name + ".lock")
    assert lock.exists()
    first.close()
    assert not lock.exists()
    with PlantFile.open(path) as second:
        assert second.writable and lock.exists(), "it was taken away while it was held, never after"


def test_a_file_that_may_not_be_written_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.holding.os.access", lambda *_: False)
    with PlantFile.open(path) as plant:
        assert not plant.writable and plant.ledger.plant.name
        with pytest.raises(UserError, match="write-protected") as caught:
            plant.append(adding(activity(1)))
    assert "copy the file to another folder" in caught.value.text("en")


def test_last_changes_beside_a_file_that_may_not_be_written_are_to_be_copied_with_it(
    path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        left = abandoned(path, later)
    monkeypatch.setattr("core.store.holding.os.access", lambda *_: False)

    def without_memory(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(database, "connect", without_memory)
    with pytest.raises(UserError, match="write-protected") as caught:
        PlantFile.open(left)
    assert f"{path.name}-wal" in caught.value.text("en")


def test_an_old_file_that_may_not_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(DATA / "version1.plant", tmp_path / "old.plant")
    monkeypatch.setattr("core.store.holding.os.access", lambda *_: False)
    with pytest.raises(UserError, match="older version, and its folder or medium is write-protected"):
        PlantFile.open(tmp_path / "old.plant")


@pytest.mark.parametrize(
    ("said", "why", "remedy"),
    [
        ("database or disk is full", "no space left", "Make room"),
        ("attempt to write a readonly database", "write-protected", "Close it in other programs"),
        ("disk I/O error", "does not answer", "Connect it again"),
        ("unable to open database file", "does not answer", "Connect it again"),
        ("database is locked", "another program is using it", "Wait a moment"),
    ],
)
def test_what_sqlite_says_is_said_in_words(said: str, why: str, remedy: str) -> None:
    error, path = sqlite3.OperationalError(said), Path("a.plant")
    for told in (damaged(path, said), uncreated(path, error), unwritten(path, error)):
        assert why in told.text("en") and remedy in told.text("en") and "a.plant" in told.text("en")
    assert "not changed" in damaged(path, said).text("en") and "damaged" not in damaged(path, said).text("en")
    assert "Nothing was changed" in unwritten(path, error).text("en")
    assert "Nothing is lost" in unsettled(path, error).text("en") and "a.plant-wal" in unsettled(path, error).text("en")


def test_real_damage_is_called_so(tmp_path: Path) -> None:
    path, malformed = tmp_path / "a.plant", "database disk image is malformed"
    path.write_bytes(b"SQLite format 3\0")
    for told in (damaged(path, malformed), unsettled(path, sqlite3.DatabaseError(malformed))):
        assert "is damaged" in told.text("en") and "last copy" in told.text("en")


def test_what_sqlite_calls_malformed_on_a_disk_that_does_not_answer_is_not_damaged(tmp_path: Path) -> None:
    """Some systems open a folder and refuse to read it: as good as a stick that was pulled out."""
    error = sqlite3.DatabaseError("database disk image is malformed")
    for told in (damaged(tmp_path, str(error)), unsettled(tmp_path, error)):
        assert "damaged" not in told.text("en") and tmp_path.name in told.text("en")
    assert "Nothing is lost" in unsettled(tmp_path, error).text("en")


# ---------------------------------------------------------------------- drives of the network

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:41 / /mnt/share\\040of\\040all rw shared:2 - cifs //server/all rw,vers=3.1.1
41 22 0:42 / /home rw - nfs4 server:/home rw
42 41 8:1 / /home/li rw - ext4 /dev/sdb1 rw
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//li@server/All%20of%20us on /Volumes/All of us (smbfs, nodev, nosuid, mounted by li)
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("/mnt/share of all/2024", True), ("/home/wang", True), ("/home/li", False), ("/home2", False), ("/", False)],
)
def test_drives_of_the_network_are_known(folder: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.drives._mounted", lambda: mounts_in(MOUNTS))
    monkeypatch.setattr("core.store.drives.sys.platform", "linux")
    assert over_network(Path(folder) / "a.plant") is expected


def test_what_mount_of_macos_lists_is_read() -> None:
    assert listed_in(MAC) == (("/", "apfs"), ("/Volumes/All of us", "smbfs"))


def test_over_the_network_there_is_no_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "over_network", lambda _: True)
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        assert not path.with_name(f"{path.name}-wal").exists()
        with plant.reader() as reader:
            assert reader.kept() == {}
        with PlantFile.open(path) as second:
            assert not second.writable and len(second.ledger.activities) == 1
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.entries == 2


def test_what_another_computer_has_open_is_not_read_over_the_network(
    path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        monkeypatch.setattr(database, "over_network", lambda _: True)
        with pytest.raises(UserError, match="open on another computer"):
            PlantFile.open(path)


def test_a_drive_without_shared_memory_keeps_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.plant"
    PlantFile.create(path, Plant("Hillside", "CN"), "Li Na", NOW)

    class Without(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            if sql == "PRAGMA journal_mode=WAL":
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(sql, *values)  # type: ignore[arg-type]

    real = sqlite3.connect
    monkeypatch.setattr("core.store.connecting.sqlite3.connect", lambda *a, **k: real(*a, **k, factory=Without))
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        assert not path.with_name(f"{path.name}-wal").exists()


def test_what_went_wrong_first_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: opened.Opened) -> None:
        raise UserError(unsettled(path, sqlite3.OperationalError("disk I/O error")).message)

    monkeypatch.setattr(opened.Opened, "_settle", broken)
    with pytest.raises(ZeroDivisionError), PlantFile.open(path):
        raise ZeroDivisionError
    with pytest.raises(UserError, match="one single file"), PlantFile.open(path):
        pass
