"""How it was calculated: the rules of the audit, the methods, the potentials."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, verbatim
from core.inventory.views import LOCATION
from core.inventory.views.titles import APPROACH_TITLES
from core.methods import Method, all_methods
from core.report.data import (
    APPROACH_NAMES,
    ReportData,
    exact,
    tonnes,
)
from core.report.flow import Block, heading, note
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Methods, factors and sources")
ORDER = 50


def story(report: ReportData, lang: str) -> list[Any]:
    """Rules, methods, potentials."""
    formula = T(
        "t CO2e = activity data × emission factor of each gas × global warming potential ÷ 1000, line by line. "
        "A total is nothing but the sum of its lines."
    )
    appended = T("An appendix shows a worked example of each method and every factor with its source.")
    return [
        heading(report.tr(T("Rules of this audit"), lang), f"rules-{lang}"),
        _rules(report, lang),
        heading(report.tr(T("Methods"), lang), f"methods-{lang}"),
        Block(report.tr(formula, lang), BODY),
        _methods(report, lang),
        note(report.tr(appended, lang)),
        heading(report.tr(T("Global warming potentials, 100 years"), lang), f"gwp-{lang}"),
        _potentials(report, lang),
    ]


def _rules(report: ReportData, lang: str) -> Table:
    audit = report.package.audit
    said: list[tuple[Text, str]] = [
        (T("Period"), report.span(report.period, lang)),
        (T("Boundary"), audit.boundary or report.tr(T("The whole site"), lang)),
        (T("Consolidation approach"), report.tr(APPROACH_NAMES.get(audit.approach, verbatim(audit.approach)), lang)),
        (T("Criteria"), audit.criteria),
        (T("Choice of factors"), f"{report.tr(report.policy.title, lang)}\n{report.policy.source}"),
        (T("Global warming potentials"), f"IPCC {audit.gwp_set}"),
        (
            T("Missing factors"),
            report.tr(T("Never replaced: the record is excluded and stated with its quantity."), lang),
        ),
        (T("Bills across month ends"), report.tr(T("Split by calendar day."), lang)),
    ]
    columns = [Column("", 118, fixed=True), Column("", 1.0, most=30)]
    return Table(columns, [Row((report.tr(name, lang), text)) for name, text in said], header=False)


def _methods(report: ReportData, lang: str) -> Table:
    known = all_methods()
    counts: dict[str, int] = {}
    sums: dict[str, Decimal] = {}
    for line in report.inventory.lines:
        key = line.activity.method
        counts[key] = counts.get(key, 0) + 1
        if line.scope in LOCATION:
            sums[key] = sums.get(key, Decimal(0)) + line.tco2e
    columns = [
        Column(report.tr(T("Method"), lang), 1.0),
        Column(report.tr(T("Approach"), lang), 62, fixed=True),
        Column(report.tr(T("Standard or guideline"), lang), 2.0),
        Column(report.tr(T("Lines"), lang), 36, "right", fixed=True),
        Column(report.tr(T("Location-based, t CO2e"), lang), 84, "right", fixed=True),
    ]
    rows = [
        Row((
            report.tr(known[key].title if key in known else verbatim(key), lang),
            _approach(report, known.get(key), lang),
            known[key].source if key in known else "",
            str(count),
            tonnes(sums[key]) if key in sums else "–",
        ))
        for key, count in sorted(counts.items())
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL, pad=2.4)


def _approach(report: ReportData, method: Method | None, lang: str) -> str:
    """Of scope 3; elsewhere the method is the approach."""
    if method is None or not method.approach:
        return "–"
    return report.tr(APPROACH_TITLES.get(method.approach, verbatim(method.approach)), lang)


def _potentials(report: ReportData, lang: str) -> Table:
    gwp = report.package.library.gwp[report.package.audit.gwp_set]
    used = {amount.species for line in report.inventory.lines for amount in line.amounts}
    columns = [
        Column(report.tr(T("Gas"), lang), 0.8),
        Column(report.tr(T("Name"), lang), 1.2),
        Column("GWP 100", 60, "right", fixed=True),
        Column(report.tr(T("Published in"), lang), 2.6),
    ]
    rows = [
        Row((key, s.name.in_language(lang), exact(s.gwp), f"{gwp.publisher}, {gwp.edition}; {s.place}"))
        for key, s in sorted(gwp.species.items())
        if key in used
    ]
    return Table(columns, rows, SMALL_CELL, pad=2.4)
