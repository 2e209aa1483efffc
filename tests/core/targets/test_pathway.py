"""A straight line on the base year: published figures first, then its laws."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.targets.pathway import (
    absolute,
    at,
    chained,
    decimal_of,
    lar,
    linear,
    minimum_reduction,
    part_of,
    pathway,
    residual,
)
from core.targets.rulesets import all_rulesets, ruleset_named
from tests.core.targets.plans import TONNES, target

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "targets_linear.json").read_text("utf-8"), parse_float=Decimal
)
SBTI = ruleset_named("sbti_nz_1_3")
YEARS = st.integers(2005, 2040)


@pytest.mark.parametrize("case", CASES["lar"])
def test_the_linear_annual_reduction_of_the_sbti_finance_tool(case: dict[str, Any]) -> None:
    found = lar(case["reduction_ambition"], case["base_year"], case["end_year"])
    if case["expected_lar"] is None:
        assert found is None
    else:
        assert found is not None and float(found) == pytest.approx(float(case["expected_lar"]), rel=1e-15)


def test_the_temperature_of_the_tool_follows_from_the_rate() -> None:
    case = CASES["lar"][0]
    score = case["temperature_score"]
    rate = lar(case["reduction_ambition"], case["base_year"], case["end_year"])
    assert rate is not None
    # The tool's regression takes the rate in per cent.
    found = float(score["param"]) * float(rate) * 100 + float(score["intercept"])
    assert found == pytest.approx(float(score["expected"]), abs=float(score["abs_tol"]))


@pytest.mark.parametrize("case", CASES["aca"])
def test_the_least_reduction_by_absolute_contraction(case: dict[str, Any]) -> None:
    scope = "scope3" if case.get("scope", "").startswith("3") else "scope12"
    rate = SBTI.number("rate_scope12" if scope == "scope12" else "rate_scope3")
    assert rate is not None and rate / 100 == case["lar"]
    assert minimum_reduction(SBTI, scope, case["base_year"], case["target_year"]) == case["expected_min_reduction"]


def test_the_rate_is_linear_and_not_compound() -> None:
    left = linear(Decimal(1), Decimal("0.042"), 2020, 2030)
    assert left == Fraction(CASES["trap_values"]["linear_remaining"])
    assert float((1 - Decimal("0.042")) ** 10) == pytest.approx(float(CASES["trap_values"]["geometric_remaining"]))
    assert float(left) != pytest.approx(float(CASES["trap_values"]["geometric_remaining"]), abs=0.05)


def test_the_file_names_where_it_comes_from() -> None:
    assert CASES["source"][0]["licence"] == "MIT" and len(CASES["lar"]) == 4 and len(CASES["aca"]) == 3


@given(TONNES, st.decimals(0, 100, places=4), YEARS, st.integers(1, 45))
def test_a_pathway_is_exact_at_both_ends_and_never_rises(
    base: Decimal, reduction: Decimal, first: int, span: int
) -> None:
    points = pathway(target(base_year=first, year=first + span, reduction=reduction), base)
    assert [one.year for one in points] == list(range(first, first + span + 1))
    assert points[0].exact == Fraction(base) and points[0].tonnes == base
    assert points[-1].exact == Fraction(base) * (1 - Fraction(reduction) / 100)
    steps = {one.exact - other.exact for one, other in pairwise(points)}
    assert len(steps) == 1 and steps.pop() >= 0


@given(TONNES, st.decimals(0, 1, places=6), YEARS, st.integers(0, 60))
def test_a_line_never_falls_below_zero(base: Decimal, rate: Decimal, first: int, span: int) -> None:
    found = linear(base, rate, first, first + span)
    assert 0 <= found <= Fraction(base)
    assert linear(base, rate, first, first) == Fraction(base)


@given(YEARS, st.integers(1, 45))
def test_who_begins_later_has_as_much_to_do(first: int, span: int) -> None:
    last = first + span
    found = minimum_reduction(SBTI, "scope12", first, last)
    assert found == min(Decimal(1), Decimal("0.042") * (last - min(first, 2020)))


@given(st.lists(st.tuples(st.integers(2021, 2050), st.integers(0, 100)), min_size=1, max_size=4), TONNES)
def test_several_targets_lie_on_one_way(held: list[tuple[int, int]], base: Decimal) -> None:
    targets = [target(f"t{n}", year=year, reduction=Decimal(cut)) for n, (year, cut) in enumerate(held)]
    points = chained(targets, base)
    assert points == chained(reversed(targets), base)
    by_year = {one.year: one.exact for one in points}
    assert list(by_year) == list(range(2020, max(year for year, _ in held) + 1))
    for year in {year for year, _ in held}:
        deepest = max(cut for one, cut in held if one == year)
        assert by_year[year] == Fraction(base) * (1 - Fraction(deepest, 100))


def test_one_target_alone_is_its_own_way() -> None:
    assert chained([target()], Decimal(1000)) == pathway(target(), Decimal(1000))


def test_what_is_left_of_net_zero_is_named() -> None:
    net_zero = target(kind="net_zero", year=2050, reduction=Decimal(90))
    assert residual(net_zero, Decimal("1234.5")) == Fraction("123.45")
    assert pathway(net_zero, Decimal("1234.5"))[-1].tonnes == Decimal("123.45")


def test_a_share_of_electricity_has_no_tonnes() -> None:
    with pytest.raises(UserError, match="share of electricity"):
        pathway(target(kind="renewable", parts=()), Decimal(1))


@pytest.mark.parametrize("year", [2020, 2019])
def test_a_target_lies_after_its_base_year(year: int) -> None:
    with pytest.raises(UserError, match="does not lie after"):
        pathway(target(year=year), Decimal(1))
    with pytest.raises(UserError, match="does not lie after"):
        minimum_reduction(SBTI, "scope12", 2020, year)


@pytest.mark.parametrize("percent", ["-1", "100.1"])
def test_a_reduction_lies_between_nothing_and_all(percent: str) -> None:
    with pytest.raises(UserError, match="not possible"):
        pathway(target(reduction=Decimal(percent)), Decimal(1))


def test_a_line_has_no_year_before_its_base() -> None:
    with pytest.raises(UserError, match="2019 lies before it"):
        linear(Decimal(1), Decimal("0.042"), 2020, 2019)


def test_targets_of_different_base_years_have_no_way_in_common() -> None:
    with pytest.raises(UserError, match="different base years"):
        chained([target(), target("t2", base_year=2021)], Decimal(1))
    with pytest.raises(UserError, match="different base years"):
        chained([], Decimal(1))


def test_a_rule_set_without_a_rate_asks_for_nothing() -> None:
    assert minimum_reduction(all_rulesets()["own"], "scope12", 2020, 2030) is None


def test_an_intensity_becomes_tonnes_where_the_figure_is_known() -> None:
    points = pathway(target(year=2022, reduction=Decimal(50), intensity="production"), Decimal("0.5"))
    found = absolute(points, {2020: Decimal(1000), 2022: Decimal(3000)})
    assert [(one.year, int(one.exact)) for one in found] == [(2020, 500), (2022, 750)]


def test_after_its_year_a_target_is_to_be_kept() -> None:
    points = pathway(target(), Decimal(100))
    assert [at(points, year) for year in (2030, 2044, 2019)] == [Fraction(58), Fraction(58), None]
    assert at((), 2030) is None


@given(st.decimals(0, 1000, places=6))
def test_percent_and_back(percent: Decimal) -> None:
    assert decimal_of(part_of(percent) * 100) == percent
