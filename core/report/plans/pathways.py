"""One target against its pathway: chart, gap, carbon budget, coverage, and what the rules say."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from core.errors import UserError
from core.i18n import T, Text
from core.report.curves import Curve, curves
from core.report.data import ReportData, comma, exact, percent_of
from core.report.facts import facts, number, remarks, short, subtitle
from core.report.flow import Gap, heading
from core.report.plans.words import judged_table, part_codes, proofs, source_of, titled
from core.report.style import INK, SCOPE1, SCOPE2, SCOPE3, WIDTH
from core.report.table import Column, Row, Table
from core.targets.budget import Budget
from core.targets.coverage import LONG, Coverage, CoverageCheck
from core.targets.gap import Gap as Distance
from core.targets.pathway import decimal_of
from core.targets.status import TargetStatus

MOST_YEARS = 120
"""Of a chart."""


def standing(report: ReportData, one: TargetStatus) -> Text:
    """How a target stands, in two or three words."""
    target = one.target
    if target.status == "withdrawn":
        return T("withdrawn")
    if target.kind == "renewable":
        share = report.plans.shares.year
        if not share.used:
            return T("not known")
        reached = share.exact("certified") * 100 >= Fraction(target.reduction)
        return T("reached") if reached else T("not reached")
    if any(judged.level == "stop" for judged in one.judged):
        return T("stopped by a rule")
    if one.gap is None:
        return T("not known")
    return T("on its pathway") if one.gap.on_track else T("above its pathway")


def of_target(report: ReportData, one: TargetStatus, lang: str) -> list[Any]:
    """A target by itself; nothing of one that was withdrawn, or of which nothing is to be shown."""
    target = one.target
    if target.status == "withdrawn" or not (one.points or one.judged):
        return []
    chart = [_chart(report, one, lang)] if one.points else []
    flow: list[Any] = [subtitle(target.name, "target", target.id, lang, *chart)]
    if chart:
        flow += [*chart, Gap(6)]
    rows = [*_distance(report, one), *_budget(report, one.budget)]
    if target.note:
        rows.append((T("Note"), target.note))
    if target.evidence:
        rows.append((T("Proof"), proofs(report, target.evidence)))
    if rows:
        flow.append(facts([(report.tr(name, lang), said if isinstance(said, str) else report.tr(said, lang))
                           for name, said in rows], 150, of=short(target.name)))  # fmt: skip
    if one.judged:
        flow += [heading(report.tr(T("What the rules say"), lang), f"target-judged-{target.id[:40]}-{lang}"),
                 *judged_table(report, one.judged, lang)]  # fmt: skip
    return flow


def _chart(report: ReportData, one: TargetStatus, lang: str) -> Any:
    """Pathway, what was emitted, and the forecast with and without actions."""
    target, forecast = one.target, report.plans.forecast
    first, last = target.base_year, min(target.year, target.base_year + MOST_YEARS)
    years = range(first, last + 1)
    way = {point.year: point.tonnes for point in one.points}
    now = report.plans.year
    known = {year: value for year, value in one.actual.items() if year <= now}
    lines = [
        Curve(report.tr(T("Pathway"), lang), tuple(way.get(year) for year in years), INK),
        Curve(report.tr(T("Emitted"), lang), tuple(known.get(year) for year in years), SCOPE1, marked=True),
    ]
    if forecast is not None and target.parts and not target.intensity:
        for name, colour, actions in ((T("Forecast, without actions"), SCOPE3, False), (T("Forecast"), SCOPE2, True)):
            ahead = forecast.series(target.parts, actions)
            values = tuple(ahead.get(year) if year >= forecast.baseline.year else None for year in years)
            lines.append(Curve(report.tr(name, lang), values, colour, dashed=True))
    axis = T("t CO2e a year") if not target.intensity else T("t CO2e of a unit of the key figure “{name}”",
                                                             name=short(target.intensity, 60))  # fmt: skip
    return curves(lines, [str(year) for year in years], WIDTH, 172, report.tr(axis, lang))


def _distance(report: ReportData, one: TargetStatus) -> list[tuple[Text, str | Text]]:
    found = one.gap
    if found is None:
        return []
    unit = "" if one.target.intensity else " t CO2e"
    places = 6 if one.target.intensity else 1
    rows: list[tuple[Text, str | Text]] = [
        (T("Emitted in {year}", year=str(found.year)), _shown(found.actual, places) + unit),
        (T("Allowed by the pathway"), _shown(found.allowed, places) + unit),
        (T("Above it") if found.gap > 0 else T("Below it"), _above(found, places, unit)),
        (T("Reduced so far, of the base year"), _part(found.reduced)),
    ]
    if found.required is not None:
        said = T(
            "{amount} a year until {year}, {percent} of the base year",
            amount=_shown(found.required, places) + unit,
            year=str(found.last),
            percent=_part(found.required_rate),
        )
        rows.append((T("Needed from now on"), said))
    return rows


def _above(found: Distance, places: int, unit: str) -> str:
    percent = "" if found.percent is None else f" ({_part(abs(found.percent))})"
    return f"{_shown(abs(found.gap), places)}{unit}{percent}"


def _shown(value: Fraction, places: int) -> str:
    shown = decimal_of(value)
    return exact(shown, places) if places > 3 else number(shown, places)


def _part(value: Fraction | None) -> str:
    return "–" if value is None else percent_of(decimal_of(value))


def _budget(report: ReportData, found: Budget | None) -> list[tuple[Text, str | Text]]:
    if found is None:
        return []

    def t(value: Fraction) -> str:
        return f"{number(decimal_of(value), 0)} t CO2e"

    today = found.exhausted_today
    rows: list[tuple[Text, str | Text]] = [
        (T("Carbon budget {first}–{last}", first=str(found.first), last=str(found.last)), t(found.area)),
        (T("Used up to {year}", year=str(found.until)), t(found.used)),
        (T("Left"), t(found.left)),
        (
            T("Used up at the level of {year}", year=str(found.until)),
            T("it is not used up") if today is None else str(today),
        ),
    ]
    forecast = report.plans.forecast
    if forecast is not None:
        later = found.exhausted_forecast
        never = T("not before {year}", year=str(forecast.years[-1].year))
        rows.append((T("Used up along the forecast"), never if later is None else str(later)))
    if found.missing:
        rows.append((T("Years without emissions, on a straight line"), ", ".join(map(str, found.missing[:40]))))
    return rows


# ---------------------------------------------------------------------- coverage and forecast


def coverage_table(report: ReportData, lang: str) -> list[Any]:
    """What the targets of each rule set and horizon cover together, and what the forecast assumes."""
    found: dict[tuple[str, str], tuple[TargetStatus, Coverage]] = {}
    for one in report.plans.status.targets:
        if one.coverage is not None and one.ruleset is not None and one.target.status != "withdrawn":
            found.setdefault((one.ruleset.key, one.coverage.horizon), (one, one.coverage))
    rows: list[Row] = []
    for one, coverage in found.values():
        if not coverage.checks and not coverage.unknown:
            continue
        assert one.ruleset is not None
        horizon = T("long-term") if coverage.horizon == LONG else T("near-term")
        title = f"{one.ruleset.title.in_language(lang)}{comma(lang)}{report.tr(horizon, lang)}"
        rows.append(Row((title, "", "", "", "", ""), "group"))
        if coverage.unknown:
            unknown = report.tr(T("not known: {parts}", parts=part_codes(report, coverage.unknown, lang)), lang)
            rows.append(Row((unknown, "", "", "", "", ""), "memo"))
        rows += [_check(report, check, lang) for check in coverage.checks]
    return [*_covered(report, rows, lang), *_assumed(report, lang)]


def _covered(report: ReportData, rows: list[Row], lang: str) -> list[Any]:
    if not rows:
        return []
    columns = [
        Column(report.tr(T("What is to be covered"), lang), 1.0, most=4),
        Column(report.tr(T("Covered, t CO2e"), lang), 64, "right", fixed=True),
        Column(report.tr(T("Covered"), lang), 44, "right", fixed=True),
        Column(report.tr(T("At least"), lang), 44, "right", fixed=True),
        Column(report.tr(T("State"), lang), 1.0, most=10),
        Column(report.tr(T("Where it stands"), lang), 1.2, most=6),
    ]
    title = report.tr(T("Coverage of the emissions by targets"), lang)
    return titled(title, f"coverage-{lang}", Table(columns, rows, after=4, pad=2.2))


def _check(report: ReportData, check: CoverageCheck, lang: str) -> Row:
    state = T("asks nothing") if not check.applies else T("reached") if check.holds else T("not reached")
    said = report.tr(state, lang)
    if check.missing and not check.holds:
        said += "\n" + report.tr(T("not covered: {parts}", parts=part_codes(report, check.missing, lang)), lang)
    percent = "–" if check.percent is None else f"{check.percent:.2f}%"
    asked = f"{check.asked.value}%"
    return Row((report.tr(check.title, lang), number(check.covered, 1), percent, asked, said,
                source_of(check.asked, lang)))  # fmt: skip


def _assumed(report: ReportData, lang: str) -> list[Any]:
    """What must be known to read the forecast; nothing while there is none."""
    ahead, scenario = report.plans.ahead, report.plans.scenario
    if ahead is None or scenario is None:
        return []
    title = T("Forecast “{name}”: what it assumes", name=short(scenario.name, 80))
    said = (ahead.message,) if isinstance(ahead, UserError) else ahead.assumptions
    return remarks(report, title, said, "forecast", lang)


__all__ = ["coverage_table", "of_target", "standing"]
