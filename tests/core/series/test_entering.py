"""Meters, exchanges and readings may be entered when they agree with themselves, each other and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import UserError
from core.ledger import IntervalData, Ledger, Meter, MeterExchange, Plant, Reading, Record
from core.series.entering import (
    DIRECTIONS,
    checked_exchange,
    checked_meter,
    checked_reading,
    descendants,
    in_place,
)
from core.series.media import MEDIA

MAIN = Meter("m1", "Main", "electricity", "import", "kWh", "OLD", multiplier=Decimal(40), digits=5)
HALL = Meter("m2", "Hall", "electricity", "consumption", "kWh", parent="m1")
PRESS = Meter("m3", "Press", "electricity", "consumption", "kWh", parent="m2")
SUN = Meter("m4", "Sun", "irradiance", "sensor", "W/m2")
JAN, FEB = date(2024, 1, 31), date(2024, 2, 29)


def ledger(*records: Record) -> Ledger:
    return Ledger.of((Plant("Works", "PL"), MAIN, HALL, PRESS, SUN, *records))


def state(key: str, day: date, value: int, **more: object) -> Reading:
    return replace(Reading(key, "m1", day, day, Decimal(value), counter=True), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_takes_its_units_in_its_directions(medium: str) -> None:
    level = MEDIA[medium].level
    for unit in MEDIA[medium].units:
        for direction in DIRECTIONS:
            meter = Meter("m9", "New", medium, direction, unit)
            if level == (direction == "sensor"):
                assert checked_meter(meter, ledger()) is meter
            else:
                with pytest.raises(UserError, match="measured by a sensor"):
                    checked_meter(meter, ledger())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "no name"),
        ({"medium": "magic"}, "magic"),
        ({"unit": "m3"}, "m3 is no unit"),
        ({"direction": "up"}, "up"),
        ({"multiplier": Decimal(0)}, "above zero"),
        ({"digits": 16}, "number of digits"),
        ({"digits": -1}, "number of digits"),
        ({"lowest": Decimal(3), "highest": Decimal(3)}, "below the largest"),
        ({"calibrated_to": "2024-02-30"}, "2024-02-30"),
        ({"parent": "m9"}, "no meter m9"),
        ({"parent": "m1"}, "below itself"),
        ({"parent": "m3"}, "below itself"),
        ({"parent": "m4"}, "something else"),
    ],
)
def test_a_meter_that_contradicts_itself_or_others(change: dict[str, object], why: str) -> None:
    with pytest.raises(UserError, match=why) as caught:
        checked_meter(replace(MAIN, **change), ledger())  # type: ignore[arg-type]
    assert caught.value.remedy is not None


@pytest.mark.parametrize(
    "kept",
    [IntervalData("m1", "0" * 64, 1, JAN, JAN, 1), Reading("r1", "m1", JAN, JAN, Decimal(5))],
    ids=["intervals", "readings"],
)
def test_the_unit_of_kept_values_stays(kept: Record) -> None:
    other = replace(MAIN, unit="MWh")
    assert checked_meter(other, ledger()) is other
    with pytest.raises(UserError, match="would change what they mean"):
        checked_meter(other, ledger(kept))
    assert checked_meter(replace(MAIN, name="Main 2"), ledger(kept)).name == "Main 2"


def test_readings_follow_each_other() -> None:
    known = ledger(state("r1", JAN, 100))
    assert checked_reading(state("r2", FEB, 130), known).value == 130
    with pytest.raises(UserError, match="went backwards"):
        checked_reading(state("r2", FEB, 90), known)
    rolled = checked_reading(state("r2", FEB, 3), ledger(state("r1", JAN, 99_998)))
    assert rolled.value == 3, "five digits and then zero"


def test_what_is_wrong_already_does_not_forbid_the_next() -> None:
    wrong = ledger(state("r1", JAN, 100), state("r2", FEB, 90))
    assert checked_reading(state("r3", date(2024, 3, 31), 150), wrong).id == "r3"


def test_a_reading_may_be_corrected() -> None:
    known = ledger(state("r1", JAN, 100), state("r2", FEB, 130))
    assert checked_reading(state("r1", JAN, 120), known).value == 120
    with pytest.raises(UserError, match="went backwards"):
        checked_reading(state("r1", JAN, 140), known)


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        (Reading("r1", "m9", JAN, JAN, Decimal(1)), "no meter m9"),
        (Reading("r1", "m4", JAN, JAN, Decimal(1)), "is a sensor"),
        (Reading("r1", "m1", FEB, JAN, Decimal(1)), "lies before"),
        (state("r1", JAN, -1), "not below zero"),
        (Reading("r1", "m1", JAN, JAN, Decimal(1), estimated=True), "needs its reason"),
    ],
)
def test_a_reading_that_cannot_be(reading: Reading, why: str) -> None:
    with pytest.raises(UserError, match=why):
        checked_reading(reading, ledger())


def test_credits_may_be_negative() -> None:
    """A bill takes back what was estimated too high."""
    assert checked_reading(Reading("r1", "m1", JAN, JAN, Decimal(-50)), ledger()).value == -50


SWAP = MeterExchange("x1", "m1", date(2024, 2, 10), Decimal(120), Decimal(0), "NEW", Decimal(60), 6)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"meter": "m9"}, "no meter m9"),
        ({"id": "x2"}, "already"),
        ({"multiplier": Decimal(0)}, "multiplier"),
        ({"last": Decimal(-1)}, "not below zero"),
        ({"digits": 99}, "number of digits"),
        ({"last": Decimal(90)}, "went backwards"),
    ],
)
def test_an_exchange_that_cannot_be(change: dict[str, object], why: str) -> None:
    known = ledger(state("r1", JAN, 100), SWAP)
    assert checked_exchange(SWAP, known) is SWAP
    with pytest.raises(UserError, match=why):
        checked_exchange(replace(SWAP, **change), known)  # type: ignore[arg-type]


def test_which_counter_is_in_its_place() -> None:
    known = ledger(SWAP)
    assert in_place(MAIN, known) == ("NEW", Decimal(60), 6)
    assert in_place(MAIN, known, date(2024, 2, 9)) == ("OLD", Decimal(40), 5)
    assert in_place(MAIN, known, SWAP.day) == ("NEW", Decimal(60), 6)
    nameless = ledger(replace(SWAP, serial=""))
    assert in_place(MAIN, nameless)[0] == "OLD", "the number of the new one was not noted"


def test_descendants_at_any_depth() -> None:
    meters = (MAIN, HALL, PRESS, SUN)
    assert descendants(meters, "m1") == {"m1", "m2", "m3"}
    assert descendants(meters, "m3") == {"m3"}
    circle = (replace(HALL, parent="m3"), PRESS)
    assert descendants(circle, "m2") == {"m2", "m3"}
