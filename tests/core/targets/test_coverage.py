"""What targets cover of the inventory, against what is asked for; compared exactly, shown rounded down."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import RuleValue, Target
from core.targets.coverage import Coverage, CoverageCheck, coverage
from core.targets.parts import PARTS
from core.targets.rulesets import all_rulesets, ruleset_named
from tests.core.targets.plans import each, target

SBTI = ruleset_named("sbti_nz_1_3")


def tonnes(one: int, two: int, three: int = 0, **categories: int) -> Mapping[str, Decimal]:
    named = {"scope1": one, "scope2_location": two, "scope2_market": two, "scope3": three}
    named |= {key.replace("c", "scope3:"): value for key, value in categories.items()}
    return {part: Decimal(value) for part, value in named.items()}


def check(found: Coverage, key: str) -> CoverageCheck:
    return next(one for one in found.checks if one.key == key)


def test_95_percent_of_scopes_1_and_2_is_enough_and_less_is_not() -> None:
    held = [target(parts=("scope1",))]
    enough = coverage(held, tonnes(95, 5), SBTI)
    assert check(enough, "scope12").holds and check(enough, "scope12").percent == 95 and enough.holds
    lacking = coverage(held, tonnes(9499, 501), SBTI)
    assert not check(lacking, "scope12").holds and not lacking.holds
    assert check(lacking, "scope12").percent == Decimal("94.99")
    assert check(lacking, "scope12").missing == ("scope2_location",)


def test_a_share_is_never_rounded_up_to_what_is_asked() -> None:
    found = check(coverage([target(parts=("scope1",))], tonnes(94_999_999, 5_000_001), SBTI), "scope12")
    assert (found.percent, found.holds) == (Decimal("94.99"), False)


@pytest.mark.parametrize(("three", "needed"), [(400, True), (399, False)])
def test_from_40_percent_on_scope_3_needs_a_target(three: int, needed: bool) -> None:
    found = coverage([target()], tonnes(500, 1000 - 500 - three, three, c1=three), SBTI)
    assert found.scope3_needed is needed
    assert check(found, "scope3").applies is needed and check(found, "scope3").holds is not needed
    assert found.holds is not needed


def test_two_thirds_of_scope_3_near_term() -> None:
    emitted = tonnes(10, 10, 100, c1=67, c4=23, c6=10)
    held = [target(), target("t2", parts=("scope3:1",))]
    assert check(coverage(held, emitted, SBTI), "scope3").holds
    less = coverage([target(), target("t2", parts=("scope3:4", "scope3:6"))], emitted, SBTI)
    assert each(check(less, "scope3").percent, check(less, "scope3").missing) == [33, ("scope3:1",)]
    assert not less.holds


def test_90_percent_of_scope_3_long_term_whatever_its_part() -> None:
    emitted = tonnes(900, 90, 10, c1=8, c4=2)
    far = target("t2", kind="net_zero", parts=("scope1", "scope2_location", "scope3:1"))
    found = coverage([far], emitted, SBTI, "long_term")
    assert found.scope3_needed is False
    assert check(found, "scope3").applies and not check(found, "scope3").holds
    assert coverage(
        [target("t2", kind="long_term", parts=("scope1", "scope2_location", "scope3"))], emitted, SBTI, "long_term"
    ).holds


def test_the_whole_of_scope_3_covers_its_categories_once() -> None:
    found = coverage([target(parts=("scope1", "scope2_market", "scope3", "scope3:1"))], tonnes(1, 1, 98, c1=98), SBTI)
    assert check(found, "scope3").share == 1 and found.view == "market"


@pytest.mark.parametrize(
    "other",
    [
        target("t2", status="withdrawn", parts=("scope1", "scope2_market")),
        target("t2", kind="renewable", parts=("scope1", "scope2_market")),
        target("t2", kind="net_zero", parts=("scope1", "scope2_market")),
    ],
)
def test_what_does_not_count_covers_nothing(other: Target) -> None:
    assert check(coverage([other], tonnes(50, 50), SBTI), "scope12").share == 0


def test_own_targets_are_near_term() -> None:
    assert coverage([target(kind="own")], tonnes(50, 50), SBTI).holds


def test_without_emissions_nothing_is_missing() -> None:
    found = coverage([], tonnes(0, 0), SBTI)
    assert found.holds and found.scope3_needed is None and check(found, "scope12").percent is None


def test_an_unknown_scope_is_said_and_nothing_holds() -> None:
    found = coverage([target()], {"scope1": Decimal(5)}, SBTI)
    assert (found.unknown, found.checks, found.holds) == (("scope2_market", "scope3"), (), False)


def test_each_check_names_its_source_and_follows_an_expert() -> None:
    changed = all_rulesets([RuleValue("sbti_nz_1_3.coverage_scope12", "60", "agreed with the validator")])[
        "sbti_nz_1_3"
    ]
    found = check(coverage([target(parts=("scope1",))], tonnes(60, 40), changed), "scope12")
    assert found.holds and found.asked.source == "agreed with the validator" and found.asked.status == "USER"
    assert (
        "95 %" in check(coverage([], tonnes(60, 40), SBTI), "scope12").asked.source
        or SBTI.parameters["coverage_scope12"].source
    )


def test_a_rule_set_that_asks_for_nothing_checks_nothing() -> None:
    found = coverage([], tonnes(50, 50, 100), ruleset_named("own"))
    assert found.checks == () and found.scope3_needed is None and found.holds


@given(
    st.lists(st.integers(0, 10**6), min_size=19, max_size=19),
    st.lists(st.sampled_from(PARTS), min_size=1),
    st.sampled_from(["near_term", "long_term"]),
)
def test_a_share_lies_between_nothing_and_all(amounts: list[int], parts: list[str], horizon: str) -> None:
    emitted = {part: Decimal(value) for part, value in zip(PARTS, amounts, strict=False)}
    emitted["scope3"] = sum((emitted[part] for part in PARTS if part.startswith("scope3:")), Decimal(0))
    held = [target(kind=horizon, parts=tuple(parts))]
    found = coverage(held, emitted, SBTI, horizon)
    assert found == coverage([target("x", status="withdrawn"), *held], emitted, SBTI, horizon)
    for one in found.checks:
        assert one.share is None or 0 <= one.share <= 1
        assert (one.share == 1) == (one.covered == one.whole and one.whole > 0)
        assert one.percent is None or one.share is None or one.percent <= one.share * 100
