"""Calculations that others have published, made again with the shipped numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.library import Gwp, load_library
from core.library.load import read_items

LIBRARY = load_library()
CASES = {
    c["id"]: c
    for c in json.loads(
        (Path(__file__).parents[2] / "data" / "inventory_examples.json").read_text("utf-8"), parse_float=Decimal
    )
}
BLENDS = [i for i in CASES if i.startswith("blend-")]
MASSES = [i for i in CASES if i.startswith("ghgp-mass-")]
ITEM = {
    "natural_gas_liquids": None, "aviation_gasoline": None, "other_kerosene": "kerosene", "gas_diesel_oil": "diesel",
    "paraffin_waxes": None, "brown_coal_briquettes": None, "lignite_coke": None, "oxygen_steel_furnace_gas":
    "converter_gas", "other_primary_solid_biomass_fuels": "solid_biomass", "biodiesels": "biodiesel",
    "sludge_gas": None,
}  # fmt: skip
"""Names of the workbook that are not our keys; None: a fuel no plant of the group burns, not shipped."""
SUBSTANCE = {"R-E170": "RE-170", "R-744": "CO2"}


def near(value: Decimal, case: Mapping[str, Any], name: str) -> None:
    assert abs(value - Decimal(case["expected"][name])) <= Decimal(case["tolerance"]), case["title"]


def total(composition: tuple[tuple[str, str], ...], gwp: Gwp) -> tuple[Decimal, set[str]]:
    """GWP of the components with a value, and those without."""
    known = [(Decimal(share), gwp.species[s].gwp) for s, share in composition if s in gwp.species]
    return sum((a * b for a, b in known), Decimal(0)), {s for s, _ in composition if s not in gwp.species}


@pytest.mark.parametrize("case", BLENDS)
def test_blend_gwp_equals_the_published_one(case: str) -> None:
    """DESNZ counts every component; those without a value in AR5 are hydrocarbons and ethers of nearly nothing."""
    value, missing = total(LIBRARY.items[case.removeprefix("blend-")].composition, LIBRARY.gwp["AR5"])
    near(value, CASES[case], "gwp")
    assert missing <= {"HC-290", "HC-600", "HC-600a", "HC-601", "HC-601a", "HC-1270", "RE-170"}


@pytest.mark.parametrize("case", BLENDS)
def test_blend_has_the_published_composition(case: str) -> None:
    published = {}
    for part in CASES[case]["inputs"]["composition"].split(" + "):
        share, _, number = part.partition("% ")
        key = SUBSTANCE.get(number)
        if key is None:
            pure = LIBRARY.recognise(number, ("refrigerant",))
            key = pure.composition[0][0] if pure else f"HC-{number.removeprefix('R-')}"
        published[key] = Decimal(share) / 100
    ours = {s: Decimal(share) for s, share in LIBRARY.items[case.removeprefix("blend-")].composition}
    assert ours == published


def test_a_blend_of_hydrocarbons_is_not_nothing_but_unknown() -> None:
    value, missing = total(LIBRARY.items["R-433C"].composition, LIBRARY.gwp["AR5"])
    assert (value, missing) == (Decimal(0), {"HC-1270", "HC-290"})


def _ncv_and_factor(item: str) -> tuple[Decimal, Decimal]:
    ncv = LIBRARY.factor(f"ipcc_2006_stationary.{item}.ncv.World")
    burned = LIBRARY.factor(f"ipcc_2006_stationary.{item}.stationary.World.TJ")
    assert ncv is not None and ncv.value is not None and burned is not None
    return ncv.value, burned.amounts["CO2"]


@pytest.mark.parametrize("case", MASSES)
def test_ipcc_calorific_value_times_factor(case: str) -> None:
    name = case.removeprefix("ghgp-mass-")
    item = ITEM.get(name, name)
    inputs = CASES[case]["inputs"]
    ncv, per_energy = Decimal(inputs["ncv_tj_gg"]), Decimal(inputs["kgco2_tj"])
    near(ncv * per_energy / 1000, CASES[case], "kgco2_per_t")
    if item is not None:
        assert _ncv_and_factor(item) == (ncv, per_energy)


def test_litres_of_fuel_oil() -> None:
    case = CASES["ghgp-vol-residual_fuel_oil"]
    density = LIBRARY.factor("ghgp_densities_2024.fuel_oil.density.World")
    assert density is not None and density.value == Decimal(case["inputs"]["kg_per_l"])
    ncv, per_energy = _ncv_and_factor("fuel_oil")
    near(density.value * ncv * per_energy / 1_000_000, case, "kgco2_per_l")


def test_egrid_camx_gases_give_the_printed_co2e() -> None:
    case = CASES["egrid2023-camx"]
    factor = LIBRARY.factor("us_egrid_2023.electricity.location.US-CAMX.2023.MWh")
    assert factor is not None
    assert factor.amounts == {
        "CO2": Decimal(case["inputs"]["co2_lb"]),
        "CH4": Decimal(case["inputs"]["ch4_lb"]),
        "N2O": Decimal(case["inputs"]["n2o_lb"]),
    }
    ar5 = LIBRARY.gwp["AR5"].species
    near(sum((kg * ar5[gas].gwp for gas, kg in factor.amounts.items()), Decimal(0)), case, "co2e_lb_per_mwh")


@pytest.mark.parametrize("row", ["kg", "l", "kWh_net", "kWh_gross", "t"])
def test_uk_gases_add_up_to_the_printed_co2e(row: str) -> None:
    checked = 0
    for factor in LIBRARY.factors:
        if factor.set.key.startswith("uk_desnz") and factor.per == row and len(factor.amounts) == 4:
            parts = factor.amounts["CO2"] + factor.amounts["CH4"] + factor.amounts["N2O"]
            assert abs(parts - factor.amounts["CO2e"]) <= max(Decimal("0.00003"), factor.amounts["CO2e"] / 100_000)
            checked += 1
    assert checked or row == "kg"


@pytest.mark.parametrize(
    ("gas", "share"), [("co2_100", "1"), ("ar80_co2_20", "0.2159"), ("ar82_co2_18", "0.1947"), ("ar92_co2_8", "0.0874")]
)
def test_co2_in_welding_gas(gas: str, share: str) -> None:
    """NDRC guideline for mechanical equipment (2015): P_CO2 × 44 / Σ(P_j × M_j)."""
    parts = [(Decimal(p), LIBRARY.factor(f"molar_masses.{s}.molar_mass.World")) for s, p in
             LIBRARY.items[gas].composition]  # fmt: skip
    below = sum((p * f.headline for p, f in parts if f is not None), Decimal(0))
    above = Decimal(dict(LIBRARY.items[gas].composition)["CO2"]) * 44
    assert round(above / below, 4) == Decimal(share)


def test_composition_must_add_up() -> None:
    head = "key,kind,name_en,name_zh,unit,aliases,biogenic,composition,basis\n"
    row = "X,refrigerant,X,X,kg,,,{},\n"
    assert next(read_items("x.csv", head + row.format("50% HFC-32 + 50% HFC-125"))).composition == (
        ("HFC-32", "0.5"),
        ("HFC-125", "0.5"),
    )
    with pytest.raises(Exception, match="do not add up"):
        next(read_items("x.csv", head + row.format("50% HFC-32 + 49% HFC-125")))
