"""The base year with what changed it, and the emissions of every known year as they were and as recalculated."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, show_date
from core.ledger import Target
from core.methods import exact_sum
from core.report.data import ReportData, exact, percent_of, tonnes
from core.report.facts import facts, number, short, signed
from core.report.flow import heading, note
from core.report.plans.words import judged_table, proofs, titled, word
from core.report.table import Column, Row, Table
from core.targets.base_year import PlantBaseYear
from core.targets.parts import LOCATION, view_of, whole
from core.targets.series import SeriesYear
from core.targets.words import DECISIONS, TRIGGERS

_ORIGINS: dict[str, Text] = {
    "closed": T("closed"),
    "open": T("this report"),
    "earlier": T("earlier report"),
}


def base_year(report: ReportData, lang: str) -> list[Any]:
    """Policy, change so far, and every trigger with its decision; nothing without a policy."""
    found = report.plans.status.base_year
    if found is None:
        return []
    policy = found.policy
    rows = [
        (T("Base year"), str(policy.year)),
        (T("Recalculated from"), report.tr(T("{percent} % of cumulative change", percent=exact(policy.threshold)),
                                           lang)),
        (T("What triggers it"), policy.rules or "–"),
        (T("Original emissions"), _tonnes(found.original)),
        (T("Recalculated emissions"), _tonnes(found.recalculated)),
        (T("Change by all triggers"), _percent(found.change)),
        (T("Of it not recalculated"), _percent(found.waiting)),
    ]  # fmt: skip
    names = {one.record.id: short(one.record.description, 80) for one in found.triggers}
    return [
        heading(report.tr(T("Base year {year}", year=str(policy.year)), lang), f"base-year-{lang}"),
        facts([(report.tr(name, lang), said) for name, said in rows]),
        *_triggers(report, found, lang),
        *judged_table(report, found.judged, lang, {policy.id: report.tr(T("Base year"), lang), **names}),
    ]


def _tonnes(value: Decimal | None) -> str:
    return "–" if value is None else f"{number(value, 1)} t CO2e"


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else percent_of(value, 2)


def _triggers(report: ReportData, found: PlantBaseYear, lang: str) -> list[Any]:
    if not found.triggers:
        return []
    columns = [
        Column(report.tr(T("Day"), lang), 60, fixed=True),
        Column(report.tr(T("What happened"), lang), 1.5, most=8),
        Column(report.tr(T("Adds, t CO2e"), lang), 58, "right", fixed=True),
        Column(report.tr(T("What was decided"), lang), 1.0, most=8),
        Column(report.tr(T("Proof"), lang), 0.7, most=6),
    ]
    rows = []
    for one in found.triggers:
        record = one.record
        decided = [report.tr(word(DECISIONS, record.decision), lang), record.decided_by, record.reason]
        rows.append(Row((
            show_date(record.day, lang),
            f"{report.tr(word(TRIGGERS, record.trigger), lang)}\n{record.description}",
            signed(one.effect, 1),
            "\n".join(text for text in decided if text),
            proofs(report, record.evidence) or "–",
        ), "line" if one.counts else "memo"))  # fmt: skip
    title = report.tr(T("What may change the base year, and what was decided"), lang)
    return titled(title, f"triggers-{lang}", Table(columns, rows, after=4, pad=2.4))


def series_table(report: ReportData, lang: str) -> list[Any]:
    """Every year that is known, in the view of scope 2 that the targets speak of."""
    status = report.plans.status
    if not status.series.years:
        return []
    parts = [part for one in report.package.ledger.held(Target) for part in one.parts]
    scopes = whole(view_of(parts) if parts else LOCATION)
    columns = [
        Column(report.tr(T("Year"), lang), 30, fixed=True),
        Column(report.tr(T("Where it is from"), lang), 1.0, most=4),
        *(Column(report.tr(title, lang), 62, "right", fixed=True) for title in (
            T("Scope 1"), T("Scope 2, market-based") if scopes[1] == "scope2_market" else T("Scope 2, location-based"),
            T("Scope 3"), T("Total"), T("Total, recalculated"),
        )),
    ]  # fmt: skip
    rows = [_year(report, one, scopes, lang) for one in status.series.years]
    said = T("Original: as the year was closed or reported. Recalculated: with what was decided to be recalculated.")
    return [
        *titled(
            report.tr(T("Emissions by year, t CO2e"), lang), f"series-{lang}", Table(columns, rows, after=4, pad=2.2)
        ),
        note(report.tr(said, lang)),
    ]


def _year(report: ReportData, one: SeriesYear, scopes: tuple[str, ...], lang: str) -> Row:
    origin = report.tr(word(_ORIGINS, one.origin), lang)
    stated = "\n".join((origin, *(short(source, 80) for source in one.sources[:3])))
    sums = [
        tonnes(exact_sum(own[part] for part in scopes)) if all(part in own for part in scopes) else "–"
        for own in (one.original, one.recalculated)
    ]
    return Row((str(one.year), stated, *(tonnes(one.original[p]) if p in one.original else "–" for p in scopes), *sums))


__all__ = ["base_year", "series_table"]
