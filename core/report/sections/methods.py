"""How it was calculated: the rules of the audit, the methods with a worked example, every factor with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from core.i18n import T, Text, verbatim
from core.inventory.views import LOCATION
from core.library import OWN
from core.library.library import regions_of
from core.methods import AppliedFactor, Line, Method, all_methods
from core.report.data import (
    APPROACH_NAMES,
    CALCULATED_BY,
    STATUS_NAMES,
    ReportData,
    comma,
    exact,
    publisher_name,
    tonnes,
)
from core.report.flow import Block, heading, note
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Methods, factors and sources")
ORDER = 50
_AREAS = {"World": T("World"), OWN: T("Plant")}


def story(report: ReportData, lang: str) -> list[Any]:
    """Rules, methods, worked examples, factors, potentials."""
    formula = T(
        "t CO2e = activity data × emission factor of each gas × global warming potential ÷ 1000, line by line. "
        "A total is nothing but the sum of its lines."
    )
    frozen = T(
        "The factors are frozen in this report: a newer publication changes nothing until the audit is restated."
    )
    return [
        heading(report.tr(T("Rules of this audit"), lang), f"rules-{lang}"),
        _rules(report, lang),
        heading(report.tr(T("Methods"), lang), f"methods-{lang}"),
        Block(report.tr(formula, lang), BODY),
        _methods(report, lang),
        heading(report.tr(T("Worked examples: the largest line of each method"), lang), f"examples-{lang}"),
        _examples(report, lang),
        heading(report.tr(T("Emission factors as applied"), lang), f"factors-{lang}"),
        _factors(report, lang),
        *(note(f"{number}: {text}") for text, number in _licences(report).items()),
        note(report.tr(frozen, lang)),
        heading(report.tr(T("Global warming potentials, 100 years"), lang), f"gwp-{lang}"),
        _potentials(report, lang),
    ]


def _rules(report: ReportData, lang: str) -> Table:
    audit = report.package.audit
    said: list[tuple[Text, str]] = [
        (T("Period"), report.span(report.period, lang)),
        (T("Boundary"), audit.boundary or report.tr(T("The whole site"), lang)),
        (T("Consolidation approach"), report.tr(APPROACH_NAMES.get(audit.approach, verbatim(audit.approach)), lang)),
        (T("Criteria"), audit.criteria),
        (T("Choice of factors"), f"{report.tr(report.policy.title, lang)}\n{report.policy.source}"),
        (T("Global warming potentials"), f"IPCC {audit.gwp_set}"),
        (
            T("Missing factors"),
            report.tr(T("Never replaced: the record is excluded and stated with its quantity."), lang),
        ),
        (T("Bills across month ends"), report.tr(T("Split by calendar day."), lang)),
    ]
    columns = [Column("", 118, fixed=True), Column("", 1.0, most=30)]
    return Table(columns, [Row((report.tr(name, lang), text)) for name, text in said], header=False)


def _largest(report: ReportData) -> dict[str, Line]:
    largest: dict[str, Line] = {}
    for line in report.inventory.lines:
        key = line.activity.method
        if key not in largest or (line.tco2e, line.id) > (largest[key].tco2e, largest[key].id):
            largest[key] = line
    return dict(sorted(largest.items()))


def _methods(report: ReportData, lang: str) -> Table:
    known = all_methods()
    counts: dict[str, int] = {}
    sums: dict[str, Decimal] = {}
    for line in report.inventory.lines:
        key = line.activity.method
        counts[key] = counts.get(key, 0) + 1
        if line.scope in LOCATION:
            sums[key] = sums.get(key, Decimal(0)) + line.tco2e
    columns = [
        Column(report.tr(T("Method"), lang), 1.0),
        Column(report.tr(T("Approach"), lang), 62, fixed=True),
        Column(report.tr(T("Standard or guideline"), lang), 2.0),
        Column(report.tr(T("Lines"), lang), 36, "right", fixed=True),
        Column(report.tr(T("Location-based, t CO2e"), lang), 84, "right", fixed=True),
    ]
    rows = [
        Row((
            report.tr(known[key].title if key in known else verbatim(key), lang),
            _approach(report, known.get(key), lang),
            known[key].source if key in known else "",
            str(count),
            tonnes(sums[key]) if key in sums else "–",
        ))
        for key, count in sorted(counts.items())
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL, pad=2.4)


def _approach(report: ReportData, method: Method | None, lang: str) -> str:
    """Of scope 3; elsewhere the method is the approach."""
    if method is None or not method.approach:
        return "–"
    return report.tr(CALCULATED_BY.get(method.approach, verbatim(method.approach)), lang)


def _examples(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Step"), lang), 1.0),
        Column(report.tr(T("Calculation"), lang), 2.6, most=10),
        Column(report.tr(T("Result"), lang), 84, "right", fixed=True),
        Column("", 52, fixed=True),
    ]
    known, rows = all_methods(), []
    for key, line in _largest(report).items():
        name = report.tr(known[key].title if key in known else verbatim(key), lang)
        rows.append(Row((name, f"{line.activity.source} ({line.id})", "", ""), "group"))
        rows += [
            Row((step.what.in_language(lang), report.formula(step), exact(step.result), report.unit(step.unit)))
            for step in line.trace
        ]
    return Table(columns, rows, SMALL_CELL, pad=1.9)


def _factors(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("No."), lang), 24, fixed=True),
        Column(report.tr(T("Title and key"), lang), 1.7, most=10),
        Column(report.tr(T("Value"), lang), 66, fixed=True),
        Column(report.tr(T("Area, year"), lang), 34, fixed=True),
        Column(report.tr(T("Publisher, edition, place"), lang), 1.8, most=12),
        Column(report.tr(T("Status, licence"), lang), 78, fixed=True, most=12),
    ]
    licences = _licences(report)
    rows = [
        Row((
            _numbers(report, alike),
            f"{factor.title.in_language(lang)}\n{_from_to([one.key for one in alike])}",
            f"{exact(factor.value, 8)}\n{report.unit(factor.unit)}",
            f"{report.tr(_AREAS.get(factor.region, verbatim(factor.region)), lang)}\n{factor.year or ''}".rstrip(),
            ("；" if lang == "zh" else "; ").join(_origin(alike, lang)),
            "\n".join(part for part in _standing(report, factor, licences, lang) if part),
        ))
        for alike in _folded(report.factors)
        for factor in alike[:1]
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL, after=6, pad=2.4)


def _folded(factors: Iterable[AppliedFactor]) -> list[list[AppliedFactor]]:
    """Factors that differ in key and place alone, as the contracts of twelve bills do, stand in one row."""
    found: list[list[AppliedFactor]] = []
    for factor in factors:
        if found and _saying(found[-1][0]) == _saying(factor):
            found[-1].append(factor)
        else:
            found.append([factor])
    return found


def _saying(factor: AppliedFactor) -> tuple[object, ...]:
    if not factor.key.startswith("instrument."):
        return (factor.key, factor.value, factor.unit)
    return (factor.value, factor.unit, factor.publisher, factor.year, factor.status, factor.region)


def _from_to(texts: list[str]) -> str:
    return texts[0] if texts[0] == texts[-1] else f"{texts[0]} – {texts[-1]}"


def _numbers(report: ReportData, alike: list[AppliedFactor]) -> str:
    first, last = (report.factor_number(one) for one in (alike[0], alike[-1]))
    return first if first == last else f"{first} –\n{last}"


def _licences(report: ReportData) -> dict[str, str]:
    """``L2`` for each licence, in the order of the factors: their texts are long and repeat."""
    found = dict.fromkeys(factor.licence for factor in report.factors if factor.licence)
    return {text: f"L{number}" for number, text in enumerate(found, 1)}


def _origin(alike: list[AppliedFactor], lang: str) -> list[str]:
    """Who published it, in which edition and where; a place that begins with its edition says it once."""
    factor = alike[0]
    edition = "" if factor.place.startswith(factor.edition) else _from_to([one.edition for one in alike])
    place = _from_to([one.place for one in alike])
    return [part for part in (publisher_name(factor.publisher).in_language(lang), edition, place) if part]


def _standing(report: ReportData, factor: AppliedFactor, licences: dict[str, str], lang: str) -> Iterator[str]:
    """Status and licence, limits, and whether it describes another country for want of one of the plant's own."""
    status, licence = _status(report, factor.status, lang), licences.get(factor.licence, "")
    yield f"{status}{comma(lang)}{licence}" if licence else status
    if factor.lower is not None and factor.upper is not None:
        yield f"95 %: {exact(factor.lower, 8)} – {exact(factor.upper, 8)}"
    areas = (OWN, *regions_of(report.inventory.plant), *report.policy.places)
    if factor.region and factor.region not in areas:
        yield report.tr(T("Proxy: of another country"), lang)


def _status(report: ReportData, status: str, lang: str) -> str:
    return report.tr(STATUS_NAMES.get(status, verbatim(status)), lang)


def _potentials(report: ReportData, lang: str) -> Table:
    gwp = report.package.library.gwp[report.package.audit.gwp_set]
    used = {amount.species for line in report.inventory.lines for amount in line.amounts}
    columns = [
        Column(report.tr(T("Gas"), lang), 0.8),
        Column(report.tr(T("Name"), lang), 1.2),
        Column("GWP 100", 60, "right", fixed=True),
        Column(report.tr(T("Published in"), lang), 2.6),
    ]
    rows = [
        Row((key, s.name.in_language(lang), exact(s.gwp), f"{gwp.publisher}, {gwp.edition}; {s.place}"))
        for key, s in sorted(gwp.species.items())
        if key in used
    ]
    return Table(columns, rows, SMALL_CELL, pad=2.4)
