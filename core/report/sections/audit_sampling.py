"""Samples and tests: what was drawn, from what and with which seed, what the tests showed and what that stands for."""

from __future__ import annotations

from typing import Any

from core.audit.procedures import PROCEDURES, RESULTS, sheets_of
from core.audit.sample_said import setting_said
from core.audit.sampled import SampleResult, results_of
from core.audit.sampling import METHODS, redraw
from core.i18n import T, labelled
from core.ledger import Sample, TestSheet
from core.report.data import ReportData, exact, tonnes
from core.report.facts import facts, short, signed, subtitle
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Samples and tests")
ORDER = 55


def story(report: ReportData, lang: str) -> list[Any]:
    """Every sample, then every test sheet. Nothing while nobody audits the year."""
    ledger, year = report.package.ledger, report.period.end.year
    if ledger.engagement(year) is None:
        return []
    samples = [one for one in ledger.held(Sample) if one.year == year]
    results = {one.sample.id: one for one in results_of(ledger, report.inventory, year)}
    said = T("Samples: {samples}; test sheets: {tests}.", samples=len(samples), tests=len(sheets_of(ledger, year)))
    flow: list[Any] = [lead(report.tr(said, lang))]
    for sample in samples:
        flow += _sample(report, sample, results.get(sample.id), lang)
    return [*flow, *_sheets(report, lang)]


def _sample(report: ReportData, sample: Sample, result: SampleResult | None, lang: str) -> list[Any]:
    between = "、" if lang == "zh" else ", "
    everything = report.tr(T("all emission sources"), lang)
    rows = [
        (T("Method"), report.tr(METHODS[sample.method], lang)),
        (T("Drawn from"), between.join(sample.sources) or everything),
        (T("Records"), str(len(set(sample.activities)))),
        (T("Seed"), sample.seed or "–"),
        (T("Share that is drawn"), f"{sample.level} %" if sample.level else "–"),
        (T("Settings"), "\n".join(_setting(report, *one, lang) for one in sample.settings)),
        (T("Reason"), sample.reason),
        (T("Drawn again"), redraw(report.package.ledger, report.inventory, sample).words.in_language(lang)),
    ]
    if result is not None:
        rows += _result(report, result, lang)
    return [
        subtitle(sample.name, "sample", sample.id, lang),
        facts([(report.tr(name, lang), value) for name, value in rows if value]),
    ]


def _setting(report: ReportData, key: str, value: str, lang: str) -> str:
    name, shown = (short(report.tr(text, lang), 80) for text in setting_said(key, value, tonnes))
    return labelled(name, shown, lang)


def _result(report: ReportData, result: SampleResult, lang: str) -> list[tuple[Any, str]]:
    tested = T(
        "{tested} of {drawn} records; different: {differing}",
        tested=result.tested,
        drawn=result.drawn,
        differing=result.differing,
    )
    found = T(
        "too much {over} t CO2e, too little {under} t CO2e",
        over=tonnes(result.overstated),
        under=tonnes(result.understated),
    )
    stands = T(
        "too much {over} t CO2e, too little {under} t CO2e",
        over=tonnes(result.projected_over),
        under=tonnes(result.projected_under),
    )
    rows: list[tuple[Any, str]] = [
        (T("Tested"), report.tr(tested, lang)),
        (T("Found"), report.tr(found, lang)),
        (T("Stands for"), report.tr(stands, lang)),
    ]
    if result.limit is not None:
        limit = f"{tonnes(result.limit)} t CO2e"
        if result.tolerable is not None:
            limit += f" ({report.tr(T('tolerable: {tonnes} t CO2e', tonnes=tonnes(result.tolerable)), lang)})"
        rows.append((T("Upper misstatement limit"), limit))
    return rows


def _sheets(report: ReportData, lang: str) -> list[Any]:
    sheets = sheets_of(report.package.ledger, report.period.end.year)
    if not sheets:
        return []
    columns = [
        Column(report.tr(T("Record"), lang), 1.5, most=3),
        Column(report.tr(T("Procedure"), lang), 0.9),
        Column(report.tr(T("Reported"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Evidence"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Effect, t CO2e"), lang), 58, "right", fixed=True),
        Column(report.tr(T("Result"), lang), 0.8),
    ]
    rows = [_sheet(report, one, lang) for one in sheets]
    said = T("Values typed again blind were typed by a second person who had not seen the first.")
    return [
        heading(report.tr(T("Test sheets"), lang), f"test-sheets-{lang}"),
        Table(columns, rows, SMALL_CELL, after=4, pad=2.2),
        Block(report.tr(said, lang), BODY),
    ]


def _sheet(report: ReportData, one: TestSheet, lang: str) -> Row:
    sources = {a.id: a.source for a in report.inventory.activities}
    values = ["–" if value is None else exact(value, 3) for value in (one.reported, one.found)]
    effect = "–" if one.effect is None else signed(one.effect, 3)
    record = f"{sources.get(one.activity, '')} {one.activity}".strip()
    procedure, result = report.tr(PROCEDURES[one.procedure], lang), report.tr(RESULTS[one.result], lang)
    return Row((record, procedure, *values, effect, result))
