"""Scope 3 as a whole: each category has its methods, each method says its approach, and reports travel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.inventory import build, choices_of, compile_inventory, read, year_of
from core.ledger import Activity, Audit, Ledger, Plant, canonical
from core.library import load_library
from core.methods import CATEGORIES, Method, all_methods
from tests.core.methods.scope3 import BRITAIN, CHINA, supplier
from tests.core.samples import ISSUE, activity, compiled, month

APPROACHES = {
    "supplier_specific", "average_data", "spend_based", "distance_based", "waste_type", "fuel_based", "site_specific",
}  # fmt: skip
METHODS = [method for _, method in sorted(all_methods().items()) if "scope3" in method.scopes]
ANYTHING = {"spend", "supplier_specific"}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_has_a_method_of_its_own(category: int) -> None:
    """Besides the two that take whatever comes."""
    assert {method.key for method in METHODS if category in method.categories} - ANYTHING
    assert all(category in all_methods()[key].categories for key in ANYTHING)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
def test_a_method_says_how_it_counts(method: Method) -> None:
    assert method.approach in APPROACHES
    assert method.categories and set(method.categories) <= set(CATEGORIES)


def example(method: Method, **more: str | int) -> Activity:
    said = dict(method.example)
    item, unit = said.pop("item"), said.pop("unit")
    return activity(
        method.key, method=method.key, item=item, unit=unit, quantity="1000", parameters=tuple(sorted(said.items())),
        **month(1, 2025), **more,
    )  # fmt: skip


def test_totals_by_category_add_up_to_the_scope() -> None:
    found = compiled([example(method) for method in METHODS], plant=BRITAIN, period=year_of(2025))
    assert not found.excluded
    per_category = found.totals.categories
    assert sum(per_category.values(), Decimal(0)) == found.totals.scopes["scope3"]
    assert all(line.category in CATEGORIES for line in found.lines)


def test_an_unknown_category_is_refused() -> None:
    purchased = all_methods()["purchased_goods"]
    found = compiled([example(purchased, category=9)], plant=BRITAIN, period=year_of(2025))
    assert "category" in str(found.excluded[0].finding.message)


@pytest.mark.parametrize(
    ("policy", "publisher"),
    [("ghg-protocol", "uk_desnz"), ("gbt-32150-2025", "uk_desnz"), ("uk-secr", "uk_desnz"), ("us-epa", "us_epa")],
)
def test_the_policy_says_whose_factors_stand_in(policy: str, publisher: str) -> None:
    record = activity(method="waste", item="glass", unit="t", quantity="1", parameters=(("treatment", "landfill"),))
    (line,) = compiled([record], plant=CHINA, policy=policy).lines
    assert line.factor.key.startswith(publisher)


@pytest.mark.parametrize("plant", [BRITAIN, CHINA], ids=lambda plant: plant.country)
def test_a_report_carries_what_its_recalculation_needs(plant: Plant) -> None:
    audit = Audit("2025", date(2025, 1, 1), date(2025, 12, 31))
    records = [example(method) for method in METHODS]
    by_detour = [
        activity("coal", method="upstream_energy", item="anthracite", unit="t", **month(1, 2025)),
        activity("steam", method="leased_assets", item="steam", unit="GJ", **month(1, 2025)),
    ]
    ledger = Ledger.of([plant, audit, *records, *by_detour, supplier("steel", "kg/t", "900")])
    whole = compile_inventory(ledger, choices_of(audit, 2025), load_library())
    received = read(canonical(build(ledger, audit, whole.findings, load_library(), ISSUE)))
    assert received.inventory() == whole


@pytest.mark.parametrize(
    ("text", "kinds", "key"),
    [
        ("废钢", ("waste", "material"), "scrap_metal"), ("纸箱", ("waste", "material"), "board"),
        ("铝合金", ("material",), "aluminium"), ("危废", ("waste", "material"), "hazardous_waste"),
        ("自来水", ("water",), "water"), ("污水", ("water",), "wastewater"), ("切削液", ("material",), "coolant_fluid"),
        ("NAICS 336340", ("commodity",), "naics_336340"),
        ("紧固件（螺栓、螺母、垫圈）", ("commodity",), "naics_332722"),
        ("odpady komunalne", ("waste",), "household_waste"), ("制动器", ("product",), "brake_product"),
    ],
)  # fmt: skip
def test_names_of_bills_and_transfer_notes(text: str, kinds: tuple[str, ...], key: str) -> None:
    found = load_library().recognise(text, kinds)
    assert found is not None and found.key == key
