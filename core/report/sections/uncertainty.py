"""How sure the totals are: by formula, by the draws that travel with the data, and what to measure better first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, show_number
from core.inventory.uncertainty import Coverage, Estimate, InputShare
from core.methods import SCOPE_TITLES
from core.report.data import ReportData, big_tonnes, bracketed, percent_of, signed_tonnes
from core.report.flow import Block, Figure, Figures, headed, heading, lead, note
from core.report.histogram import histogram
from core.report.style import BODY, GUTTER, SCOPE2, WIDTH
from core.report.table import Column, Row, Table

TITLE = T("Uncertainty")
ORDER = 44
_MOST = 8
_NAMES: dict[str, Text] = {
    **{key: SCOPE_TITLES[key] for key in ("scope1", "scope2_location", "scope2_market", "scope3")},
    "location": T("Total, location-based"),
    "market": T("Total, market-based"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """Figures, table, distribution, ranking. Nothing without emissions."""
    view = report.uncertainty.formula["location"]
    if not view.inputs:
        return []
    return [
        lead(report.tr(_opening(view.estimate), lang)),
        _figures(report, lang),
        heading(report.tr(T("Scopes and totals"), lang), f"uncertain-scopes-{lang}"),
        _table(report, lang),
        *_method(report, lang),
        *_drawn(report, lang),
        heading(report.tr(T("What to measure better first"), lang), f"uncertain-ranking-{lang}"),
        _ranking(report, lang),
        note(report.tr(_legend(), lang)),
    ]


def _opening(estimate: Estimate) -> Text:
    return T(
        "With 95 % confidence the location-based total lies between {low} and {high}, as far as its inputs are "
        "quantified.",
        low=signed_tonnes(estimate.low),
        high=signed_tonnes(estimate.high),
    )


def _legend() -> Text:
    return T(
        "Location-based. Contribution: share of the variance; all quantified inputs make 100 %. 10 %: by how much the "
        "total moves when the input moves by 10 %. A dash: nobody quantified it, so it counts as certain."
    )


def _plus_minus(value: Decimal | None) -> str:
    return "–" if value is None else f"±{percent_of(value)}"


def _figures(report: ReportData, lang: str) -> Figures:
    found = []
    for key in ("location", "market"):
        estimate = report.uncertainty.formula[key].estimate
        half = f"±{big_tonnes(estimate.half)} t CO2e"
        found.append(Figure(report.tr(_NAMES[key], lang), _plus_minus(estimate.percent), half, "", SCOPE2))
    coverage = report.uncertainty.formula["location"].estimate.coverage
    unknown = _unknown(coverage)
    found.append(
        Figure(report.tr(T("Not fully quantified"), lang), unknown, report.tr(T("of the tonnes"), lang), "", SCOPE2)
    )
    return Figures(found, GUTTER, size=20)


def _table(report: ReportData, lang: str) -> Table:
    drawn = report.package.draws
    columns = [
        Column("", 1.0),
        Column("t CO2e", 58, "right", fixed=True),
        Column("±", 42, "right", fixed=True),
        Column(report.tr(T("95 % interval by formula"), lang), 96, "right", fixed=True),
        Column(report.tr(T("by Monte Carlo"), lang), 96, "right", fixed=True),
        Column(report.tr(T("Not fully quantified"), lang), 54, "right", fixed=True),
    ]
    rows = []
    for key, name in _NAMES.items():
        one = report.uncertainty.formula[key].estimate
        shown = "–" if drawn is None else _interval(drawn.views[key].low, drawn.views[key].high)
        rows.append(Row((
            report.tr(name, lang), big_tonnes(one.tonnes), _plus_minus(one.percent), _interval(one.low, one.high),
            shown, _unknown(one.coverage),
        ), "total" if key == "location" else "line"))  # fmt: skip
    return Table(columns, rows, after=4)


def _unknown(coverage: Coverage) -> str:
    """Share of the tonnes of which activity data, factor or both are not quantified."""
    return percent_of(coverage.percent(coverage.total - coverage.both))


def _interval(low: Decimal, high: Decimal) -> str:
    return f"{big_tonnes(low)} – {big_tonnes(high)}"


def _method(report: ReportData, lang: str) -> list[Any]:
    by = T(
        "Formula: IPCC 2006 Guidelines, vol. 1, ch. 3, approach 1. Lines that share a factor share its error, and so "
        "do the bills of one meter; asymmetric or wide limits count as lognormal. What nobody quantified counts as "
        "certain and is told as a share of the tonnes."
    )
    return [note(report.tr(by, lang))]


def _drawn(report: ReportData, lang: str) -> list[Any]:
    drawn = report.package.draws
    if drawn is None:
        return [Block(report.tr(T("No Monte Carlo was drawn for this report."), lang), BODY)]
    said = T(
        "Approach 2, {draws} draws, seed {seed}, {generator}. Drawn once when the report was made: the recalculation "
        "does not draw again, but holds the draws against the formula.",
        draws=show_number(Decimal(drawn.draws), 0),
        seed=str(drawn.seed),
        generator=drawn.generator,
    )
    view, estimate = drawn.views["location"], report.uncertainty.formula["location"].estimate
    if view.edges[0] == view.edges[-1]:
        return [note(report.tr(said, lang))]
    limits = [
        (report.tr(T("2.5 %, formula"), lang), estimate.low),
        (report.tr(T("mean"), lang), view.mean),
        (report.tr(T("97.5 %, formula"), lang), estimate.high),
    ]
    axis = report.tr(T("How often each location-based total was drawn, t CO2e"), lang)
    chart = histogram(view.edges, view.counts, limits, WIDTH, 94, axis)
    title = report.tr(T("Monte Carlo"), lang)
    return headed(title, f"uncertain-drawn-{lang}", chart, note(report.tr(said, lang)))


def _ranking(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Input"), lang), 1.0, most=4),
        Column(report.tr(T("Kind"), lang), 74, fixed=True),
        Column("t CO2e", 58, "right", fixed=True),
        Column("±", 42, "right", fixed=True),
        Column(report.tr(T("Contribution"), lang), 58, "right", fixed=True),
        Column("10 %, t", 54, "right", fixed=True),
    ]
    names = {f.key: bracketed(f.title.in_language(lang), report.factor_number(f), lang) for f in report.factors}
    return Table(columns, [_input(report, one, names, lang) for one in _shown(report)], after=4, pad=1.8)


def _shown(report: ReportData) -> list[InputShare]:
    """The largest contributions; of those nobody quantified the two with the most tonnes."""
    found = report.uncertainty.formula["location"].inputs
    known = [one for one in found if one.variance]
    unknown = [one for one in found if one.percent is None]
    return [*known[:_MOST], *unknown[:2]]


def _input(report: ReportData, one: InputShare, names: dict[str, str], lang: str) -> Row:
    factor = one.kind == "factor"
    kind = T("Factor") if factor else T("Activity data")
    return Row((
        names.get(one.key, one.key) if factor else one.key,
        report.tr(kind, lang),
        big_tonnes(one.tonnes),
        _plus_minus(one.percent),
        "–" if one.variance is None else percent_of(one.variance),
        big_tonnes(one.ten_percent),
    ), "line" if one.percent is not None else "memo")  # fmt: skip
