"""Page 1: which plant, which period, under which rules, how much, and the two signatures."""

from __future__ import annotations

from typing import Any

from core.checks import open_findings
from core.i18n import T, Text, show_date, verbatim
from core.library import policy_named
from core.report import pen
from core.report.data import APPROACH_NAMES, BOTH, ReportData, big_tonnes, comma, place_name
from core.report.flow import Block, Columns, Figure, Figures, Flowable, Gap
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import (
    ACCENT,
    BODY,
    DISPLAY,
    GUTTER,
    HALF,
    INK,
    LABEL,
    LEFT,
    PAGE,
    SCOPE1,
    SCOPE2,
    SCOPE3,
    WHITE,
    Style,
    rgb,
)

TITLE = T("Cover")
ORDER = 0
ONCE = True
PAPER = "cover"

_PALE = rgb("BFD9DC")
_TOP = Style(11, 15, colour=WHITE)
_SUB = Style(11, 15, colour=_PALE)
_VALUE = Style(9, 12.2)
_BAND = 262.0
"""Height of the coloured ground, from the upper edge of the page."""


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
        Band(report, lang),
        Gap(22),
        Figures(big, GUTTER, after=12, size=30),
        Figures(parts, GUTTER / 2, after=14, size=15),
        *_facts(report, lang),
    ]


class Band(Flowable):  # type: ignore[misc]
    """The coloured upper third of the page, drawn beyond the margins."""

    def __init__(self, report: ReportData, lang: str) -> None:
        super().__init__()
        self.report, self.lang = report, lang

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, _BAND - 56.7
        return self.width, self.height

    def draw(self) -> None:
        report, plant = self.report, self.report.inventory.plant
        operators = [pen.box(-LEFT, 0, PAGE[0], _BAND, ACCENT), pen.box(-LEFT, 0, PAGE[0], 5, rgb("DB9A26"))]
        pen.write(self.canv, *operators)
        top = self.height + 4
        pen.line(self.canv, report.tr(T("Greenhouse gas inventory"), self.lang), 0, top, _TOP)
        pen.line(self.canv, _revision(report, self.lang), 0, top, _SUB.but(align="right"), self.width)
        size, lines = _fitting(tidy(plant.name).replace("\n", " "), self.width)
        y = top - 26 - size
        for text in lines:
            pen.line(self.canv, text, 0, y, Style(size, size * 1.2, bold=True, colour=WHITE))
            y -= size * 1.2
        for text in shorten(wrap(_where(report, self.lang), _SUB.size, False, self.width), 2):
            y -= 2
            pen.line(self.canv, text, 0, y + size * 0.2, _SUB)
            y -= _SUB.leading
        pen.line(self.canv, report.span(report.period, self.lang), 0, 24, Style(17, 20, bold=True, colour=WHITE))


def _fitting(name: str, available: float) -> tuple[float, tuple[str, ...]]:
    """The largest size at which the name needs at most two lines; a very long one gets three small ones."""
    for size in (DISPLAY.size, 27.0, 22.0, 18.0):
        lines = wrap(name, size, True, available)
        if len(lines) <= 2 and all(width(line, size, True) <= available for line in lines):
            return size, lines
    return 15.0, shorten(wrap(name, 15.0, True, available), 3)


def _where(report: ReportData, lang: str) -> str:
    plant = report.inventory.plant
    parts = (plant.organisation, plant.address, place_name(plant.country, plant.region, lang))
    return tidy(comma(lang).join(part for part in parts if part)).replace("\n", " ")


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
