"""Sizes of samples: published tables to the printed digit, and the laws behind them."""

from __future__ import annotations

import json
from decimal import ROUND_CEILING, Decimal
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.sizes import (
    EXPANSION,
    attribute_size,
    confidence_factor,
    monetary_unit_size,
    planning_factor,
    size_by_expansion,
)
from core.errors import UserError

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "sampling_examples.json").read_text("utf-8")
)
CENT = Decimal("0.01")
CONFIDENCES = st.sampled_from([Decimal(c) for c in ("50", "70", "80", "90", "95", "99")])


def printed(value: Decimal) -> str:
    """As the guide prints its factors: rounded up."""
    return str(value.quantize(CENT, ROUND_CEILING))


def test_factors_are_those_of_the_guide() -> None:
    table = EXAMPLES["confidence_factors"]
    wrong = {(row, risk): right for row, risk, _printed, right, _why in table["misprints"]}
    for row, values in table["rows"].items():
        for risk, said in zip(table["risks"], values, strict=True):
            found = printed(confidence_factor(100 - Decimal(risk), Decimal(row)))
            assert found == wrong.get((row, risk), said), (row, risk)


def test_factors_of_one_percent_are_those_of_the_textbook() -> None:
    table = EXAMPLES["factors_of_1_percent"]
    found = [printed(confidence_factor(100 - Decimal(table["risk"]), Decimal(n))) for n in range(len(table["values"]))]
    wrong = {int(row): right for row, _printed, right, _why in table["misprints"]}
    assert found == [wrong.get(n, said) for n, said in enumerate(table["values"])]


def test_the_factor_without_misstatement_is_the_exponential_one() -> None:
    factor = confidence_factor(Decimal(95))
    assert abs(factor + Decimal("0.05").ln()) < Decimal("1e-8")


@pytest.mark.parametrize(
    "row",
    EXAMPLES["monetary_unit_sizes"]["rows"],
    ids=lambda row: f"{row['risk']}-{row['expected_share_of_tolerable']}",
)
def test_sizes_by_tonnes_are_those_of_the_guide(row: dict[str, Any]) -> None:
    confidence, share = 100 - Decimal(row["risk"]), Decimal(row["expected_share_of_tolerable"])
    for percent, said in zip(EXAMPLES["monetary_unit_sizes"]["tolerable_percent"], row["sizes"], strict=True):
        tolerable = Decimal(percent)
        assert monetary_unit_size(Decimal(100), tolerable, tolerable * share, confidence) == said, percent


@pytest.mark.parametrize("table", EXAMPLES["attribute_sizes"], ids=lambda t: f"risk {t['risk']}")
def test_sizes_by_records_are_those_of_the_guide(table: dict[str, Any]) -> None:
    wrong = {(tolerable, expected): right for tolerable, expected, _printed, right, _why in table["misprints"]}
    doubtful = {(tolerable, expected) for tolerable, expected, _why in table.get("left_out", ())}
    for tolerable, sizes in table["sizes"].items():
        for expected, said in zip(table["expected_percent"], sizes, strict=False):
            if (tolerable, expected) not in doubtful:
                found = attribute_size(100 - Decimal(table["risk"]), Decimal(tolerable), Decimal(expected))
                assert found == wrong.get((tolerable, expected), said), (tolerable, expected)


@pytest.mark.parametrize("example", EXAMPLES["size_by_expansion"], ids=lambda e: e["total"])
def test_the_older_formula_gives_the_printed_sizes(example: dict[str, Any]) -> None:
    given_ = (Decimal(example[key]) for key in ("total", "tolerable", "expected", "confidence"))
    assert size_by_expansion(*given_) == example["size"]


@pytest.mark.parametrize("example", EXAMPLES["planning_factor"], ids=lambda e: e["expected"])
def test_planning_factors_are_the_printed_ones(example: dict[str, Any]) -> None:
    assert printed(planning_factor(Decimal(example["confidence"]), Decimal(example["expected"]))) == example["printed"]


def test_the_older_formula_says_nothing_where_its_table_does_not() -> None:
    assert size_by_expansion(Decimal(100), Decimal(5), Decimal(0), Decimal("86.1")) is None
    assert size_by_expansion(Decimal(100), Decimal(5), Decimal(4), Decimal(95)) is None  # 4 × 1.6 is more than 5


@given(st.sampled_from(sorted(EXPANSION)), st.integers(1, 500), st.integers(1, 100))
def test_without_expectation_both_formulas_differ_by_the_rounded_factor_only(
    risk: Decimal, total: int, part: int
) -> None:
    tolerable = Decimal(total * part) / 100
    exact = monetary_unit_size(Decimal(total), tolerable, Decimal(0), 100 - risk)
    older = size_by_expansion(Decimal(total), tolerable, Decimal(0), 100 - risk)
    assert older is not None and 0 <= older - exact <= 1 + CENT * total / tolerable


@given(CONFIDENCES, st.integers(1, 400), st.integers(1, 60), st.integers(0, 30))
def test_a_sample_of_records_is_the_smallest_that_settles(
    confidence: Decimal, count: int, tolerable: int, expected: int
) -> None:
    """Held against whole numbers, in which nothing is rounded."""
    if expected > tolerable * 0.9:
        return
    size = attribute_size(confidence, Decimal(tolerable), Decimal(expected), count)
    wrong = -(-count * tolerable // 100)
    assert 1 <= size <= count

    def settles(n: int) -> bool:
        allowed = -(-expected * n // 100)
        seen = sum(comb(wrong, k) * comb(count - wrong, n - k) for k in range(min(allowed, n) + 1))
        return seen * 100 <= (100 - int(confidence)) * comb(count, n)

    if wrong < count and size < count:
        assert settles(size)
        assert not settles(size - 1) or size == 1


def test_a_frame_that_ends_needs_fewer_records() -> None:
    sizes = [attribute_size(Decimal(95), Decimal(5), count=count) for count in (60, 200, 1000, 100_000)]
    assert sizes == sorted(sizes) and sizes[0] == 38 and sizes[-1] == 59
    assert attribute_size(Decimal(95), Decimal(5)) == 59


@given(CONFIDENCES, st.decimals(0, Decimal("0.9"), places=2))
def test_more_expectation_wants_more_of_everything(confidence: Decimal, share: Decimal) -> None:
    less, more = planning_factor(confidence, share), planning_factor(confidence, share + CENT)
    assert less < more
    assert planning_factor(confidence, share) == pytest.approx(
        confidence_factor(confidence, share * less), abs=Decimal("1e-7")
    )


@pytest.mark.parametrize(
    ("tolerable", "expected"), [(Decimal(0), Decimal(0)), (Decimal(5), Decimal(5)), (Decimal(5), Decimal(-1))]
)
def test_what_no_sample_can_settle_is_refused(tolerable: Decimal, expected: Decimal) -> None:
    with pytest.raises(UserError) as refused:
        monetary_unit_size(Decimal(100), tolerable, expected, Decimal(95))
    assert refused.value.remedy is not None
    with pytest.raises(UserError):
        attribute_size(Decimal(95), tolerable, expected)


@pytest.mark.parametrize("confidence", [Decimal(0), Decimal(100), Decimal(-5)])
def test_a_confidence_that_cannot_be_reached_is_refused(confidence: Decimal) -> None:
    with pytest.raises(UserError, match="confidence"):
        confidence_factor(confidence)


def test_everything_tolerable_needs_one_record() -> None:
    assert attribute_size(Decimal(95), Decimal(100), count=12) == 1
