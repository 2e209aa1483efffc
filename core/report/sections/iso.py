"""The same lines as ISO 14064-1 sees them: six categories by gas, and which of them are significant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.inventory.views import Row as Sums
from core.library import GASES
from core.methods import exact_sum
from core.report.data import ReportData, exact, percent_of, signed_tonnes, tonnes
from core.report.flow import headed, heading, lead, note
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("ISO 14064-1: categories 1 to 6")
ORDER = 26
VIEW = "iso"
_SIGNIFICANCE: dict[str, Text] = {
    "significant": T("Significant"),
    "not_significant": T("Not significant"),
    "unknown": T("Not known"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """Emissions by category and gas; significance with its reason."""
    opening = T(
        "In the six categories of ISO 14064-1:2018 the plant caused {total}; with imported energy market-based "
        "{market}.",
        total=signed_tonnes(report.iso.total),
        market=signed_tonnes(report.iso.total_market),
    )
    absent = [gas for gas in GASES if gas not in _emitted(report)]
    placed = T(
        "The upstream of fuels and grid losses stand in category 4, waste in 4, commuting and travel in 3: annex B "
        "of the standard. Imported energy is location-based; market-based it is stated beside."
    )
    return [
        lead(report.tr(opening, lang)),
        heading(report.tr(T("Emissions by category and gas, t CO2e"), lang), f"iso-gases-{lang}"),
        _gases(report, lang),
        *([note(report.tr(T("No emissions of: {gases}.", gases=absent), lang))] if absent else ()),
        note(report.tr(placed, lang)),
        *headed(
            report.tr(T("Significance of the categories"), lang),
            f"iso-significance-{lang}",
            _significance(report, lang),
            note(report.tr(_criterion(report), lang)),
        ),
    ]


def _gases(report: ReportData, lang: str) -> Table:
    view, gases = report.iso, _emitted(report)
    columns = [
        Column("", 1.0, most=4),
        *(Column(gas, 38 if gas != "CO2" else 50, "right", fixed=True) for gas in gases),
        Column(report.tr(T("Total"), lang), 50, "right", fixed=True),
    ]
    rows: list[Row] = []
    for category in view.categories:
        name = f"{category.number}\u2002{report.tr(category.row.title, lang)}"
        rows.append(Row((name, *_amounts(category.row, gases)), "group"))
        rows += [Row((f"{p.key}\u2002{report.tr(p.title, lang)}", *_amounts(p, gases))) for p in category.parts]
    whole = [exact_sum(c.row.gases[gas] for c in view.categories) for gas in gases]
    rows.append(Row((report.tr(T("Total"), lang), *(_short(v) for v in (*whole, view.total))), "total"))
    rows += [Row((report.tr(memo.title, lang), *_amounts(memo, gases)), "memo") for memo in view.memos if memo.lines]
    if view.biogenic:
        said = report.tr(T("Biogenic CO2, apart (t)"), lang)
        rows.append(Row((said, *[""] * len(gases), _short(view.biogenic)), "memo"))
    return Table(columns, rows, SMALL_CELL, after=4, pad=2.4)


def _emitted(report: ReportData) -> list[str]:
    """Gases that any row has; the others are named below the table."""
    return [gas for gas in GASES if gas == "CO2" or any(row.gases[gas] for row in report.iso.rows)]


def _amounts(row: Sums, gases: list[str]) -> tuple[str, ...]:
    return tuple(_short(value) for value in (*(row.gases[gas] for gas in gases), row.tco2e))


def _short(value: Decimal) -> str:
    """Tonnes to two decimals from a tonne on, else to the kilogram; a dash for nothing, so that numbers stand out."""
    return "–" if not value else exact(round(value, 2), 2) if abs(value) >= 1 else tonnes(value)


def _criterion(report: ReportData) -> Text:
    return T(
        "Criterion of the proposals: {limit} % of the location-based total. A decision of the plant, with its reason, "
        "stands in place of the proposal.",
        limit=report.iso.threshold,
    )


def _significance(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Category"), lang), 1.3),
        Column(report.tr(T("Share"), lang), 40, "right", fixed=True),
        Column(report.tr(T("Significance"), lang), 78, fixed=True),
        Column(report.tr(T("Basis"), lang), 62, fixed=True),
        Column(report.tr(T("Reason"), lang), 1.6, most=12),
    ]
    rows = [
        Row((
            f"{c.number}\u2002{report.tr(c.row.title, lang)}",
            percent_of(c.share) if c.row.lines else "–",
            report.tr(_SIGNIFICANCE[c.significance], lang),
            report.tr(T("Decided") if c.decided else T("Proposed"), lang),
            report.tr(c.reason, lang),
        ))
        for c in report.iso.categories
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL, after=4, pad=2.4)
