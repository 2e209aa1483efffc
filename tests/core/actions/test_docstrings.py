"""Public formulas say their equation with units and where they come from, and their examples run."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest

from core.actions import ahead, choosing, cost, curve, effect, emitted, ramp
from core.targets import drivers, forecast, simulation
from tests.documented import run_examples

MODULES = (
    "actions.ahead", "actions.areas", "actions.choosing", "actions.cost", "actions.curve", "actions.effect",
    "actions.emitted", "actions.judging", "actions.measured", "actions.ramp", "actions.timeline", "targets.drivers",
    "targets.forecast", "targets.scenarios", "targets.simulation",
)  # fmt: skip
FORMULAS: tuple[Callable[..., object], ...] = (
    ahead.Ahead.supply,
    ahead.on_path,
    choosing.pick,
    choosing.select,
    cost.cost_of,
    curve.abatement_curve,
    effect.combined,
    effect.effect_of,
    effect.fraction,
    emitted.baseline_of,
    forecast.forecast_of,
    ramp.part_between,
    ramp.part_of_effect,
    simulation.simulate,
)
WITH_SOURCE = {cost.cost_of: "NREL/TP-462-5173", curve.abatement_curve: "Energy Policy", choosing.pick: "Dantzig"}


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert run_examples(import_module(f"core.{name}")).failed == 0


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__qualname__)
def test_a_formula_says_what_goes_in_what_comes_out_and_how(formula: Callable[..., object]) -> None:
    said = formula.__doc__ or ""
    assert all(f"{word}\n" in said for word in ("Parameters", "Returns", "Notes"))


@pytest.mark.parametrize(("formula", "source"), WITH_SOURCE.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_what_others_published_names_them(formula: Callable[..., object], source: str) -> None:
    assert source in (formula.__doc__ or "")


def test_the_numbers_have_units() -> None:
    for formula in (cost.cash, drivers.activity, effect.share_out, emitted.Baseline.of, ramp.part_in):
        said = formula.__doc__ or ""
        assert "[" in said or "C_k" in said
