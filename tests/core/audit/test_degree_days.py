"""Degree days of the days that were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.degree_days import (
    DailyMeans,
    degree_day_figures,
    degree_days,
    means_of_sensor,
    means_of_weather,
)
from core.audit.key_figures import COOLING, HEATING
from core.errors import UserError
from core.inventory import Period, year_of
from core.series.series import Series
from core.solar.model import Site
from core.solar.weather import Hourly

JANUARY = Period(date(2024, 1, 1), date(2024, 1, 31))
NEW_YEAR = 1_704_067_200
"""2024-01-01T00:00Z."""


def test_heating_and_cooling_count_what_lies_beyond_the_base() -> None:
    """Two cold days 8 K and 0.5 K below 18 °C; a hot one 4 K above 26 °C; the base itself counts nothing."""
    means = DailyMeans(date(2024, 1, 1), np.array([10.0, 17.5, 18.0, 26.0, 30.0]))
    week = Period(date(2024, 1, 1), date(2024, 1, 5))
    assert degree_days(means, HEATING, Decimal(18), week) == Decimal("8.5")
    assert degree_days(means, COOLING, Decimal(26), week) == Decimal("4.0")


def test_a_day_that_is_not_known_leaves_the_month_unknown() -> None:
    values = np.full(31, 5.0)
    values[10] = np.nan
    assert degree_days(DailyMeans(JANUARY.start, values), HEATING, Decimal(18), JANUARY) is None
    assert degree_days(DailyMeans(JANUARY.start, values[:30]), HEATING, Decimal(18), JANUARY) is None
    assert degree_days(DailyMeans(date(2024, 1, 2), np.full(40, 5.0)), HEATING, Decimal(18), JANUARY) is None


def test_days_of_a_weather_file_are_local() -> None:
    """At UTC+8 the first local hours of the year lie in the last UTC day of the one before."""
    hours = np.repeat(np.arange(31.0), 24)
    weather = Hourly(Site(40.0, 115.0), NEW_YEAR - 8 * 3600, 3600, temp_air=hours, offset=8 * 3600)
    means = means_of_weather(weather)
    assert means.first == JANUARY.start
    assert means.values.tolist() == list(range(31))


def test_a_day_with_few_hours_is_not_known() -> None:
    hours = np.full(48, 3.0)
    hours[24:27] = np.nan
    weather = Hourly(Site(40.0, 115.0), NEW_YEAR, 3600, temp_air=hours)
    assert np.isnan(means_of_weather(weather).values).tolist() == [False, True]


def test_a_typical_year_says_nothing_about_a_year_that_was() -> None:
    weather = Hourly(Site(40.0, 115.0), NEW_YEAR, 3600, temp_air=np.zeros(24), typical=True)
    with pytest.raises(UserError, match="typical year"):
        means_of_weather(weather)
    with pytest.raises(UserError, match="no air temperature"):
        means_of_weather(Hourly(Site(40.0, 115.0), NEW_YEAR, 3600, ghi=np.zeros(24)))


def test_days_of_a_sensor_are_those_of_its_clock() -> None:
    series = Series(NEW_YEAR - 8 * 3600, 3600, np.repeat([1.0, 2.0], 24))
    means = means_of_sensor(series, ZoneInfo("Asia/Shanghai"))
    assert means.first == JANUARY.start and means.values.tolist() == [1.0, 2.0]


def test_figures_name_their_base_and_what_is_unknown() -> None:
    values = np.full(366, 8.0)
    values[40] = np.nan
    found = degree_day_figures(DailyMeans(date(2024, 1, 1), values), HEATING, Decimal(18), year_of(2024), "", "a.epw")
    assert found.unknown == (date(2024, 2, 1),) and len(found.figures) == 11
    assert found.figures[0].quantity == Decimal("310.0") and found.figures[0].note == "18 °C; a.epw"


@pytest.mark.parametrize("base", [Decimal(-30), Decimal(60)])
def test_an_impossible_base_is_refused(base: Decimal) -> None:
    with pytest.raises(UserError, match="not plausible"):
        degree_day_figures(DailyMeans(date(2024, 1, 1), np.zeros(366)), HEATING, base, year_of(2024), "", "")


def test_nothing_known_is_refused() -> None:
    with pytest.raises(UserError, match="No month"):
        degree_day_figures(DailyMeans(date(2020, 1, 1), np.zeros(366)), HEATING, Decimal(18), year_of(2024), "", "")


@given(st.lists(st.floats(-30, 40), min_size=31, max_size=31), st.integers(-15, 40))
def test_heating_less_cooling_is_the_mean_below_the_base(values: list[float], base: int) -> None:
    """Σ max(0, b - t) - Σ max(0, t - b) = Σ (b - t)."""
    means = DailyMeans(JANUARY.start, np.array(values))
    heating = degree_days(means, HEATING, Decimal(base), JANUARY)
    cooling = degree_days(means, COOLING, Decimal(base), JANUARY)
    assert heating is not None and cooling is not None and heating >= 0 and cooling >= 0
    assert abs(float(heating - cooling) - sum(base - one for one in values)) < 0.11
