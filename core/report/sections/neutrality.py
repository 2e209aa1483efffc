"""Carbon neutrality: what is said, what may be said, what forbids more; and the credits, which enter no total."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.ledger import Credit
from core.methods import exact_sum
from core.report.data import ReportData, comma, exact
from core.report.facts import facts, number, short, subtitle
from core.report.flow import Remark, heading, lead, note
from core.report.plans.words import changed_rules, judged_table, part_names, proofs, titled, word
from core.report.style import ACCENT, BODY, SCOPE2, SIGNAL, SMALL_CELL
from core.report.table import Column, Row, Table
from core.targets.credits import CreditEntry
from core.targets.neutrality import NeutralityJudgement, neutrality_rules
from core.targets.words import CREDIT_KINDS, QUALITY, STATED

TITLE = T("Carbon neutrality and credits")
ORDER = 38
STATES: dict[str, Text] = {"none": T("Nothing yet"), **STATED}
"""What may be said, from nothing to a claim."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when the plant says nothing of neutrality and has no credits."""
    plans = report.plans
    if not plans.of_neutrality:
        return []
    status = plans.status
    said = T("Credits stand apart from every emission of this report: no total contains them, and none is lowered.")
    flow: list[Any] = [lead(report.tr(_opening(report), lang)), Remark(report.tr(said, lang), BODY, SCOPE2)]
    for one in status.neutrality:
        flow += _commitment(report, one, lang)
    return [
        *flow,
        *_credits(report, status.credits.entries, lang),
        *changed_rules(report, plans.changed("iso_14068"), "neutrality", lang),
    ]


def _opening(report: ReportData) -> Text:
    found = report.plans.status.neutrality
    if not found:
        return T("The plant holds carbon credits and says nothing of carbon neutrality.")
    return T(
        "Commitments to carbon neutrality: {count}; what is said may be said of {holding}.",
        count=len(found),
        holding=sum(one.holds for one in found),
    )


def _commitment(report: ReportData, one: NeutralityJudgement, lang: str) -> list[Any]:
    record = one.commitment
    key = record.id[:40]
    rows = [
        (T("Inside the boundary"), part_names(report, record.parts, lang)),
        (T("Neutral from"), str(record.year)),
        (T("Committed on"), record.declared or "–"),
        (T("Said"), report.tr(word(STATES, one.stated), lang)),
        (T("May be said for {year}", year=str(one.year)), report.tr(word(STATES, one.attainable), lang)),
        (T("Emissions inside the boundary"), _tonnes(one.footprint)),
        (T("Of the base year"), _tonnes(one.base)),
        (T("Credits that count for the year"), _tonnes(one.credits)),
        (T("Not compensated"), _tonnes(one.left)),
        (T("As published"), record.text or "–"),
        (T("Neutrality management plan"), proofs(report, record.plan) or "–"),
    ]
    verdict = T("What is said may be said.") if one.holds else T("What is said may not be said: the rules forbid it.")
    sources = {
        f"neutral_{name}": rule.source if rule.status != "WEAK" else f"{rule.source} {report.tr(_WEAK, lang)}"
        for name, rule in neutrality_rules().items()
    }
    credit = _projects(report)
    judged = [said for said in one.judged if said.subject not in credit]  # what stops credits stands at their ledger
    return [
        subtitle(record.subject, "neutrality", record.id, lang),
        Remark(report.tr(verdict, lang), BODY, ACCENT if one.holds else SIGNAL),
        facts([(report.tr(name, lang), said) for name, said in rows], 170),
        *(
            [heading(report.tr(T("What forbids a claim"), lang), f"forbids-{key}-{lang}")] if judged else []
        ),
        *judged_table(report, judged, lang, sources=sources),
    ]  # fmt: skip


_WEAK = T("(weak source)")


def _tonnes(value: Any) -> str:
    return "–" if value is None else f"{number(value, 1)} t CO2e"


def _projects(report: ReportData) -> dict[str, str]:
    return {one.id: short(one.project, 60) for one in report.package.ledger.held(Credit)}


def _credits(report: ReportData, entries: tuple[CreditEntry, ...], lang: str) -> list[Any]:
    """The ledger, and what speaks against each."""
    if not entries:
        return []
    columns = [
        Column(report.tr(T("Project"), lang), 1.2, most=8),
        Column(report.tr(T("Vintage"), lang), 34, fixed=True),
        Column(report.tr(T("Serial numbers"), lang), 1.0, most=8),
        Column("t CO2e", 48, "right", fixed=True),
        Column(report.tr(T("Retired"), lang), 0.9, most=8),
        Column(report.tr(T("Compensates"), lang), 50, fixed=True),
        Column(report.tr(T("Proven quality"), lang), 0.8, most=8),
        Column(report.tr(T("State"), lang), 50, fixed=True),
    ]
    rows = [_credit(report, one, lang) for one in entries]
    year = report.plans.year
    counting = report.plans.status.credits.counting(year)
    total = report.tr(T("All"), lang)
    rows.append(Row((total, "", "", exact(exact_sum(one.credit.quantity for one in entries), 3), "", "", "", ""),
                    "total"))  # fmt: skip
    said = T("Of them {tonnes} t CO2e count for {year}.", tonnes=exact(counting, 3), year=str(year))
    judged = sorted((j for one in entries for j in one.judged if j.level != "info"), key=lambda j: _WEIGHT[j.level])
    return [
        *titled(
            report.tr(T("Ledger of credits"), lang),
            f"credits-{lang}",
            Table(columns, rows, SMALL_CELL, after=4, pad=2.0),
        ),
        note(report.tr(said, lang)),
        *judged_table(report, judged, lang, _projects(report)),
    ]


_WEIGHT = {"stop": 0, "warning": 1, "info": 2}


def _credit(report: ReportData, entry: CreditEntry, lang: str) -> Row:
    one = entry.credit
    kind = report.tr(word(CREDIT_KINDS, one.kind), lang)
    retired = "\n".join(x for x in (one.retired, one.beneficiary, one.purpose) if x)
    state = T("counts") if entry.counts and one.year else T("assigned to no year") if entry.counts else T("stopped")
    return Row((
        f"{one.project}\n{comma(lang).join(x for x in (one.registry, one.country, kind, one.method) if x)}",
        str(one.vintage),
        one.serials or "–",
        exact(one.quantity, 3),
        retired or report.tr(T("not retired"), lang),
        str(one.year) if one.year else "–",
        "\n".join(report.tr(word(QUALITY, key), lang) for key in one.quality) or "–",
        report.tr(state, lang),
    ))  # fmt: skip
