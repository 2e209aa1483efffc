"""Ageing from years of data."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.series import Series
from core.solar import degradation as module
from core.solar.degradation import daily, degradation, year_on_year
from tests.core.solar.days import BERLIN, PLAIN, Sunny, at
from tests.documented import run_examples

THREE_YEARS = np.arange(3 * 365 + 2)


def test_examples_run() -> None:
    result = run_examples(module)
    assert result.attempted and not result.failed


def aged(days: np.ndarray, rate: float, seed: int = 0, noise: float = 5e-4) -> np.ndarray:
    return 1 + rate / 100 * days / 365 + np.random.default_rng(seed).uniform(-noise, noise, len(days))


MONTHS = np.array([at(2012 + n // 12, n % 12 + 1) // 86_400 for n in range(37)])


@pytest.mark.parametrize("days", [THREE_YEARS, THREE_YEARS[::7], MONTHS - MONTHS[0]], ids=["days", "weeks", "months"])
def test_the_published_case(days: np.ndarray) -> None:
    """RdTools, test/degradation_test.py (MIT): -0.5 %/a and noise of 1/1000 over three years."""
    found = year_on_year(days, aged(days, -0.5), seed=1)
    assert found.rate == pytest.approx(-0.5, abs=0.05)
    assert found.low is not None and found.high is not None and found.low < -0.5 < found.high


def test_the_published_case_with_days_left_out() -> None:
    days = np.sort(np.random.default_rng(0).choice(THREE_YEARS, 877, replace=False))
    assert year_on_year(days, aged(days, -0.5), seed=1).rate == pytest.approx(-0.5, abs=0.05)


def test_as_many_pairs_as_published() -> None:
    """1462 uses of points: 731 pairs, each of two days."""
    assert year_on_year(np.arange(1096), aged(np.arange(1096), -0.5), seed=1).pairs == 731


@given(st.floats(-5, 2), st.floats(0.3, 1.2), st.floats(0, 0.3))
@settings(max_examples=25, deadline=None)
def test_seasons_and_size_do_not_matter(rate: float, size: float, season: float) -> None:
    values = size * (1 + rate / 100 * THREE_YEARS / 365) * (1 + season * np.sin(THREE_YEARS / 365 * 2 * np.pi))
    found = year_on_year(THREE_YEARS, values, seed=1, draws=10)
    plain = year_on_year(THREE_YEARS, values / size, seed=1, draws=10)
    assert found.rate is not None and plain.rate is not None
    assert math.isclose(found.rate, plain.rate, abs_tol=1e-9)
    assert abs(found.rate - rate) < 0.01 + abs(rate) * (season + 0.06)


def test_bad_weeks_do_not_move_the_median() -> None:
    values = aged(THREE_YEARS, -0.5)
    values[500:540] *= 0.2
    values[800:830] = math.nan
    assert year_on_year(THREE_YEARS, values, seed=1).rate == pytest.approx(-0.5, abs=0.05)


def test_the_interval_can_be_drawn_again() -> None:
    values = aged(THREE_YEARS, -0.5, noise=0.02)
    one, same, other = (year_on_year(THREE_YEARS, values, seed) for seed in (1, 1, 2))
    assert (one.rate, one.low, one.high, one.seed) == (same.rate, same.low, same.high, 1)
    assert (one.low, one.high) != (other.low, other.high) and one.rate == other.rate


def test_how_many_samples_are_laid_out_together_changes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    values = aged(THREE_YEARS, -0.5, noise=0.02)
    together = year_on_year(THREE_YEARS, values, seed=1)
    monkeypatch.setattr(module, "AT_ONCE", 1)
    alone = year_on_year(THREE_YEARS, values, seed=1)
    assert (together.low, together.high) == (alone.low, alone.high)


def test_the_interval_holds_the_truth_when_days_are_wrong_together() -> None:
    """Dirt that lasts weeks: in 40 trials the truth is inside about 95 of 100 times, with single days far less."""
    hits = {1: 0, 30: 0}
    for trial in range(40):
        generator = np.random.default_rng(trial)
        dirt = np.zeros(len(THREE_YEARS))
        for i in range(1, len(dirt)):
            dirt[i] = 0.9 * dirt[i - 1] + generator.normal(0, 0.01)
        for block in hits:
            found = year_on_year(THREE_YEARS, 1 - 0.005 * THREE_YEARS / 365 + dirt, seed=trial, block=block, draws=200)
            assert found.low is not None and found.high is not None
            hits[block] += found.low <= -0.5 <= found.high
    assert hits[30] >= 33 > hits[1]


@pytest.mark.parametrize("days", [0, 1, 364, 729])
def test_less_than_two_years_say_nothing(days: int) -> None:
    found = year_on_year(np.arange(days), np.ones(days), seed=1)
    assert found.rate is found.low is found.high is None and found.pairs == 0
    assert "Two years" in str(found.reason) and found.years == max(days - 1, 0) / 365


def test_two_years_with_hardly_a_pair_say_nothing() -> None:
    days = np.array([0, 100, 200, 365, 565, 800])
    assert "Too few days" in str(year_on_year(days, np.ones(6), seed=1).reason)
    assert "Too few days" in str(year_on_year(THREE_YEARS, np.zeros(len(THREE_YEARS)), seed=1).reason)


def test_from_generation_to_rate() -> None:
    sunny = Sunny(start=at(2021), days=3 * 365 + 1)
    ageing = 1 - 0.008 * sunny.hours / 24 / 365
    found = degradation(sunny.series(sunny.energy * ageing), sunny.series(sunny.energy), PLAIN, seed=1)
    assert found.rate == pytest.approx(-0.8, abs=0.01) and found.years == pytest.approx(3)


def test_days_are_those_of_the_wall_and_dark_or_unknown_ones_are_left_out() -> None:
    expected = np.concatenate([np.full(24, 10.0), np.full(24, 0.5), np.full(24, 10.0), np.full(24, 10.0)])
    energy = expected * 0.8
    energy[48:72] = math.nan
    energy[80] = math.nan
    days, ratios = daily(
        Series(at(2023, 6, 1) - 7200, 3600, energy), Series(at(2023, 6, 1) - 7200, 3600, expected), BERLIN
    )
    assert days.tolist() == [at(2023, 6, d) // 86_400 for d in (1, 2, 3, 4)]
    assert ratios == pytest.approx([0.8, math.nan, math.nan, 0.8], nan_ok=True)
