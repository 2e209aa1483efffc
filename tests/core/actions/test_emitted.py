"""From an inventory to the sources that actions work on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.actions import as_now, baseline_of, effect_of
from core.actions.emitted import Baseline, Emitted, part_order, tonnes_in, touches
from core.inventory import Choices, compile_inventory, year_of
from core.ledger import Audit, Ledger
from core.library import load_library
from tests.core.actions.plans import BASELINE, action
from tests.core.samples import YEAR, activity, compiled, green, ledgers, year_of_bills

WHOLE = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}


def found(cells: tuple[Emitted, ...], source: str) -> Emitted:
    return next(one for one in cells if one.source == source)


def plant() -> Baseline:
    return baseline_of(
        compiled(
            [
                *year_of_bills(quantity=Decimal(100_000)),
                activity("g", source="Boiler", method="stationary_combustion", item="natural_gas", unit="m3",
                         quantity=50_000, **WHOLE),
                activity("n", source="Oven", method="stationary_combustion", item="natural_gas", unit="kWh_net",
                         quantity=250_000, **WHOLE),
                activity("c", source="Coal", method="stationary_combustion", item="anthracite", unit="t", quantity=50,
                         **WHOLE),
                activity("h", source="Town", method="purchased_heat", item="heat", unit="GJ", quantity=360, **WHOLE),
                activity("r", source="Cooling", method="refrigerants", item="R-410A", unit="kg", quantity=5, **WHOLE),
                activity("s", source="Lorries", method="freight", item="truck", unit="tkm", quantity=90_000, **WHOLE),
            ]
        )
    )  # fmt: skip


def test_energy_of_bills_in_energy_is_what_they_state() -> None:
    cells = plant().cells
    assert found(cells, "Main meter").kwh == 1_200_000
    assert found(cells, "Town").kwh == 100_000
    assert found(cells, "Oven").kwh == 250_000


def test_the_factor_of_a_fuel_is_the_same_however_it_is_billed() -> None:
    cells = plant().cells
    boiler, oven = found(cells, "Boiler"), found(cells, "Oven")
    assert boiler.kwh is not None and oven.kwh is not None
    assert boiler.location / boiler.kwh == pytest.approx(oven.location / oven.kwh, rel=Decimal("1e-9"))
    coal = found(cells, "Coal")
    assert coal.kwh is not None and Decimal("0.3") < coal.location / coal.kwh * 1000 < Decimal("0.4")


def test_what_leaks_or_is_driven_has_no_energy() -> None:
    cells = plant().cells
    assert found(cells, "Cooling").kwh is None
    assert found(cells, "Lorries").kwh is None and found(cells, "Lorries").part == "scope3:4"


def test_electricity_alone_follows_the_grid() -> None:
    assert [one.source for one in plant().cells if one.electric] == ["Main meter"]


def test_both_views_of_scope_2() -> None:
    meter = found(plant().cells, "Main meter")
    assert meter.location == Decimal("781.92") and meter.market == Decimal("731.52")  # 0.6516 and 0.6096 kg/kWh
    assert meter.keys == ("scope2_location", "scope2_market")
    assert found(plant().cells, "Boiler").location == found(plant().cells, "Boiler").market


def test_parts_in_the_order_of_reports() -> None:
    assert plant().parts == ("scope1", "scope2_location", "scope2_market", "scope3:4")
    assert sorted(["scope3:10", "scope3:4", "scope1"], key=part_order) == ["scope1", "scope3:4", "scope3:10"]


@settings(max_examples=60)
@given(ledgers())
def test_tonnes_add_up_to_the_inventory(made: tuple[Ledger, Audit]) -> None:
    ledger, _ = made
    inventory = compile_inventory(ledger, Choices(YEAR), load_library())
    baseline, totals = baseline_of(inventory), inventory.totals
    assert baseline.of("location") == totals.location and baseline.of("market") == totals.market
    for scope in ("scope1", "scope2_location", "scope2_market", "scope3"):
        assert baseline.of(scope) == totals.scopes[scope]
    assert baseline.year == 2023 and 0 <= baseline.share <= 100
    assert len({one.key for one in baseline.cells}) == len(baseline.cells)


def test_an_empty_year_has_no_sources() -> None:
    baseline = baseline_of(compiled([], period=year_of(2022)))
    assert (baseline.year, baseline.cells, baseline.parts, baseline.share) == (2022, (), (), Decimal(0))


def test_covered_electricity_is_the_share() -> None:
    inventory = compiled(year_of_bills(quantity=Decimal(100)))
    lines = tuple(
        replace(line, factor=replace(line.factor, key="instrument.i1"))
        if line.scope == "scope2_market" and line.activity.id in ("m01", "m02", "m03")
        else line
        for line in inventory.lines
    )
    assert baseline_of(replace(inventory, lines=lines)).share == 25
    assert baseline_of(inventory).share == 0


def test_an_instrument_that_counts_lowers_what_is_left_to_save() -> None:
    baseline = baseline_of(compiled([activity(quantity=4000), *green("a1", 3000)]))
    (meter,) = baseline.cells
    assert baseline.share == 75 and meter.kwh == 4000
    assert meter.market * 4 == Decimal("2.4384") and meter.location == Decimal("2.6064")
    led = effect_of(action(energy=400), 2026, baseline, as_now(baseline))
    assert led.location == Decimal("0.26064") and led.market == Decimal("0.06096")


@pytest.mark.parametrize(
    ("changes", "sources"),
    [
        ({"part": "scope1", "item": ""}, ["Boiler", "Cars", "Cooling"]),
        ({"part": "scope1", "item": "", "source": "Cars"}, ["Cars"]),
        ({"part": "scope1"}, []),
        ({}, ["Hall", "Office"]),
        ({"part": "scope2_market"}, ["Hall", "Office"]),
        ({"item": ""}, ["Hall", "Office", "Town"]),
        ({"part": "scope3", "item": ""}, ["Steel", "Lorries"]),
        ({"part": "scope3:4", "item": ""}, ["Lorries"]),
    ],
)
def test_what_an_action_works_on(changes: dict[str, str], sources: list[str]) -> None:
    assert [one.source for one in BASELINE.touched(action(**changes))] == sources


def test_what_a_source_adds_to_a_part() -> None:
    hall = found(BASELINE.cells, "Hall")
    keys = ("scope1", "scope2_location", "scope2_market", "scope3", "location", "market")
    assert [int(tonnes_in(hall, key)) for key in keys] == [0, 600, 400, 0, 600, 400]
    lorries = found(BASELINE.cells, "Lorries")
    assert [int(tonnes_in(lorries, key)) for key in ("scope3", "scope3:4", "scope3:1", "market")] == [120, 120, 0, 120]


@given(st.sampled_from(BASELINE.cells))
def test_an_action_on_a_source_and_item_touches_it_alone(cell: Emitted) -> None:
    plan = action(part=cell.keys[0], source=cell.source, item=cell.item)
    assert [one for one in BASELINE.cells if touches(plan, one)] == [cell]
