"""Months side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.series.read import MonthSum
from core.series.years import year_over_year


def month(year: int, number: int, total: str, missing: int = 0) -> MonthSum:
    return MonthSum(date(year, number, 1), Decimal(total), 2976, 2976 - missing, 0)


def test_months_of_years_stand_side_by_side() -> None:
    found = year_over_year([month(2024, 1, "120"), month(2023, 1, "100"), month(2023, 2, "90"), month(2024, 2, "81")])
    assert found.years == (2023, 2024)
    assert found.total(2023, 2) == 90 and found.total(2024, 3) is None and found.total(1999, 1) is None
    assert found.change(2024, 1) == pytest.approx(0.2) and found.change(2024, 2) == pytest.approx(-0.1)
    assert found.change(2023, 1) is None and found.change(2024, 3) is None
    both = found.compare(2024)
    assert (both.months, both.now, both.before) == ((1, 2), Decimal(201), Decimal(190))


def test_a_month_with_a_gap_is_shown_but_not_compared() -> None:
    found = year_over_year(
        [month(2023, 1, "100"), month(2024, 1, "60", missing=1000), month(2024, 2, "0", missing=2976)]
    )
    assert found.total(2024, 1) == 60 and not found.whole(2024, 1)
    assert found.change(2024, 1) is None
    assert found.total(2024, 2) is None
    assert found.compare(2024).months == () and found.compare(2024).change is None


def test_nothing_before_gives_no_change() -> None:
    found = year_over_year([month(2023, 1, "0"), month(2024, 1, "5")])
    assert found.change(2024, 1) is None and found.compare(2024).now == 5


def test_sums_are_exact() -> None:
    sums = [month(year, n, f"{year}000000000.{n:09}") for year in (2023, 2024) for n in range(1, 13)]
    both = year_over_year(sums).compare(2024)
    assert both.now == Decimal("24288000000000.000000078") and both.before == Decimal("24276000000000.000000078")


def test_no_months_no_years() -> None:
    assert year_over_year([]).years == ()
