"""Page 1: which group, which year, how consolidated, how much, and the two signatures."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text, show_date
from core.report.band import Band, Said
from core.report.data import APPROACH_NAMES, BOTH, big_tonnes, comma, percent_of
from core.report.flow import Block, Columns, Figure, Figures, Flowable, Gap
from core.report.group.data import REPORTED, SHORT_SCOPES, GroupData, change_of
from core.report.lines import shorten, tidy, wrap
from core.report.style import ACCENT, GUTTER, HALF, INK, LABEL, SCOPE1, SCOPE2, SCOPE3, Colour, Style

TITLE = T("Cover")
ORDER = 0
ONCE = True
PAPER = "cover"

_VALUE = Style(9, 12.2)
_COLOURS: tuple[Colour, ...] = (SCOPE1, SCOPE2, SCOPE2, SCOPE3)


def story(data: GroupData, lang: str) -> list[Any]:
    """The coloured ground with the group's name, the totals, how they were put together."""
    unit = "t CO2e"
    big = [
        Figure(data.tr(T("Total, location-based"), lang, "\n"), big_tonnes(data.location), unit, "", ACCENT),
        Figure(data.tr(T("Total, market-based"), lang, "\n"), big_tonnes(data.market), unit, "", ACCENT),
    ]
    parts = [
        Figure(data.tr(SHORT_SCOPES[scope], lang, "\n"), big_tonnes(data.totals[scope]), unit, "", colour)
        for scope, colour in zip(REPORTED, _COLOURS, strict=True)
    ]
    return [
        Band(_said(data, lang)),
        Gap(22),
        Figures(big, GUTTER, after=12, size=30),
        Figures(parts, GUTTER / 2, after=14, size=15),
        Columns(
            [(HALF, _pairs(data, _left(data, lang), lang)), (HALF, _pairs(data, _right(data, lang), lang))], GUTTER
        ),
    ]


def _said(data: GroupData, lang: str) -> Said:
    countries = len({plant.country for plant in data.plants})
    below = T("Plants: {plants}; countries: {countries}", plants=len(data.plants), countries=countries)
    return Said(
        kind=data.tr(T("Greenhouse gas inventory of the group"), lang),
        corner=data.tr(T("Consolidated"), lang),
        name=data.group.name,
        below=data.tr(below, lang),
        span=data.year,
        one_line=True,
    )


def _left(data: GroupData, lang: str) -> list[tuple[Text, str, int]]:
    approach = APPROACH_NAMES.get(data.contents.approach)
    base = str(data.group.base_year) if data.group.base_year else data.tr(T("none chosen"), lang)
    return [
        (T("Consolidation approach"), data.tr(approach, lang) if approach else data.contents.approach, 2),
        (T("Base year"), base, 1),
        *_against(data),
        (T("Criteria"), "GHG Protocol Corporate Standard; ISO 14064-1:2018", 2),
    ]


def _against(data: GroupData) -> list[tuple[Text, str, int]]:
    held = {one.year: one.recalculated["location"] for one in data.contents.series}
    before, now = held.get(data.group.base_year), held.get(data.contents.year)
    if before is None or now is None or data.group.base_year == data.contents.year:
        return []
    return [(T("Location-based, against the base year"), change_of(before, now), 1)]


def _sure(data: GroupData) -> list[tuple[Text, str, int]]:
    found = [one for one in data.contents.uncertainty if one.scope == "location"]
    return [(T("Uncertainty of the location-based total"), f"±{percent_of(one.percent)}", 1) for one in found]


def _right(data: GroupData, lang: str) -> list[tuple[Text, str, int]]:
    absent = data.contents.absent
    rests = T(
        "Signed reports: {reports}; plants that lack, wait or came late: {absent}",
        reports=len(data.contents.reports),
        absent=len(absent),
    )
    issue = data.contents.issue
    day = show_date(issue.moment.date(), "zh" if lang == BOTH else lang)
    return [
        (T("Rests on"), data.tr(rests, lang, "\n"), 4),
        *_sure(data),
        (T("Issued"), f"{day}{comma(lang)}{issue.issued_by}", 2),
    ]


def _pairs(data: GroupData, facts: list[tuple[Text, str, int]], lang: str) -> list[Flowable]:
    blocks: list[Flowable] = []
    for label, value, most in facts:
        lines = shorten(wrap(tidy(value), _VALUE.size, False, HALF), most)
        blocks.append(Block(data.tr(label, lang), LABEL))
        blocks.append(Block("\n".join(lines), Style(_VALUE.size, _VALUE.leading, colour=INK, after=5.5)))
    return blocks
