"""The approach of the audit: which sources matter, what their risks are, and why they were judged so."""

from __future__ import annotations

from typing import Any

from core.audit.risk import DETECTION, LEVELS, SourceRisk, risks_of, source_of_setting
from core.i18n import T
from core.report.data import ReportData, percent_of, tonnes
from core.report.flow import Block, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Approach of the audit")
ORDER = 54


def story(report: ReportData, lang: str) -> list[Any]:
    """The source map with the risks of every source. Nothing while nobody audits the year."""
    ledger, year = report.package.ledger, report.period.end.year
    if ledger.engagement(year) is None:
        return []
    risks = risks_of(ledger, report.inventory, year, report.package.assurance.corrections)
    columns = [
        Column(report.tr(T("Emission source"), lang), 1.2, most=3),
        Column("t CO2e", 52, "right", fixed=True),
        Column(report.tr(T("Share"), lang), 32, "right", fixed=True),
        Column(report.tr(T("Inherent"), lang), 38, fixed=True),
        Column(report.tr(T("Control"), lang), 38, fixed=True),
        Column(report.tr(T("Detection"), lang), 42, fixed=True),
        Column(report.tr(T("Why"), lang), 3.2, most=12),
    ]
    said = T(
        "Inherent and control risk are proposed from the data and decided by the auditors; what may stay undetected "
        "follows from both and from the level of assurance. {source}",
        source=source_of_setting("matrix"),
    )
    return [
        lead(report.tr(T("Emission sources by weight, with their risks: {count}.", count=len(risks)), lang)),
        Block(report.tr(said, lang), BODY),
        Table(columns, [_row(report, one, lang) for one in risks], SMALL_CELL),
    ]


def _row(report: ReportData, one: SourceRisk, lang: str) -> Row:
    detection = report.tr(DETECTION[one.detection], lang)
    if one.detection_percent is not None:
        detection += f"\n≤ {percent_of(one.detection_percent)}"
    return Row(
        (
            one.source,
            tonnes(one.share.tonnes),
            percent_of(one.share.percent),
            report.tr(LEVELS[one.inherent], lang),
            report.tr(LEVELS[one.control], lang),
            detection,
            _why(report, one, lang),
        )
    )


def _why(report: ReportData, one: SourceRisk, lang: str) -> str:
    """The auditor's reason first, then what the data say."""
    found = [hit.reason.in_language(lang) for hit in one.proposal.hits]
    if one.proposal.small is not None:
        found.append(one.proposal.small.in_language(lang))
    decided = [] if one.decided is None else [one.decided.reason or report.tr(T("decided as proposed"), lang)]
    said = ("" if lang == "zh" else " ").join(found) or report.tr(T("Nothing in the data raises the risk."), lang)
    return "\n".join([*decided, said])
