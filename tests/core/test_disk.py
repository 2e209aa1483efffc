"""Files are written whole or not at all, and a refusal is said with what to do."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from core.disk import cannot_open, cannot_write, drafted, read_within, write_safely
from core.errors import UserError
from core.i18n import verbatim


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "报告.csv"
    write_safely(path, b"one")
    write_safely(path, b"two")
    assert path.read_bytes() == b"two" and list(tmp_path.iterdir()) == [path]


def test_contents_reach_the_disk_before_the_name_and_then_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reached = tmp_path / "a.csv", list[tuple[int, bool]]()
    monkeypatch.setattr(os, "fsync", lambda handle: reached.append((os.fstat(handle).st_ino, path.exists())))
    write_safely(path, b"one")
    named = [] if sys.platform == "win32" else [(tmp_path.stat().st_ino, True)]
    assert reached == [(path.stat().st_ino, False), *named]


def test_what_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"good")
    with pytest.raises(ZeroDivisionError), drafted(path) as draft:
        draft.write_bytes(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"good" and list(tmp_path.iterdir()) == [path]


def test_the_draft_of_a_killed_process_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    (tmp_path / ".a.csv.part").write_bytes(b"of long ago")
    write_safely(path, b"new")
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_what_is_private_is_read_by_nobody_else(tmp_path: Path) -> None:
    write_safely(tmp_path / "a.key", b"secret", private=True)
    write_safely(tmp_path / "a.pem", b"public")
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a.pem").stat().st_mode) & 0o444 == 0o444


@pytest.mark.parametrize(
    ("number", "why", "remedy"),
    [
        (errno.ENOSPC, "no space left", "Make room"),
        (errno.EROFS, "write-protected", "choose another folder"),
        (errno.EACCES, "another program holds it", "Close it in other programs"),
        (errno.EIO, "does not answer", "Connect it again"),
        (errno.ESTALE, "does not answer", "Connect it again"),
        (errno.ENOENT, "folder is not there", "Make the folder"),
        (errno.ENAMETOOLONG, "too long", "Check the folder"),
    ],
)
def test_each_refusal_is_said_with_what_to_do(number: int, why: str, remedy: str) -> None:
    said = cannot_write(Path("a.csv"), OSError(number, os.strerror(number))).text("en")
    assert said.startswith("The file a.csv cannot be written") and why in said and remedy in said


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder is not there"):
        write_safely(tmp_path / "missing" / "a.csv", b"")


@pytest.mark.parametrize(
    ("number", "why", "remedy"),
    [
        (errno.ENOENT, "it is not there", "Check that the file exists"),
        (errno.ENOTDIR, "it is not there", "Check that the file exists"),
        (errno.EACCES, "you may not read it", "ask who keeps it"),
        (errno.EIO, "does not answer", "Connect it again"),
        (errno.ELOOP, "symbolic links", "Check that the file exists"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(number: int, why: str, remedy: str) -> None:
    told = cannot_open(Path("a.csr"), OSError(number, os.strerror(number))).text("en")
    assert told.startswith("“a.csr” cannot be opened: ") and why in told and remedy in told


def test_a_file_is_read_no_further_than_it_may_be_large(tmp_path: Path) -> None:
    path = tmp_path / "a.csr"
    path.write_bytes(b"x" * 10)
    assert read_within(path, 10) == read_within(path, 11) == b"x" * 10
    assert read_within(path, 4) == b"x" * 5, "one more than it may have shows that it is too large"
    with pytest.raises(UserError, match="film"):
        read_within(path, 4, UserError(verbatim("A film.")))
    assert read_within(path, 10, UserError(verbatim("A film."))) == b"x" * 10
    with pytest.raises(UserError, match="it is not there"):
        read_within(tmp_path / "b.csr", 10)
    with pytest.raises(UserError, match="cannot be opened"):
        read_within(tmp_path, 10)
