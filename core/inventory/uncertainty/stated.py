"""The uncertainty that a report states: the formula can be calculated again by anybody, the draws only be held against
it, for another version of numpy draws otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from core.inventory.uncertainty.formula import Estimate
from core.inventory.uncertainty.model import VIEWS
from core.inventory.uncertainty.result import Uncertainty, uncertainty_to_plain
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import plain

_ESTIMATE = ("tco2e", "half_tco2e", "percent", "low_tco2e", "high_tco2e", "coverage")
MOST_BINS, MOST_DRAWS = 200, 10_000_000
LARGEST = Decimal(10) ** 24
"""No plant emits more. [t CO2e]"""

PLACES = 12
"""Decimals of what was drawn."""
TOLERANCE = Decimal("0.25")
"""A drawn interval may differ from that of the formula by so much of its half, once the errors of drawing are allowed
for: the formula leaves out what products of two wide errors add. It catches invented numbers. [1]"""


@dataclass(frozen=True, slots=True)
class StatedDistribution:
    """What was drawn of one scope or total. [t CO2e]"""

    mean: Decimal
    median: Decimal
    low: Decimal
    high: Decimal
    deviation: Decimal
    edges: tuple[Decimal, ...]
    """Of the histogram, one more than counts."""
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatedDraws:
    """A Monte Carlo as a report states it."""

    seed: int
    draws: int
    generator: str
    views: Mapping[str, StatedDistribution]
    """For each key of ``VIEWS``."""


def formula_to_plain(uncertainty: Uncertainty) -> dict[str, object]:
    """What follows from the lines: proposals in or out, and the estimate of each view."""
    plain = uncertainty_to_plain(uncertainty)
    formula = plain["formula"]
    assert isinstance(formula, dict)
    views = {key: {name: view[name] for name in _ESTIMATE} for key, view in formula.items()}
    return {"source": plain["source"], "proposals": plain["proposals"], "formula": views}


def draws_to_plain(uncertainty: Uncertainty) -> object:
    """What was drawn, to twelve decimals; None when nothing was, or when it is more than a reader believes."""
    if any(abs(view.estimate.high) >= LARGEST / 10**6 for view in uncertainty.formula.values()):
        return None
    return _rounded(uncertainty_to_plain(uncertainty)["monte_carlo"])


def _rounded(value: object) -> object:
    """Decimals of a plain value cut where rests of floating point begin."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    if isinstance(value, str) and len(value.partition(".")[2]) > PLACES:
        return plain(round(Decimal(value), PLACES))
    return value


def draws_from_plain(value: object) -> StatedDraws | None:
    """What a package states, from untrusted data.

    Raises
    ------
    KeyError, TypeError, ValueError
        for another form, and for numbers that no draws can give.
    """
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value["generator"], str):
        raise TypeError("monte_carlo")
    seed, draws = _whole(value["seed"]), _whole(value["draws"])
    if not 2 <= draws <= MOST_DRAWS:
        raise ValueError("draws")
    views = {key: _distribution(value["views"][key], draws) for key in VIEWS}
    return StatedDraws(seed, draws, value["generator"][:40], views)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("integer")
    return value


def _distribution(value: Mapping[str, Any], draws: int) -> StatedDistribution:
    mean, median, low, high, deviation = (
        _tonnes(value[f"{key}_tco2e"]) for key in ("mean", "median", "low", "high", "deviation")
    )
    edges = tuple(_tonnes(edge) for edge in value["histogram"]["edges"])
    counts = tuple(_whole(count) for count in value["histogram"]["counts"])
    if not 1 <= len(counts) <= MOST_BINS or len(edges) != len(counts) + 1 or list(edges) != sorted(edges):
        raise ValueError("histogram")
    if min(counts) < 0 or sum(counts) != draws or deviation < 0 or not low <= median <= high:
        raise ValueError("distribution")
    return StatedDistribution(mean, median, low, high, deviation, edges, counts)


def _tonnes(value: object) -> Decimal:
    if not isinstance(value, str):
        raise TypeError("tonnes")
    number = read_decimal(value)
    if abs(number) >= LARGEST:
        raise ValueError("no plant emits that much")
    return number


def disagreements(drawn: StatedDraws, uncertainty: Uncertainty) -> list[tuple[str, Decimal, Decimal]]:
    """Drawn numbers that the formula does not confirm: where, as stated, by formula.

    Parameters
    ----------
    drawn
        as a package states it.
    uncertainty
        by formula, calculated again.

    Notes
    -----
    Mean: within 5 standard errors of the sum and the rounding of seven digits. Half of the interval: within
    :data:`TOLERANCE`, above also by what U² of wide inputs adds. Limits: within three quarters of the half, for the
    distribution of a sum of wide and negative terms is not that of the formula.
    """
    with localcontext(EXACT):
        return [
            difference
            for key, one in drawn.views.items()
            for difference in _compared(key, one, drawn.draws, uncertainty.formula[key].estimate)
        ]


def _compared(key: str, one: StatedDistribution, draws: int, by: Estimate) -> list[tuple[str, Decimal, Decimal]]:
    found = []
    rounding = abs(by.tonnes) / 1_000_000 + Decimal("1e-6")
    spread = by.half / Decimal("1.96")
    if abs(one.mean - by.tonnes) > 5 * max(spread, one.deviation) / Decimal(draws).sqrt() + rounding:
        found.append((f"{key}.mean_tco2e", one.mean, by.tonnes))
    wide = spread * (1 + TOLERANCE) * _second_order(by.percent) + rounding
    if not spread * (1 - TOLERANCE) - rounding <= one.deviation <= wide:
        found.append((f"{key}.deviation_tco2e", one.deviation, spread))
    for name, stated, limit in (("low", one.low, by.low), ("high", one.high, by.high)):
        if abs(stated - limit) > max(by.half, one.deviation) * 3 / 4 + rounding:
            found.append((f"{key}.{name}_tco2e", stated, limit))
    return found


def _second_order(percent: Decimal | None) -> Decimal:
    """How much wider a product of two equally wide errors is than the formula says."""
    relative = (percent or Decimal(0)) / 196
    return (1 + relative * relative).sqrt()
