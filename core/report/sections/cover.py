"""Page 1: which plant, which period, under which rules, how much, and the two signatures."""

from __future__ import annotations

from typing import Any

from core.checks import open_findings
from core.i18n import T, Text, show_date, verbatim
from core.library import policy_named
from core.report.band import Band, Said
from core.report.data import APPROACH_NAMES, BOTH, ReportData, big_tonnes, comma, place_name
from core.report.flow import Block, Columns, Figure, Figures, Flowable, Gap
from core.report.lines import shorten, tidy, wrap
from core.report.style import (
    ACCENT,
    BODY,
    GUTTER,
    HALF,
    INK,
    LABEL,
    SCOPE1,
    SCOPE2,
    SCOPE3,
    Style,
    rgb,
)

TITLE = T("Cover")
ORDER = 0
ONCE = True
PAPER = "cover"

_VALUE = Style(9, 12.2)


def story(report: ReportData, lang: str) -> list[Any]:
    """The coloured ground with the plant's name, the totals, the choices of the audit."""
    totals = report.inventory.totals
    location, market = T("Total, location-based"), T("Total, market-based")
    unit = "t CO2e"
    big = [
        Figure(report.tr(location, lang, "\n"), big_tonnes(totals.location), unit, "", ACCENT),
        Figure(report.tr(market, lang, "\n"), big_tonnes(totals.market), unit, "", ACCENT),
    ]
    parts = [
        Figure(report.tr(T("Scope 1"), lang, "\n"), big_tonnes(totals.scopes["scope1"]), unit, "", SCOPE1),
        Figure(
            report.tr(T("Scope 2, location-based"), lang, "\n"),
            big_tonnes(totals.scopes["scope2_location"]),
            unit,
            "",
            SCOPE2,
        ),
        Figure(
            report.tr(T("Scope 2, market-based"), lang, "\n"),
            big_tonnes(totals.scopes["scope2_market"]),
            unit,
            "",
            SCOPE2,
        ),
        Figure(report.tr(T("Scope 3"), lang, "\n"), big_tonnes(totals.scopes["scope3"]), unit, "", SCOPE3),
    ]
    return [
        _band(report, lang),
        Gap(22),
        Figures(big, GUTTER, after=12, size=30),
        Figures(parts, GUTTER / 2, after=14, size=15),
        *_facts(report, lang),
    ]


def _band(report: ReportData, lang: str) -> Band:
    return Band(
        Said(
            kind=report.tr(T("Greenhouse gas inventory"), lang),
            corner=_revision(report, lang),
            name=report.inventory.plant.name,
            below=_where(report, lang),
            span=report.span(report.period, lang),
        )
    )


def _where(report: ReportData, lang: str) -> str:
    plant = report.inventory.plant
    parts = (plant.organisation, plant.address, place_name(plant.country, plant.region, lang))
    return comma(lang).join(part for part in parts if part)


def _revision(report: ReportData, lang: str) -> str:
    return report.tr(T("Revision {number}", number=report.package.audit.revision), lang)


def _facts(report: ReportData, lang: str) -> list[Flowable]:
    audit, issue = report.package.audit, report.package.issue
    left: list[tuple[Text, str, int]] = [
        (T("Boundary"), audit.boundary or report.tr(T("The whole site"), lang), 4),
        (T("Consolidation approach"), report.tr(APPROACH_NAMES.get(audit.approach, verbatim(audit.approach)), lang), 1),
        (T("Criteria"), audit.criteria, 3),
        (T("Prepared by"), audit.preparer or issue.issued_by, 2),
    ]
    policy = policy_named(audit.policy).title
    right: list[tuple[Text, str, int]] = [
        (T("Emission factors"), report.tr(policy, lang, "\n"), 3),
        (T("Global warming potentials"), f"IPCC {audit.gwp_set}", 1),
        (T("State of the data"), _state(report, lang), 4),
        (T("Issued"), f"{_date(report, lang)}{comma(lang)}{issue.issued_by}", 2),
    ]
    flow: list[Flowable] = [Columns([(HALF, _pairs(report, left, lang)), (HALF, _pairs(report, right, lang))], GUTTER)]
    note = report.inventory.plant.note
    if note:
        lines = shorten(wrap(tidy(note), BODY.size - 0.8, True, 482), 2)
        flow += [Gap(8), Block("\n".join(lines), Style(BODY.size - 0.8, 12, bold=True, colour=rgb("B4400F")))]
    return flow


def _date(report: ReportData, lang: str) -> str:
    return show_date(report.package.issue.issued.date(), "zh" if lang == BOTH else lang)


def _state(report: ReportData, lang: str) -> str:
    counts = dict.fromkeys(("error", "warning", "info"), 0)
    for finding in open_findings(report.package.findings):
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    sentence = T(
        "Errors: {errors}; warnings: {warnings}; notes: {notes}; records without a factor: {excluded}",
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["info"],
        excluded=len(report.inventory.excluded),
    )
    return report.tr(sentence, lang, "\n")


def _pairs(report: ReportData, facts: list[tuple[Text, str, int]], lang: str) -> list[Flowable]:
    blocks: list[Flowable] = []
    for label, value, most in facts:
        lines = shorten(wrap(tidy(value), _VALUE.size, False, HALF), most)
        blocks.append(Block(report.tr(label, lang), LABEL))
        blocks.append(Block("\n".join(lines), Style(_VALUE.size, _VALUE.leading, colour=INK, after=5.5)))
    return blocks
