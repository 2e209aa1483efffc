"""A meter is believed as long as its calibration is valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.checks._metered import is_metered
from core.checks._types import Review, Rule, Series, Setting
from core.i18n import T
from core.library import EXACT
from core.methods import Finding

CALIBRATION = "calibration"
MATERIAL = Decimal("0.05")
"""Share of the total above which a meter without any proof is worth a word."""


def _metered(setting: Setting, series: Series) -> tuple[str, str]:
    """Id of a metered record, and the last day of the newest calibration of its meter; both empty without one."""
    if not series.records or not is_metered(setting, series):
        return ("", "")
    return (series.records[0].id, max((p.valid_to for p in series.proofs if p.kind == CALIBRATION), default=""))


def _newest(review: Review) -> dict[str, tuple[str, str]]:
    """A record and the last day of the newest calibration of each metered source."""
    found: dict[str, tuple[str, str]] = {}
    for series in review.series:
        record, valid = review.of(series, _metered)
        if record:
            first, newest = found.get(series.source, (record, ""))
            found[series.source] = (min(first, record), max(newest, valid))
    return found


def check(review: Review) -> Iterator[Finding]:
    """Metered sources whose newest calibration ended before the period does; and those that matter and have none."""
    end = review.inventory.choices.period.end.isoformat()
    without: list[str] = []
    for source, (record, valid) in _newest(review).items():
        if valid and valid < end:
            yield _overdue(source, record, valid)
        elif not valid and review.tonnes(source) > EXACT.multiply(review.total, MATERIAL):
            without.append(source)
    if without:
        yield Finding(
            RULE.key,
            "info",
            "inventory",
            T("No calibration of the meter is on file for {sources}.", sources=without),
            T("Attach the calibration certificate with its last valid day; ask the supplier for theirs."),
        )


def _overdue(source: str, record: str, valid: str) -> Finding:
    return Finding(
        RULE.key,
        RULE.severity,
        record,
        T("{source}: the calibration of the meter was valid to {day} only.", source=source, day=_day(valid)),
        T("Attach the newer certificate, or let the meter be calibrated and state its uncertainty."),
    )


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


RULE = Rule(
    "calibration_overdue",
    "warning",
    T("Meter calibration overdue"),
    "ISO 14064-1:2018, 8.1: calibration of measuring equipment; materiality of this program: 5 %",
    check,
    field="evidence",
)
