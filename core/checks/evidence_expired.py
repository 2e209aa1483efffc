"""A contract or certificate proves what lies within the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.checks._types import Rule, Series, Setting, documents
from core.i18n import T
from core.ledger import Activity, Evidence
from core.methods import Finding


def check(setting: Setting, series: Series) -> Iterator[Finding]:
    """Records that end after the last day on which all of their proofs hold."""
    proofs = [one for one in documents(series.proofs) if _day(one.valid_to) is not None]
    if not proofs:
        return
    for record in series.records:
        end = min(record.end, setting.choices.period.end)
        mine = [one for one in documents(series.proofs) if record.id in one.activities]
        if mine and all(_over(one, end) for one in mine):
            yield _expired(record, max(mine, key=lambda one: one.valid_to), end)
            return


def _over(proof: Evidence, end: date) -> bool:
    last = _day(proof.valid_to)
    return last is not None and last < end


def _expired(record: Activity, proof: Evidence, end: date) -> Finding:
    return Finding(
        RULE.key,
        RULE.severity,
        record.id,
        T(
            "{source}: “{name}” holds to {day} only, and the record it proves goes on to {end}.",
            source=record.source,
            name=proof.name,
            day=_day(proof.valid_to) or proof.valid_to,
            end=end,
        ),
        T("Attach what holds for the days after, or correct the last day on which the proof holds."),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


RULE = Rule(
    "evidence_expired",
    "warning",
    T("Proof that has expired"),
    "ISO 14064-3:2019, 6.1.3: evidence for the period of the statement",
    check_series=check,
    field="evidence",
)
