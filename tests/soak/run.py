"""Simulated hours of work in the window: ``make soak``, ``make soak ARGS="--hours 24"``.

Ends with 1 when something grows hour by hour, or when memory at the end is a tenth above that after a fifth of the
time, by when every page has been seen and caches are full.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from core.exchange.demo import demo_plants
from core.store import PlantFile
from gui.app import Program
from gui.garbage import Collector
from gui.settings import Settings
from main import rest_often
from tests.soak.shift import Alive, Shift, growing

OVER = 6
"""Hours in a row in which something must have grown to be called growing."""
MORE = 1.1


def plant_of(folder: Path) -> Path:
    """The first plant of the demo."""
    one = demo_plants()[0]
    path = folder / f"{one.file}.plant"
    PlantFile.create(path, one.plant, one.who, one.created)
    with PlantFile.open(path) as plant:
        for entry in one.entries:
            plant.append(entry.change, entry.blobs)
    return path


def judge(seen: list[Alive]) -> list[str]:
    """What is wrong with what was seen, a sentence each."""
    wrong = [f"{kind} grows: {row}" for kind, row in growing(seen, OVER).items()] if len(seen) > OVER else []
    early, late = seen[len(seen) // 5].memory, seen[-1].memory
    if len(seen) > OVER and late > MORE * early:
        wrong.append(f"memory grew from {early:,} B to {late:,} B")
    return wrong


def main() -> int:
    """Work, print a line an hour, and say what grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--edits", type=int, default=20, help="corrections an hour")
    asked = parser.parse_args()
    rest_often()
    app = QApplication(sys.argv[:1])
    Collector(app)
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    seen: list[Alive] = []
    try:
        shift = Shift(Program(app, Settings(folder / "settings.ini")), plant_of(folder))
        for hour in range(1, asked.hours + 1):
            seen.append(shift.hour(asked.edits))
            one = seen[-1]
            print(f"hour {hour:2}: {one.memory / 1e6:6.0f} MB, {one.widgets} widgets, {one.receivers} receivers, "
                  f"{one.kinds.total()} objects of ours", flush=True)  # fmt: skip
        shift.program.close_file()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    wrong = judge(seen)
    print("\n".join(wrong) or "nothing grows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
