"""What the page about quality shows, as plain values: worked out in a job, drawn afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.evidence import PROOFS, EvidenceCoverage, evidence_coverage, proof_of, proven_ids
from core.inventory.quality import LineQuality, Quality, quality_of
from core.inventory.uncertainty import VIEWS, Distribution, InputShare, Spread, Uncertainty, View, uncertainty_of
from core.library import EXACT
from core.methods import AppliedFactor
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.theme import tokens
from gui.wording import TONNES, item_name, tonnes

ZERO, HUNDRED = Decimal(0), Decimal(100)
MOST_BARS = 8
"""Inputs in the chart; the table below has all."""
LEAST_SHARE = Decimal("0.05")
"""Smaller ones are no bars any more. [%]"""
FIRST_WIDE = 0x2E80
VIEW_TITLES: dict[str, Text] = {
    "location": T("Total, location-based"),
    "market": T("Total, market-based"),
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
}
PROOF_TITLES: dict[str, Text] = {
    "kept": T("Proof is kept"),
    "number": T("Only a bill number"),
    "nothing": T("No proof at all"),
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source within a view: its scores and its proof."""

    id: str
    """The source."""
    tonnes: Decimal
    """Without sign. [t CO2e]"""
    activity: Decimal
    """Mean score of the activity data, 1 is best, 5 is worst."""
    factor: Decimal
    """Mean score of the factors."""
    kept: Decimal
    """Share of its tonnes whose proof is kept. [%]"""
    number: Decimal
    nothing: Decimal
    record: str
    """Id of its record with most tonnes."""
    reasons: tuple[Reason, ...]
    """Most tonnes first within an indicator."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some of the tonnes of a source have a score."""

    of: str
    """``activity`` or ``factor``."""
    indicator: str
    score: int
    words: Text
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input of a view, with its name and the way to a record that uses it."""

    id: str
    share: InputShare
    factor: AppliedFactor | None
    """None for activity data."""
    items: tuple[str, ...]
    record: str
    spread: Spread | None
    """Where its uncertainty comes from; None where several meters or nothing at all stand behind it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything the page shows of one inventory."""

    uncertainty: Uncertainty
    quality: Quality
    coverage: EvidenceCoverage
    sources: Mapping[str, tuple[SourceRow, ...]]
    """By view, most tonnes first."""
    inputs: Mapping[str, tuple[InputRow, ...]]
    """By view, largest share of the variance first."""


def judge(inventory: Inventory, *, proposals: bool, draws: int, seed: int) -> Judged:
    """Uncertainty, scores and proof of an inventory; pure, and slow for many lines."""
    uncertainty = uncertainty_of(inventory, proposals=proposals, draws=draws, seed=seed)
    quality = quality_of(inventory)
    proven = proven_ids(inventory.evidence)
    sources = {key: source_rows(quality.lines, scopes, proven) for key, scopes in VIEWS.items()}
    inputs = {key: input_rows(inventory, view, uncertainty) for key, view in uncertainty.formula.items()}
    return Judged(uncertainty, quality, evidence_coverage(inventory), sources, inputs)


# ---------------------------------------------------------------------- sources


@dataclass(slots=True)
class _Sums:
    tonnes: Decimal = ZERO
    activity: Decimal = ZERO
    factor: Decimal = ZERO
    proofs: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(PROOFS, ZERO))
    records: dict[str, Decimal] = field(default_factory=dict)
    reasons: dict[tuple[str, int], tuple[str, LineQuality, int, Decimal]] = field(default_factory=dict)
    """By where it comes from and the identity of the score; scores of thousands of lines are the same objects."""


def source_rows(lines: Iterable[LineQuality], scopes: tuple[str, ...], proven: frozenset[str]) -> tuple[SourceRow, ...]:
    """Scores and proof of each source within some scopes."""
    sums: dict[str, _Sums] = {}
    for one in lines:
        if one.line.scope in scopes:
            _add(sums.setdefault(one.line.activity.source, _Sums()), one, proven)
    rows = (_source_row(source, one) for source, one in sums.items() if one.tonnes)
    return tuple(sorted(rows, key=lambda row: (-row.tonnes, row.id)))


def _add(own: _Sums, one: LineQuality, proven: frozenset[str]) -> None:
    activity, size = one.line.activity, abs(one.line.tco2e)
    proof = proof_of(activity, proven)
    own.tonnes = EXACT.add(own.tonnes, size)
    own.activity = EXACT.add(own.activity, EXACT.multiply(size, one.activity_score))
    own.factor = EXACT.add(own.factor, EXACT.multiply(size, one.factor_score))
    own.proofs[proof] = EXACT.add(own.proofs[proof], size)
    own.records[activity.id] = EXACT.add(own.records.get(activity.id, ZERO), size)
    for of, scores in (("activity", one.activity), ("factor", one.factor)):
        for place, score in enumerate(scores):
            key = (of, id(score))
            known = own.reasons.get(key)
            own.reasons[key] = (of, one, place, EXACT.add(known[3], size) if known else size)


def _source_row(source: str, own: _Sums) -> SourceRow:
    merged: dict[tuple[str, str, int, str], Reason] = {}
    for of, line, place, size in own.reasons.values():
        score = (line.activity if of == "activity" else line.factor)[place]
        key = (of, score.indicator, score.value, score.reason.in_language("en"))
        before = merged[key].tonnes if key in merged else ZERO
        merged[key] = Reason(of, score.indicator, score.value, score.reason, EXACT.add(before, size))
    reasons = sorted(merged.values(), key=lambda r: (r.of, r.indicator, -r.tonnes))
    kept, number, nothing = (percent(own.proofs[proof], own.tonnes) for proof in PROOFS)
    activity, factor = (EXACT.divide(total, own.tonnes) for total in (own.activity, own.factor))
    record = max(own.records.items(), key=lambda pair: pair[1])[0]
    return SourceRow(source, own.tonnes, activity, factor, kept, number, nothing, record, tuple(reasons))


# ---------------------------------------------------------------------- inputs


def input_rows(inventory: Inventory, view: View, uncertainty: Uncertainty) -> tuple[InputRow, ...]:
    """The inputs of a view in the order of their share of the variance."""
    factors: dict[str, AppliedFactor] = {}
    items: dict[tuple[str, str], dict[str, None]] = {}
    largest: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for line in inventory.lines:
        if line.scope not in VIEWS[view.key]:
            continue
        factors[line.factor.key] = line.factor
        for place in (("activity", line.activity.source), ("factor", line.factor.key)):
            items.setdefault(place, {})[line.activity.item] = None
            size = abs(line.tco2e)
            if place not in largest or size > largest[place][0]:
                largest[place] = (size, line.activity.id)
    rows = []
    for one in view.inputs:
        place = (one.kind, one.key)
        named = tuple(items.get(place, ()))
        spread = _spread(one, named, uncertainty)
        factor = factors.get(one.key) if one.kind == "factor" else None
        rows.append(InputRow(f"{one.kind}:{one.key}", one, factor, named, largest.get(place, (ZERO, ""))[1], spread))
    return tuple(rows)


def _spread(one: InputShare, items: tuple[str, ...], uncertainty: Uncertainty) -> Spread | None:
    """What an uncertainty rests on."""
    if one.kind == "factor":
        return uncertainty.inputs.factors.get(one.key)
    found = (uncertainty.inputs.activities.get(f"{one.key}/{item}") for item in items)
    return next((spread for spread in found if spread is not None), None)


def input_name(row: InputRow, inventory: Inventory) -> str:
    """The source, or what the factor is of and who published it."""
    if row.factor is None:
        return row.share.key
    items = [item_name(inventory.library, item) for item in row.items[:3]]
    more = "…" if len(row.items) > len(items) else ""
    return f"{', '.join(items)}{more} · {row.factor.publisher}"


def kind_name(row: InputRow) -> str:
    """Activity data or factor."""
    return _("Factor") if row.share.kind == "factor" else _("Activity data")


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Share of a whole; zero of nothing. [%]"""
    return EXACT.divide(EXACT.multiply(part, HUNDRED), whole) if whole else ZERO


# ---------------------------------------------------------------------- charts


def variance_chart(judged: Judged, key: str, by: str, inventory: Inventory) -> BarData:
    """Share of the variance: of inputs (what to measure better first) or of sources."""
    if by == "sources":
        found = [(s.source, s.variance) for s in judged.uncertainty.formula[key].sources]
        title = _("Share of the uncertainty by source")
    else:
        found = [(_bar_name(r, inventory), r.share.variance) for r in judged.inputs[key]]
        title = _("Measure this better first")
    known = [(name, share) for name, share in found if share is not None and share >= LEAST_SHARE][:MOST_BARS]
    names = tuple(shortened(name, 34) for name, _share in known)
    values = tuple(share for _name, share in known)
    series = (Series(_("Share of the variance"), values, tokens().series[0]),) if known else ()
    return BarData(title, names, series, "%", _("Share of the variance"), lying=True)


def _bar_name(row: InputRow, inventory: Inventory) -> str:
    if row.factor is None:
        return row.share.key
    items = ", ".join(item_name(inventory.library, item) for item in row.items[:2])
    return _("{items} (factor)", items=shortened(items, 22))


def shortened(name: str, most: int) -> str:
    """A name of so many letters at most; Chinese signs are twice as wide."""
    width = 0
    for place, sign in enumerate(name):
        width += 2 if ord(sign) > FIRST_WIDE else 1
        if width > most:
            return f"{name[:place]}…"
    return name


def histogram(drawn: Distribution, draws: int) -> BarData:
    """How often the draws fell where; the tails outside of 95 % in another colour, the percentiles as lines."""
    edges, counts = drawn.edges, drawn.counts
    centres = [(a + b) / 2 for a, b in pairwise(edges)]
    inside = [drawn.low <= centre <= drawn.high for centre in centres]
    names = tuple(f"{centre:,.0f}" if drawn.high - drawn.low > 40 else f"{centre:.4g}" for centre in centres)
    series = (
        Series(_("Within 95 %"), _counts(counts, inside, wanted=True), tokens().series[0]),
        Series(_("Outside"), _counts(counts, inside, wanted=False), tokens().series[1]),
    )
    width = (edges[-1] - edges[0]) / len(counts) or 1.0
    marks = tuple(
        ((value - edges[0]) / width - 0.5, words)
        for value, words in ((drawn.low, "2.5 %"), (drawn.median, "50 %"), (drawn.high, "97.5 %"))
    )
    title = _("{count} draws", count=f"{draws:,}")
    return BarData(title, names, series, _("draws"), _("Frequency"), TONNES, places=0, marks=marks)


def _counts(counts: tuple[int, ...], inside: list[bool], *, wanted: bool) -> tuple[Decimal, ...]:
    return tuple(Decimal(count) if own is wanted else ZERO for count, own in zip(counts, inside, strict=True))


def range_words(low: Decimal | float, high: Decimal | float) -> str:
    """``16,200.6 to 17,361.7 t CO₂e``."""
    first, last = (tonnes(Decimal(value)) for value in (low, high))
    return _("{low} to {high} {unit}", low=first, high=last, unit=TONNES)


def indicator_name(indicator: str) -> str:
    """Of the pedigree matrix."""
    return say(_INDICATORS[indicator]) if indicator in _INDICATORS else indicator


_INDICATORS: dict[str, Text] = {
    "reliability": T("Reliability"),
    "time": T("Time"),
    "geography": T("Area"),
    "technology": T("Technology"),
}
