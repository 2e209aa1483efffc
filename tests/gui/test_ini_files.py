"""What is kept in the ini files survives damage, locks, other programs and disks that refuse."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from core.running.places import Places
from gui import ini_files
from gui.ini_files import DAMAGED
from gui.settings import Settings

SECOND = """
import sys
from pathlib import Path
from gui.settings import Settings
folder = Path(sys.argv[1])
from tests.gui.test_ini_files import at
one = Settings(where=at(folder))
one.recent
print("ready", flush=True)
for line in sys.stdin:
    if line.startswith("open"):
        one.opened(Path(line.split()[1]))
    elif line.startswith("theme"):
        one.theme = "dark"
        one.sync()
    print("done", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.ini"


@pytest.mark.parametrize(
    ("spoilt", "person"),
    [
        (b'[person]\nname=Li Na\n[files]\nrecent="[\\"/f/a.plant\\", \\"/f/b.pl\n', "Li Na"),
        (b"[person]\nname=Li Na\n[files\nrecent=[]\n", "Li Na"),
        (b"\0" * 200, ""),
    ],
    ids=["cut off", "broken heading", "zeros"],
)
def test_what_cannot_be_read_is_kept_beside_what_is_written_next(path: Path, spoilt: bytes, person: str) -> None:
    path.write_bytes(spoilt)
    one = Settings(path)
    assert (one.recent, one.person) == ((), person)
    one.opened(Path("/f/new.plant"))
    assert one.sync(), "that it could not be read is no reason to say that it cannot be written"
    kept = path.with_name(path.name + DAMAGED)
    assert kept.read_bytes() == spoilt
    again = Settings(path)
    assert (again.recent, again.person) == ((Path("/f/new.plant"),), person)
    kept.unlink()
    assert Settings(path).recent and not kept.exists(), "a good one is not copied"


def test_a_lock_that_was_left_behind_is_taken_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ini_files, "STALE_MS", 0)
    one, lock = Settings(path), path.with_name(path.name + ".lock")
    lock.touch()
    one.language = "zh"
    assert not lock.exists(), "before Qt meets it at a time of its own"
    lock.touch()
    assert one.sync() and Settings(path).language == "zh"
    lock.mkdir()
    one.language = "en"
    assert not one.sync(), "what cannot be taken away is not waited for"
    assert one.language == "en" and "language=zh" in path.read_text(encoding="utf-8")
    lock.rmdir()
    assert one.sync() and "language=en" in path.read_text(encoding="utf-8")


def at(folder: Path) -> Places:
    return Places(folder / "c", folder / "s", folder / "d", folder / "k", folder / "l", folder / "x")


def test_what_makes_sense_here_alone_does_not_travel(tmp_path: Path) -> None:
    one = Settings(where=at(tmp_path))
    one.language, one.geometry = "zh", QByteArray(b"where")
    one.opened(tmp_path / "a.plant")
    one.head_office = tmp_path / "d" / "trust" / "g.trust"
    one.watch_folder(tmp_path / "g.group", tmp_path / "in")
    one.sync()
    roaming = (tmp_path / "c" / "settings.ini").read_text(encoding="utf-8")
    here = (tmp_path / "s" / "computer.ini").read_text(encoding="utf-8")
    assert "language=zh" in roaming and str(tmp_path) not in roaming and "geometry" not in roaming
    assert "geometry" in here and "a.plant" in here and "g.trust" in here and "language" not in here
    again = Settings(where=at(tmp_path))
    assert again.watched_folder(tmp_path / "g.group") == tmp_path / "in"
    assert again.folder == tmp_path / "d"


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_nobody_else_reads_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        one = Settings(where=at(tmp_path))
        one.person = "李娜"
        one.opened(tmp_path / "a.plant")
        one.sync()
    finally:
        os.umask(before)
    for path in one.files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_programs_do_not_take_each_others_recent_files_away(tmp_path: Path) -> None:
    mine = Settings(where=at(tmp_path))
    mine.opened(Path("/f/first.plant"))
    with subprocess.Popen(
        [sys.executable, "-c", SECOND, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as other:  # fmt: skip
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        mine.opened(Path("/f/mine.plant"))
        for line in ("open /f/theirs.plant", "theme"):
            other.stdin.write(f"{line}\n")
            other.stdin.flush()
            assert other.stdout.readline() == "done\n"
        mine.language = "zh"
        mine.opened(Path("/f/last.plant"))
        other.stdin.close()
        assert other.wait(30) == 0
    kept = Settings(where=at(tmp_path))
    names = [path.stem for path in kept.recent]
    assert names == ["last", "theirs", "mine", "first"]
    assert (kept.language, kept.theme) == ("zh", "dark")


def test_a_disk_that_can_only_be_read_keeps_them_in_memory(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder would be")
    one = Settings(where=at(tmp_path / "blocked"))
    assert not one.can_be_kept()
    one.language = "zh"
    one.opened(Path("/f/a.plant"))
    assert not one.sync()
    assert (one.language, one.recent) == ("zh", (Path("/f/a.plant"),))
    assert Settings(where=at(tmp_path / "good")).can_be_kept()
