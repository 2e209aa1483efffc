"""History in words: what a change made of each record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.audit.change_words import act_said, differences, record_said
from core.audit.merge_words import Words
from core.ledger import Activity, Evidence, Ledger, Meter, Plant, Record, Step, kind_of
from core.library import load_library

BILL = Activity(
    "a1", "Boiler", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31), Decimal(1200), "t"
)
PROOF = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1, activities=("a1",))
LEDGER = Ledger.of([Plant("Hillside", "CN"), BILL, Meter("m1", "Main", "electricity", "import", "kWh")])


def words(lang: str = "en") -> Words:
    return Words((LEDGER,), load_library(), lang)


def step(before: Record | None, after: Record | None) -> Step:
    one = after or before
    assert one is not None
    return Step(kind_of(one), one.id, before, after)


def told(lang: str, before: Record | None, after: Record | None) -> list[str]:
    return [str(one) for one in differences(words(lang), step(before, after))]


def test_only_what_differs_is_told_with_names_and_values_in_words() -> None:
    after = replace(BILL, quantity=Decimal("1300.5"), end=date(2024, 2, 29))
    assert told("en", BILL, after) == ["End: 2024-01-31 → 2024-02-29", "Quantity: 1,200 → 1,300.5"]
    assert told("zh", BILL, after)[0].endswith("2024年1月31日 → 2024年2月29日")


def test_a_new_record_tells_what_it_says_and_nothing_of_what_it_leaves_open() -> None:
    made = differences(words(), step(None, BILL))
    assert {one.before for one in made} == {"–"}
    assert "Boiler" in {one.after for one in made}
    assert all(one.after != "–" for one in made)
    gone = differences(words(), step(BILL, None))
    assert [(one.field, one.before) for one in gone] == [(one.field, one.after) for one in made]


def test_what_names_another_record_is_told_by_its_name() -> None:
    assert told("en", replace(PROOF, activities=()), PROOF) == ["Records: – → Boiler · Diesel · 2024-01"]


def test_a_chinese_line_has_a_chinese_colon() -> None:
    assert told("zh", replace(PROOF, activities=()), PROOF) == ["记录：– → Boiler · 柴油 · 2024年1月"]


@pytest.mark.parametrize(
    ("before", "after", "act"), [(None, BILL, "added"), (BILL, None, "removed"), (BILL, BILL, "changed")]
)
def test_the_record_is_said_by_kind_and_name(before: Record | None, after: Record | None, act: str) -> None:
    one = step(before, after)
    assert act_said(one) == act
    assert record_said(words("en"), one) == "Activity data: Boiler · Diesel · 2024-01"
    assert record_said(words("zh"), one).startswith("活动数据：Boiler · ")
