"""Time zones of plants, and local days and months of every length."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import Plant
from core.library.places import countries, regions
from core.series.zones import (
    DAY,
    begin_of,
    day_bounds,
    day_of,
    local_date,
    local_parts,
    month_bounds,
    offsets,
    zone_named,
    zone_names,
    zone_of,
)

BERLIN, CHICAGO, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago"), ZoneInfo("Asia/Kolkata")
ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/Berlin", "America/Chicago", "Asia/Kolkata", "America/Sao_Paulo",
                 "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Havana", "Pacific/Apia")
]  # fmt: skip


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("country", "region", "zone"),
    [
        ("CN", "CN-XJ", "Asia/Shanghai"),
        ("CN", "", "Asia/Shanghai"),
        ("PL", "PL-18", "Europe/Warsaw"),
        ("DE", "", "Europe/Berlin"),
        ("IN", "", "Asia/Kolkata"),
        ("US", "US-WI", "America/Chicago"),
        ("MX", "MX-BCN", "America/Tijuana"),
        ("BR", "BR-SP", "America/Sao_Paulo"),
    ],
)
def test_a_place_with_one_zone_needs_no_choice(country: str, region: str, zone: str) -> None:
    assert zone_of(Plant("Hillside", country, region)).key == zone


def test_what_the_plant_says_comes_first() -> None:
    assert zone_of(Plant("Hillside", "CN", timezone="Asia/Urumqi")).key == "Asia/Urumqi"


@pytest.mark.parametrize("region", ["", "US-TX", "US-IN", "US-NV"])
def test_a_place_with_several_zones_asks_for_a_choice(region: str) -> None:
    with pytest.raises(UserError, match="several") as caught:
        zone_of(Plant("Hillside", "US", region))
    assert "description of the plant" in caught.value.text("en")


@pytest.mark.parametrize("name", ["Asia/Peking", "CST", "../etc/passwd", "", "right/UTC", "localtime", "Factory"])
def test_only_names_of_the_database_are_zones(name: str) -> None:
    with pytest.raises(UserError, match="not the name of a time zone"):
        zone_named(name)


def test_the_case_of_a_name_does_not_matter() -> None:
    assert zone_named(" asia/shanghai ").key == "Asia/Shanghai"
    assert "Europe/Berlin" in zone_names() and list(zone_names()) == sorted(zone_names())


def test_the_list_of_places_names_known_places_and_zones_once() -> None:
    text = (Path(__file__).parents[3] / "resources" / "timezones.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) > 400
    whole = {code for code in codes if "-" not in code}
    assert whole <= set(countries())
    parts = {code for code in codes if "-" in code}
    assert parts.isdisjoint({code for code in parts if code[:2] in whole})
    assert {code for code in parts if code[:2] in ("US", "MX")} <= set(regions())
    assert {row["zone"] for row in rows} <= set(zone_names())


def test_months_have_their_true_length() -> None:
    march, october = (month_bounds(date(2024, m, 15), date(2024, m, 15), BERLIN)[0] for m in (3, 10))
    assert march == (date(2024, 3, 1), utc(2024, 2, 29, 23), utc(2024, 3, 31, 22))
    assert (march[2] - march[1]) // 3600 == 31 * 24 - 1
    assert (october[2] - october[1]) // 3600 == 31 * 24 + 1
    assert [m[0].month for m in month_bounds(date(2023, 12, 31), date(2024, 2, 1), BERLIN)] == [12, 1, 2]
    assert month_bounds(date(2024, 2, 1), date(2024, 1, 1), BERLIN) == []


def test_days_of_23_and_25_hours() -> None:
    spring = np.diff(day_bounds(date(2024, 3, 30), date(2024, 4, 1), BERLIN)) // 3600
    autumn = np.diff(day_bounds(date(2024, 10, 26), date(2024, 10, 28), BERLIN)) // 3600
    assert spring.tolist() == [24, 23, 24]
    assert autumn.tolist() == [24, 25, 24]
    assert day_bounds(date(2024, 1, 2), date(2024, 1, 1), BERLIN).size == 0


def test_a_day_without_midnight_begins_at_its_first_moment() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    start = begin_of(date(2018, 11, 4), zone)
    assert datetime.fromtimestamp(start, zone).hour == 1
    assert local_date(start, zone) == date(2018, 11, 4)
    assert local_date(start - 1, zone) == date(2018, 11, 3)


@pytest.mark.parametrize("year", [1969, 2200])
def test_years_far_away_are_refused(year: int) -> None:
    with pytest.raises(UserError, match=str(year)):
        begin_of(date(year, 1, 1), KOLKATA)


@given(
    st.sampled_from(ZONES),
    st.lists(st.integers(utc(2000, 1, 1), utc(2040, 1, 1)), max_size=40),
)
def test_offsets_are_those_of_the_database(zone: ZoneInfo, moments: list[int]) -> None:
    found = offsets(np.array(moments, dtype=np.int64), zone)
    there = [datetime.fromtimestamp(m, zone) for m in moments]
    assert found.tolist() == [(t.utcoffset() or timedelta()).total_seconds() for t in there]
    days, seconds = local_parts(np.array(moments, dtype=np.int64), zone)
    assert [day_of(d) for d in days.tolist()] == [t.date() for t in there]
    assert seconds.tolist() == [t.hour * 3600 + t.minute * 60 + t.second for t in there]


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_offsets_around_every_change_of_the_clock(zone: ZoneInfo) -> None:
    quarters = np.arange(utc(2010, 1, 1), utc(2013, 1, 1), 900)
    found = offsets(quarters, zone)
    changes = np.flatnonzero(np.diff(found))
    for at in changes.tolist():
        for moment in (int(quarters[at]), int(quarters[at + 1]) - 1, int(quarters[at + 1])):
            told = datetime.fromtimestamp(moment, zone).utcoffset()
            assert told is not None
            assert offsets(np.array([moment]), zone).tolist() == [told.total_seconds()]


@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_days_join_without_a_gap(zone: ZoneInfo, first: date, more: int) -> None:
    bounds = day_bounds(first, first + timedelta(days=more), zone)
    assert bool((np.diff(bounds) >= 0).all())
    assert local_date(int(bounds[0]), zone) == first or zone.key == "Pacific/Apia"  # Samoa left out 2011-12-30
    months = month_bounds(first, first + timedelta(days=more), zone)
    assert all(a[2] == b[1] for a, b in pairwise(months))
    assert months[0][1] <= bounds[0] and bounds[-1] <= months[-1][2]
    assert DAY * 27 < months[0][2] - months[0][1] < DAY * 32
