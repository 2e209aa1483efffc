"""The trial of the frozen program, with programs that do not do what they should."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from core import VERSION
from installer import smoke
from installer.freezing import Frozen

SOURCE = {"version": VERSION, "python": "3", "qt": "6", "sqlite": "3", "counts": {"methods": 43, "pages": 35}}


def telling(folder: Path, name: str, said: object) -> tuple[str, ...]:
    """A program that says this, whatever it is asked."""
    path = folder / f"{name}.py"
    path.write_text(f"print({json.dumps(said)!r})", encoding="utf-8")
    return (sys.executable, str(path))


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "SOURCE", telling(tmp_path, "source", SOURCE))


@pytest.mark.usefixtures("source")
def test_a_program_that_is_the_sources_passes(tmp_path: Path) -> None:
    smoke._same_about(telling(tmp_path, "frozen", SOURCE))


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    "other",
    [
        {"counts": {"methods": 42, "pages": 35}},
        {"counts": {"methods": 43}},
        {"version": "0.0.9"},
        {"sqlite": "3.1"},
        {"python": "3.9"},
    ],
)
def test_one_that_lost_something_does_not(other: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(smoke.Failed, match=next(iter(other))):
        smoke._same_about(telling(tmp_path, "frozen", {**SOURCE, **other}))


def test_nothing_is_not_equal_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {**SOURCE, "counts": {"methods": 0}}
    monkeypatch.setattr(smoke, "SOURCE", telling(tmp_path, "source", empty))
    with pytest.raises(smoke.Failed):
        smoke._same_about(telling(tmp_path, "frozen", empty))


def test_a_program_that_ends_in_an_error_fails_with_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.py"
    path.write_text("import sys; print('no module named core'); sys.exit(3)", encoding="utf-8")
    with pytest.raises(smoke.Failed, match=r"ended with 3(.|\n)*no module named core"):
        smoke._run([sys.executable, str(path)])


def test_nothing_of_the_checkout_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path))
    told = smoke._run(
        [sys.executable, "-c", "import os; print(sorted(n for n in os.environ if n[:6] in ('PYTHON', 'VIRTUA')))"]
    )
    assert told.strip() == "[]"


def test_every_page_must_be_drawn() -> None:
    from core.cli.about import counted

    assert len(set(smoke._pages())) == counted()["pages"]


def drawing(tmp_path: Path, **seen: object) -> Frozen:
    """A program that says it has drawn this."""
    pages = sorted(smoke._pages())
    told = {"display": smoke.display()[0], "pages": {"plant": pages[:9], "group": pages[9:]}, "wrong": [], **seen}
    folder = tmp_path / "program"
    folder.mkdir()
    program = folder / "plant-carbon-audit"
    lines = [f"#!{sys.executable}", "import pathlib, sys", "out = pathlib.Path(sys.argv[2])",
             f"(out / 'self-test.json').write_text({json.dumps(told)!r})",
             f"[(out / (name + '.png')).touch() for name in {pages!r}]"]  # fmt: skip
    program.write_text("\n".join(lines), encoding="utf-8")
    program.chmod(0o755)
    return Frozen(folder, ())


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script is no program there")


@linux
def test_a_window_with_every_page_passes(tmp_path: Path) -> None:
    smoke._window(drawing(tmp_path), tmp_path)
    (tmp_path / "plots.png").touch()
    with pytest.raises(smoke.Failed, match="pictures"):
        smoke._window(Frozen(tmp_path / "program", ()), tmp_path)


@linux
@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"wrong": ["meters: empty"]}, "meters: empty"),
        ({"pages": {"plant": ["overview"]}}, "trust"),
        ({"display": "minimal"}, "window on minimal"),
    ],
)
def test_a_window_that_lacks_something_does_not(seen: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(smoke.Failed, match=said):
        smoke._window(drawing(tmp_path, **seen), tmp_path)


def test_the_first_thing_that_is_wrong_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "plant-audit").write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    (folder / "plant-audit").chmod(0o755)
    if sys.platform.startswith("linux"):
        (said,) = smoke.complaints(Frozen(folder, ()), tmp_path / "out")
        assert "about --json ended with 7" in said


def test_a_program_that_does_not_encrypt_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{smoke.PLANT}.plant").write_bytes(b"plant")
    (tmp_path / f"{smoke.PLANT}-{smoke.YEAR}.pdf").write_bytes(b"report")
    for said, why in (({"encrypted": False}, "not encrypted"), ({"encrypted": True}, "No such file")):
        idle = telling(tmp_path, "idle", said)
        monkeypatch.setattr(smoke, "SOURCE", idle)
        with pytest.raises((smoke.Failed, FileNotFoundError), match=why):
            smoke._protection(idle, tmp_path)
