"""All questions to a meter at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings

from core.series import Series
from core.series.examine import calibration, examine
from core.series.problems import CHECKS
from core.series.zones import begin_of
from tests.core.series.shapes import SHANGHAI, WARSAW, ZONES, loads, local, meter, with_gap

MONDAY = date(2024, 1, 8)


def wave(day: int, hour: float) -> float:
    return 10.0 + hour / 10 + (20.0 if 8 <= hour < 16 else 0.0)


def test_a_good_meter_has_no_problem() -> None:
    assert examine(meter(), local(MONDAY, 14, value=wave), zone=SHANGHAI) == ()


def test_everything_is_asked_and_told_in_order() -> None:
    values = local(MONDAY, 30, value=wave).values
    values[100:110] = np.nan
    values[500:600] = 30.0
    values[700] = -1.0
    values[1000:1192] *= 1000
    series = Series(begin_of(MONDAY, SHANGHAI), 900, values)
    main = meter(highest=Decimal(150), calibrated_to="2024-01-31", direction="generation")
    found = examine(
        main, series, {"c1": local(MONDAY, 30, value=lambda d, h: 20_000.0)}, zone=SHANGHAI,
        elevation=np.full(len(series), -50.0),
    )  # fmt: skip
    checks = list(dict.fromkeys(problem.check for problem in found))
    assert checks == [check for check in CHECKS if check != "night_use"]
    assert {problem.meter for problem in found} == {"m1"}
    for check in checks:
        starts = [problem.start for problem in found if problem.check == check]
        assert starts == sorted(starts)


def test_use_at_night_belongs_to_the_questions() -> None:
    (problem,) = examine(meter(), local(MONDAY, 14, value=lambda day, hour: 10.0 + hour / 10), zone=SHANGHAI)
    assert problem.check == "night_use"


def test_the_sun_is_asked_only_of_what_is_generated() -> None:
    series = local(MONDAY, 1, value=wave)
    sensor = meter(medium="irradiance", unit="W/m2", direction="sensor")
    assert examine(sensor, series, zone=SHANGHAI, elevation=np.full(96, -50.0)) == ()


def test_the_limit_of_equal_values_is_passed_on() -> None:
    series = local(MONDAY, 1, value=lambda day, hour: 5.0 if hour < 3 else 6.0 + hour)
    assert examine(meter(), series, zone=SHANGHAI) == ()
    assert [p.count for p in examine(meter(), series, zone=SHANGHAI, longest_stuck=11)] == [12]


def test_what_was_counted_after_the_calibration_ended() -> None:
    series = with_gap(local(MONDAY, 4, WARSAW, 3600, lambda day, hour: 2.0), 80, 90)
    (problem,) = calibration(meter(calibrated_to="2024-01-09"), series, WARSAW)
    assert (problem.check, problem.severity) == ("calibration", "warning")
    assert (problem.start, problem.end) == (series.start + 2 * 86400, series.end)
    assert (problem.count, problem.amount) == (38, 76.0)
    assert str(problem.message) == "The calibration was valid to 2024-01-09 only; 76 kWh were counted afterwards."


def test_the_last_day_of_the_calibration_is_included() -> None:
    series = local(MONDAY, 4, WARSAW)
    assert calibration(meter(calibrated_to="2024-01-11"), series, WARSAW) == ()
    assert calibration(meter(calibrated_to="2024-01-10"), series, WARSAW) != ()


def test_a_day_says_how_far_the_calibration_must_hold() -> None:
    series = local(MONDAY, 4, WARSAW, 3600, lambda day, hour: 2.0)
    assert calibration(meter(calibrated_to="2024-01-09"), series, WARSAW, date(2024, 1, 9)) == ()
    (one,) = calibration(meter(calibrated_to="2024-01-09"), series, WARSAW, date(2024, 1, 10))
    assert (one.count, one.amount, one.end) == (24, 48.0, begin_of(date(2024, 1, 11), WARSAW))
    (year,) = calibration(meter(calibrated_to="2024-01-20"), series, WARSAW, date(2024, 12, 31))
    assert str(year.message) == "The calibration was valid to 2024-01-20 only." and year.amount is None


def test_a_meter_without_intervals_is_asked_for_its_calibration() -> None:
    (problem,) = examine(meter(calibrated_to="2023-12-31"), None, zone=WARSAW, day=date(2024, 12, 31))
    assert problem.check == "calibration" and problem.count == 0
    assert problem.start < problem.end == begin_of(date(2025, 1, 1), WARSAW)
    assert examine(meter(), None, zone=WARSAW, day=date(2024, 12, 31)) == ()
    assert examine(meter(calibrated_to=""), None, zone=WARSAW) == ()


@pytest.mark.parametrize(("said", "severity", "words"), [("", "info", "not known"), ("May 24", "warning", "“May 24”")])
def test_a_calibration_that_is_not_known_or_no_day(said: str, severity: str, words: str) -> None:
    (problem,) = calibration(meter(calibrated_to=said), local(MONDAY, 1), SHANGHAI)
    assert problem.severity == severity and words in str(problem.message)


@settings(max_examples=60, deadline=None)
@given(loads(), ZONES)
def test_whatever_is_examined_has_an_answer_and_stays_as_it_is(series: Series, zone: ZoneInfo) -> None:
    before = series.values.copy()
    found = examine(
        meter(calibrated_to="2015-06-30", lowest=Decimal(1), highest=Decimal(50)),
        series,
        {"c1": series},
        zone=zone,
        elevation=lambda moments: np.full(len(moments), -90.0),
    )
    for problem in found:
        assert problem.check in CHECKS and problem.severity in ("warning", "info")
        assert problem.start <= problem.end and problem.count >= 0
    assert not [problem for problem in found if problem.check == "children"]
    np.testing.assert_array_equal(series.values, before)
