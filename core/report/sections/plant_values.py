"""What the plant brought in itself: parameters of its records, factors of its own, factor sets that it took up."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text, labelled, show_date, verbatim
from core.ledger import Evidence, OwnFactor
from core.methods import Method, Parameter, all_methods
from core.report.data import ReportData, comma, exact
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Values of the plant")
ORDER = 52
_ORIGINS: dict[str, Text] = {
    "supplier": T("Supplier"),
    "laboratory": T("Laboratory"),
    "other": T("Other"),
    "publisher": T("Workbook of the publisher"),
    "signed": T("Signed by head office"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """Three tables; nothing when the plant only has bills."""
    parameters = _parameters(report, lang)
    own, files = report.inventory.own_factors, report.package.ledger.factor_files
    if not parameters and not own and not files:
        return []
    said = T("Values that no publication states, with who states them and the proof that is kept.")
    flow: list[Any] = [lead(report.tr(said, lang))]
    if own:
        flow += [heading(report.tr(T("Own factors"), lang), f"own-{lang}"), _own(report, lang)]
    if files:
        flow += [heading(report.tr(T("Factor sets taken up"), lang), f"sets-{lang}"), _files(report, lang)]
    if parameters:
        flow += [
            heading(report.tr(T("Parameters of records"), lang), f"parameters-{lang}"),
            Block(report.tr(T("Records of one source with the same parameters stand together."), lang), BODY),
            Table(_parameter_columns(report, lang), parameters, SMALL_CELL, pad=2.4),
        ]
    return flow


def _parameter_columns(report: ReportData, lang: str) -> list[Column]:
    return [
        Column(report.tr(T("Source"), lang), 1.0, most=3),
        Column(report.tr(T("Method"), lang), 1.0, most=3),
        Column(report.tr(T("Parameters"), lang), 2.0, most=12),
        Column(report.tr(T("Records"), lang), 40, "right", fixed=True),
    ]


def _parameters(report: ReportData, lang: str) -> list[Row]:
    filed: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], int] = {}
    for activity in report.inventory.activities:
        if activity.parameters:
            key = (activity.source, activity.method, activity.item, activity.parameters)
            filed[key] = filed.get(key, 0) + 1
    return [
        Row((source, _method(report, method, lang), _said(report, method, parameters, lang), str(count)))
        for (source, method, _, parameters), count in sorted(filed.items())
    ]


def _method(report: ReportData, key: str, lang: str) -> str:
    known = all_methods().get(key)
    return report.tr(known.title if known else verbatim(key), lang)


def _said(report: ReportData, method: str, parameters: tuple[tuple[str, str], ...], lang: str) -> str:
    known = all_methods().get(method)
    return ("；" if lang == "zh" else "; ").join(
        labelled(_title(report, known, key, lang), _value(report, known, key, value, lang), lang)
        for key, value in parameters
    )


def _parameter(method: Method | None, key: str) -> Parameter | None:
    return None if method is None else method.parameter(key)


def _title(report: ReportData, method: Method | None, key: str, lang: str) -> str:
    known = _parameter(method, key)
    return report.tr(known.title if known else verbatim(key), lang)


def _value(report: ReportData, method: Method | None, key: str, value: str, lang: str) -> str:
    known = _parameter(method, key)
    chosen = dict(known.choices).get(value) if known else None
    if chosen is not None:
        return report.tr(chosen, lang)
    return f"{value}\u00a0{report.unit(known.unit)}" if known and known.unit else value


def _own(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Factor"), lang), 1.1, most=4),
        Column(report.tr(T("Value"), lang), 1.0, most=6),
        Column(report.tr(T("Stated by"), lang), 1.2, most=6),
        Column(report.tr(T("Valid"), lang), 60, fixed=True),
        Column(report.tr(T("Kept file and its SHA-256"), lang), 1.4, most=6),
    ]
    files = {one.id: one for one in report.package.ledger.evidence}
    rows = [_own_row(report, one, files.get(one.evidence), lang) for one in report.inventory.own_factors]
    return Table(columns, rows, SMALL_CELL, pad=2.4)


def _own_row(report: ReportData, one: OwnFactor, proof: Evidence | None, lang: str) -> Row:
    unit = report.unit(one.unit)
    amounts = "\n".join(
        f"{value}\u00a0{unit}" if gas == "value" else labelled(gas, f"{value}\u00a0{unit}", lang)
        for gas, value in one.amounts
    )
    spread = f"\n±{exact(one.uncertainty)}%" if one.uncertainty else ""
    origin = report.tr(_ORIGINS.get(one.origin, verbatim(one.origin)), lang)
    stated = comma(lang).join(part for part in (one.publisher, one.document, one.place) if part)
    kept = report.tr(T("No file is kept."), lang) if proof is None else f"{proof.name}\n{proof.sha256}"
    reach = T("for all records of the item") if one.general else T("for records that name it")
    return Row((
        f"{one.name} ({one.id})\n{report.item_name(one.item).in_language(lang)}{comma(lang)}{report.tr(reach, lang)}",
        f"{amounts}{spread}",
        f"{origin}\n{stated}",
        f"{show_date(one.valid_from, lang)} –\n{show_date(one.valid_to, lang)}",
        kept,
    ))  # fmt: skip


def _files(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Publication"), lang), 1.2, most=4),
        Column(report.tr(T("Origin"), lang), 1.0, most=4),
        Column(report.tr(T("File and SHA-256 of its rows"), lang), 1.8, most=6),
    ]
    rows = []
    for one in report.package.ledger.factor_files:
        origin = report.tr(_ORIGINS.get(one.origin, verbatim(one.origin)), lang)
        signer = f"{comma(lang)}{one.signer}" if one.signer else ""
        published = comma(lang).join(part for part in (one.publisher, one.edition) if part)
        rows.append(Row((f"{published}\n{one.id}", f"{origin}{signer}", f"{one.name}\n{one.sha256}")))
    return Table(columns, rows, SMALL_CELL, pad=2.4)
