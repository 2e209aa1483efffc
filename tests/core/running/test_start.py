"""Commands in processes of their own: what breaks is kept, what is refused is noted, a stick keeps everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BREAKS = """
import sys
import core.cli
import core.cli.about
def broken(arguments):
    raise KeyError("Zhangjiakou")
core.cli.about.run_about = broken
sys.exit(core.cli.main())
"""


def run(words: list[str], *, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["main.py"]
    return subprocess.run(
        [sys.executable, *start, *words], capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_command_that_breaks_leaves_a_report_without_what_it_quoted(tmp_path: Path) -> None:
    done = run(["--portable", str(tmp_path), "about"], code=BREAKS)
    assert done.returncode == 1
    assert "KeyError: 'Zhangjiakou'" in done.stderr, "the terminal is the person's own"
    (path,) = (tmp_path / "crashes").iterdir()
    assert str(path) in done.stderr
    text = path.read_text(encoding="utf-8")
    assert "KeyError" in text and "__main__:" in text and "core.cli:" in text
    assert "Zhangjiakou" not in text and str(tmp_path) not in text and str(ROOT) not in text
    assert "broke" in (tmp_path / "logs" / "plant-audit.log").read_text(encoding="utf-8")


def test_a_refused_file_is_noted_without_its_name(tmp_path: Path) -> None:
    secret = tmp_path / "Zhangjiakou.plant"
    secret.write_bytes(b"no plant")
    done = run(["--portable", str(tmp_path / "stick"), "inventory", str(secret), "--year", "2024"])
    assert done.returncode == 2
    said = (tmp_path / "stick" / "logs" / "plant-audit.log").read_text(encoding="utf-8")
    assert "command-refused name=inventory" in said and "why=“" in said
    assert "Zhangjiakou" not in said and str(tmp_path) not in said


def test_a_good_command_writes_nothing_unless_it_is_asked_to(tmp_path: Path) -> None:
    assert run(["--portable", str(tmp_path), "about"]).returncode == 0
    assert not (tmp_path / "logs").exists()
    assert run(["--portable", str(tmp_path), "--log-level", "info", "about"]).returncode == 0
    assert "command name=about" in (tmp_path / "logs" / "plant-audit.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--portable", "S", "about"], ["about"]])
def test_the_environment_or_the_word_says_where(tmp_path: Path, words: list[str]) -> None:
    words = [str(tmp_path / "S") if word == "S" else word for word in words]
    done = run([*words, "--json"], PLANT_AUDIT_PORTABLE=str(tmp_path / "S"))
    assert str(tmp_path / "S").replace("\\", "\\\\") in done.stdout
