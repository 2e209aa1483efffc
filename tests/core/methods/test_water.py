"""Water: supply is a purchase, treatment is waste, and nothing is assumed about how much comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.methods.scope3 import BRITAIN, CHINA, inventory, line, refusal, rules


@pytest.mark.parametrize(
    ("item", "year", "kg_per_m3", "category"),
    [  # UK Government GHG Conversion Factors, Water supply D18 and Water treatment D17
        ("water", 2024, "0.15311", 1),
        ("water", 2025, "0.1913", 1),
        ("wastewater", 2024, "0.18574", 5),
        ("wastewater", 2026, "0.17088", 5),
    ],
)
def test_published_numbers(item: str, year: int, kg_per_m3: str, category: int) -> None:
    found = line(BRITAIN, "water", item, "1000", "m3", year=year)
    assert (found.tco2e, found.category) == (Decimal(kg_per_m3), category)


def test_supply_alone_says_nothing_about_the_sewer() -> None:
    assert [one.category for one in inventory(BRITAIN, "water", "water", "10", "m3").lines] == [1]


def test_the_returned_share_adds_a_line_of_category_5() -> None:
    supply, sewer = inventory(BRITAIN, "water", "water", "1000", "m3", returned="90").lines
    assert (supply.category, supply.tco2e) == (1, Decimal("0.1913"))
    assert (sewer.category, sewer.tco2e) == (5, Decimal("0.153792"))
    assert sewer.id == f"{supply.id}:sewer"
    assert sewer.portion == supply.portion
    assert len(inventory(BRITAIN, "water", "water", "1000", "m3", returned="0").lines) == 1


def test_a_tonne_of_water_is_a_cubic_metre() -> None:
    weighed = inventory(BRITAIN, "water", "water", "1000", "吨", returned="90")
    metered = inventory(BRITAIN, "water", "water", "1000", "m3", returned="90")
    assert [one.tco2e for one in weighed.lines] == [one.tco2e for one in metered.lines]


def test_another_category_is_refused() -> None:
    assert "category 1" in refusal(BRITAIN, "water", "wastewater", "1", "m3", category=1)
    assert line(BRITAIN, "water", "wastewater", "1", "m3", category=5).category == 5


def test_a_plant_elsewhere_is_told_whose_factor_stands_in() -> None:
    assert rules(inventory(CHINA, "water", "water", "1", "m3")) == {"proxy_region"}
