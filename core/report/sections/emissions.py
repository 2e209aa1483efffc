"""Charts: the scopes in both views, the sources, the months."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.i18n import T
from core.inventory import by_month, by_source
from core.methods import Line
from core.report.charts import Bar, Series, compare, horizontal_bars, month_stack
from core.report.data import ReportData, percent
from core.report.flow import Gap, headed, lead, note
from core.report.style import SCOPE1, SCOPE2, SCOPE3, WIDTH, Colour

TITLE = T("Where the emissions come from")
ORDER = 20
_MOST = 12
"""Sources shown one by one; the rest is one bar."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Three charts with their message in words."""
    sources = by_source(report.counted)
    if not sources:
        return [lead(report.tr(T("No emissions were recorded in this period."), lang))]
    months = [by_month(report.counted, report.period, (scope,)) for scope in ("scope1", "scope2_location", "scope3")]
    return [
        _message(report, sources, lang),
        *headed(
            report.tr(T("By scope: location-based and market-based"), lang),
            f"chart-scopes-{lang}",
            _both_views(report, lang),
        ),
        Gap(6),
        *headed(
            report.tr(T("By source"), lang),
            f"chart-sources-{lang}",
            _sources(report, sources, lang),
            note(report.tr(T("Location-based. The share refers to the location-based total."), lang)),
        ),
        *_categories(report, lang),
        *headed(
            report.tr(T("By month"), lang),
            f"chart-months-{lang}",
            _months(report, months, lang),
            note(report.tr(T("Location-based. Bills that cross the end of a month are split by calendar day."), lang)),
        ),
    ]


def _message(report: ReportData, sources: dict[str, Decimal], lang: str) -> Any:
    total = report.inventory.totals.location
    name, value = next(iter(sources.items()))
    sentence = T(
        "The largest source is {name} with {share} of the location-based total.", name=name, share=percent(value, total)
    )
    return lead(report.tr(sentence, lang))


def _both_views(report: ReportData, lang: str) -> Any:
    scopes = report.inventory.totals.scopes
    looks: tuple[tuple[Colour, bool], ...] = ((SCOPE1, False), (SCOPE2, False), (SCOPE3, True))
    names = [report.tr(text, lang) for text in (T("Scope 1"), T("Scope 2"), T("Scope 3"))]
    sides = []
    for second in ("scope2_location", "scope2_market"):
        keys = ("scope1", second, "scope3")
        bars = [Bar(n, scopes[k], c, h) for n, k, (c, h) in zip(names, keys, looks, strict=True) if scopes[k]]
        sides.append(bars)
    titles = (report.tr(T("Location-based"), lang), report.tr(T("Market-based"), lang))
    return compare(sides[0], sides[1], titles, WIDTH, 176, report.tr(T("Emissions, t CO2e"), lang))


def _sources(report: ReportData, sources: dict[str, Decimal], lang: str) -> Any:
    colours = dominant(report.counted)
    shown, rest = list(sources.items())[:_MOST], list(sources.items())[_MOST:]
    bars = [Bar(name, value, *colours[name]) for name, value in shown]
    if rest:
        name = report.tr(T("Other sources: {count}", count=len(rest)), lang)
        bars.append(Bar(name, sum((v for _, v in rest), Decimal(0)), SCOPE3))
    axis = report.tr(T("Emissions, t CO2e (share of total)"), lang)
    return horizontal_bars(bars, WIDTH, axis, report.inventory.totals.location)


def _categories(report: ReportData, lang: str) -> list[Any]:
    """Bars of the categories of scope 3 that have emissions; nothing when there are none."""
    totals = report.inventory.totals
    found = [(number, tonnes) for number, tonnes in totals.categories.items() if tonnes]
    if not found:
        return []
    bars = [Bar(report.category_name(number, lang), value, SCOPE3, hatched=True) for number, value in found]
    axis = report.tr(T("Emissions, t CO2e (share of scope 3)"), lang)
    chart = horizontal_bars(bars, WIDTH, axis, totals.scopes["scope3"])
    return headed(report.tr(T("Scope 3 by category"), lang), f"chart-categories-{lang}", chart)


def dominant(lines: Iterable[Line]) -> dict[str, tuple[Colour, bool]]:
    """Colour and pattern of each source: those of the scope most of its tonnes belong to."""
    looks: dict[str, tuple[Colour, bool]] = {
        "scope1": (SCOPE1, False), "scope2_location": (SCOPE2, False), "scope3": (SCOPE3, True),
    }  # fmt: skip
    sums: dict[str, dict[str, Decimal]] = {}
    for line in lines:
        if line.scope in looks:
            own = sums.setdefault(line.activity.source, {})
            own[line.scope] = own.get(line.scope, Decimal(0)) + line.tco2e
    return {source: looks[max(sorted(own), key=own.__getitem__)] for source, own in sums.items()}


def _months(report: ReportData, months: list[tuple[Decimal, ...]], lang: str) -> Any:
    names = [report.tr(text, lang) for text in (T("Scope 1"), T("Scope 2, location-based"), T("Scope 3"))]
    looks: tuple[tuple[Colour, bool], ...] = ((SCOPE1, False), (SCOPE2, False), (SCOPE3, True))
    series = [Series(n, v, c, h) for n, v, (c, h) in zip(names, months, looks, strict=True) if any(v)]
    return month_stack(series, report.month_names(lang), WIDTH, 178, report.tr(T("Emissions, t CO2e per month"), lang))
