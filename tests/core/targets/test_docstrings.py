"""Public formulas say where they come from, and their examples run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from core.targets import base_year, budget, coverage, credits, gap, neutrality, pathway, series
from tests.documented import run_examples

MODULES = (
    "base_year", "budget", "case", "coverage", "credits", "gap", "judging", "neutrality", "neutrality_checks",
    "own_rules", "parts", "pathway", "plain", "ruled", "rulesets", "series", "status",
)  # fmt: skip
FORMULAS: tuple[Callable[..., object], ...] = (
    base_year.plant_base_year,
    budget.area,
    budget.budget,
    coverage.coverage,
    credits.credit_ledger,
    gap.gap,
    neutrality.judge_neutrality,
    pathway.lar,
    pathway.linear,
    pathway.minimum_reduction,
    pathway.pathway,
    pathway.chained,
    series.actuals,
)
SOURCES = ("SBTi", "GHG Protocol", "ISO 14068-1", "ours")


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module: ModuleType = import_module(f"core.targets.{name}")
    assert run_examples(module).failed == 0


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__name__)
def test_a_formula_says_its_equation_units_and_source(formula: Callable[..., object]) -> None:
    said = formula.__doc__ or ""
    assert "Notes" in said and "Parameters" in said
    assert any(source in said for source in SOURCES)
    assert "[" in said, "no unit"
