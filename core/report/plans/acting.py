"""Tables and charts of the action plan: area by area, cost of a tonne, over time, planned against measured."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.actions.curve import Curve
from core.actions.measured import Followed
from core.actions.situation import Situation
from core.actions.timeline import STATES, STATUS_TITLES
from core.actions.timeline import Row as TimeRow
from core.i18n import T, show_date
from core.ledger import Action
from core.report.data import ReportData, comma
from core.report.facts import number, remarks, short
from core.report.flow import Gap, headed, note
from core.report.plans.cost_curve import Block, cost_curve
from core.report.plans.gantt import AHEAD, Span, gantt
from core.report.plans.words import amount, part_name, titled, word
from core.report.style import WIDTH
from core.report.table import Column, Row, Table

DECIDED = ("approved", "running", "done")


def plan(report: ReportData, situation: Situation, lang: str) -> list[Any]:
    """Every action in its area: owner, state, effect, money."""
    columns = [
        Column(report.tr(T("Action"), lang), 1.6, most=6),
        Column(report.tr(T("State, owner"), lang), 0.8, most=5),
        Column(report.tr(T("From, for years"), lang), 50, fixed=True),
        Column(f"{report.tr(T('Location-based'), lang)}\nt/a", 54, "right", fixed=True),
        Column(f"{report.tr(T('Market-based'), lang)}\nt/a", 54, "right", fixed=True),
        Column(report.tr(T("Investment, saved a year"), lang), 86, "right", fixed=True),
    ]
    together = situation.together(situation.horizon)
    rows: list[Row] = []
    area = ""
    for one in situation.timeline(report.plans.today).rows:
        if one.area.key != area or not rows:
            area = one.area.key
            rows.append(Row((report.tr(one.area.name, lang), one.area.owner, *[""] * 4), "group"))
        saved = together.of(one.action.id)
        rows.append(_action(report, one.action, (saved.location, saved.market), lang))
    sums = (number(together.location, 1), number(together.market, 1))
    rows.append(Row((report.tr(T("Together in {year}", year=str(situation.horizon)), lang), "", "", *sums, ""),
                    "total"))  # fmt: skip
    said = T("Tonnes of {year} with the part of their effect that actions have by then; those on one source multiply, "
             "and each has its part of what all save together.", year=str(situation.horizon))  # fmt: skip
    title = report.tr(T("Actions by area"), lang)
    table = Table(columns, rows, after=4, pad=2.2)
    return [*titled(title, f"actions-areas-{lang}", table), note(report.tr(said, lang))]


def _action(report: ReportData, one: Action, tonnes: tuple[Any, Any], lang: str) -> Row:
    part = part_name(report, one.part, lang)
    source = comma(lang) + short(one.source, 60) if one.source else ""
    state = report.tr(word(STATUS_TITLES, one.status), lang)
    money = [amount(one.capex, one.currency), f"{amount(one.saving, one.currency)}/a"]
    cells = (
        f"{one.name}\n{part}{source}",
        f"{state}\n{one.owner or '–'}",
        f"{show_date(one.start, lang)}\n{one.life}",
        *(number(value, 1) for value in tonnes),
        "\n".join(text if value else "–" for text, value in zip(money, (one.capex, one.saving), strict=True)),
    )
    return Row(cells, "memo" if one.status == "stopped" else "line")


# ---------------------------------------------------------------------- cost of a tonne


def cost(report: ReportData, situation: Situation, lang: str) -> list[Any]:
    """The curve in the location-based view, with a table of both the bars and what is not on it."""
    curve = situation.curve()
    if not curve.bars:
        return []
    title = T("What a tonne costs in {year}, location-based", year=str(curve.year))
    blocks = [
        Block(str(place), bar.tonnes, bar.cost)
        for place, bar in enumerate(curve.bars, 1)
        if bar.cost is not None and bar.tonnes > 0
    ]
    currency = short(curve.currency, 12)
    axes = (report.tr(T("Cost of a tonne, {currency}/t CO2e; below zero it earns", currency=currency), lang),
            report.tr(T("Saved, t CO2e a year"), lang))  # fmt: skip
    chart = [cost_curve(blocks, WIDTH, 156, axes)] if blocks else []
    flow: list[Any] = [*headed(report.tr(title, lang), f"curve-{lang}", *chart), Gap(6)]
    flow.append(_bars(report, curve, situation.curve(view="market"), lang))
    flow += [note(report.tr(one, lang)) for one in curve.notes]
    beside = [T("{name}: {reason}", name=short(one.action.name, 80), reason=one.reason) for one in curve.beside]
    return flow + remarks(report, T("Not on the curve"), beside, "curve-beside", lang)


def _bars(report: ReportData, curve: Curve, market: Curve, lang: str) -> Table:
    columns = [
        Column("", 16, fixed=True),
        Column(report.tr(T("Action"), lang), 1.0, most=4),
        Column(f"{report.tr(T('Location-based'), lang)}\nt/a", 60, "right", fixed=True),
        Column(f"{report.tr(T('Market-based'), lang)}\nt/a", 60, "right", fixed=True),
        Column(f"{short(curve.currency, 12)}/t", 62, "right", fixed=True),
        Column(report.tr(T("Net present value, {currency}", currency=short(curve.currency, 12)), lang), 84, "right",
               fixed=True),
    ]  # fmt: skip
    other = {bar.action.id: bar for bar in market.bars}
    rows = []
    for place, bar in enumerate(curve.bars, 1):
        twin = other.get(bar.action.id)
        why = bar.reason or (None if twin is None else twin.reason)
        name = short(bar.action.name, 80) if why is None else f"{short(bar.action.name, 80)}\n{report.tr(why, lang)}"
        rows.append(Row((
            str(place), name, number(bar.tonnes, 1), "–" if twin is None else number(twin.tonnes, 1),
            "–" if bar.cost is None else number(bar.cost, 0), number(bar.npv, 0),
        )))  # fmt: skip
    return Table(columns, rows, after=4, pad=2.2)


# ---------------------------------------------------------------------- over time


def timeline(report: ReportData, situation: Situation, lang: str) -> list[Any]:
    """Bars of the effects, dots of the milestones, and the milestones in a table."""
    today = report.plans.today
    found = situation.timeline(today)
    if found.first is None or found.last is None:
        return []
    years = _years(found.first, found.last, today)
    spans: list[Span] = []
    area = None
    for row in found.rows:
        if row.area.key != area:
            area = row.area.key
            spans.append(Span(report.tr(row.area.name, lang)))
        marks = tuple((mark.day, mark.state) for mark in row.marks)
        planned = row.action.status not in DECIDED
        spans.append(Span(row.action.name, row.begin, row.start, row.end, planned, marks))
    said = T(
        "Bars: days of the effect; hatched where nothing was decided yet. Dots: milestones, full where they were "
        "reached. The line is the day of issue. A bar that reaches the right edge goes on."
    )
    first, *more = gantt(spans, years, today, WIDTH)
    return [
        *headed(report.tr(T("Actions over time"), lang), f"actions-time-{lang}", first),
        *(part for one in more for part in (Gap(6), one)),
        note(report.tr(said, lang)),
        *_milestones(report, found.rows, lang),
    ]


def _years(first: date, last: date, today: date) -> tuple[int, int]:
    """What of the years is shown: lives of decades would leave no room for the milestones of this one."""
    start = max(min(first.year, today.year), today.year - AHEAD)
    return start, max(start + 1, min(last.year, max(start, today.year) + AHEAD))


def _milestones(report: ReportData, found: tuple[TimeRow, ...], lang: str) -> list[Any]:
    columns = [
        Column(report.tr(T("Milestone"), lang), 1.2, most=4),
        Column(report.tr(T("Action"), lang), 1.2, most=4),
        Column(report.tr(T("Due"), lang), 54, fixed=True),
        Column(report.tr(T("State"), lang), 90, fixed=True),
    ]
    rows = []
    for row in found:
        for mark in row.marks:
            state = report.tr(STATES[mark.state], lang)
            day = f" {show_date(mark.day, lang)}" if mark.state == "done" else ""
            due = show_date(mark.milestone.due, lang)
            rows.append(Row((mark.milestone.name, row.action.name, due, state + day)))
    return [Table(columns, rows, after=4, pad=2.2)] if rows else []


# ---------------------------------------------------------------------- planned and measured


def followed(report: ReportData, situation: Situation, lang: str) -> list[Any]:
    """Actions that name a savings measure: plan and measurement over the same days of the period."""
    held = [one for one in situation.followed if one.action.measure]
    if not held:
        return []
    columns = [
        Column(report.tr(T("Action"), lang), 1.2, most=4),
        Column(report.tr(T("Year"), lang), 30, fixed=True),
        Column(report.tr(T("Planned, kWh"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Measured, kWh"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Planned, t CO2e"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Measured, t CO2e"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Of the plan"), lang), 54, "right", fixed=True),
    ]
    rows = [row for one in held for row in _followed(report, one, lang)]
    said = T("Over the same days. Measured: as the section on savings states it, by the method of each measure.")
    return [
        *titled(report.tr(T("Planned and measured"), lang), f"followed-{lang}", Table(columns, rows, after=4, pad=2.2)),
        note(report.tr(said, lang)),
    ]


def _followed(report: ReportData, one: Followed, lang: str) -> list[Row]:
    if not one.years:
        why = one.text if one.reason is None else one.reason
        return [Row((f"{short(one.action.name, 80)}\n{report.tr(why, lang)}", "", "–", "–", "–", "–", "–"), "memo")]
    percent = "–" if one.percent is None else f"{one.percent:.1f}%"
    return [
        Row((
            short(one.action.name, 80), str(year.year), number(year.planned_kwh, 0), number(year.measured_kwh, 0),
            number(year.planned_tonnes, 3), number(year.measured_tonnes, 3), percent,
        ))
        for year in one.years
    ]  # fmt: skip


__all__ = ["cost", "followed", "plan", "timeline"]
