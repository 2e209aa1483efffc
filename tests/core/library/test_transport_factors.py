"""Factors of freight and travel against other cells of the same workbooks, and against each other.

``tests/data/transport_factors.csv`` holds what DESNZ prints per mile where the library carries the figure per km, the
same cells where there is no second one, and the long numbers in EPA's cells behind the rounded ones it prints.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from core.library import Factor, load_library

LIBRARY = load_library()
FILE = Path(__file__).parents[2] / "data" / "transport_factors.csv"
ROWS = list(csv.DictReader(FILE.read_text("utf-8").splitlines()))
EDITIONS = ("2024", "2025", "2026")
ROUNDING = Decimal("0.00001")
"""DESNZ prints five decimals of a sum of three gases that were rounded before."""


def factors(*sets: str) -> dict[tuple[str, str, str, str], Decimal]:
    """Item, use, area and unit below the line -> kg."""
    return {(f.item, f.use, f.region, f.per): f.headline for f in LIBRARY.factors if f.set.key in sets}


def edition(year: str) -> dict[tuple[str, str, str, str], Decimal]:
    return factors(f"uk_desnz_{year}_freight", f"uk_desnz_{year}_travel")


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['set']}.{r['item']}.{r['use']}.{r['region']}.{r['unit']}")
def test_another_cell_says_the_same(row: dict[str, str]) -> None:
    found: list[Factor] = [
        f
        for f in LIBRARY.factors
        if (f.set.key, f.item, f.use, f.region) == (row["set"], row["item"], row["use"], row["region"])
        and LIBRARY.units.dimension(f.per) == LIBRARY.units.dimension(row["unit"])
    ]
    (factor,) = found
    one = LIBRARY.units.convert(Decimal(1), row["unit"], factor.per)
    printed = Decimal("0.0005") if row["set"].startswith("us_epa") else ROUNDING * 4
    assert abs(factor.headline * one - Decimal(row["kg"])) <= printed, row["place"]


@pytest.mark.parametrize("year", EDITIONS)
def test_every_edition_carries_the_same_rows(year: str) -> None:
    assert set(edition(year)) == set(edition("2025"))
    assert len(edition(year)) == 427


@pytest.mark.parametrize("year", EDITIONS)
def test_all_that_moves_has_its_upstream_in_the_same_place_and_unit(year: str) -> None:
    rows = edition(year)
    for item, use, region, per in rows:
        if use.startswith(("freight", "travel", "vehicle")):
            load = use.removeprefix("freight").removesuffix("_rf") if use.startswith("freight") else ""
            assert (item, f"wtt{load}", region, per) in rows
    for (item, use, region, per), kg in rows.items():
        if use == "wtt" and "electric" not in item:
            moved = rows.get((item, "freight", region, per)) or rows.get((item, "travel", region, per))
            moved = moved or rows[(item, "vehicle", region, per)]
            assert Decimal("0.1") < kg / moved < Decimal("0.5"), item


@pytest.mark.parametrize("year", EDITIONS)
def test_effects_beyond_co2_are_seven_tenths_of_the_co2(year: str) -> None:
    """DESNZ multiplies the CO2 of a flight, which is nearly all of it, by 1.7."""
    rows = edition(year)
    pairs = [(kg, rows[(i, u.removesuffix("_rf"), r, p)]) for (i, u, r, p), kg in rows.items() if u.endswith("_rf")]
    assert len(pairs) == 18
    assert all(Decimal("1.68") < much / plain < Decimal("1.70") for much, plain in pairs)


@pytest.mark.parametrize("year", EDITIONS)
def test_more_comfort_and_less_load_cost_more(year: str) -> None:
    rows = edition(year)
    for haul, region in (("flight_long", "GB"), ("flight", "World")):
        classes = [
            rows[(haul + c, "travel", region, "pkm")] for c in ("_economy", "_premium_economy", "_business", "_first")
        ]
        assert classes == sorted(set(classes))
        assert classes[0] < rows[(haul, "travel", region, "pkm")] < classes[-1]
    trucks = {item for item, use, _, _ in rows if use == "freight_half"}
    assert len(trucks) == 8
    for truck in trucks:
        empty, half, full = (rows[(truck, f"freight_{load}", "GB", "km")] for load in ("empty", "half", "full"))
        assert abs((empty + full) / 2 - half) <= ROUNDING * 2, "the fuel of a lorry is linear in its load"
        assert rows[(truck, "freight_full", "GB", "tkm")] < rows[(truck, "freight_half", "GB", "tkm")]
        assert rows[(truck, "freight", "GB", "km")] < rows[(f"{truck}_refrigerated", "freight", "GB", "km")]


def test_hotels_are_those_of_their_countries() -> None:
    nights = {region: kg for (_, use, region, _), kg in edition("2025").items() if use == "hotel"}
    assert len(nights) == 38
    assert nights["CN"] == Decimal("53.5")
    assert nights["GB"] == Decimal("10.4")
    assert nights["MX"] == Decimal("19.3")


def test_parts_of_work_at_home_add_up() -> None:
    for year in EDITIONS:
        rows = edition(year)
        whole, *parts = (
            rows[(f"homeworking{part}", "homeworking", "GB", "person_hour")] for part in ("", "_equipment", "_heating")
        )
        assert abs(sum(parts) - whole) <= ROUNDING


def test_epa_prints_gases_by_mass() -> None:
    rows = {(f.item, f.use, f.per): f for f in LIBRARY.factors if f.set.key == "us_epa_hub_2024_transport"}
    truck = rows["truck", "freight", "short_ton_mile"]
    assert truck.amounts == {"CO2": Decimal("0.168"), "CH4": Decimal("0.0000015"), "N2O": Decimal("0.0000047")}
    assert truck.set.gwp == ""


@pytest.mark.parametrize(
    ("text", "kinds", "key"),
    [
        ("汽运", ("freight", "air_freight"), "truck"), ("海运", ("freight", "air_freight"), "container_ship"),
        ("空运", ("freight", "air_freight"), "air_freight"), ("铁路运输", ("freight",), "rail_freight"),
        ("lorry", ("freight",), "truck"), ("sea freight", ("freight",), "container_ship"),
        ("高铁", ("travel", "air_travel"), "train"), ("班车", ("travel",), "coach"), ("地铁", ("travel",), "metro"),
        ("EV", ("travel",), "car_electric"), ("飞机", ("travel", "air_travel"), "flight"),
        ("long-haul flight", ("air_travel",), "flight_long"), ("酒店", ("hotel",), "hotel_night"),
        ("居家办公", ("homeworking",), "homeworking"), ("出租车", ("travel",), "taxi"),
    ],
)  # fmt: skip
def test_names_on_invoices(text: str, kinds: tuple[str, ...], key: str) -> None:
    found = LIBRARY.recognise(text, kinds)
    assert found is not None
    assert found.key == key
