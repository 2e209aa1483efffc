"""Leased assets, franchises, investments, processing and use of sold products."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.methods.franchises import extrapolated
from core.methods.leased_assets import leased_part
from tests.core.methods.scope3 import BRITAIN, CHINA, POLAND, inventory, line, refusal, rules, supplier

GRID = Decimal("0.6516")
"""Hebei 2023. [kg/kWh]"""


@pytest.mark.parametrize("category", [8, 13])
def test_a_leased_building_by_its_electricity(category: int) -> None:
    found = line(CHINA, "leased_assets", "electricity", "80", "MWh", year=2023, share="25", category=category)
    assert (found.tco2e, found.category, found.scope) == (GRID * 20, category, "scope3")
    assert found.trace[0].formula == "80 MWh × 25 % ÷ 100"


def test_a_leased_building_by_its_area() -> None:
    assert refusal(CHINA, "leased_assets", "building_asset", "300", "m2").startswith("missing_factor")
    own = supplier("building_asset", "kg/m2", "42")
    assert line(CHINA, "leased_assets", "building_asset", "300", "m2", own).tco2e == Decimal("12.6")


def test_fuel_of_a_tenant_burns_as_fuel_of_the_plant() -> None:
    """Natural gas of China: 0.02 × 10⁴ m³ × 389.31 GJ × 0.0153 tC/GJ × 0.99 × 44/12 and traces of CH4 and N2O."""
    rented = line(CHINA, "leased_assets", "natural_gas", "200", "m3", year=2023)
    burned = line(CHINA, "stationary_combustion", "natural_gas", "200", "m3", year=2023)
    assert rented.tco2e == burned.tco2e
    assert (rented.scope, rented.category, burned.scope) == ("scope3", 8, "scope1")


def test_fuel_of_a_leased_car_burns_in_an_engine() -> None:
    leased = line(CHINA, "leased_assets", "diesel", "900", "l", year=2023, burned_in="mobile")
    owned = line(CHINA, "mobile_combustion", "diesel", "900", "l", year=2023)
    boiler = line(CHINA, "leased_assets", "diesel", "900", "l", year=2023)
    assert leased.tco2e == owned.tco2e > boiler.tco2e


def test_heat_and_stated_tonnes() -> None:
    assert line(CHINA, "leased_assets", "heat", "10", "GJ").tco2e == Decimal("1.1")
    assert line(CHINA, "leased_assets", "steam", "10", "GJ").tco2e == Decimal("1.1")
    assert line(CHINA, "franchises", "reported_emissions", "7", "tCO2e").tco2e == 7
    assert "proxy_region" in rules(inventory(POLAND, "franchises", "heat", "1", "GJ"))


def test_a_named_factor_wins_over_the_grid() -> None:
    own = supplier("electricity", "kg/kWh", "0.1")
    common = line(CHINA, "leased_assets", "electricity", "1", "MWh", own, year=2025)
    named = line(CHINA, "leased_assets", "electricity", "1", "MWh", own, year=2025, factor="f1")
    assert common.tco2e == GRID
    assert named.tco2e == Decimal("0.1")


def test_a_sample_of_franchises_stands_for_all() -> None:
    found = line(CHINA, "franchises", "electricity", "500", "MWh", year=2023, covered="25")
    assert (found.tco2e, found.category) == (GRID * 2000, 14)
    assert "out of range" in refusal(CHINA, "franchises", "electricity", "500", "MWh", covered="0")


def test_the_share_of_an_investment_must_be_said() -> None:
    found = line(CHINA, "investments", "reported_emissions", "12500", "tCO2e", share="20")
    assert (found.tco2e, found.category) == (Decimal(2500), 15)
    assert "Share of the investment" in refusal(CHINA, "investments", "reported_emissions", "1", "tCO2e")
    assert "out of range" in refusal(CHINA, "investments", "reported_emissions", "1", "tCO2e", share="101")


def test_processing_by_the_energy_of_the_customer() -> None:
    found = line(CHINA, "processing_of_sold_products", "electricity", "40", "千件", year=2023, energy_per_piece="1.5")
    assert (found.tco2e, found.category) == (GRID * 60, 10)
    assert "Energy to process" in refusal(CHINA, "processing_of_sold_products", "electricity", "40", "piece")
    metered = line(CHINA, "processing_of_sold_products", "electricity", "60", "MWh", year=2023)
    assert metered.tco2e == found.tco2e


def test_processing_by_an_own_factor_per_piece() -> None:
    own = supplier("intermediate_product", "kg/piece", "0.8")
    found = line(CHINA, "processing_of_sold_products", "intermediate_product", "500", "piece", own)
    assert found.tco2e == Decimal("0.4")


def test_processing_with_fuel_takes_net_calorific_value() -> None:
    found = line(CHINA, "processing_of_sold_products", "natural_gas", "1000", "piece", year=2023, energy_per_piece="2")
    burned = line(CHINA, "stationary_combustion", "natural_gas", "7.2", "GJ", year=2023)
    assert found.tco2e == burned.tco2e


def test_use_counts_the_whole_life_in_the_year_of_the_sale() -> None:
    once = line(CHINA, "use_of_sold_products", "electricity", "5000", "piece", year=2023, lifetime_energy="15000")
    often = line(
        CHINA, "use_of_sold_products", "electricity", "5000", "piece",
        year=2023, lifetime_energy="0.75", lifetime_uses="20000",
    )  # fmt: skip
    assert once.tco2e == often.tco2e == GRID * 75000
    assert (once.category, once.findings) == (11, ())
    assert often.trace[0].formula == "20000 × 0.75 kWh"
    assert often.activity.unit == "piece"


def test_fuel_that_a_car_burns_for_the_part_is_indirect_and_named() -> None:
    more: dict[str, Any] = {"lifetime_fuel": "0.00004", "lifetime_uses": "200000", "phase": "indirect"}
    found = inventory(BRITAIN, "use_of_sold_products", "gasoline", "1000", "piece", **more)
    assert rules(found) == {"indirect_use_phase"}
    tank = line(BRITAIN, "stationary_combustion", "gasoline", "8000", "l")
    assert found.lines[0].tco2e == tank.tco2e
    assert "Energy per piece" in refusal(BRITAIN, "use_of_sold_products", "gasoline", "1", "piece")


def test_use_by_an_own_factor_per_piece() -> None:
    own = supplier("damper_product", "kg/piece", "31.5")
    assert line(CHINA, "use_of_sold_products", "damper_product", "2000", "piece", own).tco2e == 63


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.decimals(min_value=1, max_value=100, places=1))
def test_a_part_extrapolated_is_the_whole(total: Decimal, share: Decimal) -> None:
    assert abs(extrapolated(leased_part(total, share), share) - total) <= Decimal("1e-9")
