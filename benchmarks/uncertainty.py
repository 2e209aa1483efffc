"""Monte Carlo of every line of a large inventory, held against the random numbers it cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np

from benchmarks.harness import Pair, Scale, timed
from core.i18n import T
from core.inventory.uncertainty import Inputs, Spread, Term, simulate
from core.inventory.uncertainty.draws import draw, prepare

DRAWS, SEED, FACTORS = 10_000, 7, 300
SCOPES = ("scope1", "scope2_location", "scope3")


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Drawing alone, and everything from the lines to the percentiles."""
    inputs = lines(scale.many * 10)
    cells = prepare(inputs)
    count = len(inputs.terms)
    numbers = sum(spread is not None for _, spread, _ in cells.by_factor)
    numbers += len({cell.group for _, _, own in cells.by_factor for cell in own if cell.deviation})
    drawn = simulate(inputs, DRAWS, SEED).views["location"]
    if abs(drawn.mean / float(sum(term.tonnes for term in inputs.terms)) - 1) > 0.01:
        raise RuntimeError("the mean of the draws should be the total")
    bare = f"numpy: {numbers} × {DRAWS:,} normal numbers and nothing else"
    yield Pair(
        f"Draw {count:,} lines {DRAWS:,} times, added up by factor before",
        bare,
        timed(lambda: draw(cells, DRAWS, SEED)),
        timed(lambda: _bare(numbers)),
        runs=11,
    )
    yield Pair(
        "The same from the lines on, to mean, percentiles and histogram of six sums",
        bare,
        timed(lambda: simulate(inputs, DRAWS, SEED)),
        timed(lambda: _bare(numbers)),
        runs=11,
    )
    yield Pair(
        "The same",
        "numpy: every line drawn and multiplied by itself",
        timed(lambda: simulate(inputs, DRAWS, SEED)),
        timed(_line_by_line(inputs)),
        runs=3,
    )


def lines(count: int) -> Inputs:
    """Bills of three scopes under 300 factors, every one with an uncertainty, some of them wide and asymmetric."""
    basis = T("Invented for the benchmark")
    terms = tuple(
        Term(f"Source {n % 40}", SCOPES[n % FACTORS % 3], f"a{n}", f"factor {n % FACTORS}", Decimal(1 + n * 37 % 997))
        for n in range(count)
    )
    classes = [Spread(Decimal(half), half > 20, "record", basis) for half in (2, 5, 7, 10, 25)]
    factors = {f"factor {n}": Spread(Decimal(3 + n % 60), n % 4 == 0, "published", basis) for n in range(FACTORS)}
    return Inputs(terms, {term.activity: classes[n % 5] for n, term in enumerate(terms)}, factors)


def _bare(numbers: int) -> None:
    random = np.random.Generator(np.random.PCG64(SEED))
    for _ in range(numbers):
        random.standard_normal(DRAWS)


def _line_by_line(inputs: Inputs) -> Callable[[], float]:
    """What one would write first; the errors of the factors are shared here too, and nothing is lognormal."""
    activities = [float(inputs.activities[term.activity].half) / 196 for term in inputs.terms]
    tonnes = [float(term.tonnes) for term in inputs.terms]
    factors = {key: float(spread.half) / 196 for key, spread in inputs.factors.items()}

    def run() -> float:
        random = np.random.Generator(np.random.PCG64(SEED))
        drawn = {key: random.normal(1, half, DRAWS) for key, half in factors.items()}
        total = np.zeros(DRAWS)
        for term, mean, half in zip(inputs.terms, tonnes, activities, strict=True):
            total += random.normal(mean, half * mean, DRAWS) * drawn[term.factor]
        return float(np.quantile(total, 0.975))

    return run
