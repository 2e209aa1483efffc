"""Category 3: well to tank, upstream of power and heat, and losses on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.library import load_library
from core.methods.transmission_losses import lost_energy
from core.methods.upstream_energy import STAND_INS
from tests.core.methods.scope3 import BRITAIN, CHINA, POLAND, inventory, line, refusal, rules, supplier


@pytest.mark.parametrize(
    ("item", "unit", "year", "kg"),
    [  # UK Government GHG Conversion Factors, WTT sheets
        ("diesel", "l", 2025, "0.61101"),
        ("diesel", "t", 2024, "733.64436"),
        ("natural_gas", "m3", 2026, "0.3366"),
        ("natural_gas", "kWh_gross", 2025, "0.03021"),
        ("lpg", "t", 2025, "349.29282"),
        ("industrial_coal", "t", 2025, "418.14964"),
        ("biodiesel", "l", 2024, "0.48103"),
        ("biodiesel", "l", 2025, "0.39508"),
        ("wood_pellets", "t", 2025, "177"),
        ("electricity", "kWh", 2025, "0.0459"),
        ("electricity", "kWh", 2026, "0.03682"),
        ("heat", "kWh", 2025, "0.03341"),
    ],
)
def test_published_numbers(item: str, unit: str, year: int, kg: str) -> None:
    found = line(BRITAIN, "upstream_energy", item, "1000", unit, year=year)
    assert (found.tco2e, found.category, found.scope, found.findings) == (Decimal(kg), 3, "scope3", ())


def test_gas_by_energy_of_a_chinese_bill() -> None:
    found = inventory(CHINA, "upstream_energy", "natural_gas", "3600", "GJ")
    assert found.lines[0].tco2e == Decimal("33.47")
    assert rules(found) == {"proxy_region"}


def test_a_kilowatt_hour_of_fuel_is_ambiguous() -> None:
    assert refusal(BRITAIN, "upstream_energy", "natural_gas", "1", "kWh").startswith("ambiguous_energy")


def test_coal_of_other_kinds_takes_industrial_coal_and_says_so() -> None:
    found = inventory(POLAND, "upstream_energy", "bituminous_coal", "10", "t")
    assert found.lines[0].tco2e == Decimal("4.1814964")
    assert "stand_in_fuel" in rules(found)
    own = supplier("bituminous_coal", "kg/t", "250", use="wtt")
    assert line(POLAND, "upstream_energy", "bituminous_coal", "10", "t", own).tco2e == Decimal("2.5")


def test_stand_ins_are_fuels() -> None:
    items = load_library().items
    assert {items[key].kind for pair in STAND_INS.items() for key in pair} == {"fuel"}


def test_power_and_steam_have_an_upstream() -> None:
    assert line(BRITAIN, "upstream_energy", "electricity", "1", "MWh").tco2e == Decimal("0.0459")
    assert line(BRITAIN, "upstream_energy", "steam", "3.6", "GJ").tco2e == Decimal("0.03341")


@pytest.mark.parametrize(
    ("item", "year", "losses", "upstream"),
    [  # UK Government GHG Conversion Factors, Transmission and distribution; WTT- UK electricity; WTT- heat and steam
        ("electricity", 2024, "0.0183", "0.00397"),
        ("electricity", 2026, "0.01299", "0.00359"),
        ("heat", 2025, "0.00945", "0.00176"),
    ],
)
def test_published_losses(item: str, year: int, losses: str, upstream: str) -> None:
    lines = inventory(BRITAIN, "transmission_losses", item, "1", "MWh", year=year).lines
    assert [one.tco2e for one in lines] == [Decimal(losses), Decimal(upstream)]
    assert {one.category for one in lines} == {3}
    assert len({one.id for one in lines}) == 2


def test_losses_by_the_rate_of_the_own_grid() -> None:
    """100 MWh at 6 % ask for 106.38 MWh; the rest is grid electricity of Hebei, 0.6516 kg/kWh."""
    found = inventory(CHINA, "transmission_losses", "electricity", "94", "MWh", loss_rate="6", year=2023)
    assert found.lines[0].tco2e == Decimal("3.9096")
    assert not rules(found)
    assert len(found.lines) == 1
    assert "out of range" in refusal(CHINA, "transmission_losses", "electricity", "94", "MWh", loss_rate="100")


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.decimals(min_value=0, max_value=99, places=2))
def test_what_is_lost_and_what_arrives_is_what_was_fed_in(delivered: Decimal, rate: Decimal) -> None:
    lost = lost_energy(delivered, rate)
    assert abs((delivered + lost) * rate / 100 - lost) <= Decimal("1e-9")
