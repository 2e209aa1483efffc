"""Prices by time, and what the generation earns."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from decimal import Decimal
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger.energy import Tariff
from core.series import Series
from core.solar import money as module
from core.solar import tariffs
from core.solar.money import Earned, feed_in_revenue, saved
from core.solar.tariffs import bands_of, week_of
from tests.core.series.shapes import repeated
from tests.core.solar.days import BERLIN, PLAIN, SHANGHAI, Sunny, at
from tests.documented import run_examples

WEEK = Sunny(start=at(2024, 1, 1), days=7, step=900)
"""From a Monday on."""
BANDS = (("1-5 08:00-12:00", "1.2"), ("6,7 00:00-24:00", "0.4"), ("1-7 22:00-06:00", "0.3"), ("1-7 00:00-24:00", "0.7"))


def tariff(*bands: tuple[str, str], **changes: object) -> Tariff:
    fields: dict[str, object] = {
        "id": "t",
        "name": "Peak and valley",
        "currency": "CNY",
        "start": date(2024, 1, 1),
        "end": date(2024, 12, 31),
        "bands": bands,
    }
    return Tariff(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("one", [module, tariffs])
def test_examples_run(one: ModuleType) -> None:
    result = run_examples(one)
    assert result.attempted and not result.failed


def by_when(found: Earned) -> dict[str, Decimal]:
    return {part.when: part.energy for part in found.parts}


def test_the_first_band_that_fits_holds() -> None:
    bands, week = week_of(tariff(*BANDS))
    minutes = Counter(bands[place].when for place in week.tolist())
    assert minutes == {
        "1-5 08:00-12:00": 5 * 240,
        "6,7 00:00-24:00": 2 * 1440,
        "1-7 22:00-06:00": 5 * 480,
        "1-7 00:00-24:00": 5 * 720,
    }


@pytest.mark.parametrize(
    ("when", "count", "first"),
    [
        ("1-7 00:00-24:00", 10_080, 0),
        ("7 23:00-01:00", 120, 0),
        ("6-1 8:00-9:00", 180, 480),
        ("2,4,6 00:00-00:30", 90, 1440),
    ],
)
def test_days_and_times(when: str, count: int, first: int) -> None:
    minutes = bands_of(tariff((when, "1")))[0].minutes
    assert len(minutes) == count and min(minutes) == first


@pytest.mark.parametrize(
    "when",
    ["", "08:00-12:00", "1-5", "0-5 08:00-12:00", "1-8 08:00-12:00", "1 24:00-06:00", "1 08:00-08:00", "1 08:60-09:00",
     "Mon 08:00-12:00", "1 08:00-24:30", "1, 2 08:00-09:00"],
)  # fmt: skip
def test_bands_that_say_nothing(when: str) -> None:
    with pytest.raises(UserError, match="says no days and times"):
        saved(WEEK.series(WEEK.energy), [tariff((when, "1"))], PLAIN)


@pytest.mark.parametrize("price", ["", "cheap", "NaN"])
def test_prices_that_are_none(price: str) -> None:
    with pytest.raises(UserError, match="is no number"):
        saved(WEEK.series(WEEK.energy), [tariff(("1-7 00:00-24:00", price))], PLAIN)


def test_a_week_by_hand() -> None:
    """One kWh each quarter of an hour."""
    found = saved(WEEK.series(np.ones(672)), [tariff(*BANDS)], PLAIN)
    assert by_when(found) == {
        "1-5 08:00-12:00": 80,
        "6,7 00:00-24:00": 192,
        "1-7 22:00-06:00": 160,
        "1-7 00:00-24:00": 240,
    }
    assert found.money == Decimal("80") * Decimal("1.2") + Decimal("192") * Decimal("0.4") + 160 * Decimal(
        "0.3"
    ) + 240 * Decimal("0.7")
    assert found.currency == "CNY" and found.unpriced == 0 and found.energy == 672
    assert found.mean_price is not None and float(found.mean_price) == pytest.approx(388.8 / 672)


def test_prices_go_by_the_wall() -> None:
    """At 00:00 UTC it is 08:00 in Shanghai; in Berlin's summer an hour later than in its winter."""
    peak = tariff(("1-7 08:00-09:00", "1"), ("1-7 00:00-24:00", "0"))

    def hours(zone: object, month: int) -> list[int]:
        ones = Series(at(2024, month, 10), 3600, np.arange(1.0, 25.0))
        return [int(saved(ones, [peak], zone).money) - 1]  # type: ignore[arg-type]

    assert hours(SHANGHAI, 1) == [0] and hours(BERLIN, 1) == [7] and hours(BERLIN, 7) == [6] and hours(PLAIN, 7) == [8]


def test_an_hour_in_which_the_price_changes_is_shared() -> None:
    half = tariff(("1-7 08:30-12:00", "1"), ("1-7 00:00-24:00", "0"))
    hours = Series(at(2024, 1, 1) + 8 * 3600, 3600, np.array([10.0]))
    assert saved(hours, [half], PLAIN).money == 5


@given(repeated(st.floats(0, 1e5), 1, 300), st.integers(0, 671))
def test_bands_add_up(values: list[float], first: int) -> None:
    series = Series(WEEK.start + first * 900, 900, np.array(values))
    found = saved(series, [tariff(*BANDS[:2])], BERLIN)
    assert math.isclose(float(found.energy + found.unpriced), math.fsum(values), abs_tol=0.01)
    everything = saved(series, [tariff(("1-7 00:00-24:00", "0.5"))], BERLIN)
    assert everything.unpriced == 0 and math.isclose(float(everything.money), 0.5 * math.fsum(values), abs_tol=0.001)


def test_days_without_a_tariff_and_values_that_are_missing() -> None:
    values = np.ones(672)
    values[:4] = math.nan
    late = tariff(("1-7 00:00-24:00", "1"), start=date(2024, 1, 3))
    found = saved(WEEK.series(values), [late], PLAIN)
    assert found.missing == 4 and found.unpriced == 2 * 96 - 4 and found.energy == 5 * 96
    assert saved(WEEK.series(values), [], PLAIN).unpriced == 668
    assert saved(WEEK.series(values * math.nan), [late], PLAIN).mean_price is None


def test_tariffs_follow_each_other() -> None:
    first = tariff(("1-7 00:00-24:00", "1"), end=date(2024, 1, 3), feed_in=Decimal("0.1"))
    second = tariff(("1-7 00:00-24:00", "2"), start=date(2024, 1, 4), name="New", feed_in=Decimal("0.2"))
    ones = WEEK.series(np.ones(672))
    assert saved(ones, [first, second], PLAIN).money == 3 * 96 + 4 * 96 * 2
    assert feed_in_revenue(ones, [second, first], PLAIN).money == Decimal("0.1") * 288 + Decimal("0.2") * 384


def test_tariffs_that_contradict_each_other() -> None:
    ones, one = WEEK.series(np.ones(4)), tariff(("1-7 00:00-24:00", "1"))
    with pytest.raises(UserError, match="same days"):
        saved(ones, [one, tariff(("1-7 00:00-24:00", "2"), start=date(2024, 12, 31), end=date(2025, 6, 1))], PLAIN)
    with pytest.raises(UserError, match="currencies"):
        feed_in_revenue(ones, [one, tariff(currency="EUR", start=date(2025, 1, 1), end=date(2025, 6, 1))], PLAIN)


def test_days_go_under_one_price_only() -> None:
    days = Series(at(2024, 1, 1), 86_400, np.full(7, 10.0))
    assert saved(days, [tariff(("1-7 00:00-24:00", "0.5"))], PLAIN).money == 35
    with pytest.raises(UserError, match="an hour or less, not of 24 hours"):
        saved(days, [tariff(*BANDS)], PLAIN)
