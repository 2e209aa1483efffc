"""Approach 1: shared errors are added, own ones average out."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.i18n import T
from core.inventory.uncertainty import (
    VIEWS,
    Inputs,
    Spread,
    Term,
    by_formula,
    combine_product,
    combine_sum,
    deviation_of_half,
    half_of_deviation,
    half_of_limits,
    interval,
)

BASIS = T("Stated with the record")
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3", "avoided")
TONNES = st.decimals(Decimal("0.001"), 10**5, places=3)
HALVES = st.decimals(0, 150, places=1)


def spread(half: object, *, skewed: bool = False) -> Spread:
    return Spread(Decimal(str(half)), skewed, "record", BASIS)


def meters(count: int, activity: object, factor: object) -> Inputs:
    """Equal meters with one factor."""
    terms = tuple(Term(f"Meter {n}", "scope1", f"a{n}", "grid", Decimal(1000)) for n in range(count))
    return Inputs(terms, {t.activity: spread(activity) for t in terms}, {"grid": spread(factor)})


@st.composite
def inputs(draw: st.DrawFn, *, credits: bool = False) -> Inputs:
    """Lines of some records under some factors, some of both without any uncertainty."""
    count = draw(st.integers(1, 8))
    tonnes = st.decimals(-1000, 10**5, places=3) if credits else TONNES
    terms = tuple(
        Term(
            f"Source {a % 3}",
            draw(st.sampled_from(SCOPES)),
            f"a{a}",
            draw(st.sampled_from(["gas", "grid", "steel"])),
            draw(tonnes),
        )
        for a in (draw(st.integers(0, 5)) for _ in range(count))
    )
    activities = {f"a{a}": spread(draw(HALVES)) for a in range(6) if draw(st.booleans())}
    factors = {f: spread(draw(HALVES)) for f in ("gas", "grid", "steel") if draw(st.booleans())}
    return Inputs(terms, activities, factors)


def test_twenty_meters_share_their_factor() -> None:
    """20 equal meters of GSD² 1.05 and a shared factor of 1.20: the usual sum says 1.043, the truth is 1.200."""
    own, shared = half_of_deviation(Decimal("1.05")), half_of_deviation(Decimal("1.2"))
    estimate = by_formula(meters(20, own, shared))["location"].estimate
    assert estimate.percent is not None
    assert deviation_of_half(estimate.percent).quantize(Decimal("0.001")) == Decimal("1.200")
    naive = combine_sum([(Decimal(1000), combine_product([own, shared]))] * 20)
    assert deviation_of_half(naive) < Decimal("1.045")


def test_more_lines_do_not_shrink_a_shared_factor() -> None:
    for count in (1, 20, 500):
        view = by_formula(meters(count, 0, 20))["location"]
        assert view.estimate.percent == 20
        assert [(i.key, i.variance) for i in view.inputs if i.kind == "factor"] == [("grid", Decimal(100))]


def test_own_errors_average_out() -> None:
    assert by_formula(meters(25, 10, 0))["scope1"].estimate.percent == 2


def test_one_purchase_of_electricity_and_its_losses_share_the_meter() -> None:
    terms = (
        Term("Meter", "scope2_location", "a1", "grid", Decimal(90)),
        Term("Meter", "scope3", "a1", "losses", Decimal(10)),
    )
    view = by_formula(Inputs(terms, {"a1": spread(5)}, {}))["location"]
    assert view.estimate.half == 5  # 5 % of all 100 t, not the root of two squares
    assert by_formula(Inputs(terms, {"a1": spread(5)}, {}))["market"].estimate.half == Decimal("0.5")


def test_coverage_tells_what_nobody_quantified() -> None:
    terms = tuple(Term("Plant", "scope1", a, f, Decimal(t)) for a, f, t in (("a1", "f1", 40), ("a1", "f2", 30)))
    more = tuple(Term("Plant", "scope1", a, f, Decimal(t)) for a, f, t in (("a2", "f1", 20), ("a2", "f2", -10)))
    covered = by_formula(Inputs((*terms, *more), {"a1": spread(5)}, {"f1": spread(5)}))["scope1"].estimate.coverage
    assert [covered.both, covered.activity, covered.factor, covered.neither] == [40, 30, 20, 10]
    assert covered.percent(covered.neither) == 10


def test_what_is_not_quantified_is_listed_and_not_zero() -> None:
    (term,) = meters(1, 1, 1).terms
    view = by_formula(Inputs((term,), {}, {}))["scope1"]
    assert [(i.kind, i.percent, i.variance) for i in view.inputs] == [("activity", None, None), ("factor", None, None)]
    assert view.estimate.half == 0 and view.estimate.coverage.neither == 1000


def test_sensitivity() -> None:
    terms = (Term("A", "scope1", "a1", "gas", Decimal(300)), Term("B", "scope3", "a2", "steel", Decimal(100)))
    found = {(i.kind, i.key): i for i in by_formula(Inputs(terms, {}, {}))["location"].inputs}
    assert found["factor", "gas"].ten_percent == 30
    assert found["factor", "gas"].of_total == Decimal("7.5")
    assert found["activity", "B"].of_total == Decimal("2.5")


def test_avoided_tonnes_enter_no_view() -> None:
    view = by_formula(Inputs((Term("Roof", "avoided", "a1", "grid", Decimal(5)),), {"a1": spread(5)}, {}))
    assert all(not v.sources and not v.estimate.tonnes for v in view.values())


def test_wide_results_have_a_lognormal_interval() -> None:
    low, high = interval(Decimal(100), Decimal(80))
    assert 0 < low < 100 - 50 and high > 180
    assert list(interval(Decimal(-100), Decimal(80))) == [-180, -20]


def test_published_limits() -> None:
    assert half_of_limits(Decimal(74100), Decimal(72600), Decimal(75600)).quantize(Decimal("0.01")) == Decimal("2.02")
    assert half_of_limits(Decimal(1), Decimal("0.3"), Decimal(3)).quantize(1) == 126
    assert half_of_limits(Decimal(4), Decimal(0), Decimal(12)) == 200
    assert half_of_limits(Decimal(4), Decimal(-4), Decimal(12)) == 200
    for value, lower, upper in ((0, 0, 1), (5, 6, 7), (5, 2, 4), (-5, -6, -4)):
        with pytest.raises(ValueError, match="enclose"):
            half_of_limits(Decimal(value), Decimal(lower), Decimal(upper))


@given(inputs(credits=True), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_inputs: Inputs, shuffler: random.Random) -> None:
    terms = list(given_inputs.terms)
    shuffler.shuffle(terms)
    again = Inputs(tuple(terms), given_inputs.activities, given_inputs.factors)
    one, other = by_formula(given_inputs), by_formula(again)
    for key in VIEWS:
        assert one[key].estimate.tonnes == other[key].estimate.tonnes
        assert math.isclose(one[key].estimate.half, other[key].estimate.half, rel_tol=1e-25, abs_tol=1e-25)


@given(inputs(), st.integers(2, 9))
@settings(deadline=None)
def test_twice_the_tonnes_twice_the_interval(given_inputs: Inputs, times: int) -> None:
    terms = tuple(t._replace(tonnes=t.tonnes * times) for t in given_inputs.terms)
    larger = by_formula(Inputs(terms, given_inputs.activities, given_inputs.factors))
    for key, view in by_formula(given_inputs).items():
        assert math.isclose(larger[key].estimate.half, view.estimate.half * times, rel_tol=1e-25)
        assert math.isclose(larger[key].estimate.high, view.estimate.high * times, rel_tol=1e-25)


@given(inputs())
def test_shares_make_a_hundred(given_inputs: Inputs) -> None:
    for view in by_formula(given_inputs).values():
        if view.estimate.half:
            for shares in ([s.variance for s in view.sources], [i.variance for i in view.inputs]):
                assert math.isclose(sum(s for s in shares if s is not None), 100, rel_tol=1e-20)
        assert sum(s.estimate.tonnes for s in view.sources) == view.estimate.tonnes
        assert view.estimate.coverage.total == view.estimate.tonnes


@given(inputs())
def test_halves_of_a_line_are_the_line(given_inputs: Inputs) -> None:
    """Cutting every line in two of the same record and factor changes nothing."""
    cut = tuple(half for t in given_inputs.terms for half in [t._replace(tonnes=t.tonnes / 2)] * 2)
    one, other = by_formula(given_inputs), by_formula(Inputs(cut, given_inputs.activities, given_inputs.factors))
    for key in VIEWS:
        assert math.isclose(one[key].estimate.half, other[key].estimate.half, rel_tol=1e-20)
