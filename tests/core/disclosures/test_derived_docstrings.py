"""Public formulas of derived data points say their equation with units and where they come from; examples run."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from core.disclosures import cells, values
from core.disclosures.derived import _fuels, _made, actions, assurance, emissions
from tests.documented import run_examples

FORMULAS: tuple[Callable[..., object], ...] = (_fuels.energy_of, emissions.primary, actions.payback)
MODULES = (cells, values, actions, assurance)


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_examples_run(module: ModuleType) -> None:
    found = run_examples(module)
    assert found.attempted and not found.failed


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__qualname__)
def test_a_formula_says_what_goes_in_what_comes_out_and_how(formula: Callable[..., object]) -> None:
    words = formula.__doc__ or ""
    assert all(f"{word}\n" in words for word in ("Parameters", "Returns", "Notes")) and "[" in words


@pytest.mark.parametrize("formula", (_made.ratio, _made.percent), ids=lambda one: one.__qualname__)
def test_a_share_says_its_unit(formula: Callable[..., object]) -> None:
    assert "Returns\n" in (formula.__doc__ or "") and "34 digits" in (formula.__doc__ or "")
