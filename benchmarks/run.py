"""``make bench``: measure everything, print the table and write it into ``README.md``.

``make bench ARGS="--quick"`` measures small data a few times and only prints; names of modules choose some of them.
``make bench ARGS="--startup"`` says where the time of a start goes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from benchmarks import startup
from benchmarks.harness import FULL, QUICK, Measure, Result, Scale, measure
from benchmarks.table import README, amount, replace, surroundings, table
from main import rest_often

MODULES = (
    "start", "edit", "opening", "encrypted", "importing", "inventory", "reporting", "signing", "uncertainty", "series",
    "plotting", "solar", "hourly_matching", "renewables_allocation", "series_import", "evidence", "group_import",
    "group_consolidation", "disclosure_maps", "disclosure_values", "registry", "filtering", "group_ways", "group_asked",
    "hostile", "finding",
)  # fmt: skip
"""Loaded when it is their turn: a process that one of them starts loads this file again."""


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for; the file is written only by a whole, full measurement."""
    rest_often()  # as the program does before anything else
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MODULES, []], metavar="name", help=", ".join(MODULES))
    parser.add_argument("--startup", action="store_true", help="where the time of a start goes, step by step")
    parser.add_argument("--quick", action="store_true", help="small data, few runs, nothing is written")
    arguments = parser.parse_args(words)
    if arguments.startup:
        return _startup(quick=arguments.quick)
    names = arguments.names or MODULES
    results = list(measured(names, QUICK if arguments.quick else FULL))
    about = surroundings(date.today(), _load())
    print(f"\n{table(results)}\n\n{about}")
    if not arguments.quick and not arguments.names:
        README.write_text(replace(README.read_text("utf-8"), f"{table(results)}\n\n{about}"), "utf-8")
    return 0


def _startup(*, quick: bool) -> int:
    window, page = startup.measured(QUICK.runs if quick else None)
    text = f"{startup.table(window, page)}\n\n{surroundings(date.today(), _load())}"
    print(f"\n{text}")
    if not quick:
        README.write_text(replace(README.read_text("utf-8"), text, startup.BEGIN, startup.END), "utf-8")
    return 0


def measured(names: Sequence[str], scale: Scale) -> Iterator[Result]:
    """One after the other, each told as soon as it is known."""
    for name in names:
        pairs: Measure = import_module(f"benchmarks.{name}").measure
        with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder:
            for pair in pairs(scale, Path(folder)):
                result = measure(pair, scale.runs)
                line = f"{amount(result.ours, result.unit)} / {amount(result.theirs, result.unit)} = {result.ratio:.2g}"
                print(f"{result.what}: {line}", file=sys.stderr, flush=True)
                yield result


def _load() -> float | None:
    """How busy the machine was in the last minutes, where it says so."""
    return os.getloadavg()[1] if hasattr(os, "getloadavg") else None


if __name__ == "__main__":
    sys.exit(main())
