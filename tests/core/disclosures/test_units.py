"""Units of questions against those of data points."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.catalogue import all_points
from core.disclosures.units import fits, in_unit, known_unit, parts_of


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        ("tCO2e", "ghg.s1"), ("kgCO2e", "ghg.s1"), ("tce", "energy.total"), ("GJ", "energy.total"),
        ("kg", "waste.haz"), ("CNY", "org.revenue"), ("currency", "action.capex"), ("%", "assure.s1"),
        ("tCO2e/unit", "ghg.int_unit"), ("kWh/CNY", "energy.int_rev"), ("tCO2", "ghg.biogenic"),
        ("years", "action.list"),
    ],
)  # fmt: skip
def test_a_unit_fits_that_can_be_converted_or_is_one_of_a_column(unit: str, key: str) -> None:
    assert fits(unit, all_points()[key])


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        ("MWh", "ghg.s1"), ("t", "ghg.s1"), ("tCO2e", "ghg.biogenic"), ("%", "ghg.s1"), ("furlong", "ghg.s1"),
        ("tCO2e", "ghg.int_rev"), ("tCO2e", "policy.env"), ("tCO2e", "energy.ren_el_pct"), ("persons", "train.env_pct"),
        ("tCO2e/unit/y", "ghg.int_unit"), ("", "ghg.s1"),
    ],
)  # fmt: skip
def test_another_unit_does_not_fit_and_parts_of_a_ratio_are_no_answer(unit: str, key: str) -> None:
    assert not fits(unit, all_points()[key])


def test_several_units_are_taken_apart_and_unknown_ones_are_known_as_such() -> None:
    assert parts_of(" MWh ;tCO2e; ") == ("MWh", "tCO2e")
    assert parts_of("") == ()
    assert known_unit("tCO2e/y") and not known_unit("tCO2e/moon")


def test_numbers_are_converted_and_money_never() -> None:
    assert in_unit(Decimal(1), "tce", "GJ") == Decimal("29.3076")
    assert in_unit(Decimal(3), "kgCO2e/unit", "tCO2e/unit") == Decimal("0.003")
    assert in_unit(Decimal(3), "currency", "currency") == 3
    assert in_unit(Decimal(3), "CNY", "EUR") is None
    assert in_unit(Decimal(3), "currency", "CNY") is None
    assert in_unit(Decimal(3), "tCO2", "tCO2e") is None


@given(st.integers(0, 10**9), st.sampled_from(["MWh", "GJ", "kWh", "tce"]), st.sampled_from(["MWh", "GJ", "kWh"]))
def test_there_and_back_is_the_same_quantity(value: int, source: str, target: str) -> None:
    there = in_unit(Decimal(value), source, target)
    assert there is not None
    back = in_unit(there, target, source)
    assert back is not None and abs(back - value) <= Decimal("1e-20") * max(value, 1)
