"""Supplier-specific: any unit with a factor of the supplier, tonnes that the supplier states, and the proof."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.methods import CATEGORIES
from tests.core.methods.scope3 import CHINA, inventory, line, refusal, rules, supplier


@pytest.mark.parametrize(
    ("item", "unit", "per", "tonnes"),
    [
        ("steel", "t", "kg/kg", "17.0"), ("sold_product", "piece", "kg/piece", "0.017"),
        ("truck", "tkm", "kg/tkm", "0.017"), ("building_asset", "m2", "kg/m2", "0.017"),
        ("electricity", "MWh", "kg/kWh", "17.0"), ("service", "person_day", "kg/person_day", "0.017"),
    ],
)  # fmt: skip
def test_any_unit(item: str, unit: str, per: str, tonnes: str) -> None:
    found = line(CHINA, "supplier_specific", item, "10", unit, supplier(item, per, "1.7"))
    assert (found.tco2e, found.factor.status, found.findings) == (Decimal(tonnes), "USER", ())
    assert found.factor.publisher == "Steel AG"


def test_a_tonne_stated_is_a_tonne() -> None:
    assert line(CHINA, "supplier_specific", "reported_emissions", "12.5", "t CO2e").tco2e == Decimal("12.5")
    assert line(CHINA, "supplier_specific", "reported_emissions", "500", "kg CO2e").tco2e == Decimal("0.5")


def test_no_proof_is_an_error() -> None:
    found = inventory(CHINA, "supplier_specific", "reported_emissions", "1", "tCO2e", evidence="")
    assert [(f.rule, f.severity) for f in found.findings] == [("supplier_without_proof", "error")]


def test_without_a_factor_nothing_is_guessed() -> None:
    """Average data exist for plastics in the UK, but they are not this supplier's."""
    assert "no own factor" in refusal(CHINA, "supplier_specific", "plastics", "1", "t")


def test_a_factor_only_for_records_that_name_it() -> None:
    own = supplier("steel", "kg/t", "900", general=False)
    assert refusal(CHINA, "supplier_specific", "steel", "1", "t", own)
    assert line(CHINA, "supplier_specific", "steel", "1", "t", own, factor="f1").tco2e == Decimal("0.9")


def test_a_factor_past_its_validity_is_not_used() -> None:
    own = supplier("steel", "kg/t", "900")
    assert refusal(CHINA, "supplier_specific", "steel", "1", "t", own, year=2027)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category(category: int) -> None:
    found = inventory(CHINA, "supplier_specific", "reported_emissions", "1", "tCO2e", category=category)
    assert found.lines[0].category == category
    assert not rules(found)
