"""The engagement: what was agreed, who audited whom and declared to be independent, and what was said when."""

from __future__ import annotations

from typing import Any

from core.audit.communicating import KINDS
from core.audit.roles import ROLES
from core.audit.statement import ASSURANCE
from core.audit.states import STATES
from core.i18n import T, Text, show_date
from core.ledger import Communication, Declaration, Engagement, Person
from core.report.data import SCOPE_NAMES, ReportData, exact
from core.report.facts import facts
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Engagement")
ORDER = 53


def story(report: ReportData, lang: str) -> list[Any]:
    """Agreement, people, log. Nothing while nobody audits the year."""
    engagement = report.package.ledger.engagement(report.period.end.year)
    if engagement is None:
        return []
    said = T(
        "Audit {year}, number {number}: {state}.",
        year=engagement.id,
        number=engagement.number,
        state=STATES[engagement.state].title,
    )
    return [
        lead(report.tr(said, lang)),
        _agreed(report, engagement, lang),
        *_people(report, engagement, lang),
        *_log(report, lang),
    ]


def _agreed(report: ReportData, engagement: Engagement, lang: str) -> Any:
    materiality = [report.tr(T("{percent} % of the total", percent=exact(engagement.materiality)), lang)]
    materiality += [
        report.tr(T("{scope}: {percent} %", scope=SCOPE_NAMES[scope], percent=percent), lang)
        for scope, percent in engagement.scope_materiality
        if scope in SCOPE_NAMES
    ]
    rows: list[tuple[Text, str]] = [
        (T("Client"), engagement.client),
        (T("Site"), engagement.site),
        (T("Objectives"), engagement.objectives),
        (T("Criteria"), report.package.audit.criteria),
        (T("Scope"), engagement.scope),
        (T("Level of assurance"), report.tr(ASSURANCE[engagement.assurance], lang)),
        (T("Materiality"), "\n".join(materiality)),
    ]
    if engagement.start:
        rows.append((T("On site"), " – ".join(day for day in (engagement.start, engagement.end) if day)))
    if engagement.reopened:
        rows.append((T("Why it was opened again"), engagement.reopened))
    return facts([(report.tr(name, lang), value) for name, value in rows if value])


def _people(report: ReportData, engagement: Engagement, lang: str) -> list[Any]:
    ledger = report.package.ledger
    declared = {one.person: one for one in ledger.held(Declaration)}
    columns = [
        Column(report.tr(T("Name"), lang), 1.0),
        Column(report.tr(T("Part in the audit"), lang), 1.1),
        Column(report.tr(T("Organisation"), lang), 1.0),
        Column(report.tr(T("Competence"), lang), 1.5, most=10),
        Column(report.tr(T("Independence declared"), lang), 1.0),
    ]
    involved = [*engagement.team, engagement.reviewer]
    rows = [
        Row((one.name, _roles(report, one, lang), one.organisation or "–", one.competence or "–",
             _declared(report, declared.get(one.id), lang) if one.id in involved else "–"))
        for one in sorted(ledger.held(Person), key=lambda p: (p.id not in involved, p.id))
    ]  # fmt: skip
    return [heading(report.tr(T("People"), lang), f"audit-people-{lang}"), Table(columns, rows, SMALL_CELL)]


def _roles(report: ReportData, one: Person, lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(report.tr(ROLES[role], lang) for role in one.roles if role in ROLES)


def _declared(report: ReportData, one: Declaration | None, lang: str) -> str:
    if one is None:
        return report.tr(T("not yet"), lang)
    how = T("signed electronically") if one.signature else T("signed on paper")
    return f"{show_date(one.day, lang)}\n{report.tr(how, lang)}"


def _log(report: ReportData, lang: str) -> list[Any]:
    entries = sorted(report.package.ledger.held(Communication), key=lambda one: (one.day, one.id))
    if not entries:
        return []
    flow: list[Any] = [heading(report.tr(T("Meetings and correspondence"), lang), f"audit-log-{lang}")]
    columns = [
        Column(report.tr(T("Day"), lang), 60, fixed=True),
        Column(report.tr(T("Kind"), lang), 0.7),
        Column(report.tr(T("With"), lang), 1.0, most=8),
        Column(report.tr(T("Subject and minutes"), lang), 2.4, most=40),
    ]
    between = "、" if lang == "zh" else ", "
    rows = [
        Row((show_date(one.day, lang), report.tr(KINDS[one.kind], lang) if one.kind in KINDS else one.kind,
             between.join(one.people) or "–", f"{one.subject}\n{one.text}".strip()))
        for one in entries
    ]  # fmt: skip
    named = T("Files named by the log travel as evidence.") if any(one.evidence for one in entries) else None
    return [*flow, Table(columns, rows, SMALL_CELL), *([Block(report.tr(named, lang), BODY)] if named else [])]
