"""Credits stand in a ledger of their own; what a rule stops compensates nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import Credit, Ledger, Record, RuleValue, SerialsElsewhere
from core.targets.credits import CreditLedger, credit_ledger, last_day
from tests.core.targets.plans import PLANT, credit, ledger, rules


def held(*records: Record) -> CreditLedger:
    return credit_ledger(ledger(*records))


def said(one: Credit, *records: Record) -> list[str]:
    found = held(one, *records).entries[0]
    for lang in ("en", "zh"):
        assert all(j.message.in_language(lang) and j.remedy.in_language(lang) for j in found.judged)
    assert found.counts == all(j.level != "stop" for j in found.judged)
    return [f"{j.rule.removeprefix('credit_')}:{j.level}" for j in found.judged]


RULES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("not_retired:stop", {"retired": ""}, {}),
    ("for_another:stop", {"beneficiary": "Somebody Else"}, {"beneficiary": "DOORS WORKS, LTD."}),
    ("for_another:stop", {"beneficiary": ""}, {"beneficiary": "", "purpose": "for zhangjiakou doors 2027"}),
    ("future:stop", {"vintage": 2029}, {"vintage": 2028}),
    ("late:stop", {"retired": "2029-01-01"}, {"retired": "2028-12-31"}),
    ("quality:stop", {"quality": ("additional", "permanent", "no_leakage", "verified")}, {}),
    ("kind:stop", {"kind": "something"}, {"kind": "avoidance"}),
    ("serials:stop", {"serials": ""}, {}),
    ("count:stop", {"quantity": Decimal(101)}, {}),
    ("count:warning", {"quantity": Decimal(99)}, {}),
    ("quantity:stop", {"quantity": Decimal(0)}, {}),
    ("unproven:warning", {"evidence": ()}, {}),
    ("no_year:info", {"year": 0}, {}),
]


@pytest.mark.parametrize(("rule", "bad", "good"), RULES, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(RULES)])
def test_a_rule_speaks_and_is_silent(rule: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    assert rule in said(credit(**bad))
    assert said(credit(**good)) == []


def test_only_what_nothing_stops_compensates_and_only_its_own_year() -> None:
    found = held(credit(), credit("c2", 1001, 50, retired=""), credit("c3", 2001, 30, year=2026, retired="2027-03-01"))
    assert [found.counting(year) for year in (2027, 2026, 2025)] == [Decimal(100), Decimal(30), Decimal(0)]
    assert [one.credit.id for one in found.of(2027)] == ["c1", "c2"]


def test_overlapping_serials_stop_both() -> None:
    found = held(credit(), credit("c2", 100, 10), credit("c3", 101 + 9, 5))
    assert [rules(one.judged) for one in found.entries] == [["credit_twice"], ["credit_twice"], []]
    assert found.counting(2027) == 5


def test_a_range_inside_of_a_long_one_is_found_behind_others() -> None:
    found = held(credit("a", 1, 1000), credit("b", 10, 5), credit("c", 500, 5))
    assert [rules(one.judged) for one in found.entries] == [["credit_twice"] * 2, ["credit_twice"], ["credit_twice"]]


def test_another_registry_has_its_own_numbers() -> None:
    assert held(credit(), credit("c2", registry="GS")).counting(2027) == 200


def test_what_another_plant_uses_is_stopped() -> None:
    notice = SerialsElsewhere("s1", "VCS-000100–VCS-000200", "Birch", 2027, "Head office, 2028-03-01")
    assert said(credit(), notice) == ["elsewhere:stop"]
    assert said(credit(first=201), notice) == []
    assert said(credit(), SerialsElsewhere("s1", "!!!", "Birch", 2027, "Head office")) == []


def test_a_rule_that_nobody_knows_is_checked_when_an_expert_enters_it() -> None:
    old = credit(vintage=2010)
    assert said(old) == []
    assert said(old, RuleValue("iso_14068.vintage_years", "5", "clause 11.2")) == ["old:stop"]
    assert said(credit(vintage=2022), RuleValue("iso_14068.vintage_years", "5", "clause 11.2")) == []


def test_an_expert_may_ask_for_removals_alone() -> None:
    only = RuleValue("iso_14068.kinds", "removal_nature removal_technology", "own policy")
    assert said(credit(kind="avoidance"), only) == ["kind:stop"] and said(credit(), only) == []


def test_without_plant_nobody_can_be_another() -> None:
    assert credit_ledger(Ledger.of([credit(beneficiary="Somebody")])).entries[0].counts
    assert PLANT.name == "Zhangjiakou Doors"


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, date(2027, 12, 31)), (1, date(2028, 1, 31)), (2, date(2028, 2, 29)), (25, date(2030, 1, 31))],
)
def test_the_last_day_of_retirement(months: int, day: date) -> None:
    assert last_day(2027, months) == day


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 20)), max_size=6), st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_no_tonne_counts_twice(told: list[tuple[int, int]], random: Random) -> None:
    records = [credit(f"c{n}", first, count) for n, (first, count) in enumerate(told)]
    expected = held(*records)
    random.shuffle(records)
    assert held(*records) == expected
    counted: set[int] = set()
    for entry in expected.entries:
        first, count = told[int(entry.credit.id[1:])]
        own = set(range(first, first + count))
        others = [range(f, f + c) for n, (f, c) in enumerate(told) if n != int(entry.credit.id[1:])]
        assert entry.counts == (not any(own & set(other) for other in others))
        if entry.counts:
            assert not counted & own
            counted |= own
    assert expected.counting(2027) == len(counted)
