"""Carbon that leaves a plant otherwise than by burning fuel, and the split of combined heat and power."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import review
from core.inventory import (
    Inventory,
    Period,
    build,
    choices_of,
    compile_inventory,
    differences,
    read,
    unknown_factors,
)
from core.ledger import Activity, Audit, Ledger, Plant, canonical
from core.library import load_library
from core.methods import BIOGENIC, Line
from core.methods.chp import heat_share
from core.methods.flares import molar_volume
from tests.core.samples import ISSUE, PLANT, activity, compiled

LIBRARY = load_library()
BRITAIN, POLAND, DAYTON = Plant("Luton", "GB"), Plant("Tychy", "PL"), Plant("Dayton", "US")


def record(method: str, item: str, unit: str, quantity: Any = 1000, **parameters: str) -> Activity:
    said = tuple(sorted(parameters.items()))
    return activity(method=method, item=item, unit=unit, quantity=Decimal(str(quantity)), parameters=said)


def inventory(method: str, item: str, unit: str, quantity: Any = 1000, **parameters: str) -> Inventory:
    return compiled([record(method, item, unit, quantity, **parameters)], gwp="AR5")


def line(method: str, item: str, unit: str, quantity: Any = 1000, **parameters: str) -> Line:
    (found,) = inventory(method, item, unit, quantity, **parameters).lines
    return found


def refused(method: str, item: str, unit: str, quantity: Any = 1000, **parameters: str) -> str:
    found = inventory(method, item, unit, quantity, **parameters)
    assert not found.lines
    (excluded,) = found.excluded
    assert str(excluded.finding.remedy) and excluded.finding.message.in_language("zh")
    return str(excluded.finding.message)


def near(value: Decimal, expected: str, tolerance: str = "0.0001") -> bool:
    return abs(value - Decimal(expected)) <= Decimal(tolerance)


# Acetylene and shielding gas


def test_acetylene() -> None:
    """2 × 44 / 26 = 3.3846 kg CO2 per kg."""
    found = line("acetylene", "acetylene", "kg", 100)
    assert near(found.tco2e, "0.33846", "0.00001") and found.factor.status == "DERIVED"
    burned = compiled([record("stationary_combustion", "acetylene", "kg", 100)], gwp="AR5")
    assert burned.lines[0].tco2e == found.tco2e, "the same as combustion"


def test_other_fuels_are_not_acetylene() -> None:
    assert "acetylene only" in refused("acetylene", "propane", "kg")


@pytest.mark.parametrize(("method", "item"), [("acetylene", "acetylene"), ("welding_gas", "co2_100")])
def test_stock_is_part_of_the_use(method: str, item: str) -> None:
    """W = opening + bought − closing − sold."""
    bought = line(method, item, "kg", 500)
    used = line(method, item, "kg", 500, opening="40", closing="60", sold="10")
    assert near(used.tco2e / bought.tco2e, "0.94", "0.00001")
    assert used.trace[0].formula == "40 kg + 500 kg − 60 kg − 10 kg" and used.trace[0].result == 470


@pytest.mark.parametrize(("method", "item"), [("acetylene", "acetylene"), ("welding_gas", "ar82_co2_18")])
def test_more_cannot_be_left_than_there_was(method: str, item: str) -> None:
    assert "left and sold" in refused(method, item, "kg", 10, closing="11")


@given(day=st.integers(1, 30), stock=st.integers(0, 400))
def test_a_record_cut_in_two_keeps_its_stock(day: int, stock: int) -> None:
    bill = record("welding_gas", "co2_100", "kg", 500, opening=str(stock), closing="60")
    whole = compiled([bill], gwp="AR5").lines[0]
    halves = [
        compiled([bill], gwp="AR5", period=Period(*days)).lines[0].tco2e
        for days in ((bill.start, date(2023, 1, day)), (date(2023, 1, day + 1), bill.end))
    ]
    assert near(halves[0] + halves[1], str(whole.tco2e), "0.00000001")


# Carbonates


@pytest.mark.parametrize(
    ("item", "tonnes"),
    # GB/T 32151.34-2024, table C.2.
    [("calcium_carbonate", "0.440"), ("magnesium_carbonate", "0.522"), ("sodium_carbonate", "0.415"),
     ("sodium_bicarbonate", "0.524"), ("iron_carbonate", "0.380"), ("manganese_carbonate", "0.383"),
     ("barium_carbonate", "0.223"), ("lithium_carbonate", "0.595"), ("potassium_carbonate", "0.318"),
     ("strontium_carbonate", "0.298"), ("dolomite", "0.477")],
)  # fmt: skip
def test_carbonates(item: str, tonnes: str) -> None:
    assert line("carbonates", item, "t", 1).tco2e == Decimal(tonnes)


def test_purity_and_degree_of_calcination() -> None:
    found = line("carbonates", "dolomite", "kg", 2000, purity="90", calcined="50")
    assert near(found.tco2e, "0.4293"), "2 t × 0.9 × 0.477 × 0.5"


# Urea


def test_urea_and_its_solution() -> None:
    """2006 IPCC Guidelines, Vol. 2, ch. 3, equation 3.2.2: 12/60 × 44/12 = 0.7333; AdBlue 32.5 %: 0.2383."""
    assert near(line("urea", "urea", "t", 1).tco2e, "0.7333")
    solution = line("urea", "adblue", "t", 1)
    assert near(solution.tco2e, "0.2383") and near(solution.factor.value, "0.2383")
    assert line("urea", "adblue", "t", 1, purity="40").tco2e > solution.tco2e


def test_litres_of_solution_need_a_density() -> None:
    assert "Density" in refused("urea", "adblue", "l")
    assert near(line("urea", "adblue", "l", 1000, density="1.09").tco2e, "0.2598")


# Lubricants


def test_lubricants() -> None:
    """2006 IPCC Guidelines, Vol. 3, ch. 5, equation 5.2: 40.2 × 0.020 × 0.2 × 44/12 = 0.5896."""
    assert near(line("lubricants", "lubricating_oil", "t", 1, oxidised="20").tco2e, "0.5896")
    assert near(line("lubricants", "grease", "t", 1, oxidised="5").tco2e, "0.1474")
    by_volume = line("lubricants", "lubricating_oil", "l", 1000, oxidised="20")
    assert near(by_volume.tco2e, "0.5296") and any(".density." in part for part in by_volume.factor.parts)


def test_the_share_that_is_oxidised_is_never_taken_from_memory() -> None:
    assert "oxidised" in refused("lubricants", "lubricating_oil", "t")
    assert not [f for f in LIBRARY.about("lubricating_oil") if f.use not in ("ncv", "carbon", "density")]


# Solvents and oxidisers


@pytest.mark.parametrize(
    ("item", "carbon"),
    [("toluene", "0.9125"), ("xylene", "0.9051"), ("acetone", "0.6204"), ("ethanol", "0.5214"),
     ("dichloromethane", "0.1414")],
)  # fmt: skip
def test_carbon_of_pure_solvents(item: str, carbon: str) -> None:
    (factor,) = LIBRARY.about(item, "carbon_mass")
    assert factor.value == Decimal(carbon)
    found = line("solvents", item, "t", 1)
    assert near(found.tco2e, str(Decimal(carbon) * 44 / 12), "0.000001") and found.factor.status == "DERIVED"


def test_mixtures_need_their_carbon_and_name_their_source() -> None:
    assert "Carbon content" in refused("solvents", "voc_mixture", "kg")
    found = line("solvents", "voc_mixture", "t", 1, carbon="60", emitted="50")
    assert near(found.tco2e, "1.1") and found.factor.status == "USER" and "carbon=60" in found.factor.place


def test_oxidiser_and_evaporation_share_a_solvent() -> None:
    """What is destroyed and what passes together carry all the carbon."""
    whole = line("solvents", "toluene", "kg", 1000)
    destroyed = line("thermal_oxidisers", "toluene", "kg", 1000, destroyed="98")
    passed = line("solvents", "toluene", "kg", 1000, emitted="2")
    assert near(destroyed.tco2e + passed.tco2e, str(whole.tco2e), "0.00000001")
    assert near(destroyed.tco2e, "3.2789")
    assert "Destruction efficiency" in refused("thermal_oxidisers", "toluene", "kg")


def test_solvents_from_plants_are_apart() -> None:
    found = line("thermal_oxidisers", "ethanol", "t", 1, destroyed="100", biomass_share="100")
    assert found.tco2e == 0 and near(found.apart(BIOGENIC), "1.9118")


# Flares


def test_a_flare_of_methane() -> None:
    """A kilomole: 0.98 × 44 kg CO2 and 0.02 × 16.043 kg CH4; 40 CFR 98.253 (b), equations Y-1b and Y-4."""
    found = line("flares", "flare_gas", "m3", "22.413969545014", ch4="100")
    assert near(found.kg["CO2"], "43.12") and near(found.kg["CH4"], "0.32086")
    assert found.factor.status == "USER"


def test_carbon_dioxide_in_the_gas_passes_and_heavier_gases_count_their_atoms() -> None:
    mixed = line("flares", "flare_gas", "m3", 1000, ch4="60", c2h6="10", c3h8="5", co2="20", destroyed="100")
    assert near(mixed.kg["CO2"], str(Decimal("1.15") * 44 * 1000 / molar_volume(Decimal(0))), "0.00001")
    assert mixed.kg["CH4"] == 0
    nothing = line("flares", "flare_gas", "m3", 1000, co2="100", destroyed="0")
    assert near(nothing.kg["CO2"], str(Decimal(44000) / molar_volume(Decimal(0))), "0.00001")


@given(ch4=st.integers(1, 60), propane=st.integers(0, 40), destroyed=st.integers(0, 100))
def test_no_carbon_is_lost_but_that_of_heavier_gases_that_slip(ch4: int, propane: int, destroyed: int) -> None:
    found = line("flares", "flare_gas", "m3", 1000, ch4=str(ch4), c3h8=str(propane), destroyed=str(destroyed))
    kilomoles = 1000 / molar_volume(Decimal(0)) / 100
    carbon = found.kg["CO2"] / 44 + found.kg["CH4"] / Decimal("16.043")
    slipped = kilomoles * 3 * propane * (100 - destroyed) / 100
    assert near(carbon + slipped, str(kilomoles * (ch4 + 3 * propane)), "0.0000001")


def test_a_warmer_cubic_metre_holds_less() -> None:
    cold, warm = (line("flares", "flare_gas", "m3", 1000, ch4="90", reference=r).tco2e for r in ("0C", "20C"))
    assert near(cold / warm, str(Decimal("293.15") / Decimal("273.15")), "0.000001")


def test_a_gas_has_no_more_than_all_parts() -> None:
    assert "add up to 120 %" in refused("flares", "flare_gas", "m3", ch4="70", co2="50")
    assert "CH4" in refused("flares", "flare_gas", "m3")


# Combined heat and power

OUTPUT = {"heat": "2000", "power": "300"}


def test_the_fuel_of_a_combined_plant_counts_whole() -> None:
    whole = compiled([record("stationary_combustion", "natural_gas", "m3", 100000)], gwp="AR5").lines[0]
    found = line("chp", "natural_gas", "m3", 100000, **OUTPUT)
    assert (found.tco2e, found.scope, found.kg) == (whole.tco2e, "scope1", whole.kg)


def test_heat_carries_its_share_by_efficiency() -> None:
    """2000 GJ / 0.8 = 2500 GJ; 300 MWh × 3.6 / 0.35 = 3085.7 GJ: heat carries 44.76 %."""
    found = line("chp", "natural_gas", "m3", 100000, **OUTPUT)
    share, heat, power = found.trace[-4:-1]
    assert near(share.result, "0.447570332")
    assert heat.result + power.result == found.tco2e
    assert near(heat.result / found.tco2e, "0.447570332", "0.0000001")


def test_energy_sold_is_a_memo() -> None:
    found = inventory("chp", "natural_gas", "m3", 100000, heat_sold="500", power_sold="300", **OUTPUT)
    memo = {li.id: li for li in found.lines if li.scope == "exported"}
    (fuel,) = [li for li in found.lines if li.scope == "scope1"]
    assert set(memo) == {"a1:heat", "a1:power"}
    assert near(memo["a1:heat"].tco2e, str(fuel.tco2e * Decimal("0.447570332") / 4), "0.00001")
    assert near(memo["a1:power"].tco2e, str(fuel.tco2e * Decimal("0.552429668")), "0.00001")
    assert found.totals.scopes["scope1"] == fuel.tco2e


@given(
    heat=st.decimals(0, 10**6, places=2),
    power=st.decimals(1, 10**6, places=2),
    efficiency=st.decimals("0.1", 1, places=2),
)
def test_the_split_is_fair(heat: Decimal, power: Decimal, efficiency: Decimal) -> None:
    """Between none and all; equal efficiencies split by energy; a better boiler carries less."""
    share = heat_share(heat, power, efficiency, efficiency)
    assert 0 <= share < 1
    assert near(share, str(heat / (heat + power)), "0.0000001")
    assert heat_share(heat, power, Decimal(1), efficiency) <= share


def test_what_was_not_produced_cannot_be_sold() -> None:
    assert "More energy is sold" in refused("chp", "natural_gas", "m3", heat_sold="2001", **OUTPUT)
    assert "Heat produced" in refused("chp", "natural_gas", "m3", heat="0", power="0")
    assert "Efficiency of heat" in refused("chp", "natural_gas", "m3", heat_efficiency="0", **OUTPUT)


def test_a_combined_plant_takes_laboratory_values_too() -> None:
    tabled = line("chp", "natural_gas", "m3", 1000, **OUTPUT)
    measured = line("chp", "natural_gas", "m3", 1000, ncv_volume="35", **OUTPUT)
    assert measured.factor.status == "USER" and measured.tco2e < tabled.tco2e


def test_head_office_calculates_the_same_from_what_travels() -> None:
    """Measured values, parameters and memos survive the package."""
    audit = Audit("2023", date(2023, 1, 1), date(2023, 12, 31), "AR6", preparer="Li Na", revision=1)
    records = [
        record("stationary_combustion", "anthracite", "t", ncv="26.7", biomass_share="5"),
        record("chp", "natural_gas", "m3", power_sold="20", ncv_volume="36.1", **OUTPUT),
        record("flares", "flare_gas", "m3", ch4="80", reference="20C"),
        record("welding_gas", "ar80_co2_20", "kg", opening="3"),
        record("thermal_oxidisers", "voc_mixture", "kg", carbon="60", destroyed="98"),
        record("urea", "adblue", "l", density="1.09"),
        record("mobile_combustion", "diesel", "l", machine="offroad"),
        record("lubricants", "grease", "kg", oxidised="5"),
    ]
    ledger = Ledger.of([PLANT, audit, *(replace(one, id=f"r{n}") for n, one in enumerate(records))])
    inventory = compile_inventory(ledger, choices_of(audit, 2023), LIBRARY)
    assert not inventory.excluded
    received = read(canonical(build(ledger, audit, review(inventory), LIBRARY, ISSUE)))
    again = received.inventory()
    assert not differences(received, again, review(again)) and not unknown_factors(received, LIBRARY)


def test_american_heat_has_a_default() -> None:
    """EPA Emission Factors Hub 2024, table 7: 66.33 kg CO2, 1.25 g CH4, 0.125 g N2O per mmBtu."""
    bought = compiled([record("purchased_heat", "heat", "mmBtu", 1000)], plant=DAYTON, gwp="AR5")
    amounts = bought.lines[0].kg
    assert (amounts["CO2"], amounts["CH4"], amounts["N2O"]) == (Decimal(66330), Decimal("1.25"), Decimal("0.125"))


@pytest.mark.parametrize("plant", [PLANT, BRITAIN, POLAND, DAYTON, Plant("Pune", "IN"), Plant("Puebla", "MX")])
def test_all_of_this_is_covered_in_every_country(plant: Plant) -> None:
    records = [
        record("acetylene", "acetylene", "kg"),
        record("carbonates", "calcium_carbonate", "t"),
        record("urea", "adblue", "kg"),
        record("lubricants", "lubricating_oil", "l", oxidised="20"),
        record("solvents", "toluene", "kg"),
        record("thermal_oxidisers", "xylene", "kg", destroyed="98"),
        record("flares", "flare_gas", "m3", ch4="80"),
        record("chp", "natural_gas", "m3", **OUTPUT),
        record("welding_gas", "ar80_co2_20", "kg"),
    ]
    named = [replace(one, id=f"r{number}") for number, one in enumerate(records)]
    found = compiled(named, plant=plant, gwp="AR5")
    assert not found.excluded and len(found.lines) == len(records)
