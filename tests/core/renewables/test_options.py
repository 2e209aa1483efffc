"""What an option costs and changes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import SupplyOption
from core.renewables.options import (
    CONTRACTS,
    KINDS,
    OWN_USE,
    GridFactors,
    changes,
    cost_per_mwh,
    effect_of,
    grid_factors,
)
from tests.core.renewables.plants import allocation, certificate, plant, self_used
from tests.core.samples import activity

FACTORS = GridFactors(Decimal("0.6"), Decimal("0.7"))


def option(
    kind: str = "pv", quantity: str = "1000", price: str = "15", capex: str = "1000000", life: int = 20
) -> SupplyOption:
    return SupplyOption("so1", "Option", kind, 2025, Decimal(quantity), Decimal(price), Decimal(capex), life, "CNY")


def test_capex_is_spread_with_the_published_factor() -> None:
    """NREL/TP-462-5173: CRF at 5 % over 20 years is 0.0802426."""
    assert cost_per_mwh(option(price="0"), Decimal(5)) == Decimal("80.2426")
    assert cost_per_mwh(option(), Decimal(5)) == Decimal("95.2426")


def test_without_interest_the_capex_is_divided_by_the_years() -> None:
    assert cost_per_mwh(option(price="0"), Decimal(0)) == Decimal("50.0000")


def test_a_contract_costs_its_price() -> None:
    assert cost_per_mwh(option("ppa", price="-3.5", capex="0", life=0), Decimal(5)) == Decimal("-3.5000")


@pytest.mark.parametrize(
    "lacking", [option(quantity="0"), option(price="0", capex="0"), option(life=0), option(quantity="-1")]
)
def test_what_is_not_said_has_no_cost(lacking: SupplyOption) -> None:
    assert cost_per_mwh(lacking, Decimal(5)) is None
    assert effect_of(lacking, Decimal(5), FACTORS).yearly is None


def test_an_interest_that_eats_the_capital_is_refused() -> None:
    with pytest.raises(UserError):
        cost_per_mwh(option(), Decimal(-100))


@pytest.mark.parametrize("kind", KINDS)
def test_own_use_lowers_both_figures_and_paper_one(kind: str) -> None:
    found = effect_of(option(kind), Decimal(5), FACTORS)
    assert found.market == Decimal(-700)
    assert found.location == (Decimal(-600) if kind in OWN_USE else 0)
    assert set(OWN_USE) & set(CONTRACTS) == set()
    assert found.yearly == Decimal("95242.6")


def test_factors_are_those_of_the_inventory() -> None:
    _, inventory = plant([activity(quantity=1000), certificate(), allocation("al1", "i1", "a1", 400)])
    factors = grid_factors(inventory)
    assert abs(factors.location - inventory.totals.scopes["scope2_location"]) < Decimal("1E-9")
    assert abs(factors.market * Decimal("0.6") - inventory.totals.scopes["scope2_market"]) < Decimal("1E-9")


def test_where_all_is_covered_the_grid_average_stands_in() -> None:
    _, inventory = plant([activity(), certificate(), allocation("al1", "i1", "a1", 1000)])
    factors = grid_factors(inventory)
    assert factors.market == factors.location > 0


def test_without_purchases_nothing_can_be_lowered() -> None:
    assert grid_factors(plant([self_used()])[1]) == GridFactors(Decimal(0), Decimal(0))


@given(st.sampled_from(KINDS), st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_effects_are_linear(kind: str, one: Decimal, other: Decimal) -> None:
    both = changes(option(kind), one + other, FACTORS)
    apart = [
        a + b for a, b in zip(changes(option(kind), one, FACTORS), changes(option(kind), other, FACTORS), strict=True)
    ]
    assert all(abs(a - b) <= Decimal("0.000002") for a, b in zip(both, apart, strict=True))
    assert all(value <= 0 for value in both)


@given(st.integers(1, 40), st.decimals("0.1", 20, places=1))
def test_a_longer_life_is_cheaper_and_interest_dearer(life: int, interest: Decimal) -> None:
    cost = cost_per_mwh(option(life=life), interest)
    longer = cost_per_mwh(option(life=life + 1), interest)
    dearer = cost_per_mwh(option(life=life), interest + 1)
    assert cost is not None
    assert longer is not None
    assert dearer is not None
    assert longer < cost < dearer
