"""What the auditors found and what became of it: kind, clause, effect, cause, correction, closing."""

from __future__ import annotations

from typing import Any

from core.audit.finding import KINDS, STATUSES, findings_of, number_of
from core.audit.people import name_of
from core.i18n import T, Text, show_date
from core.ledger import AuditFinding
from core.report.data import ReportData
from core.report.facts import facts, signed, subtitle
from core.report.flow import lead
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Findings of the audit")
ORDER = 56


def story(report: ReportData, lang: str) -> list[Any]:
    """A list, then each finding with its answer. Nothing while nobody audits the year."""
    ledger, year = report.package.ledger, report.period.end.year
    if ledger.engagement(year) is None:
        return []
    found = findings_of(ledger, year)
    if not found:
        return [lead(report.tr(T("The audit raised no findings."), lang))]
    columns = [
        Column(report.tr(T("Number"), lang), 48, fixed=True),
        Column(report.tr(T("Kind"), lang), 0.8),
        Column(report.tr(T("Finding"), lang), 2.0, most=4),
        Column(report.tr(T("Effect, t CO2e"), lang), 70, "right", fixed=True),
        Column(report.tr(T("Status"), lang), 0.7),
    ]
    rows = [
        Row((number_of(ledger, one), report.tr(KINDS[one.kind], lang), one.title, _effect(one),
             report.tr(STATUSES[one.status], lang)))
        for one in found
    ]  # fmt: skip
    flow: list[Any] = [
        lead(report.tr(T("Findings of the audit: {count}.", count=len(found)), lang)),
        Table(columns, rows, SMALL_CELL, after=6),
    ]
    for one in found:
        flow += _finding(report, one, lang)
    return flow


def _effect(one: AuditFinding) -> str:
    return "–" if one.effect is None else signed(one.effect, 3)


def _finding(report: ReportData, one: AuditFinding, lang: str) -> list[Any]:
    ledger = report.package.ledger
    between = "、" if lang == "zh" else ", "
    raised = f"{show_date(one.raised, lang)}{between}{name_of(ledger, one.raised_by)}"
    rows: list[tuple[Text, str]] = [
        (T("Description"), one.description),
        (T("Clause"), one.clause),
        (T("Records"), between.join(one.activities)),
        (T("Raised"), raised),
        (T("Root cause"), one.root_cause),
        (T("Correction"), one.correction),
        (T("Corrective action"), one.corrective_action),
        (T("Proof"), between.join(_files(report, one.proof))),
        (T("Answered by"), name_of(ledger, one.answered_by) if one.answered_by else ""),
        (T("Closed"), _closed(report, one, lang)),
    ]
    return [
        subtitle(f"{number_of(ledger, one)}\u2002{one.title}", "audit-finding", one.id, lang),
        facts([(report.tr(name, lang), value) for name, value in rows if value]),
    ]


def _files(report: ReportData, ids: tuple[str, ...]) -> list[str]:
    names = {one.id: one.name for one in report.package.ledger.evidence}
    return [names.get(key, key) for key in ids]


def _closed(report: ReportData, one: AuditFinding, lang: str) -> str:
    if not one.closed_by:
        return ""
    who = name_of(report.package.ledger, one.closed_by)
    return "\n".join(part for part in (f"{one.closed} {who}".strip(), one.closing_note) if part)
