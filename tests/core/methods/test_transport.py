"""Freight, business travel, commuting, hotels and work at home through the whole calculation."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inventory import Inventory, year_of
from core.ledger import OwnFactor, Plant
from core.library import load_library
from core.library.load import read_factors
from core.methods import KG, Line
from tests.core.samples import activity, compiled

LIBRARY = load_library()
GB, US, CN, NOWHERE = Plant("Luton", "GB"), Plant("Dayton", "US"), Plant("Fangshan", "CN", "CN-BJ"), Plant("X", "ZZ")
PERIOD = year_of(2025)
JANUARY: dict[str, Any] = {"start": date(2025, 1, 1), "end": date(2025, 1, 31)}
EXAMPLES = json.loads((Path(__file__).parents[2] / "data" / "inventory_examples.json").read_text("utf-8"))


def said(**parameters: object) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in parameters.items()))


def inventory(plant: Plant = GB, policy: str = "ghg-protocol", **record: Any) -> Inventory:
    return compiled([activity(**{**JANUARY, **record})], plant=plant, period=PERIOD, policy=policy)


def lines(plant: Plant = GB, **record: Any) -> tuple[Line, ...]:
    found = inventory(plant, **record)
    assert not found.excluded, found.excluded
    assert {line.scope for line in found.lines} == {"scope3"}
    return tuple(found.lines)


def kg(plant: Plant = GB, **record: Any) -> Decimal:
    return sum((line.tco2e for line in lines(plant, **record)), Decimal(0)) * 1000


def rules(found: Inventory) -> set[str]:
    return {finding.rule for line in found.lines for finding in line.findings}


# --- freight


def test_mass_over_a_distance_is_its_tonne_kilometres() -> None:
    """50 t over 240 km in a lorry of average load, UK 2025: 12,000 tkm x (0.10163 + 0.02359)."""
    carried = lines(method="freight", item="truck", quantity=50, unit="t", parameters=said(distance=240))
    assert [line.tco2e for line in carried] == [Decimal("1.21956"), Decimal("0.28308")]
    assert [line.id for line in carried] == ["a1", "a1:wtt"]
    assert carried[0].trace[0].formula == "50 t × 240 km"
    assert kg(method="freight", item="truck", quantity=12000, unit="tkm") == Decimal("1502.64")
    assert kg(method="freight", item="truck", quantity=50000, unit="kg", parameters=said(distance=240)) == Decimal(
        "1502.64"
    )


def test_a_mass_without_distance_is_asked_for_it() -> None:
    found = inventory(method="freight", item="truck", quantity=50, unit="t")
    (excluded,) = found.excluded
    assert excluded.finding.rule == "not_understood"
    assert "distance=" in str(excluded.finding.remedy)


def test_only_the_operation() -> None:
    (line,) = lines(method="freight", item="truck", quantity=12000, unit="tkm", parameters=said(scope="direct"))
    assert line.tco2e == Decimal("1.21956")
    assert not line.findings


@pytest.mark.parametrize(("category", "expected"), [(0, 4), (4, 4), (9, 9)])
def test_category_of_bought_and_of_other_freight(category: int, expected: int) -> None:
    for line in lines(method="freight", item="rail_freight", quantity=1, unit="tkm", category=category):
        assert line.category == expected


def test_freight_has_no_other_category() -> None:
    assert inventory(method="freight", item="rail_freight", quantity=1, unit="tkm", category=6).excluded


@pytest.mark.parametrize(
    ("load", "direct", "upstream"),
    [
        ("average", "0.93421", "0.22058"),
        ("empty", "0.64734", "0.15178"),
        ("half", "0.85827", "0.20237"),
        ("full", "1.06921", "0.25296"),
    ],
)
def test_a_lorry_by_its_load(load: str, direct: str, upstream: str) -> None:
    """UK 2025, articulated over 33 t: Freighting goods!D58:P58 and its well-to-tank twin, per vehicle-km."""
    record: dict[str, Any] = {"method": "freight", "item": "truck_articulated_over_33t", "quantity": 1000, "unit": "km"}
    both = lines(**record, parameters=said(load=load))
    assert both[0].tco2e == Decimal(direct)
    assert both[1].tco2e == Decimal(upstream)
    assert both[0].factor.key.rpartition(".freight")[2].startswith(".GB" if load == "average" else f"_{load}")


def test_a_load_that_nobody_prints_is_said() -> None:
    record: dict[str, Any] = {"method": "freight", "quantity": 10, "unit": "tkm"}
    found = inventory(item="rail_freight", **record, parameters=said(load="full"))
    assert rules(found) == {"load_not_published"}
    assert [line.tco2e for line in found.lines] == [line.tco2e for line in lines(item="rail_freight", **record)]


def test_flights_with_and_without_effects_beyond_co2() -> None:
    record: dict[str, Any] = {"method": "freight", "item": "air_freight_long", "quantity": 1000, "unit": "tkm"}
    with_rf, without = (lines(**record, parameters=said(radiative_forcing=choice)) for choice in ("yes", "no"))
    assert [line.tco2e for line in with_rf] == [line.tco2e for line in lines(**record)]
    assert with_rf[0].tco2e == Decimal("0.89939")
    assert without[0].tco2e == Decimal("0.5313")
    assert with_rf[1].tco2e == without[1].tco2e


def test_american_freight_in_short_ton_miles_has_three_gases_and_says_what_it_lacks() -> None:
    found = inventory(US, method="freight", item="air_freight", quantity=1000, unit="short ton-mile")
    (line,) = found.lines
    assert line.kg["CO2"] == Decimal("905")
    assert line.kg["N2O"] == Decimal("0.0279")
    assert {"without_radiative_forcing", "without_upstream"} <= rules(found)
    assert kg(US, method="freight", item="truck", quantity=1, unit="tkm") < kg(
        US, method="freight", item="truck", quantity=1, unit="ton-mile"
    )


def test_a_chinese_plant_borrows_with_a_finding_and_ships_sail_for_all() -> None:
    record: dict[str, Any] = {"method": "freight", "quantity": 1000, "unit": "tkm"}
    found = inventory(CN, item="truck", **record)
    assert rules(found) == {"proxy_region"}
    assert {line.factor.region for line in found.lines} == {"GB"}
    assert len([f for line in found.lines for f in line.findings]) == 1, "both halves stand in one publication"
    assert rules(inventory(CN, item="container_ship", **record)) == set()
    assert kg(CN, item="container_ship", **record) == Decimal("19.77")


def test_the_upstream_is_never_of_another_country() -> None:
    for plant in (GB, US, CN):
        for item in ("truck", "rail_freight", "air_freight", "container_ship"):
            assert len({line.factor.region for line in lines(plant, method="freight", item=item, unit="tkm")}) == 1


def test_a_factor_of_the_carrier_wins_and_counts_in_what_it_counts_in() -> None:
    own = OwnFactor(
        "f1", "Carrier", "supplier", "Carrier Ltd", "Report 2025", "p. 3", "truck", "freight", "kg/tkm",
        (("CO2e", "0.06"),), date(2025, 1, 1), date(2025, 12, 31), "e1",
    )  # fmt: skip
    record = activity(method="freight", item="truck", quantity=1000, unit="tkm", **JANUARY)
    found = compiled([own, record], plant=GB, period=PERIOD)
    (line,) = found.lines
    assert line.tco2e == Decimal("0.06")
    assert not line.findings


def test_parcels_of_a_collection_round() -> None:
    """GLEC Framework v3.0, table 4: 15.815 kg CO2e shared by tonne-kilometres."""
    (case,) = [c for c in EXAMPLES if c["id"] == "glec-parcel-collection"]
    parcels = [(Decimal(str(km)), Decimal(str(mass))) for km, mass in case["inputs"]["km_and_kg"]]
    total = sum((km * mass / 1000 for km, mass in parcels), Decimal(0))
    factor = Decimal(str(case["inputs"]["total_kgco2e"])) / total
    head = "# title_en: Round\n# title_zh: 揽收\n# publisher: GLEC\n# edition: 3.0\n# year: 2024\n"
    head += "# published: 2024-04-02\n# licence: example\nitem,use,region,unit,CO2e,place\n"
    library = LIBRARY.with_sets(read_factors("round.csv", f"{head}van,freight,ZZ,kg/tkm,{factor},p. 109\n"))
    records = [
        activity(
            f"p{n:02}", method="freight", item="van", quantity=mass, unit="kg", parameters=said(distance=km), **JANUARY
        )
        for n, (km, mass) in enumerate(parcels, 1)
    ]
    found = compiled(records, plant=NOWHERE, period=PERIOD, library=library)
    by_parcel = {line.id: line for line in found.lines}
    expected, tolerance = case["expected"], case["tolerance"]
    work = sum((line.trace[0].result for line in found.lines), Decimal(0))
    assert work == pytest.approx(Decimal(str(expected["total_tkm"])), abs=Decimal(str(tolerance["total_tkm"])))
    for row in (1, 5, 7):
        name = f"row{row}_kgco2e"
        shared = by_parcel[f"p{row:02}"].tco2e * 1000
        assert shared == pytest.approx(Decimal(str(expected[name])), abs=Decimal(str(tolerance[name])))


# --- travel


@pytest.mark.parametrize(
    ("item", "unit", "quantity", "parameters", "expected"),
    [
        # UK 2025, operation + well to tank
        ("flight_short", "pkm", 10000, {}, "1507.2"),  # 0.12786 + 0.02286
        ("flight_short", "km", 2500, {"persons": 2, "trips": 2}, "1507.2"),
        ("flight_short", "pkm", 10000, {"radiative_forcing": "no"}, "984.5"),  # 0.07559 + 0.02286
        ("car_diesel", "km", 1000, {}, "214.5"),  # 0.17304 + 0.04146
        ("car_diesel", "km", 1000, {"persons": 3}, "214.5"),  # a car counts once
        ("car_diesel", "pkm", 3000, {"persons": 3}, "214.5"),
        ("taxi", "km", 100, {}, "25.982"),  # 0.20806 + 0.05176 per vehicle-km
        ("taxi", "pkm", 100, {}, "18.558"),  # 0.14861 + 0.03697 per passenger-km
        ("train", "pkm", 1000, {}, "44.43"),  # 0.03546 + 0.00897
        ("train", "km", 500, {"persons": 2}, "44.43"),
    ],
)
def test_business_travel(item: str, unit: str, quantity: int, parameters: dict[str, object], expected: str) -> None:
    found = kg(method="business_travel", item=item, unit=unit, quantity=quantity, parameters=said(**parameters))
    assert found == Decimal(expected)


def test_an_american_car_in_miles() -> None:
    (line,) = lines(US, method="business_travel", item="car", quantity=1000, unit="mile")
    assert line.kg["CO2"] == 306
    assert line.category == 6


@pytest.mark.parametrize(("plant", "warned"), [(CN, True), (US, True), (GB, False)])
def test_current_of_another_country_is_warned_of(plant: Plant, warned: bool) -> None:
    """A Chinese kWh emits several times what a British one does: a borrowed factor is far off."""
    for item, charged in (("car_electric", True), ("car_plug_in_hybrid", True), ("car_diesel", False)):
        found = inventory(plant, method="commuting", item=item, quantity=100, unit="km")
        assert ("borrowed_current" in rules(found)) == (warned and charged)


def test_hotels_are_of_the_country_they_stand_in() -> None:
    night: dict[str, Any] = {"method": "hotel_nights", "item": "hotel_night", "quantity": 10, "unit": "night"}
    assert kg(CN, **night) == Decimal("535")
    assert kg(CN, **night, parameters=said(country="DE")) == Decimal("132")
    assert kg(GB, **night, parameters=said(country="CN")) == Decimal("535")
    poland = inventory(CN, **night, parameters=said(country="PL"))
    assert rules(poland) == {"proxy_region"}
    assert "PL" in str(poland.lines[0].findings[0].message)
    assert inventory(CN, **night, parameters=said(country="Atlantis")).excluded


def test_commuting_from_a_survey() -> None:
    """100 persons, 220 days, 12 km each way: 528,000 km."""
    record: dict[str, Any] = {"method": "commuting", "unit": "person_day"}
    alone = kg(item="car", quantity=22000, parameters=said(distance=12), **record)
    assert alone == 528000 * (Decimal("0.16725") + Decimal("0.04399"))
    assert kg(item="car", quantity=100, parameters=said(distance=12, days=220), **record) == alone
    assert kg(item="car", quantity=22000, parameters=said(distance=12, persons=2), **record) == alone / 2
    assert kg(item="car", quantity=528000, unit="km", method="commuting") == alone
    bus = kg(item="coach", quantity=22000, parameters=said(distance=12, persons=2), **record)
    assert bus == 528000 * (Decimal("0.02776") + Decimal("0.00656")), "a coach has its passengers in its factor"
    assert inventory(item="car", quantity=22000, **record).excluded


def test_work_at_home() -> None:
    record: dict[str, Any] = {"method": "homeworking", "item": "homeworking"}
    assert kg(quantity=1000, unit="person_hour", **record) == Decimal("333.78")
    assert kg(quantity=125, unit="person_day", **record) == Decimal("333.78")
    assert kg(quantity=5, unit="person_day", parameters=said(days=25), **record) == Decimal("333.78")
    assert kg(quantity=125, unit="person_day", parameters=said(hours=4), **record) == Decimal("333.78") / 2


# --- laws

RECORDS: list[dict[str, Any]] = [
    {"method": "freight", "item": "truck", "unit": "t", "parameters": said(distance=240)},
    {"method": "freight", "item": "air_freight", "unit": "tkm"},
    {"method": "business_travel", "item": "flight_long_business", "unit": "km", "parameters": said(persons=3)},
    {"method": "business_travel", "item": "car_petrol", "unit": "pkm", "parameters": said(persons=3)},
    {"method": "commuting", "item": "metro", "unit": "person_day", "parameters": said(distance="7.5")},
    {"method": "homeworking", "item": "homeworking_equipment", "unit": "person_day"},
    {"method": "hotel_nights", "item": "hotel_night", "unit": "night", "parameters": said(country="JP")},
]
AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=3)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: f"{r['method']}-{r['item']}")
@settings(max_examples=20)
@given(one=AMOUNTS, other=AMOUNTS)
def test_two_records_are_their_sum(record: dict[str, Any], one: Decimal, other: Decimal) -> None:
    apart = kg(quantity=one, **record) + kg(quantity=other, **record)
    assert abs(apart - kg(quantity=one + other, **record)) <= KG * 10000


@settings(max_examples=20)
@given(
    mass=st.decimals(min_value=1, max_value=1000, places=2),
    distance=st.decimals(min_value=1, max_value=20000, places=1),
)
def test_twice_the_distance_is_twice_the_mass(mass: Decimal, distance: Decimal) -> None:
    record: dict[str, Any] = {"method": "freight", "item": "container_ship", "unit": "t"}
    farther = kg(quantity=mass, parameters=said(distance=distance * 2), **record)
    heavier = kg(quantity=mass * 2, parameters=said(distance=distance), **record)
    assert farther == heavier


@pytest.mark.parametrize("item", [i.key for i in LIBRARY.items.values() if i.kind in ("freight", "air_freight")])
def test_everything_that_carries_goods_has_a_factor_for_every_plant(item: str) -> None:
    for plant in (GB, US, CN):
        for unit, parameters in (("tkm", ()), ("t", said(distance=10))):
            found = lines(plant, method="freight", item=item, unit=unit, parameters=parameters)
            assert all(line.tco2e > 0 for line in found)


@pytest.mark.parametrize("item", [i.key for i in LIBRARY.items.values() if i.kind in ("travel", "air_travel")])
def test_everything_that_carries_people_has_a_factor_for_every_plant(item: str) -> None:
    for plant in (GB, US, CN):
        for unit in ("pkm", "km", "mile", "passenger-mile"):
            assert kg(plant, method="business_travel", item=item, unit=unit) > 0
