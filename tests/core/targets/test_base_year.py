"""A base year follows what is bought, sold and corrected, not what grows; small changes add up."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import BasePolicy, Record
from core.targets.base_year import PlantBaseYear, plant_base_year, policy_of
from core.targets.rulesets import ruleset_named
from core.targets.series import actuals
from tests.core.targets.plans import POLICY, closing, each, earlier, ledger, rules, scopes, trigger

YEAR = closing(2020, **scopes(600, 300, 100, 200))
SBTI = ruleset_named("sbti_nz_1_3")


def found(*records: Record, policy: BasePolicy = POLICY, view: str = "location") -> PlantBaseYear:
    held = ledger(policy, *records)
    return plant_base_year(held, actuals(held), view, SBTI)


def test_a_plant_without_policy_has_no_base_year() -> None:
    held = ledger(YEAR)
    assert policy_of(held) is None
    with pytest.raises(UserError, match="no base year"):
        plant_base_year(held, actuals(held))


def test_nothing_happened() -> None:
    base = found(YEAR)
    assert each(base.original, base.recalculated, base.change, base.waiting, base.due) == [1000, 1000, 0, 0, False]
    assert base.judged == () and base.undecided == ()


def test_changes_below_the_threshold_wait_together_and_are_due_together() -> None:
    small = trigger("r1", {"2020 scope1": 30})
    base = found(YEAR, small)
    assert each(base.change, base.due, rules(base.judged)) == [3, False, ["base_open"]]
    base = found(YEAR, small, trigger("r2", {"2020 scope3": -20}))
    assert each(base.change, base.waiting, base.due, rules(base.judged)) == [5, 5, True, ["base_due"]]


def test_a_purchase_does_not_hide_a_sale() -> None:
    base = found(YEAR, trigger("r1", {"2020 scope1": 30}), trigger("r2", {"2020 scope1": -30}))
    assert each(base.change, base.due) == [6, True]
    assert [int(one.effect) for one in base.triggers] == [30, -30]
    moved = found(YEAR, trigger("r1", {"2020 scope1": -30, "2020 scope3": 30}))
    assert each(moved.triggers[0].effect, moved.triggers[0].moved, moved.due) == [0, 60, True]


def test_what_was_left_alone_keeps_adding_up() -> None:
    left = trigger("r1", {"2020 scope1": 40}, "none")
    assert not found(YEAR, left).due
    base = found(YEAR, left, trigger("r2", {"2020 scope1": 10}, "none"))
    assert base.due and rules(base.judged) == ["base_due"]


def test_what_was_recalculated_no_longer_waits() -> None:
    base = found(YEAR, trigger("r1", {"2020 scope1": 100}, "recalculate"))
    assert each(base.change, base.waiting, base.due, base.judged) == [10, 0, False, ()]
    assert each(base.original, base.recalculated) == [1000, 1100]


def test_growth_never_counts() -> None:
    grown = trigger("r1", {"2020 scope1": 500}, trigger="organic")
    base = found(YEAR, grown)
    assert each(base.change, base.due, base.undecided, base.judged) == [0, False, (), ()]
    wrong = found(YEAR, trigger("r1", {"2020 scope1": 500}, "recalculate", trigger="organic"))
    assert rules(wrong.judged, "stop") == ["base_organic"] and wrong.recalculated == 1000


def test_a_decision_needs_a_reason_and_a_person() -> None:
    for lack in ("reason", "decided_by"):
        one = trigger("r1", {"2020 scope1": 5}, "none", **{lack: " "})
        assert rules(found(YEAR, one).judged) == ["base_unreasoned"]


def test_an_effect_on_the_base_year_must_be_known() -> None:
    assert rules(found(YEAR, trigger("r1", {"2021 scope1": 5})).judged) == ["base_effect_unknown", "base_open"]
    assert rules(found(YEAR, trigger("r1", {}, "none")).judged) == []


def test_an_unknown_base_year_gives_no_percentage() -> None:
    base = found(earlier(2020, "scope1", 600), trigger("r1", {"2020 scope1": 30}))
    assert (base.original, base.recalculated, base.change, base.due) == (None, None, None, False)
    assert rules(base.judged, "stop") == ["base_unknown"]
    empty = found(closing(2020, **scopes(0, 0)), trigger("r1", {"2020 scope1": 30}))
    assert each(empty.original, empty.change, empty.due) == [0, None, False]


def test_a_threshold_above_that_of_the_rule_set_is_said() -> None:
    assert rules(found(YEAR, policy=BasePolicy(2020, Decimal(10))).judged) == ["base_threshold"]
    assert rules(found(YEAR, policy=BasePolicy(2020, Decimal("2.5"))).judged) == []


def test_a_threshold_of_zero_is_due_with_the_first_change_only() -> None:
    policy = BasePolicy(2020, Decimal(0))
    assert not found(YEAR, policy=policy).due
    assert found(YEAR, trigger("r1", {"2020 scope1": 1}), policy=policy).due


def test_the_market_based_base_year_has_its_own_total() -> None:
    base = found(YEAR, trigger("r1", {"2020 scope2_market": 45, "2020 scope2_location": 60}), view="market")
    assert each(base.original, base.change, base.due) == [900, 5, True]


@given(st.lists(st.tuples(st.integers(-99, 99), st.sampled_from(["open", "none", "recalculate"])), max_size=5))
def test_the_change_is_the_sum_without_signs(told: list[tuple[int, str]]) -> None:
    base = found(YEAR, *(trigger(f"r{n}", {"2020 scope1": t}, decision) for n, (t, decision) in enumerate(told)))
    assert base.change == sum(Decimal(abs(t)) / 10 for t, _ in told)
    assert base.waiting == sum(Decimal(abs(t)) / 10 for t, decision in told if decision != "recalculate")
    assert base.due == (base.waiting >= 5)
    assert base.recalculated == 1000 + sum(t for t, decision in told if decision == "recalculate")


@given(st.randoms(use_true_random=False))
def test_the_order_of_triggers_does_not_matter(random: Random) -> None:
    held: list[Record] = [trigger(f"r{n}", {"2020 scope1": n}, "none") for n in range(5)]
    expected = found(YEAR, *held)
    random.shuffle(held)
    assert found(YEAR, *held) == expected
