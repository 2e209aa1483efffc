"""Published sentences about PV systems, taken apart: factor, yield, totals, years, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.i18n import T, Text, labelled, show_date, verbatim
from core.inventory.energy.claims import StatedAssumption, StatedClaim, StatedCompared, StatedQuantity, StatedStep
from core.ledger import Claim
from core.report.charts import Bar, horizontal_bars
from core.report.data import STATUS_NAMES, ReportData, comma, exact, place_name, publisher_name
from core.report.facts import number, short, signed, subtitle
from core.report.flow import Block, Chapter, Remark, heading, lead, note
from core.report.strip import strip
from core.report.style import (
    ACCENT,
    BODY,
    MUTED,
    SCOPE2,
    SCOPE3,
    SIGNAL,
    SMALL_CELL,
    WIDTH,
    Colour,
    Style,
    rgb,
)
from core.report.table import Column, Row, Table
from core.solar.claims.model import VERDICTS

TITLE = T("Published claims, taken apart")
ORDER = 34
_NEAREST, _KNOWN, _SCENARIOS, _SOURCES = 5, 2, 12, 6
"""Factors, those of them that the claim could have known, scenarios and sources that are printed of a step."""
_COLOURS: dict[str, Colour] = {"contradicted": SIGNAL, "doubtful": rgb("9A5B00"), "unknown": MUTED, "holds": ACCENT}
_WORDS: dict[str, Text] = {str(key): word for key, word in VERDICTS.items()}
_STATUS: dict[str, Text] = {**STATUS_NAMES, "ASSUMED": T("assumed")}


def story(report: ReportData, lang: str) -> list[Any]:
    """Each claim: what was published, the verdict, each step, questions. Nothing without claims."""
    claims = () if report.package.energy is None else report.package.energy.claims
    if not claims:
        return []
    flow: list[Any] = []
    for claim in claims:
        flow += _claim(report, claim, lang)
    return [*flow, *_assumptions(report, claims, lang)]


def _claim(report: ReportData, stated: StatedClaim, lang: str) -> list[Any]:
    claim, check = stated.claim, stated.check
    verdict, colour = _verdict(report, check.verdict, lang), _COLOURS.get(check.verdict, MUTED)
    flow: list[Any] = [
        subtitle(claim.name, "claim", claim.id, lang),
        lead(f"“{claim.text.strip()}”" if claim.text.strip() else report.tr(T("No sentence was kept."), lang)),
        note(_published(report, claim, lang)),
        Remark(f"{verdict}. {check.summary.in_language(lang)}" if lang != "zh"
               else f"{verdict}。{check.summary.in_language(lang)}", BODY, colour),
    ]  # fmt: skip
    for step in check.steps:
        flow += _step(report, claim, step, lang)
    if check.questions:
        flow.append(heading(report.tr(T("To be asked"), lang), f"claim-ask-{short(claim.id, 40)}-{lang}"))
        flow += [
            Block(f"{place}.\u2002{question.in_language(lang)}", BODY.but(after=3))
            for place, question in enumerate(check.questions, 1)
        ]
    return flow


def _verdict(report: ReportData, key: str, lang: str) -> str:
    return report.tr(_WORDS[key], lang) if key in _WORDS else short(key, 40)


def _published(report: ReportData, claim: Claim, lang: str) -> str:
    parts = [
        claim.publisher,
        report.tr(T("published on {day}", day=verbatim(show_date(claim.published, lang))), lang),
        place_name(claim.country, claim.region, lang) if claim.country else "",
        claim.note,
    ]
    return ("；" if lang == "zh" else "; ").join(part for part in parts if part)


def _step(report: ReportData, claim: Claim, step: StatedStep, lang: str) -> list[Any]:
    style = Style(10, 13.5, bold=True, colour=_COLOURS.get(step.verdict, MUTED), before=11, after=3)
    title = f"{_verdict(report, step.verdict, lang)}\u2002·\u2002{step.title.in_language(lang)}"
    flow: list[Any] = [Chapter(short(title, 160), "", style=style), Block(step.sentence.in_language(lang), BODY)]
    if step.quantities:
        flow.append(_quantities(report, step.quantities, lang))
    flow += _factors(report, step, lang)
    flow += _scenarios(report, claim, step, lang)
    if step.sources:
        flow.append(note(_sources(report, step, lang)))
    return flow


def _quantities(report: ReportData, quantities: Sequence[StatedQuantity], lang: str) -> Table:
    columns = [
        Column("", 1.0),
        Column(report.tr(T("Formula"), lang), 1.5),
        Column(report.tr(T("Result"), lang), 58, "right", fixed=True),
        Column("", 46, fixed=True),
    ]
    spans = [
        "" if one.low is None or one.high is None else f"{exact(one.low, 3)} – {exact(one.high, 3)}"
        for one in quantities
    ]
    if any(spans):
        columns.append(Column(report.tr(T("Rounding allows"), lang), 78, "right", fixed=True))
    rows = [
        Row((one.name.in_language(lang), one.formula, one.shown, _unit(one.unit), span))
        for one, span in zip(quantities, spans, strict=True)
    ]
    return Table(columns, rows, SMALL_CELL, after=6, pad=1.8)


def _unit(unit: str) -> str:
    """As it is printed; nothing for a bare number."""
    return "" if unit == "1" else short(unit, 20).replace("m2", "m²")


def _nearest(step: StatedStep) -> list[StatedCompared]:
    """The nearest ones, and the nearest of those that had been published on the day of the claim."""
    first = list(step.factors[:_NEAREST])
    known = [one for one in step.factors[_NEAREST:] if one.known_at_the_time]
    already = sum(one.known_at_the_time for one in first)
    return first + known[: max(_KNOWN - already, 0)]


def _factors(report: ReportData, step: StatedStep, lang: str) -> list[Any]:
    if not step.factors:
        return []
    needed = all(one.difference_percent is None for one in step.factors)
    last = T("Yield it needs, kWh/kW/a") if needed else T("The claimed energy avoids, t")
    columns = [
        Column(report.tr(T("Nearest published factors"), lang), 1.0, most=4),
        Column("t/MWh", 40, "right", fixed=True),
        Column(report.tr(T("Gas"), lang), 28, fixed=True),
        Column(report.tr(T("Difference"), lang), 42, "right", fixed=True),
        Column(report.tr(T("Known then"), lang), 44, fixed=True),
        Column(report.tr(last, lang), 74, "right", fixed=True),
    ]
    rows = [_factor(report, one, needed, lang) for one in _nearest(step)]
    return [*_strip(report, step, lang), Table(columns, rows, SMALL_CELL, after=6, pad=1.8)]


def _factor(report: ReportData, one: StatedCompared, needed: bool, lang: str) -> Row:
    by = report.tr(publisher_name(f"{one.publisher}, {one.edition}"), lang)
    off = "–" if one.difference_percent is None else f"{signed(one.difference_percent, 1)}%"
    return Row((
        f"{one.name.in_language(lang)}\n{by}",
        exact(one.value_t_per_mwh),
        one.gas,
        report.tr(T("equal"), lang) if one.equal else off,
        report.tr(T("yes") if one.known_at_the_time else T("no"), lang),
        number(one.needed_kwh_per_kw if needed else one.tonnes, 0),
    ))  # fmt: skip


def _strip(report: ReportData, step: StatedStep, lang: str) -> list[Any]:
    """Where the constant of the claim stands among all published ones; nothing where it has none."""
    constant = next((one for one in step.quantities if one.unit == "t/MWh"), None)
    if constant is None:
        return []
    axis = T("Published factors, t/MWh; full: known on the day of the claim; shaded: what rounding allows")
    allowed = None if constant.low is None or constant.high is None else (constant.low, constant.high)
    dots = [(one.value_t_per_mwh, one.known_at_the_time) for one in step.factors]
    label = report.tr(T("Claim: {value}", value=constant.shown), lang)
    return [strip(dots, (short(label, 40), constant.value), allowed, WIDTH, report.tr(axis, lang))]


def _scenarios(report: ReportData, claim: Claim, step: StatedStep, lang: str) -> list[Any]:
    """What the years come to, below what is claimed of them."""
    if not step.scenarios:
        return []
    claimed = claim.total_tonnes
    bars = [] if claimed is None else [Bar(report.tr(T("Claimed"), lang), claimed, SIGNAL)]
    for one in step.scenarios[:_SCENARIOS]:
        falling = T("falling {rate} %/a", rate=exact(one.decline_percent_a_year))
        path = report.tr(falling if one.decline_percent_a_year else T("frozen"), lang)
        name = labelled(path, short(one.name.in_language(lang)), lang)
        bars.append(Bar(name, one.tonnes, SCOPE2 if one.decline_percent_a_year else SCOPE3))
    return [horizontal_bars(bars, WIDTH, report.tr(T("All years, t"), lang))]


def _sources(report: ReportData, step: StatedStep, lang: str) -> str:
    said = []
    for one in step.sources[:_SOURCES]:
        parts = [one.title.in_language(lang), report.tr(publisher_name(one.publisher), lang), one.edition]
        said.append(comma(lang).join(part.rstrip(".。") for part in parts if part) + _state(report, one.status, lang))
    title = report.tr(T("Sources of the numbers"), lang)
    return labelled(title, ("；" if lang == "zh" else "; ").join(said), lang)


def _state(report: ReportData, status: str, lang: str) -> str:
    if not status:
        return ""
    return f" [{report.tr(_STATUS[status], lang) if status in _STATUS else status}]"


def _assumptions(report: ReportData, claims: Sequence[StatedClaim], lang: str) -> list[Any]:
    """Of all claims, each once."""
    found: dict[tuple[str, str], StatedAssumption] = {}
    for one in claims:
        for assumption in one.check.assumptions:
            found.setdefault((assumption.name.en, str(assumption.value)), assumption)
    if not found:
        return []
    columns = [
        Column(report.tr(T("Assumed"), lang), 1.0),
        Column("", 34, "right", fixed=True),
        Column("", 26, fixed=True),
        Column(report.tr(T("Taken from"), lang), 1.6),
    ]
    rows = [
        Row((one.name.in_language(lang), exact(one.value), "" if one.unit == "1" else one.unit,
             one.source.in_language(lang) + _state(report, one.status, lang)))
        for one in found.values()
    ]  # fmt: skip
    title = report.tr(T("Assumed where the claims are silent"), lang)
    return [heading(title, f"claim-assumed-{lang}"), Table(columns, rows, after=4, pad=2.0)]
