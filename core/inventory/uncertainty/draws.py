"""Approach 2: the distribution of totals by Monte Carlo, with one draw for each factor instead of each line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from core.inventory.uncertainty.model import VIEWS, Inputs, Spread, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GENERATOR = "numpy PCG64"
DRAWS, SEED, BINS = 10_000, 20_240_101, 40
WIDE = 0.30
"""From here on a positive quantity is drawn lognormal."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Of one scope or total. [t CO2e]"""

    mean: float
    median: float
    low: float
    """2.5 % of the draws lie below."""
    high: float
    """2.5 % of the draws lie above."""
    deviation: float
    """Standard deviation."""
    edges: tuple[float, ...]
    """Of the histogram, one more than counts."""
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was drawn, and with what it can be drawn again."""

    seed: int
    draws: int
    generator: str
    views: Mapping[str, Distribution]
    """For each key of ``VIEWS``."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """The activity of a group of records under one factor in one scope, before the factor's error."""

    group: int
    scope: str
    mean: float
    deviation: float
    lognormal: bool


@dataclass(frozen=True, slots=True)
class Cells:
    """Inputs made ready for drawing; its size follows from the factors, not from the lines."""

    fixed: Mapping[str, float]
    """By scope: what neither error touches. [t CO2e]"""
    by_factor: tuple[tuple[str, Spread | None, tuple[_Cell, ...]], ...]
    shared: frozenset[int]
    """Groups with more than one cell: one error of the activity data under several factors."""


def simulate(inputs: Inputs, draws: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw every scope and both totals.

    Parameters
    ----------
    inputs
        lines with the uncertainty of their activity data and factors.
    draws
        how often. [1]
    seed
        of numpy's PCG64; the same seed, inputs and version of numpy give the same draws.

    Returns
    -------
    Simulation
        mean, median, 95 % interval and histogram of each view.

    Raises
    ------
    ValueError
        for fewer than 2 draws.

    Notes
    -----
    x = Σ_f F_f Σ_g S_fg. F is drawn once for a factor and has the mean 1. S is drawn once for a group of records under
    the same factors: the sum of their independent errors, taken as normal with the variance Σ (U_a x_a / 1.96)²; as
    lognormal of the same mean and variance where it is positive and beyond ±30 %, or skewed because one of its records
    is. One distribution of the same first two moments replaces a sum of many: exact for one record, and the better the
    more there are. Within a group every record counts under each factor by its tonnes.

    Normal up to ±30 %, lognormal beyond and for asymmetric limits: IPCC 2006 Guidelines, Vol. 1, ch. 3.2.2 and 3.2.3.
    Nothing is truncated: at ±30 % zero is 6.5 standard deviations away. Published values are means.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from core.i18n import T
    >>> from core.inventory.uncertainty.model import Term
    >>> five = Spread(Decimal(5), False, "record", T("Stated with the record"))
    >>> inputs = Inputs((Term("Meter", "scope1", "a1", "gas", Decimal(200)),), {"a1": five}, {})
    >>> round(simulate(inputs, 10_000, seed=1).views["location"].high)
    210
    """
    return draw(prepare(inputs), draws, seed)


def prepare(inputs: Inputs) -> Cells:
    """Add up the lines: what is left is as many numbers as there are factors and groups of records under them."""
    import numpy as np

    fixed = {scope: 0.0 for scopes in VIEWS.values() for scope in scopes}
    terms = [term for term in inputs.terms if term.scope in fixed]  # memos enter no view
    if not terms:
        return Cells(fixed, (), frozenset())
    columns = _columns(terms, inputs.activities)
    filed: dict[str, list[_Cell]] = {}
    certain = columns.relative[columns.record] == 0  # their error is none, or nobody knows it
    sums = np.bincount(columns.place[certain], columns.tonnes[certain], len(columns.places))
    for (factor, scope), tonnes in zip(columns.places, sums.tolist(), strict=True):
        if factor in inputs.factors:
            filed.setdefault(factor, []).append(_Cell(-1, scope, tonnes, 0.0, False))
        else:
            fixed[scope] += tonnes
    shared: set[int] = set()
    number = 0
    for width, group in _groups(columns, ~certain):
        for cells in group:
            for (factor, scope), cell in cells:
                filed.setdefault(factor, []).append(_Cell(number, scope, *cell))
            if width > 1:
                shared.add(number)
            number += 1
    by_factor = tuple((key, inputs.factors.get(key), tuple(cells)) for key, cells in sorted(filed.items()))
    return Cells(fixed, by_factor, frozenset(shared))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Terms as numbers."""

    places: list[tuple[str, str]]
    """Factor and scope, sorted."""
    place: NDArray[np.int64]
    """Of each term."""
    record: NDArray[np.int64]
    """Of each term; counts the ids of records."""
    tonnes: Floats
    relative: Floats
    """Standard deviation of each record, relative; zero where it is not quantified. [1]"""
    lognormal: NDArray[np.bool_]
    """Of each record."""


def _columns(terms: list[Term], spreads: Mapping[str, Spread]) -> _Columns:
    import numpy as np

    factors, scopes = sorted({t.factor for t in terms}), sorted({t.scope for t in terms})
    factor_at, scope_at = ({name: n for n, name in enumerate(names)} for names in (factors, scopes))
    records: dict[str, int] = {}
    record = [records.setdefault(t.activity, len(records)) for t in terms]
    place = np.array([factor_at[t.factor] for t in terms]) * len(scopes) + [scope_at[t.scope] for t in terms]
    known = [spreads.get(key) for key in records]
    kinds = {id(s): s for s in known}  # thousands of records share a few classes
    row_of = {one: n for n, one in enumerate(kinds)}
    rows = [(0.0, False) if s is None else (float(s.half) / 196, s.lognormal) for s in kinds.values()]
    each = np.array(rows)[[row_of[id(s)] for s in known]]
    return _Columns(
        [(factor, scope) for factor in factors for scope in scopes],
        place,
        np.array(record),
        np.array([float(t.tonnes) for t in terms]),
        each[:, 0],
        each[:, 1] > 0,
    )


_Measured: TypeAlias = "tuple[float, float, bool]"
"""Mean, standard deviation and whether it is lognormal."""


def _groups(
    columns: _Columns, quantified: NDArray[np.bool_]
) -> Iterator[tuple[int, list[list[tuple[tuple[str, str], _Measured]]]]]:
    """Groups of records under the same factors, by the number of their factors; each a list of places."""
    import numpy as np

    count = len(columns.places)
    pair, back = np.unique(columns.record[quantified] * count + columns.place[quantified], return_inverse=True)
    tonnes = np.bincount(back, columns.tonnes[quantified], len(pair))
    record, place = pair // count, pair % count
    owner, first, widths = np.unique(record, return_index=True, return_counts=True)
    for width in np.unique(widths).tolist():
        rows = first[widths == width][:, None] + np.arange(width)
        yield width, _of_width(columns, owner[widths == width], place[rows], tonnes[rows])


def _of_width(
    columns: _Columns, owner: NDArray[np.int64], place: NDArray[np.int64], tonnes: Floats
) -> list[list[tuple[tuple[str, str], _Measured]]]:
    """Records that each stand under the same number of factors; a row of ``place`` and ``tonnes`` is a record."""
    import numpy as np

    code = place[:, 0]
    for column in place.T[1:]:
        code = np.unique(code, return_inverse=True)[1] * len(columns.places) + column
    _, sample, group = np.unique(code, return_index=True, return_inverse=True)
    wide = np.bincount(group, columns.lognormal[owner]) > 0
    lowest = np.full(len(sample), np.inf)
    np.minimum.at(lowest, group, tonnes.min(axis=1))
    means = np.array([np.bincount(group, column) for column in tonnes.T])
    errors = np.sqrt([np.bincount(group, column * column) for column in (tonnes * columns.relative[owner][:, None]).T])
    lognormal = (lowest > 0) & (wide | (errors * 1.96 > WIDE * means))
    names = [[columns.places[p] for p in row] for row in place[sample].tolist()]
    values = zip(means.T.tolist(), errors.T.tolist(), lognormal.T.tolist(), strict=True)
    return [list(zip(name, zip(*cells, strict=True), strict=True)) for name, cells in zip(names, values, strict=True)]


def draw(cells: Cells, draws: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw what :func:`prepare` made ready."""
    import numpy as np

    if draws < 2:
        raise ValueError("a distribution needs two draws")
    random = np.random.Generator(np.random.PCG64(seed))
    totals = {scope: np.full(draws, tonnes) for scope, tonnes in cells.fixed.items()}
    errors: dict[int, Floats] = {}
    error, shown = np.empty(draws), np.empty(draws)
    for _, spread, own in cells.by_factor:
        factor = _factor(spread, random, draws)
        for cell in own:
            drawn = _error(cell, cells.shared, errors, error, random)
            value: Any = cell.mean if drawn is None else _activity(cell, drawn, shown)
            if factor is not None:
                value = np.multiply(factor, value, out=shown)
            totals[cell.scope] += value
    views = {key: _distribution(sum(totals[s] for s in scopes)) for key, scopes in VIEWS.items()}
    return Simulation(seed, draws, GENERATOR, views)


def _factor(spread: Spread | None, random: np.random.Generator, draws: int) -> Floats | None:
    """Relative error of a factor with the mean 1; None: certain."""
    import numpy as np

    if spread is None or not spread.half:
        return None
    relative = float(spread.half) / 196
    drawn = random.standard_normal(draws)
    if not spread.lognormal:
        drawn *= relative
        drawn += 1.0
        return drawn
    variance = math.log1p(relative * relative)
    drawn *= math.sqrt(variance)
    drawn -= variance / 2
    return np.exp(drawn, out=drawn)


def _error(
    cell: _Cell, shared: frozenset[int], errors: dict[int, Floats], error: Floats, random: np.random.Generator
) -> Floats | None:
    """Standard normal error of a group, the same under all its factors; None: certain."""
    if not cell.deviation:
        return None
    if cell.group not in shared:
        return random.standard_normal(out=error)
    if cell.group not in errors:
        errors[cell.group] = random.standard_normal(len(error))
    return errors[cell.group]


def _activity(cell: _Cell, error: Floats, out: Floats) -> Floats:
    """Tonnes of a cell with the error of its activity data."""
    import numpy as np

    if not cell.lognormal:
        np.multiply(error, cell.deviation, out=out)
        out += cell.mean
        return out
    variance = math.log1p((cell.deviation / cell.mean) ** 2)
    np.multiply(error, math.sqrt(variance), out=out)
    out += math.log(cell.mean) - variance / 2
    return np.exp(out, out=out)


def _distribution(drawn: Any) -> Distribution:
    import numpy as np

    drawn.sort()
    low, median, high = (float(q) for q in np.quantile(drawn, (0.025, 0.5, 0.975)))
    counts, edges = np.histogram(drawn, BINS)
    return Distribution(
        float(drawn.mean()),
        median,
        low,
        high,
        float(drawn.std(ddof=1)),
        tuple(float(edge) for edge in edges),
        tuple(int(count) for count in counts),
    )
