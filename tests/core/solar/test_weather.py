"""Weather in hours and months: local months, gaps, typical years in the calendar."""

from __future__ import annotations

from dataclasses import replace as _replace
from typing import Any

import numpy as np
import pytest

from core.errors import UserError
from core.solar.model import Site
from core.solar.weather import Hourly, climate_of
from tests.core.solar.synthetic import BEIJING, KROSNO, weather

HOURS = weather(BEIJING)
LENGTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def replace(record: Hourly, **changes: Any) -> Hourly:
    """The same with other values."""
    return _replace(record, **changes)


def test_a_month_is_a_local_one() -> None:
    assert HOURS.months[0] == (2021 - 1970) * 12 and HOURS.months[-1] == HOURS.months[0] + 11
    assert np.array_equal(np.bincount(HOURS.months - HOURS.months[0]), LENGTHS * 24)


def test_a_climate_is_the_sum_of_its_hours() -> None:
    climate = climate_of(HOURS)
    assert HOURS.ghi is not None and HOURS.temp_air is not None and climate.diffuse is not None
    assert climate.ghi.sum() == pytest.approx(HOURS.ghi.sum() / 1000.0)
    assert climate.ghi[5] == pytest.approx(HOURS.ghi[HOURS.months % 12 == 5].sum() / 1000.0)
    assert climate.temperature[0] == pytest.approx(HOURS.temp_air[: 31 * 24].mean())
    assert (climate.diffuse < climate.ghi).all() and climate.wind is not None
    assert climate.site == BEIJING.site


def test_years_are_averaged_and_steps_may_be_shorter() -> None:
    two = weather(KROSNO, step=1_800, years=2, seed=3)
    assert two.ghi is not None
    climate = climate_of(two)
    assert climate.ghi.sum() == pytest.approx(two.ghi.sum() / 4_000.0, rel=1e-3)  # February 2022 and 2021 are alike
    bare = replace(two, dhi=None, dni=None, wind=None)
    assert climate_of(bare).diffuse is None and climate_of(bare).wind is None


def test_a_leap_year_has_a_longer_february() -> None:
    start = 1_704_067_200  # 2024-01-01
    ones = np.ones(366 * 24)
    climate = climate_of(Hourly(Site(0.0, 0.0), start, 3_600, ghi=1_000 * ones, temp_air=ones))
    assert climate.ghi[1] == pytest.approx(29 * 24)


def test_some_missing_hours_are_no_harm_but_a_missing_month_is() -> None:
    assert HOURS.ghi is not None
    holed = np.array(HOURS.ghi)
    holed[::20] = np.nan
    assert climate_of(replace(HOURS, ghi=holed)).ghi.sum() == pytest.approx(climate_of(HOURS).ghi.sum(), rel=0.02)
    holed[100:250] = np.nan
    with pytest.raises(UserError, match="Month 1 of the weather is not complete"):
        climate_of(replace(HOURS, ghi=holed))
    columns = {name: values if values is None else values[: 300 * 24] for name, values in HOURS.columns().items()}
    with pytest.raises(UserError, match="Month 10"):
        climate_of(replace(HOURS, **columns))


def test_without_horizontal_light_or_warmth_there_is_no_climate() -> None:
    for name in ("ghi", "temp_air"):
        with pytest.raises(UserError, match="no horizontal irradiance or no temperature"):
            climate_of(replace(HOURS, **{name: None}))
