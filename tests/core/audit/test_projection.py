"""Projection: published examples, and the laws that hold for any sample."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import projection
from core.audit.projection import (
    Item,
    UpperLimit,
    by_difference,
    by_monetary_unit,
    by_ratio,
    upper_limit,
)
from core.audit.sampled import beyond, results_of, told, widest
from core.audit.sizes import confidence_factor
from core.ledger import Ledger, Sample, Step, TestSheet
from core.methods import exact_sum
from tests.core.audit.finding_samples import RIGHT, WRONG, finding, inventory_of, ledger_of
from tests.core.samples import activity, month, year_of_bills
from tests.documented import run_examples

PUBLISHED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "projection_examples.json").read_text(encoding="utf-8")
)
FACTORS = [confidence_factor(Decimal(95), Decimal(n)) for n in range(12)]
INTERVAL = Decimal(1000)
EFFECTS = st.decimals(-400, 400, places=3, allow_nan=False)
BOOKS = st.decimals(Decimal("0.001"), 1500, places=3, allow_nan=False)
ITEMS = st.builds(Item, EFFECTS, BOOKS)


def items_of(example: dict[str, Any]) -> list[Item]:
    return [Item(Decimal(one["book"]) - Decimal(one["supported"]), Decimal(one["book"])) for one in example["items"]]


# ---------------------------------------------------------------------- published


@pytest.mark.parametrize("example", PUBLISHED["monetary_unit"], ids=lambda one: one["source"][:24])
def test_published_monetary_unit_samples(example: dict[str, Any]) -> None:
    """Printed figures are rounded to whole units, taintings to whole percent."""
    interval, within = Decimal(example["interval"]), Decimal(example["within"])
    items = items_of(example)
    for item, printed in zip(items, example["items"], strict=True):
        assert abs(by_monetary_unit(item, interval) - Decimal(printed["projected"])) <= within
    found = upper_limit(items, interval, [Decimal(one) for one in example["factors"]])
    assert abs(found.basic - Decimal(example["basic"])) <= within
    assert abs(found.projected - sum(Decimal(one["projected"]) for one in example["items"])) <= within
    assert abs(found.total - Decimal(example["upper"])) <= within


def test_published_limit_where_nothing_was_found() -> None:
    example = PUBLISHED["no_misstatement"]
    found = upper_limit((), Decimal(example["interval"]), [Decimal(one) for one in example["factors"]])
    assert found.total == found.basic == Decimal(example["upper"])


def test_published_ratio_and_difference() -> None:
    ratio, difference = PUBLISHED["ratio"], PUBLISHED["difference"]
    effect = Decimal(ratio["tested"]) - Decimal(ratio["supported"])
    assert by_ratio(effect, Decimal(ratio["tested"]), Decimal(ratio["whole"])) == Decimal(ratio["projected"])
    effect = Decimal(difference["book"]) - Decimal(difference["supported"])
    assert by_difference(effect, difference["tested"], difference["whole"]) == Decimal(difference["projected"])


# ---------------------------------------------------------------------- laws of the equations


@given(EFFECTS, BOOKS, st.integers(1, 3))
def test_monetary_unit_projection_is_linear_and_never_smaller_than_what_was_found(
    effect: Decimal, book: Decimal, hits: int
) -> None:
    once = by_monetary_unit(Item(effect, book, hits), INTERVAL)
    assert abs(by_monetary_unit(Item(effect * 2, book, hits), INTERVAL) - 2 * once) <= Decimal("1e-8")
    assert abs(once) >= abs(effect)
    assert (once > 0) == (effect > 0)
    if book >= INTERVAL:
        assert once == effect, "drawn for certain, so it stands for itself alone"


@given(EFFECTS, EFFECTS, BOOKS, BOOKS)
def test_ratio_projection_is_additive(one: Decimal, other: Decimal, tested: Decimal, more: Decimal) -> None:
    whole = tested + more
    together = by_ratio(one + other, tested, whole)
    assert abs(together - by_ratio(one, tested, whole) - by_ratio(other, tested, whole)) <= Decimal("1e-8")
    assert by_ratio(one, tested, tested) == one, "everything was tested"
    assert by_difference(one, 7, 7) == one


@given(st.lists(ITEMS, max_size=6), st.randoms())
def test_the_upper_limit_does_not_depend_on_the_order(items: list[Item], shuffle: Any) -> None:
    found = upper_limit(items, INTERVAL, FACTORS)
    shuffle.shuffle(items)
    assert upper_limit(items, INTERVAL, FACTORS) == found


@given(st.lists(ITEMS, max_size=6), ITEMS)
def test_another_misstatement_raises_the_limit_of_its_direction_alone(items: list[Item], more: Item) -> None:
    for sign in (1, -1):
        before, after = (upper_limit(one, INTERVAL, FACTORS, sign) for one in (items, [*items, more]))
        assert after.total >= before.total
        if more.effect * sign <= 0:
            assert after == before


@given(st.lists(ITEMS, max_size=6))
def test_the_parts_of_the_limit(items: list[Item]) -> None:
    found = upper_limit(items, INTERVAL, FACTORS)
    assert found.total == found.projected + found.basic + found.incremental
    projected = exact_sum(by_monetary_unit(one, INTERVAL) for one in items if one.effect > 0)
    assert abs(found.projected - projected) <= Decimal("1e-8")
    assert found.incremental >= 0
    assert all(after - before > 1 for before, after in pairwise(FACTORS)), "else the allowance could be negative"


def test_too_few_factors_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="2 confidence factors"):
        upper_limit([Item(Decimal(1), Decimal(2))], INTERVAL, FACTORS[:1])


# ---------------------------------------------------------------------- samples


def sample(**changes: Any) -> Sample:
    made = Sample("sa00001", 2023, "Bills", "random", (), 3, "7", "0" * 64, (WRONG.id, "m05", "m07"))
    return replace(made, **changes)


def sheets(*keys: str) -> list[TestSheet]:
    """What was tested of the sample: March is wrong by 9,000 kWh, the others agree."""
    made = []
    for number, key in enumerate(keys, 1):
        wrong = key == WRONG.id
        made.append(
            TestSheet(
                f"te{number:05}", 2023, key, "traced", "differs" if wrong else "agrees", "pe00002", date(2024, 3, 5),
                reported=WRONG.quantity if wrong else Decimal(1000), found=Decimal(1000),
                effect=Decimal("5.8644") if wrong else Decimal(0), finding="fi00001" if wrong else "",
            )
        )  # fmt: skip
    return made


def extra(ledger: Ledger) -> Decimal:
    return beyond(ledger, inventory_of(ledger), 2023).get("fi00001", Decimal(0))


ALL_TESTED = sheets(WRONG.id, "m05", "m07")
PROJECTED = finding(sample="sa00001", projected=True)


def test_a_random_sample_is_projected_by_ratio() -> None:
    """Tested 12,000 of 21,000 kWh: 5.8644 t × 21 / 12."""
    assert extra(ledger_of(sample(), *ALL_TESTED, PROJECTED)) == Decimal("5.8644") * 21 / 12 - Decimal("5.8644")


def test_the_same_once_it_was_corrected() -> None:
    """The record is right now, and the sample speaks of what was reported."""
    ledger = ledger_of(sample(), *ALL_TESTED, PROJECTED)
    after = ledger.apply([Step("activity", WRONG.id, WRONG, RIGHT)])
    assert extra(after) == extra(ledger)
    gone = ledger.apply([Step("activity", WRONG.id, WRONG, None)])
    assert extra(gone) > 0, "deleted: all of it was wrong"


def test_by_difference_where_the_sample_weighs_nothing() -> None:
    """Power from the roof that was read as bought: the records have no tonnes to take a ratio of."""
    roof = [replace(one, id=f"r{one.id}", source="Roof", quantity=Decimal(0)) for one in year_of_bills()]
    sheet = replace(sheets(WRONG.id)[0], activity="rm01", reported=Decimal(0), effect=Decimal(-1), found=Decimal(1))
    drawn = sample(sources=("Roof",), activities=("rm01",))
    found = replace(PROJECTED, activities=("rm01",), effect=Decimal(-1))
    assert extra(ledger_of(*roof, drawn, sheet, found)) == -11, "1 of 12 records"


def test_only_what_was_tested_counts() -> None:
    """Drawing more without testing it proves nothing."""
    three = extra(ledger_of(sample(), *ALL_TESTED, PROJECTED))
    assert extra(ledger_of(sample(activities=(WRONG.id, "m05", "m07", "m08")), *ALL_TESTED, PROJECTED)) == three
    assert extra(ledger_of(sample(), *sheets(WRONG.id, "m05"), PROJECTED)) > three


def test_a_wider_sample_speaks_for_the_one_it_widens() -> None:
    everything = tuple(f"m{n:02}" for n in range(1, 13))
    wider = sample(id="sa00002", previous="sa00001", activities=everything)
    ledger = ledger_of(sample(), wider, *sheets(*everything), PROJECTED)
    assert widest(ledger, sample()) == wider
    assert extra(ledger) == 0, "nothing is left untested"
    (result,) = results_of(ledger, inventory_of(ledger), 2023)
    assert (result.sample.id, result.drawn, result.tested, result.differing) == ("sa00002", 12, 12, 1)
    assert result.projected_over == result.overstated == Decimal("5.8644")


OTHER = [activity(f"k{n}", source="Cold store", **month(n)) for n in range(1, 5)]
FOUR = sheets(WRONG.id, "m05", "m07", "k1")


@pytest.mark.parametrize("changes", [{"method": "stratified"}, {"level": 30}])
def test_sources_are_projected_apart(changes: dict[str, Any]) -> None:
    strata = sample(activities=(WRONG.id, "m05", "m07", "k1"), **changes)
    apart = extra(ledger_of(*OTHER, strata, *FOUR, PROJECTED))
    assert apart == extra(ledger_of(sample(), *ALL_TESTED, PROJECTED)), "the cold store has no error"
    as_one = replace(strata, method="random", level=0)
    assert extra(ledger_of(*OTHER, as_one, *FOUR, PROJECTED)) > apart


def test_classes_of_size_are_those_of_what_was_reported() -> None:
    """March is alone in the first class, before and after it was corrected: it stands for nobody."""
    by_size = sample(method="stratified", settings=(("strata", "size"),))
    ledger = ledger_of(by_size, *ALL_TESTED, PROJECTED)
    assert extra(ledger) == 0
    assert extra(ledger.apply([Step("activity", WRONG.id, WRONG, RIGHT)])) == 0


@pytest.mark.parametrize("method", ["all", "judgement"])
def test_these_samples_say_nothing_of_others(method: str) -> None:
    assert extra(ledger_of(sample(method=method), *ALL_TESTED, PROJECTED)) == 0


@pytest.mark.parametrize(
    "changes", [{"projected": False}, {"status": "withdrawn"}, {"sample": ""}, {"effect": None, "projected": True}]
)
def test_what_stands_for_nothing_else(changes: dict[str, Any]) -> None:
    assert extra(ledger_of(sample(), *ALL_TESTED, replace(PROJECTED, **changes))) == 0


def monetary(interval: str) -> Sample:
    settings = (("confidence", "95"), ("interval", interval), ("tolerable", "20"))
    return sample(method="monetary_unit", settings=settings)


def test_a_monetary_unit_sample_is_projected_by_its_interval() -> None:
    """March weighs 6.516 t: below the interval its tainting of 90 % holds for all of it."""
    assert extra(ledger_of(monetary("8"), *ALL_TESTED, PROJECTED)) == Decimal("7.2") - Decimal("5.8644")
    assert extra(ledger_of(monetary("6"), *ALL_TESTED, PROJECTED)) == 0, "as large as the interval: drawn for certain"


def test_the_result_of_a_monetary_unit_sample() -> None:
    ledger = ledger_of(monetary("8"), *ALL_TESTED, PROJECTED)
    (result,) = results_of(ledger, inventory_of(ledger), 2023)
    assert (result.overstated, result.understated) == (Decimal("5.8644"), Decimal(0))
    assert (result.projected_over, result.projected_under) == (Decimal("7.2"), Decimal(0))
    assert isinstance(result.limit_over, UpperLimit)
    assert isinstance(result.limit_under, UpperLimit)
    assert result.limit_over.basic == result.limit_under.total == (8 * FACTORS[0]).quantize(Decimal("1e-9"))
    assert result.limit == result.limit_over.total > result.projected_over
    assert result.supports is (result.limit <= 20)


def test_it_is_told_in_words() -> None:
    ledger = ledger_of(monetary("8"), *ALL_TESTED, PROJECTED)
    (result,) = results_of(ledger, inventory_of(ledger), 2023)
    words = str(told(result))
    assert words.startswith(
        "Sample Bills: 3 of 3 records tested, different: 1. Projected: 7.2 t CO₂e in one direction;"
    )
    assert result.limit is not None and result.tolerable is not None
    assert f"limit {result.limit.quantize(Decimal('0.001'))} t CO₂e, tolerable 20 t CO₂e." in words
    assert words.endswith("The limit is beyond what is tolerable; the sample alone does not support the total.")
    assert str(told(replace(result, tolerable=result.limit))).endswith("The limit stays within what is tolerable.")
    judged = ledger_of(sample(method="judgement"), *ALL_TESTED)
    (result,) = results_of(judged, inventory_of(judged), 2023)
    assert str(told(result)) == "Sample Bills: 3 of 3 records tested, different: 1."


def test_the_examples_in_the_docstrings_hold() -> None:
    assert run_examples(projection).failed == 0


def test_an_isolated_misstatement_is_found_and_not_projected() -> None:
    ledger = ledger_of(monetary("8"), *ALL_TESTED, replace(PROJECTED, projected=False))
    (result,) = results_of(ledger, inventory_of(ledger), 2023)
    assert result.projected_over == result.overstated == Decimal("5.8644")
    assert result.limit == result.limit_over.basic if result.limit_over else False


@given(st.decimals(Decimal("-5"), 5, places=3, allow_nan=False))
def test_the_projection_of_a_finding_is_linear_in_its_effect(effect: Decimal) -> None:
    one, two = (extra(ledger_of(monetary("8"), *ALL_TESTED, replace(PROJECTED, effect=k * effect))) for k in (1, 2))
    assert abs(two - 2 * one) <= Decimal("1e-8")
