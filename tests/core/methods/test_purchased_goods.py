"""Goods by mass: UK material factors, origin, pieces, own factors and what stands in elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.methods.purchased_goods import material_emissions
from tests.core.methods.scope3 import BRITAIN, CHINA, inventory, line, refusal, rules, supplier


@pytest.mark.parametrize(
    ("item", "origin", "year", "kg_per_t"),
    [  # UK Government GHG Conversion Factors, Material use: D72, G64, E24, D75 and G87 of the editions
        ("plastics", "primary", 2025, "3172.49932"),
        ("plastics", "primary", 2024, "3164.78049"),
        ("aluminium_cans", "closed_loop", 2025, "995.0779"),
        ("aluminium_cans", "primary", 2026, "9113.58251"),
        ("aggregates", "reused", 2026, "2.21"),
        ("hdpe", "primary", 2025, "3095.15524"),
        ("paper", "closed_loop", 2024, "1044.31834"),
        ("batteries_li_ion", "primary", 2025, "6308"),
    ],
)
def test_published_numbers(item: str, origin: str, year: int, kg_per_t: str) -> None:
    found = line(BRITAIN, "purchased_goods", item, "2", "t", year=year, origin=origin)
    assert found.tco2e == Decimal(kg_per_t) * 2 / 1000
    assert (found.scope, found.category, found.factor.region, found.findings) == ("scope3", 1, "GB", ())


@pytest.mark.parametrize(
    ("item", "origin", "year", "t_per_t"),
    [  # worldsteel Sustainability Indicators, indicator 1; International Aluminium Institute, cradle to gate
        ("steel", "primary", 2022, "1.91"),
        ("steel", "primary", 2023, "1.92"),
        ("steel", "closed_loop", 2023, "0.7"),
        ("aluminium", "primary", 2021, "15.8"),
        ("aluminium", "primary", 2022, "15.1"),
    ],
)
def test_world_averages_of_metals(item: str, origin: str, year: int, t_per_t: str) -> None:
    found = line(CHINA, "purchased_goods", item, "10", "t", year=year, origin=origin)
    assert (found.tco2e, found.factor.region, found.findings) == (Decimal(t_per_t) * 10, "World", ())


def test_primary_is_what_is_meant_when_nobody_says() -> None:
    unsaid = line(BRITAIN, "purchased_goods", "glass", "1", "t")
    assert unsaid.factor.key == "uk_desnz_2025_materials.glass.material_primary.GB.2025.t"


def test_capital_goods_are_category_2() -> None:
    assert line(BRITAIN, "purchased_goods", "electrical_it", "100", "kg", category=2).category == 2


def test_pieces_need_the_mass_of_one() -> None:
    weighed = line(BRITAIN, "purchased_goods", "tyres", "400", "piece", mass_per_piece="9.5")
    assert weighed.tco2e == line(BRITAIN, "purchased_goods", "tyres", "3.8", "t").tco2e
    assert weighed.activity.unit == "piece"
    assert weighed.trace[0].formula == "400 piece × 9.5 kg/piece"
    assert "Mass of one piece" in refusal(BRITAIN, "purchased_goods", "tyres", "400", "piece")


def test_a_plant_elsewhere_is_told_whose_factor_stands_in() -> None:
    found = inventory(CHINA, "purchased_goods", "pp", "1", "t")
    assert rules(found) == {"proxy_region"}
    assert found.lines[0].tco2e == Decimal("2.57757172")


def test_a_factor_of_the_supplier_wins_and_fills_gaps() -> None:
    assert refusal(CHINA, "purchased_goods", "cast_iron", "10", "t").startswith("missing_factor")
    own = line(CHINA, "purchased_goods", "cast_iron", "10", "t", supplier("cast_iron", "kg/t", "1890"))
    assert (own.tco2e, own.findings) == (Decimal("18.9"), ())
    wins = line(BRITAIN, "purchased_goods", "pp", "1", "t", supplier("pp", "kg/kg", "1.9"))
    assert wins.tco2e == Decimal("1.9")


def test_a_material_that_nobody_recycles_in_print_is_refused() -> None:
    assert refusal(BRITAIN, "purchased_goods", "batteries_nimh", "1", "t", origin="closed_loop")


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.decimals(min_value=0, max_value=10**6, places=3))
def test_masses_add(one: Decimal, two: Decimal) -> None:
    factor = Decimal("3172.49932")
    whole = material_emissions(one + two, factor)
    assert material_emissions(one, factor) + material_emissions(two, factor) == whole
