"""Targets: base year and what changed it, each target against its pathway, coverage, budget, and the rules behind."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from core.i18n import T, Text, verbatim
from core.report.data import ReportData, comma, exact, percent_of
from core.report.facts import number
from core.report.flow import Remark, lead, note
from core.report.plans.pathways import coverage_table, of_target, standing
from core.report.plans.series import base_year, series_table
from core.report.plans.words import changed_rules, down, judged_table, part_names, titled, word
from core.report.style import BODY, SCOPE2, SIGNAL
from core.report.table import Column, Row, Table
from core.targets.pathway import decimal_of
from core.targets.rulesets import RuleSet
from core.targets.status import TargetStatus
from core.targets.words import STATUSES, TARGET_KINDS

TITLE = T("Targets")
ORDER = 37


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when the plant has neither a base year nor targets."""
    plans = report.plans
    if not plans.of_targets:
        return []
    status = plans.status
    flow: list[Any] = [lead(report.tr(_opening(report), lang))]
    if plans.months_missing:
        said = T(
            "Months of {year} without data: {count}. The year is held against nothing, for it would look like a "
            "reduction.",
            year=str(plans.year),
            count=plans.months_missing,
        )
        flow.append(Remark(report.tr(said, lang), BODY, SIGNAL))
    flow += base_year(report, lang) + series_table(report, lang)
    if status.targets:
        title = report.tr(T("Targets and where they stand"), lang)
        flow += [*titled(title, f"targets-table-{lang}", _table(report, lang)), note(report.tr(_told(), lang))]
    for one in status.targets:
        flow += of_target(report, one, lang)
    return [*flow, *coverage_table(report, lang), *_rulesets(report, lang)]


def _opening(report: ReportData) -> Text:
    main, year = report.plans.main, str(report.plans.year)
    if main is None:
        return T("The plant has no target about emissions.")
    name = verbatim(main.target.name)
    if main.gap is None:
        return T("“{name}”: of its base year or of {year} not all is known, so nothing can be said.", name=name,
                 year=year)  # fmt: skip
    reduced = main.gap.reduced
    if reduced is not None and reduced < 0:
        return _risen(main, reduced)
    said = T("on its pathway") if main.gap.on_track else T("above its pathway")
    return T(
        "“{name}”: in {year} the emissions were {said}; reduced so far by {percent} of the base year {base}.",
        name=name,
        year=str(main.gap.year),
        said=said,
        percent="–" if reduced is None else percent_of(decimal_of(reduced)),
        base=str(main.target.base_year),
    )


def _risen(main: TargetStatus, reduced: Fraction) -> Text:
    """Below zero nothing was reduced."""
    assert main.gap is not None
    return T(
        "“{name}”: in {year} the emissions were {said}; they rose so far by {percent} of the base year {base}.",
        name=verbatim(main.target.name),
        year=str(main.gap.year),
        said=T("on its pathway") if main.gap.on_track else T("above its pathway"),
        percent=percent_of(decimal_of(-reduced)),
        base=str(main.target.base_year),
    )


def _told() -> Text:
    return T(
        "Emissions are those of the year that the report is about, or of the last one before it that is known: closed "
        "years, and what earlier reports state. Nothing here says that a target was validated or is aligned with a "
        "standard; what a rule set asks and a target lacks is named."
    )


def _table(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Target"), lang), 1.5, most=6),
        Column(report.tr(T("Parts it covers"), lang), 1.0, most=16),
        Column(report.tr(T("From, to"), lang), 42, fixed=True),
        Column(report.tr(T("Reduction or share"), lang), 50, "right", fixed=True),
        Column(report.tr(T("Emitted, t CO2e"), lang), 58, "right", fixed=True),
        Column(report.tr(T("Allowed, t CO2e"), lang), 58, "right", fixed=True),
        Column(report.tr(T("State"), lang), 62, fixed=True),
    ]
    return Table(columns, [_row(report, one, lang) for one in report.plans.status.targets], after=4, pad=2.4)


def _row(report: ReportData, one: TargetStatus, lang: str) -> Row:
    target, gap = one.target, one.gap
    kind = report.tr(word(TARGET_KINDS, target.kind), lang)
    status = report.tr(word(STATUSES, target.status), lang)
    if target.kind == "renewable":
        share = report.plans.shares.year
        here, allowed = down(share.shown("certified")), f"{exact(target.reduction, 2)}%"
    else:
        here, allowed = ("–", "–") if gap is None else (_amount(one, gap.actual), _amount(one, gap.allowed))
    return Row((
        f"{target.name}\n{kind}{comma(lang)}{status}",
        report.tr(T("electricity"), lang) if target.kind == "renewable" else part_names(report, target.parts, lang),
        f"{target.base_year}\n{target.year}",
        f"{exact(target.reduction, 2)}%",
        here,
        allowed,
        report.tr(standing(report, one), lang),
    ), "memo" if target.status == "withdrawn" else "line")  # fmt: skip


def _amount(one: TargetStatus, value: Fraction) -> str:
    """Tonnes, or tonnes of a unit of the key figure."""
    shown = decimal_of(value)
    return exact(shown) if one.target.intensity else number(shown, 1)


def _rulesets(report: ReportData, lang: str) -> list[Any]:
    plans = report.plans
    if not plans.rulesets:
        return []
    columns = [
        Column(report.tr(T("Rule set"), lang), 0.9, most=4),
        Column(report.tr(T("Version"), lang), 50, fixed=True),
        Column(report.tr(T("Where it stands"), lang), 1.5, most=8),
        Column(report.tr(T("Parameters"), lang), 52, "right", fixed=True),
        Column(report.tr(T("of them not known"), lang), 52, "right", fixed=True),
    ]
    rows = [
        Row((one.title.in_language(lang), one.version, "\n".join(x for x in (one.source, one.edition) if x),
             str(len(one.parameters)), str(len(one.unknown))))
        for one in plans.rulesets
    ]  # fmt: skip
    keys = tuple(one.key for one in plans.rulesets)
    return [
        *titled(
            report.tr(T("Rule sets that targets are held against"), lang),
            f"rulesets-{lang}",
            Table(columns, rows, after=4, pad=2.4),
        ),
        *(Remark(report.tr(_not_claimed(one), lang), BODY, SCOPE2) for one in plans.rulesets if one.entered),
        *changed_rules(report, plans.changed(*keys), "targets", lang),
        *judged_table(report, plans.status.series.judged, lang),
    ]


def _not_claimed(one: RuleSet) -> Text:
    return T(
        "No alignment with V{version} is claimed: the numbers of {title} are parameters that the plant entered, and "
        "what nobody entered is not checked.", version=one.version.removeprefix("V").removeprefix("v"), title=one.title,
    )  # fmt: skip
