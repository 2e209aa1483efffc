"""Heat pump: what it replaces, what it needs, and what leaks from it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.savings.heat_pump import heat_pump_electricity, replaced_energy
from tests.core.savings.measures import saving

HEAT = st.decimals(min_value=1, max_value=10**7, places=1)


@given(HEAT, st.decimals(min_value="1", max_value=8, places=2))
def test_renewable_heat_is_what_the_directive_says(heat: Decimal, factor: Decimal) -> None:
    """E_RES = Q (1 - 1/SPF), Commission Decision 2013/114/EU."""
    assert abs(heat - heat_pump_electricity(heat, factor) - heat * (1 - 1 / factor)) < Decimal("1e-15")


@given(HEAT)
def test_a_perfect_heater_needs_its_heat(heat: Decimal) -> None:
    assert replaced_energy(heat, Decimal(100)) == heat


def test_fuel_and_electricity_are_two_carriers_with_their_own_factors() -> None:
    found = saving("heat_pump", currency="EUR", price="0.1", electricity_price="0.25")
    gas, power = found.years[0].lines
    assert (gas.flow.item, power.flow.item) == ("natural_gas", "electricity")
    assert gas.amounts.saved == Decimal("111111.111111111") and power.amounts.saved == -31250
    assert gas.factor is not None and power.factor is not None and gas.factor.key != power.factor.key
    assert found.years[0].money == Decimal("11111.11") - Decimal("7812.50")


def test_an_electric_heater_is_one_carrier() -> None:
    found = saving("heat_pump", item="electricity", efficiency="100")
    (line,) = found.years[0].lines
    assert line.amounts.before == 100000 and line.amounts.after == 31250


def test_measured_electricity_takes_precedence_over_the_factor() -> None:
    found = saving("heat_pump", electricity="40000", auxiliary="500", item="electricity", efficiency="100")
    assert found.years[0].lines[0].amounts.after == 40500
    assert any("measured" in str(step.what) for step in found.effect.steps)


def test_a_backup_heater_is_not_the_merit_of_the_heat_pump() -> None:
    whole, part = saving("heat_pump").kwh, saving("heat_pump", backup="25").kwh
    assert abs(part - whole * Decimal("0.75")) < Decimal("1e-6")


def test_leaking_refrigerant_stands_beside_and_in_no_sum() -> None:
    found = saving("heat_pump")
    (beside,) = found.years[0].beside
    assert beside.amount == Decimal("0.36")
    assert beside.tonnes == Decimal("0.36") * 771 / 1000  # HFC-32 in the AR6
    assert saving("heat_pump", refrigerant="", charge="", leak_rate="").tonnes == found.tonnes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seasonal_factor": ""}, "Seasonal performance factor"),
        ({"charge": ""}, "Charge"),
        ({"refrigerant": "natural_gas"}, "is not an item for"),
        ({"efficiency": "0"}, "out of range"),
        ({"heat": ""}, "Heat delivered"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        saving("heat_pump", **changes)


def test_an_unusual_factor_and_a_silent_refrigerant_are_told() -> None:
    words = " ".join(map(str, saving("heat_pump", seasonal_factor="9", refrigerant="", charge="").warnings))
    assert "most heat pumps lie between 2 and 7" in words and "No refrigerant is stated" in words
