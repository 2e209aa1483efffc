"""Least squares, Student's t and change points against certified values and as laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.savings._change_point import bent_line, slopes
from core.savings._least_squares import (
    autocorrelation,
    cv_rmse,
    effective_periods,
    least_squares,
    nmbe,
    r_squared,
    savings_error,
)
from core.savings._student import t_quantile
from tests.core.savings.measures import EXAMPLES

FLOATS = st.floats(-1000, 1000)


@pytest.mark.parametrize(("name", "digits"), [("norris", 1e-12), ("longley", 1e-9)])
def test_certified_regressions(name: str, digits: float) -> None:
    case: dict[str, Any] = EXAMPLES[name]
    columns = np.atleast_2d(np.array(case["x"], dtype=np.float64))
    measured = np.array(case["y"], dtype=np.float64)
    fit = least_squares(np.column_stack([np.ones(len(measured)), *columns]), measured)
    assert fit.coefficients == pytest.approx(case["coefficients"], rel=digits)
    assert fit.errors == pytest.approx(case["errors"], rel=digits)
    assert np.sqrt(fit.sse / (fit.n - fit.p)) == pytest.approx(case["residual_deviation"], rel=digits)
    assert r_squared(fit, measured) == pytest.approx(case["r2"], rel=1e-13)
    mean = float(measured.mean())
    assert cv_rmse(fit.sse, fit.n, fit.p, mean) * mean == pytest.approx(case["residual_deviation"], rel=digits)


@pytest.mark.parametrize("case", EXAMPLES["student_t"]["cases"])
def test_published_values_of_student(case: dict[str, float]) -> None:
    assert round(t_quantile(case["confidence"], case["freedom"]), 3) == case["t"]


@given(st.floats(0.05, 0.995), st.floats(0.5, 500))
def test_wider_confidence_and_fewer_periods_widen_the_interval(confidence: float, freedom: float) -> None:
    here = t_quantile(confidence, freedom)
    assert t_quantile(min(0.999, confidence + 0.004), freedom) > here
    assert t_quantile(confidence, freedom * 2) < here


def test_a_t_without_freedom_is_a_bug() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_quantile(0.95, 0.0)


@settings(max_examples=50)
@given(FLOATS, FLOATS, FLOATS, st.integers(0, 2**32 - 1))
def test_a_line_without_noise_is_found_again(base: float, one: float, other: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix = np.column_stack([np.full(24, 30.0), random.uniform(0, 600, 24), random.uniform(100, 900, 24)])
    measured = matrix @ np.array([base, one, other])
    fit = least_squares(matrix, measured)
    assert fit.predicted == pytest.approx(measured, abs=1e-6)


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1))
def test_residuals_stand_upright_on_every_column(seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix = np.column_stack([np.ones(20), random.normal(size=20), random.normal(size=20)])
    fit = least_squares(matrix, random.normal(size=20))
    assert np.abs(matrix.T @ fit.residuals).max() < 1e-12
    assert abs(nmbe(fit.residuals, 0, 1.0)) < 1e-13


@pytest.mark.parametrize(
    "matrix",
    [
        np.ones((12, 2)),
        np.column_stack([np.ones(12), np.zeros(12)]),
        np.column_stack([np.arange(12.0), 2 * np.arange(12.0)]),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused(matrix: Any) -> None:
    with pytest.raises(UserError, match="cannot be told apart"):
        least_squares(matrix, np.arange(12.0))


def test_too_few_periods_are_refused() -> None:
    with pytest.raises(UserError, match="3 periods are too few for a model with 3 parameters"):
        least_squares(np.eye(3)[:, :2], np.arange(3.0), searched=1)


# ---------------------------------------------------------------------- change points


TEMPERATURE = np.linspace(-8.0, 32.0, 36)
BENDS = {"3ph": 1, "3pc": 1, "4p": 1, "5p": 2}


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(sorted(BENDS)), st.floats(0.0, 12.0), st.floats(13.0, 24.0), st.floats(2.0, 60.0),
    st.floats(2.0, 60.0),
)  # fmt: skip
def test_bends_without_noise_are_found_again(kind: str, low: float, high: float, heat: float, cool: float) -> None:
    bends = (low, high)[: BENDS[kind]]
    columns = slopes(kind, TEMPERATURE, bends)
    measured = 500.0 + columns @ np.array([heat, cool][: columns.shape[1]])
    assume(float(np.ptp(measured)) > 1.0)
    found = bent_line(kind, np.ones((36, 1)), TEMPERATURE, measured)
    assert found.fit.sse / (measured @ measured) < 1e-9
    assert found.bends == pytest.approx(bends, abs=0.05)


def test_no_place_of_a_fine_grid_is_better() -> None:
    random = np.random.default_rng(7)
    measured = 900.0 + 30.0 * np.maximum(15.0 - TEMPERATURE, 0.0) + random.normal(0.0, 40.0, 36)
    found = bent_line("3ph", np.ones((36, 1)), TEMPERATURE, measured)
    grid = np.linspace(TEMPERATURE[1], TEMPERATURE[-2], 2001)
    brute = [
        least_squares(np.column_stack([np.ones(36), slopes("3ph", TEMPERATURE, (float(bend),))]), measured, 1).sse
        for bend in grid
    ]
    assert found.fit.sse <= min(brute) * (1 + 1e-9)
    assert found.fit.p == 3


def test_a_bend_counts_as_a_parameter() -> None:
    measured = 100.0 + np.maximum(15.0 - TEMPERATURE, 0.0) + np.maximum(TEMPERATURE - 22.0, 0.0)
    assert [bent_line(kind, np.ones((36, 1)), TEMPERATURE, measured).fit.p for kind in ("3ph", "4p", "5p")] == [3, 4, 5]


def test_temperatures_that_hardly_differ_give_no_bend() -> None:
    with pytest.raises(UserError, match="too few or too much alike"):
        bent_line("3ph", np.ones((12, 1)), np.tile([10.0, 11.0, 12.0], 4), np.arange(12.0))


# ---------------------------------------------------------------------- how sure a saving is


def test_the_denominator_is_named() -> None:
    residuals = np.array([30.0, 30.0, 30.0, 30.0])
    assert nmbe(residuals, 0, 100.0) == pytest.approx(0.30)
    assert nmbe(residuals, 1, 100.0) == pytest.approx(0.40)
    assert cv_rmse(3600.0, 4, 0, 100.0) == pytest.approx(0.30)
    assert cv_rmse(3600.0, 4, 3, 100.0) == pytest.approx(0.60)


def test_independent_periods_count_in_full() -> None:
    assert effective_periods(365, -0.3) == 365
    assert effective_periods(100, 0.6) == pytest.approx(25.0)
    assert autocorrelation(np.array([1.0, 2.0])) == 0.0
    assert autocorrelation(np.ones(9)) == 0.0


@given(st.integers(8, 400), st.integers(1, 400), st.floats(0.01, 0.5))
def test_the_two_forms_of_the_uncertainty_agree_without_correlation(n: int, m: int, cv: float) -> None:
    one = savings_error(1.7, cv, 1000.0, n, m)
    assert savings_error(1.7, cv, 1000.0, n, m, float(n)) == pytest.approx(one)
    assert one == pytest.approx(1.7 * 1.26 * cv * 1000.0 * np.sqrt((1 + 2 / n) / m))
    assert savings_error(1.7, cv, 1000.0, n, m, n / 3) > one
    assert savings_error(1.7, cv, 1000.0, n, 4 * m) == pytest.approx(one / 2)
