"""Key figures from csv or xlsx as one undoable change, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.audit.key_figures import changing, named
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.table_writing import write_records
from core.exchange.tables import Field, Found, accepted, keeping_file, read_records
from core.i18n import Name, T, Text, verbatim
from core.ledger import KeyFigure, Ledger, Step
from core.library import Library

SHEET = Name("Key figures", "关键指标")
FIELDS = (
    Field("name", Name("Key figure", "指标"), required=True,
          aliases=("figure", "name", "indicator", "名称", "指标名称", "关键指标"), width=24),
    Field("unit", Name("Unit", "单位"), required=True, aliases=("units", "uom", "计量单位"), width=12),
    Field("start", Name("Start", "开始日期"), "day", True,
          ("start date", "from", "first day", "month", "period", "date", "开始", "起始日期", "月份", "期间", "日期"),
          13),
    Field("end", Name("End", "结束日期"), "day", False,
          ("end date", "to", "last day", "结束", "截止日期", "终止日期"), 13),
    Field("quantity", Name("Quantity", "数量"), "number", True, ("amount", "value", "数值", "数额"), 16),
    Field("evidence", Name("Evidence", "证据"), "text", False, ("document", "reference", "凭证", "凭证号", "依据"), 22),
    Field("note", Name("Note", "备注"), "text", False, ("notes", "remark", "remarks", "comment", "说明"), 40),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableChange:
    """What taking up a file comes to, as one change."""

    why: Text
    steps: tuple[Step, ...]
    data: tuple[bytes, ...] = field(repr=False)
    """Blobs, to be appended with the change."""


def read_key_figures(source: Path | bytes, ledger: Ledger, name: str = "") -> Found[KeyFigure]:
    """The key figures of a file, see :func:`core.exchange.tables.read_records`."""
    return read_records(source, FIELDS, _made, ledger, name)


def _made(said: Mapping[str, Any]) -> KeyFigure:
    if "end" not in said:
        raise UserError(T("The end is missing."), T("Enter the last day, or a whole month or year as the start."))
    if said["end"] < said["start"]:
        raise UserError(
            T("The end, {end}, lies before the start, {start}.", end=said["end"], start=said["start"]),
            T("Correct one of the two."),
        )
    return KeyFigure("", **{**said, "name": named(said["name"])})


def taking_up(found: Found[KeyFigure], ledger: Ledger, library: Library) -> TableChange:
    """The one change that imports a file; the file itself is kept, and proves rows that name no document.

    Raises
    ------
    UserError
        when a row was refused, the file was imported before, or the figures do not fit those that are held.
    """
    records = accepted(found)
    key, file = keeping_file(found, ledger, next_ids(ledger, 1, "evidence")[0])
    ids = next_ids(ledger, len(records), "key_figure")
    kept = [replace(one, id=own, evidence=one.evidence or key) for own, one in zip(ids, records, strict=True)]
    decision = changing(ledger, library.units, kept)
    why = T("Import of {count} rows from “{name}”", count=len(records), name=verbatim(found.name))
    return TableChange(why, (*file, *decision.steps), (found.data,))


def write_key_figures(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All key figures of a plant by name and day, in the form that can be imported again.

    Raises
    ------
    UserError
        see :func:`core.exchange.table_writing.write_records`.
    """
    held = sorted(ledger.held(KeyFigure), key=lambda one: (one.name, one.start, one.id))
    rows = [{one.key: getattr(record, one.key) for one in FIELDS} for record in held]
    write_records(path, FIELDS, rows, language, SHEET)
