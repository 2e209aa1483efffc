"""Public formulas say their equation with units and where they come from, and their examples run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from core.products import allocation, carbon, emitted, made, making, parts
from tests.documented import run_examples

FORMULAS: tuple[Callable[..., object], ...] = (
    allocation.allocated, emitted.gases_of_biomass, emitted.life_cycle_energy, making.footprints_of, making.per_unit,
    making.primary_share, parts.entered_part, carbon.uptake,
)  # fmt: skip


@pytest.mark.parametrize("module", [allocation, carbon, emitted, made, making, parts], ids=lambda one: one.__name__)
def test_examples_run(module: ModuleType) -> None:
    assert run_examples(import_module(module.__name__)).failed == 0


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__qualname__)
def test_a_formula_says_what_goes_in_what_comes_out_and_how(formula: Callable[..., object]) -> None:
    words = formula.__doc__ or ""
    assert all(f"{word}\n" in words for word in ("Parameters", "Returns", "Notes"))
    assert "[" in words and any(name in words for name in ("GHG Protocol", "ISO", "PACT", "Announcements"))
