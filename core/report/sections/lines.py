"""Appendix: every line of the inventory, grouped by scope, the memo last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import T
from core.inventory.views import by_scope
from core.methods import Line
from core.report.data import SCOPE_NAMES, ReportData, exact, tonnes
from core.report.flow import note
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Appendix: all lines")
ORDER = 90
ONCE = True
PAPER = "wide"


def story(report: ReportData, lang: str) -> list[Any]:
    """One table; each scope opens with its name and closes with its sum."""
    rows: list[Row] = []
    for scope, lines in by_scope(report.inventory.lines).items():
        if lines:
            rows.append(Row(("", report.tr(SCOPE_NAMES[scope], lang), *[""] * 8), "group"))
            rows += _rows(report, lines, lang)
            whole = sum((line.tco2e for line in lines), Decimal(0))
            rows.append(Row(("", report.tr(T("Sum"), lang), *[""] * 6, tonnes(whole), ""), "total"))
    legend = T(
        "e: estimated value. F: number of the factor in the table of factors. "
        "All digits, gases and traces stand in audit.json."
    )
    return [note(report.tr(legend, lang)), Table(_columns(report, lang), rows, SMALL_CELL, pad=1.7)]


def _rows(report: ReportData, lines: Iterable[Line], lang: str) -> Iterator[Row]:
    """The lines; those of scope 3 below the name of their category."""
    filed: dict[int, list[Line]] = {}
    for line in lines:
        filed.setdefault(line.category, []).append(line)
    for number in sorted(filed):
        if number:
            yield Row(("", report.category_name(number, lang), *[""] * 8), "group")
        yield from (Row(_cells(report, line, lang)) for line in filed[number])


def _columns(report: ReportData, lang: str) -> list[Column]:
    def title(text: Any) -> str:
        return report.tr(text, lang, "\n")

    return [
        Column(title(T("Record")), 42, fixed=True, most=3),
        Column(title(T("Source")), 1.3, most=3),
        Column(title(T("Item")), 1.15, most=3),
        Column(title(T("Period")), 84, fixed=True),
        Column(title(T("Quantity")), 56, "right", fixed=True),
        Column(title(T("Unit")), 34, fixed=True),
        Column(title(T("Factor")), 50, "right", fixed=True),
        Column("", 66, fixed=True),
        Column("t CO2e", 54, "right", fixed=True),
        Column("", 24, fixed=True),
    ]


def _cells(report: ReportData, line: Line, lang: str) -> tuple[str, ...]:
    activity, factor = line.activity, line.factor
    marks = ("e " if activity.estimated else "") + report.factor_number(factor)
    return (
        activity.id,
        activity.source,
        report.tr(report.item_name(activity.item), lang),
        _span(line.portion.start, line.portion.end),
        exact(line.portion.quantity, 3),
        report.unit(activity.unit),
        exact(factor.value),
        report.unit(factor.unit),
        tonnes(line.tco2e),
        marks,
    )


def _span(start: date, end: date) -> str:
    return f"{start.isoformat()} – {end.isoformat()}"
