"""``make run`` where there is no display: the same work in the terminal, from the demo to head office."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.handover import receive
from core.library import load_library
from core.signing import load_trust

ROOT = Path(__file__).parents[2]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these systems always have a display")
def test_without_a_display_the_same_work_is_done_in_the_terminal(tmp_path: Path) -> None:
    inside = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    inside |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--demo"], env=inside, cwd=tmp_path, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert (answer.returncode, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert lines[0] == "There is no display: the same work follows in the terminal."
    assert [line for line in lines if line.startswith("Scope 2, location-based ")], "the inventory"
    assert [line for line in lines if line.startswith("VALID: ")], "signed and verified"
    assert [line for line in lines if line.startswith("Head office: 7 of 7 reports accepted")]
    folder = tmp_path / "data" / "plant-carbon-audit" / "demo"
    place = lines.index(f"Files in {folder}:")
    assert [line.strip() for line in lines[place + 1 :]] == sorted(path.name for path in folder.iterdir())
    kinds = {path.suffix for path in folder.iterdir()}
    assert kinds == {".plant", ".group", ".p12", ".pem", ".pdf", ".txt"}, "nothing is left over"
    report = (folder / "zhangjiakou-2024.pdf").read_bytes()
    receipt = receive(report, load_trust(folder / "head-office.pem"), load_library(), datetime.now(UTC))
    assert (receipt.valid, receipt.rebuilt) == (True, "equal")
