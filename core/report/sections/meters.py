"""Meters: their plates and certificates, how complete their values are, where the energy goes, and what was noticed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text
from core.inventory.energy import Energy
from core.inventory.energy.meters import StatedMeter, StatedProblem
from core.library import EXACT
from core.methods import exact_sum
from core.report.charts import Bar, horizontal_bars, readable
from core.report.data import SEVERITY_NAMES, ReportData, exact, percent
from core.report.facts import short
from core.report.flow import Figure, Figures, Remark, headed, heading, lead, note
from core.report.meter_words import medium_name, sign
from core.report.style import BODY, GUTTER, PART, SCOPE2, SCOPE3, SIGNAL, WIDTH
from core.report.table import Column, Row, Table
from core.series.entering import DIRECTIONS
from core.series.problems import CHECKS

TITLE = T("Meters")
ORDER = 29
_PROBLEMS, _ALIKE, _PARTS = 30, 4, 20
"""Problems, those of one kind of one meter, and parts of a meter, told one by one; warnings and the largest come
first."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Figures, plates, where the energy goes, problems. Nothing without meters."""
    energy = report.package.energy
    if energy is None or not energy.meters:
        return []
    return [
        lead(report.tr(_opening(report, energy), lang)),
        _figures(report, energy, lang),
        heading(report.tr(T("Plates and certificates"), lang), f"meters-plates-{lang}"),
        _plates(report, energy, lang),
        note(report.tr(_legend(), lang)),
        *_parts(report, energy, lang),
        *_noticed(report, energy, lang),
    ]


def _opening(report: ReportData, energy: Energy) -> Text:
    kept = [one for one in energy.meters if one.index_sha256]
    expected, present = (sum(getattr(one, key) for one in kept) for key in ("expected", "present"))
    return T(
        "Of {meters} meters and sensors, {kept} are read in intervals; {share} of their intervals from {start} to "
        "{end} have a value.",
        meters=len(energy.meters),
        kept=len(kept),
        share=percent(Decimal(present), Decimal(expected)),
        start=report.period.start,
        end=report.period.end,
    )


def _legend() -> Text:
    return T(
        "Sum of the values there are, of a sensor their mean. A gap adds nothing and is never filled; an estimate is "
        "marked and was made by a person. The intervals stay in the plant file; months stand in the appendix."
    )


def _figures(report: ReportData, energy: Energy, lang: str) -> Figures:
    missing = sum(max(one.expected - one.present, 0) for one in energy.meters)
    estimated = sum(one.estimated for one in energy.meters)
    ended = sum(_ended(report, one) for one in energy.meters)
    warnings = sum(problem.severity == "warning" for one in energy.meters for problem in one.problems)
    said = (
        (T("Intervals without a value"), missing, ""),
        (T("Intervals with an estimate"), estimated, ""),
        (T("Meters whose calibration ended"), ended, ""),
        (T("Warnings about values"), warnings, ""),
    )
    return Figures(
        [Figure(report.tr(name, lang), exact(Decimal(count), 0), unit, "", SCOPE2) for name, count, unit in said],
        GUTTER / 2,
        size=18,
    )


def _ended(report: ReportData, meter: StatedMeter) -> bool:
    """Whether the certificate ran out inside or before the period; ISO dates compare as text."""
    return bool(meter.calibrated_to) and meter.calibrated_to < report.period.end.isoformat()


def _plates(report: ReportData, energy: Energy, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Meter"), lang), 1.35, most=4),
        Column(report.tr(T("What it measures"), lang), 0.9, most=4),
        Column(report.tr(T("Serial number"), lang), 0.8, most=3),
        Column(report.tr(T("Class"), lang), 30, fixed=True),
        Column(report.tr(T("Calibrated until"), lang), 50, fixed=True),
        Column(report.tr(T("Counted"), lang), 62, "right", fixed=True),
        Column("", 30, fixed=True),
        Column(report.tr(T("Complete"), lang), 42, "right", fixed=True),
    ]
    return Table(columns, [_plate(report, one, lang) for one in energy.meters], after=4, pad=2.6)


def _plate(report: ReportData, meter: StatedMeter, lang: str) -> Row:
    direction = DIRECTIONS.get(meter.direction)
    way = f"\n{report.tr(direction, lang)}" if direction is not None and not meter.level else ""
    ended, whole = _ended(report, meter), meter.shown
    until = meter.calibrated_to or "–"
    grounds = [(4, PART)] if ended else []
    if meter.index_sha256 and meter.present < meter.expected:
        grounds.append((7, PART))
    return Row(
        (
            meter.name + (f"\n{meter.location}" if meter.location else ""),
            medium_name(report, meter, lang) + way,
            meter.serial or "–",
            meter.accuracy or "–",
            f"{until}\n{report.tr(T('ended'), lang)}" if ended else until,
            "–" if whole is None else readable(whole),
            sign(meter.unit),
            percent(Decimal(meter.present), Decimal(meter.expected)) if meter.index_sha256 else "–",
        ),
        grounds=tuple(grounds),
    )


def _parts(report: ReportData, energy: Energy, lang: str) -> list[Any]:
    """For each meter with others behind it, what these count of its total, and what nobody counts below it."""
    flow: list[Any] = []
    for meter in energy.meters:
        below = [one for one in energy.children(meter) if one.unit == meter.unit and not one.level]
        if below and not meter.level and meter.present:
            flow += _shares(report, meter, below, lang)
    return flow


def _shares(report: ReportData, meter: StatedMeter, below: list[StatedMeter], lang: str) -> list[Any]:
    rest = EXACT.subtract(meter.total, exact_sum(one.total for one in below))
    larger = sorted(below, key=lambda one: (-one.total, one.id))
    bars = [Bar(one.name, one.total, SCOPE2) for one in larger[:_PARTS]]
    if other := larger[_PARTS:]:
        further = report.tr(T("Further meters: {count}", count=len(other)), lang)
        bars.append(Bar(further, exact_sum(one.total for one in other), SCOPE2))
    bars.append(Bar(report.tr(T("Counted by no meter below it"), lang), rest, SCOPE3, True))
    axis = T("{unit} of {whole} {unit}", unit=sign(meter.unit), whole=exact(meter.total, 0))
    title = T("Counted behind {meter}", meter=short(meter.name))
    chart = horizontal_bars(bars, WIDTH, report.tr(axis, lang), meter.total)
    flow = headed(report.tr(title, lang), f"meters-parts-{short(meter.id, 40)}-{lang}", chart)
    if rest < 0:
        said = T(
            "The meters below count {more} {unit} more than the one above them: one of them is wrong, or not all are "
            "behind it.",
            more=exact(-rest, 1),
            unit=sign(meter.unit),
        )
        flow.append(Remark(report.tr(said, lang), BODY, SIGNAL))
    return flow


def _noticed(report: ReportData, energy: Energy, lang: str) -> list[Any]:
    """A few of each kind of each meter; how many there are more is said."""
    found = [(meter, problem) for meter in energy.meters for problem in meter.problems]
    if not found:
        return []
    told: dict[tuple[str, str], int] = {}
    shown: list[tuple[StatedMeter, StatedProblem]] = []
    for meter, problem in sorted(found, key=lambda one: one[1].severity != "warning"):
        key = (meter.id, problem.check)
        told[key] = told.get(key, 0) + 1
        if told[key] <= _ALIKE and len(shown) < _PROBLEMS:
            shown.append((meter, problem))
    columns = [
        Column("", 44, fixed=True),
        Column(report.tr(T("Meter"), lang), 1.0, most=3),
        Column(report.tr(T("What"), lang), 0.8),
        Column(report.tr(T("Noticed"), lang), 2.4),
    ]
    rows = [_problem(report, meter, problem, lang) for meter, problem in shown]
    more = len(found) - len(rows) + sum(meter.more_problems for meter in energy.meters)
    flow: list[Any] = [
        heading(report.tr(T("Noticed in the values"), lang), f"meters-noticed-{lang}"),
        Table(columns, rows, after=4, pad=2.4),
    ]
    if more:
        flow.append(note(report.tr(T("Further ones: {count}; the page “Meters” shows each.", count=more), lang)))
    return flow


def _problem(report: ReportData, meter: StatedMeter, problem: StatedProblem, lang: str) -> Row:
    severity, check = SEVERITY_NAMES.get(problem.severity), CHECKS.get(problem.check)
    return Row((
        problem.severity if severity is None else report.tr(severity, lang),
        meter.name,
        problem.check if check is None else report.tr(check, lang),
        report.tr(problem.message, lang),
    ), "line" if problem.severity == "warning" else "memo")  # fmt: skip
