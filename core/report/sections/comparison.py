"""Against the base year and the year before, as they were closed, and what each source adds or takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.i18n import T, Text, show_date, verbatim
from core.inventory.caused import Caused
from core.inventory.closing import figures_of
from core.inventory.waterfall import TITLES as CAUSES
from core.ledger import Closing
from core.ledger.codec import read_decimal
from core.methods import exact_sum
from core.report.data import SCOPE_NAMES, ReportData, minus, percent, signed_tonnes, tonnes
from core.report.flow import Block, Gap, headed, heading, lead, note
from core.report.style import BODY, WIDTH
from core.report.table import Column, Row, Table
from core.report.waterfall import cut, levels, waterfall

TITLE = T("Comparison with earlier years")
ORDER = 24
_SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
_TOTALS = {"location": ("scope1", "scope2_location", "scope3"), "market": ("scope1", "scope2_market", "scope3")}
_MOST = 8
"""Sources shown one by one; the rest is one bar."""


@dataclass(frozen=True, slots=True)
class _Year:
    """A year with what it says. [t CO2e]"""

    name: str
    title: Text
    figures: Mapping[str, Decimal]


def story(report: ReportData, lang: str) -> list[Any]:
    """The table of years, a waterfall for each, and what is closed. Nothing when there is nothing to compare with."""
    now, earlier = _now(report), _earlier(report)
    if not earlier and not report.inventory.base_year and not report.inventory.closings:
        return []
    flow: list[Any] = [lead(report.tr(_opening(now, earlier), lang))]
    flow += [Block(report.tr(said, lang), BODY) for said in _missing(report, earlier)]
    if earlier:
        flow += [
            heading(report.tr(T("Years side by side, t CO2e"), lang), f"years-{lang}"),
            _table(report, now, earlier, lang),
            note(report.tr(T("Earlier years as they were closed, under the factors of then."), lang)),
        ]
    for one in report.package.comparisons:
        flow += _by_cause(report, one, lang)
    if report.package.comparisons:
        flow.append(note(report.tr(_taken_apart(), lang)))
    for year in earlier:
        flow += _waterfall(report, year, now, lang)
    return [*flow, *_closings(report, lang)]


def _by_cause(report: ReportData, one: Caused, lang: str) -> list[Any]:
    """What the plant found the difference to be due to."""
    start, end = (exact_sum(side[scope] for scope in _TOTALS["location"]) for side in (one.before, one.after))
    changes = [(report.tr(CAUSES[key], lang), value) for key, value in one.causes.items() if value]
    this = str(report.period.end.year)
    restated = one.year == this
    first = report.tr(T("{year}, before it was restated", year=verbatim(this)), lang) if restated else one.year
    title = T("From {before} to {after}, by cause", before=verbatim(first), after=verbatim(this))
    chart = waterfall((first, start), changes, (this, end), WIDTH, report.tr(_axis(start, changes, end), lang))
    return [*headed(report.tr(title, lang), f"causes-{one.year}-{lang}", chart), Gap(4)]


def _taken_apart() -> Text:
    return T(
        "Taken apart when the report was made, for the earlier package does not travel; the causes add up to the "
        "difference. Activity data: more or less was used; boundary: sources that came or went."
    )


def _axis(start: Decimal, changes: list[tuple[str, Decimal]], end: Decimal) -> Text:
    zero = cut([*levels(start, [value for _, value in changes]), end])
    if zero:
        return T("Emissions, location-based, t CO2e; the axis begins at {zero}", zero=zero)
    return T("Emissions, location-based, t CO2e")


def _now(report: ReportData) -> _Year:
    figures = dict(figures_of(report.inventory.totals, report.inventory.lines))
    year = str(report.period.end.year)
    return _Year(year, T("This year"), _with_totals({key: Decimal(value) for key, value in figures.items()}))


def _earlier(report: ReportData) -> list[_Year]:
    """The base year and the year before, if they are closed; a year that is both stands once."""
    this = report.period.end.year
    base, before = report.inventory.base_year, str(this - 1)
    closed = {one.id: one for one in report.inventory.closings}
    wanted = {base: T("Base year"), before: T("Year before")} if base != before else {base: T("Base year, year before")}
    return [
        _Year(year, title, figures)
        for year, title in wanted.items()
        if year != str(this) and year in closed and (figures := _figures(closed[year]))
    ]


def _figures(closing: Closing) -> dict[str, Decimal]:
    """Nothing unless it states every scope; what is no number is left out."""
    found: dict[str, Decimal] = {}
    for key, said in closing.figures:
        try:
            found[key] = read_decimal(said)
        except ValueError:
            continue
    return _with_totals(found) if found.keys() >= set(_SCOPES) else {}


def _with_totals(figures: dict[str, Decimal]) -> dict[str, Decimal]:
    return figures | {key: exact_sum(figures[scope] for scope in scopes) for key, scopes in _TOTALS.items()}


def _opening(now: _Year, earlier: list[_Year]) -> Text:
    if not earlier:
        return T("No earlier year is closed that this one could be compared with.")
    first = earlier[0]
    return T(
        "Against {year}, the location-based total changed by {change}: from {before} to {after}.",
        year=verbatim(first.name),
        change=_change(first.figures["location"], now.figures["location"]),
        before=signed_tonnes(first.figures["location"]),
        after=signed_tonnes(now.figures["location"]),
    )


def _missing(report: ReportData, earlier: list[_Year]) -> list[Text]:
    """Which comparison is not made, and why."""
    this, base, shown = report.period.end.year, report.inventory.base_year, {year.name for year in earlier}
    said = []
    if not base:
        said.append(T("The audit names no base year."))
    elif base == str(this):
        said.append(T("{year} is the base year itself.", year=verbatim(base)))
    elif base not in shown:
        said.append(T("The base year {year} is not closed, so it is not compared.", year=verbatim(base)))
    if str(this - 1) not in shown and base != str(this - 1):
        said.append(T("{year} is not closed, so it is not compared.", year=str(this - 1)))
    return said


def _table(report: ReportData, now: _Year, earlier: list[_Year], lang: str) -> Table:
    columns = [Column("", 1.0, most=3)]
    for year in earlier:
        columns.append(Column(f"{report.tr(year.title, lang)}\n{year.name}", 70, "right", fixed=True))
    columns.append(Column(f"{report.tr(now.title, lang)}\n{now.name}", 70, "right", fixed=True))
    for year in earlier:
        columns.append(Column(report.tr(T("against {year}", year=verbatim(year.name)), lang), 52, "right", fixed=True))
    numbers = sorted(
        {int(key.partition(":")[2]) for year in (now, *earlier) for key in year.figures if _is_category(key)}
    )
    rows = [_row(report.tr(SCOPE_NAMES[scope], lang), scope, now, earlier) for scope in _SCOPES]
    rows += [_row(report.category_name(n, lang), f"category:{n}", now, earlier, "memo") for n in numbers]
    rows.append(_row(report.tr(T("Total, location-based"), lang), "location", now, earlier, "total"))
    rows.append(_row(report.tr(T("Total, market-based"), lang), "market", now, earlier, "total"))
    return Table(columns, rows, after=4, pad=2.4)


def _is_category(key: str) -> bool:
    kind, _, number = key.partition(":")
    return kind == "category" and number in {str(n) for n in range(1, 16)}


def _row(name: str, key: str, now: _Year, earlier: list[_Year], kind: Any = "line") -> Row:
    values = [year.figures.get(key, Decimal(0)) for year in earlier]
    current = now.figures.get(key, Decimal(0))
    shown = [tonnes(value) if value else "–" for value in (*values, current)]
    return Row((name, *shown, *(_change(value, current) for value in values)), kind)


def _change(before: Decimal, after: Decimal) -> str:
    """``+3.1%``; a dash without anything to compare with."""
    text = percent(after - before, abs(before))
    return f"+{text}" if after > before and before else text


def _waterfall(report: ReportData, year: _Year, now: _Year, lang: str) -> list[Any]:
    changes = _changes(report, year, now, lang)
    axis = _axis(year.figures["location"], changes, now.figures["location"])
    chart = waterfall(
        (year.name, year.figures["location"]), changes, (now.name, now.figures["location"]), WIDTH,
        report.tr(axis, lang),
    )  # fmt: skip
    title = T("From {before} to {after}, by source", before=verbatim(year.name), after=verbatim(now.name))
    return [*headed(report.tr(title, lang), f"waterfall-{year.name}-{lang}", chart), Gap(4)]


def _changes(report: ReportData, year: _Year, now: _Year, lang: str) -> list[tuple[str, Decimal]]:
    """Of each source, the largest first; what is left is one bar."""
    names = {key for one in (year, now) for key in one.figures if key.startswith("source:")}
    by_source = {key: now.figures.get(key, Decimal(0)) - year.figures.get(key, Decimal(0)) for key in names}
    ordered = sorted(((k, v) for k, v in by_source.items() if v), key=lambda one: (-abs(one[1]), one[0]))
    found = []
    for key, value in ordered[:_MOST]:
        state = T("new") if key not in year.figures else T("no more") if key not in now.figures else None
        name = key.partition(":")[2]
        found.append((f"{name} ({report.tr(state, lang)})" if state else name, value))
    whole = now.figures["location"] - year.figures["location"]
    rest = whole - exact_sum(value for _, value in found)
    if rest:
        found.append((report.tr(T("Other sources: {count}", count=max(len(ordered) - _MOST, 1)), lang), rest))
    return found


def _closings(report: ReportData, lang: str) -> list[Any]:
    closings = report.inventory.closings
    if not closings:
        return []
    columns = [
        Column(report.tr(T("Year"), lang), 36, fixed=True),
        Column(report.tr(T("Closed on"), lang), 70, fixed=True),
        Column(report.tr(T("Times closed"), lang), 50, "right", fixed=True),
        Column(report.tr(T("Reason"), lang), 1.0, most=8),
        Column("SHA-256", 92, fixed=True),
    ]
    rows = [
        Row((
            one.id, show_date(one.closed, lang), minus(str(one.revision)), one.reason, f"{one.sha256[:16]}…"
        ))
        for one in closings
    ]  # fmt: skip
    said = T("Closed more than once means restated: the reason is that of the last time.")
    return [
        heading(report.tr(T("Closed years"), lang), f"closed-{lang}"),
        Table(columns, rows, after=4),
        note(report.tr(said, lang)),
    ]
