"""What holds of money whatever the numbers, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import UserError
from core.finance import (
    annuity,
    crf,
    discounted,
    discounted_payback,
    flows,
    irr,
    irr_roots,
    lcoe,
    lcoe_fcr,
    levelised,
    mirr,
    nominal_rate,
    npv,
    payback,
    pmt,
    pv,
    rate,
    rates,
    real_rate,
    returns,
)
from tests.documented import run_examples

MONEY = st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
FLOWS = st.lists(MONEY, min_size=1, max_size=30)
RATES = st.floats(-0.5, 1.0)
APART = st.lists(st.integers(-80, 300), min_size=1, max_size=5, unique=True)


@pytest.mark.parametrize("module", [annuity, flows, levelised, rates, returns])
def test_examples_run(module: ModuleType) -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


@given(st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=30), RATES, st.floats(-100, 100))
def test_npv_is_linear(pairs: list[tuple[float, float]], r: float, factor: float) -> None:
    one, other = ([pair[i] for pair in pairs] for i in (0, 1))
    both = [a + factor * b for a, b in pairs]
    scale = sum(np.abs(discounted(r, one))) + abs(factor) * sum(np.abs(discounted(r, other)))
    assert math.isclose(npv(r, both), npv(r, one) + factor * npv(r, other), abs_tol=1e-9 * (1 + scale))


@given(FLOWS)
def test_without_interest_money_is_money(found: list[float]) -> None:
    assert npv(0.0, found) == math.fsum(found)


@given(FLOWS)
def test_at_an_internal_rate_nothing_is_left(found: list[float]) -> None:
    for root in irr_roots(found):
        if root > -0.999:  # nearer to -100 % the rate itself has too few digits
            worth = discounted(root, found)
            assert abs(math.fsum(worth)) <= 1e-9 * float(np.abs(worth).sum())


@given(FLOWS)
def test_descartes(found: list[float]) -> None:
    """No more roots than changes of sign, and an odd number changes sign an odd number of times."""
    signs = [x > 0 for x in found if x]
    changes = sum(a != b for a, b in pairwise(signs))
    roots = irr_roots(found)
    assert len(roots) <= changes
    assert list(roots) == sorted(set(roots)) and all(root > -1 for root in roots)
    if changes == 1 and min(abs(x) for x in found if x) > 1:
        assert len(roots) == 1 and irr(found).rate == roots[0]


@given(APART)
def test_every_root_is_found(percent: list[int]) -> None:
    """Payments made to have just these rates."""
    wanted = sorted(p / 100 for p in percent)
    polynomial = np.array([1.0])
    for r in wanted:
        polynomial = np.convolve(polynomial, [1.0, -(1.0 + r)])
    close = min([b - a for a, b in pairwise(wanted)] or [1.0])
    assume(close > 0.05)
    assert irr_roots(polynomial.tolist()) == pytest.approx(wanted, rel=1e-6, abs=1e-6)
    assert irr(polynomial.tolist()).count == len(wanted)


@given(st.lists(MONEY, min_size=3, max_size=12))
def test_the_companion_matrix_knows_no_more_roots(found: list[float]) -> None:
    """numpy's roots of the same polynomial, those that are real, simple and well apart."""
    assume(abs(found[0]) > 1 and abs(found[-1]) > 1)
    all_of_them = np.roots(found)
    ours = irr_roots(found)
    for y in all_of_them:
        alone = np.sort(np.abs(all_of_them - y))[1] > 1e-2 * abs(y) if len(all_of_them) > 1 else True
        if abs(y.imag) == 0.0 and 1e-3 < y.real < 1e3 and alone:
            assert any(math.isclose(1 + r, y.real, rel_tol=1e-5) for r in ours)


def test_touching_zero_is_a_root() -> None:
    assert irr_roots([1.0, -2.4, 1.44]) == pytest.approx((0.2,), abs=1e-7)
    assert irr_roots([1.0, -3.3, 3.63, -1.331]) == pytest.approx((0.1,), abs=1e-4)


def test_roots_at_the_edges() -> None:
    assert irr_roots([-100.0, 100.0]) == (0.0,)
    assert irr_roots([-100.0, 50.0]) == (-0.5,)
    assert irr_roots([0.0, -100.0, 110.0, 0.0]) == pytest.approx((0.1,))
    assert irr_roots([-1e-300, 1.0]) == pytest.approx((1e300,))
    assert irr_roots([0.0, 0.0]) == irr_roots([5.0]) == ()
    assert irr_roots([-1.0, 1e-20]) == ()  # -100 % within the digits there are


def test_three_hundred_months() -> None:
    flows_ = [-100_000.0, *[800.0] * 299, -1000.0]
    roots = irr_roots(flows_)
    assert len(roots) == 2 and roots[1] == pytest.approx(0.0069966, abs=1e-7)


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=30), st.floats(1, 1e6))
def test_income_after_an_investment_has_one_rate_on_the_right_side(income: list[float], price: float) -> None:
    assume(sum(income) > 1)
    found = irr([-price, *income])
    assert found.count == 1 and found.rate is not None
    assert (found.rate >= 0) == (math.fsum([-price, *income]) >= 0) or abs(found.rate) < 1e-12


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=30), st.floats(1, 1e6), st.floats(0, 1))
def test_payback(income: list[float], price: float, r: float) -> None:
    flows_ = [-price, *income]
    simple, later = payback(flows_), discounted_payback(r, flows_)
    if simple is None:
        assert sum(income) < price * (1 + 1e-12) and later is None
        return
    year = math.floor(simple)
    got = sum(income[:year]) + (simple - year) * (income[year] if simple > year else 0.0)
    assert math.isclose(got, price, rel_tol=1e-9)
    assert later is None or later >= simple * (1 - 1e-12)


def test_nothing_owed_is_paid_back_at_once() -> None:
    assert payback([0.0, 5.0]) == payback([7.0]) == 0.0
    assert payback([5.0, -10.0, 10.0]) == 0.0, "the first crossing"
    assert payback([-10.0, 0.0, 10.0]) == 2.0
    assert payback([-10.0, 5.0, -5.0]) is None


@given(st.floats(-0.2, 0.5), st.integers(1, 60), st.floats(1, 1e6))
def test_a_loan_is_settled(r: float, periods: int, loan: float) -> None:
    payment = pmt(r, periods, loan)
    assert math.isclose(pv(r, periods, payment), loan, rel_tol=1e-9)
    assert math.isclose(-payment / loan, crf(r, periods), rel_tol=1e-12)
    worth = discounted(r, [loan, *[payment] * periods])
    assert abs(math.fsum(worth)) <= 1e-9 * float(np.abs(worth).sum())


@given(st.floats(-0.2, 0.5), st.integers(2, 40), st.floats(1, 1e6), st.floats(0, 1e6))
def test_rate_undoes_payment(r: float, periods: int, loan: float, owed: float) -> None:
    payment = pmt(r, periods, loan, -owed)
    assume(payment < 0)
    found = rate(periods, payment, loan, -owed)
    assert found is not None and math.isclose(found, r, abs_tol=1e-7)


def test_a_tiny_rate_is_nearly_no_interest() -> None:
    assert crf(1e-15, 10) == pytest.approx(0.1, rel=1e-12)
    assert crf(0.0, 10) == 0.1


def test_mirr_lies_between_when_both_rates_are_equal() -> None:
    """Reinvested at its own internal rate, a project earns that rate."""
    flows_ = [-1000.0, 300.0, 400.0, 500.0]
    own = irr(flows_).rate
    assert own is not None and mirr(flows_, 0.1, own) == pytest.approx(own)


@given(st.floats(-0.3, 1), st.floats(-0.3, 1))
def test_inflation_there_and_back(r: float, inflation: float) -> None:
    assert math.isclose(real_rate(nominal_rate(r, inflation), inflation), r, abs_tol=1e-12)


@given(st.floats(0.01, 0.3), st.integers(1, 40), st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0, 1e4))
def test_both_levelised_costs_agree_for_equal_years(
    r: float, years: int, capital: float, energy: float, yearly: float
) -> None:
    """With the capital recovery factor as the charge rate."""
    simple = lcoe_fcr(crf(r, years), capital, yearly, energy)
    long = lcoe([capital, *[yearly] * years], [0.0, *[energy] * years], r)
    assert math.isclose(simple, long, rel_tol=1e-9)


@pytest.mark.parametrize(
    "call",
    [
        lambda: npv(-1.0, [1.0]),
        lambda: npv(math.nan, [1.0]),
        lambda: npv(0.1, []),
        lambda: npv(0.1, [1.0, math.inf]),
        lambda: irr_roots([math.nan, 1.0]),
        lambda: payback([]),
        lambda: crf(0.1, 0),
        lambda: crf(-2.0, 5),
        lambda: rate(0, 1.0, -1.0),
        lambda: lcoe([1.0], [1.0, 2.0], 0.1),
        lambda: lcoe([1.0], [0.0], 0.1),
        lambda: lcoe_fcr(0.1, 1.0, 1.0, math.nan),
        lambda: nominal_rate(-1.0, 0.0),
    ],
)
def test_what_cannot_be_is_said(call: Callable[[], object]) -> None:
    with pytest.raises(UserError) as told:
        call()
    assert told.value.remedy is not None and "{" not in told.value.text("en")
