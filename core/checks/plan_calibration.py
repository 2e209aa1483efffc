"""A plan says how old a calibration may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.checks._plan import SOURCE, planned
from core.checks._types import Review, Rule, Series
from core.i18n import T
from core.inventory.planned import add_months
from core.ledger import Meter, PlanItem
from core.methods import Finding

CALIBRATION = "calibration"


def check(review: Review) -> Iterator[Finding]:
    """Calibrations older at the end of the period than the plan allows, and planned ones of which nothing is known."""
    meters = {one.id: one for one in review.inventory.meters}
    for item, series in planned(review):
        if item.calibration_months > 0:
            yield from _about(review, item, series, meters.get(item.meter))


def _about(review: Review, item: PlanItem, series: Series, meter: Meter | None) -> Iterator[Finding]:
    end = review.inventory.choices.period.end
    holds = _holds_to(item, series, meter)
    if holds is not None and holds >= end:
        return
    name = series.source if meter is None else f"{series.source}, {meter.name}"
    if holds is None:
        message = T(
            "{meter}: the plan wants a calibration every {months} months, and none is known.",
            meter=name,
            months=item.calibration_months,
        )
    else:
        message = T(
            "{meter}: the plan wants a calibration every {months} months; the last one held to {day}.",
            meter=name,
            months=item.calibration_months,
            day=holds,
        )
    remedy = T("Attach the certificate with the day of calibration and its last valid day, or have it calibrated.")
    yield Finding(RULE.key, RULE.severity, series.records[0].id, message, remedy)


def _holds_to(item: PlanItem, series: Series, meter: Meter | None) -> date | None:
    """The last day on which the newest calibration holds by the plan; None when none is known."""
    proofs = [one for one in series.proofs if one.kind == CALIBRATION]
    done = [day for one in proofs if (day := _day(one.start)) is not None]
    if done:
        return add_months(max(done), item.calibration_months)
    said = [one.valid_to for one in proofs] + ([] if meter is None else [meter.calibrated_to])
    return max((day for one in said if (day := _day(one)) is not None), default=None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


RULE = Rule("plan_calibration", "warning", T("Calibration older than the plan allows"), SOURCE, check, field="evidence")
