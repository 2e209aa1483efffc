"""How it was calculated: the rules of the audit, the methods with a worked example, every factor with its source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, verbatim
from core.library import policy_named
from core.methods import AppliedFactor, Line, all_methods
from core.report.data import APPROACH_NAMES, STATUS_NAMES, ReportData, exact, publisher_name, tonnes
from core.report.flow import Block, heading, note
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Methods, factors and sources")
ORDER = 50
_WORLD = T("World")


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
        (T("Choice of factors"), report.tr(policy_named(audit.policy).title, lang)),
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
        if line.scope not in ("scope2_market", "avoided"):
            sums[key] = sums.get(key, Decimal(0)) + line.tco2e
    columns = [
        Column(report.tr(T("Method"), lang), 1.0),
        Column(report.tr(T("Standard or guideline"), lang), 2.0),
        Column(report.tr(T("Lines"), lang), 36, "right", fixed=True),
        Column(report.tr(T("Location-based, t CO2e"), lang), 84, "right", fixed=True),
    ]
    rows = [
        Row((
            report.tr(known[key].title if key in known else verbatim(key), lang),
            known[key].source if key in known else "",
            str(count),
            tonnes(sums[key]) if key in sums else "–",
        ))
        for key, count in sorted(counts.items())
    ]  # fmt: skip
    return Table(columns, rows)


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
    return Table(columns, rows)


def _factors(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("No."), lang), 20, fixed=True),
        Column(report.tr(T("Title and key"), lang), 1.7, most=10),
        Column(report.tr(T("Value"), lang), 46, "right", fixed=True),
        Column(report.tr(T("Unit"), lang), 58, fixed=True),
        Column(report.tr(T("Area, year"), lang), 34, fixed=True),
        Column(report.tr(T("Publisher, edition, place"), lang), 1.8, most=12),
        Column(report.tr(T("Licence, status"), lang), 1.1, most=12),
    ]
    rows = [
        Row((
            report.factor_number(factor),
            f"{factor.title.in_language(lang)}\n{factor.key}",
            exact(factor.value, 8),
            report.unit(factor.unit),
            f"{report.tr(_WORLD if factor.region == 'World' else verbatim(factor.region), lang)}\n{factor.year}",
            ("；" if lang == "zh" else "; ").join(_origin(factor, lang)),
            "\n".join(part for part in (factor.licence, _status(report, factor.status, lang)) if part),
        ))
        for factor in report.factors
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL, after=6)


def _origin(factor: AppliedFactor, lang: str) -> list[str]:
    """Who published it, in which edition and where; a place that begins with its edition says it once."""
    edition = "" if factor.place.startswith(factor.edition) else factor.edition
    return [part for part in (publisher_name(factor.publisher).in_language(lang), edition, factor.place) if part]


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
    return Table(columns, rows)
