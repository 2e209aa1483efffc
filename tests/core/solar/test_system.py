"""What is known of a PV system over some time: months that add up, and an average year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from core.series.metered import Metered
from core.solar.expected import expected_of
from core.solar.system import arrays_of
from core.solar.weather import Hourly
from core.solar.yields import typical_months
from tests.core.solar.roofs import demo, seen, system


def billed(metered: Metered, month: date) -> Decimal:
    return sum(
        (a.quantity for a in metered.ledger.activities if a.start == month
         and a.item == "solar_generated"), Decimal(0)
    )  # fmt: skip


def test_months_are_those_of_the_bills_and_add_up() -> None:
    found = seen()
    assert len(found.months) == 12
    for month in found.months:
        assert month.energy == billed(demo(0), month.month)
        assert month.present == month.expected == 96 * _days(month.month)
    assert found.energy == sum((month.energy or Decimal(0) for month in found.months), Decimal(0))
    assert found.whole is not None
    assert found.whole.energy == pytest.approx(float(found.energy))


def _days(month: date) -> int:
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (after - month).days


def test_the_average_year_is_that_of_the_climate() -> None:
    found = seen()
    assert found.typical is not None
    assert found.typical_year == pytest.approx(sum(month.typical or 0 for month in found.months))
    assert typical_months(found.typical).tolist() == [month.typical for month in found.months]


def test_a_year_of_hours_is_taken_month_by_month() -> None:
    model = seen().model
    hours = 8760
    day = np.clip(np.sin((np.arange(hours) % 24 - 14 + 12) / 24 * 2 * np.pi - np.pi / 2), 0, None) * 700
    start = 1_735_689_600  # 2025-01-01 UTC
    weather = Hourly(model.site, start, 3600, ghi=np.roll(day, -8), temp_air=np.full(hours, 15.0))
    typical = expected_of(model, weather)
    assert typical is not None
    months = typical_months(typical)
    assert months.shape == (12,)
    assert float(months.sum()) == pytest.approx(float(np.nansum(typical.energy)))


def test_a_month_is_a_share_of_the_average_only_where_all_of_it_is_counted() -> None:
    month = seen().months[0]
    assert month.ratio is not None
    assert month.ratio == float(month.energy or 0) / (month.typical or 1)
    assert replace(month, present=month.expected - 1).ratio is None
    assert replace(month, typical=None).ratio is None


def test_light_and_area_are_those_of_all_modules() -> None:
    found = seen()
    assert found.typical is not None and found.typical_light == found.typical.irradiation, "twelve months are one year"
    assert found.power == sum(array.dc_power for array in arrays_of(demo(0), system(demo(0))))
    assert found.area == sum(array.area for array in found.arrays) > 0
