"""The grid and the renewable share of the years to come."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions import Ahead, as_now
from core.actions.ahead import on_path
from core.errors import UserError
from core.solar.grid_path import GridPath
from tests.core.actions.plans import BASELINE, ONE, aheads, cell, d

HALL, HEAT = BASELINE.cells[3], BASELINE.cells[5]


def test_nothing_changes_unless_it_is_said() -> None:
    now = as_now(BASELINE)
    assert now.grid_part(2050) == 1 and now.share_in(2050) == 0
    assert now.supply(HALL, 2050) == d(600, 400)


def test_a_table_of_the_grid() -> None:
    way = Ahead(2024, grid=((2030, Decimal(70)), (2040, Decimal(20))))
    assert [way.grid_part(year) for year in (2020, 2024, 2027, 2030, 2035, 2040, 2060)] == [
        1, 1, Decimal("0.85"), Decimal("0.7"), Decimal("0.45"), Decimal("0.2"), Decimal("0.2"),
    ]  # fmt: skip


def test_a_table_in_other_numbers_is_taken_of_the_baseline() -> None:
    way = Ahead(2024, grid=((2020, Decimal(100)), (2028, Decimal(50))))
    assert [way.grid_part(year) for year in (2024, 2026, 2028)] == [
        1, pytest.approx(Decimal(625) / 750), pytest.approx(Decimal(50) / 75),
    ]  # fmt: skip


@given(st.integers(2024, 2060), st.integers(0, 60))
def test_the_decline_is_that_of_the_solar_room(year: int, percent: int) -> None:
    other = GridPath(1.0, 2024, decline=percent / 100)
    assert float(Ahead(2024, Decimal(percent)).grid_part(year)) == pytest.approx(other.at(year), rel=1e-12)


def test_market_based_tonnes_vanish_with_the_share() -> None:
    way = Ahead(2024, share=((2024, Decimal(20)), (2027, Decimal(100))), now=Decimal(20))
    assert way.supply(HALL, 2024) == d(600, 400)
    assert way.supply(HALL, 2025)[1] == pytest.approx(Decimal(400) * Decimal(2) / 3)
    assert way.supply(HALL, 2027) == d(600, 0) and way.supply(HALL, 2050) == d(600, 0)
    assert way.all_renewable(2027) and not way.all_renewable(2026)


def test_what_is_no_longer_covered_counts_again() -> None:
    clean = cell("scope2", "Hall", "electricity", 600, 1_000_000, market=0)
    way = Ahead(2024, share=((2024, Decimal(100)), (2030, Decimal(75))), now=Decimal(100))
    assert way.supply(clean, 2024) == d(600, 0)
    assert way.supply(clean, 2030) == d(600, 150)  # a quarter, by the location-based factor


def test_heat_follows_neither() -> None:
    way = Ahead(2024, Decimal(50), share=((2030, Decimal(100)),))
    assert way.supply(HEAT, 2030) == d(90, 90)


def test_need_scales_both_views() -> None:
    assert Ahead(2024, Decimal(10)).tonnes(HALL, 2025, Decimal("0.5")) == d(270, 200)


@pytest.mark.parametrize(
    "said",
    [
        {"decline": Decimal(100)},
        {"decline": Decimal(-100)},
        {"grid": ((2030, Decimal(-1)),)},
        {"grid": ((2024, Decimal(0)),)},
        {"grid": ((2030, Decimal(1)), (2030, Decimal(2)))},
        {"share": ((2030, Decimal(101)),)},
        {"share": ((2030, Decimal(-1)),)},
        {"share": ((2030, Decimal(1)), (2030, Decimal(2)))},
        {"now": Decimal("100.1")},
    ],
)
def test_what_cannot_be(said: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        Ahead(2024, **said)  # type: ignore[arg-type]
    assert caught.value.remedy is not None


@given(st.dictionaries(st.integers(2000, 2050), st.decimals(0, 100, places=2), min_size=1, max_size=5))
def test_a_path_goes_through_its_points_and_stays_between_them(points: dict[int, Decimal]) -> None:
    path = tuple(points.items())
    for year, value in points.items():
        assert on_path(path, year) == value
    for year in range(1995, 2056):
        assert min(points.values()) <= on_path(path, year) <= max(points.values())


@given(aheads(), st.integers(2024, 2050))
def test_nothing_turns_negative_and_the_baseline_is_itself(way: Ahead, year: int) -> None:
    location, market = way.tonnes(HALL, year, ONE)
    assert location >= 0 and market >= 0
    if way.share_in(year) == 100:
        assert market == 0 or way.share_in(2024) == 100
    assert way.supply(HALL, 2024)[1] == 400
