"""Appendix: what each source emitted in each month, holes visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.i18n import T, Text, verbatim
from core.inventory.views import MatrixRow
from core.methods import all_methods, exact_sum
from core.report.charts import readable
from core.report.data import ReportData
from core.report.flow import Gap, note
from core.report.style import HOLE, PART, SMALL_CELL, Colour
from core.report.table import Column, Row, Table

TITLE = T("Appendix: sources by month")
ORDER = 80
ONCE = True
PAPER = "wide"
_MOST = 90
"""More series than these are added up by category; each line stands in the last appendix."""
_MONTHS = 12
"""Columns of one table; longer periods have several."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """One row: a series, or all series of a category."""

    name: str
    tonnes: tuple[Decimal, ...]
    states: tuple[str, ...]
    """``hole``, ``part`` or something else, for each month."""
    estimated: tuple[bool, ...]


def story(report: ReportData, lang: str) -> list[Any]:
    """One table for each twelve months; nothing without lines."""
    rows = report.matrix.rows
    if not rows:
        return []
    sums = [_series(report, row, lang) for row in rows] if len(rows) <= _MOST else _categories(report, rows, lang)
    flow: list[Any] = [note(report.tr(_legend(len(rows) > _MOST), lang))]
    for start in range(0, len(report.months), _MONTHS):
        flow += [_table(report, sums, slice(start, start + _MONTHS), lang), Gap(8)]
    return flow[:-1]


def _legend(added_up: bool) -> Text:
    if added_up:
        return T(
            "t CO2e, location-based; the series are added up by category. ○: a month without any record in at least "
            "one of them. e: with an estimated value. Nothing was filled in."
        )
    return T(
        "t CO2e, location-based. ○: no record, and one was expected; a number with ○: records for a part of the days. "
        "e: with an estimated value. Nothing was filled in."
    )


def _series(report: ReportData, row: MatrixRow, lang: str) -> _Sum:
    name = f"{row.source}\n{report.tr(report.item_name(row.item), lang)}"
    return _Sum(
        name, tuple(c.tonnes for c in row.cells), tuple(c.state for c in row.cells),
        tuple(c.estimated for c in row.cells),
    )  # fmt: skip


def _categories(report: ReportData, rows: Sequence[MatrixRow], lang: str) -> list[_Sum]:
    filed: dict[tuple[int, str], list[MatrixRow]] = {}
    for row in rows:
        filed.setdefault((row.category, "" if row.category else row.method), []).append(row)
    found = []
    for (category, method), own in filed.items():
        known = all_methods().get(method)
        title = known.title if known is not None else verbatim(method)
        name = report.category_name(category, lang) if category else report.tr(title, lang)
        columns = list(zip(*(row.cells for row in own), strict=True))
        states = tuple("hole" if any(c.state == "hole" for c in cells) else "full" for cells in columns)
        sums = tuple(exact_sum(c.tonnes for c in cells) for cells in columns)
        found.append(_Sum(name, sums, states, tuple(any(c.estimated for c in cells) for cells in columns)))
    return sorted(found, key=lambda s: (-exact_sum(s.tonnes), s.name))


def _table(report: ReportData, sums: Sequence[_Sum], part: slice, lang: str) -> Table:
    months = report.month_names(lang)[part]
    columns = [
        Column(report.tr(T("Source"), lang), 1.0, most=4),
        *(Column(month, 35, "right", fixed=True) for month in months),
        Column(report.tr(T("Sum"), lang), 46, "right", fixed=True),
    ]
    rows = [_row(one, part) for one in sums]
    whole = [exact_sum(one.tonnes[i] for one in sums) for i in range(*part.indices(len(report.months)))]
    total = (report.tr(T("Total"), lang), *(readable(v) for v in whole), readable(exact_sum(whole)))
    return Table(columns, [*rows, Row(total, "total")], SMALL_CELL, pad=1.7)


def _row(one: _Sum, part: slice) -> Row:
    cells = list(zip(one.tonnes[part], one.states[part], one.estimated[part], strict=True))
    grounds = [(place, _ground(state, value)) for place, (value, state, _) in enumerate(cells, 1)]
    shown = tuple(_cell(*cell) for cell in cells)
    whole = readable(exact_sum(one.tonnes[part]))
    return Row((one.name, *shown, whole), grounds=tuple((place, c) for place, c in grounds if c is not None))


def _ground(state: str, value: Decimal) -> Colour | None:
    if state == "hole":
        return PART if value else HOLE
    return PART if state == "part" else None


def _cell(value: Decimal, state: str, estimated: bool) -> str:
    if state == "hole" and not value:
        return "○"
    if not value and state in ("none", "outside"):
        return "·"
    marks = ("e" if estimated else "") + ("○" if state in ("hole", "part") else "")
    return f"{readable(value)}{marks}"
