"""Tonnes per unit, the order of plants, and who does not look like the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.group.register.ownership import EQUITY
from core.group.year.consolidated import Consolidated
from core.group.year.consolidating import consolidate
from core.group.year.intensity import Intensity, intensities
from core.group.year.ranking import outliers, ranking, scores
from core.ledger import Register, Site, SiteFigure, Stake
from core.ledger.records import Record
from tests.core.group.plants import filed, packed

Figures = Mapping[str, tuple[tuple[str, str, str], ...]]


def group(figures: Figures, *more: Record, tonnes: int = 10) -> Consolidated:
    held = [Site(name, name, "CN", "Brakes") for name in figures]
    reports = [
        (replace(filed(name), figures=own), packed([("scope1", 0, "CO2", 0, "Boiler", "a1", tonnes * (n + 1) * 10**9)]))
        for n, (name, own) in enumerate(figures.items())
    ]
    return consolidate(Register.of([*held, *more]), reports, 2024, approach=EQUITY)


def asked(figures: Figures, *more: Record) -> tuple[Intensity, ...]:
    return intensities(Register.of([Site(n, n, "CN", "Brakes") for n in figures] + list(more)), group(figures, *more))


def test_plants_without_the_figure_are_left_out_on_both_sides_and_named() -> None:
    (found,) = asked({"a": (("headcount", "1", "4"),), "b": (), "c": (("headcount", "1", "6"),)})
    assert (found.tonnes, found.quantity, found.per_unit) == (Decimal(40), Decimal(10), Decimal(4))
    assert found.without == ("b",)
    assert [(p.name, p.per_unit) for p in found.plants] == [("a", Decimal("2.5")), ("c", 5)]


def test_head_office_wins_and_says_where_it_has_it_from() -> None:
    figure = SiteFigure("f", "a", "revenue", "CNY", 2024, Decimal(20), "Ledger")
    other = SiteFigure("g", "a", "revenue", "CNY", 2023, Decimal(9), "Ledger")
    (found,) = asked({"a": (("revenue", "EUR", "7"), ("revenue", "CNY", "1"))}, figure, other)
    assert (found.unit, found.quantity, found.plants[0].source) == ("CNY", Decimal(20), "Ledger")


def test_units_stand_apart_and_zero_divides_nothing() -> None:
    found = asked({"a": (("production", "t", "0"),), "b": (("production", "pcs", "8"),)})
    assert [(one.unit, one.per_unit, one.without) for one in found] == [
        ("pcs", Decimal("2.5"), ("a",)),
        ("t", None, ("b",)),
    ]


def test_half_a_plant_brings_half_of_what_it_made() -> None:
    stake = Stake("k", "group", "a", "", percent=Decimal(50))
    (found,) = asked({"a": (("production", "t", "8"),)}, stake)
    assert (found.tonnes, found.quantity) == (Decimal(5), Decimal(4))


def test_a_figure_that_nobody_says_is_named() -> None:
    with pytest.raises(UserError, match="headcount"):
        intensities(Register.of([]), group({"a": (("revenue", "EUR", "7"),)}), "headcount")


def test_the_largest_comes_first_and_equals_share_a_place() -> None:
    found = ranking(group({"a": (), "b": (), "c": ()}))
    assert [(one.place, one.name, one.tonnes) for one in found] == [
        (place, name, Decimal(tonnes)) for place, name, tonnes in ((1, "c", 30), (2, "b", 20), (3, "a", 10))
    ]
    assert sum(one.share or 0 for one in found) == 1
    assert [(one.place, one.share) for one in ranking(group({"a": (), "b": ()}, tonnes=0))] == [(1, None)] * 2


def test_nist_modified_scores() -> None:
    """Published limits: |M| > 3.5; a value far out does not hide itself by widening the spread."""
    found = scores({str(n): Decimal(n) for n in (10, 11, 12, 13, 14, 500)})
    assert [key for key, score in found.items() if abs(score) > Decimal("3.5")] == ["500"]
    assert found["10"] == Decimal("-1.124166666666666666666666666666667")
    assert scores({"a": Decimal(1), "b": Decimal(1), "c": Decimal(9)}) == {}


@given(st.lists(st.decimals(0, 1000, places=3), min_size=5, max_size=9), st.integers(1, 100), st.integers(-50, 50))
def test_scores_do_not_depend_on_unit_and_origin(values: list[Decimal], factor: int, shift: int) -> None:
    first = scores({str(n): value for n, value in enumerate(values)})
    moved = scores({str(n): value * factor + shift for n, value in enumerate(values)})
    near = Decimal("1E-20")
    assert first.keys() == moved.keys()
    assert all(abs(first[key] - moved[key]) <= near * (1 + abs(first[key])) for key in first)


@pytest.mark.parametrize(("count", "expected"), [(4, []), (6, ["p5"])])
def test_one_of_a_business_stands_out_where_there_are_enough(count: int, expected: list[str]) -> None:
    quantities = ["10", "21", "29", "41", "52", "1"][-count:] if count == 6 else ["10", "21", "29", "1"]
    figures = {f"p{n}": (("production", "t", q),) for n, q in enumerate(quantities)}
    found = group(figures)
    (one,) = intensities(Register.of([]), found, "production")
    assert [outlier.key for outlier in outliers(found, one)] == expected
    for outlier in outliers(found, one):
        assert (outlier.plants, outlier.business) == (count, "Brakes")
        assert outlier.score > Decimal("3.5")
