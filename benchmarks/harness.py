"""How two ways of doing one thing are timed against each other."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Timer = Callable[[], float]
"""Does the work once and returns how long it took. [s]"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Our way and a named alternative, to be timed in turn."""

    what: str
    alternative: str
    ours: Timer
    theirs: Timer
    runs: int = 7
    unit: str = "s"
    """Of what is measured: ``s``, or ``B`` for bytes."""


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of a pair, in its unit."""

    what: str
    alternative: str
    ours: float
    theirs: float
    ratio: float
    """Median of the ratios of runs that followed each other, so that a busy minute hits both."""
    runs: int
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    few: int
    """Lines of the smaller inventory."""
    many: int
    """Lines of the larger one, and rows of a file."""
    runs: int | None
    """Runs of each pair; None: as many as the pair asks for."""


FULL, QUICK = Scale(1_000, 10_000, None), Scale(200, 1_000, 3)
Measure = Callable[[Scale, Path], Iterator[Pair]]
"""Of one module: yields its pairs, each ready to be timed; the folder is its own and is thrown away afterwards."""


def timed(work: Callable[[], object], before: Callable[[], object] | None = None) -> Timer:
    """Times ``work`` alone; ``before`` prepares each run."""

    def run() -> float:
        if before is not None:
            before()
        gc.collect()  # what the other way left behind is not paid here
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return run


def measure(pair: Pair, runs: int | None = None) -> Result:
    """Time both ways in turn, after one unmeasured run of each; who goes first changes every time."""
    pair.ours()
    pair.theirs()
    ours: list[float] = []
    theirs: list[float] = []
    count = runs or pair.runs
    for number in range(count):
        order = ((pair.ours, ours), (pair.theirs, theirs))
        for work, taken in order if number % 2 == 0 else reversed(order):
            taken.append(work())
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    return Result(pair.what, pair.alternative, median(ours), median(theirs), ratio, count, pair.unit)


def run_module(name: str, *words: str, folder: Path) -> str:
    """Run a module in a process of its own, drawing into memory, and give back what it printed.

    What Python compiles is kept in the folder from the first run on, as on any machine.
    """
    own = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    done = subprocess.run(
        [sys.executable, "-m", name, *words],
        cwd=Path(__file__).resolve().parent.parent,
        env={key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | own,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr}")
    return done.stdout
