"""Bought energy besides the plain bill: instruments, steam and water by mass, cooling, air, charging, energy sold."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core.methods._scope2 as scope2
import core.methods._steam as steam_module
from core.errors import UserError
from core.exchange import preview
from core.inventory import Inventory
from core.ledger import Ledger, OwnFactor, Plant
from core.library import Library
from core.library.load import read_factors
from core.methods import Line
from core.methods._covering import uncovered
from core.methods._steam import by_pressure, by_temperature, heat_of_water, interpolate, table_of
from tests.core.methods.gases import LIBRARY, only, only_with, own, record, refused, rules
from tests.core.samples import activity, compiled, green
from tests.documented import run_examples

NOWHERE = Plant("Dual", "ZZ")
TABLE = table_of(LIBRARY)
CASES = Path(__file__).parents[2] / "data" / "inventory_examples.json"


def grid(location: str = "0.20", residual: str = "0.45") -> Library:
    """The shipped library and the grid of an example."""
    head = (
        "# title_en: Grid\n# title_zh: 电网\n# publisher: Example\n# edition: 1\n# year: 2024\n"
        "# published: 2024-01-01\n# licence: own\nitem,use,region,year,unit,CO2,place\n"
    )
    rows = f"electricity,location,ZZ,2023,kg/kWh,{location},p. 1\n"
    if residual:
        rows += f"electricity,residual,ZZ,2023,kg/kWh,{residual},p. 2\n"
    return LIBRARY.with_sets(read_factors("example.csv", head + rows))


def both(inventory: Inventory) -> tuple[Any, Any]:
    """Tonnes of the location- and the market-based view."""
    assert not inventory.excluded, [str(e.finding.message) for e in inventory.excluded]
    return inventory.totals.scopes["scope2_location"], inventory.totals.scopes["scope2_market"]


def bill(quantity: object = 1000000, unit: str = "kWh", **told: Any) -> Any:
    return record("purchased_electricity", "electricity", quantity, unit, **{"evidence": "GEC 1-600", **told})


def test_documented_examples() -> None:
    assert run_examples(steam_module).failed == 0 and run_examples(scope2).failed == 0


# --- the order of instruments


def covers(energy: object = 600000, **told: Any) -> tuple[Any, ...]:
    return green("a1", energy, **{"market": "ZZ", "key": "i1", **told})  # type: ignore[arg-type]


def test_part_of_a_bill_is_covered() -> None:
    """1,000,000 kWh, grid 0.20, 600,000 kWh with certificates, residual 0.45: 200 t and 180 t."""
    inventory = compiled([bill(), *covers()], plant=NOWHERE, library=grid())
    assert both(inventory) == (200, 180)
    assert [line.id for line in inventory.lines] == ["a1:i1", "a1:location", "a1:market"]
    covered, _, rest = inventory.lines
    assert covered.portion.quantity == 600000 and rest.portion.quantity == 400000
    assert covered.factor.edition == "PPA i1" and not inventory.findings
    assert all(line.trace[-1].result == line.tco2e for line in inventory.lines)


def test_the_factor_of_a_line_is_that_of_its_instrument() -> None:
    inventory = compiled([bill(), *covers(supplier="", serials="A1-A9")], plant=NOWHERE, library=grid())
    factor = compiled([bill(), *covers()], plant=NOWHERE, library=grid()).lines[0].factor
    assert (factor.key, factor.unit, factor.publisher) == ("instrument.i1", "kg CO2/kWh", "Wind Seller")
    assert factor.value == 0
    assert (factor.edition, factor.place, factor.year) == ("PPA i1", "PPA i1", 2023)
    assert inventory.instruments[0].serials == "A1-A9"


def test_a_part_in_another_unit_than_the_bill() -> None:
    inventory = compiled([bill(1000, "MWh"), *covers()], plant=NOWHERE, library=grid())
    assert both(inventory) == (200, 180) and inventory.lines[0].portion.quantity == 600


def test_a_bill_covered_whole_has_no_line_of_the_rest() -> None:
    inventory = compiled([bill(), *covers(1000000)], plant=NOWHERE, library=grid())
    assert [line.id for line in inventory.lines] == ["a1:i1", "a1:location"] and both(inventory)[1] == 0


def test_a_cover_without_proof_is_an_error_and_no_zero() -> None:
    inventory = compiled([bill(), *covers(proof=False)], plant=NOWHERE, library=grid())
    assert both(inventory) == (200, 450) and "renewable_not_counted" in rules(inventory)


@pytest.mark.parametrize(("kind", "title"), [("direct_line", "Direct line"), ("green_tariff", "Green tariff")])
def test_the_instrument_is_named(kind: str, title: str) -> None:
    inventory = compiled([bill(), *covers(1000000, kind=kind)], plant=NOWHERE, library=grid())
    assert str(only(inventory, "scope2_market").factor.title).startswith(title)


def test_a_contract_with_a_factor_of_its_own() -> None:
    told = {"factor": Decimal("0.1"), "technology": "mixed"}
    inventory = compiled([bill(), *covers(**told)], plant=NOWHERE, library=grid())
    assert both(inventory) == (200, 240)
    covered = inventory.lines[0]
    assert covered.trace[-1].result == covered.tco2e == 60


def test_the_supplier_comes_before_the_residual_mix_and_proof_before_the_supplier() -> None:
    library = grid()
    factor = own("electricity", "supplier", "kg/kWh", "0.30")
    with_supplier = compiled([bill(), *covers(), factor], plant=NOWHERE, library=library)
    assert both(with_supplier) == (200, 120)
    rest = next(line for line in with_supplier.lines if line.id == "a1:market")
    assert rest.factor.publisher == "Utility" and rest.factor.edition == "letter 7"
    assert both(compiled([bill(), factor], plant=NOWHERE, library=library)) == (200, 300)
    assert both(compiled([bill()], plant=NOWHERE, library=library)) == (200, 450)
    last = compiled([bill()], plant=NOWHERE, library=grid(residual=""))
    assert both(last) == (200, 200) and rules(last) == {"no_residual_mix"}


def test_a_supplier_of_one_meter_only() -> None:
    factor = own("electricity", "supplier", "kg/kWh", "0.30", general=False)
    bills = [bill(key="a1"), bill(key="a2", factor="f1")]
    inventory = compiled([*bills, factor], plant=NOWHERE, library=grid())
    market = {line.id: line.tco2e for line in inventory.lines if line.scope == "scope2_market"}
    assert market == {"a1:market": 450, "a2:market": 300}


def test_a_supplier_never_enters_the_location_view() -> None:
    factor = own("electricity", "supplier", "kg/kWh", "0")
    assert both(compiled([bill(), factor], plant=NOWHERE, library=grid())) == (200, 0)


@given(bought=st.decimals(0, 10**9, places=3), share=st.decimals(0, 1, places=4))
def test_a_kilowatt_hour_is_covered_once(bought: Decimal, share: Decimal) -> None:
    covered = bought * share
    assert uncovered(bought, covered) + covered == bought
    assert 0 <= uncovered(bought, covered) <= bought


# --- steam and hot water


def heat(item: str, quantity: object, unit: str = "t", **told: Any) -> Any:
    return record("purchased_heat", item, quantity, unit, **told)


def location(inventory: Inventory) -> Line:
    return only(inventory, "scope2_location")


def test_steam_by_its_pressure() -> None:
    """1,000 t of saturated steam at 0.80 MPa: (2768.4 - 83.74) kJ/kg, 0.11 t/GJ."""
    inventory = compiled([heat("steam", 1000, pressure="0.8")])
    line = location(inventory)
    assert line.tco2e == Decimal("2684.66") * Decimal("0.11") == only(inventory, "scope2_market").tco2e
    assert line.trace[0].formula == "1000 t × (2768.4 kJ/kg − 83.74 kJ/kg) ÷ 1000"
    assert "24 guidelines" in str(line.trace[0].what)
    assert any("cn_steam_saturated.steam_0.80MPa.saturated_enthalpy" in part for part in line.factor.parts)


def test_the_newer_standard_counts_the_whole_enthalpy_and_says_so() -> None:
    line = location(compiled([heat("steam", 1000, pressure="0.8", rules="gbt_32151")]))
    assert line.tco2e == Decimal("2768.4") * Decimal("0.11") and "GB/T 32151.34-2024" in str(line.trace[0].what)


def test_measured_enthalpy_needs_no_table() -> None:
    line = location(compiled([heat("steam", 10, enthalpy=3050, pressure="99", temperature=320)]))
    assert line.tco2e == (Decimal("3050") - Decimal("83.74")) / 100 * Decimal("0.11")
    assert all("steam" not in part for part in line.factor.parts)


def test_saturated_steam_by_its_temperature() -> None:
    assert location(compiled([heat("steam", 1, temperature="170.42")])).tco2e == location(
        compiled([heat("steam", 1, pressure="0.80")])
    ).tco2e  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [{}, {"pressure": "0.0005"}, {"pressure": "5.1"}, {"temperature": 300}, {"pressure": "0.8", "temperature": 250}],
)
def test_steam_is_never_read_beyond_the_table(told: dict[str, Any]) -> None:
    rule, _ = refused(heat("steam", 10, **told))
    assert rule in ("not_understood", "contradiction")


def test_pressure_and_temperature_that_agree() -> None:
    assert location(compiled([heat("steam", 10, pressure="0.8", temperature=171)])).tco2e > 0


def test_hot_water() -> None:
    """1,000 t at 90 °C: 1,000 × 70 × 4.1868 / 1000 = 293.076 GJ."""
    line = location(compiled([heat("hot_water", 1000, temperature=90)]))
    assert line.tco2e == Decimal("293.076") * Decimal("0.11")
    assert refused(heat("hot_water", 1000))[0] == "not_understood"
    assert refused(heat("hot_water", 1000, temperature=20))[0] == "contradiction"
    assert refused(heat("heat", 1000, pressure="0.8"))[0] == "contradiction"


def test_the_factor_of_the_heat_supplier_is_market_based() -> None:
    bills = [heat("steam", 100, "GJ"), own("heat", "supplier", "t/GJ", "0.05")]
    assert both(compiled(bills)) == (11, 5)


def test_steam_is_the_same_with_only_the_rows_it_names() -> None:
    steam = heat("steam", 12, pressure="0.75")
    line = location(compiled([steam]))
    assert location(compiled([steam], library=only_with(line))) == line


def test_the_table_rises_and_is_whole() -> None:
    assert len(TABLE) == 53
    temperatures = [row.temperature.value for row in TABLE]
    assert temperatures == sorted(temperatures, key=lambda t: t or Decimal(0))
    assert table_of(LIBRARY) is table_of(LIBRARY)


@given(st.decimals("0.001", 5, places=4))
def test_between_two_rows_lies_between_their_values(pressure: Decimal) -> None:
    found = by_pressure(TABLE, pressure)
    values = [f.value for f in found.rows if f.use == "saturated_enthalpy" and f.value is not None]
    assert min(values) <= found.enthalpy <= max(values)
    assert by_temperature(TABLE, found.temperature).enthalpy == pytest.approx(found.enthalpy, abs=Decimal("1e-9"))


@given(x=st.decimals(0, 1, places=3), y0=st.decimals(-9, 9, places=2), y1=st.decimals(-9, 9, places=2))
def test_straight_lines(x: Decimal, y0: Decimal, y1: Decimal) -> None:
    below, above = (Decimal(0), y0), (Decimal(1), y1)
    assert interpolate(Decimal(0), below, above) == y0 and interpolate(Decimal(1), below, above) == y1
    assert min(y0, y1) <= interpolate(x, below, above) <= max(y0, y1)


def test_water_below_its_reference() -> None:
    with pytest.raises(UserError):
        heat_of_water(Decimal(1), Decimal(19))


# --- cooling, compressed air, charging


def test_cooling_by_the_electricity_of_its_chiller() -> None:
    """15.12 GJ of cold are 4,200 kWh, 1,000 kWh of electricity with a COP of 4.2."""
    inventory = compiled([record("purchased_cooling", "chilled_water", "15.12", "GJ", cop="4.2")],
                         plant=NOWHERE, library=grid())  # fmt: skip
    assert both(inventory) == (Decimal("0.2"), Decimal("0.45"))
    assert (
        refused(record("purchased_cooling", "cooling", 1, "GJ"), plant=NOWHERE, library=grid())[0] == "not_understood"
    )
    assert refused(record("purchased_cooling", "cooling", 1, "GJ", cop=0))[0] == "contradiction"


def test_cooling_by_the_factor_of_its_supplier() -> None:
    factor = own("cooling", "supplier", "kg/kWh", "0.05")
    for told in ({}, {"cop": 4}):
        cold = record("purchased_cooling", "chilled_water", 1000, "kWh", key="a1", **told)
        inventory = compiled([cold, factor], plant=NOWHERE, library=grid())
        assert both(inventory) == (Decimal("0.05"), Decimal("0.05"))
    better = compiled(
        [record("purchased_cooling", "cooling", 1000, "kWh", cop=5), factor], plant=NOWHERE, library=grid()
    )
    assert both(better) == (Decimal("0.04"), Decimal("0.05"))


def test_cooling_of_an_absorption_chiller() -> None:
    """70 GJ of cold with a COP of 0.7 took 100 GJ of heat: 11 t in China."""
    cold = record("purchased_cooling", "cooling", 70, "GJ", cop="0.7", driven_by="heat")
    assert both(compiled([cold])) == (11, 11)
    assert both(compiled([cold, own("heat", "supplier", "t/GJ", "0.05")])) == (11, 5)
    assert both(compiled([cold, own("cooling", "supplier", "t/GJ", "0.1")])) == (11, 7)


def test_compressed_air_of_a_neighbour() -> None:
    """100,000 m3 × 0.12 kWh/m3 = 12,000 kWh."""
    air = record("compressed_air", "compressed_air", 100000, "m3", specific_energy="0.12")
    assert both(compiled([air], plant=NOWHERE, library=grid())) == (Decimal("2.4"), Decimal("5.4"))
    factor = own("compressed_air", "supplier", "kg/m3", "0.01")
    assert both(compiled([air, factor], plant=NOWHERE, library=grid())) == (Decimal("2.4"), 1)
    bare = record("compressed_air", "compressed_air", 10, "e4m3")
    assert both(compiled([bare, factor], plant=NOWHERE, library=grid())) == (1, 1)
    assert refused(bare)[0] == "not_understood"


def test_charging_by_the_kilowatt_hour_and_by_the_kilometre() -> None:
    """12,500 km × 17.2 kWh/100 km = 2,150 kWh."""
    billed = record("vehicle_charging", "ev_charging", 2150, "kWh")
    driven = record("vehicle_charging", "ev_charging", 12500, "km", consumption="17.2")
    lossy = record("vehicle_charging", "ev_charging", 1935, "kWh", charging_loss=10)
    for bills in (billed, driven, lossy):
        assert both(compiled([bills], plant=NOWHERE, library=grid())) == (Decimal("0.43"), Decimal("0.9675"))
    assert refused(record("vehicle_charging", "ev_charging", 12500, "km"))[0] == "not_understood"


def test_charging_as_the_glec_framework_counts_it() -> None:
    """GLEC Framework v3.0, p. 106: 100,000 kWh at 97 g/MJ are 34,920 kg CO2e."""
    factor = LIBRARY.units.convert(Decimal("0.097"), "kWh", "MJ")
    charged = record("vehicle_charging", "ev_charging", 100000, "kWh")
    assert both(compiled([charged], plant=NOWHERE, library=grid(location=str(factor))))[0] == Decimal("34.92")


# --- energy sold, own renewables


def test_energy_sold_is_a_memo_with_the_same_factor() -> None:
    sold = record("exported_energy", "electricity_sold", 1000, "kWh")
    inventory = compiled([sold, activity("grid")], plant=NOWHERE, library=grid())
    line = only(inventory, "exported")
    assert line.tco2e == Decimal("0.2") == inventory.totals.scopes["exported"]
    assert inventory.totals.location == Decimal("0.2") and inventory.totals.market == Decimal("0.45")
    assert only(compiled([record("exported_energy", "heat_sold", 100, "GJ")]), "exported").tco2e == 11


def test_own_renewables_are_used_and_never_negative() -> None:
    items = ("solar_hot_water", "ground_heat", "own_wind_power", "own_hydro_power")
    inventory = compiled([record("solar_heat", item, 5000, "kWh", key=item) for item in items])
    assert [line.portion.quantity for line in inventory.lines] == [5000] * 4
    assert all(line.tco2e == 0 and line.scope == "scope1" for line in inventory.lines)
    assert inventory.totals.location == inventory.totals.avoided == 0
    assert only(compiled([record("solar_heat", "solar_hot_water", 18, "GJ")])).tco2e == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("压缩空气", "compressed_air"), ("供冷", "cooling"), ("冷冻水", "chilled_water"),
        ("输出电力", "electricity_sold"), ("solar hot water", "solar_hot_water"),
        ("太阳能热水", "solar_hot_water"), ("EV charging", "ev_charging"),
    ],
)  # fmt: skip
def test_names_of_energies(text: str, key: str) -> None:
    assert LIBRARY.recognise(text) is LIBRARY.items[key]


def test_an_own_factor_is_a_record_with_its_proof() -> None:
    assert isinstance(own("electricity", "supplier", "kg/kWh", "0.3"), OwnFactor)
    assert own("electricity", "supplier", "kg/kWh", "0.3").evidence


def test_the_published_example_comes_in_from_a_file() -> None:
    """Case scope2-dual: one bill of which a part is covered, and two bills of which one is covered whole."""
    (case,) = [c for c in json.loads(CASES.read_text("utf-8"), parse_float=Decimal) if c["id"] == "scope2-dual"]
    given, expected = case["inputs"], case["expected"]
    head = "Source,Item,Start,End,Quantity,Unit,Evidence\n"
    span = "2023-01-01,2023-12-31"
    one = f"Meter,electricity,{span},{given['kwh']},kWh,bill 7\n"
    two = (
        f"Meter,electricity,{span},{given['cert_kwh']},kWh,bill 8\n"
        f"Meter,electricity,{span},{given['kwh'] - given['cert_kwh']},kWh,bill 7\n"
    )
    library = grid(str(given["grid"]), str(given["residual"]))
    for rows in (one, two):
        seen = preview((head + rows).encode(), Ledger.of([NOWHERE]), library, "bills.csv")
        assert not seen.refused, [str(problem.reason) for problem in seen.refused]
        bills = [ready.activity for ready in seen.ready]
        contract = green(bills[0].id, given["cert_kwh"], market="ZZ")
        assert both(compiled([*bills, *contract], plant=NOWHERE, library=library)) == (
            expected["lb_t"],
            expected["mb_t"],
        )


@pytest.mark.parametrize("name", ["renewable_electricity", "绿电", "Green electricity", "绿电（合同或绿证）"])
def test_a_row_of_green_electricity_is_refused_and_says_what_to_do(name: str) -> None:
    rows = f"Source,Item,Start,End,Quantity,Unit\nMeter,{name},2023-01-01,2023-12-31,5,kWh\n"
    seen = preview(rows.encode(), Ledger.of([NOWHERE]), LIBRARY, "bills.csv")
    (problem,) = seen.refused
    assert not seen.ready and "Renewables" in problem.message.in_language("en")


def test_a_row_with_the_parameters_of_before_is_refused_and_says_what_to_do() -> None:
    rows = "Source,Item,Start,End,Quantity,Unit,Parameters\nMeter,electricity,2023-01-01,2023-12-31,5,kWh,covered=5\n"
    seen = preview(rows.encode(), Ledger.of([NOWHERE]), LIBRARY, "bills.csv")
    assert not seen.ready and "Renewables" in seen.refused[0].message.in_language("en")
