"""The tree of meters and what each counted in a year, by intervals or by readings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import Ledger, Meter, Plant, Reading, Record
from core.series import Series, intervals_of, merge
from core.series.metered import Metered
from core.series.overview import in_tree, months_of_year, overdue, span_of, sum_of_readings, year_sum

WARSAW = ZoneInfo("Europe/Warsaw")
MAIN = Meter("m1", "Main", "electricity", "import", "kWh")
SUN = Meter("m2", "Sun", "irradiance", "sensor", "W/m2")


def metered(*records: Record, series: dict[str, Series] | None = None) -> Metered:
    """A plant with readings and intervals."""
    blobs: dict[str, bytes] = {}
    kept = []
    for key, one in (series or {}).items():
        made = merge(None, one, WARSAW, lambda _key: b"", overwrite=False)
        blobs |= {hashlib.sha256(data).hexdigest(): data for data in made.blobs}
        kept.append(intervals_of(key, made, ()))
    ledger = Ledger.of((Plant("Works", "PL", timezone="Europe/Warsaw"), MAIN, SUN, *records, *kept))
    return Metered(ledger, blobs.__getitem__)


def hours(first: datetime, values: list[float]) -> Series:
    return Series(int(first.replace(tzinfo=WARSAW).timestamp()), 3600, np.array(values))


def meters(parents: list[int]) -> list[Meter]:
    """Meter n below meter ``parents[n]``, of which some may not exist or stand in a circle."""
    return [replace(MAIN, id=f"m{n}", parent=f"m{parent}") for n, parent in enumerate(parents)]


@given(st.lists(st.integers(-1, 12), max_size=12))
def test_every_meter_stands_in_the_tree_once_below_its_parent(parents: list[int]) -> None:
    given_ones = meters(parents)
    found = in_tree(given_ones)
    assert sorted(meter.id for meter, _ in found) == sorted(meter.id for meter in given_ones)
    depths = {meter.id: depth for meter, depth in found}
    places = {meter.id: place for place, (meter, _) in enumerate(found)}
    for meter in given_ones:
        if depths[meter.id]:
            assert depths[meter.id] == depths[meter.parent] + 1
            assert places[meter.parent] < places[meter.id]


def test_meters_in_a_circle_do_not_vanish() -> None:
    assert [depth for _, depth in in_tree(meters([1, 0, 2]))] == [0, 0, 0]


def test_a_year_by_intervals_is_exact_and_of_that_year_alone() -> None:
    series = hours(datetime(2023, 12, 31, 22), [0.1] * 5)
    whole = metered(series={"m1": series})
    assert year_sum(whole, MAIN, 2023) == (Decimal("0.2"), False)
    assert year_sum(whole, MAIN, 2024) == (Decimal("0.3"), False)
    assert year_sum(whole, MAIN, 2025) == (None, True)
    assert [month.present for month in months_of_year(whole, MAIN, 2024)][:2] == [3, 0]
    assert months_of_year(whole, MAIN, 2025) == []


def test_of_a_level_the_mean_is_told() -> None:
    whole = metered(series={"m2": hours(datetime(2024, 5, 1), [100.0, np.nan, 200.0, 600.0])})
    assert year_sum(whole, SUN, 2024) == (Decimal(300), False)


def test_readings_count_in_proportion_to_their_days() -> None:
    bill = Reading("r1", "m1", date(2023, 12, 22), date(2024, 1, 10), Decimal(2000))
    whole = metered(bill)
    assert year_sum(whole, MAIN, 2024) == (Decimal(1000), True)
    assert year_sum(whole, MAIN, 2023) == (Decimal(1000), True)
    assert sum_of_readings(whole.ledger, MAIN, date(2024, 1, 10), date(2024, 2, 1)) == Decimal(100)
    assert sum_of_readings(whole.ledger, MAIN, date(2024, 1, 11), date(2024, 2, 1)) is None


def test_intervals_take_precedence_over_readings() -> None:
    bill = Reading("r1", "m1", date(2024, 1, 1), date(2024, 12, 31), Decimal(2000))
    whole = metered(bill, series={"m1": hours(datetime(2024, 5, 1), [1.5])})
    assert year_sum(whole, MAIN, 2024) == (Decimal("1.5"), False)
    assert span_of(whole, MAIN) == (date(2024, 1, 1), date(2024, 12, 31))


def test_readings_that_contradict_each_other_tell_nothing() -> None:
    states = [
        Reading(f"r{n}", "m1", day, day, Decimal(value), counter=True)
        for n, (day, value) in enumerate([(date(2024, 1, 31), 9), (date(2024, 2, 29), 5)])
    ]
    assert year_sum(metered(*states), MAIN, 2024) == (None, True)


def test_a_meter_without_anything_has_no_span() -> None:
    assert span_of(metered(), MAIN) is None
    assert span_of(metered(series={"m1": hours(datetime(2024, 5, 1), [1.0])}), MAIN) == (
        date(2024, 5, 1),
        date(2024, 5, 1),
    )


@pytest.mark.parametrize(
    ("calibrated_to", "last", "year", "expected"),
    [
        ("", date(2024, 12, 31), 2024, False),
        ("2024-12-31", date(2024, 12, 31), 2024, False),
        ("2024-06-30", date(2024, 12, 31), 2024, True),
        ("2024-06-30", date(2024, 5, 1), 2024, False),
        ("2024-06-30", date(2025, 5, 1), 2023, False),
        ("2024-06-30", None, 2024, False),
        ("2020-01-01", date(2023, 5, 1), 2024, False),
    ],
)
def test_an_overdue_calibration(calibrated_to: str, last: date | None, year: int, expected: bool) -> None:
    assert overdue(replace(MAIN, calibrated_to=calibrated_to), last, year) is expected
