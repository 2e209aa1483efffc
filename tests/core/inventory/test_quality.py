"""Scores of data, with their reasons; 1 is best."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inventory import choices_of, compile_inventory
from core.inventory.quality import activity_scores, age_score, factor_scores, quality_of, worst
from core.ledger import Evidence, OwnFactor, Plant, Record
from core.library import load_library
from core.methods import AppliedFactor
from tests.core.samples import CHOICES, activity, compiled, ledgers, month

PROOF = Evidence("e1", "bill.pdf", "bill", "0" * 64, 10, activities=("a1",))


def scores_of(records: list[Any], **how: Any) -> dict[str, tuple[int, int]]:
    quality = quality_of(compiled(records, **how))
    return {one.line.id: (one.activity_score, one.factor_score) for one in quality.lines}


@pytest.mark.parametrize(
    ("changes", "proof", "score"),
    [
        ({}, "kept", 1),
        ({}, "number", 2),
        ({}, "nothing", 3),
        ({"estimated": True, "note": "three months averaged"}, "kept", 4),
        ({"estimated": True, "note": " "}, "kept", 5),
    ],
)
def test_activity_data_by_their_proof(changes: dict[str, Any], proof: str, score: int) -> None:
    (found,) = activity_scores(activity(**changes), proof)
    assert found.value == score
    assert str(found.reason)


def factor(**changes: Any) -> AppliedFactor:
    (line, _) = compiled([activity("a1")]).lines
    return replace(line.factor, **changes)


@pytest.mark.parametrize(
    ("changes", "year", "indicator", "score"),
    [
        ({"status": "VERIFIED"}, 2023, "reliability", 1),
        ({"status": "VERIFIED_SECONDARY"}, 2023, "reliability", 2),
        ({"status": "RECALLED"}, 2023, "reliability", 5),
        ({"year": 2021}, 2023, "time", 1),
        ({"year": 2020}, 2023, "time", 2),
        ({"year": 1999}, 2023, "time", 5),
        ({"year": 2006}, 0, "time", 1),
        ({"region": "CN-HE"}, 2023, "geography", 1),
        ({"region": "CN"}, 2023, "geography", 2),
        ({"region": "World"}, 2023, "geography", 2),
        ({"region": "GB"}, 2023, "geography", 4),
        ({"region": "plant"}, 2023, "geography", 1),
        ({"region": "plant"}, 2023, "technology", 1),
        ({"region": "CN"}, 2023, "technology", 2),
    ],
)
def test_factors_by_what_they_describe(changes: dict[str, Any], year: int, indicator: str, score: int) -> None:
    scores = factor_scores(factor(**changes), ("CN-HE", "CN", "World"), year)
    assert {s.indicator: s.value for s in scores}[indicator] == score


def test_money_is_a_poor_measure() -> None:
    scores = factor_scores(factor(), ("CN-HE", "CN", "World"), 2023, spend=True)
    assert worst(scores) == 4


def test_lines_of_an_inventory() -> None:
    bills: list[Record] = [
        activity("a1"),
        activity("a2", evidence="", **month(2)),
        activity("a3", estimated=True, **month(3)),
        PROOF,
    ]
    assert scores_of(bills) == {
        "a1:location": (1, 2),
        "a1:market": (1, 2),
        "a2:location": (3, 2),
        "a2:market": (3, 2),
        "a3:location": (5, 2),
        "a3:market": (5, 2),
    }


def test_a_workbook_that_was_imported_is_no_proof() -> None:
    assert scores_of([activity("a1"), replace(PROOF, kind="import")])["a1:location"] == (2, 2)


def test_a_timeless_factor_does_not_age() -> None:
    """The IPCC's calorific values are of 2006 and true today."""
    boiler = activity("g1", method="stationary_combustion", item="natural_gas", unit="m3")
    quality = quality_of(compiled([boiler], plant=Plant("Tychy", "PL")))
    assert {s.indicator: s.value for s in quality.lines[0].factor}["time"] == 1


def test_an_own_factor_is_specific() -> None:
    own = OwnFactor(
        "f1", "Gas report", "laboratory", "Lab", "No. 7", "p. 2", "natural_gas", "stationary", "kg/m3",
        (("CO2", "2.1"),), CHOICES.period.start, CHOICES.period.end, "e1",
    )  # fmt: skip
    boiler = activity("g1", method="stationary_combustion", item="natural_gas", unit="m3")
    (line,) = quality_of(compiled([boiler, own])).lines
    assert {s.indicator: s.value for s in line.factor} == {
        "reliability": 2,
        "time": 1,
        "geography": 1,
        "technology": 1,
    }


def test_means_are_weighted_by_tonnes() -> None:
    bills: list[Record] = [activity("a1", quantity=3000), activity("a2", quantity=1000, evidence="", **month(2)), PROOF]
    quality = quality_of(compiled(bills))
    assert quality.scopes["scope2_location"].activity == Decimal("1.5")  # 3/4 × 1 + 1/4 × 3
    assert quality.sources["location"]["Main meter"].activity == Decimal("1.5")
    assert quality.totals["market"].factor == 2


def test_credits_do_not_hide_tonnes() -> None:
    bills: list[Record] = [activity("a1"), activity("a2", quantity=-1000, evidence="", **month(2)), PROOF]
    assert quality_of(compiled(bills)).totals["location"].activity == 2


def test_nothing_has_no_mean() -> None:
    quality = quality_of(compiled([]))
    assert (quality.lines, quality.scopes, quality.totals) == ((), {}, {})


@given(ledgers())
@settings(deadline=None, max_examples=30)
def test_every_score_is_on_the_scale_and_has_a_reason(made: Any) -> None:
    ledger, audit = made
    quality = quality_of(compile_inventory(ledger, choices_of(audit, 2023), load_library()))
    for line in quality.lines:
        for score in (*line.activity, *line.factor):
            assert 1 <= score.value <= 5
            assert str(score.reason) and score.reason.in_language("zh")
    for mean in (*quality.scopes.values(), *quality.totals.values()):
        assert 1 <= mean.activity <= 5 and 1 <= mean.factor <= 5


@given(st.integers(-40, 40))
def test_age_counts_in_both_directions_and_never_improves(years: int) -> None:
    assert age_score(years) == age_score(-years) <= age_score(abs(years) + 1)
