"""The budget is the area under the pathway, exactly; when it is used up is a calendar year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.targets.budget import area, budget, crossing
from core.targets.pathway import Point, pathway
from tests.core.targets.plans import TONNES, each, target

HALVED = pathway(target(year=2030, reduction=Decimal(50)), Decimal(100))
LEVELS = st.lists(st.integers(0, 500), min_size=1, max_size=15)


@given(TONNES, st.decimals(0, 100, places=3), st.integers(1, 40))
def test_the_budget_equals_the_area(base: Decimal, reduction: Decimal, span: int) -> None:
    points = pathway(target(year=2020 + span, reduction=reduction), base)
    found = budget(points, {})
    assert found.area == Fraction(base) * (2 - Fraction(reduction) / 100) / 2 * span
    assert each(found.used, found.left, found.until) == [0, found.area, 2020]


@given(st.integers(1, 9))
def test_who_keeps_to_the_pathway_uses_what_is_allowed(years: int) -> None:
    kept = {one.year: one.tonnes for one in HALVED[: years + 1]}
    found = budget(HALVED, kept)
    assert each(found.used, found.overdrawn, found.missing) == [found.allowed, 0, ()]
    assert found.left == area((one.year, one.exact) for one in HALVED[years:])


@given(LEVELS)
def test_used_and_left_make_the_whole(levels: list[int]) -> None:
    found = budget(HALVED, {2020 + n: Decimal(level) for n, level in enumerate(levels)})
    assert found.used + found.left == found.area
    assert found.first <= found.until <= found.last


@given(LEVELS)
def test_the_year_of_exhaustion_is_that_of_plain_counting(levels: list[int]) -> None:
    """Half years counted one after the other, on straight lines, reach the budget in the same calendar year."""
    knots = [(2020, Fraction(100)), *((2021 + n, Fraction(level)) for n, level in enumerate(levels))]
    whole = Fraction(410)
    used, expected = Fraction(0), None
    for (year, one), (_, other) in pairwise(knots):
        middle = (one + other) / 2
        for calendar, part in ((year, (one + middle) / 4), (year + 1, (middle + other) / 4)):
            used += part
            if expected is None and used >= whole:
                expected = calendar
    assert crossing(knots, whole) == expected


@pytest.mark.parametrize(
    ("level", "year"),
    [
        (0, None),  # nothing is used
        (50, 2029),  # 425 left from the middle of 2021: 8.5 years, to the end of 2029
        (51, 2029),
        (1000, 2021),
    ],
)
def test_exhausted_at_todays_level(level: int, year: int | None) -> None:
    way = [Point(2020, Fraction(50)), Point(2030, Fraction(45))]  # 475
    found = budget(way, {2020: Decimal(50), 2021: Decimal(level)})
    if level == 50:
        assert found.left == 425
    assert found.exhausted_today == year


def test_a_budget_that_is_used_up_says_when_it_was() -> None:
    found = budget(HALVED, {2021: Decimal(400), 2022: Decimal(400), 2023: Decimal(400), 2024: Decimal(1)})
    assert found.left < 0 and found.exhausted_today == 2022


def test_along_a_forecast_the_year_may_be_another_one() -> None:
    actual = {2021: Decimal(100), 2022: Decimal(100)}
    falling = {year: Decimal(max(0, 100 - 20 * (year - 2022))) for year in range(2023, 2041)}
    found = budget(HALVED, actual, falling)
    # 550 t are left in the middle of 2022: at 100 t/a to the last day of 2027.
    assert each(found.left, found.exhausted_today, found.exhausted_forecast) == [550, 2027, None]
    growing = {2030: Decimal(300)}
    assert budget(HALVED, actual, growing).exhausted_forecast == 2026
    assert budget(HALVED, actual).exhausted_forecast is None


def test_a_forecast_of_years_that_are_known_is_not_looked_at() -> None:
    actual = {2021: Decimal(95), 2022: Decimal(90)}
    assert budget(HALVED, actual, {2021: Decimal(9999)}) == budget(HALVED, actual)


def test_years_in_between_that_are_not_known_are_named() -> None:
    found = budget(HALVED, {2020: Decimal(100), 2023: Decimal(70)})
    assert each(found.missing, found.used) == [(2021, 2022), 255]


def test_years_outside_of_the_pathway_are_left_out() -> None:
    assert budget(HALVED, {2019: Decimal(500), 2031: Decimal(500)}) == budget(HALVED, {})


def test_the_base_year_is_that_of_the_pathway() -> None:
    assert budget(HALVED, {2020: Decimal(900), 2021: Decimal(90)}).used == 95


def test_a_budget_needs_a_pathway() -> None:
    with pytest.raises(UserError, match="at least two years"):
        budget(HALVED[:1], {})
