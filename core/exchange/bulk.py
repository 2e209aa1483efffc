"""Large tables out, row by row: folders of csv or Parquet, one workbook. Memory does not grow with the rows."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, TypeAlias

from core.disk import cannot_write, drafted
from core.errors import UserError
from core.exchange.cells import clean, guard
from core.i18n import T
from core.methods import plain

Kind: TypeAlias = Literal["text", "whole", "tonnes", "amount"]
"""Of a column: text, a whole number, tonnes with nine decimals, or billionths of a tonne."""
Columns = Mapping[str, Kind]
Row = Sequence[str | int | Decimal]
Pieces = Iterable[tuple[str, Iterable[Row]]]
"""Name of a table and some of its rows; tables may come in turns."""
MOST_ROWS = 1_048_576
"""Of a sheet, its heading included; what is more goes on in another one."""
BATCH = 50_000
"""Rows of a table that are in memory at once."""
_SPECIAL = re.compile(r"[\s']*[=+\-@#＝＋－＠]|'")
"""Texts that openpyxl or Excel would take for a formula, an error or a guard."""
TONNES = (38, 9)
"""Digits and decimals of tonnes in Parquet."""


def write_csv(folder: Path, tables: Mapping[str, Columns], pieces: Pieces) -> dict[str, int]:
    """One csv for each table in a new folder: UTF-8 with its mark, and no cell that a spreadsheet program would run.

    Returns
    -------
    dict of str to int
        rows of each table.

    Raises
    ------
    UserError
        when the folder exists or cannot be written; then nothing of it is there.
    """
    with _whole_folder(folder) as draft, ExitStack() as stack:
        writers = {}
        for name, columns in tables.items():
            stream = stack.enter_context((draft / f"{name}.csv").open("w", encoding="utf-8-sig", newline=""))
            writers[name] = csv.writer(stream)
            writers[name].writerow(columns)
        return _fill(tables, pieces, lambda name, row: writers[name].writerow([_csv_cell(cell) for cell in row]))


def write_xlsx(path: Path, tables: Mapping[str, Columns], pieces: Pieces) -> dict[str, int]:
    """One sheet for each table in a new workbook; numbers with more digits than Excel keeps are written as text.

    Raises
    ------
    UserError
        when the file cannot be written; then there is none.
    """
    from openpyxl import Workbook

    from core.exchange import sheets

    book = Workbook(write_only=True)
    current: dict[str, Any] = {}
    filled = dict.fromkeys(tables, 0)

    def begin(name: str) -> None:
        number = filled[name] // (MOST_ROWS - 1) + 1
        current[name] = book.create_sheet(name if number == 1 else f"{name} {number}")
        current[name].freeze_panes = "A2"
        head = sheets.row_cells(current[name], list(tables[name]))
        sheets.style_head(head)
        current[name].append(head)

    def append(name: str, row: Row) -> None:
        if filled[name] and filled[name] % (MOST_ROWS - 1) == 0:
            begin(name)
        filled[name] += 1
        current[name].append([_xlsx_cell(current[name], cell) for cell in row])

    try:
        for name in tables:
            begin(name)
        counts = _fill(tables, pieces, append)
    except BaseException:
        for sheet in book.worksheets:  # each streams into a file of its own that would stay open
            sheet.close()
        raise
    with _whole_file(path) as draft:
        book.save(draft)
    return counts


def write_parquet(folder: Path, tables: Mapping[str, Columns], pieces: Pieces) -> dict[str, int]:
    """One Parquet file for each table in a new folder; tonnes are decimals with nine places, exact.

    Raises
    ------
    UserError
        when what writes Parquet is not installed, or the folder cannot be written; then nothing of it is there.
    """
    arrow, parquet = _arrow()
    types = {
        "text": arrow.string(), "whole": arrow.int32(), "amount": arrow.int64(), "tonnes": arrow.decimal128(*TONNES),
    }  # fmt: skip
    schemas = {
        name: arrow.schema([arrow.field(key, types[kind], nullable=False) for key, kind in columns.items()])
        for name, columns in tables.items()
    }
    waiting: dict[str, list[Row]] = {name: [] for name in tables}
    with _whole_folder(folder) as draft, ExitStack() as stack:
        writers = {
            name: stack.enter_context(parquet.ParquetWriter(draft / f"{name}.parquet", schema, compression="zstd"))
            for name, schema in schemas.items()
        }

        def flush(name: str) -> None:
            schema, rows = schemas[name], waiting[name]
            columns = [
                arrow.array([row[at] for row in rows], type=one.type) for at, one in enumerate(schema)
            ]  # fmt: skip
            writers[name].write_batch(arrow.record_batch(columns, schema=schema))
            rows.clear()

        def append(name: str, row: Row) -> None:
            waiting[name].append(row)
            if len(waiting[name]) >= BATCH:
                flush(name)

        counts = _fill(tables, pieces, append)
        for name in tables:
            flush(name)
    return counts


def _fill(tables: Mapping[str, Columns], pieces: Pieces, append: Callable[[str, Row], object]) -> dict[str, int]:
    counts = dict.fromkeys(tables, 0)
    for name, rows in pieces:
        for row in rows:
            append(name, row)
            counts[name] += 1
    return counts


def _csv_cell(cell: str | int | Decimal) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return str(cell) if isinstance(cell, int) else _harmless(cell)


@lru_cache(maxsize=50_000)
def _harmless(text: str) -> str:
    """Names come again in every row."""
    return guard(clean(text))


def _xlsx_cell(sheet: Any, cell: str | int | Decimal) -> Any:
    """What openpyxl takes as it is, for a cell of its own costs ten times as much; else a cell that is no formula."""
    if isinstance(cell, int):
        return cell
    if isinstance(cell, str) and not _SPECIAL.match(cell):
        return clean(cell) or None
    if isinstance(cell, Decimal):
        short = float(cell)
        if Decimal(f"{short:.15g}") == cell:
            return short
    from openpyxl.cell import WriteOnlyCell

    from core.exchange import sheets

    made = WriteOnlyCell(sheet)
    sheets.put_text(made, f"{cell:f}" if isinstance(cell, Decimal) else cell)
    return made


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise UserError(
            T("Parquet cannot be written: its library is not installed."),
            T("Install the program with the extra “warehouse”, or export as csv."),
        ) from error


@contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """A folder that appears when everything in it is written, or not at all."""
    draft = folder.with_name(f".{folder.name}.part")
    try:
        if folder.exists():
            raise UserError(
                T("“{file}” exists already.", file=folder.name), T("Choose another name or move the old file away.")
            )
        if draft.exists():  # of a process that was killed
            shutil.rmtree(draft)
        draft.mkdir()
        yield draft
        draft.rename(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    """A file that appears when it is written, or not at all."""
    try:
        with drafted(path) as draft:
            yield draft
    except OSError as error:
        raise cannot_write(path, error) from error
