"""What a sample has shown: how many of its records were tested, what was wrong, and what that stands for.

A sample that was widened speaks through the widest one; only records that were tested count, for one that nobody has
looked at yet says nothing. A misstatement stands for others only where its finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.audit.effects import tonnes_by_scope
from core.audit.finding import findings_of, misstates
from core.audit.frame import Frame, FrameItem, frame_of
from core.audit.materiality import TOTALS
from core.audit.procedures import CONCLUSIVE, conclusive, samples_of, sheets_of
from core.audit.projection import Item, UpperLimit, by_difference, by_monetary_unit, by_ratio, upper_limit
from core.audit.sizes import confidence_factor
from core.inventory import Inventory
from core.ledger import Activity, AuditFinding, Ledger, Sample, TestSheet
from core.library import EXACT
from core.methods import exact_sum

MONETARY_UNIT, RANDOM, STRATIFIED = "monetary_unit", "random", "stratified"
STATISTICAL = frozenset((MONETARY_UNIT, RANDOM, STRATIFIED))
"""Methods whose samples say something about what was not tested; ``all`` and ``judgement`` do not."""
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What one sample has shown so far. [t CO2e]"""

    sample: Sample
    drawn: int
    """Records in it, each once. [1]"""
    tested: int
    """Of which something is known. [1]"""
    differing: int
    """Of which the value differs. [1]"""
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
        self._ledger, self._inventory, self._sample = ledger, inventory, sample
        self._settings = dict(sample.settings)
        self._frame: Frame = frame_of(inventory, sample.sources)
        self._now = {item.activity: item for item in self._frame.items}
        self._chain = _chain(ledger, sample)
        self._drawn = dict.fromkeys(key for one in self._chain for key in one.activities)
        self._sheets = self._conclusive()
        self._findings = [one for one in findings_of(ledger, sample.year) if misstates(one)]
        named = {key for one in self._findings for key in one.activities}
        self._tested = [key for key in self._drawn if key in self._sheets or key in named]
        self._books = {key: self._book(key) for key in self._tested}

    # ------------------------------------------------------------------ what was tested

    def _conclusive(self) -> dict[str, TestSheet]:
        """The sheet that speaks for each record: a difference before an agreement, the last of several."""
        found: dict[str, TestSheet] = {}
        for sheet in sheets_of(self._ledger, self._sample.year):
            before = found.get(sheet.activity)
            settles = sheet.result in CONCLUSIVE and conclusive(sheet) and sheet.reported is not None
            if settles and (before is None or before.result != "differs" or sheet.result == "differs"):
                found[sheet.activity] = sheet
        return found

    def _book(self, key: str) -> Decimal:
        """Tonnes of a record as it was reported when it was tested."""
        now, sheet = self._now.get(key), self._sheets.get(key)
        record = self._ledger.get("activity", key)
        if sheet is None or sheet.reported is None:
            return ZERO if now is None else now.tonnes
        if not isinstance(record, Activity):  # deleted because of what was found: all of it was wrong
            return abs(sheet.effect or ZERO)
        if now is not None and record.quantity == sheet.reported:
            return now.tonnes
        scopes = tonnes_by_scope(self._ledger, self._inventory, replace(record, quantity=sheet.reported))
        return max(exact_sum(abs(scopes[scope]) for scope in own) for own in TOTALS.values())

    def _effect(self, key: str) -> Decimal:
        """What is wrong with one tested record, unless its finding stands for nobody else or was withdrawn."""
        sheet = self._sheets.get(key)
        return ZERO if sheet is None or sheet.effect is None else sheet.effect

    # ------------------------------------------------------------------ projecting

    @property
    def _interval(self) -> Decimal | None:
        """Tonnes for each draw, larger while some draws are not tested yet; None where it is not recorded."""
        text = self._settings.get("interval", "")
        if not text:
            return None
        interval = Decimal(text)
        small = [key for key in self._sample.activities if self._weight(key) < interval]
        tested = sum(1 for key in small if key in self._books)
        if not tested:
            return interval
        return EXACT.divide(EXACT.multiply(interval, Decimal(len(small))), Decimal(tested))

    def _weight(self, key: str) -> Decimal:
        held = self._books.get(key)
        now: FrameItem | None = self._now.get(key)
        return held if held is not None else ZERO if now is None else now.tonnes

    def _stratum(self, key: str) -> str:
        """Strata are the emission sources of a stratified sample; another sample is one stratum."""
        record = self._ledger.get("activity", key)
        return record.source if self._sample.method == STRATIFIED and isinstance(record, Activity) else ""

    def whole(self, effect: Decimal, key: str) -> Decimal:
        """What an effect in one tested record stands for, itself included."""
        if self._sample.method == MONETARY_UNIT:
            interval = self._interval
            hits = max(self._sample.activities.count(key), 1)
            return effect if interval is None else by_monetary_unit(Item(effect, self._books[key], hits), interval)
        stratum = self._stratum(key)
        tested = [one for one in self._tested if self._stratum(one) == stratum]
        others = [one for one in self._now if one not in self._books and self._stratum(one) == stratum]
        weight = exact_sum(self._books[one] for one in tested)
        if weight and self._settings.get("projection") != "difference":
            return by_ratio(effect, weight, exact_sum((weight, *(self._now[one].tonnes for one in others))))
        return by_difference(effect, len(tested), len(tested) + len(others))

    def beyond(self, finding: AuditFinding, effect: Decimal) -> Decimal:
        """What a finding stands for beside its effect, which is spread over its records as their own effects are."""
        parts = self._parts(finding)
        whole = exact_sum(parts.values())
        if not whole:
            return ZERO
        own = {key: EXACT.divide(EXACT.multiply(effect, part), whole) for key, part in parts.items()}
        return exact_sum(
            EXACT.subtract(self.whole(part, key), part).quantize(Decimal("1e-9"), context=EXACT)
            for key, part in own.items()
            if key in self._books
        )

    def _parts(self, finding: AuditFinding) -> Mapping[str, Decimal]:
        effects = {key: self._effect(key) for key in finding.activities}
        if exact_sum(effects.values()) and len({one > 0 for one in effects.values() if one}) == 1:
            return effects
        return {key: self._weight(key) for key in finding.activities}

    # ------------------------------------------------------------------ the result

    @property
    def result(self) -> SampleResult:
        """What the sample has shown."""
        isolated = {key for one in self._findings if not one.projected for key in one.activities}
        effects = {key: self._effect(key) for key in self._tested}
        statistical = self._sample.method in STATISTICAL
        wholes = [
            self.whole(effect, key) if statistical and key not in isolated else effect
            for key, effect in effects.items()
            if effect
        ]
        tolerable = self._settings.get("tolerable", "")
        limits = self._limits({key: effect for key, effect in effects.items() if key not in isolated})
        return SampleResult(
            self._sample,
            len(self._drawn),
            len(self._tested),
            sum(1 for key in self._tested if key in self._sheets and self._sheets[key].result == "differs"),
            _one_way(effects.values(), 1),
            _one_way(effects.values(), -1),
            _one_way(wholes, 1),
            _one_way(wholes, -1),
            *limits,
            Decimal(tolerable) if tolerable else None,
        )

    def _limits(self, effects: Mapping[str, Decimal]) -> tuple[UpperLimit | None, UpperLimit | None]:
        interval, confidence = self._interval, self._settings.get("confidence", "")
        if self._sample.method != MONETARY_UNIT or interval is None or not confidence:
            return None, None
        items = [
            Item(effect, self._books[key], max(self._sample.activities.count(key), 1))
            for key, effect in effects.items()
        ]
        most = sum(item.hits for item in items if item.effect)
        factors = [confidence_factor(Decimal(confidence), Decimal(count)) for count in range(most + 1)]
        return upper_limit(items, interval, factors), upper_limit(items, interval, factors, sign=-1)


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
