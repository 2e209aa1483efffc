from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer import pythons
from installer.tasks import RUNTIME, TASKS

OURS = f"{sys.version_info.major}.{sys.version_info.minor}"


def program(folder: Path, text: str, name: str = "python9.9") -> Path:
    folder.mkdir()
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="writes programs of a shell")
def test_the_first_on_the_path_that_starts_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version manager leaves names on the path that only say that nothing was chosen."""
    sign = program(tmp_path / "signs", "echo none was chosen >&2; exit 127")
    true = program(tmp_path / "real", "echo 9.9")
    monkeypatch.setenv("PATH", f"{sign.parent}:{tmp_path / 'nowhere'}::{true.parent}")
    assert pythons.interpreter("9.9") == true
    assert pythons.interpreter("9.8") is None
    assert pythons.interpreter(OURS) == Path(sys.executable)


@pytest.mark.skipif(sys.platform == "win32", reason="writes programs of a shell")
def test_a_name_that_starts_another_version_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program(tmp_path / "liar", "echo 2.7").parent))
    assert pythons.interpreter("9.9") is None


def test_our_own_environment_is_not_made_again(tmp_path: Path) -> None:
    assert pythons.environment(Path(sys.executable), OURS, tmp_path) == Path(sys.executable)
    assert not list(tmp_path.iterdir())


def test_what_differs_is_named(tmp_path: Path) -> None:
    one, other = tmp_path / "1", tmp_path / "2"
    made = {one: {"a": "x", "b": "y", "c": "z"}, other: {"a": "x", "b": "other", "d": "z"}}
    assert list(pythons.unequal(one, other, made)) == ["b", "c", "d"]
    assert list(pythons.unequal(one, one, made)) == []


@pytest.mark.parametrize(("equal", "named"), [(True, []), (False, ["p.pdf"])])
def test_pages_compressed_by_another_zlib_are_equal(
    equal: bool, named: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "1", tmp_path / "2"
    for folder in (one, other):
        folder.mkdir()
        (folder / "p.pdf").write_bytes(folder.name.encode())
    monkeypatch.setattr("core.report.rebuild.same_objects", lambda left, right: equal)
    assert list(pythons.unequal(one, other, {one: {"p.pdf": "x"}, other: {"p.pdf": "y"}})) == named


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 1)])
def test_a_missing_python_is_said(
    required: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(pythons.REQUIRED, required)
    monkeypatch.setattr(pythons, "VERSIONS", (OURS, "9.9"))
    monkeypatch.setattr(pythons, "digests", lambda python, folder: {"a": "x"})
    assert pythons.main() == code
    said = capsys.readouterr().out
    assert "Python 9.9 is missing" in said and f"1 digests of Python {OURS}: equal" in said


def test_a_difference_is_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(pythons, "VERSIONS", (OURS, "9.9"))
    monkeypatch.setattr(pythons, "interpreter", lambda version: Path(sys.executable))
    monkeypatch.setattr(pythons, "digests", lambda python, folder: {"a.inventory": folder.name})
    assert pythons.main() == 1
    assert f"{OURS} and 9.9: a.inventory" in capsys.readouterr().out


def test_the_task_runs_with_the_program_alone() -> None:
    """So that what is compared is what people install."""
    assert TASKS["pythons"].lock == RUNTIME
