"""``make bench ARGS="--startup"``: where the time of a start goes, step by step, as a table into ``README.md``."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.harness import run_module
from benchmarks.start import WHEN
from benchmarks.table import duration
from core.cli.demo import build_plants

BEGIN, END = '<!-- steps: written by make bench ARGS="--startup" -->', "<!-- end of steps -->"
RUNS = 21
SMALL = 0.002
"""Rooms that load faster have one row together. [s]"""
OTHERS = "import other rooms of core"
ORDER = (
    "start the interpreter", "import Qt", "import Python and libraries", "import gui", "start Qt",
    "fonts, colours, language", "open the file", "build the window", "read the library", "calculate the inventory",
    "review it", "build the page", "everything else, painting included",
)  # fmt: skip
"""Steps as they follow each other; rooms of the core come after the libraries."""
Steps = dict[str, float]


def measured(runs: int | None = None) -> tuple[Steps, Steps]:
    """Median seconds of each step until the window was painted, and from there until its first page was."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        plant = build_plants(folder / "demo", WHEN).plants[0]
        found: list[Sequence[Steps]] = []
        for number in range((runs or RUNS) + 1):  # the first one compiles and is not counted
            print(f"start {number} of {runs or RUNS}", file=sys.stderr, end="\r", flush=True)
            found.append(json.loads(run_module("benchmarks.stepped", name, str(plant), folder=folder)))
    window, page = (_medians(part) for part in zip(*found[1:], strict=True))
    return window, page


def _medians(runs: Iterable[Steps]) -> Steps:
    every = list(runs)
    steps = {step for one in every for step in one}
    return {step: median(one.get(step, 0.0) for one in every) for step in steps}


def table(window: Steps, page: Steps) -> str:
    """As Markdown, with the sums."""
    window, page = _lumped(window, page)
    places = {step: place for place, step in enumerate(ORDER)}
    after_libraries = places["import Python and libraries"]
    steps = sorted({*window, *page}, key=lambda step: (places.get(step, after_libraries), step == OTHERS, step))
    rows = [(step, window.get(step, 0.0), page.get(step, 0.0)) for step in steps]
    rows.append(("**together**", sum(window.values()), sum(page.values())))
    lines = ["| step | until the window is painted | from there until its first page is |", "|---|--:|--:|"]
    lines += [f"| {step} | {_shown(first)} | {_shown(second)} |" for step, first, second in rows]
    return "\n".join(lines)


def _lumped(*parts: Steps) -> tuple[Steps, ...]:
    """Rooms of the core that load quickly, together."""
    rooms = {step for part in parts for step in part if step.startswith("import core")}
    small = {room for room in rooms if max(part.get(room, 0.0) for part in parts) < SMALL}
    kept = [{step: seconds for step, seconds in part.items() if step not in small} for part in parts]
    rest = [sum(part.get(room, 0.0) for room in small) for part in parts]
    return tuple(part | {OTHERS: others} for part, others in zip(kept, rest, strict=True))


def _shown(seconds: float) -> str:
    return duration(seconds) if seconds >= 0.0005 else ""
