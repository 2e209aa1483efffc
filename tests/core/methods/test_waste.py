"""Waste by type and treatment: UK and US numbers, end of life, and what a record must say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.library import load_library
from core.methods.waste import TREATMENT
from tests.core.methods.scope3 import AMERICA, BRITAIN, CHINA, inventory, line, refusal, rules, supplier


@pytest.mark.parametrize(
    ("item", "treatment", "year", "kg_per_t"),
    [  # UK Government GHG Conversion Factors, Waste disposal: H52, F52, H87, G50, E68, E33, H34
        ("commercial_waste", "landfill", 2025, "520.5327"),
        ("commercial_waste", "incineration", 2025, "4.68568"),
        ("commercial_waste", "incineration", 2024, "6.41061"),
        ("board", "landfill", 2025, "1164.4894"),
        ("garden_waste", "composting", 2026, "9.00687"),
        ("scrap_metal", "recycling_closed", 2024, "6.41061"),
        ("mineral_oil", "recycling_closed", 2025, "4.68568"),
        ("plasterboard", "landfill", 2026, "71.95"),
        ("food_waste", "anaerobic_digestion", 2025, "8.98311"),
        ("asbestos", "landfill", 2025, "5.9416"),
    ],
)
def test_published_numbers_of_the_uk(item: str, treatment: str, year: int, kg_per_t: str) -> None:
    found = line(BRITAIN, "waste", item, "3", "t", year=year, treatment=treatment)
    assert found.tco2e == Decimal(kg_per_t) * 3 / 1000
    assert (found.scope, found.category, found.findings) == ("scope3", 5, ())


@pytest.mark.parametrize(
    ("item", "treatment", "t_per_short_ton"),
    [  # US EPA Emission Factors Hub 2024, table 9
        ("copper", "recycling_open", "0.18"),
        ("copper", "recycling_closed", "0.18"),
        ("plastics", "incineration", "2.34"),
        ("household_waste", "landfill", "0.58"),
        ("board", "landfill", "1"),
        ("steel", "recycling_closed", "0.04"),
        ("tyres", "incineration", "2.21"),
    ],
)
def test_published_numbers_of_the_us(item: str, treatment: str, t_per_short_ton: str) -> None:
    found = line(AMERICA, "waste", item, "10", "short_ton", year=2024, treatment=treatment)
    assert found.tco2e == Decimal(t_per_short_ton) * 10


def test_metric_tonnes_meet_short_tons() -> None:
    found = line(AMERICA, "waste", "copper", "0.90718474", "t", year=2024, treatment="recycling_open")
    assert found.tco2e == Decimal("0.18")


def test_end_of_life_of_sold_products_by_the_piece() -> None:
    found = line(
        BRITAIN, "waste", "scrap_metal", "5000", "piece", category=12, treatment="landfill", mass_per_piece="4"
    )
    assert (found.category, found.tco2e) == (12, Decimal("8.98311") * 20 / 1000)


def test_the_treatment_must_be_said_and_known() -> None:
    assert "Treatment of the waste" in refusal(BRITAIN, "waste", "commercial_waste", "1", "t")
    assert "dumping" in refusal(BRITAIN, "waste", "commercial_waste", "1", "t", treatment="dumping")
    assert refusal(BRITAIN, "waste", "batteries", "1", "t", treatment="composting").startswith("missing_factor")


def test_hazardous_waste_waits_for_the_disposal_company() -> None:
    assert refusal(CHINA, "waste", "hazardous_waste", "1", "t", treatment="incineration")
    own = supplier("hazardous_waste", "t/t", "1.1", use="incineration")
    found = line(CHINA, "waste", "hazardous_waste", "2", "t", own, treatment="incineration")
    assert found.tco2e == Decimal("2.2")


def test_a_plant_elsewhere_is_told_whose_factor_stands_in() -> None:
    assert rules(inventory(CHINA, "waste", "pet", "1", "t", treatment="landfill")) == {"proxy_region"}


def test_each_treatment_is_published_for_something() -> None:
    uses = {factor.use for factor in load_library().factors}
    assert {key for key, _ in TREATMENT.choices} <= uses
