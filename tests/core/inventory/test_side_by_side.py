"""Policies side by side: what differs is named line by line, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.errors import UserError
from core.inventory.side_by_side import compare_policies, policies_to_plain
from core.inventory.waterfall import difference
from core.ledger import Ledger
from core.library import Library, load_library
from core.methods import exact_sum
from tests.core.samples import CHOICES, PLANT, activity

LIBRARY = load_library()
BOILER = activity("d", source="Boiler", method="stationary_combustion", item="diesel", unit="t", quantity=10)
LEDGER = Ledger.of([PLANT, activity("e", quantity=500000), BOILER, replace(BOILER, id="u", item="unobtainium")])
BOTH = ("ghg-protocol", "gbt-32150-2025")


def test_the_lines_that_differ_carry_both_factors() -> None:
    found = compare_policies(LEDGER, CHOICES, BOTH, LIBRARY)
    assert found.policies == BOTH
    assert [row.line for row in found.rows] == ["d", "e:location", "e:market", "u"]
    assert [row.line for row in found.differing] == ["e:location"], "the province's factor against the national one"
    first, second = found.differing[0].cells
    assert first.factor is not None and second.factor is not None and first.tonnes and second.tonnes
    assert (first.factor.region, second.factor.region) == ("CN-HE", "CN")
    waterfall = difference(*found.inventories)
    assert exact_sum(waterfall.causes(("scope2_location",)).values()) == second.tonnes - first.tonnes


def test_a_record_that_no_policy_covers_says_why() -> None:
    row = compare_policies(LEDGER, CHOICES, BOTH, LIBRARY).rows[-1]
    assert (row.record.id, row.scope, row.differs) == ("u", "", False)
    assert all(cell.why is not None and cell.tonnes is None for cell in row.cells)


def test_a_line_that_one_policy_cannot_give() -> None:
    kept = tuple(f for f in LIBRARY.factors if f.item == "electricity" and f.region in ("CN-HE",))
    poorer = Library(LIBRARY.units, LIBRARY.gwp, LIBRARY.items, kept)
    found = compare_policies(Ledger.of([PLANT, activity("e")]), CHOICES, BOTH, poorer)
    row = next(row for row in found.differing if row.line == "e:location")
    assert row.cells[0].tonnes and row.cells[1].tonnes is None and row.cells[1].why is not None


def test_old_names_mean_the_same_and_unknown_ones_are_refused() -> None:
    found = compare_policies(LEDGER, CHOICES, ("matching-year", "ghg-protocol"), LIBRARY)
    assert found.policies == ("ghg-protocol", "ghg-protocol") and not found.differing
    with pytest.raises(UserError, match="cheapest"):
        compare_policies(LEDGER, CHOICES, ("cheapest",), LIBRARY)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_json(lang: str) -> None:
    found = compare_policies(LEDGER, CHOICES, BOTH, LIBRARY)
    plain: Any = policies_to_plain(found, lang)
    assert plain["lines"] == 4 and plain["policies"] == list(BOTH)
    (one,) = plain["differing"]
    cells = [one["policies"][key] for key in BOTH]
    assert [c["factor"]["region"] for c in cells] == ["CN-HE", "CN"]
    totals = [Decimal(plain["totals_tco2e"][key]["scope2_location"]) for key in BOTH]
    assert totals == [Decimal(c["tco2e"]) for c in cells]
