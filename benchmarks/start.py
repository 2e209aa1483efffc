"""From starting the process to the first painted window, and to its first page, on the demo plant."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness import Pair, Scale, run_module
from core.cli.demo import build_plants

WHEN = datetime(2026, 2, 1, tzinfo=UTC)
"""When the demo is built."""


@dataclass(slots=True)
class _Starts:
    """Starts the program, and a bare window with as many widgets as that had."""

    folder: Path
    plant: Path
    until: str
    """What is painted: ``ours``, the window, or ``page``, its first page too."""
    widgets: int = field(default=0)

    def ours(self) -> float:
        taken, self.widgets = self._painted(self.until, str(self.folder), str(self.plant))
        return taken

    def theirs(self) -> float:
        taken, made = self._painted("bare", str(self.widgets))
        if made != self.widgets:
            raise RuntimeError(f"{made} widgets instead of {self.widgets}")
        return taken

    def _painted(self, *words: str) -> tuple[float, int]:
        """Seconds from start to paint, and the number of widgets."""
        began = time.monotonic()
        at, widgets = run_module("benchmarks.painted", *words, folder=self.folder).split()
        return float(at) - began, int(widgets)


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Of the demo plant, whose file is there already."""
    plant = build_plants(folder / "demo", WHEN).plants[0]
    for what, until in (("window", "ours"), ("page with its numbers", "page")):
        starts = _Starts(folder, plant, until)
        yield Pair(
            f"Start to first painted {what}, on the demo plant",
            "bare PySide6 window with the same number of widgets",
            starts.ours,
            starts.theirs,
            runs=11,
        )
