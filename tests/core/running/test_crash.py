"""A report of a crash: types, modules, lines and versions; nothing that anybody typed, whatever an exception quotes."""

from __future__ import annotations

import getpass
import os
import re
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from core import VERSION
from core.errors import UserError
from core.i18n import T
from core.running.crash import MOST_FRAMES, MOST_KEPT, Crash, crash_of, keep, kept, report, safe_part
from core.running.hard import Watch, left_behind, module_of

SECRET = "Zhangjiakou_Plant_73_5_kWh"
"""Looks like a word of a program, and is none."""


def broken(act: object) -> BaseException:
    try:
        act()  # type: ignore[operator]
    except BaseException as error:
        return error
    raise AssertionError("nothing broke")


def missing_key() -> None:
    {}[SECRET]  # type: ignore[index]


def missing_file() -> None:
    Path(f"/home/li.na/{SECRET}.plant").read_bytes()


def missing_name_of_data() -> None:
    getattr(SimpleNamespace(), SECRET)


def missing_name_of_source() -> None:
    SimpleNamespace().total_of_year  # noqa: B018


def quoted_behind_another() -> None:
    try:
        missing_key()
    except KeyError as error:
        raise ValueError(f"cannot use {SECRET}") from error


def several() -> None:
    raise ExceptionGroup(SECRET, [ValueError(SECRET), TypeError(SECRET)])


def wrong_bytes() -> None:
    SECRET.encode("utf-16").decode("ascii")


def refused() -> None:
    raise UserError(T("“{file}” exists already.", file=SECRET))


def same_again() -> None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE TABLE t (x PRIMARY KEY)")
        connection.execute("INSERT INTO t VALUES (?), (?)", (SECRET, SECRET))
    finally:
        connection.close()


CASES = [missing_key, missing_file, missing_name_of_data, missing_name_of_source, quoted_behind_another, several,
         wrong_bytes, refused, same_again]  # fmt: skip


@pytest.mark.parametrize("act", CASES)
def test_nothing_that_an_exception_quotes_is_in_the_report(act: object) -> None:
    text = report(crash_of(broken(act), "window"), "2026-11-30 02:00 UTC", ())
    assert SECRET not in text
    assert "li.na" not in text and "/home" not in text
    assert f"  {__name__}:" in text, "the step is told"


@pytest.mark.parametrize(
    ("act", "part"),
    [
        (missing_key, ""),
        (missing_file, "ENOENT"),
        (missing_name_of_data, ""),
        (missing_name_of_source, "SimpleNamespace.total_of_year"),
        (wrong_bytes, "ascii"),
        (refused, "““{file}” exists already.”"),
        (same_again, "SQLITE_CONSTRAINT_PRIMARYKEY"),
    ],
)
def test_only_words_of_the_program_are_kept_of_a_message(act: object, part: str) -> None:
    assert safe_part(broken(act)) == part


def test_what_led_to_it_is_told_too() -> None:
    lines = crash_of(broken(quoted_behind_another), "job").lines
    assert [line for line in lines if not line.startswith("  ")] == ["ValueError", "because of", "KeyError"]
    assert [line for line in crash_of(broken(several), "job").lines if not line.startswith("  ")] == [
        "ExceptionGroup", "and in it", "ValueError", "and in it", "TypeError",
    ]  # fmt: skip


def test_a_circle_of_causes_ends() -> None:
    one, other = ValueError(), TypeError()
    one.__cause__, other.__cause__ = other, one
    assert len(crash_of(one, "job").lines) == 3


def test_an_endless_recursion_is_short() -> None:
    def again() -> None:
        again()

    lines = crash_of(broken(again), "window").lines
    assert lines[0] == "RecursionError"
    assert len(lines) == MOST_FRAMES + 2


def test_the_same_crash_has_the_same_key() -> None:
    keys = {crash_of(broken(missing_key), "window").key for _ in range(2)}
    assert len(keys) == 1
    assert crash_of(broken(missing_file), "window").key not in keys


def test_surroundings_hold_no_name_of_person_or_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "li.na")
    text = report(None, "2026-11-30 02:00 UTC", ("a line",), {"qt": "6.11", "odd": "Zhang’s screen"})
    assert VERSION in text and "a line" in text and "qt: 6.11" in text and "odd: ?" in text
    for name in (str(Path.home()), socket.gethostname(), os.environ["HOME"]):
        assert name not in text
    if getpass.getuser() not in ("root", "user"):
        assert getpass.getuser() not in text
    assert "sent to nobody" in text and "未发送给任何人" in text


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 3):
        path = keep(tmp_path / "c", f"report {number}", f"{number:03}")
        assert path is not None
        os.utime(path, ns=(number * 1_000_000_000, number * 1_000_000_000))
    found = kept(tmp_path / "c")
    assert len(found) == MOST_KEPT
    assert found[0].read_text() == f"report {MOST_KEPT + 2}"
    if os.name == "posix":
        assert stat.S_IMODE(found[0].stat().st_mode) == 0o600


def test_a_report_that_cannot_be_kept_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert keep(tmp_path / "file", "text", "x") is None
    assert kept(tmp_path / "file" / "none") == []


# ---------------------------------------------------------------------- hard ends

FALL = """
import ctypes, sys
from pathlib import Path
from core.running.hard import Watch
watch = Watch(Path(sys.argv[1]))
def with_a_secret(Zhangjiakou_Plant_73_5_kWh):
    {act}
with_a_secret("Zhang San")
watch.end()
"""


def fall(folder: Path, act: str) -> int:
    done = subprocess.run([sys.executable, "-c", FALL.format(act=act), str(folder)], check=False, capture_output=True)
    return done.returncode


def test_a_hard_end_is_found_at_the_next_start_once(tmp_path: Path) -> None:
    assert fall(tmp_path, "ctypes.string_at(0)") != 0
    (found,) = left_behind(tmp_path)
    assert found.kind == "hard"
    assert found.first == ("Segmentation fault" if os.name == "posix" else "access violation")
    assert any(line.endswith("in with_a_secret") for line in found.lines), found.lines
    assert any(line.startswith("  ctypes:") for line in found.lines), found.lines
    assert not re.search(r"[/\\]|Zhang", "".join(found.lines))
    assert left_behind(tmp_path) == []


def test_an_end_in_order_leaves_nothing(tmp_path: Path) -> None:
    assert fall(tmp_path, "pass") == 0
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_was_killed_left_no_trace_worth_telling(tmp_path: Path) -> None:
    fall(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert len(list(tmp_path.iterdir())) == 1
    assert left_behind(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_program_that_runs_is_left_alone(tmp_path: Path) -> None:
    mine, other = tmp_path / f"running-{os.getpid()}.trace", tmp_path / "running-1.trace"
    mine.write_text("Fatal Python error: Aborted\n")
    other.write_text("")
    (tmp_path / "running-x.trace").write_text("no number")
    assert left_behind(tmp_path) == []
    assert mine.exists()


def test_nobody_who_listens_already_is_interrupted(tmp_path: Path) -> None:
    """pytest does."""
    watch = Watch(tmp_path)
    watch.end()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("/home/li/plants/core/store/blobs.py", "core.store.blobs"),
        (r"C:\Users\Li\app\_internal\gui\app.py", "gui.app"),
        ("core/store/__init__.py", "core.store"),
        ("/usr/lib/python3.11/threading.py", "threading"),
        ("/home/li/.venv/lib/python3.11/site-packages/pyhanko/sign/x.py", "pyhanko.sign.x"),
        ("/home/li/main.py", "main"),
        ("/home/li/secret.py", "?"),
        ("<string>", "?"),
    ],
)
def test_a_path_is_cut_down_to_the_module(path: str, module: str) -> None:
    assert module_of(path) == module


def test_a_crash_without_lines_still_has_a_name() -> None:
    assert Crash("hard", ()).first == "hard"
