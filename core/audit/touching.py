"""Which audited years a step of a change is about.

What a plant is made of (its description, meters, plan, factor sets, benchmarks) is of no year. An audit that is under
way rests on it as it is now, so it counts among its data; a concluded one keeps it inside the closed package, and the
plant may go on. PV systems, weather, claims, measures and tariffs are no part of an inventory and belong to no audit.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.audit.states import CONCLUDED
from core.inventory import choices_of
from core.inventory.audited import audit_records
from core.inventory.closing import belongs, telling
from core.inventory.period import Period, touches
from core.ledger import (
    Activity,
    Allocation,
    Audit,
    Engagement,
    Evidence,
    Instrument,
    IntervalData,
    Judgement,
    KeyFigure,
    Ledger,
    Meter,
    MeterExchange,
    OwnFactor,
    PlanItem,
    PvSystem,
    Reading,
    Record,
    Step,
    named_by,
)

Blob = Callable[[str], bytes]
"""The bytes of a kept file, or of one that the change brings, by SHA-256."""
_UNDER_WAY = frozenset({"plant", "factor_file", "plan_item", "benchmark", "rule_value", "serials_elsewhere"})
_OF_NO_AUDIT = frozenset({"pv_array", "weather", "claim", "measure", "tariff", "person"})
_PLANNED = frozenset(
    {
        "base_policy",
        "earlier_year",
        "recalculation",
        "target",
        "driver",
        "scenario",
        "action_area",
        "action",
        "milestone",
        "resolution",
        "credit",
        "commitment",
        "supply_option",
    }
)
"""What a plant wants to do, which it may change at any time."""
_TELLING = frozenset({"pv_system", "meter"})
"""Parts of them say nothing: a meter remembers how its last file was read, and another month must not be refused for
that."""
_NAMED_BY_YEAR = frozenset({"engagement", "closing", "opinion"})


@dataclass(frozen=True)
class AuditedYear:
    """A year that somebody audits, and the ledger before the change."""

    engagement: Engagement
    ledger: Ledger

    @cached_property
    def year(self) -> int:
        return int(self.engagement.id)

    @cached_property
    def period(self) -> Period:
        """Of the recorded choices."""
        return choices_of(self.ledger.audit(self.year), self.year).period

    @cached_property
    def evidence(self) -> frozenset[str]:
        """Ids of the proofs that the audit's own records and the factors of the year name."""
        factors = (one for one in self.ledger.own_factors if self._holds(one))
        return named_by([*audit_records(self.ledger, self.period), *factors], "evidence")

    @cached_property
    def factors(self) -> frozenset[str]:
        """Ids of own factors that records of the year ask for by name."""
        return named_by((a for a in self.ledger.activities if touches(a, self.period)), "factor")

    @cached_property
    def meters(self) -> frozenset[str]:
        """Ids of the meters that have values in the year, or that the plan names."""
        counted = (one for one in self.ledger.held(Reading) if self._overlaps(one.start, one.end))
        measured = (one.id for one in self.ledger.held(IntervalData) if self._overlaps(one.start, one.end))
        return named_by([*counted, *self.ledger.held(PlanItem)], "meter").union(measured)

    def touched_by(self, step: Step, blob: Blob | None = None) -> bool:
        """Whether a step changes something this audit rests on, or is part of.

        Parameters
        ----------
        step
            of a change that was not made yet.
        blob
            reads the indexes of interval data, so that appending another month touches that month alone; without it
            every day between the first and the last value is touched.
        """
        if step.kind == "activity":  # by far the most frequent
            return any(isinstance(one, Activity) and touches(one, self.period) for one in (step.before, step.after))
        if step.kind in _OF_NO_AUDIT or step.kind in _PLANNED:
            return False
        if step.kind in _TELLING and telling(step.before) == telling(step.after):
            return False
        if step.kind in _NAMED_BY_YEAR:
            return step.id == self.engagement.id
        if step.kind in _UNDER_WAY:
            return self.engagement.state != CONCLUDED
        if step.kind == "intervals":
            return any(self._overlaps(start, end) for start, end in _changed_days(step, blob))
        return any(self._rests_on(one) for one in (step.before, step.after) if one is not None)

    def _rests_on(self, record: Record) -> bool:
        match record:
            case Audit() | Judgement() | Instrument() | Allocation() | PvSystem():
                return belongs(record, self.year, self.ledger)
            case Evidence():
                return record.id in self.evidence or belongs(record, self.year, self.ledger)
            case OwnFactor():
                return self._holds(record)
            case Meter():
                return self.engagement.state != CONCLUDED and record.id in self.meters
            case Reading():
                return self._overlaps(record.start, record.end)
            case MeterExchange():
                return self._overlaps(record.day, record.day)
            case KeyFigure():  # ratios of last year are part of the analytical procedures
                return record.end >= date(self.period.start.year - 1, 1, 1) and record.start <= self.period.end
        return getattr(record, "year", None) == self.year

    def _holds(self, factor: OwnFactor) -> bool:
        """Whether lines of the year may use a factor: a general one by its validity, another where a record asks."""
        return self._overlaps(factor.valid_from, factor.valid_to) if factor.general else factor.id in self.factors

    def _overlaps(self, start: date, end: date) -> bool:
        return start <= self.period.end and self.period.start <= end


def audited_years(ledger: Ledger) -> tuple[AuditedYear, ...]:
    """Every year that somebody audits."""
    return tuple(AuditedYear(one, ledger) for one in ledger.held(Engagement))


def _changed_days(step: Step, blob: Blob | None) -> Iterator[tuple[date, date]]:
    """The first and last days of what differs in interval data: by months where the indexes can be read."""
    before, after = (one if isinstance(one, IntervalData) else None for one in (step.before, step.after))
    if before is not None and after is not None and before.sha256 == after.sha256:
        return
    if blob is None or before is None or after is None:
        yield from ((one.start, one.end) for one in (before, after) if one is not None)
        return
    held, made = (_blocks(blob(one.sha256)) for one in (before, after))
    for month in sorted(held.keys() | made.keys()):
        if held.get(month) != made.get(month):
            yield month, month.replace(day=monthrange(month.year, month.month)[1])


def _blocks(index: bytes) -> dict[date, tuple[str, ...]]:
    """Hashes of the blocks of each month."""
    from core.series.index import read  # numpy, which only interval data need

    found: dict[date, tuple[str, ...]] = {}
    for chunk in read(index).chunks:
        found[chunk.month] = (*found.get(chunk.month, ()), chunk.sha256)
    return found
