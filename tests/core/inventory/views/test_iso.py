"""Six categories, where each thing goes, and which of them matter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.inventory.views import IsoCategory, iso_view
from core.inventory.views.iso import SUBCATEGORY
from core.inventory.views.titles import ISO_PART_TITLES
from core.ledger import Activity
from tests.core.inventory.views.everything import judgement, plant_with, waste
from tests.core.samples import activity, green

GRID = activity("a", quantity=1_000_000)
GAS = activity("g", method="stationary_combustion", item="natural_gas", unit="m3", quantity=1)


@pytest.mark.parametrize(
    ("record", "part"),
    [
        (activity(method="stationary_combustion", item="diesel", unit="t"), "1.1"),
        (activity(method="mobile_combustion", item="diesel", unit="t"), "1.2"),
        (activity(method="welding_gas", item="ar80_co2_20", unit="kg"), "1.3"),
        (activity(method="process_gases", item="SF6", unit="kg"), "1.3"),
        (activity(method="switchgear_gas", item="SF6", unit="kg"), "1.4"),
        (activity(method="refrigerants", item="R-410A", unit="kg"), "1.4"),
        (activity(), "2.1"),
        (activity(method="purchased_heat", item="heat", unit="GJ"), "2.2"),
        (activity(method="commuting", item="car", unit="person_day", parameters=(("distance", "12"),)), "3.3"),
        (waste(), "4.3"),
    ],
)
def test_a_record_goes_to_its_subcategory(record: Activity, part: str) -> None:
    held = {row.key for row in iso_view(plant_with(record)).rows if row.lines and not row.memo}
    assert held == {part}


def test_every_category_of_scope_3_has_a_titled_place() -> None:
    assert list(SUBCATEGORY) == list(range(1, 16))
    assert set(SUBCATEGORY.values()) <= set(ISO_PART_TITLES)
    assert {place[0] for place in SUBCATEGORY.values()} == {"3", "4", "5"}, "nothing of scope 3 is lost in 6"


def category(number: int, *records: Activity, threshold: int = 1, **decided: str) -> IsoCategory:
    said = [judgement(f"iso:{number}", decided["verdict"], "our criteria")] if decided else []
    return iso_view(plant_with(*records, *said), Decimal(threshold)).categories[number - 1]


def test_significance_is_proposed_by_share() -> None:
    energy, direct = category(2, GRID, GAS), category(1, GRID, GAS)
    assert (energy.significance, energy.decided) == ("significant", False)
    assert energy.share > 99
    assert direct.share < 1 and direct.significance == "significant", "direct emissions are never left out"
    travel = waste(quantity=1)
    assert category(4, GRID, travel).significance == "not_significant"
    assert category(4, GRID, travel, threshold=0).significance == "significant"
    assert "below 1 %" in str(category(4, GRID, travel).reason)


def test_a_person_decides_against_the_proposal() -> None:
    decided = category(2, GRID, verdict="not_significant")
    assert (decided.significance, decided.decided, str(decided.reason)) == ("not_significant", True, "our criteria")


def test_nothing_recorded_is_not_called_insignificant() -> None:
    assert category(3, GRID).significance == "unknown"
    assert category(3, GRID, verdict="not_significant").significance == "not_significant"


def test_market_based_is_beside() -> None:
    view = iso_view(plant_with(activity("r"), *green("r")))
    assert view.total > 0 and view.total_market == 0
    assert [row.key for row in view.memos] == ["market", "exported", "avoided"]
    assert all(row.memo for row in view.memos)


def test_biogenic_carbon_dioxide_is_apart() -> None:
    view = iso_view(plant_with(activity("b", method="stationary_combustion", item="wood", unit="t", quantity=10)))
    assert view.biogenic == sum((row.biogenic for row in view.rows if not row.memo), Decimal(0)) > 0
