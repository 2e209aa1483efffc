"""Files in and out: activity data from xlsx and csv with a reason for each refused cell, the template, and the export.

:func:`preview` reads a file and says what each row would become; :func:`change_of` makes one undoable change of it, all
or nothing. What is ambiguous is refused with what to do, never guessed. The names are loaded when they are first used,
for the libraries behind them are heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.cells import Cell, parse_boolean, parse_text
    from core.exchange.columns import COLUMNS, Column, heading
    from core.exchange.dates import parse_date, parse_span
    from core.exchange.export import write_activities
    from core.exchange.ids import next_ids
    from core.exchange.importing import change_of, preview
    from core.exchange.numbers import decimal_sign, parse_number
    from core.exchange.outcome import Mapped, Preview, Ready, Refusal, Remark
    from core.exchange.read import Table, read_table
    from core.exchange.template import write_template

_HOMES = {
    "COLUMNS": "columns",
    "Cell": "cells",
    "Column": "columns",
    "Mapped": "outcome",
    "Preview": "outcome",
    "Ready": "outcome",
    "Refusal": "outcome",
    "Remark": "outcome",
    "Table": "read",
    "change_of": "importing",
    "decimal_sign": "numbers",
    "heading": "columns",
    "next_ids": "ids",
    "parse_boolean": "cells",
    "parse_date": "dates",
    "parse_number": "numbers",
    "parse_span": "dates",
    "parse_text": "cells",
    "preview": "importing",
    "read_table": "read",
    "write_activities": "export",
    "write_template": "template",
}

__all__ = [
    "COLUMNS",
    "Cell",
    "Column",
    "Mapped",
    "Preview",
    "Ready",
    "Refusal",
    "Remark",
    "Table",
    "change_of",
    "decimal_sign",
    "heading",
    "next_ids",
    "parse_boolean",
    "parse_date",
    "parse_number",
    "parse_span",
    "parse_text",
    "preview",
    "read_table",
    "write_activities",
    "write_template",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
