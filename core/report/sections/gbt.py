"""The same lines as GB/T 32150-2025 sums them up: burning, process, energy bought and sold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.inventory.views import GbtRow, GbtView
from core.report.data import ReportData, signed_tonnes, tonnes
from core.report.flow import heading, lead, note
from core.report.table import Column, Row, Table

TITLE = T("GB/T 32150-2025: summary")
ORDER = 28
VIEW = "gbt"
_WITHOUT, _WITH = T("Total without bought and sold energy"), T("Total with bought, less sold energy")


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing for a plant outside of China, unless its policy asks for it."""
    view = report.gbt
    if view is None:
        return []
    opening = T(
        "By GB/T 32150-2025 the plant caused {whole}; without energy bought and sold {direct}.",
        whole=signed_tonnes(view.with_energy, "t CO2"),
        direct=signed_tonnes(view.without_energy, "t CO2"),
    )
    return [
        lead(report.tr(opening, lang)),
        heading(report.tr(T("Emissions by part"), lang), f"gbt-parts-{lang}"),
        _summary(report, view, lang),
        note(report.tr(_rules(), lang)),
    ]


def _rules() -> Text:
    return T(
        "Fuels and energy count with their CO2; CH4 and N2O of burning stand beside. Process, waste and leaks count "
        "with every gas. Proven non-fossil electricity counts as zero. Activity data, parameters and their proof "
        "stand in the appendix."
    )


def _summary(report: ReportData, view: GbtView, lang: str) -> Table:
    columns = [
        Column("", 1.6, most=3),
        Column(report.tr(T("Counted, t"), lang), 84, "right", fixed=True),
        Column(report.tr(T("Taken off for non-fossil power, t"), lang), 84, "right", fixed=True),
        Column(report.tr(T("Other gases beside, t CO2e"), lang), 84, "right", fixed=True),
        Column(report.tr(T("Lines"), lang), 36, "right", fixed=True),
    ]

    def shown(keys: tuple[str, ...]) -> list[Row]:
        return [_row(report, view.row(key), lang) for key in keys]

    rows = [
        *shown(("combustion", "process", "waste", "fugitive")),
        Row((report.tr(_WITHOUT, lang), tonnes(view.without_energy), "", "", ""), "total"),
        *shown(("purchased_electricity", "purchased_heat", "exported_electricity", "exported_heat")),
        Row((report.tr(_WITH, lang), tonnes(view.with_energy), "", "", ""), "total"),
        *shown(("not_applied", "outside")),
        Row((report.tr(T("Biogenic CO2, apart (t)"), lang), _or_dash(view.biogenic), "", "", ""), "memo"),
    ]
    return Table(columns, rows, after=4)


def _row(report: ReportData, row: GbtRow, lang: str) -> Row:
    name = report.tr(row.row.title, lang)
    lines = str(len(row.details)) if row.details else "–"
    if not row.sign:
        return Row((name, "–", "–", _or_dash(row.row.tco2e), lines), "memo")
    counted = row.counted * row.sign
    return Row((name, _or_dash(counted), _or_dash(row.zero_rated), _or_dash(row.beside), lines))


def _or_dash(value: Decimal) -> str:
    return tonnes(value) if value else "–"
