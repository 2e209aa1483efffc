"""Every rule about a target has an example that makes it speak and one that does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.instruments import LEVELS
from core.ledger import RuleValue, Target
from core.targets.judging import judge_target
from core.targets.rulesets import all_rulesets
from tests.core.targets.plans import known, rules, target

SERIES = known(
    {
        2020: {
            "scope1": 600,
            "scope2_location": 400,
            "scope2_market": 400,
            "scope3": 500,
            "scope3:1": 400,
            "scope3:4": 100,
        },
        2024: {
            "scope1": 500,
            "scope2_location": 390,
            "scope2_market": 300,
            "scope3": 400,
            "scope3:1": 300,
            "scope3:4": 100,
        },
    }
)
FIGURES = {2020: Decimal(1000), 2024: Decimal(1200)}
VALIDATED = {"status": "validated", "declared": "2023-05-01"}
RATES = [RuleValue("sbti_nz_2_0.rate_scope12", "4.2", "clause")]


def said(one: Target, year: int = 2024, *, others: tuple[Target, ...] = (), base_year: int | None = 2020) -> list[str]:
    judged = judge_target(
        one, SERIES, all_rulesets().get(one.ruleset), year, others=others, base_year=base_year, figures=FIGURES
    )
    assert [LEVELS.index(j.level) for j in judged] == sorted(LEVELS.index(j.level) for j in judged)
    assert all(j.subject == one.id for j in judged)
    for lang in ("en", "zh"):
        assert all(j.message.in_language(lang) and j.remedy.in_language(lang) for j in judged)
    return [f"{j.rule.removeprefix('target_')}:{j.level}" for j in judged]


# The target that passes everything needs scope 3 covered, and a location-based scope 2.
GOOD: dict[str, Any] = {"parts": ("scope1", "scope2_location", "scope3")}
LONG: dict[str, Any] = {**GOOD, "kind": "long_term", "year": 2050, "reduction": Decimal(90)}
NEAR = target("near", **GOOD)
OWN: dict[str, Any] = {**GOOD, "ruleset": "own", "status": "own", "kind": "own"}
V2: dict[str, Any] = {"ruleset": "sbti_nz_2_0", "parts": ("scope1",), "year": 2032, "declared": "2027-03-01"}
SHARE: dict[str, Any] = {"kind": "renewable", "parts": (), "reduction": Decimal(100), "year": 2027}

EARLY = {"declared": "2023-01-01"}
PROVEN: dict[str, Any] = {**GOOD, **VALIDATED}
DEEP: dict[str, Any] = {**GOOD, **EARLY, "reduction": Decimal(60)}
THREE: dict[str, Any] = {"parts": ("scope3",)}

RULES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # what is said, changes that make it speak, changes that do not
    ("years:stop", {**OWN, "year": 2020}, {**OWN, "year": 2021}),
    ("reduction:stop", {**OWN, "reduction": Decimal("100.5")}, {**OWN, "reduction": Decimal(100)}),
    ("reduction:stop", {**OWN, "reduction": Decimal(0)}, {**OWN, "reduction": Decimal("0.5")}),
    ("parts:stop", {"parts": ()}, GOOD),
    ("parts:stop", {"parts": ("scope1", "scope4")}, GOOD),
    ("parts:warning", {**SHARE, "parts": ("scope1",)}, SHARE),
    ("scope2_twice:stop", {"parts": ("scope1", "scope2_location", "scope2_market", "scope3")}, GOOD),
    ("category_inside:info", {"parts": (*GOOD["parts"], "scope3:1")}, GOOD),
    ("market_based:info", {"parts": ("scope1", "scope2_market", "scope3")}, GOOD),
    ("renewable_below:info", {**SHARE, "reduction": Decimal(80)}, SHARE),
    ("base_unknown:stop", {**GOOD, "base_year": 2021}, GOOD),
    ("base_other:warning", {**GOOD, "base_year": 2024, "year": 2033}, GOOD),
    ("base_old:warning", {**GOOD, "base_year": 2014}, {**GOOD, "base_year": 2015}),
    ("figure_unknown:stop", {**OWN, "intensity": "revenue", "base_year": 2021}, {**OWN, "intensity": "production"}),
    ("intensity:warning", {**GOOD, "intensity": "production"}, {**OWN, "intensity": "production"}),
    ("withdrawn:info", {**GOOD, "status": "withdrawn"}, GOOD),
    ("unproven:stop", {**GOOD, **VALIDATED, "evidence": ()}, {**GOOD, **VALIDATED}),
    ("unproven:warning", {**GOOD, "status": "submitted", "evidence": ()}, {**GOOD, "status": "submitted"}),
    ("undated:warning", {**GOOD, "declared": "May 2023"}, {**GOOD, "status": "own", "declared": ""}),
    ("ruleset:stop", {**GOOD, "ruleset": "sbti_nz_9"}, GOOD),
    ("entered:info", V2, GOOD),
    ("not_checked:info", V2, GOOD),
    ("not_in_force:stop", {**PROVEN, "declared": "2028-01-01"}, {**PROVEN, "declared": "2027-12-31"}),
    ("not_in_force:stop", {**V2, "status": "validated", "declared": "2027-01-31"}, {**V2, "status": "validated"}),
    ("range:stop", {**GOOD, "year": 2027, **EARLY}, {**GOOD, "year": 2028, "declared": "2023-12-31"}),
    ("range:stop", {**DEEP, "year": 2034}, {**DEEP, "year": 2033}),
    ("latest:stop", {**LONG, "year": 2051}, LONG),
    ("minimum:stop", {**GOOD, "reduction": Decimal("41.9")}, GOOD),
    ("minimum:stop", {**THREE, "reduction": Decimal("24.9")}, {**THREE, "reduction": Decimal(25)}),
    ("minimum:stop", {**LONG, "reduction": Decimal("89.9")}, LONG),
    ("joint:warning", {**V2, "parts": ("scope1", "scope2_location")}, V2),
    ("coverage_scope12:warning", {"parts": ("scope1", "scope3")}, GOOD),
    ("coverage_scope3:warning", {**LONG, "parts": ("scope1", "scope2_location", "scope3:1")}, LONG),
    ("no_near_term:warning", {**LONG, "kind": "net_zero", "status": "own"}, LONG),
    ("residual:info", {**LONG, "kind": "net_zero"}, {**LONG, "kind": "net_zero", "reduction": Decimal(100)}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "bad", "good"), RULES, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(RULES)])
def test_a_rule_speaks_and_is_silent(rule: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    assert rule in said(target(**bad))
    assert rule not in said(target(**good))


def test_a_good_target_is_told_nothing() -> None:
    assert said(NEAR) == []
    assert said(target(**LONG)) == []
    assert said(target(**OWN)) == []
    assert said(target(**SHARE)) == []


def test_net_zero_with_a_near_term_target_beside_it() -> None:
    net_zero = target("nz", **{**LONG, "kind": "net_zero"})
    assert said(net_zero, others=(NEAR,)) == ["residual:info"]
    found = judge_target(net_zero, SERIES, None, 2024)
    assert "150 t" in next(str(one.message) for one in found if one.rule == "target_residual")


def test_the_40_percent_trigger_decides_about_scope_3() -> None:
    without = target(parts=("scope1", "scope2_location"))
    assert said(without) == []  # 500 of 1390 t in 2024 are less than 40 %
    high = known({2020: {"scope1": 60, "scope2_location": 40, "scope2_market": 40, "scope3": 500}})
    found = judge_target(without, high, all_rulesets()["sbti_nz_1_3"], 2024)
    assert rules(found) == ["target_coverage_scope3"]
    assert "0 %" in str(found[0].message) and "67 %" in str(found[0].message)


def test_targets_cover_together() -> None:
    one, two = target(parts=("scope1",)), target("t2", parts=("scope2_location",))
    assert said(one) == ["coverage_scope12:warning"]
    assert said(one, others=(one, two)) == []


def test_a_rule_set_that_ended_is_said_to_those_who_have_not_submitted() -> None:
    assert said(NEAR, 2028) == ["expired:warning"] and said(NEAR, 2027) == []
    assert said(target(**{**GOOD, **VALIDATED}), 2028) == []


def test_a_base_year_after_2020_does_not_lower_the_bar() -> None:
    late = {**GOOD, "base_year": 2024, "year": 2034, "declared": "2024-05-01"}
    assert "minimum:stop" in said(target(**{**late, "reduction": Decimal(42)}), base_year=2024)
    assert said(target(**{**late, "reduction": Decimal("58.8")}), base_year=2024) == []


def test_numbers_that_are_entered_are_checked_and_still_say_nothing_of_keeping_to_it() -> None:
    changed = all_rulesets(RATES)["sbti_nz_2_0"]
    found = judge_target(target(**{**V2, "reduction": Decimal(10)}), SERIES, changed, 2024)
    assert {"target_minimum", "target_entered"} <= set(rules(found))
    met = judge_target(target(**{**V2, "reduction": Decimal(60)}), SERIES, changed, 2024)
    assert "target_minimum" not in rules(met) and "target_entered" in rules(met)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_ever_said_to_be_aligned(lang: str) -> None:
    for one in (target(**bad) for _, bad, _ in RULES):
        for judged in judge_target(one, SERIES, all_rulesets().get(one.ruleset), 2024):
            words = judged.message.in_language(lang) + judged.remedy.in_language(lang)
            assert "align" not in words.casefold() and "V2 " not in words


def test_a_rule_of_a_weak_source_names_it() -> None:
    found = judge_target(target(**{**GOOD, "base_year": 2014}), SERIES, all_rulesets()["sbti_nz_1_3"], 2024)
    old = next(one for one in found if one.rule == "target_base_old")
    assert "from memory" in str(old.remedy)
