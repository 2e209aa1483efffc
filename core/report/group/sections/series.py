"""The years: as they were consolidated then, and as the group is now; the base year and its recalculation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.report.curves import Curve, curves
from core.report.data import percent, percent_of, tonnes
from core.report.flow import Block, Gap, headed, heading, lead, note
from core.report.group.data import REPORTED, SHORT_SCOPES, ZERO, GroupData, total
from core.report.group.package import SeriesYear
from core.report.style import BODY, MUTED, SCOPE1, SCOPE2, WIDTH
from core.report.table import Column, Row, Table

TITLE = T("Over the years, and the base year")
ORDER = 40


def story(data: GroupData, lang: str) -> list[Any]:
    """What changed since the base year, curves, both tables; nothing without another year."""
    years = data.contents.series
    if len(years) < 2 and data.contents.recalculation is None:
        return []
    flow: list[Any] = [lead(data.tr(_opening(data), lang)), *_recalculation(data, lang)]
    if len(years) > 1:
        chart = curves(_lines(data, years, lang), [str(one.year) for one in years], WIDTH, 190,
                       data.tr(T("Emissions, t CO2e"), lang))  # fmt: skip
        flow += [*headed(data.tr(T("Totals over the years"), lang), f"curves-{lang}", chart), Gap(4)]
    same = all(one.original == one.recalculated for one in years)
    flow += [
        heading(data.tr(T("As consolidated in each year, t CO2e"), lang), f"original-{lang}"),
        _table(data, years, "original", lang),
    ]
    if same:
        return [*flow, note(data.tr(T("Recalculated, the series is the same: nothing was bought or sold."), lang))]
    return [
        *flow,
        heading(data.tr(T("Recalculated for the group as it is now, t CO2e"), lang), f"recalculated-{lang}"),
        _table(data, years, "recalculated", lang),
        note(data.tr(T("Plants that were bought are in all years for which they reported, plants that were sold in "
                       "none; organic growth and decline change nothing."), lang)),
    ]  # fmt: skip


def _opening(data: GroupData) -> Text:
    held = {one.year: one for one in data.contents.series}
    base, now = held.get(data.group.base_year), held.get(data.contents.year)
    if not data.group.base_year:
        return T("No base year was chosen.")
    if base is None or now is None:
        return T("The base year {year} has no reports yet.", year=str(data.group.base_year))
    if base is now:
        return T("{year} is the base year itself.", year=str(base.year))
    before, after = total(base.recalculated), total(now.recalculated)
    change = percent(after - before, abs(before))
    signed = f"+{change}" if after > before and before else change
    return T("Against the base year {year}, recalculated, the location-based total changed by {change}.",
             year=str(base.year), change=signed)  # fmt: skip


def _recalculation(data: GroupData, lang: str) -> list[Any]:
    one = data.contents.recalculation
    if one is None:
        return []
    said = (
        T("Structure, methods and errors change the base year by {change}, at or above the threshold of {threshold}: "
          "it is recalculated.", change=percent_of(one.change, 2), threshold=percent_of(one.threshold, 1))
        if one.needed
        else T("Structure, methods and errors change the base year by {change}, below the threshold of {threshold}: "
               "it stays as it is.", change=percent_of(one.change, 2), threshold=percent_of(one.threshold, 1))
    )  # fmt: skip
    reasons = [Block(f"–\u2002{data.tr(reason, lang)}", BODY.but(after=3)) for reason in one.reasons]
    return [Block(data.tr(said, lang), BODY), *reasons]


def _lines(data: GroupData, years: tuple[SeriesYear, ...], lang: str) -> list[Curve]:
    lines = [
        Curve(data.tr(T("Location-based"), lang), tuple(total(one.recalculated) for one in years), SCOPE1),
        Curve(data.tr(T("Market-based"), lang), tuple(total(one.recalculated, "market") for one in years), SCOPE2),
    ]
    if any(one.original != one.recalculated for one in years):
        name = T("Location-based, as then")
        lines.append(Curve(data.tr(name, lang), tuple(total(one.original) for one in years), MUTED, dashed=True))
    return lines


def _table(data: GroupData, years: tuple[SeriesYear, ...], which: str, lang: str) -> Table:
    columns = [
        Column(data.tr(T("Year"), lang), 1.0),
        *(Column(data.tr(SHORT_SCOPES[scope], lang), 70, "right", fixed=True) for scope in REPORTED),
        Column(data.tr(T("Total, location-based"), lang), 74, "right", fixed=True),
        Column(data.tr(T("against base year"), lang), 52, "right", fixed=True),
    ]
    base = next((getattr(one, which) for one in years if one.year == data.group.base_year), None)
    rows = []
    for one in years:
        scopes: Mapping[str, Decimal] = getattr(one, which)
        change = "–" if base is None else percent(total(scopes) - total(base), abs(total(base)))
        rows.append(Row((str(one.year), *(tonnes(scopes.get(scope, ZERO)) for scope in REPORTED), tonnes(total(scopes)),
                         change)))  # fmt: skip
    return Table(columns, rows, pad=2.4)
