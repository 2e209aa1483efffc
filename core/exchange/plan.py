"""The inventory management plan from csv or xlsx as one undoable change, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.audit.plan import FREQUENCIES, METHODS, MISSING, changing, checked, key_named, meter_named
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.key_figures import TableChange
from core.exchange.table_writing import write_records
from core.exchange.tables import Field, Found, accepted, read_records
from core.i18n import Name, T, verbatim
from core.ledger import Ledger, Meter, PlanItem
from core.library import Library

SHEET = Name("Management plan", "数据质量控制计划")
FIELDS = (
    Field("source", Name("Source", "排放源"), aliases=("emission source", "排放源名称", "排放设施"), width=24),
    Field("item", Name("Item", "项目"), aliases=("fuel", "energy", "活动项目", "能源品种", "品种"), width=20),
    Field("method", Name("How it comes about", "获取方式"), required=True, width=18,
          aliases=("method", "how", "measurement", "数据获取方式", "监测方法")),
    Field("meter", Name("Meter", "计量设备"), width=20,
          aliases=("meter number", "instrument", "表计", "仪表", "表号", "仪表编号")),
    Field("frequency", Name("Frequency", "记录频次"), width=14,
          aliases=("how often", "频次", "监测频次", "记录频率")),
    Field("accuracy", Name("Accuracy", "准确度"), "number", False, ("class", "精度", "精度等级", "准确度等级"), 11),
    Field("calibration_months", Name("Calibration interval", "校准周期"), "number", False,
          ("calibration", "calibration months", "检定周期", "校准频次"), 14),
    Field("missing", Name("Missing values", "缺失数据处理"), width=26,
          aliases=("missing data", "缺失值处理", "数据缺失处理")),
    Field("records", Name("Documents", "数据记录与凭证"), width=30,
          aliases=("records", "proofs", "凭证", "记录", "数据来源")),
    Field("responsible", Name("Responsible", "责任部门"), width=20,
          aliases=("responsible person", "负责人", "责任人", "部门")),
    Field("note", Name("Note", "备注"), aliases=("notes", "remark", "说明"), width=40),
)  # fmt: skip


def read_plan(source: Path | bytes, ledger: Ledger, library: Library, name: str = "") -> Found[PlanItem]:
    """The lines of a file, see :func:`core.exchange.tables.read_records`."""

    def made(said: Mapping[str, Any]) -> PlanItem:
        return _made(said, ledger, library)

    return read_records(source, FIELDS, made, ledger, name)


def _made(said: Mapping[str, Any], ledger: Ledger, library: Library) -> PlanItem:
    months = said.get("calibration_months", Decimal(0))
    if months != int(months):
        raise UserError(T("The time between calibrations is a whole number of months."), T("Correct it."))
    item = str(said.get("item", ""))
    known = library.items.get(item) or (library.recognise(item) if item else None)
    if item and known is None:
        raise UserError(T("Unknown item “{item}”.", item=verbatim(item[:40])), T("Choose one of the list."))
    return checked(
        PlanItem(
            "",
            str(said.get("source", "")),
            "" if known is None else known.key,
            key_named(said["method"], METHODS),
            meter_named(ledger, said.get("meter", "")),
            key_named(said["frequency"], FREQUENCIES) if "frequency" in said else "monthly",
            said.get("accuracy"),
            int(months),
            key_named(said["missing"], MISSING) if "missing" in said else "highest_of_year",
            said.get("records", ""),
            said.get("responsible", ""),
            said.get("note", ""),
        )
    )


def taking_up(found: Found[PlanItem], ledger: Ledger) -> TableChange:
    """The one change that imports a file; a line about a source and item that the plan has already replaces it.

    Raises
    ------
    UserError
        when a row was refused, or two rows are about the same.
    """
    records = accepted(found)
    held = {(one.source, one.item): one.id for one in ledger.held(PlanItem)}
    known = [held.get((one.source, one.item), "") for one in records]
    fresh = iter(next_ids(ledger, known.count(""), "plan_item"))
    decision = changing(ledger, [replace(one, id=key or next(fresh)) for one, key in zip(records, known, strict=True)])
    why = T("Management plan from “{name}”, lines: {count}", count=len(records), name=verbatim(found.name))
    return TableChange(why, decision.steps, ())


def write_plan(path: Path, ledger: Ledger, library: Library, language: str = "both") -> None:
    """The plan by source and item, in the form that can be imported again.

    Raises
    ------
    UserError
        see :func:`core.exchange.table_writing.write_records`.
    """
    lang = "en" if language == "both" else language
    held = sorted(ledger.held(PlanItem), key=lambda one: (one.source, one.item, one.id))
    write_records(path, FIELDS, [_row(one, ledger, library, lang) for one in held], language, SHEET)


def _row(one: PlanItem, ledger: Ledger, library: Library, lang: str) -> dict[str, object]:
    row: dict[str, object] = {field.key: getattr(one, field.key) for field in FIELDS}
    item, meter = library.items.get(one.item), ledger.get("meter", one.meter)
    if item is not None and library.recognise(item.name.in_language(lang)) == item:
        row["item"] = item.name.in_language(lang)
    if isinstance(meter, Meter) and meter_named(ledger, meter.serial or meter.name) == meter.id:
        row["meter"] = meter.serial or meter.name
    for key, names in (("method", METHODS), ("frequency", FREQUENCIES), ("missing", MISSING)):
        row[key] = names[getattr(one, key)].in_language(lang)
    return row
