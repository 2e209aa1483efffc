"""Materiality in tonnes follows from the percentages that were agreed and from what is reported."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.audit.materiality import LOCATION_BASED, MARKET_BASED, threshold
from tests.core.audit.finding_samples import ENGAGEMENT
from tests.core.samples import activity, compiled

GAS = {"method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
INVENTORY = compiled([activity("a1", quantity="100000"), activity("a2", quantity="20000", **GAS)])


def grams(tonnes: Decimal) -> Decimal:
    return tonnes.quantize(Decimal("1e-9"), ROUND_DOWN)


def test_five_percent_of_both_totals() -> None:
    found = threshold(ENGAGEMENT, INVENTORY)
    assert found.percent == 5
    assert found.location == grams(INVENTORY.totals.location / 20)
    assert found.market == grams(INVENTORY.totals.market / 20)
    assert found.location != found.market
    assert found.total == min(found.location, found.market)
    assert found.scopes == {}


def test_the_smaller_total_governs() -> None:
    assert threshold(ENGAGEMENT, INVENTORY).governs == MARKET_BASED
    without = compiled([activity("a2", quantity="20000", **GAS)])
    assert threshold(ENGAGEMENT, without).governs == LOCATION_BASED


def test_a_scope_may_have_its_own() -> None:
    agreed = replace(ENGAGEMENT, materiality=Decimal("2.5"), scope_materiality=(("scope1", "10"), ("nowhere", "1")))
    found = threshold(agreed, INVENTORY)
    assert found.scopes == {"scope1": grams(INVENTORY.totals.scopes["scope1"] / 10)}
    assert found.location == grams(INVENTORY.totals.location / 40)


@given(st.decimals(0, 100, places=2), st.decimals(0, 10**6, places=3))
def test_proportional_to_percentage_and_quantity(percent: Decimal, quantity: Decimal) -> None:
    inventory = compiled([activity("a1", quantity=str(quantity))])
    found = threshold(replace(ENGAGEMENT, materiality=percent), inventory)
    assert 0 <= percent * inventory.totals.location / 100 - found.location < Decimal("1e-9")
