"""Misstatements against materiality: each, together by direction, what is left; and each line before and after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.audit.corrected import Corrected, compared
from core.audit.finding import number_of
from core.audit.misstatements import CONSERVATIVE, CORRECTED, UNCORRECTED, Misstatements, Sum, misstatements
from core.i18n import T, Text
from core.ledger import AuditFinding
from core.report.data import SCOPE_NAMES, ReportData, bracketed, percent_of, tonnes
from core.report.facts import signed
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Misstatements")
ORDER = 57
_TREATMENTS: dict[str, Text] = {
    CORRECTED: T("corrected"),
    CONSERVATIVE: T("conservative estimate"),
    UNCORRECTED: T("not corrected"),
    "": T("not treated yet"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """The ledger of misstatements, then initial – verified – why. Nothing while nobody audits the year."""
    year = report.period.end.year
    if report.package.ledger.engagement(year) is None:
        return []
    found = misstatements(report.package.ledger, report.inventory, year)
    said = (
        T("What is left reaches materiality.")
        if found.material
        else T("What is left stays below materiality, alone and together.")
    )
    return [
        lead(report.tr(said, lang)),
        *_against(report, found, lang),
        *_each(report, found, lang),
        *_corrected(report, lang),
    ]


def _against(report: ReportData, found: Misstatements, lang: str) -> list[Any]:
    columns = [
        Column(report.tr(T("Held against"), lang), 1.4),
        Column(report.tr(T("Too much, t CO2e"), lang), 72, "right", fixed=True),
        Column(report.tr(T("Too little, t CO2e"), lang), 72, "right", fixed=True),
        Column(report.tr(T("of it projected"), lang), 66, "right", fixed=True),
        Column(report.tr(T("Materiality, t CO2e"), lang), 76, "right", fixed=True),
        Column(report.tr(T("Used"), lang), 44, "right", fixed=True),
    ]
    rows = [
        Row(_sum(report.tr(T("Total, location-based"), lang), found.location)),
        Row(_sum(report.tr(T("Total, market-based"), lang), found.market)),
        *(Row(_sum(report.tr(SCOPE_NAMES[scope], lang), one)) for scope, one in found.scopes.items()),
    ]
    said = T(
        "Too much and too little are never netted: a direction that reaches materiality alone is material. Findings of "
        "statistical samples stand for what was not tested."
    )
    return [Table(columns, rows, after=6), Block(report.tr(said, lang), BODY)]


def _sum(name: str, one: Sum) -> tuple[str, ...]:
    limit = "–" if one.materiality is None else tonnes(one.materiality)
    used = "–" if one.used is None else percent_of(one.used)
    return name, tonnes(one.overstated), tonnes(one.understated), tonnes(one.projected), limit, used


def _each(report: ReportData, found: Misstatements, lang: str) -> list[Any]:
    if not found.rows:
        return []
    ledger = report.package.ledger
    columns = [
        Column(report.tr(T("Finding"), lang), 46, fixed=True),
        Column("", 1.6, most=4),
        Column(report.tr(T("Effect"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Projected"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Treatment"), lang), 0.9),
        Column(report.tr(T("Left"), lang), 62, "right", fixed=True),
    ]
    rows = []
    for row in found.rows:
        finding = ledger.get("finding", row.finding)
        assert isinstance(finding, AuditFinding)  # rows are made of findings
        rows.append(
            Row((number_of(ledger, finding), finding.title, signed(row.effect, 3), _or_dash(row.projected),
                 report.tr(_TREATMENTS[row.treatment], lang), _or_dash(row.left)))
        )  # fmt: skip
    title = report.tr(T("Each alone, in t CO2e; plus: too much was reported"), lang)
    return [heading(title, f"misstatements-{lang}"), Table(columns, rows, SMALL_CELL)]


def _or_dash(value: Decimal) -> str:
    return signed(value, 3) if value else "–"


def _corrected(report: ReportData, lang: str) -> list[Any]:
    known = report.package.assurance.corrections
    if not known:
        return []
    ledger = report.package.ledger
    found: Corrected = compared(ledger, report.inventory, known)
    columns = [
        Column(report.tr(T("Line"), lang), 1.6, most=4),
        Column(report.tr(T("Initial, t CO2e"), lang), 74, "right", fixed=True),
        Column(report.tr(T("Verified, t CO2e"), lang), 74, "right", fixed=True),
        Column(report.tr(T("Difference"), lang), 70, "right", fixed=True),
        Column(report.tr(T("Why"), lang), 1.1, most=6),
    ]
    rows = [
        Row((bracketed(one.activity.source, one.line, lang), tonnes(one.initial), tonnes(one.verified),
             signed(one.difference, 3), _why(report, one.findings, one.who)))
        for one in found.lines
    ]  # fmt: skip
    for scope, difference in found.differences.items():
        if difference:
            name = report.tr(SCOPE_NAMES[scope], lang)
            sums = tonnes(found.initial[scope]), tonnes(found.verified[scope])
            rows.append(Row((name, *sums, signed(difference, 3), ""), "total"))
    title = report.tr(T("Initial – verified – why"), lang)
    return [heading(title, f"corrected-{lang}"), Table(columns, rows, SMALL_CELL)]


def _why(report: ReportData, findings: tuple[str, ...], who: tuple[str, ...]) -> str:
    ledger = report.package.ledger
    held = [one for key in dict.fromkeys(findings) if isinstance(one := ledger.get("finding", key), AuditFinding)]
    return "\n".join([*(f"{number_of(ledger, one)} {one.title}" for one in held), *dict.fromkeys(who)])
