"""The log: words of the program alone, in files that replace each other, and never a reason to stop."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.running import log as module
from core.running.log import FILES, LARGEST, LEVEL, NAME, REMEMBERED, Log, begin_log, fact, level_from
from core.running.places import PORTABLE, places

KNOWN = T("“{file}” exists already.", file="Zhang San.plant")
"""A sentence of the catalogue with a name in it."""


def written(folder: Path) -> str:
    return (folder / NAME).read_text(encoding="utf-8")


def test_what_was_noted_before_there_was_a_file_is_written_too(tmp_path: Path) -> None:
    one = Log()
    one.note("started", screens=2)
    one.begin(tmp_path)
    one.note("opened", kind="plant", mb=1.25)
    lines = written(tmp_path).splitlines()
    assert [line.split(" ", 3)[2:] for line in lines] == [
        ["info", "started screens=2"],
        ["info", "opened kind=plant mb=1.25"],
    ]
    assert one.recent == tuple(lines)
    assert one.path == tmp_path / NAME
    one.end()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3, "3"),
        (0.5, "0.5"),
        ("core.store:12", "core.store:12"),
        ("张家口", "?"),
        ("two words", "?"),
        ("a" * 200, "?"),
        (ZeroDivisionError, "builtins.ZeroDivisionError"),
        (KNOWN, "“" + "“{file}” exists already." + "”"),
        (UserError(KNOWN), "“" + "“{file}” exists already." + "”"),
        (verbatim("Zhang San"), "?"),
        (Text("Zhang San"), "?"),
        (T("Row {number}: {reason}", number=3, reason=KNOWN), "“Row {number}: {reason}” < ““{file}” exists already.”"),
    ],
)
def test_nothing_of_people_comes_into_a_line(value: module.Fact, told: str) -> None:
    assert fact(value) == told


def test_files_replace_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 2_000)
    one = Log()
    one.begin(tmp_path)
    for number in range(400):
        one.note("row", number=number)
    one.end()
    files = sorted(tmp_path.iterdir())
    assert len(files) == FILES
    assert all(path.stat().st_size <= 2_000 for path in files)
    assert "number=399" in written(tmp_path)
    assert FILES * LARGEST <= 5_000_000


def test_the_level_is_asked_for(tmp_path: Path) -> None:
    one = Log()
    one.begin(tmp_path, "warning")
    one.note("opened")
    one.note("refused", "warning")
    one.end()
    assert "refused" in written(tmp_path) and "opened" not in written(tmp_path)
    assert len(one.recent) == 2, "a report shows them all the same"
    one.begin(tmp_path / "off", "off")
    one.note("refused", "error")
    assert one.path is None
    assert not (tmp_path / "off").exists()


@pytest.mark.parametrize("words", [["--log-level", "debug", "x"], ["--log-level=debug", "x"]])
def test_the_command_line_names_the_level(words: list[str]) -> None:
    environment: dict[str, str] = {}
    assert level_from(words, environment) == ["x"]
    assert environment == {LEVEL: "debug"}


def test_an_unknown_level_is_left_to_those_who_complain() -> None:
    environment: dict[str, str] = {}
    assert level_from(["--log-level", "loud"], environment) == ["--log-level", "loud"]
    assert environment == {}


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_nobody_else_reads_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        one = Log()
        one.begin(tmp_path / "log")
        one.note("x")
        one.end()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "log" / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_is_no_reason_to_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    one = Log()
    one.begin(tmp_path / "file" / "log")
    one.note("x")
    assert one.path is None
    assert one.recent[-1].endswith(" x")
    assert capsys.readouterr() == ("", "")


def test_a_full_disk_is_no_reason_to_stop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full disk here")
    (tmp_path / NAME).symlink_to("/dev/full")
    one = Log()
    one.begin(tmp_path)
    for number in range(3):
        one.note("x", number=number)
    one.end()
    assert len(one.recent) == 3
    assert capsys.readouterr() == ("", "")


def test_a_file_that_another_program_holds_grows_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(module, "LARGEST", 500)
    one = Log()
    one.begin(tmp_path)
    monkeypatch.setattr(os, "rename", held)
    for number in range(50):
        one.note("row", number=number)
    one.end()
    assert len(written(tmp_path).splitlines()) == 50


def test_few_lines_are_remembered() -> None:
    one = Log()
    for number in range(300):
        one.note("x", number=number)
    assert len(one.recent) == REMEMBERED
    assert one.recent[-1].endswith("number=299")


def test_other_libraries_do_not_write_into_it(tmp_path: Path) -> None:
    import logging

    where = places({PORTABLE: str(tmp_path)})
    begin_log(where)
    try:
        module.LOG.note("mine", amount=Decimal("1.5").as_integer_ratio()[0])
        logging.getLogger("pyhanko").error("signer Zhang San")
    finally:
        module.LOG.end()
    assert "mine amount=3" in written(where.logs)
    assert "Zhang" not in written(where.logs)


def test_a_command_that_notes_nothing_loads_no_handlers() -> None:
    code = (
        "import sys\n"
        "from core.running.log import LOG\n"
        "LOG.note('started')\n"
        "sys.exit(','.join({'logging', 'logging.handlers'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
