"""Own laboratory values, biomass shares, the American and the British form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory import Inventory, year_of
from core.ledger import Plant
from core.library import load_library
from core.library.load import read_factors
from core.methods import BIOGENIC, Line
from tests.core.samples import activity, compiled

LIBRARY = load_library()
CHINA, BRITAIN, POLAND = Plant("Zhangjiakou", "CN", "CN-HE"), Plant("Luton", "GB"), Plant("Tychy", "PL")
HEAD = (
    "# title_en: T\n# title_zh: 题\n# publisher: P\n# edition: 1\n# year: 2024\n# published: 2024-01-01\n"
    "# licence: free\n"
    "item,use,region,year,unit,CO2,CO2e,place,status\n"
)
DAYTON = Plant("Dayton", "US", grid="US-RFCW")


def inventory(plant: Plant, year: int = 2023, **record: Any) -> Inventory:
    defaults: dict[str, Any] = {"method": "stationary_combustion", "start": date(year, 1, 1), "end": date(year, 1, 31)}
    said = defaults | record
    if isinstance(said.get("parameters"), dict):
        said["parameters"] = tuple(sorted(said["parameters"].items()))
    return compiled([activity(**said)], plant=plant, period=year_of(year), gwp="AR5")


def burned(plant: Plant, year: int = 2023, **record: Any) -> Line:
    (line,) = inventory(plant, year, **record).lines
    return line


def near(value: Decimal, expected: str, tolerance: str = "0.000001") -> bool:
    return abs(value - Decimal(expected)) <= Decimal(tolerance)


@pytest.mark.parametrize(
    ("item", "unit", "co2", "ch4", "n2o"),
    [
        # EPA Emission Factors Hub 2024, Table 1: kg CO2, g CH4 and g N2O per unit and per mmBtu (HHV).
        ("natural_gas", "ft3", "0.05444", "0.00103", "0.0001"),
        ("natural_gas", "mmBtu_gross", "53.06", "1", "0.1"),
        ("anthracite", "short_ton", "2602", "276", "40"),
        ("propane", "gal_us", "5.72", "0.27", "0.05"),
        ("fuel_oil", "gal_us", "11.27", "0.45", "0.09"),
    ],
)
def test_american_fuels_as_the_hub_prints_them(item: str, unit: str, co2: str, ch4: str, n2o: str) -> None:
    line = burned(DAYTON, item=item, unit=unit, quantity=1000)
    assert line.factor.publisher.startswith("US Environmental Protection Agency")
    assert near(line.kg["CO2"] / 1000, co2)
    assert near(line.kg["CH4"], ch4) and near(line.kg["N2O"], n2o)
    assert not line.findings


def test_heat_content_times_factor_is_what_the_hub_prints_per_unit() -> None:
    """Every row: printed per unit = heat content (HHV) × factor per mmBtu, to the printed digits."""
    rows = [f for f in LIBRARY.factors if f.set.key == "us_epa_hub_2024_stationary"]
    by_key = {(f.item, f.use, f.per): f for f in rows}
    contents = [f for f in rows if f.use == "gcv"]
    assert len(contents) == 50
    for content in contents:
        assert content.value is not None and content.of == "mmBtu_gross"
        per_energy = by_key[content.item, "stationary", "mmBtu_gross"].amounts["CO2"]
        printed = by_key[content.item, "stationary", content.per].amounts["CO2"]
        assert abs(content.value * per_energy - printed) <= max(printed * Decimal("0.006"), Decimal("0.005")), content


def test_american_vehicles_take_printed_co2_and_ch4_and_n2o_of_the_ipcc() -> None:
    line = burned(DAYTON, method="mobile_combustion", item="diesel", unit="gal_us", quantity=100)
    assert near(line.kg["CO2"], "1021")
    assert line.kg["CH4"] > 0 and line.kg["N2O"] > 0
    assert any(part.startswith("ipcc_2006_mobile.diesel.mobile") for part in line.factor.parts)


def test_fork_lifts_have_factors_of_their_own() -> None:
    """EPA Hub 2024, Table 2: 5.68 kg CO2; Table 5, industrial LPG: 0.443314 g CH4, 0.640343 g N2O per gallon."""
    offroad = {"machine": "offroad"}
    record: dict[str, Any] = {"method": "mobile_combustion", "item": "lpg", "unit": "gal_us", "quantity": 1000}
    line = burned(DAYTON, parameters=offroad, **record)
    assert near(line.kg["CO2"], "5680") and near(line.kg["CH4"], "0.443314") and near(line.kg["N2O"], "0.640343")
    road, machine = (
        burned(POLAND, method="mobile_combustion", item="diesel", unit="GJ", quantity=1000, parameters=p)
        for p in ({}, offroad)
    )
    assert near(road.kg["N2O"], "3.9") and near(machine.kg["N2O"], "28.6") and near(machine.kg["CH4"], "4.15")
    assert road.kg["CO2"] == machine.kg["CO2"]


def test_measured_calorific_value_takes_the_place_of_the_tabled_one() -> None:
    """GB/T 32151.34-2024 form: 1000 t × 26.7 GJ/t × 0.0274 tC/GJ × 0.95 × 44/12."""
    own = {"ncv": "26.7", "carbon": "0.0274", "oxidation": "0.95"}
    line = burned(CHINA, item="anthracite", unit="t", quantity=1000, parameters=own, evidence="LAB-7")
    assert near(line.kg["CO2"] / 1000, "2548.3370")
    assert line.factor.status == "USER" and line.factor.edition == "LAB-7" and "ncv=26.7" in line.factor.place
    assert line.factor.publisher == "Main meter" and not line.findings
    assert line.trace[0].formula == "1000 t × 26.7 GJ/t"
    assert line.kg["CH4"] > 0, "from the IPCC, per energy"


def test_measured_values_per_volume_are_per_1000_cubic_metres() -> None:
    line = burned(CHINA, item="natural_gas", unit="e4m3", quantity=1, parameters={"ncv_volume": "38.931"})
    tabled = burned(CHINA, item="natural_gas", unit="e4m3", quantity=1)
    assert near(line.trace[1].result, "389.31")
    assert near(line.kg["CO2"] / tabled.kg["CO2"], "1", "0.0001"), "the standard has 389.31 GJ per 10⁴ m³"
    assert any(".carbon." in part for part in line.factor.parts)


def test_a_volume_is_weighed_with_the_measured_density() -> None:
    own = {"ncv": "43", "density": "840"}
    line = burned(POLAND, item="diesel", unit="l", quantity=1000, parameters=own, evidence="LAB-1")
    assert near(line.kg["CO2"] / 1000, "2.676492"), "0.84 t × 43 GJ/t × 74.1 kg/GJ"
    only_density = burned(POLAND, item="diesel", unit="l", quantity=1000, parameters={"density": "840"}, evidence="x")
    assert only_density.kg["CO2"] == line.kg["CO2"], "43 GJ/t is the default of the IPCC"


def test_measured_oxidation_lowers_the_co2_of_the_ipcc_form() -> None:
    whole = burned(POLAND, item="anthracite", unit="t", quantity=100)
    less = burned(POLAND, item="anthracite", unit="t", quantity=100, parameters={"oxidation": "0.9"}, evidence="x")
    assert less.kg["CO2"] == whole.kg["CO2"] * Decimal("0.9") and less.kg["CH4"] == whole.kg["CH4"]


def test_measured_carbon_needs_no_family() -> None:
    line = burned(POLAND, item="natural_gas", unit="GJ", quantity=100, parameters={"carbon": "0.0153"}, evidence="x")
    assert near(line.kg["CO2"], "5610"), "100 GJ × 0.0153 × 44/12, all carbon oxidised"


def test_a_measured_heat_content_takes_the_american_form() -> None:
    """1000 short tons × 22.68 GJ/t (HHV) × 93.28 kg CO2 per mmBtu of bituminous coal, EPA Hub 2024, table 1."""
    own = {"gcv": "22.68"}
    line = burned(DAYTON, item="bituminous_coal", unit="short_ton", quantity=1000, parameters=own, evidence="LAB-2")
    heat = Decimal("22.68") * Decimal("907.18474") / Decimal("1.05505585262")
    assert near(line.kg["CO2"], str(heat * Decimal("93.28")), "0.001")
    assert line.factor.status == "USER" and line.kg["N2O"] > 0


def test_a_british_bill_by_volume_and_calorific_value() -> None:
    """1000 m³ at 39.5 MJ/m³ gross are 10,972 kWh; DESNZ 2025 prints 0.18296 kg CO2e per kWh gross."""
    record: dict[str, Any] = {"item": "natural_gas", "unit": "m3", "quantity": 1000, "evidence": "bill"}
    line = burned(BRITAIN, 2025, parameters={"gcv_volume": "39.5"}, **record)
    assert near(line.tco2e, "2.00750", "0.0005")


@pytest.mark.parametrize(
    ("plant", "unit", "own"),
    [
        (POLAND, "t", {"gcv": "25"}),
        (DAYTON, "t", {"gcv_volume": "25"}),
        (DAYTON, "mmBtu_gross", {"gcv": "25"}),
        (DAYTON, "t", {"gcv": "25", "carbon": "0.026"}),
    ],
)
def test_gross_values_are_never_taken_for_net_ones(plant: Plant, unit: str, own: dict[str, str]) -> None:
    found = inventory(plant, item="anthracite", unit=unit, quantity=1, parameters=own)
    assert not found.lines and [f.rule for f in found.findings] == ["missing_factor"]


def test_a_measured_value_without_report_is_said() -> None:
    found = inventory(CHINA, item="anthracite", unit="t", quantity=1, parameters={"ncv": "25"}, evidence="")
    assert [f.rule for f in found.findings] == ["own_values_without_proof"]
    assert found.findings[0].severity == "warning"


def test_a_measured_value_of_a_fuel_without_tabled_carbon_is_excluded() -> None:
    found = inventory(POLAND, item="coal_power", unit="t", quantity=1, parameters={"ncv": "25"})
    assert not found.lines and [f.rule for f in found.findings] == ["missing_factor"]


@pytest.mark.parametrize(
    ("plant", "item", "unit"),
    [
        (CHINA, "anthracite", "t"),
        (POLAND, "gas_oil", "t"),
        (BRITAIN, "natural_gas", "kWh_gross"),
        (DAYTON, "coke", "short_ton"),
    ],
)
def test_biomass_share_stands_apart(plant: Plant, item: str, unit: str) -> None:
    record: dict[str, Any] = {"item": item, "unit": unit, "quantity": 1000, "year": 2025, "evidence": "supplier"}
    whole = burned(plant, **record)
    mixed = burned(plant, parameters={"biomass_share": "30"}, **record)
    assert near(mixed.kg["CO2"], str(whole.kg["CO2"] * Decimal("0.7")))
    assert near(mixed.apart(BIOGENIC), str(whole.kg["CO2"] * Decimal("0.3") / 1000))
    assert mixed.kg["CH4"] == whole.kg["CH4"]


@given(share=st.decimals(0, 100, places=3), quantity=st.decimals(1, 10**6, places=2))
def test_biogenic_and_fossil_are_the_whole(share: Decimal, quantity: Decimal) -> None:
    record: dict[str, Any] = {"item": "coke", "unit": "t", "quantity": quantity, "evidence": "x"}
    whole, mixed = burned(POLAND, **record), burned(POLAND, parameters={"biomass_share": str(share)}, **record)
    assert near(mixed.kg["CO2"] / 1000 + mixed.apart(BIOGENIC), str(whole.kg["CO2"] / 1000), "0.00000001")


def test_all_carbon_of_biomass_is_apart_whatever_share_is_said() -> None:
    line = burned(POLAND, item="wood_pellets", unit="t", quantity=10, parameters={"biomass_share": "50"}, evidence="x")
    assert line.kg["CO2"] == 0 and line.apart(BIOGENIC) > 0


def test_a_share_of_waste_is_split_where_the_ipcc_tells_the_gases() -> None:
    found = inventory(
        BRITAIN, 2025, item="municipal_waste_fossil", unit="t", quantity=1, parameters={"biomass_share": "10"},
        evidence="x",
    )  # fmt: skip
    assert not found.findings
    assert found.lines[0].apart(BIOGENIC) > 0


def test_forecourt_diesel_shows_the_co2_of_its_biofuel() -> None:
    """DESNZ 2025, Fuels row 72 and Outside of scopes row 22: 0.14 kg per litre."""
    line = burned(BRITAIN, 2025, method="mobile_combustion", item="diesel", unit="l", quantity=1000)
    assert near(line.apart(BIOGENIC), "0.14")
    assert near(line.tco2e, "2.57082", "0.0001"), "the total does not change"
    assert any("combustion_biogenic" in part for part in line.factor.parts)


def test_british_wood_pellets() -> None:
    """DESNZ 2025: 55.19389 kg CO2e of CH4 and N2O (Bioenergy row 67), 1677.18 kg of biogenic CO2 per tonne."""
    line = burned(BRITAIN, 2025, item="wood_pellets", unit="t", quantity=1)
    assert near(line.tco2e, "0.05519389") and near(line.apart(BIOGENIC), "1.67718")
    by_energy = burned(BRITAIN, 2025, item="wood_pellets", unit="kWh_net", quantity=4800)
    assert near(by_energy.tco2e, "0.0552"), "0.0115 kg per kWh on net calorific value, 17.28 GJ/t"


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_british_editions_cover_the_same_fuels(year: int) -> None:
    def keys(edition: int) -> set[tuple[str, str, str]]:
        return {(f.item, f.use, f.per) for f in LIBRARY.factors if f.set.key == f"uk_desnz_{edition}"}

    assert keys(year) == keys(2025)


@pytest.mark.parametrize("plant", [CHINA, POLAND, BRITAIN, DAYTON, Plant("Pune", "IN")])
def test_every_fuel_of_the_world_burns_everywhere(plant: Plant) -> None:
    world = {f.item for f in LIBRARY.factors if f.use == "stationary" and f.region == "World" and "CO2" in f.amounts}
    for item in sorted(world):
        assert burned(plant, item=item, unit="GJ", quantity=1).amounts


def test_a_factor_in_co2e_alone_cannot_be_split() -> None:
    rows = read_factors("own.csv", HEAD + "bitumen,combustion,PL,2023,kg/t,,3000,p. 1,VERIFIED\n")
    library = LIBRARY.with_sets(rows)
    bill = activity(
        method="stationary_combustion", item="bitumen", unit="t", quantity=1, parameters=(("biomass_share", "10"),)
    )
    found = compiled([bill], plant=POLAND, library=library)
    assert [f.rule for f in found.findings] == ["biomass_not_apart"]
    assert found.lines[0].tco2e == 3 and found.lines[0].apart(BIOGENIC) == 0


@pytest.mark.parametrize("country", ["PL", "DE", "CZ", "IN", "MX"])
def test_gas_billed_by_gross_calorific_value_where_nobody_prints_a_factor_for_it(country: str) -> None:
    """1,000 kWh = 3.6 GJ gross × 0.18253 / 0.20223 (DESNZ 2024) × 56.1 kg/GJ (IPCC 2006)."""
    plant = Plant("P", country)
    billed = burned(plant, item="natural_gas", unit="kWh_gross", quantity=1000)
    assert near(billed.kg["CO2"], "182.3", "0.5")
    read = burned(plant, item="natural_gas", unit="m3", quantity=1000, parameters={"gcv_volume": "38"})
    assert near(read.kg["CO2"] / 38, str(billed.kg["CO2"] / Decimal("3.6")), "0.001")


def test_what_a_country_prints_by_gross_calorific_value_goes_before_the_ratio() -> None:
    line = burned(BRITAIN, year=2024, item="natural_gas", unit="kWh_gross", quantity=1000)
    assert near(line.kg["CO2"], "182.53") and "net_per_gross" not in "".join(line.factor.parts)
