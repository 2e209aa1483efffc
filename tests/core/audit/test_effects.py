"""The effect of a difference: exactly what the inventory would change by."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.audit.effects import NO_EFFECT, SCOPES, Effect, Spread, effect_of, spreads_of
from core.inventory import Inventory, compile_inventory
from core.ledger import Activity, Ledger
from core.library import EXACT, load_library
from tests.core.samples import CHOICES, PLANT, QUANTITIES, activities, activity, green, month

GAS = {"method": "stationary_combustion", "item": "natural_gas", "unit": "m3"}
SOLAR = {"method": "solar_generation", "unit": "kWh"}


def test_electricity_counts_in_both_scopes_two() -> None:
    ledger = Ledger.of([PLANT, activity("a1", quantity="10000")])
    found = effect_of(ledger, compile_inventory(ledger, CHOICES, load_library()), ledger.activities[0], Decimal(9000))
    assert found.scopes["scope2_location"] == Decimal("0.6516"), "1,000 kWh at 0.6516 kg/kWh in Hebei"
    assert found.location == Decimal("0.6516")
    assert found.market == found.scopes["scope2_market"] == Decimal("0.6096")
    assert found.governing == found.location
    assert found.scopes["scope1"] == found.scopes["scope3"] == 0


def test_too_little_is_negative() -> None:
    ledger = Ledger.of([PLANT, activity("a1", quantity="10000")])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    assert effect_of(ledger, inventory, ledger.activities[0], Decimal(11000)).location == Decimal("-0.6516")


def test_the_larger_in_size_governs() -> None:
    market = Effect({"scope2_location": Decimal(1), "scope2_market": Decimal(-2)})
    assert market.governing == -2
    assert Effect({"scope2_location": Decimal(-2), "scope2_market": Decimal(2)}).governing == -2, "location when alike"
    assert NO_EFFECT.governing == 0


@given(activities(), QUANTITIES)
def test_it_is_what_the_whole_inventory_changes_by(record: Activity, quantity: Decimal) -> None:
    """Though only the record itself is compiled: everything else cancels."""
    others = [
        activity("b1"),
        activity("b2", item="solar_generated", **SOLAR),
        activity("b3", item="solar_self_used", quantity="400", **SOLAR),
    ]
    ledger = Ledger.of([PLANT, *others, record])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    changed = Ledger.of([PLANT, *others, replace(record, quantity=quantity)])
    after = compile_inventory(changed, CHOICES, load_library())
    found = effect_of(ledger, inventory, record, quantity)
    assert found.scopes == {s: inventory.totals.scopes[s] - after.totals.scopes[s] for s in SCOPES}
    assert found.location == inventory.totals.location - after.totals.location
    assert found.market == inventory.totals.market - after.totals.market


@given(st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_there_and_back_cancel(one: Decimal, other: Decimal) -> None:
    ledger = Ledger.of([PLANT, activity("a1", quantity=str(one))])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    there = effect_of(ledger, inventory, ledger.activities[0], other)
    back = effect_of(ledger, inventory, replace(ledger.activities[0], quantity=other), one)
    assert there.location == -back.location
    assert there.market == -back.market


# ---------------------------------------------------------------------- where it falls


def fall_of(inventory: Inventory, activities: tuple[str, ...]) -> Spread:
    (found,) = spreads_of(inventory, [activities])
    return found


def test_an_effect_falls_where_the_records_tonnes_are() -> None:
    ledger = Ledger.of([PLANT, activity("a1", quantity="10000"), activity("a2", **GAS)])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    power = fall_of(inventory, ("a1",))
    assert power.main == "scope2_location"
    assert power.location == 1
    assert power.market == power.scopes["scope2_market"] == EXACT.divide(Decimal("0.6096"), Decimal("0.6516"))
    gas = fall_of(inventory, ("a2",))
    assert gas == Spread({"scope1": Decimal(1)})
    both = fall_of(inventory, ("a1", "a2"))
    assert both.scopes["scope1"] + both.scopes["scope2_location"] == both.location == 1


def test_green_power_counts_on_the_location_total_alone() -> None:
    bill = activity("a1", quantity="10000")
    inventory = compile_inventory(Ledger.of([PLANT, bill, *green("a1", 10000)]), CHOICES, load_library())
    found = fall_of(inventory, ("a1",))
    assert inventory.totals.scopes["scope2_market"] == 0
    assert found == Spread({"scope2_location": Decimal(1)}, Decimal(1), Decimal(0))


def test_a_record_without_tonnes_falls_on_the_scope_of_its_method() -> None:
    ledger = Ledger.of([PLANT, activity("a1", quantity="0"), activity("a2", quantity="0", **GAS)])
    inventory = compile_inventory(ledger, CHOICES, load_library())
    assert set(fall_of(inventory, ("a1",)).scopes) == {"scope2_location", "scope2_market"}
    assert set(fall_of(inventory, ("a2",)).scopes) == {"scope1"}


def test_without_records_it_counts_on_the_totals_and_in_no_scope() -> None:
    inventory = compile_inventory(Ledger.of([PLANT, activity("a1", **month(2))]), CHOICES, load_library())
    found = fall_of(inventory, ())
    assert found == Spread({}, Decimal(1), Decimal(1))
    assert found.main == ""
