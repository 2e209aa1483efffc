"""Approach 2: seeded, agrees with the formula and with drawing every line by itself."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from core.i18n import T
from core.inventory.uncertainty import VIEWS, Distribution, Inputs, Spread, Term, by_formula, simulate
from core.inventory.uncertainty.draws import prepare

BASIS = T("Stated with the record")
DRAWS = 20_000


def spread(half: object, *, skewed: bool = False) -> Spread:
    return Spread(Decimal(str(half)), skewed, "record", BASIS)


def plant(lines: int = 240, *, widest: int = 25, skewed: bool = False) -> Inputs:
    """Bills of three scopes under seven factors; every sixth record gives a line of scope 3 too."""
    terms: list[Term] = []
    for n in range(lines):
        scope = ("scope1", "scope2_location", "scope3")[n % 7 % 3]
        terms.append(Term(f"Source {n % 5}", scope, f"a{n}", f"factor {n % 7}", Decimal(1 + n * 37 % 101)))
        if n % 6 == 0:
            terms.append(Term(f"Source {n % 5}", "scope3", f"a{n}", f"upstream {n % 2}", Decimal(1 + n * 11 % 29)))
    activities = {f"a{n}": spread(1 + n * 13 % widest, skewed=skewed and n % 9 == 0) for n in range(lines) if n % 11}
    factors = {f"factor {n}": spread(2 + 3 * n, skewed=skewed and n == 2) for n in range(6)}
    return Inputs(tuple(terms), activities, {**factors, "upstream 0": spread(28)})


def brute_force(inputs: Inputs, draws: int, seed: int) -> dict[str, np.ndarray]:
    """Every record and every factor drawn by itself, every line multiplied: slow and without any approximation."""
    random = np.random.Generator(np.random.PCG64(seed))

    def drawn(known: Spread | None) -> np.ndarray:
        if known is None or not known.half:
            return np.ones(draws)
        relative = float(known.half) / 196
        if not known.lognormal:
            return 1 + relative * random.standard_normal(draws)
        variance = math.log(1 + relative**2)
        return np.exp(math.sqrt(variance) * random.standard_normal(draws) - variance / 2)

    activities = {key: drawn(inputs.activities.get(key)) for key in dict.fromkeys(t.activity for t in inputs.terms)}
    factors = {key: drawn(inputs.factors.get(key)) for key in dict.fromkeys(t.factor for t in inputs.terms)}
    totals = {scope: np.zeros(draws) for scopes in VIEWS.values() for scope in scopes}
    for term in inputs.terms:
        totals[term.scope] += float(term.tonnes) * activities[term.activity] * factors[term.factor]
    return {key: np.sum([totals[scope] for scope in scopes], axis=0) for key, scopes in VIEWS.items()}


def assert_same(one: Distribution, drawn: np.ndarray) -> None:
    """Within five standard errors of the difference of two runs of this many draws."""
    deviation = float(drawn.std(ddof=1))
    error = math.sqrt(2 / len(drawn))
    assert abs(one.mean - drawn.mean()) <= 5 * error * deviation + 1e-9
    assert abs(one.deviation - deviation) <= 5 * error * deviation  # larger than 1/sqrt(2n): tails may be skewed
    for value, quantile, width in ((one.low, 0.025, 2.7), (one.median, 0.5, 1.3), (one.high, 0.975, 2.9)):
        assert abs(value - np.quantile(drawn, quantile)) <= 5 * error * width * deviation + 1e-9


@pytest.mark.parametrize(
    "inputs", [plant(), plant(widest=90), plant(90, widest=140, skewed=True)], ids=["narrow", "wide", "skewed"]
)
def test_drawing_by_factor_is_drawing_every_line(inputs: Inputs) -> None:
    found, slow = simulate(inputs, DRAWS, seed=7), brute_force(inputs, DRAWS, seed=8)
    for key in VIEWS:
        assert_same(found.views[key], slow[key])


def test_one_record_is_drawn_without_approximation() -> None:
    for known in (spread(20), spread(90), spread(10, skewed=True)):
        inputs = Inputs((Term("A", "scope1", "a1", "gas", Decimal(100)),), {"a1": known}, {"gas": spread(60)})
        assert_same(simulate(inputs, DRAWS, seed=3).views["scope1"], brute_force(inputs, DRAWS, seed=4)["scope1"])


@pytest.mark.parametrize("inputs", [plant(), plant(20)])
def test_agrees_with_the_formula(inputs: Inputs) -> None:
    """Linear case: below ±30 % the product of two errors is negligible."""
    formula, found = by_formula(inputs), simulate(inputs, DRAWS, seed=11)
    for key, view in formula.items():
        drawn, tonnes, half = found.views[key], float(view.estimate.tonnes), float(view.estimate.half)
        assert drawn.mean == pytest.approx(tonnes, abs=5 * half / 1.96 / math.sqrt(DRAWS) + 1e-9)
        assert drawn.deviation * 1.96 == pytest.approx(half, rel=0.04)
        assert drawn.low == pytest.approx(float(view.estimate.low), abs=0.1 * half + 1e-9)
        assert drawn.high == pytest.approx(float(view.estimate.high), abs=0.1 * half + 1e-9)


def test_wide_factor_agrees_with_the_lognormal_interval() -> None:
    inputs = Inputs((Term("A", "scope1", "a1", "ch4", Decimal(100)),), {}, {"ch4": spread(150, skewed=True)})
    estimate, drawn = by_formula(inputs)["scope1"].estimate, simulate(inputs, 100_000, seed=5).views["scope1"]
    assert drawn.low == pytest.approx(float(estimate.low), rel=0.02)
    assert drawn.high == pytest.approx(float(estimate.high), rel=0.03)
    assert drawn.low > 0 and drawn.median < drawn.mean


def test_twenty_meters_share_their_factor() -> None:
    terms = tuple(Term("Meter", "scope1", f"a{n}", "grid", Decimal(50)) for n in range(20))
    inputs = Inputs(terms, {t.activity: spread(5) for t in terms}, {"grid": spread(20)})
    drawn = simulate(inputs, DRAWS, seed=2).views["scope1"]
    assert drawn.deviation * 1.96 == pytest.approx(1000 * math.hypot(0.2, 0.05 / math.sqrt(20)), rel=0.03)


def test_the_seed_decides() -> None:
    inputs = plant()
    assert simulate(inputs, 500, seed=1) == simulate(inputs, 500, seed=1)
    assert simulate(inputs, 500, seed=1).views != simulate(inputs, 500, seed=2).views
    assert (simulate(inputs, 500, seed=1).seed, simulate(inputs, 500).draws) == (1, 500)


def test_order_does_not_matter() -> None:
    inputs = plant()
    one, other = simulate(inputs, 500, seed=1), simulate(replace(inputs, terms=inputs.terms[::-1]), 500, seed=1)
    for key, view in one.views.items():
        assert other.views[key].high == pytest.approx(view.high, rel=1e-12)


def test_size_follows_the_factors_not_the_lines() -> None:
    def cells(lines: int) -> int:
        return sum(len(own) for _, _, own in prepare(plant(lines)).by_factor)

    assert cells(2000) == cells(4000)


def test_credits_keep_their_sign() -> None:
    terms = (Term("A", "scope1", "a1", "gas", Decimal(100)), Term("A", "scope1", "a2", "gas", Decimal(-40)))
    inputs = Inputs(terms, {"a1": spread(60), "a2": spread(60)}, {})
    drawn = simulate(inputs, DRAWS, seed=1).views["scope1"]
    assert drawn.mean == pytest.approx(60, abs=1)
    assert drawn.deviation * 1.96 == pytest.approx(math.hypot(60, 24), rel=0.03)


def test_memos_enter_no_view() -> None:
    roof = Inputs((Term("Roof", "avoided", "a1", "grid", Decimal(5)),), {"a1": spread(5)}, {"grid": spread(5)})
    assert all(view.high == 0 for view in simulate(roof, 10).views.values())


def test_nothing_and_certainty() -> None:
    assert simulate(Inputs((), {}, {}), 10, seed=1).views["location"].high == 0
    certain = Inputs((Term("A", "scope1", "a1", "gas", Decimal(7)),), {"a1": spread(0)}, {})
    view = simulate(certain, 10, seed=1).views["market"]
    assert (view.low, view.high, view.deviation, sum(view.counts)) == (7, 7, 0, 10)
    with pytest.raises(ValueError, match="two draws"):
        simulate(certain, 1, seed=1)


def test_histogram_holds_every_draw() -> None:
    view = simulate(plant(), 1000, seed=1).views["location"]
    assert sum(view.counts) == 1000 and len(view.edges) == len(view.counts) + 1
    assert list(view.edges) == sorted(view.edges)
