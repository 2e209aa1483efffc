"""Many trials of each scenario: ``make faults``. Also what tests ask, one line of JSON for each question and answer.

Examples
--------
>>> python -m tests.faults.campaign --kills 1000 --seed 1           # doctest: +SKIP
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.faults.layer import KILLS, REQUIRED, TROUBLES, Fault, Layer, missing, preloaded
from tests.faults.scenario import scenarios
from tests.faults.trial import Known, disturbed, known, workplace

SEED = 20261130
PARTS = 2
"""Processes that work side by side."""


@dataclass(slots=True)
class Outcome:
    """What came of the trials of one scenario."""

    scenario: str
    calls: int = 0
    """That change something, in an undisturbed run."""
    trials: int = 0
    killed: int = 0
    told: dict[str, int] = field(default_factory=dict)
    """How often people were told what."""
    problems: list[str] = field(default_factory=list)


class Bench:
    """Scenarios that were prepared once."""

    def __init__(self, stack: ExitStack) -> None:
        self._layer = Layer()
        self._place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-", dir=workplace())))
        self._known: dict[str, Known] = {}
        self.scenarios = scenarios()

    def run(self, name: str, faults: Sequence[str], count: int, seed: int) -> Outcome:
        """Some trials of a scenario, spread over all of its calls."""
        one, seen = self.scenarios[name], self.known(name)
        outcome, said = Outcome(name, seen.calls), Counter[str]()
        for fault, at in points(seen.calls, faults, count, random.Random(f"{seed} {name}")):
            ended = disturbed(one, seen, self._layer, self._place / name, fault_named(fault), at)
            outcome.trials += 1
            outcome.killed += ended.killed
            said.update(ended.told)
            outcome.problems += [f"{name}, {fault} at call {at} of {seen.calls}: {x}" for x in ended.problems]
        outcome.told = dict(said)
        return outcome

    def known(self, name: str) -> Known:
        """What the undisturbed run of a scenario does."""
        if name not in self._known:
            (self._place / name).mkdir()
            self._known[name] = known(self.scenarios[name], self._layer, self._place / name)
        return self._known[name]


def fault_named(key: str) -> Fault:
    return {**KILLS, **TROUBLES}[key]


def points(calls: int, faults: Sequence[str], count: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    """Which faults happen at which calls: evenly over all of them, each time at another place of its stretch."""
    each = [(number, fault) for number, fault in enumerate(faults)]
    for number, fault in each:
        share = count // len(each) + (number < count % len(each))
        stretch = calls / share if share else 0.0
        for turn in range(share):
            yield fault, 1 + min(calls - 1, int(stretch * (turn + chance.random())))


def shares(weights: dict[str, float], total: int) -> dict[str, int]:
    """How many trials each scenario gets, together at least the total; every one gets some."""
    whole = sum(weights.values())
    return {name: max(2, math.ceil(total * weight / whole)) for name, weight in weights.items()}


def answer(bench: Bench) -> None:
    """Questions on standard input, answers on standard output, until there are none."""
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(asdict(bench.run(**asked))), flush=True)


def campaign(bench: Bench, asked: dict[str, int], troubles: int, seed: int, faults: Sequence[str]) -> bool:
    """Some scenarios, each with its kills, a line of the table for each; whether nothing was lost."""
    good, killed, trials = True, 0, 0
    for name, share in asked.items():
        began = time.monotonic()
        dead = bench.run(name, tuple(KILLS), share, seed)
        hurt = bench.run(name, faults, troubles, seed)
        killed, trials = killed + dead.killed, trials + dead.trials + hurt.trials
        told, seconds = sum(hurt.told.values()), time.monotonic() - began
        print(f"{name:<16}{dead.calls:>7}{dead.killed:>8}{hurt.trials:>10}{told:>6}{seconds:>9.1f}", flush=True)
        for problem in (*dead.problems, *hurt.problems):
            good = False
            print(problem, file=sys.stderr, flush=True)
    print(f"{killed} {trials}", flush=True)
    return good


def together(words: Sequence[str], seed: int) -> int:
    """One process with the layer for each of two processors; the last line of each counts what it did."""
    began = time.monotonic()
    print(f"{'scenario':<16}{'calls':>7}{'killed':>8}{'troubled':>10}{'told':>6}{'seconds':>9}", flush=True)
    with ThreadPoolExecutor(PARTS) as threads:
        found = list(threads.map(lambda part: _part(words, part), range(PARTS)))
    killed, trials = (sum(part[place] for part in found) for place in (0, 1))
    seconds = time.monotonic() - began
    print(f"{killed} processes were killed in {trials} trials, {seconds:.0f} s (seed {seed}).", flush=True)
    return max(part[2] for part in found)


def _part(words: Sequence[str], part: int) -> tuple[int, int, int]:
    """What one of them did: killed, tried, and its exit code; its lines are shown as they come."""
    command = [sys.executable, "-m", "tests.faults.campaign", *words, "--part", str(part)]
    counts = [0, 0]
    with subprocess.Popen(command, env=preloaded(), stdout=subprocess.PIPE, text=True) as work:
        assert work.stdout is not None
        for line in work.stdout:
            if line.replace(" ", "").strip().isdigit():
                counts = [int(word) for word in line.split()]
            else:
                print(line, end="", flush=True)
    return counts[0], counts[1], work.returncode


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--troubles", type=int, default=24, help="trials with other faults, for each scenario")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="*", help="scenarios")
    parser.add_argument("--faults", nargs="*", default=tuple(TROUBLES), choices=tuple(TROUBLES))
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Work, in processes that begin with the layer loaded."""
    wanted = parsed(arguments)
    if why := missing():
        print(why, file=sys.stderr)
        return 1 if os.environ.get(REQUIRED) else 0
    words = sys.argv[1:] if arguments is None else list(arguments)
    if wanted.part is None and not wanted.answer:
        return together(words, wanted.seed)
    with ExitStack() as stack:
        bench = Bench(stack)
        if wanted.answer:
            answer(bench)
            return 0
        weights = {
            name: one.weight for name, one in bench.scenarios.items() if name in (wanted.only or bench.scenarios)
        }
        asked = list(shares(weights, wanted.kills).items())[wanted.part :: PARTS]
        return 0 if campaign(bench, dict(asked), wanted.troubles, wanted.seed, wanted.faults) else 1


if __name__ == "__main__":
    sys.exit(main())
