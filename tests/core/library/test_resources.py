"""Every shipped data file: it loads, says where its numbers come from and fits the others."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from importlib.resources import files

import pytest

from core.library import GASES, SHIPPED, Factor, load_library
from core.library.places import countries, currency_of
from core.library.units import normal

LIBRARY = load_library()
STATUSES = SHIPPED | {"SEEN_WEAK", "RECALLED", "CONFLICT"}
USES = {
    "carbon", "combined_margin", "combustion", "combustion_biogenic", "density", "footprint", "fossil", "heat",
    "location", "mobile", "mobile_offroad", "molar_mass", "ncv", "operating_margin", "oxidation", "residual",
    "stationary", "carbon_mass", "gcv", "life_cycle", "process",
    "freight", "freight_empty", "freight_full", "freight_half", "freight_rf", "homeworking", "hotel", "travel",
    "travel_rf", "vehicle", "wtt", "wtt_empty", "wtt_full", "wtt_half",
    "anaerobic_digestion", "composting", "incineration", "landfill", "material_closed_loop", "material_primary",
    "material_reused", "recycling", "recycling_closed", "recycling_open", "reported", "spend", "td_losses",
    "water_supply", "water_treatment", "wtt_generation", "wtt_td",
    "installation_loss", "leak_rate", "methane_capacity", "methane_correction", "own_renewable", "saturated_enthalpy",
    "saturation_temperature",
}  # fmt: skip
BARE = {"carbon", "carbon_mass", "density", "gcv", "molar_mass", "ncv", "oxidation"}
BARE |= (ABOUT_EQUIPMENT := {
    "installation_loss", "leak_rate", "methane_capacity", "methane_correction", "saturated_enthalpy",
    "saturation_temperature",
})  # fmt: skip
KINDS = {
    "fuel", "electricity", "heat", "refrigerant", "welding_gas", "solar",
    "carbonate", "lubricant", "solvent", "urea", "waste_gas",
    "air_freight", "air_travel", "freight", "homeworking", "hotel", "travel",
    "asset", "commodity", "emissions", "material", "product", "service", "waste", "water",
    "compressed_air", "cooling", "exported_energy", "extinguishing_agent", "own_renewable", "process_gas",
    "switchgear_gas", "vehicle_charging", "waste_water",
}  # fmt: skip
SETS = {f.set.key: f.set for f in LIBRARY.factors}


def places(name: str) -> dict[str, tuple[str, str]]:
    lines = [x for x in (files("resources") / name).read_text("utf-8").splitlines() if not x.startswith("#")]
    return {row["code"]: (row["name_en"], row["name_zh"]) for row in csv.DictReader(lines, strict=True)}


def test_keys_are_unique_in_the_whole_library() -> None:
    keys = [f.key for f in LIBRARY.factors]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("key", sorted(SETS))
def test_factors_are_complete(key: str) -> None:
    for factor in LIBRARY.factors:
        if factor.set.key == key:
            check_factor(factor)


def check_factor(factor: Factor) -> None:
    assert factor.status in STATUSES
    assert factor.use in USES
    assert factor.place
    assert factor.name is not None, "Chinese and English names"
    assert LIBRARY.units.find(factor.of) is not None
    assert not factor.per or LIBRARY.units.find(factor.per) is not None
    assert (factor.value is not None) == (factor.use in BARE)
    assert all(amount >= 0 for amount in factor.amounts.values())
    assert factor.use in {"molar_mass", *ABOUT_EQUIPMENT} or factor.item in LIBRARY.items
    assert factor.data_year == 0 or 2018 <= factor.data_year <= 2026
    if factor.lower is not None and factor.upper is not None:
        shown = factor.value if factor.value is not None else factor.amounts["CO2"]
        assert factor.lower <= shown <= factor.upper


@pytest.mark.parametrize("key", sorted(SETS))
def test_publication_is_complete(key: str) -> None:
    publication = SETS[key]
    assert publication.publisher and publication.edition and publication.licence
    assert 2006 <= publication.year <= 2026
    assert publication.published.startswith(str(publication.year)) or publication.published > str(publication.year)
    assert publication.gwp in ("", *LIBRARY.gwp)


def test_regions_are_known_places() -> None:
    known = {*places("countries.csv"), *places("regions.csv"), *places("grids.csv"), "World"}
    assert {f.region for f in LIBRARY.factors} <= known


def test_places_carry_both_names_and_their_country() -> None:
    countries = places("countries.csv")
    assert len(countries) == 249
    for name in ("countries.csv", "regions.csv", "grids.csv"):
        assert all(en and zh for en, zh in places(name).values())
    for code in (*places("regions.csv"), *places("grids.csv")):
        assert code[:2] in countries
        assert code[2] in "-."
    assert len([c for c in places("regions.csv") if c.startswith("CN-")]) == 34


def test_every_money_is_of_a_country_and_says_where_it_is_from() -> None:
    text = (files("resources") / "currencies.csv").read_text("utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")][1:]
    assert "# Source: ISO 4217" in text and len(rows) == len({row[:2] for row in rows}) == 13
    for row in rows:
        code, currency = row.split(",")
        assert code in countries() and re.fullmatch("[A-Z]{3}", currency) and currency_of(code) == currency
    assert {code: currency_of(code) for code in ("CN", "DE", "BR", "CH", "")} == {
        "CN": "CNY", "DE": "EUR", "BR": "BRL", "CH": "", "": "",
    }  # fmt: skip


def test_items_of_one_kind_share_no_name() -> None:
    owner: dict[tuple[str, str], str] = {}
    for item in LIBRARY.items.values():
        assert item.kind in KINDS
        assert LIBRARY.units.find(item.unit) is not None
        for spelling in {normal(s) for s in (item.key, item.name.en, item.name.zh, *item.aliases)}:
            assert spelling, item.key
            assert owner.setdefault((item.kind, spelling), item.key) == item.key


def test_units_share_no_spelling() -> None:
    owner: dict[str, str] = {}
    for unit in LIBRARY.units.all.values():
        for spelling in (unit.key, unit.name.en, unit.name.zh):
            found = LIBRARY.units.find(spelling)
            assert found is not None
            assert found.key == unit.key, spelling
            assert owner.setdefault(normal(spelling), unit.key) == unit.key


def test_every_fuel_can_be_burned() -> None:
    """Each fuel has a way to CO2: printed amounts, or carbon content, or kg/TJ."""
    ways = {f.item for f in LIBRARY.factors if f.use in ("combustion", "stationary", "carbon") and f.status in SHIPPED}
    assert {i.key for i in LIBRARY.items.values() if i.kind == "fuel"} <= ways


def test_chinese_fuels_have_their_three_numbers_and_traces_of_ch4_and_n2o() -> None:
    def uses(item: str) -> set[str]:
        return {f.use for f in LIBRARY.factors if f.item == item and f.set.key == "cn_gbt32151_2024"}

    chinese = {f.item for f in LIBRARY.factors if f.set.key == "cn_gbt32151_2024"}
    assert len(chinese) == 26
    for item in chinese:
        assert uses(item) == {"ncv", "carbon", "oxidation"}
        stationary = LIBRARY.factor(f"ipcc_2006_stationary.{item}.stationary.World.TJ")
        assert stationary is not None, item
        assert {"CH4", "N2O"} <= set(stationary.amounts)


def test_biomass_is_marked() -> None:
    assert {i.key for i in LIBRARY.items.values() if i.biogenic} == {
        "wood", "solid_biomass", "charcoal", "biodiesel", "biogasoline", "biogas", "landfill_gas",
        "municipal_waste_biomass", "black_liquor", "other_liquid_biofuels", "sludge_gas", "agricultural_byproducts",
        "animal_fat", "vegetable_oil", "hvo", "biodiesel_uco", "biodiesel_tallow", "off_road_biodiesel", "biomethane",
        "biomethane_liquid", "biopropane", "development_diesel", "development_petrol", "bio_methanol", "renewable_jet",
        "wood_logs", "wood_chips", "wood_pellets", "straw",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["AR4", "AR5", "AR6"])
def test_gwp_set_has_the_seven_gases(key: str) -> None:
    species = LIBRARY.gwp[key].species
    assert {s.gas for s in species.values()} == {*GASES, "other"}
    assert species["CO2"].gwp == 1
    assert all(s.status in STATUSES and s.place for s in species.values())
    assert all(s.gas == "HFCs" for name, s in species.items() if name.startswith("HFC-"))
    assert all(s.gas == "PFCs" for name, s in species.items() if name.startswith("PFC-"))
    apart = ("HCFC-", "CFC-", "HFO-", "HCFO-", "HFE-", "HC-", "Halon-")
    assert all(s.gas == "other" for name, s in species.items() if name.startswith(apart))


def test_every_refrigerant_is_composed_of_named_substances() -> None:
    substances = {s for gwp in LIBRARY.gwp.values() for s in gwp.species}
    nowhere = {"HC-600a", "HC-601", "HC-601a", "HC-1270", "RE-170", "CF3I", "HFO-1132(E)"}
    for item in LIBRARY.items.values():
        if item.kind == "refrigerant":
            assert item.composition
            assert {s for s, _ in item.composition} <= substances | nowhere
            assert sum(Decimal(share) for _, share in item.composition) == 1
    assert not nowhere & substances


def test_welding_gases_have_molar_masses() -> None:
    masses = {f.item for f in LIBRARY.factors if f.use == "molar_mass"}
    for item in LIBRARY.items.values():
        if item.kind == "welding_gas":
            assert item.basis == "mole"
            assert {s for s, _ in item.composition} <= masses
            assert "CO2" in dict(item.composition)


def test_no_method_asks_for_margins_and_footprints() -> None:
    """What must never enter an inventory has uses of its own, which no method names."""
    asked = "".join(f.read_text("utf-8") for f in (files("core") / "methods").iterdir() if f.name.endswith(".py"))
    for use in ("footprint", "operating_margin", "combined_margin", "fossil"):
        assert f'"{use}"' not in asked
