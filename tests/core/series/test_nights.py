"""Use and generation at night."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from core.series import Series
from core.series.nights import night_generation, night_use
from core.series.working import Calendar
from tests.core.series.shapes import WARSAW, local, seen, with_gap

MONDAY = date(2024, 1, 8)


def two_levels(night: float) -> Series:
    return local(MONDAY, 14, value=lambda day, hour: 100.0 if 6 <= hour < 22 and day % 7 < 5 else night)


def test_use_at_night_near_that_of_working_hours_is_told() -> None:
    series = two_levels(70.0)
    (problem,) = night_use(seen(series), Calendar())
    assert (problem.check, problem.severity, problem.count) == ("night_use", "info", 14 * 20)
    assert problem.amount == 14 * 20 * 70.0 and (problem.start, problem.end) == (series.start, series.end)
    assert str(problem.message) == "At night 280 kW are used, 70 % of the 400 kW of working hours."


def test_a_quiet_night_is_not_told() -> None:
    assert night_use(seen(two_levels(60.0)), Calendar()) == ()


@pytest.mark.parametrize("direction", ["export", "generation", "sensor"])
def test_what_is_not_used_is_not_asked(direction: str) -> None:
    assert night_use(seen(two_levels(70.0), direction=direction), Calendar()) == ()
    assert night_use(seen(two_levels(70.0), medium="temperature"), Calendar()) == ()


def test_without_enough_working_days_or_nights_nothing_is_said() -> None:
    week = local(MONDAY, 4, value=lambda day, hour: 70.0)
    assert night_use(seen(week), Calendar()) == ()
    off = frozenset(date(2024, 1, day) for day in range(8, 22))
    assert night_use(seen(two_levels(70.0)), Calendar(holidays=off)) == ()
    by_day = local(MONDAY, 14)
    values = np.where((by_day.starts + 8 * 3600) % 86400 < 5 * 3600, np.nan, by_day.values)
    assert night_use(seen(Series(by_day.start, 900, values)), Calendar()) == ()
    assert night_use(seen(with_gap(by_day, 0, len(by_day))), Calendar()) == ()
    assert night_use(seen(local(MONDAY, 14, value=lambda day, hour: 0.0)), Calendar()) == ()


def sun(moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """A sun that rises at 6 and sets at 18 o'clock in Shanghai, 15 degrees an hour."""
    hour = (moments + 8 * 3600) % 86400 / 3600
    return np.asarray(90.0 - 15.0 * np.abs(hour - 12.0), np.float64)


def generation(shift: int = 0) -> Series:
    return local(MONDAY, 3, value=lambda day, hour: max(0.0, 25 - (hour - shift - 11.875) ** 2))


def test_generation_in_daylight_is_right() -> None:
    assert night_generation(seen(generation(), direction="generation"), sun) == ()


def test_generation_in_a_wrong_time_zone_is_found() -> None:
    found = night_generation(seen(generation(6), direction="generation"), sun)
    assert len(found) == 3
    first = found[0]
    # From 18:15, whose middle is more than 0.833° + 15°/h / 8 below the horizon, to the last value above 1 %.
    assert first.start == generation().start + 73 * 900 and first.severity == "warning"
    assert first.count == 19 and first.amount is not None and first.amount > 0
    assert "2024-01-08 18:15 to 2024-01-08 23:00" in str(first.message)
    assert "were generated while the sun was below the horizon" in str(first.message)


def test_an_array_of_elevations_is_the_same_as_a_function() -> None:
    series = generation(6)
    middles = series.starts + 450
    assert night_generation(seen(series, direction="generation"), sun(middles)) == night_generation(
        seen(series, direction="generation"), sun
    )


def test_an_interval_in_which_the_sun_sets_may_have_generation() -> None:
    hourly = local(MONDAY, 1, step=3600, value=lambda day, hour: 1.0 if 5 <= hour <= 18 else 0.0)
    assert night_generation(seen(hourly, direction="generation"), sun) == ()
    later = local(MONDAY, 1, step=3600, value=lambda day, hour: 1.0 if 5 <= hour <= 19 else 0.0)
    (problem,) = night_generation(seen(later, direction="generation"), sun)
    assert problem.count == 1


def test_noise_of_an_inverter_is_no_generation() -> None:
    series = local(MONDAY, 1, value=lambda day, hour: 10.0 if 7 <= hour < 17 else 0.09)
    assert night_generation(seen(series, direction="generation"), sun) == ()
    assert night_generation(seen(with_gap(series, 0, 96), direction="generation"), sun) == ()


def test_intervals_of_half_a_day_say_nothing_of_the_night() -> None:
    assert night_generation(seen(local(MONDAY, 5, step=43200), direction="generation"), np.full(10, -60.0)) == ()


def test_moments_are_told_on_the_clock_of_the_plant() -> None:
    series = Series(1_704_668_400, 3600, np.ones(3))
    (problem,) = night_generation(seen(series, WARSAW, direction="generation"), np.full(3, -50.0))
    assert "From 2024-01-08 00:00 to 2024-01-08 03:00 3 kWh" in str(problem.message)
