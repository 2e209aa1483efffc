"""The action plan: what is to be done, what a tonne costs, when, what was measured of it, and who decided."""

from __future__ import annotations

from typing import Any

from core.actions.situation import Situation
from core.actions.summary import Summary, summary_of
from core.errors import UserError
from core.i18n import T, Text, show_date
from core.ledger import Action, Resolution, Target
from core.report.data import ReportData
from core.report.facts import number, remarks, short
from core.report.flow import Figure, Figures, Remark, heading, lead, note
from core.report.plans.acting import cost, followed, plan, timeline
from core.report.plans.words import amount, judged_table, proofs, titled
from core.report.style import BODY, GUTTER, SCOPE2, SCOPE3, SIGNAL
from core.report.table import Column, Row, Table

TITLE = T("Action plan")
ORDER = 39


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when the plant plans and decided nothing."""
    plans = report.plans
    if not plans.of_actions:
        return []
    if not plans.ledger.held(Action):
        return [lead(report.tr(T("The plant records no action."), lang)), *_resolutions(report, lang)]
    try:
        situation = plans.situation()
        summary = summary_of(situation)
    except UserError as error:
        return [Remark(report.tr(error.message, lang), BODY, SIGNAL), *_resolutions(report, lang)]
    names = {one.id: short(one.name, 80) for one in situation.actions}
    judged = situation.judged(plans.today)
    return [
        lead(report.tr(_opening(situation, summary), lang)),
        _figures(report, summary, lang),
        *plan(report, situation, lang),
        *remarks(report, T("How the tonnes are counted"), situation.assumptions, "actions-assumed", lang),
        *cost(report, situation, lang),
        *timeline(report, situation, lang),
        *followed(report, situation, lang),
        *_resolutions(report, lang),
        *([heading(report.tr(T("What to look at"), lang), f"actions-judged-{lang}")] if judged else []),
        *judged_table(report, judged, lang, names),
    ]


def _opening(situation: Situation, summary: Summary) -> Text:
    return T(
        "Actions: {count}. In {year} they are to save {location} t CO2e a year together, location-based, and {market} "
        "t CO2e market-based.",
        count=len(situation.actions),
        year=str(summary.year),
        location=number(summary.planned.location, 1),
        market=number(summary.planned.market, 1),
    )


def _figures(report: ReportData, summary: Summary, lang: str) -> Figures:
    year = str(summary.year)
    figures = [
        Figure(report.tr(T("All actions in {year}", year=year), lang), number(summary.planned.location, 1),
               report.tr(T("t CO2e, location-based"), lang), "", SCOPE3),
        Figure(report.tr(T("Decided of them"), lang), number(summary.decided.location, 1),
               report.tr(T("t CO2e, location-based"), lang), "", SCOPE2),
        Figure(report.tr(T("Decided of them"), lang), number(summary.decided.market, 1),
               report.tr(T("t CO2e, market-based"), lang), "", SCOPE2),
    ]  # fmt: skip
    for one in summary.money[:1]:
        figures.append(Figure(report.tr(T("Investment"), lang), amount(one.capex, ""), short(one.currency, 12)))
    return Figures(figures, GUTTER / 2, size=18)


def _resolutions(report: ReportData, lang: str) -> list[Any]:
    """What committees decided, with their minutes."""
    ledger = report.package.ledger
    held = sorted(ledger.held(Resolution), key=lambda one: (one.day, one.id))
    if not held:
        return []
    columns = [
        Column(report.tr(T("Day"), lang), 62, fixed=True),
        Column(report.tr(T("Committee"), lang), 0.9, most=4),
        Column(report.tr(T("What was decided"), lang), 1.4, most=10),
        Column(report.tr(T("About"), lang), 1.2, most=10),
        Column(report.tr(T("Minutes"), lang), 0.9, most=6),
    ]
    named = {one.id: short(one.name, 80) for one in ledger.held(Action)}
    named |= {one.id: short(one.name, 80) for one in ledger.held(Target)}
    rows = [
        Row((show_date(one.day, lang), one.body, f"{one.title}\n{one.decision}",
             "\n".join(named.get(key, short(key, 40)) for key in (*one.actions, *one.targets)) or "–",
             proofs(report, one.evidence) or "–"))
        for one in held
    ]  # fmt: skip
    title = report.tr(T("Decisions of committees"), lang)
    missing = sum(not one.evidence for one in held)
    flow: list[Any] = titled(title, f"resolutions-{lang}", Table(columns, rows, after=4, pad=2.4))
    if missing:
        flow.append(note(report.tr(T("Decisions without minutes: {count}.", count=missing), lang)))
    return flow
