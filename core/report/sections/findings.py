"""What an auditor must know: findings, gravest first, and what no factor covers, with its quantity."""

from __future__ import annotations

from typing import Any

from core.checks import subject_of
from core.i18n import T, Text, verbatim
from core.inventory import Period
from core.methods import Finding
from core.report.data import SEVERITY_NAMES, ReportData, bracketed, exact
from core.report.flow import Block, heading, lead, note
from core.report.style import BODY
from core.report.table import Column, Row, Table

TITLE = T("Findings and exclusions")
ORDER = 40


def story(report: ReportData, lang: str) -> list[Any]:
    """Two tables, each replaced by a sentence when it would be empty."""
    return [
        lead(report.tr(_opening(report), lang)),
        heading(report.tr(T("Findings"), lang), f"findings-{lang}"),
        *_findings(report, lang),
        heading(report.tr(T("Excluded for want of a factor"), lang), f"excluded-{lang}"),
        *_excluded(report, lang),
    ]


def _opening(report: ReportData) -> Text:
    return T(
        "Findings of the calculation and of the review rules: {findings}. Records that no total contains: {excluded}.",
        findings=len(report.package.findings),
        excluded=len(report.inventory.excluded),
    )


def _findings(report: ReportData, lang: str) -> list[Any]:
    if not report.package.findings:
        return [Block(report.tr(T("There are no findings."), lang), BODY)]
    order = {"error": 0, "warning": 1, "info": 2}
    columns = [
        Column(report.tr(T("Weight"), lang), 48, fixed=True),
        Column(report.tr(T("Concerns"), lang), 1.0),
        Column(report.tr(T("Finding"), lang), 2.0, most=12),
        Column(report.tr(T("What to do"), lang), 1.7, most=12),
    ]
    subjects = _subjects(report, lang)
    rows = [
        Row((
            report.tr(SEVERITY_NAMES.get(f.severity, verbatim(f.severity)), lang),
            subjects.get(f.subject.partition("@")[0]) or report.tr(subject_of(f, report.inventory), lang),
            report.tr(f.message, lang),
            report.tr(_to_do(f), lang),
        ))
        for f in sorted(report.package.findings, key=lambda f: (order.get(f.severity, 3), f.rule, f.subject))
    ]  # fmt: skip
    return [Table(columns, rows)]


def _to_do(finding: Finding) -> Text:
    """What to do, or why somebody decided that nothing need be done."""
    return T("Dismissed: {reason}", reason=verbatim(finding.dismissed)) if finding.dismissed else finding.remedy


def _subjects(report: ReportData, lang: str) -> dict[str, str]:
    """What findings are about, as readers know it: a record by its source, a factor by its title and number."""
    names = {f.key: bracketed(f.title.in_language(lang), report.factor_number(f), lang) for f in report.factors}
    names |= {a.id: bracketed(a.source, a.id, lang) for a in report.inventory.activities}
    return names


def _excluded(report: ReportData, lang: str) -> list[Any]:
    if not report.inventory.excluded:
        return [Block(report.tr(T("Nothing is excluded: a factor covers every record of the period."), lang), BODY)]
    columns = [
        Column(report.tr(T("Source"), lang), 1.2),
        Column(report.tr(T("Item"), lang), 1.0),
        Column(report.tr(T("Period"), lang), 100, fixed=True),
        Column(report.tr(T("Quantity"), lang), 66, "right", fixed=True),
        Column(report.tr(T("Unit"), lang), 34, fixed=True),
        Column(report.tr(T("Reason"), lang), 1.9, most=8),
    ]
    rows = []
    for excluded in report.inventory.excluded:
        portion, activity = excluded.portion, excluded.portion.activity
        span = Period(portion.start, portion.end)
        rows.append(
            Row((
                activity.source,
                report.item_name(activity.item).in_language(lang),
                f"{span.start.isoformat()} – {span.end.isoformat()}",
                exact(portion.quantity, 3),
                report.unit(activity.unit),
                report.tr(excluded.finding.message, lang),
            ))
        )  # fmt: skip
    said = T("Their emissions are unknown and not estimated; the quantities are stated so that they can be judged.")
    return [Table(columns, rows, after=6), note(report.tr(said, lang))]
