"""Differences of counters, with everything that happens to counters."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import Meter, MeterExchange, Reading
from core.series import Series
from core.series.codec import encode
from core.series.counters import Consumed, backwards, consumption, counter_series

NAN = math.nan
METER = Meter("m", "Hall 1", "electricity", "import", "kWh", multiplier=Decimal(80), digits=5)
ONE = Meter("m", "Hall 1", "electricity", "import", "kWh")


def day(number: int) -> date:
    """Day 0 is the last of 2023."""
    return date(2023, 12, 31) + timedelta(days=number)


def state(number: int, value: str, *, estimated: bool = False, key: str = "") -> Reading:
    at = day(number)
    return Reading(key or f"s{number}", "m", at, at, Decimal(value), counter=True, estimated=estimated)


def amount(first: int, last: int, value: str) -> Reading:
    return Reading(f"a{first}", "m", day(first), day(last), Decimal(value))


def exchange(number: int, last: str, first: str, multiplier: str = "1", digits: int = 0) -> MeterExchange:
    return MeterExchange(
        f"x{number}", "m", day(number), Decimal(last), Decimal(first), multiplier=Decimal(multiplier), digits=digits
    )


def short(found: list[Consumed]) -> list[tuple[int, int, str, tuple[str, ...]]]:
    zero = day(0)
    return [((c.start - zero).days, (c.end - zero).days, str(c.amount), c.reading_ids) for c in found]


def test_the_difference_of_states_times_the_multiplier() -> None:
    found = consumption([state(31, "120.25"), state(0, "100"), state(60, "150.5")], METER, [])
    assert short(found) == [(1, 31, "1620.00", ("s0", "s31")), (32, 60, "2420.00", ("s31", "s60"))]


def test_amounts_are_what_was_read() -> None:
    found = consumption([amount(32, 60, "7"), amount(1, 31, "5.50")], METER, [])
    assert short(found) == [(1, 31, "5.50", ("a1",)), (32, 60, "7", ("a32",))]


def test_other_meters_do_not_matter() -> None:
    other = Reading("o", "n", day(5), day(5), Decimal(1), counter=True)
    swap = MeterExchange("x", "n", day(7), Decimal(1), Decimal(0))
    assert short(consumption([state(0, "1"), other, state(9, "3")], ONE, [swap])) == [(1, 9, "2", ("s0", "s9"))]


def test_a_roll_over() -> None:
    found = consumption([state(0, "99990"), state(31, "15")], METER, [])
    assert short(found) == [(1, 31, "2000", ("s0", "s31"))]


@pytest.mark.parametrize(
    ("meter", "before", "after"),
    [
        (ONE, "200", "199"),
        (METER, "60000", "40000"),
        (METER, "123456", "5"),
        (Meter("m", "Hall 1", "electricity", "import", "kWh", digits=5, highest=Decimal(1)), "99000", "20"),
    ],
    ids=["no digits", "more than half the range", "more digits than it has", "more power than it can"],
)
def test_a_counter_that_went_backwards_is_told(meter: Meter, before: str, after: str) -> None:
    with pytest.raises(UserError, match="Hall 1 went backwards") as caught:
        consumption([state(0, before), state(31, after)], meter, [])
    assert "on 2023-12-31" in str(caught.value) and "on 2024-01-31" in str(caught.value)


def test_the_highest_power_says_whether_a_roll_over_is_believed() -> None:
    """60,000 in 30 days of 24 h are 83.3 an hour."""
    for highest, believed in (("83.4", True), ("83.3", False)):
        meter = Meter("m", "Hall 1", "electricity", "import", "kWh", digits=5, highest=Decimal(highest))
        states = [state(0, "90000"), state(30, "50000")]
        if believed:
            assert consumption(states, meter, [])[0].amount == 60000
        else:
            with pytest.raises(UserError, match="backwards"):
                consumption(states, meter, [])


def test_an_exchange_between_two_readings() -> None:
    found = consumption([state(0, "900"), state(31, "50")], METER, [exchange(11, "910", "20", multiplier="100")])
    assert short(found) == [(1, 31, str(10 * 80 + 30 * 100), ("s0", "x11", "s31"))]


def test_the_new_counter_has_its_own_digits() -> None:
    swap = exchange(11, "5", "99", digits=2)
    found = consumption([state(0, "99995"), state(31, "3")], METER, [swap])
    assert found[0].amount == 10 * 80 + 4


def test_two_exchanges_between_two_readings() -> None:
    swaps = [exchange(20, "7", "0", multiplier="3"), exchange(10, "10", "5", multiplier="2")]
    found = consumption([state(0, "0"), state(31, "1")], ONE, swaps)
    assert short(found) == [(1, 31, "17", ("s0", "x10", "x20", "s31"))]


def test_an_exchange_stands_for_itself_at_the_ends() -> None:
    found = consumption([state(20, "30")], ONE, [exchange(11, "910", "20"), exchange(25, "42", "0")])
    assert short(found) == [(11, 20, "10", ("x11", "s20")), (21, 24, "12", ("s20", "x25"))]


def test_what_ran_on_the_day_of_the_exchange_is_not_lost() -> None:
    """Read at the end of day 10; the old counter ran on until it was taken out on day 11."""
    assert short(consumption([state(0, "0"), state(10, "10")], ONE, [exchange(11, "12", "0")])) == [
        (1, 10, "10", ("s0", "s10")),
        (11, 11, "2", ("s10", "x11")),
    ]
    states = [state(0, "0"), state(10, "10"), state(20, "5")]
    assert short(consumption(states, ONE, [exchange(11, "12", "0")])) == [
        (1, 10, "10", ("s0", "s10")),
        (11, 20, "7", ("s10", "x11", "s20")),
    ]
    assert len(consumption(states[:2], ONE, [exchange(11, "10", "0")])) == 1


def test_one_state_alone_says_nothing() -> None:
    assert consumption([state(0, "5")], ONE, []) == []
    assert consumption([], ONE, [exchange(3, "5", "0")]) == []


def test_an_estimated_state_makes_both_sides_estimates() -> None:
    found = consumption([state(0, "0"), state(10, "4", estimated=True), state(20, "9"), state(30, "9")], ONE, [])
    assert [c.estimated for c in found] == [True, True, False]


def test_the_same_state_twice_is_once() -> None:
    found = consumption([state(0, "0"), state(10, "4"), state(10, "4.0", key="again"), state(20, "9")], ONE, [])
    assert [(c.start, c.amount) for c in found] == [(day(1), Decimal(4)), (day(11), Decimal(5))]


@pytest.mark.parametrize("values", [("4", "5"), ("5", "4")])
def test_two_states_of_a_day_contradict_each_other(values: tuple[str, str]) -> None:
    with pytest.raises(UserError, match="of Hall 1 on 2024-01-10 differ"):
        consumption([state(10, values[0], key="one"), state(10, values[1], key="other")], ONE, [])


def test_days_are_not_claimed_twice() -> None:
    with pytest.raises(UserError, match=r"claim 2024-01-05: 3 and 9"):
        consumption([state(0, "0"), state(10, "3"), amount(5, 20, "9")], ONE, [])
    with pytest.raises(UserError, match=r"claim 2024-01-10"):
        consumption([amount(1, 10, "3"), amount(10, 20, "9")], ONE, [])


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30), st.integers(0, 999), st.randoms(use_true_random=False))
def test_nothing_is_lost_over_roll_overs_and_exchanges(steps: list[int], begin: int, chance: Random) -> None:
    """A counter of three digits that is read, rolls over and is now and then exchanged."""
    readings, exchanges, shown = [state(0, str(begin))], [], begin
    for number, step in enumerate(steps, 1):
        if chance.random() < 0.3:
            part = chance.randint(0, step)
            fresh = chance.randint(0, 999)
            exchanges.append(exchange(number * 10 - 5, str((shown + part) % 1000), str(fresh), digits=3))
            shown = (fresh + step - part) % 1000
        else:
            shown = (shown + step) % 1000
        readings.append(state(number * 10, str(shown)))
    chance.shuffle(readings)
    meter = Meter("m", "Hall 1", "electricity", "import", "kWh", digits=3)
    found = consumption(readings, meter, exchanges)
    assert [c.amount for c in found] == steps
    assert [(c.start, c.end) for c in found] == [(day(i * 10 + 1), day(i * 10 + 10)) for i in range(len(steps))]


def states_of(*values: float, marks: list[int] | None = None) -> Series:
    return Series(1_700_000_100, 900, np.array(values), None if marks is None else np.array(marks, np.uint8))


def test_intervals_from_states() -> None:
    found = counter_series(states_of(100.1, 100.4, 100.4, 101))
    assert (found.start, found.step) == (1_700_001_000, 900)
    assert found.values.tolist() == [0.3, 0, 0.6]


def test_a_gap_gives_no_energy() -> None:
    states = states_of(1, 2, NAN, NAN, 9, 10)
    found = counter_series(states)
    assert np.array_equal(found.values, [1, NAN, NAN, NAN, 1], equal_nan=True)
    assert backwards(states, found).size == 0


def test_intervals_over_a_roll_over() -> None:
    assert counter_series(states_of(9998.5, 9999.5, 1.25), Decimal("0.5"), digits=4).values.tolist() == [0.5, 0.875]


@pytest.mark.parametrize(("digits", "highest"), [(0, None), (1, None), (2, Decimal("11.9")), (1, Decimal("1000"))])
def test_backwards_without_a_reason_is_missing_and_named(digits: int, highest: Decimal | None) -> None:
    states = states_of(60, 63, 57, 58)
    found = counter_series(states, digits=digits, highest=highest)
    assert np.array_equal(found.values, [3, NAN, 1], equal_nan=True)
    assert backwards(states, found).tolist() == [found.start + 900]


def test_marks_of_either_state_mark_the_interval() -> None:
    found = counter_series(states_of(1, 2, 3, NAN, 5, marks=[0, 1, 0, 1, 0]))
    assert found.marks is not None and found.marks.tolist() == [1, 1, 0, 0]


def test_no_states_no_intervals() -> None:
    assert len(counter_series(states_of())) == 0
    assert len(counter_series(states_of(5.0))) == 0


def test_a_multiplier_that_is_no_number_is_a_bug() -> None:
    with pytest.raises(ValueError, match="multiplier"):
        counter_series(states_of(1, 2), Decimal("NaN"))


@given(
    st.lists(st.integers(0, 10**5), min_size=1, max_size=50),
    st.integers(0, 10**7),
    st.integers(0, 3),
    st.sampled_from(["1", "80", "0.1", "4E+1", "1.25"]),
)
def test_intervals_are_as_exact_as_the_states(steps: list[int], begin: int, places: int, multiplier: str) -> None:
    shown = np.cumsum([begin, *steps]) / 10**places
    found = counter_series(states_of(*shown.tolist()), Decimal(multiplier))
    assert found.values.tolist() == [float(Decimal(step).scaleb(-places) * Decimal(multiplier)) for step in steps]
    assert encode(found.values).codec.startswith("i4e")


def test_binary_fractions_are_subtracted_as_they_are() -> None:
    found = counter_series(states_of(math.pi, math.pi * 2, math.e * 3))
    assert found.values.tolist() == [math.pi * 2 - math.pi, math.e * 3 - math.pi * 2]
