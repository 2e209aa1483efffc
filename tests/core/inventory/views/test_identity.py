"""Whatever a plant records: each view has every line in exactly one row, and its rows add up to the totals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings

from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.views import (
    LOCATION,
    MARKET,
    Row,
    completeness,
    gbt_view,
    ghgp_view,
    iso_view,
    matrix,
)
from core.ledger import Audit, Ledger
from core.library import GASES, load_library
from core.methods import BIOGENIC, all_methods
from tests.core.inventory.views.everything import one_of_each, plant_with
from tests.core.samples import ledgers

ZERO = Decimal(0)


def total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def holds_every_line_once(inventory: Inventory, rows: Iterable[Row]) -> None:
    held = [line.id for row in rows for line in row.lines]
    assert sorted(held) == sorted(line.id for line in inventory.lines)


def check_all(inventory: Inventory) -> None:
    totals = inventory.totals
    ghgp, iso, gbt = ghgp_view(inventory), iso_view(inventory), gbt_view(inventory)
    for rows in (ghgp.rows, iso.rows, [r.row for r in gbt.rows]):
        holds_every_line_once(inventory, rows)
        keys = [row.key for row in rows]
        assert len(keys) == len(set(keys))
        for row in rows:
            assert row.tco2e == total(line.tco2e for line in row.lines)
            assert row.biogenic == total(line.apart(BIOGENIC) for line in row.lines)
    assert (ghgp.location, ghgp.market) == (totals.location, totals.market)
    assert (iso.total, iso.total_market) == (totals.location, totals.market)
    assert iso.biogenic == totals.biogenic
    assert {c.number: c.row.tco2e for c in ghgp.categories if c.row.lines} == totals.categories
    for gas in GASES:
        assert total(c.row.gases[gas] for c in iso.categories) == totals.gases[gas]
    for summed in gbt.rows:
        if summed.sign:
            assert summed.counted + summed.beside + summed.zero_rated == summed.row.tco2e
    direct = [r for r in gbt.rows if r.row.key in ("combustion", "process", "waste", "fugitive")]
    assert total(r.counted + r.beside for r in direct) == totals.scopes["scope1"]
    for scopes, whole in ((LOCATION, totals.location), (MARKET, totals.market)):
        seen = matrix(inventory, scopes)
        assert seen.tonnes == whole == total(seen.by_month)
    for node in completeness(inventory):
        assert node.tonnes == total(child.tonnes for child in node.children)
        assert all(child.tonnes == total(c.tonnes for c in child.children) for child in node.children)
        assert len(node.excluded) == total(Decimal(len(c.excluded)) for c in node.children) or not node.children


@settings(max_examples=50, deadline=None)
@given(ledgers())
def test_views_of_any_plant(pair: tuple[Ledger, Audit]) -> None:
    ledger, audit = pair
    check_all(compile_inventory(ledger, choices_of(audit, 2023), load_library()))


@pytest.mark.parametrize("policy", ["ghg-protocol", "gbt-32150-2025"])
def test_views_of_every_method_at_once(policy: str) -> None:
    inventory = plant_with(*one_of_each(), policy=policy)
    check_all(inventory)
    lines = {line.activity.method for line in inventory.lines}
    assert len(lines) > len(all_methods()) * 2 // 3, "most examples give lines"


def test_the_whole_of_an_empty_plant() -> None:
    inventory = plant_with()
    check_all(inventory)
    assert all(c.status == "gap" for c in ghgp_view(inventory).categories)
    assert {c.significance for c in iso_view(inventory).categories[1:]} == {"unknown"}
