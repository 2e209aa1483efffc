"""On track or not, and what it would take from now on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.targets.gap import gap
from core.targets.pathway import pathway
from tests.core.targets.plans import TONNES, each, target

HALVED = pathway(target(year=2030, reduction=Decimal(50)), Decimal(100))


@pytest.mark.parametrize(("actual", "on_track"), [("75", True), ("74.9", True), ("75.000000001", False)])
def test_on_track_to_the_last_digit(actual: str, on_track: bool) -> None:
    found = gap(HALVED, Decimal(actual), 2025)
    assert found is not None and found.on_track is on_track


def test_a_gap_in_tonnes_and_percent_and_what_it_takes() -> None:
    found = gap(HALVED, Decimal(90), 2025)
    assert found is not None
    assert each(found.allowed, found.gap, found.percent) == [75, 15, 20]
    assert each(found.reduced, found.achieved, found.required, found.required_rate) == [10, 20, 8, 8]


def test_who_is_there_already_needs_no_more() -> None:
    found = gap(HALVED, Decimal(40), 2025)
    assert found is not None and each(found.required, found.achieved) == [0, 120]


def test_after_its_year_a_target_is_kept_and_nothing_is_required() -> None:
    found = gap(HALVED, Decimal(60), 2032)
    assert found is not None
    assert each(found.allowed, found.on_track, found.required, found.required_rate) == [50, False, None, None]


def test_what_is_not_known_has_no_gap() -> None:
    assert (
        gap(HALVED, None, 2025) is None and gap(HALVED, Decimal(1), 2019) is None and gap((), Decimal(1), 2025) is None
    )


def test_nothing_is_divided_by_nothing() -> None:
    none = gap(pathway(target(reduction=Decimal(100)), Decimal(0)), Decimal(0), 2025)
    assert none is not None
    assert each(none.percent, none.reduced, none.achieved, none.required_rate) == [None, None, None, None]


@given(TONNES, st.integers(2020, 2029))
def test_what_is_required_reaches_the_target(actual: Decimal, year: int) -> None:
    found = gap(HALVED, actual, year)
    assert found is not None and found.required is not None
    assert Fraction(actual) - found.required * (2030 - year) == min(Fraction(actual), found.final)
