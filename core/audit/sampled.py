"""What a sample has shown: how many of its records were tested, what was wrong, and what that stands for.

A sample that was widened speaks through the widest one; only records that were tested count, for one that nobody has
looked at yet says nothing. A misstatement stands for others only where its finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from core.audit.choosing import BY_SOURCE, MONETARY_UNIT, RANDOM, STRATIFIED, strata_of
from core.audit.effects import tonnes_by_scope
from core.audit.finding import findings_of, misstates
from core.audit.frame import Frame, FrameItem, frame_of, framed
from core.audit.materiality import TOTALS
from core.audit.procedures import CONCLUSIVE, conclusive, samples_of, sheets_of
from core.audit.projection import Item, UpperLimit, by_difference, by_monetary_unit, by_ratio, upper_limit
from core.audit.sizes import confidence_factor
from core.i18n import T, Text, verbatim
from core.inventory import Inventory
from core.ledger import Activity, AuditFinding, Ledger, Sample, TestSheet
from core.library import EXACT
from core.methods import exact_sum

STATISTICAL = frozenset((MONETARY_UNIT, RANDOM, STRATIFIED))
"""Methods whose samples say something about what was not tested; ``all`` and ``judgement`` do not."""
ZERO, GRAM, KILO = Decimal(0), Decimal("1e-9"), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What one sample has shown so far. [t CO2e]"""

    sample: Sample
    drawn: int
    """Records in it, each once. [1]"""
    tested: int
    """Of which something is known. [1]"""
    differing: int
    """Of which the value differs, or a misstatement was found. [1]"""
    overstated: Decimal
    """Found in its records."""
    understated: Decimal
    projected_over: Decimal
    """Projected on everything it was drawn from, what was found included."""
    projected_under: Decimal
    limit_over: UpperLimit | None = None
    """Of a monetary-unit sample with a recorded confidence."""
    limit_under: UpperLimit | None = None
    tolerable: Decimal | None = None
    """Misstatement that was tolerable when its size was chosen."""

    @property
    def limit(self) -> Decimal | None:
        """The larger of both upper misstatement limits; None where there is none."""
        if self.limit_over is None or self.limit_under is None:
            return None
        return max(self.limit_over.total, self.limit_under.total)

    @property
    def supports(self) -> bool | None:
        """Whether the limit stays within what is tolerable; None where that cannot be said."""
        return None if self.limit is None or self.tolerable is None else self.limit <= self.tolerable


def results_of(ledger: Ledger, inventory: Inventory, year: int) -> tuple[SampleResult, ...]:
    """The result of each sample of a year that was not widened by another one."""
    return tuple(
        _Reading(ledger, inventory, sample).result
        for sample in samples_of(ledger, year)
        if widest(ledger, sample) == sample
    )


def told(one: SampleResult) -> Text:
    """What a sample has shown, in a sentence or two."""
    said = T(
        "Sample {sample}: {tested} of {drawn} records tested, different: {differing}.",
        sample=verbatim(one.sample.name or one.sample.id),
        tested=one.tested,
        drawn=one.drawn,
        differing=one.differing,
    )
    projected = max(one.projected_over, one.projected_under)
    if one.sample.method not in STATISTICAL or not one.tested:
        return said
    if one.limit is None or one.tolerable is None:
        tonnes = projected.quantize(KILO)
        return T(
            "{said} Projected on what it was drawn from: {tonnes} t CO₂e in one direction.", said=said, tonnes=tonnes
        )
    figures = T(
        "{said} Projected: {tonnes} t CO₂e in one direction; upper misstatement limit {limit} t CO₂e, tolerable "
        "{tolerable} t CO₂e.",
        said=said,
        tonnes=projected.quantize(KILO),
        limit=one.limit.quantize(KILO),
        tolerable=one.tolerable.quantize(KILO),
    )
    if one.supports:
        return T("{said} The limit stays within what is tolerable.", said=figures)
    return T("{said} The limit is beyond what is tolerable; the sample alone does not support the total.", said=figures)


def beyond(ledger: Ledger, inventory: Inventory, year: int) -> dict[str, Decimal]:
    """What each finding stands for in records that were not tested, beside what was found. [t CO2e]

    Parameters
    ----------
    ledger, inventory
        as they are now; what was corrected since counts as it was reported when it was tested.
    year
        that is audited.

    Returns
    -------
    dict
        by id of the finding; only those that stand for something.

    Notes
    -----
    Linear in the effect of a finding: twice the effect stands for twice as much.
    """
    readings: dict[str, _Reading] = {}
    found: dict[str, Decimal] = {}
    for finding in findings_of(ledger, year):
        sample = ledger.get("sample", finding.sample) if finding.projected and misstates(finding) else None
        if not isinstance(sample, Sample) or finding.effect is None:
            continue
        sample = widest(ledger, sample)
        if sample.method not in STATISTICAL:
            continue
        if sample.id not in readings:
            readings[sample.id] = _Reading(ledger, inventory, sample)
        more = readings[sample.id].beyond(finding, finding.effect)
        if more:
            found[finding.id] = more
    return found


def widest(ledger: Ledger, sample: Sample) -> Sample:
    """The sample that widens this one, and what widens that; itself when nothing does."""
    seen = {sample.id}
    while True:
        wider = next((one for one in samples_of(ledger, sample.year) if one.previous == sample.id), None)
        if wider is None or wider.id in seen:
            return sample
        sample = wider
        seen.add(sample.id)


class _Reading:
    """A sample read against the frame: which of its records were tested, and what they weighed then."""

    def __init__(self, ledger: Ledger, inventory: Inventory, sample: Sample) -> None:
        self._sample, self._settings = sample, dict(sample.settings)
        self._drawn = tuple(dict.fromkeys(key for one in _chain(ledger, sample) for key in one.activities))
        self._sheets = _speaking(ledger, sample.year)
        self._findings = [one for one in findings_of(ledger, sample.year) if misstates(one)]
        self._named = {key for one in self._findings for key in one.activities}
        self._tested = tuple(key for key in self._drawn if key in self._sheets or key in self._named)
        self._frame = _as_tested(ledger, inventory, frame_of(inventory, sample.sources), self._tested, self._sheets)
        self._books = {item.activity: item.tonnes for item in self._frame.items}
        self._strata = _strata(sample, self._frame)

    # ------------------------------------------------------------------ projecting

    @cached_property
    def interval(self) -> Decimal | None:
        """Tonnes for each draw, larger while some draws are not tested yet; None where it is not recorded."""
        if not (text := self._settings.get("interval", "")):
            return None
        interval = Decimal(text)
        small = [key for key in self._sample.activities if self._books.get(key, ZERO) < interval]
        tested = sum(1 for key in small if key in self._tested)
        return EXACT.divide(EXACT.multiply(interval, Decimal(len(small))), Decimal(tested)) if tested else interval

    def _item(self, key: str, effect: Decimal) -> Item:
        return Item(effect, self._books.get(key, ZERO), max(self._sample.activities.count(key), 1))

    def whole(self, key: str, effect: Decimal) -> Decimal:
        """What an effect in one tested record stands for, itself included."""
        if self._sample.method not in STATISTICAL:
            return effect
        if self._sample.method == MONETARY_UNIT:
            return effect if self.interval is None else by_monetary_unit(self._item(key, effect), self.interval)
        own = next((items for items in self._strata if any(item.activity == key for item in items)), ())
        tested = [item for item in own if item.activity in self._tested]
        weight = exact_sum(item.tonnes for item in tested)
        if weight:
            return by_ratio(effect, weight, exact_sum(item.tonnes for item in own))
        return by_difference(effect, len(tested), len(own)) if tested else effect

    def beyond(self, finding: AuditFinding, effect: Decimal) -> Decimal:
        """What a finding stands for beside its effect, which is spread over its records as their own effects are."""
        parts = self._parts(finding)
        if not (sum_of_parts := exact_sum(parts.values())):
            return ZERO
        own = {key: EXACT.divide(EXACT.multiply(effect, part), sum_of_parts) for key, part in parts.items()}
        more = [EXACT.subtract(self.whole(key, part), part) for key, part in own.items() if key in self._tested]
        return exact_sum(more).quantize(GRAM, context=EXACT)

    def _parts(self, finding: AuditFinding) -> Mapping[str, Decimal]:
        """Effects of its records; their weights where the sheets know none, or of both directions."""
        effects = {key: self._effect(key) for key in finding.activities}
        if len({one > 0 for one in effects.values() if one}) == 1:
            return effects
        return {key: self._books.get(key, ZERO) for key in finding.activities}

    def _effect(self, key: str) -> Decimal:
        sheet = self._sheets.get(key)
        return ZERO if sheet is None or sheet.effect is None else sheet.effect

    def _differs(self, key: str) -> bool:
        return key in self._named or (key in self._sheets and self._sheets[key].result == "differs")

    # ------------------------------------------------------------------ the result

    @property
    def result(self) -> SampleResult:
        """What the sample has shown."""
        isolated = {key for one in self._findings if not one.projected for key in one.activities}
        effects = {key: effect for key in self._tested if (effect := self._effect(key))}
        typical = {key: effect for key, effect in effects.items() if key not in isolated}
        wholes = [self.whole(key, effect) if key in typical else effect for key, effect in effects.items()]
        return SampleResult(
            self._sample,
            len(self._drawn),
            len(self._tested),
            sum(1 for key in self._tested if self._differs(key)),
            _one_way(effects.values(), 1),
            _one_way(effects.values(), -1),
            _one_way(wholes, 1),
            _one_way(wholes, -1),
            *self._limits([self._item(key, effect) for key, effect in typical.items()]),
        )

    def _limits(self, items: Sequence[Item]) -> tuple[UpperLimit | None, UpperLimit | None, Decimal | None]:
        """Both upper misstatement limits and what was tolerable, in tonnes; of a monetary-unit sample alone."""
        confidence, tolerable = (self._settings.get(key, "") for key in ("confidence", "tolerable"))
        if self._sample.method != MONETARY_UNIT or self.interval is None or not confidence:
            return None, None, None
        most = sum(item.hits for item in items)
        factors = [confidence_factor(Decimal(confidence), Decimal(count)) for count in range(most + 1)]
        over, under = (upper_limit(items, self.interval, factors, sign) for sign in (1, -1))
        return over, under, Decimal(tolerable) if tolerable else None


def _speaking(ledger: Ledger, year: int) -> dict[str, TestSheet]:
    """The sheet that speaks for each record: a difference before an agreement, the last of several."""
    found: dict[str, TestSheet] = {}
    for sheet in sheets_of(ledger, year):
        before = found.get(sheet.activity)
        settles = sheet.result in CONCLUSIVE and conclusive(sheet) and sheet.reported is not None
        if settles and (before is None or before.result != "differs" or sheet.result == "differs"):
            found[sheet.activity] = sheet
    return found


def _as_tested(
    ledger: Ledger, inventory: Inventory, frame: Frame, tested: Sequence[str], sheets: Mapping[str, TestSheet]
) -> Frame:
    """The frame with each tested record as it was reported then, though it was corrected or deleted since."""
    items = {item.activity: item for item in frame.items}
    for key in tested:
        sheet, record = sheets.get(key), ledger.get("activity", key)
        if sheet is None or sheet.reported is None:
            continue
        if not isinstance(record, Activity):  # deleted because of what was found: all of it was wrong
            items[key] = FrameItem(key, "", "", abs(sheet.effect or ZERO))
        elif record.quantity != sheet.reported and key in items:
            scopes = tonnes_by_scope(ledger, inventory, replace(record, quantity=sheet.reported))
            tonnes = max(exact_sum(abs(scopes[scope]) for scope in own) for own in TOTALS.values())
            items[key] = replace(items[key], tonnes=tonnes)
    return framed(items.values())


def _strata(sample: Sample, frame: Frame) -> tuple[tuple[FrameItem, ...], ...]:
    """What is projected apart: the strata of a stratified sample, the sources where a share of each was drawn."""
    if sample.method == STRATIFIED:
        return tuple(strata_of(frame, dict(sample.settings).get("strata", BY_SOURCE)).values())
    return tuple(frame.by_source.values()) if sample.level else (frame.items,)


def _chain(ledger: Ledger, sample: Sample) -> Sequence[Sample]:
    """A sample and those it widens, the first one first."""
    found = [sample]
    while (before := ledger.get("sample", found[-1].previous)) is not None:
        if not isinstance(before, Sample) or before in found:
            break
        found.append(before)
    return found[::-1]


def _one_way(effects: Iterable[Decimal], sign: int) -> Decimal:
    return exact_sum(abs(one) for one in effects if one * sign > 0)
