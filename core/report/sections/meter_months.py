"""Every meter month by month, with its gaps and estimates: printed once, for its words are the plant's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.i18n import T
from core.inventory.energy.meters import StatedMeter, StatedMonth
from core.methods import exact_sum
from core.report.charts import readable
from core.report.data import ReportData
from core.report.flow import Gap, note
from core.report.meter_words import sign
from core.report.style import HOLE, PART, SMALL_CELL, Colour
from core.report.table import Column, Row, Table

TITLE = T("Appendix: meters by month")
ORDER = 78
ONCE = True
PAPER = "wide"
_MONTHS = 12
"""Columns of one table; longer periods have several."""


def story(report: ReportData, lang: str) -> list[Any]:
    """One table for each twelve months; nothing without meters that are read in intervals."""
    energy = report.package.energy
    meters = [] if energy is None else [one for one in energy.meters if one.months]
    if not meters:
        return []
    said = T(
        "Sum of the values there are, of a sensor their mean. ○: no value in the month; a number with ○: some are "
        "missing. e: with an estimated value. Nothing was filled in."
    )
    flow: list[Any] = [note(report.tr(said, lang))]
    for start in range(0, len(report.months), _MONTHS):
        flow += [_table(report, meters, slice(start, start + _MONTHS), lang), Gap(8)]
    return flow[:-1]


def _table(report: ReportData, meters: Sequence[StatedMeter], part: slice, lang: str) -> Table:
    names = report.month_names(lang)[part]
    columns = [
        Column(report.tr(T("Meter"), lang), 1.0, most=3),
        Column("", 26, fixed=True),
        *(Column(name, 36, "right", fixed=True) for name in names),
        Column(report.tr(T("Sum, mean"), lang), 46, "right", fixed=True),
    ]
    wanted = [month.start.replace(day=1) for month in report.months[part]]
    return Table(columns, [_row(one, wanted) for one in meters], SMALL_CELL, pad=1.9)


def _row(meter: StatedMeter, wanted: Sequence[Any]) -> Row:
    held = {one.month: one for one in meter.months}
    months = [held.get(month) for month in wanted]
    grounds = [(place, _ground(one)) for place, one in enumerate(months, 2)]
    known = [one for one in months if one is not None]
    whole = meter.reading(exact_sum(one.total for one in known), sum(one.present for one in known))
    return Row(
        (
            meter.name,
            sign(meter.unit),
            *(_cell(meter, one) for one in months),
            "–" if whole is None else readable(whole),
        ),
        grounds=tuple((place, colour) for place, colour in grounds if colour is not None),
    )


def _ground(one: StatedMonth | None) -> Colour | None:
    if one is None or not one.present:
        return HOLE
    return None if one.complete else PART


def _cell(meter: StatedMeter, one: StatedMonth | None) -> str:
    shown = None if one is None else meter.reading(one.total, one.present)
    if one is None or shown is None:
        return "○"
    return readable(shown) + ("e" if one.estimated else "") + ("" if one.complete else "○")
