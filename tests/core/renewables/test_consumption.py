"""The denominator: every kilowatt-hour that was used, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory import Inventory, Period, months_of
from core.ledger import Activity, Record
from core.methods import KG, exact_sum
from core.renewables.consumption import Used, by_days, consumption
from tests.core.renewables.plants import allocation, certificate, contract, covered_plants, month, plant, self_used
from tests.core.samples import QUANTITIES, activity, year_of_bills


def used_of(*records: Record) -> tuple[Used, ...]:
    return consumption(plant(records)[1])


def kwh(*records: Record) -> dict[str, Decimal]:
    """By kind."""
    found: dict[str, Decimal] = {}
    for one in used_of(*records):
        found[one.kind] = found.get(one.kind, Decimal(0)) + one.kwh
    return found


def test_a_bill_is_used_electricity_in_its_months() -> None:
    used = used_of(activity(start=date(2023, 1, 30), end=date(2023, 2, 2), quantity=4, unit="MWh"))
    assert [(one.month, one.kind, one.kwh) for one in used] == [
        (date(2023, 1, 1), "purchased", Decimal(2000)),
        (date(2023, 2, 1), "purchased", Decimal(2000)),
    ]
    assert {one.country for one in used} == {"CN"}


def test_what_lies_outside_the_period_is_not_counted() -> None:
    assert kwh(activity(start=date(2022, 12, 1), end=date(2023, 1, 31), quantity=62)) == {"purchased": Decimal(31)}


def test_own_sun_counts_where_it_was_used_and_not_where_it_left() -> None:
    fed = self_used("f1", item="solar_fed_in", quantity=300)
    assert kwh(self_used(quantity=700), fed) == {"own_solar": Decimal(700)}


def test_own_use_follows_from_two_meters() -> None:
    made = self_used("g1", item="solar_generated", quantity=1000)
    fed = self_used("f1", item="solar_fed_in", quantity=300)
    assert kwh(made, fed) == {"own_solar": Decimal(700)}


def test_generation_alone_says_nothing_about_its_use() -> None:
    assert kwh(self_used("g1", item="solar_generated", quantity=1000)) == {}


def chp(item: str, unit: str) -> Activity:
    parameters = (("heat", "20"), ("power", "3"), ("power_sold", "1"))
    return activity("c1", source="Engine", method="chp", item=item, unit=unit, quantity=1000, parameters=parameters)


def test_electricity_of_a_combined_plant_without_what_was_sold() -> None:
    assert kwh(chp("natural_gas", "m3")) == {"own_fuel": Decimal(2000)}


def test_electricity_of_biomass_is_told_apart() -> None:
    assert kwh(chp("wood_pellets", "t")) == {"own_biomass": Decimal(2000)}


def test_a_combined_plant_that_sold_more_than_it_made_gives_nothing() -> None:
    parameters = (("heat", "20"), ("power", "1"), ("power_sold", "2"))
    assert kwh(activity(method="chp", item="natural_gas", unit="m3", parameters=parameters)) == {}


def test_own_wind_counts_and_solar_heat_does_not() -> None:
    wind = activity("w1", method="solar_heat", item="own_wind_power", quantity=500)
    heat = activity("h1", method="solar_heat", item="solar_hot_water", quantity=900)
    assert kwh(wind, heat) == {"own_wind": Decimal(500)}


def test_vehicles_of_the_plant_use_electricity_wherever_they_are_charged() -> None:
    parameters = (("charging_loss", "10"), ("consumption", "18"))
    driven = activity("v1", method="vehicle_charging", item="ev_charging", unit="km", quantity=1000,
                      parameters=parameters)  # fmt: skip
    assert kwh(driven) == {"charging": Decimal(200)}


@pytest.mark.parametrize(
    ("method", "item", "unit"),
    [
        ("exported_energy", "electricity_sold", "kWh"),
        ("leased_assets", "electricity", "kWh"),
        ("transmission_losses", "electricity", "kWh"),
        ("purchased_heat", "heat", "GJ"),
        ("stationary_combustion", "diesel", "l"),
    ],
)
def test_what_others_used_or_what_is_no_electricity_does_not_count(method: str, item: str, unit: str) -> None:
    assert kwh(activity(method=method, item=item, unit=unit)) == {}


def test_a_record_without_factor_was_used_all_the_same() -> None:
    record = activity(parameters=(("factor", "f9"),))
    _, inventory = plant([record])
    assert inventory.excluded
    assert kwh(record) == {"purchased": Decimal(1000)}


def test_a_negative_bill_is_no_use() -> None:
    assert kwh(activity(quantity=-100), activity("a2")) == {"purchased": Decimal(1000)}


def test_a_record_that_ends_before_it_begins_is_no_use() -> None:
    assert kwh(activity(start=date(2023, 2, 1), end=date(2023, 1, 1))) == {}


def test_covers_and_the_rest_are_told_apart() -> None:
    used = used_of(activity(), certificate(), allocation("al1", "i1", "a1", 400))
    assert [(one.instrument, one.kwh) for one in used] == [
        ("", Decimal(600)),
        ("i1", Decimal(400)),
    ]


def test_a_direct_line_has_a_kind_of_its_own() -> None:
    assert kwh(activity(), contract(), allocation("al1", "i9", "a1", 250)) == {
        "purchased": Decimal(750),
        "direct_line": Decimal(250),
    }


def test_two_allocations_of_one_instrument_are_one_part() -> None:
    used = used_of(activity(), certificate(), allocation("al1", "i1", "a1", 400), allocation("al2", "i1", "a1", 100))
    assert [one.kwh for one in used if one.instrument] == [Decimal(500)]


def test_an_allocation_takes_its_part_along_over_the_end_of_the_period() -> None:
    bill = activity(start=date(2022, 12, 1), end=date(2023, 1, 31), quantity=62)
    used = used_of(bill, certificate(), allocation("al1", "i1", "a1", 62))
    assert [(one.instrument, one.kwh) for one in used] == [("i1", Decimal(31))]


def test_what_is_covered_beyond_use_counts_nothing() -> None:
    covers = allocation("al1", "i1", "a1", 700), allocation("al2", "i2", "a1", 301)
    used = used_of(activity(), certificate(), certificate("i2"), *covers)
    assert [(one.instrument, one.kwh) for one in used] == [("i1", Decimal(700)), ("i2", Decimal(300))]


def test_sun_is_never_covered_by_an_instrument() -> None:
    used = used_of(self_used(quantity=700), certificate(), allocation("al1", "i1", "s1", 700))
    assert [(one.kind, one.instrument) for one in used] == [("own_solar", "")]


@given(QUANTITIES, st.dates(date(2022, 6, 1), date(2024, 6, 1)), st.integers(0, 500))
def test_months_add_up_and_are_never_negative(value: Decimal, start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)
    parts = [
        part for _, part in by_days(value, Period(start, end), months_of(Period(date(2022, 6, 1), date(2026, 1, 1))))
    ]
    assert exact_sum(parts) == value
    assert min(parts) >= 0


@given(covered_plants())
def test_the_denominator_is_that_of_the_inventory(records: list[Record]) -> None:
    used = used_of(*records)
    _, inventory = plant(records)
    assert exact_sum(one.kwh for one in used) == _counted(inventory)


def _counted(inventory: Inventory) -> Decimal:
    """Market-based kilowatt-hours of bills and the memo of own use, as the lines say."""
    market = {line.activity.id for line in inventory.lines if line.scope == "scope2_market"}
    return exact_sum(
        line.portion.quantity.quantize(KG)
        for line in inventory.lines
        if line.scope == "scope2_market" or (line.scope == "avoided" and line.activity.id not in market)
    )


@given(covered_plants())
def test_it_differs_from_the_bills_by_rounding_alone(records: list[Record]) -> None:
    _, inventory = plant(records)
    bills = exact_sum(one.portion.quantity for one in inventory.lines if one.scope in ("scope2_location", "avoided"))
    assert abs(exact_sum(one.kwh for one in used_of(*records)) - bills) < Decimal("1E-7")


@given(covered_plants(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records: list[Record], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert used_of(*shuffled) == used_of(*records)


def test_a_year_of_bills() -> None:
    used = used_of(*year_of_bills())
    assert [one.month for one in used] == [month(number)["start"] for number in range(1, 13)]
