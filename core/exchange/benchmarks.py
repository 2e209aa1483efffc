"""Benchmarks of sister plants from csv or xlsx as one undoable change; the file is kept as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.audit.benchmarks import checked, keeping, subject_of
from core.audit.key_figures import named
from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.key_figures import TableChange
from core.exchange.table_writing import write_records
from core.exchange.tables import Field, Found, accepted, keeping_file, read_records
from core.i18n import Name, T, verbatim
from core.ledger import Benchmark, Ledger
from core.library import Library

SHEET = Name("Benchmarks", "对标数据")
FIRST_YEAR, LAST_YEAR = 1990, 2099
FIELDS = (
    Field("figure", Name("Key figure", "指标"), required=True, aliases=("figure", "per", "关键指标", "分母"), width=22),
    Field("subject", Name("Of what", "对象"), required=True, aliases=("subject", "what", "项目", "分子"), width=22),
    Field("unit", Name("Unit", "单位"), required=True, aliases=("units", "计量单位"), width=14),
    Field("low", Name("Low", "下限"), "number", True, ("lowest", "minimum", "min", "p10", "最低", "最小值")),
    Field("median", Name("Median", "中位数"), "number", True, ("middle", "p50", "中值")),
    Field("high", Name("High", "上限"), "number", True, ("highest", "maximum", "max", "p90", "最高", "最大值")),
    Field("plants", Name("Plants", "工厂数"), "number", True, ("number of plants", "count", "n", "样本数", "企业数")),
    Field("year", Name("Year", "年份"), "number", True, ("data year", "年度")),
    Field("publisher", Name("Publisher", "发布方"), required=True, aliases=("source", "来源", "发布机构"), width=30),
)  # fmt: skip


def read_benchmarks(source: Path | bytes, ledger: Ledger, library: Library, name: str = "") -> Found[Benchmark]:
    """The benchmarks of a file, see :func:`core.exchange.tables.read_records`."""

    def made(said: Mapping[str, Any]) -> Benchmark:
        return _made(said, library)

    return read_records(source, FIELDS, made, ledger, name)


def _made(said: Mapping[str, Any], library: Library) -> Benchmark:
    plants, year = said["plants"], said["year"]
    if plants != int(plants) or year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR or plants > 1_000_000:
        raise UserError(
            T("The number of plants or the year is no whole number that can be meant."), T("Correct the row.")
        )
    return checked(
        Benchmark(
            "",
            named(said["figure"]),
            subject_of(said["subject"], library),
            said["unit"],
            said["low"],
            said["median"],
            said["high"],
            int(plants),
            int(year),
            said["publisher"],
        )
    )


def taking_up(found: Found[Benchmark], ledger: Ledger) -> TableChange:
    """The one change that imports a file.

    Raises
    ------
    UserError
        when a row was refused, two rows answer one question, or the file was imported before.
    """
    records = accepted(found)
    key, file = keeping_file(found, ledger, next_ids(ledger, 1, "evidence")[0])
    ids = next_ids(ledger, len(records), "benchmark")
    kept = [replace(one, id=own, evidence=key) for own, one in zip(ids, records, strict=True)]
    decision = keeping(ledger, kept)
    why = T("Benchmarks from “{name}”: {count}", count=len(records), name=verbatim(found.name))
    return TableChange(why, (*file, *decision.steps), (found.data,))


def write_benchmarks(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All benchmarks, in the form that can be imported again.

    Raises
    ------
    UserError
        see :func:`core.exchange.table_writing.write_records`.
    """
    held = sorted(ledger.held(Benchmark), key=lambda one: (one.figure, one.subject, one.year, one.id))
    rows = [{one.key: getattr(record, one.key) for one in FIELDS} for record in held]
    write_records(path, FIELDS, rows, language, SHEET)
