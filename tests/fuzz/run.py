"""``make fuzz``: feed damaged files to whatever reads files of others, guided by the coverage of ``core``.

Without a time each target gets a fixed number of files from a fixed seed, the same in every run of the same program:
so a run fails because of the change that is tried, and not by chance. With a time it searches freely, and what it
learns is kept in ``build/fuzz`` for the next time. A find is made as small as it gets and written where the tests try
it again; it is committed together with the mend.

    make fuzz
    make fuzz ARGS="--seconds 3600 csv"
    make fuzz ARGS="--list"
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_ORDER = "PYTHONHASHSEED"
"""Decides the order of sets, and with it which lines run."""


def main(arguments: Sequence[str]) -> int:
    asked = _asked(arguments)
    if find_spec("atheris") is None:
        print("Searching guided by coverage needs Linux. Here the good files and what was found before are tried:")
        return _tried_again(asked)
    if _ORDER not in os.environ and asked.seconds is None:
        os.environ[_ORDER] = "0"
        os.execv(sys.executable, [sys.executable, "-m", "tests.fuzz.run", *arguments])
    import atheris

    # Core imports while it runs: the import stays under the eyes of the search until the end.
    with atheris.instrument_imports(include=["core"]):
        return _searched(asked)


def _searched(asked: argparse.Namespace) -> int:
    with redirect_stderr(io.StringIO()):  # a line for every module that is instrumented
        from tests.fuzz.searching import search
        from tests.fuzz.table import all_targets

        targets = all_targets()
    if asked.list:
        print("\n".join(targets))
        return 0
    if unknown := [name for name in asked.targets if name not in targets]:
        print(f"No such target: {', '.join(unknown)}. There are: {', '.join(targets)}")
        return 2
    files, bad = 0, 0
    for name in asked.targets or targets:
        outcome = search(targets[name], asked.seconds)
        print(outcome.line, flush=True)
        for find in outcome.finds:
            print(f"    {find.what}\n    {find.path.relative_to(ROOT)}", flush=True)
        files, bad = files + outcome.runs, bad + bool(outcome.finds or not outcome.runs)
    print(f"{len(asked.targets or targets)} targets, {files:,} files, {bad} targets with finds")
    return 1 if bad else 0


def _tried_again(asked: argparse.Namespace) -> int:
    from tests.fuzz.searching import how_it_ends
    from tests.fuzz.table import all_targets, finds

    bad = 0
    for name, target in all_targets().items():
        if asked.targets and name not in asked.targets:
            continue
        ends = [end for data in (*target.seeds(), *finds(name).values()) if (end := how_it_ends(target, data))]
        print(f"{name:<28} {'good' if not ends else '; '.join(ends)}", flush=True)
        bad += len(ends)
    return 1 if bad else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("targets", nargs="*", help="all when none is named")
    parser.add_argument("--seconds", type=int, help="search freely, that long for each target")
    parser.add_argument("--list", action="store_true", help="only say which targets there are")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
