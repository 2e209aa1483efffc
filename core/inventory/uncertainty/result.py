"""Both approaches together, and how they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T
from core.inventory.collecting import without_collection
from core.inventory.compile import Inventory
from core.inventory.uncertainty.draws import DRAWS, SEED, Distribution, Simulation, simulate
from core.inventory.uncertainty.formula import Coverage, Estimate, InputShare, View, by_formula
from core.inventory.uncertainty.model import Inputs, Spread
from core.inventory.uncertainty.quantify import quantify
from core.methods import plain

SOURCE = "2006 IPCC Guidelines, Vol. 1, ch. 3"
MEANING = T("Half of the 95 % interval; what is not quantified counts as certain and is told as a share of the tonnes.")


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How sure the totals of an inventory are."""

    inputs: Inputs
    formula: Mapping[str, View]
    """Approach 1, for each key of ``VIEWS``."""
    simulation: Simulation | None
    """Approach 2; None when nothing was drawn."""


@without_collection()
def uncertainty_of(
    inventory: Inventory, *, proposals: bool = False, draws: int = DRAWS, seed: int = SEED
) -> Uncertainty:
    """Uncertainty of every scope and of both totals, by formula and by Monte Carlo.

    Parameters
    ----------
    inventory
        lines, records, kept files and the library with which it was compiled.
    proposals
        let in class values that nobody published or verified; the auditor decides.
    draws
        of the Monte Carlo; 0: none. [1]
    seed
        of the draws; it stands in the result.

    Returns
    -------
    Uncertainty
        with what is known of the inputs, so that every number can be traced.

    Notes
    -----
    See :func:`quantify`, :func:`by_formula` and :func:`simulate`.
    """
    inputs = quantify(inventory, proposals=proposals)
    return Uncertainty(inputs, by_formula(inputs), simulate(inputs, draws, seed) if draws else None)


def uncertainty_to_plain(uncertainty: Uncertainty, lang: str = "en") -> dict[str, object]:
    """JSON-ready. Tonnes to nine decimals and percent to six, as strings; what was drawn to seven digits."""
    inputs, drawn = uncertainty.inputs, uncertainty.simulation
    return {
        "source": SOURCE,
        "meaning": MEANING.in_language(lang),
        "proposals": inputs.proposals,
        "formula": {key: _view(view) for key, view in uncertainty.formula.items()},
        "monte_carlo": None if drawn is None else _simulation(drawn),
        "activities": [{"id": key, **_spread(one, lang)} for key, one in sorted(inputs.activities.items())],
        "factors": [{"id": key, **_spread(one, lang)} for key, one in sorted(inputs.factors.items())],
    }


def _number(value: Decimal | None, places: int) -> str | None:
    return None if value is None else plain(round(value, places))


def _view(view: View) -> dict[str, object]:
    return {
        **_estimate(view.estimate),
        "sources": [
            {"source": one.source, **_estimate(one.estimate), "variance_percent": _number(one.variance, 6)}
            for one in view.sources
        ],
        "inputs": [_input(one) for one in view.inputs],
    }


def _estimate(estimate: Estimate) -> dict[str, object]:
    return {
        "tco2e": plain(estimate.tonnes),
        "half_tco2e": _number(estimate.half, 9),
        "percent": _number(estimate.percent, 6),
        "low_tco2e": _number(estimate.low, 9),
        "high_tco2e": _number(estimate.high, 9),
        "coverage": _coverage(estimate.coverage),
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
    kinds = ("both", "activity", "factor", "neither")
    tonnes = (coverage.both, coverage.activity, coverage.factor, coverage.neither)
    found: dict[str, object] = {}
    for kind, one in zip(kinds, tonnes, strict=True):
        found[f"{kind}_tco2e"] = plain(one)
        found[f"{kind}_percent"] = _number(coverage.percent(one), 6)
    return found


def _input(one: InputShare) -> dict[str, object]:
    return {
        "kind": one.kind,
        "key": one.key,
        "tco2e": plain(one.tonnes),
        "percent": _number(one.percent, 6),
        "variance_percent": _number(one.variance, 6),
        "ten_percent_tco2e": _number(one.ten_percent, 9),
        "ten_percent_of_total": _number(one.of_total, 6),
    }


def _spread(spread: Spread, lang: str) -> dict[str, object]:
    return {
        "percent": _number(spread.half, 6),
        "lognormal": spread.lognormal,
        "kind": spread.kind,
        "basis": spread.basis.in_language(lang),
    }


def _simulation(simulation: Simulation) -> dict[str, object]:
    return {
        "seed": simulation.seed,
        "draws": simulation.draws,
        "generator": simulation.generator,
        "views": {key: _distribution(one) for key, one in simulation.views.items()},
    }


def _distribution(one: Distribution) -> dict[str, object]:
    return {
        "mean_tco2e": _digits(one.mean),
        "median_tco2e": _digits(one.median),
        "low_tco2e": _digits(one.low),
        "high_tco2e": _digits(one.high),
        "deviation_tco2e": _digits(one.deviation),
        "histogram": {"edges": [_digits(edge) for edge in one.edges], "counts": list(one.counts)},
    }


def _digits(value: float) -> str:
    """Seven digits: more than the draws are worth, and free of the last bits in which machines differ."""
    return plain(Decimal(f"{value:.6e}"))
