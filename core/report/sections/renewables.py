"""Renewable electricity: three shares, whether a claim would hold, the instruments behind it, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.parts import CONTRACTS as BOUGHT
from core.renewables.parts import LINE, NUCLEAR, OWN_PART, PARTS, UNCOVERED, UNTITLED
from core.renewables.shares import CERTIFIED, VIEWS, Share, zero_carbon
from core.renewables.words import MEANT
from core.renewables.words import PARTS as PART_NAMES
from core.renewables.words import VIEWS as VIEW_NAMES
from core.report.charts import Series, month_stack
from core.report.data import ReportData
from core.report.facts import mwh
from core.report.flow import Figure, Figures, Gap, Remark, headed, heading, lead, note
from core.report.plans.supply import hourly, instruments, way
from core.report.plans.words import changed_rules, down, judged_table, left_aside, source_of, titled
from core.report.style import (
    ACCENT,
    BODY,
    GUTTER,
    SCOPE1,
    SCOPE2,
    SCOPE3,
    SIGNAL,
    SOLAR,
    SOLAR_DEEP,
    WIDTH,
    Colour,
)
from core.report.table import Column, Row, Table

TITLE = T("Renewable electricity")
ORDER = 36

_LOOK: dict[str, tuple[Colour, bool]] = {
    OWN_PART: (SOLAR, False), LINE: (SOLAR_DEEP, False), BOUGHT: (SCOPE2, False), NUCLEAR: (SCOPE1, True),
    UNTITLED: (SOLAR, True), UNCOVERED: (SCOPE3, False),
}  # fmt: skip


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when the plant has no instruments, no options and promises no share."""
    plans = report.plans
    if not plans.of_renewables:
        return []
    year = plans.shares.year
    return [
        lead(report.tr(_opening(year, plans.year), lang)),
        *_shares(report, year, lang),
        *_months(report, lang),
        *_claim(report, lang),
        *instruments(report, lang),
        *_zero_carbon(report, year, lang),
        *hourly(report, lang),
        *way(report, lang),
        *changed_rules(report, plans.changed("iso_14068", *_OF_TARGETS, beside=True), "renewables", lang),
        *left_aside(report, lang),
    ]


_OF_TARGETS = ("sbti_nz_1_3", "sbti_nz_2_0", "own", "national_cn", "actions")


def _opening(year: Share, name: int) -> Text:
    if not year.used:
        return T("No use of electricity is recorded for {year}.", year=str(name))
    return T(
        "Of {used} MWh of electricity that the plant used in {year}, {share} is renewable with certificates.",
        used=mwh(year.used),
        year=str(name),
        share=down(year.shown(CERTIFIED)),
    )


def _shares(report: ReportData, year: Share, lang: str) -> list[Any]:
    figures = [
        Figure(report.tr(VIEW_NAMES[view], lang), down(year.shown(view)), f"{mwh(year.kwh(view))} MWh",
               report.tr(MEANT[view], lang), colour)
        for view, colour in zip(VIEWS, (SCOPE2, SOLAR_DEEP, SOLAR), strict=True)
    ]  # fmt: skip
    said = T(
        "Each share is taken of all electricity used, own generation included. Shares are rounded down, so 100 % is "
        "shown only when all of it is; they answer different questions and are never added."
    )
    return [Figures(figures, GUTTER, after=6, size=20), note(report.tr(said, lang))]


def _months(report: ReportData, lang: str) -> list[Any]:
    parts = report.plans.parts
    series = []
    for part in PARTS:
        values = tuple(EXACT.divide(one.kwh(part), Decimal(1000)) for one in parts)
        if any(values):
            series.append(Series(report.tr(PART_NAMES[part], lang), values, *_LOOK[part]))
    axis = report.tr(T("Electricity used, MWh per month"), lang)
    chart = month_stack(series, report.month_names(lang), WIDTH, 168, axis)
    title = report.tr(T("What the electricity was made of, by month"), lang)
    return [*headed(title, f"renewable-months-{lang}", chart), Gap(8), _month_table(report, lang)]


def _month_table(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Month"), lang), 1.0),
        Column(report.tr(T("Used, MWh"), lang), 84, "right", fixed=True),
        *(Column(report.tr(VIEW_NAMES[view], lang), 92, "right", fixed=True) for view in VIEWS),
    ]
    shares = report.plans.shares
    rows = [
        Row((name, mwh(one.used), *(down(one.shown(view)) for view in VIEWS)))
        for name, one in zip(report.month_names(lang), shares.months, strict=True)
    ]
    year = shares.year
    whole = Row((report.tr(T("Whole period"), lang), mwh(year.used), *(down(year.shown(v)) for v in VIEWS)), "total")
    return Table(columns, [*rows, whole], after=4, pad=2.0)


def _claim(report: ReportData, lang: str) -> list[Any]:
    """Whether 100 % could be said, and everything that stands against it."""
    claim = report.plans.claim
    missing = exact_sum((claim.share.used, -claim.share.certified))
    if claim.holds:
        said = T("The claim would hold: every kilowatt-hour is covered and nothing is open.")
    else:
        said = T(
            "The claim would not hold. Points open: {count}; electricity not covered: {energy} MWh.",
            count=len(claim.stops),
            energy=mwh(missing),
        )
    return [
        heading(report.tr(T("Would a claim of 100 % renewable electricity hold?"), lang), f"claim-100-{lang}"),
        Remark(report.tr(said, lang), BODY, ACCENT if claim.holds else SIGNAL),
        *judged_table(report, claim.judged, lang),
    ]


def _zero_carbon(report: ReportData, year: Share, lang: str) -> list[Any]:
    """What is asked of the physically traced share of a zero-carbon factory; in China alone."""
    if report.inventory.plant.country != "CN" or not year.used:
        return []
    columns = [
        Column(report.tr(T("Asked of the physically traced share"), lang), 1.2, most=4),
        Column(report.tr(T("At least"), lang), 44, "right", fixed=True),
        Column(report.tr(T("Here"), lang), 44, "right", fixed=True),
        Column("", 62, fixed=True),
        Column(report.tr(T("Where it stands"), lang), 1.3, most=6),
    ]
    here = down(year.shown("traced"))
    rows = []
    for one in zero_carbon(year, report.plans.rules):
        state = T("does not apply") if not one.applies else T("reached") if one.reached else T("not reached")
        rows.append(Row((one.title.in_language(lang), f"{one.ruling.value} %", here, report.tr(state, lang),
                         source_of(one.ruling, lang)), "line" if one.applies else "memo"))  # fmt: skip
    title = report.tr(T("Zero-carbon factory"), lang)
    said = T("Sources contradict each other about these numbers: they are parameters, each with its source.")
    table = Table(columns, rows, after=4, pad=2.2)
    return [*titled(title, f"zero-carbon-{lang}", table), note(report.tr(said, lang))]
