"""Spend-based: the currency and the prices of the factor, own factors, and all fifteen categories."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.methods import CATEGORIES
from core.methods.spend import deflated
from tests.core.methods.scope3 import AMERICA, CHINA, POLAND, inventory, line, refusal, rules, supplier

RATES = st.decimals(min_value="0.001", max_value=1000, places=4)


@pytest.mark.parametrize(
    ("naics", "kg_per_usd"),
    [  # US EPA Supply Chain GHG Emission Factors v1.3, with margins, 2022 USD
        ("336340", "0.278"), ("331110", "0.787"), ("325211", "1.045"), ("334111", "0.058"),
        ("332722", "0.248"), ("541611", "0.078"), ("484121", "0.595"), ("562111", "0.988"),
    ],
)  # fmt: skip
def test_published_numbers(naics: str, kg_per_usd: str) -> None:
    found = line(AMERICA, "spend", f"naics_{naics}", "1000", "USD", year=2022)
    assert (found.tco2e, found.category, found.findings) == (Decimal(kg_per_usd), 1, ())


def test_prices_of_another_year_are_warned_of_until_the_index_is_given() -> None:
    silent = inventory(AMERICA, "spend", "naics_336340", "1000", "USD", year=2025)
    assert rules(silent) == {"prices_of_another_year"}
    said = inventory(AMERICA, "spend", "naics_336340", "1000", "USD", year=2025, inflation="1.25")
    assert not rules(said)
    assert said.lines[0].tco2e == Decimal("0.2224")
    assert str(said.lines[0].trace[0].what) == "Money in USD, prices of 2022"


def test_another_currency_needs_its_rate() -> None:
    assert "Exchange rate" in refusal(CHINA, "spend", "naics_336340", "1", "万元")
    found = line(CHINA, "spend", "naics_336340", "1", "万元", exchange_rate="0.14", inflation="1")
    assert found.tco2e == Decimal("0.3892")
    assert found.trace[1].formula == "10000 CNY × 0.14 USD/CNY ÷ 1 2025/2022"
    assert "exchange rate" in refusal(AMERICA, "spend", "naics_336340", "1", "USD", exchange_rate="7")


def test_a_rate_of_nothing_is_out_of_range() -> None:
    assert "out of range" in refusal(CHINA, "spend", "naics_336340", "1", "CNY", exchange_rate="0")


def test_an_own_factor_in_the_currency_of_the_payment_goes_first() -> None:
    own = supplier("naics_336340", "kg/PLN", "0.05", use="spend")
    found = inventory(POLAND, "spend", "naics_336340", "1000", "PLN", own, inflation="1.05")
    assert found.lines[0].tco2e == Decimal("0.047619048")
    assert str(found.lines[0].trace[0].what) == "Money in PLN, prices of 2024"
    assert not rules(found)


def test_the_prices_of_an_own_factor_are_those_of_its_first_year() -> None:
    own = supplier("service", "kg/EUR", "0.2", use="spend", valid_from=date(2025, 1, 1))
    assert not rules(inventory(POLAND, "spend", "service", "10", "EUR", own, year=2025))
    assert rules(inventory(POLAND, "spend", "service", "10", "EUR", own, year=2026)) == {"prices_of_another_year"}


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category(category: int) -> None:
    assert line(AMERICA, "spend", "naics_541611", "1", "USD", category=category).category == category


@given(st.decimals(min_value=0, max_value=10**9, places=2), RATES, RATES)
def test_there_and_back(paid: Decimal, rate: Decimal, inflation: Decimal) -> None:
    there = deflated(paid, rate, inflation)
    assert abs(deflated(there, 1 / rate, 1 / inflation) - paid) <= Decimal("1e-9")
