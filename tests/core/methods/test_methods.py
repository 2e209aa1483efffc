"""Each method against numbers that others have published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.inventory import Inventory, year_of
from core.ledger import Activity, Plant
from core.library import Library, load_library
from core.library.load import read_factors
from core.methods import BIOGENIC, OTHER, Line
from tests.core.samples import PLANT, activity, compiled, green, month

LIBRARY = load_library()
BRITAIN, POLAND, INDIA, MEXICO = Plant("Luton", "GB"), Plant("Tychy", "PL"), Plant("Pune", "IN"), Plant("Puebla", "MX")


def only(inventory: Inventory, scope: str = "scope1") -> Line:
    (line,) = [line for line in inventory.lines if line.scope == scope]
    return line


def near(value: Decimal, expected: str) -> bool:
    """Equal to all printed digits."""
    digits = Decimal(expected)
    return abs(value - digits) <= Decimal((0, (5,), int(digits.as_tuple().exponent) - 1))


def burned(item: str, quantity: str, unit: str, method: str = "stationary_combustion") -> Activity:
    return activity(method=method, item=item, quantity=quantity, unit=unit)


def test_chinese_diesel_is_the_number_people_know() -> None:
    """GB/T 32151-2024: 42.652 GJ/t × 0.0202 tC/GJ × 0.98 × 44/12 = 3.0959 t/t."""
    line = only(compiled([burned("diesel", "1", "t")]))
    assert near(line.factor.value, "3.0959") and line.factor.unit == "t CO2/t"
    assert near(line.kg["CO2"] / 1000, "3.0959")
    assert line.factor.parts[0].startswith("cn_gbt32151_2024.diesel.carbon")
    assert line.kg["CH4"] > 0 and line.kg["N2O"] > 0
    assert line.trace[0].formula == "1 t × 42.652 GJ/t"


def test_chinese_fuel_by_its_measured_energy_needs_no_calorific_value() -> None:
    line = only(compiled([burned("diesel", "42.652", "GJ")]))
    assert near(line.kg["CO2"] / 1000, "3.0959")
    assert line.factor.unit == "t CO2/GJ"
    assert not any(".ncv." in part for part in line.factor.parts)


def test_litres_go_through_the_density() -> None:
    by_volume, by_mass = (only(compiled([burned("gasoline", q, u)])) for q, u in (("1000", "l"), ("1", "t")))
    assert Decimal("0.6") < by_volume.tco2e / by_mass.tco2e < Decimal("0.9")
    assert any(".density." in part for part in by_volume.factor.parts)


def test_mobile_differs_from_stationary_only_in_ch4_and_n2o() -> None:
    fixed = only(compiled([burned("diesel", "1", "t")]))
    moving = only(compiled([burned("diesel", "1", "t", "mobile_combustion")]))
    assert fixed.kg["CO2"] == moving.kg["CO2"]
    assert moving.kg["N2O"] > fixed.kg["N2O"]


def test_british_litres_as_printed() -> None:
    """DESNZ 2025 prints kg CO2e per litre; with its own GWP set the line is that number."""
    printed = next(
        f for f in LIBRARY.factors
        if f.set.key == "uk_desnz_2025" and f.item == "diesel" and f.per == "l" and "CO2e" in f.amounts
    )  # fmt: skip
    bill = replace(burned("diesel", "1000", "l"), start=date(2025, 1, 1), end=date(2025, 1, 31))
    line = only(compiled([bill], plant=BRITAIN, period=year_of(2025), gwp="AR5"))
    assert printed.key in line.factor.parts
    assert abs(line.tco2e - printed.amounts["CO2e"]) < Decimal("0.00002")


def test_ipcc_energy_form_elsewhere() -> None:
    """IPCC 2006 Vol. 2: 43.0 TJ/Gg × 74,100 kg/TJ = 3.1863 t/t."""
    line = only(compiled([burned("diesel", "1", "t")], plant=INDIA))
    assert near(line.kg["CO2"] / 1000, "3.1863")


def test_gross_and_net_are_never_guessed() -> None:
    inventory = compiled([burned("natural_gas", "1000", "kWh")])
    assert not inventory.lines
    assert [f.rule for f in inventory.findings] == ["ambiguous_energy"]
    (excluded,) = inventory.excluded
    assert excluded.portion.quantity == 1000
    assert only(compiled([burned("natural_gas", "1000", "kWh_net")])).tco2e > 0


def test_biomass_is_kept_apart_and_the_trace_says_the_same() -> None:
    fuel = next(i for i in LIBRARY.items.values() if i.kind == "fuel" and i.biogenic and i.key == "solid_biomass")
    inventory = compiled([burned(fuel.key, "1", "t")], plant=INDIA)
    line = only(inventory)
    assert line.apart(BIOGENIC) > line.tco2e > 0
    assert inventory.totals.biogenic == line.apart(BIOGENIC)
    assert inventory.totals.gases["CO2"] == 0
    assert line.trace[-1].result == line.tco2e


def with_factors(name: str, rows: str, gwp: str = "") -> Library:
    """The shipped library with one more publication."""
    head = (
        "# title_en: Test\n# title_zh: 试\n# publisher: Test\n# edition: 1\n# year: 2024\n# published: 2024-01-01\n"
        f"# licence: own\n# gwp: {gwp}\n# rank: 1\nitem,use,region,year,unit,CO2,CH4,CO2e,value,place\n"
    )
    added = read_factors(f"{name}.csv", head + rows)
    return Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, (*LIBRARY.factors, *added))


def test_two_views_of_the_same_kilowatt_hours() -> None:
    """1,000,000 kWh, grid 0.20, 600,000 kWh with proof, residual 0.45: 200 t and 180 t."""
    library = with_factors(
        "dual", "electricity,location,ZZ,2023,kg/kWh,0.20,,,,p. 1\nelectricity,residual,ZZ,2023,kg/kWh,0.45,,,,p. 2\n"
    )
    bills = [
        activity("grid", quantity="400000"),
        activity("green", quantity="600000", evidence="bill 7"),
        *green("green", 600000, market="ZZ"),
    ]
    totals = compiled(bills, plant=Plant("Dual", "ZZ"), library=library).totals
    assert totals.scopes["scope2_location"] == 200
    assert totals.scopes["scope2_market"] == 180


def test_renewable_without_proof_is_an_error_and_no_zero() -> None:
    inventory = compiled([activity(), *green(proof=False)])
    assert [f.severity for f in inventory.findings if f.rule == "renewable_not_counted"] == ["error"]
    assert inventory.totals.scopes["scope2_market"] == compiled([activity()]).totals.scopes["scope2_market"] > 0


def test_green_electricity_of_before_counts_as_it_did_and_is_an_error() -> None:
    """A file of an earlier version: the totals stay, and the error says where it is entered now."""
    bill = {"evidence": "GREEN-7", "quantity": "1000000"}
    now, before = compiled([activity(**bill)]), compiled([activity(item="renewable_electricity", **bill)])
    assert before.totals.scopes["scope2_location"] == now.totals.scopes["scope2_location"] > 0
    assert before.totals.scopes["scope2_market"] == 0 and not before.excluded
    assert [f.severity for f in before.findings if f.rule == "former_instrument"] == ["error"]
    assert "Renewables" in str(next(f.remedy for f in before.findings if f.rule == "former_instrument"))


@pytest.mark.parametrize(
    ("said", "zero"),
    [
        ({"covered_share": "40"}, "400"),
        ({"covered": "400", "instrument": "certificate", "certificates": "A0001-A0004"}, "400"),
        ({"covered": "1000", "contract": "PPA 7"}, "1000"),
        ({"covered": "0"}, "0"),
    ],
)
def test_a_part_with_proof_of_before_counts_as_it_did(said: dict[str, str], zero: str) -> None:
    plain = compiled([activity()]).totals.scopes
    before = compiled([activity(parameters=tuple(sorted(said.items())))])
    rest = (Decimal(1000) - Decimal(zero)) / 1000
    assert before.totals.scopes["scope2_market"] == plain["scope2_market"] * rest
    assert before.totals.scopes["scope2_location"] == plain["scope2_location"]
    assert "former_instrument" in {f.rule for f in before.findings}


def test_a_contract_of_before_counts_with_the_factor_it_stated() -> None:
    said = (("covered", "1000"), ("instrument_factor", "0.02"))
    inventory = compiled([activity(parameters=said)])
    assert inventory.totals.scopes["scope2_market"] == Decimal("0.02")
    assert only(inventory, "scope2_market").factor.key == "instrument.a1"


def test_green_electricity_of_before_without_proof_is_no_zero() -> None:
    inventory = compiled([activity(item="renewable_electricity", evidence="")])
    assert inventory.totals.scopes["scope2_market"] == compiled([activity()]).totals.scopes["scope2_market"] > 0
    assert {"former_instrument", "renewable_without_proof"} <= {f.rule for f in inventory.findings}


def test_what_is_upstream_of_green_electricity_of_before_counts_as_it_did() -> None:
    both = [
        compiled([activity(method="upstream_energy", item=item)]) for item in ("electricity", "renewable_electricity")
    ]
    assert both[0].totals.scopes["scope3"] == both[1].totals.scopes["scope3"] > 0
    assert "former_instrument" in {f.rule for f in both[1].findings}


def test_once_something_is_allocated_the_allocation_counts() -> None:
    said = (("covered_share", "40"),)
    inventory = compiled([activity(parameters=said), *green(energy=1000)])
    assert inventory.totals.scopes["scope2_market"] == 0
    assert "former_instrument" in {f.rule for f in inventory.findings}


@pytest.mark.parametrize(
    "said",
    [
        {"covered": "much"},
        {"covered_share": "101"},
        {"covered": "-1"},
        {"covered": "5", "covered_share": "5"},
        {"covered": "1001"},
    ],
)
def test_what_never_counted_is_still_an_error_that_names_the_place(said: dict[str, str]) -> None:
    inventory = compiled([activity(parameters=tuple(sorted(said.items())))])
    (finding,) = (e.finding for e in inventory.excluded)
    assert finding.severity == "error" and "Renewables" in str(finding.remedy) and not inventory.lines


def test_chinese_electricity_of_2023() -> None:
    scopes = compiled([activity(quantity="1000000")]).totals.scopes
    year = {f.use: f.amounts["CO2"] for f in LIBRARY.factors if f.set.key == "cn_electricity_2023" and f.region == "CN"}
    assert scopes["scope2_market"] == 1000 * year["residual"]
    province = LIBRARY.factor("cn_electricity_2023.electricity.location.CN-HE.2023.kWh")
    assert province is not None and scopes["scope2_location"] == 1000 * province.amounts["CO2"]


def test_the_national_policy_takes_the_national_factor() -> None:
    line = only(compiled([activity()], policy="gbt-32150-2025"), "scope2_location")
    assert (line.factor.region, line.factor.year) == ("CN", 2023)


def test_a_year_without_factor_says_so() -> None:
    bill = activity(**month(5, 2025))
    inventory = compiled([bill], period=year_of(2025))
    assert {f.rule for f in inventory.findings} >= {"factor_year"}
    assert only(inventory, "scope2_location").factor.year == 2023


def test_tibet_takes_the_national_factor_and_says_so() -> None:
    inventory = compiled([activity()], plant=Plant("Lhasa", "CN", "CN-XZ"))
    assert "wider_area" in {f.rule for f in inventory.findings}
    assert only(inventory, "scope2_location").factor.region == "CN"


def test_no_residual_mix_is_disclosed() -> None:
    library = with_factors("zz", "electricity,location,ZZ,2023,kg/kWh,0.3,,,,p. 1\n")
    inventory = compiled([activity()], plant=Plant("Z", "ZZ"), library=library)
    assert [f.rule for f in inventory.findings] == ["no_residual_mix"]
    assert inventory.totals.location == inventory.totals.market == Decimal("0.3")


def test_a_country_without_factor_is_excluded_with_its_quantity() -> None:
    inventory = compiled([activity()], plant=Plant("Nowhere", "ZZ"))
    assert not inventory.lines
    assert inventory.totals.location == 0
    assert "1,000" in inventory.findings[0].message.in_language("en")
    assert inventory.excluded[0].finding.rule == "missing_factor"


def test_heat_default_of_china_in_both_views() -> None:
    totals = compiled([activity(method="purchased_heat", item="steam", quantity="100", unit="GJ")]).totals
    assert totals.scopes["scope2_location"] == totals.scopes["scope2_market"] == 11


@pytest.mark.parametrize(
    ("blend", "gwp", "value"),
    [("R-410A", "AR5", "1923.5"), ("R-404A", "AR6", "4728"), ("R-404A", "AR4", "3921.6"), ("R-407C", "AR4", "1773.85")],
)
def test_refrigerant_blends(blend: str, gwp: str, value: str) -> None:
    line = only(compiled([activity(method="refrigerants", item=blend, quantity="1000", unit="kg")], gwp=gwp))
    assert abs(line.tco2e - Decimal(value)) < Decimal("0.6")
    assert abs(line.factor.value - Decimal(value)) < Decimal("0.6")
    assert line.kg["HFCs"] == 1000


def test_a_blend_keeps_its_hcfc_apart() -> None:
    inventory = compiled([activity(method="refrigerants", item="R-408A", quantity="100", unit="kg")], gwp="AR5")
    line = only(inventory)
    assert line.kg["HFCs"] == 53
    assert line.apart(OTHER) == Decimal("47") * 1760 / 1000 == inventory.totals.other
    assert line.trace[-1].result == line.tco2e == inventory.totals.location
    assert "outside_the_basket" in {f.rule for f in inventory.findings}


def test_a_trace_of_propane_does_not_hide_a_blend() -> None:
    """R-402A: 60 % HFC-125, 38 % HCFC-22 and 2 % propane, which AR5 gives no value."""
    inventory = compiled([activity(method="refrigerants", item="R-402A", quantity="100", unit="kg")], gwp="AR5")
    assert only(inventory).tco2e == Decimal(60) * 3170 / 1000
    assert "component_without_gwp" in {f.rule for f in inventory.findings}


def test_a_substance_without_potential_is_excluded() -> None:
    inventory = compiled([activity(method="refrigerants", item="R-433C", quantity="1", unit="kg")], gwp="AR5")
    assert not inventory.lines and inventory.excluded[0].finding.rule == "missing_factor"


@pytest.mark.parametrize(
    ("gas", "share"),
    [("co2_100", "1"), ("ar80_co2_20", "0.2159"), ("ar82_co2_18", "0.1947"), ("ar92_co2_8", "0.0874")],
)
def test_welding_gas(gas: str, share: str) -> None:
    line = only(compiled([activity(method="welding_gas", item=gas, quantity="1", unit="t")]))
    assert near(line.kg["CO2"] / 1000, share)
    assert near(line.factor.value, share)


def solar(item: str, quantity: str, key: str = "", **changes: object) -> Activity:
    return activity(
        key or item, source="Roof", method="solar_generation", item=f"solar_{item}", quantity=quantity, **changes
    )


def test_self_use_follows_from_generation_and_feed_in() -> None:
    inventory = compiled([solar("generated", "1000"), solar("fed_in", "300")])
    energy = {line.activity.item: line.portion.quantity for line in inventory.lines}
    assert energy == {"solar_self_used": 700, "solar_fed_in": 300}
    assert inventory.totals.location == inventory.totals.market == 0
    assert inventory.totals.avoided > 0
    derived = next(line for line in inventory.lines if line.activity.item == "solar_self_used")
    assert derived.trace[0].formula == "1000 kWh − 300 kWh"


def test_feed_in_follows_from_generation_and_self_use_and_stays_an_estimate() -> None:
    inventory = compiled([solar("generated", "1000"), solar("self_used", "900", estimated=True)])
    fed_in = next(line for line in inventory.lines if line.activity.item == "solar_fed_in")
    assert fed_in.portion.quantity == 100 and fed_in.activity.estimated


def test_the_meter_is_not_counted_beside_its_parts() -> None:
    inventory = compiled([solar("generated", "1000"), solar("self_used", "700"), solar("fed_in", "300")])
    assert len(inventory.lines) == 2 and not inventory.excluded


def test_generation_alone_gives_no_avoided_tonnes() -> None:
    inventory = compiled([solar("generated", "1000")])
    assert not inventory.lines and inventory.findings[0].rule == "solar_use_unknown"


def test_printed_co2e_is_divided_by_the_publishers_potential() -> None:
    """2.8 kg CO2e of CH4 with GWP 28 is 0.1 kg of CH4, which counts 27.9 or 29.8 in AR6."""
    library = with_factors("printed", "diesel,combustion,ZZ,2023,kg/l,2.0,2.8,4.8,,p. 1\n", gwp="AR5")
    line = only(compiled([burned("diesel", "1000", "l")], plant=Plant("Z", "ZZ"), library=library, gwp="AR6"))
    assert line.kg["CH4"] == 100
    assert line.tco2e == 2 + 100 * LIBRARY.gwp["AR6"].species["CH4"].gwp / 1000


def test_a_sum_without_its_gases_is_counted_once() -> None:
    library = with_factors("sum", "diesel,combustion,ZZ,2023,kg/l,,0.1,4.8,,p. 1\n")
    line = only(compiled([burned("diesel", "1000", "l")], plant=Plant("Z", "ZZ"), library=library))
    assert line.tco2e == Decimal("4.8")


def test_a_calorific_value_given_as_gas_is_told_not_raised() -> None:
    library = with_factors("odd", "diesel,ncv,ZZ,,GJ/t,42,,,,p. 1\n")
    inventory = compiled([burned("diesel", "1", "t")], plant=Plant("Z", "ZZ"), library=library)
    assert [e.finding.rule for e in inventory.excluded] == ["contradiction"]


def test_plants_of_the_group_have_electricity() -> None:
    for plant in (PLANT, BRITAIN, POLAND, INDIA, MEXICO, Plant("Praha", "CZ"), Plant("Dayton", "US", grid="US-RFCW")):
        assert compiled([activity()], plant=plant).totals.location > 0, plant


def test_a_set_knows_its_publication() -> None:
    assert all(f.set.publisher and f.place for f in LIBRARY.factors)
