"""Is everything in: scopes and all categories of scope 3 with their state, the holes, and what was left out and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, labelled, verbatim
from core.inventory.compile import Excluded
from core.inventory.views import MatrixRow, Node
from core.inventory.views.titles import APPROACH_TITLES
from core.methods import Line, all_methods, exact_sum
from core.report.data import ReportData, comma, exact, percent_of, tonnes
from core.report.flow import Block, heading, lead, note
from core.report.style import BODY
from core.report.table import Column, Row, Table

TITLE = T("Completeness and exclusions")
ORDER = 41
_MOST_HOLES = 20
"""Series shown one by one; all of them stand in the appendix of months."""
_MOST_ALIKE = 12
"""Excluded records that share a row."""


def story(report: ReportData, lang: str) -> list[Any]:
    """What is counted, what has holes, what is excluded."""
    return [
        lead(report.tr(_opening(report), lang)),
        heading(report.tr(T("Scopes and categories"), lang), f"scopes-complete-{lang}"),
        _tree(report, lang),
        note(report.tr(_legend(), lang)),
        heading(report.tr(T("Holes"), lang), f"holes-{lang}"),
        *_holes(report, lang),
        heading(report.tr(T("Records without a factor"), lang), f"excluded-{lang}"),
        *_excluded(report, lang),
    ]


def _opening(report: ReportData) -> Text:
    states = [c.status for c in report.ghgp.categories if c.number]
    return T(
        "Of the fifteen categories of scope 3, {calculated} are calculated, {declared} are declared not relevant with "
        "a reason, and {silent} are not recorded.",
        calculated=states.count("calculated"),
        declared=states.count("not_relevant"),
        silent=states.count("gap"),
    )


def _legend() -> Text:
    return T(
        "Months: those with a record, of those in the period, for the series with the most holes. Proof: share of the "
        "tonnes with a kept file. Shares of scope 2 market-based refer to the market-based total, others to the "
        "location-based one."
    )


def _tree(report: ReportData, lang: str) -> Table:
    columns = [
        Column("", 1.25, most=4),
        Column(report.tr(T("State"), lang), 1.5, most=8),
        Column("t CO2e", 66, "right", fixed=True),
        Column(report.tr(T("Share"), lang), 38, "right", fixed=True),
        Column(report.tr(T("Months"), lang), 36, "right", fixed=True),
        Column(report.tr(T("Proof"), lang), 36, "right", fixed=True),
    ]
    rows: list[Row] = []
    for scope in report.completeness:
        rows.append(
            Row((report.tr(scope.title, lang), "", tonnes(scope.tonnes), percent_of(scope.share), "", ""), "group")
        )
        rows += [_category(report, node, lang) for node in scope.children]
    return Table(columns, rows, after=4, pad=2.4)


def _category(report: ReportData, node: Node, lang: str) -> Row:
    number = node.key.removeprefix("scope3:") if node.key.startswith("scope3:") else ""
    name = report.category_name(int(number), lang) if number else report.tr(node.title, lang)
    counted = node.status == "calculated"
    months = f"{node.months_covered}/{node.months_expected}" if node.months_expected and counted else "–"
    cells = (
        name, _state(report, node, lang), tonnes(node.tonnes) if counted else "–",
        percent_of(node.share) if counted else "–", months, percent_of(node.kept, 0) if counted else "–",
    )  # fmt: skip
    return Row(cells, "line" if counted else "memo")


def _state(report: ReportData, node: Node, lang: str) -> str:
    if node.status == "not_relevant":
        return report.tr(T("Not relevant: {reason}", reason=verbatim(node.reason)), lang)
    left_out = report.tr(T("Excluded records: {count}", count=len(node.excluded)), lang) if node.excluded else ""
    if not node.lines:
        return left_out or report.tr(T("Not recorded"), lang)
    said = report.tr(T("Calculated"), lang)
    if approaches := _approaches(node.lines):
        named = comma(lang).join(report.tr(APPROACH_TITLES.get(a, verbatim(a)), lang) for a in approaches)
        said = labelled(said, named, lang)
    return f"{said}\n{left_out}" if left_out else said


def _approaches(lines: tuple[Line, ...]) -> list[str]:
    """Of the most tonnes first; scopes 1 and 2 have none."""
    known, sums = all_methods(), dict[str, Decimal]()
    for line in lines:
        method = known.get(line.activity.method)
        if method is not None and method.approach:
            sums[method.approach] = sums.get(method.approach, Decimal(0)) + abs(line.tco2e)
    return sorted(sums, key=lambda key: (-sums[key], key))


def _holes(report: ReportData, lang: str) -> list[Any]:
    found = [row for row in report.matrix.rows if row.missing]
    if not found:
        return [
            Block(report.tr(T("No series has a hole: every day of the period is covered by a record."), lang), BODY)
        ]
    columns = [
        Column(report.tr(T("Source"), lang), 1.3, most=3),
        Column(report.tr(T("Item"), lang), 1.0, most=3),
        Column(report.tr(T("Months without a record or with only a part of their days"), lang), 2.0, most=4),
        Column(report.tr(T("Days missing"), lang), 52, "right", fixed=True),
    ]
    rows = [
        Row((row.source, report.item_name(row.item).in_language(lang), _months(report, row, lang), str(row.missing)))
        for row in found[:_MOST_HOLES]
    ]
    said = T("Nothing was filled in: what is missing is missing in the totals as well.")
    more = T("Further series with holes: {count}; see the appendix of months.", count=len(found) - _MOST_HOLES)
    shown = [note(report.tr(more, lang))] if len(found) > _MOST_HOLES else []
    return [Table(columns, rows, after=4), *shown, note(report.tr(said, lang))]


def _months(report: ReportData, row: MatrixRow, lang: str) -> str:
    names = report.month_names(lang)
    cells = [(name, cell) for name, cell in zip(names, row.cells, strict=True) if cell.missing]
    shown = [name if cell.state == "hole" else f"{name} ({cell.missing}\u00a0d)" for name, cell in cells]
    return comma(lang).join(shown)


def _excluded(report: ReportData, lang: str) -> list[Any]:
    if not report.inventory.excluded:
        return [Block(report.tr(T("Nothing is excluded: a factor covers every record of the period."), lang), BODY)]
    columns = [
        Column(report.tr(T("Source"), lang), 1.2),
        Column(report.tr(T("Item"), lang), 1.0),
        Column(report.tr(T("Period"), lang), 100, fixed=True, most=_MOST_ALIKE),
        Column(report.tr(T("Quantity"), lang), 66, "right", fixed=True),
        Column(report.tr(T("Unit"), lang), 34, fixed=True),
        Column(report.tr(T("Reason"), lang), 1.9, most=8),
    ]
    rows = [Row(_cells(report, alike, lang)) for alike in _alike(report)]
    said = T("Their emissions are unknown and not estimated; the quantities are stated so that they can be judged.")
    return [Table(columns, rows, after=6), note(report.tr(said, lang))]


def _alike(report: ReportData) -> list[list[Excluded]]:
    """Records of one source that are excluded for one reason, as the bills of a meter are, share a row."""
    filed: dict[object, list[Excluded]] = {}
    for one in report.inventory.excluded:
        activity, reason = one.portion.activity, one.finding.message
        if _adds_up(reason):
            reason = Text(reason.msgid, {**reason.args, "quantity": ""})
        filed.setdefault((activity.source, activity.item, activity.unit, str(reason)), []).append(one)
    return [group[at : at + _MOST_ALIKE] for group in filed.values() for at in range(0, len(group), _MOST_ALIKE)]


def _adds_up(reason: Text) -> bool:
    return isinstance(reason.args.get("quantity"), Decimal)


def _cells(report: ReportData, alike: list[Excluded], lang: str) -> tuple[str, ...]:
    """One line for the period and the quantity of each record; the reason once, with their sum."""
    activity, message = alike[0].portion.activity, alike[0].finding.message
    if len(alike) > 1 and _adds_up(message):
        whole = exact_sum(one.portion.quantity for one in alike)
        message = Text(message.msgid, {**message.args, "quantity": exact(whole, 3)})
    spans = [f"{one.portion.start.isoformat()} – {one.portion.end.isoformat()}" for one in alike]
    return (
        activity.source, report.item_name(activity.item).in_language(lang), "\n".join(spans),
        "\n".join(exact(one.portion.quantity, 3) for one in alike), report.unit(activity.unit),
        report.tr(message, lang),
    )  # fmt: skip
