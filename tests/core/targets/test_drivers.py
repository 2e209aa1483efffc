"""What emissions grow with: past, plan and growth."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import Driver, KeyFigure, Ledger, Scenario
from core.targets.drivers import Level, activity, followed, keys_of, level_of, levels_of, yearly
from tests.core.samples import PLANT

CARS = Driver("d1", "Cars", "production", "car", ("scope1", "scope2_location"), growth=Decimal(2))
PLAIN = Scenario("s", "As planned")


def figure(key: str, name: str, start: str, end: str, quantity: int) -> KeyFigure:
    return KeyFigure(key, name, "car", date.fromisoformat(start), date.fromisoformat(end), Decimal(quantity))


# ---------------------------------------------------------------------- key figures by year


def test_amounts_add_up_and_are_cut_by_days() -> None:
    made = [
        figure("k1", "production", "2023-01-01", "2023-06-30", 100),
        figure("k2", "production", "2023-07-01", "2024-12-31", 550),  # 184 + 366 days
        figure("k3", "headcount", "2023-01-01", "2023-12-31", 7),
    ]
    assert yearly(made, "production") == {2023: 284, 2024: 366}


def test_states_are_their_mean() -> None:
    months = [
        figure(f"k{n}", "headcount", f"2023-{n:02}-01", f"2023-{n:02}-{last}", 100 if n < 7 else 200)
        for n, last in ((n, calendar.monthrange(2023, n)[1]) for n in range(1, 13))
    ]
    (found,) = yearly(months, "headcount").values()
    assert found == pytest.approx((Decimal(100) * 181 + Decimal(200) * 184) / 365)


def test_a_year_with_a_gap_or_counted_twice_is_not_known() -> None:
    half = [figure("k1", "production", "2023-01-01", "2023-06-30", 100)]
    twice = [figure(key, "production", "2023-01-01", "2023-12-31", 100) for key in ("k1", "k2")]
    turned = [figure("k1", "production", "2023-12-31", "2023-01-01", 100)]
    assert yearly(half, "production") == yearly(twice, "production") == yearly(turned, "production") == {}


# ---------------------------------------------------------------------- levels


def test_past_plan_then_growth() -> None:
    past = figure("k1", "production", "2023-01-01", "2023-12-31", 100)
    driver = Driver("d1", "Cars", "production", "car", ("scope1",), "production", (("2026", "130"),), Decimal(10))
    level = level_of(driver, [past], PLAIN)
    assert [level.at(year) for year in (2022, 2023, 2024, 2026, 2027, 2028)] == [
        pytest.approx(Decimal(100) / Decimal("1.1")), 100, 110, 130, 143, Decimal("157.3"),
    ]  # fmt: skip
    assert level.index(2026, 2023) == Decimal("1.3") and level.index(2023, 2023) == 1


def test_what_is_stated_wins_over_the_key_figure() -> None:
    past = figure("k1", "production", "2023-01-01", "2023-12-31", 100)
    driver = Driver("d1", "Cars", "production", "car", ("scope1",), "production", (("2023", "90"),))
    assert level_of(driver, [past], PLAIN).known == ((2023, Decimal(90)),)


def test_growth_alone() -> None:
    level = level_of(CARS, [], PLAIN)
    assert level.index(2026, 2024) == Decimal("1.0404")
    assert level.index(2022, 2024) == pytest.approx(1 / Decimal("1.0404"))


def test_the_scenario_has_another_growth() -> None:
    assert level_of(CARS, [], Scenario("s", "Slow", growth=(("d1", "-1"), ("d2", "9")))).growth == -1
    assert level_of(CARS, [], Scenario("s", "Slow", growth=(("d2", "9"),))).growth == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"values": (("2026", "many"),)},
        {"values": (("soon", "1"),)},
        {"growth": Decimal(-100)},
    ],
)
def test_what_cannot_be_read(changes: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        level_of(replace(CARS, **changes), [], PLAIN)  # type: ignore[arg-type]
    assert "Cars" in str(caught.value) and caught.value.remedy is not None


def test_a_growth_of_the_scenario_that_cannot_be_read() -> None:
    with pytest.raises(UserError):
        level_of(CARS, [], Scenario("s", "S", growth=(("d1", "fast"),)))


def test_from_nothing_nothing_can_be_scaled() -> None:
    level = level_of(
        Driver("d", "New line", "production", "car", ("scope1",), values=(("2024", "0"), ("2025", "9"))), [], PLAIN
    )
    with pytest.raises(UserError) as caught:
        level.index(2025, 2024)
    assert "“New line” is 0 in 2024" in str(caught.value)
    assert level.index(2024, 2024) == 1


@given(
    st.dictionaries(st.integers(2015, 2035), st.decimals(1, 1000, places=1), max_size=4),
    st.integers(-20, 20),
    st.integers(2010, 2045),
    st.integers(2010, 2045),
    st.integers(2010, 2045),
)
def test_indices_chain(known: dict[int, Decimal], growth: int, one: int, two: int, three: int) -> None:
    level = Level(CARS, tuple(sorted(known.items())), Decimal(growth))
    assert level.index(two, one) * level.index(three, two) == pytest.approx(
        level.index(three, one), rel=Decimal("1e-20")
    )
    assert level.at(one) > 0


# ---------------------------------------------------------------------- who follows what


def test_either_key_of_scope_2_is_the_same_electricity() -> None:
    assert keys_of("scope2") == (("scope2_location", "scope2_market"),)
    level = level_of(CARS, [], PLAIN)
    assert followed("scope2", [level]) == followed("scope1", [level]) == (level,)
    assert followed("scope3:4", [level]) == ()


def test_a_category_before_its_scope() -> None:
    whole = level_of(Driver("a", "All", "other", "", ("scope3",)), [], PLAIN)
    steel = level_of(Driver("b", "Steel", "other", "", ("scope3:1",)), [], PLAIN)
    assert followed("scope3:1", [whole, steel]) == (steel,) and followed("scope3:4", [whole, steel]) == (whole,)


def test_several_drivers_count_alike() -> None:
    slow, fast = (Level(CARS, ((2024, Decimal(100)), (2025, Decimal(number))), Decimal(0)) for number in (110, 130))
    assert activity("scope1", [slow, fast], 2025, 2024) == Decimal("1.2")
    assert activity("scope3:1", [slow, fast], 2025, 2024) == 1


def test_all_of_a_ledger_by_id() -> None:
    other = Driver("c", "People", "headcount", "person", ("scope3:7",), "headcount")
    people = figure("k", "headcount", "2024-01-01", "2024-12-31", 50)
    found = levels_of(Ledger.of([PLANT, CARS, other, people]), PLAIN)
    assert [one.driver.id for one in found] == ["c", "d1"] and found[0].known == ((2024, Decimal(50)),)
