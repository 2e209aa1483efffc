"""Approach 1: the uncertainty of totals by error propagation, with errors that are shared counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from core.inventory.uncertainty.combine import interval
from core.inventory.uncertainty.model import VIEWS, Inputs, Spread
from core.library import EXACT

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Tonnes by what is known about their uncertainty; without sign, so that credits hide nothing. [t CO2e]"""

    both: Decimal
    """Activity data and factor are quantified."""
    activity: Decimal
    """Only the activity data."""
    factor: Decimal
    """Only the factor."""
    neither: Decimal
    """Not quantified."""

    @property
    def total(self) -> Decimal:
        return EXACT.add(EXACT.add(self.both, self.activity), EXACT.add(self.factor, self.neither))

    def percent(self, tonnes: Decimal) -> Decimal:
        """Share of these tonnes; zero of nothing. [%]"""
        return EXACT.divide(EXACT.multiply(tonnes, HUNDRED), self.total) if self.total else ZERO


@dataclass(frozen=True, slots=True)
class Estimate:
    """A sum with its 95 % interval, as far as its inputs are quantified."""

    tonnes: Decimal
    half: Decimal
    """Half of the 95 % interval, 1.96 standard deviations. [t CO2e]"""
    low: Decimal
    high: Decimal
    coverage: Coverage

    @property
    def percent(self) -> Decimal | None:
        """Half of the interval, relative; None when the tonnes cancel out. [%]"""
        return EXACT.divide(EXACT.multiply(self.half, HUNDRED), abs(self.tonnes)) if self.tonnes else None


@dataclass(frozen=True, slots=True)
class SourceShare:
    """One source within a sum."""

    source: str
    estimate: Estimate
    variance: Decimal | None
    """Share of the variance of the sum; all sources make 100. None when nothing is quantified. [%]"""


@dataclass(frozen=True, slots=True)
class InputShare:
    """One input of a sum: the activity data of a source, or a factor. The first of them is what to measure better."""

    kind: str
    """``activity`` or ``factor``."""
    key: str
    """The source, or the key of the factor."""
    tonnes: Decimal
    """Tonnes that are proportional to it."""
    percent: Decimal | None
    """Half of its 95 % interval; None: not quantified. [%]"""
    variance: Decimal | None
    """Share of the variance of the sum; all inputs make 100. [%]"""
    ten_percent: Decimal
    """By how much the sum goes up when the input goes up by 10 %, and down when it goes down. [t CO2e]"""
    of_total: Decimal | None
    """The same relative to the sum. [%]"""


@dataclass(frozen=True, slots=True)
class View:
    """The uncertainty of one scope or one total."""

    key: str
    estimate: Estimate
    sources: tuple[SourceShare, ...]
    """Largest share of the variance first."""
    inputs: tuple[InputShare, ...]
    """Largest share of the variance first; then those that nobody quantified, largest tonnes first."""


@dataclass(slots=True)
class _Sums:
    """Tonnes of the terms, added up once for all views."""

    factors: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)
    """By scope, source and factor."""
    records: dict[str, dict[tuple[str, str], Decimal]] = field(default_factory=dict)
    """By scope, then source and record; quantified records only."""
    known: dict[tuple[str, str], list[Decimal]] = field(default_factory=dict)
    """By scope and source: tonnes in the order of :class:`Coverage`."""


@dataclass(slots=True)
class _Part:
    """What a view collects, of a source or altogether."""

    tonnes: Decimal = ZERO
    factors: dict[str, Decimal] = field(default_factory=dict)
    records: Decimal = ZERO
    """Variance that the activity data bring. [(% t)²]"""
    known: list[Decimal] = field(default_factory=lambda: [ZERO] * 4)

    def variance(self, squares: Mapping[str, Decimal]) -> Decimal:
        """Of the sum: each factor once, for all its tonnes together."""
        shared = (t * t * squares[key] for key, t in self.factors.items() if key in squares)
        return sum(shared, self.records)


def by_formula(inputs: Inputs) -> dict[str, View]:
    """Uncertainty of every scope and of both totals by error propagation.

    Parameters
    ----------
    inputs
        lines with the uncertainty of their activity data and factors.

    Returns
    -------
    dict
        one view for each key of ``VIEWS``.

    Notes
    -----
    U² = Σ_f (U_f Σ_i x_i)² + Σ_a (U_a Σ_i x_i)² over |Σ x|². Lines of one factor are added before its uncertainty is
    applied, once; the same holds for lines that follow from one meter, such as the purchase of electricity and its
    transmission losses. IPCC 2006 Guidelines, Vol. 1, ch. 3.2.3.1, equations 3.1 and 3.2, first order.

    A source's share of the variance is its covariance with the sum, so that shares of sources with a common factor add
    up to 100 %. What is not quantified counts as certain in U; the coverage says how many tonnes that are.

    Examples
    --------
    >>> from core.i18n import T
    >>> from core.inventory.uncertainty.model import Term
    >>> sure = Spread(Decimal(3), False, "record", T("Stated with the record"))
    >>> grid = Spread(Decimal(4), False, "published", T("Limits as published"))
    >>> one = Inputs((Term("Meter", "scope1", "a1", "gas", Decimal(200)),), {"a1": sure}, {"gas": grid})
    >>> by_formula(one)["location"].estimate.percent
    Decimal('5')
    """
    with localcontext(EXACT):
        sums = _added(inputs)
        squares = {key: spread.half * spread.half for key, spread in inputs.factors.items()}
        return {key: _view(key, scopes, sums, squares, inputs) for key, scopes in VIEWS.items()}


def _added(inputs: Inputs) -> _Sums:
    sums = _Sums()
    factors, records, known = sums.factors, sums.records, sums.known
    for source, scope, activity, factor, tonnes in inputs.terms:
        place = (scope, source, factor)
        factors[place] = factors.get(place, ZERO) + tonnes
        sure = activity in inputs.activities
        if sure:
            own = records.setdefault(scope, {})
            record = (source, activity)
            own[record] = own.get(record, ZERO) + tonnes
        counts = known.setdefault((scope, source), [ZERO] * 4)
        counts[(0 if factor in inputs.factors else 1) + (0 if sure else 2)] += abs(tonnes)
    return sums


def _view(key: str, scopes: tuple[str, ...], sums: _Sums, squares: Mapping[str, Decimal], inputs: Inputs) -> View:
    parts = _parts(scopes, sums, inputs.activities)
    whole = _Part()
    for part in parts.values():
        whole.tonnes += part.tonnes
        whole.records += part.records
        whole.known = [a + b for a, b in zip(whole.known, part.known, strict=True)]
        for factor, tonnes in part.factors.items():
            whole.factors[factor] = whole.factors.get(factor, ZERO) + tonnes
    variance = whole.variance(squares)
    sources = [
        SourceShare(source, _estimate(part, part.variance(squares)), _share(common, variance))
        for source, part in parts.items()
        for common in (_covariance(part, whole, squares),)
    ]
    found = [*_activity_inputs(parts, whole, variance), *_factor_inputs(whole, variance, inputs.factors)]
    return View(
        key,
        _estimate(whole, variance),
        tuple(sorted(sources, key=lambda s: (-(s.variance or ZERO), -s.estimate.tonnes, s.source))),
        tuple(sorted(found, key=lambda i: (-(i.variance or ZERO), -abs(i.tonnes), i.kind, i.key))),
    )


def _parts(scopes: tuple[str, ...], sums: _Sums, spreads: Mapping[str, Spread]) -> dict[str, _Part]:
    """What the view holds, by source."""
    parts: dict[str, _Part] = {}
    for (scope, source, factor), tonnes in sums.factors.items():
        if scope in scopes:
            part = parts.setdefault(source, _Part())
            part.tonnes += tonnes
            part.factors[factor] = part.factors.get(factor, ZERO) + tonnes
    for (scope, source), counts in sums.known.items():
        if scope in scopes:
            parts[source].known = [a + b for a, b in zip(parts[source].known, counts, strict=True)]
    for (source, activity), tonnes in _together(sums.records[s] for s in scopes if s in sums.records).items():
        error = tonnes * spreads[activity].half
        parts[source].records += error * error
    return parts


def _together(sums: Iterable[Mapping[tuple[str, str], Decimal]]) -> Mapping[tuple[str, str], Decimal]:
    """Tonnes of each record over several scopes."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in sums:
        if not found:
            found = dict(one)
            continue
        for record, tonnes in one.items():
            found[record] = found.get(record, ZERO) + tonnes
    return found


def _covariance(part: _Part, whole: _Part, squares: Mapping[str, Decimal]) -> Decimal:
    """Of a source with the sum. A record belongs to one source, so its variance is its covariance."""
    shared = (t * whole.factors[key] * squares[key] for key, t in part.factors.items() if key in squares)
    return sum(shared, part.records)


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part * HUNDRED / whole if whole else None


def _estimate(part: _Part, variance: Decimal) -> Estimate:
    half = variance.sqrt() / HUNDRED
    both, activity, factor, neither = part.known
    return Estimate(part.tonnes, half, *interval(part.tonnes, half), Coverage(both, activity, factor, neither))


def _activity_inputs(parts: Mapping[str, _Part], whole: _Part, variance: Decimal) -> Iterable[InputShare]:
    for source, part in parts.items():
        quantified = part.known[0] + part.known[1] > 0
        percent = part.records.sqrt() / abs(part.tonnes) if quantified and part.tonnes else None
        share = _share(part.records, variance) if quantified else None
        yield _input("activity", source, part.tonnes, percent, share, whole)


def _factor_inputs(whole: _Part, variance: Decimal, spreads: Mapping[str, Spread]) -> Iterable[InputShare]:
    for key, tonnes in whole.factors.items():
        half = spreads[key].half if key in spreads else None
        share = None if half is None else _share(tonnes * tonnes * half * half, variance)
        yield _input("factor", key, tonnes, half, share, whole)


def _input(
    kind: str, key: str, tonnes: Decimal, percent: Decimal | None, share: Decimal | None, whole: _Part
) -> InputShare:
    moved = tonnes / 10
    return InputShare(kind, key, tonnes, percent, share, moved, _share(moved, whole.tonnes))
