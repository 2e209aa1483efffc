"""What an auditor must know: findings, gravest first, and apart those that a person dismissed, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.checks import open_findings, subject_of
from core.i18n import T, Text, verbatim
from core.methods import Finding
from core.report.data import SEVERITY_NAMES, ReportData, bracketed
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Findings")
ORDER = 42


def story(report: ReportData, lang: str) -> list[Any]:
    """Open findings, then dismissed ones."""
    stated = report.package.findings
    waiting, dismissed = open_findings(stated), [f for f in stated if f.dismissed]
    flow: list[Any] = [lead(report.tr(_opening(len(waiting), len(dismissed)), lang))]
    if grave := [f for f in waiting if f.severity != "info"]:
        columns = [
            Column(report.tr(T("Weight"), lang), 48, fixed=True),
            Column(report.tr(T("Concerns"), lang), 1.0, most=3),
            Column(report.tr(T("Finding"), lang), 2.0, most=12),
            Column(report.tr(T("What to do"), lang), 1.7, most=12),
        ]
        flow.append(Table(columns, [Row((*c, report.tr(f.remedy, lang))) for f, c in _cells(report, grave, lang)]))
    else:
        flow.append(Block(report.tr(T("There are no open errors and warnings."), lang), BODY))
    if notes := [f for f in waiting if f.severity == "info"]:
        flow += _notes(report, notes, lang)
    return [*flow, *(_dismissed(report, dismissed, lang) if dismissed else ())]


def _notes(report: ReportData, notes: list[Finding], lang: str) -> list[Any]:
    """Small, and together where the same is to be done, so that they do not bury what matters."""
    columns = [
        Column(report.tr(T("Concerns"), lang), 1.0, most=3),
        Column(report.tr(T("Note"), lang), 2.2, most=12),
    ]
    filed: dict[str, list[tuple[str, str, str]]] = {}
    for finding, cells in _cells(report, notes, lang):
        filed.setdefault(report.tr(finding.remedy, lang), []).append(cells)
    rows: list[Row] = []
    for remedy, own in filed.items():
        rows.append(Row((remedy, ""), "group"))
        rows += [Row((subject, message)) for _, subject, message in own]
    return [
        heading(report.tr(T("Notes, by what to do"), lang), f"notes-{lang}"),
        Table(columns, rows, SMALL_CELL, pad=1.9),
    ]


def _opening(waiting: int, dismissed: int) -> Text:
    return T(
        "Findings of the calculation and of the review rules that are open: {waiting}; dismissed with a reason: "
        "{dismissed}.",
        waiting=waiting,
        dismissed=dismissed,
    )


def _dismissed(report: ReportData, findings: list[Finding], lang: str) -> list[Any]:
    said = T(
        "A dismissal holds as long as the finding says the same; when its facts change, the finding is open again."
    )
    columns = [
        Column(report.tr(T("Weight"), lang), 48, fixed=True),
        Column(report.tr(T("Concerns"), lang), 1.0),
        Column(report.tr(T("Finding"), lang), 1.8, most=12),
        Column(report.tr(T("Why it needs no action"), lang), 1.9, most=40),
    ]
    return [
        heading(report.tr(T("Dismissed findings"), lang), f"dismissed-{lang}"),
        Block(report.tr(said, lang), BODY),
        Table(columns, [Row((*cells, f.dismissed)) for f, cells in _cells(report, findings, lang)]),
    ]


def _cells(report: ReportData, findings: Iterable[Finding], lang: str) -> list[tuple[Finding, tuple[str, str, str]]]:
    """Weight, subject and message of each, gravest first."""
    order = {"error": 0, "warning": 1, "info": 2}
    subjects = _subjects(report, lang)
    return [
        (
            f,
            (
                report.tr(SEVERITY_NAMES.get(f.severity, verbatim(f.severity)), lang),
                subjects.get(f.subject.partition("@")[0]) or report.tr(subject_of(f, report.inventory), lang),
                report.tr(f.message, lang),
            ),
        )
        for f in sorted(findings, key=lambda f: (order.get(f.severity, 3), f.rule, f.subject))
    ]


def _subjects(report: ReportData, lang: str) -> dict[str, str]:
    """What findings are about, as readers know it: a record by its source, a factor by its title and number."""
    gap = "\u2002"
    published = report.package.library.factors
    names = {f.set.key: report.tr(f.set.title, lang) for f in published}
    names |= {f.key: bracketed(report.tr(f.set.title, lang), f.place, lang) for f in published}
    names |= {f.key: f"{report.factor_number(f)}{gap}{f.title.in_language(lang)}" for f in report.factors}
    names |= {a.id: bracketed(a.source, a.id, lang) for a in report.inventory.activities}
    return names
