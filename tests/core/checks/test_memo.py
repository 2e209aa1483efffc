"""Remembering changes nothing but the time, whatever is edited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import core.checks._types
from core.checks import Memo, Review, Series, Setting, review
from core.inventory import Memo as Lines
from core.inventory import choices_of, compile_inventory
from core.inventory.differing import differing
from core.ledger import Audit, Evidence, Ledger, Record, Step
from core.library import load_library
from tests.core.checks.examples import bills, of, own
from tests.core.samples import CHOICES, PLANT, activities, activity, compiled, ledgers

LIBRARY = load_library()
EDITS = st.lists(
    st.tuples(st.sampled_from(["put", "put", "drop", "prove", "own", "plant"]), st.integers(0, 9), activities("x")),
    max_size=5,
)


def edited(ledger: Ledger, edit: str, number: int, other: Record) -> Ledger:
    """The ledger after one edit."""
    key = f"a{number:02}"
    held = ledger.get("activity", key)
    if edit == "put":
        return ledger.apply([Step("activity", key, held, replace(other, id=key))])
    if edit == "drop":
        return ledger.apply([Step("activity", key, held, None)]) if held else ledger
    if edit == "prove":
        proof = Evidence(f"e{number}", "b.pdf", "bill", "0", 1, activities=(key, "a00"))
        return ledger.apply([Step("evidence", proof.id, ledger.get("evidence", proof.id), proof)])
    if edit == "own":
        return ledger.apply([Step("factor", "o1", ledger.get("factor", "o1"), own(f"0.{number + 1}"))])
    plant = replace(ledger.plant, region="" if ledger.plant.region else "CN-HE")
    return ledger.apply([Step("plant", "plant", ledger.plant, plant)])


@settings(max_examples=60)
@given(ledgers(), EDITS)
def test_a_review_with_memory_is_the_review_without(
    pair: tuple[Ledger, Audit], edits: list[tuple[str, int, Record]]
) -> None:
    ledger, audit = pair
    lines, memo, choices = Lines(), Memo(), choices_of(audit, 2023)
    for edit in (None, *edits):
        ledger = ledger if edit is None else edited(ledger, *edit)
        inventory, fresh = (compile_inventory(ledger, choices, LIBRARY, kept) for kept in (lines, None))
        assert inventory == fresh
        assert review(inventory, memo) == review(fresh)


def test_only_the_series_that_was_edited_is_asked_again() -> None:
    asked: list[str] = []

    def measure(setting: Setting, series: Series) -> str:
        asked.append(series.source)
        return series.source

    memo, lines = Memo(), Lines()
    records = [*bills(), *(replace(a, id=f"h{a.id}", source="Hall 2") for a in bills())]
    ledger = Ledger.of([PLANT, *records])
    Review(compile_inventory(ledger, CHOICES, LIBRARY, lines), memo).each(measure)
    first = records[0]
    ledger = ledger.apply([Step("activity", first.id, first, replace(first, quantity=Decimal(9)))])
    Review(compile_inventory(ledger, CHOICES, LIBRARY, lines), memo).each(measure)
    assert asked == ["Hall 2", "Main meter", "Main meter"]


def test_nothing_outlives_its_series() -> None:
    memo = Memo()
    for number in range(5):
        inventory = compiled([activity(quantity=number)])
        review(inventory, memo)
        assert all(set(known) <= set(memo.arranged.series) for known in memo.measured.values())
    review(of()(), memo)
    assert memo.arranged.series == () and not any(memo.measured.values())


def test_sums_of_enormous_numbers_are_those_of_a_fresh_calculation() -> None:
    """Beyond 34 digits a sum would depend on its order."""
    lines = Lines()
    huge = activity("z", quantity=Decimal(10) ** 27 + 1)
    for records in ([activity()], [activity(), huge], [activity()], [huge, activity("b")], []):
        ledger = Ledger.of([PLANT, *records])
        assert compile_inventory(ledger, CHOICES, LIBRARY, lines).totals == compiled(records).totals


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_what_differs(before: list[int], now: list[int]) -> None:
    gone, new = differing(before, now)
    assert (set(gone), set(new)) == (set(before) - set(now), set(now) - set(before))


def test_percent_and_median_and_months() -> None:
    types = core.checks._types
    assert types.percent(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert str(types.month_text(activity().start)) == "2023-01"
    assert types.month_text(activity().start).in_language("zh") == "2023年1月"
