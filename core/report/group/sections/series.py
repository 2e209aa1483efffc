"""The years: as they were consolidated then, and as the group is now; the base year and its recalculation."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.report.curves import Curve, curves
from core.report.data import percent_of, tonnes
from core.report.flow import Block, Gap, headed, heading, lead, note
from core.report.group.data import GroupData, change_of
from core.report.group.package import SeriesYear
from core.report.style import BODY, MUTED, SCOPE1, SCOPE2, WIDTH
from core.report.table import Column, Row, Table

TITLE = T("Over the years, and the base year")
ORDER = 40
_MOST = 30


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
    flow += [heading(data.tr(T("Both series, t CO2e"), lang), f"series-{lang}"), _table(data, years, lang)]
    if all(one.original == one.recalculated for one in years):
        flow.append(
            note(data.tr(T("Recalculated, the series is the same: nothing was bought, sold or restated."), lang))
        )
    else:
        words = T("As then: from the reports first accepted, with the shares of those days. Recalculated: from the "
                  "reports that hold today, with the shares at the end of the year; what was bought is in all years, "
                  "what was sold in none. Organic growth and decline change nothing.")  # fmt: skip
        flow.append(note(data.tr(words, lang)))
    return [*flow, *_lacking(data, years, lang)]


def _opening(data: GroupData) -> Text:
    held = {one.year: one for one in data.contents.series}
    base, now = held.get(data.group.base_year), held.get(data.contents.year)
    if not data.group.base_year:
        return T("No base year was chosen.")
    if base is None or now is None:
        return T("The base year {year} has no reports yet.", year=str(data.group.base_year))
    if base is now:
        return T("{year} is the base year itself.", year=str(base.year))
    signed = change_of(base.recalculated["location"], now.recalculated["location"])
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
        Curve(data.tr(T("Location-based"), lang), tuple(one.recalculated["location"] for one in years), SCOPE1),
        Curve(data.tr(T("Market-based"), lang), tuple(one.recalculated["market"] for one in years), SCOPE2),
    ]
    if any(one.original != one.recalculated for one in years):
        then = tuple(one.original["location"] for one in years)
        lines.append(Curve(data.tr(T("Location-based, as then"), lang), then, MUTED, dashed=True))
    return lines


def _table(data: GroupData, years: tuple[SeriesYear, ...], lang: str) -> Table:
    columns = [
        Column(data.tr(T("Year"), lang), 34, fixed=True),
        *(
            Column(f"{data.tr(view, lang)}\n{data.tr(which, lang)}", 84, "right", fixed=True)
            for view in (T("Location-based"), T("Market-based"))
            for which in (T("as then"), T("recalculated"))
        ),
        Column(data.tr(T("recalculated, location-based, against base year"), lang), 1.0, "right"),
    ]
    base = next((one.recalculated["location"] for one in years if one.year == data.group.base_year), None)
    rows = []
    for one in years:
        now = one.recalculated["location"]
        change = "–" if base is None or one.year == data.group.base_year else change_of(base, now)
        rows.append(
            Row((
                str(one.year),
                *(tonnes(side[view]) for view in ("location", "market") for side in (one.original, one.recalculated)),
                change,
            ))
        )  # fmt: skip
    return Table(columns, rows, pad=2.8)


def _lacking(data: GroupData, years: tuple[SeriesYear, ...], lang: str) -> list[Any]:
    """A series with holes says so."""
    return [Block(f"–\u2002{data.tr(_named(one), lang)}", BODY.but(after=3)) for one in years if one.lacking]


def _named(one: SeriesYear) -> Text:
    return T("{year}: no report of {plants}; not in either number, or in one.", year=str(one.year),
             plants=list(one.lacking[:_MOST]))  # fmt: skip
