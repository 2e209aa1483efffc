"""Where the group's emissions come from: by scope, country, company, business, category and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.i18n import Localised, T, Text, verbatim
from core.report.charts import Bar, Series, compare, horizontal_bars, month_stack
from core.report.data import percent, tonnes
from core.report.flow import Gap, headed, heading, lead, note
from core.report.group.data import REPORTED, ZERO, GroupData, total
from core.report.style import SCOPE1, SCOPE2, SCOPE3, WIDTH, Colour
from core.report.table import Column, Row, Table

TITLE = T("Where the emissions come from")
ORDER = 20
_MOST = 10
"""Bars shown one by one; the rest is one."""
_LOOKS: tuple[tuple[str, Text, Colour, bool], ...] = (
    ("scope1", T("Scope 1"), SCOPE1, False),
    ("scope2_location", T("Scope 2"), SCOPE2, False),
    ("scope3", T("Scope 3"), SCOPE3, True),
)

_HEADS: Mapping[str, Text] = {"country": T("Country"), "company": T("Company"), "business": T("Business")}


def story(data: GroupData, lang: str) -> list[Any]:
    """Both views, then by whatever the plants are told apart by."""
    if not data.location and not data.market:
        return [lead(data.tr(T("No emissions were recorded in this period."), lang))]
    countries = data.laid_out("country")
    first, scopes = next(iter(countries.items()))
    message = T("The largest country is {name} with {share} of the location-based total.",
                name=data.country_name(first), share=percent(total(scopes), data.location))  # fmt: skip
    named = {key: data.country_name(key) for key in countries}
    firms = data.laid_out("company")
    businesses = data.laid_out("business")
    return [
        lead(data.tr(message, lang)),
        *headed(data.tr(T("By scope: location-based and market-based"), lang), f"both-{lang}", _both(data, lang)),
        Gap(4),
        *_part(data, T("By country"), "country", countries, named, lang),
        *_part(data, T("By company"), "company", firms, {key: data.company_name(key) for key in firms}, lang),
        *_part(data, T("By business"), "business", businesses,
               {key: verbatim(key) if key else T("no business said") for key in businesses}, lang),
        *_categories(data, lang),
        *_months(data, lang),
    ]  # fmt: skip


def _both(data: GroupData, lang: str) -> Any:
    sides = []
    for second in ("scope2_location", "scope2_market"):
        keys = [second if key.startswith("scope2") else key for key, *_ in _LOOKS]
        sides.append([
            Bar(data.tr(name, lang), data.totals[key], colour, hatched)
            for key, (_, name, colour, hatched) in zip(keys, _LOOKS, strict=True) if data.totals[key]
        ])  # fmt: skip
    titles = (data.tr(T("Location-based"), lang), data.tr(T("Market-based"), lang))
    return compare(sides[0], sides[1], titles, WIDTH, 170, data.tr(T("Emissions, t CO2e"), lang))


def _part(
    data: GroupData, title: Text, key: str, parts: Mapping[str, Mapping[str, Decimal]], names: Mapping[str, Localised],
    lang: str,
) -> list[Any]:  # fmt: skip
    """A table with every part; bars above it when there is more than one."""
    if len(parts) < 2:
        return []
    bars = [Bar(data.tr(names[one], lang), total(scopes), SCOPE1) for one, scopes in parts.items()]
    chart = horizontal_bars(_shortened(data, bars, lang), WIDTH, data.tr(T("Location-based, t CO2e"), lang),
                            data.location)  # fmt: skip
    columns = [Column(data.tr(_HEADS[key], lang), 1.0, most=3), *(
        Column(data.scope_heading(scope, lang), 55, "right", fixed=True) for scope in REPORTED
    ), Column(data.tr(T("Total, location-based"), lang), 62, "right", fixed=True),
        Column(data.tr(T("Share"), lang), 34, "right", fixed=True)]  # fmt: skip
    rows = [
        Row((data.tr(names[one], lang), *(tonnes(scopes[scope]) for scope in REPORTED), tonnes(total(scopes)),
             percent(total(scopes), data.location)))
        for one, scopes in parts.items()
    ]  # fmt: skip
    whole = (data.tr(T("Group"), lang), *(tonnes(data.totals[scope]) for scope in REPORTED), tonnes(data.location),
             percent(data.location, data.location))  # fmt: skip
    return [
        *headed(data.tr(title, lang), f"{key}-{lang}", chart),
        Gap(4),
        Table(columns, [*rows, Row(whole, "total")], pad=2.4),
    ]


def _shortened(data: GroupData, bars: Sequence[Bar], lang: str) -> list[Bar]:
    if len(bars) <= _MOST:
        return list(bars)
    rest = sum((one.value for one in bars[_MOST:]), ZERO)
    words = T("{count} others together", count=len(bars) - _MOST)
    return [*bars[:_MOST], Bar(data.tr(words, lang), rest, SCOPE3, True)]


def _categories(data: GroupData, lang: str) -> list[Any]:
    found = data.sums(lambda cell: cell[2], ("scope3",))
    if not found:
        return []
    whole = data.totals["scope3"]
    columns = [
        Column(data.tr(T("Category"), lang), 1.0),
        Column("t CO2e", 92, "right", fixed=True),
        Column(data.tr(T("Share of scope 3"), lang), 80, "right", fixed=True),
    ]
    rows = [
        Row((data.category_name(int(number), lang), tonnes(value), percent(value, whole)))
        for number, value in sorted(found.items(), key=lambda one: int(one[0]))
    ]
    total_row = Row((data.tr(T("Scope 3"), lang), tonnes(whole), percent(whole, whole)), "total")
    return [
        heading(data.tr(T("Scope 3 by category"), lang), f"categories-{lang}"),
        Table(columns, [*rows, total_row], pad=2.4),
    ]


def _months(data: GroupData, lang: str) -> list[Any]:
    by_scope = {key: data.sums(lambda cell: cell[4], (key,)) for key, *_ in _LOOKS}
    months = sorted({int(month) for found in by_scope.values() for month in found})
    if not months:
        return []
    whole = range(months[0], months[-1] + 1)
    if len(whole) > 24:
        return []
    series = [
        Series(data.tr(name, lang), tuple(by_scope[key].get(month, ZERO) for month in whole), colour, hatched)
        for key, name, colour, hatched in _LOOKS
    ]
    years = len({month // 12 for month in whole}) > 1
    names = [_month_name(month, lang, years) for month in whole]
    chart = month_stack(series, names, WIDTH, 190, data.tr(T("Location-based, t CO2e"), lang))
    small = note(data.tr(T("Bills that cross the end of a month are split by calendar day."), lang))
    return headed(data.tr(T("By month"), lang), f"months-{lang}", chart, small)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month_name(month: int, lang: str, with_year: bool) -> str:
    name = f"{month % 12 + 1}月" if lang == "zh" else _MONTHS[month % 12]
    return f"{name} {month // 12 % 100:02}" if with_year else name
