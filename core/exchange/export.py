"""Activity data to xlsx or csv, in the form that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.exchange.columns import COLUMNS, TITLE, heading
from core.exchange.extras import parameters_text
from core.exchange.table_writing import Head, write_table
from core.ledger import Activity, Ledger

_YES_NO = {"en": ("no", "yes"), "zh": ("否", "是"), "both": ("no", "yes")}


def write_activities(path: Path, ledger: Ledger, language: str = "both") -> None:
    """All activity data of a plant, ordered by id.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv`` (UTF-8 with its mark, so that Excel shows Chinese).
    ledger
        the plant.
    language
        of the headings: ``en``, ``zh`` or ``both``.

    Raises
    ------
    UserError
        for another ending of the file, or when it cannot be written.
    """
    heads = [
        Head(heading(column.key, language), column.width, heading(column.key, language, "\n")) for column in COLUMNS
    ]
    write_table(path, TITLE, heads, _rows(ledger, language), language)


def _rows(ledger: Ledger, language: str) -> Iterator[list[str | Decimal | date]]:
    for activity in sorted(ledger.activities, key=lambda one: one.id):
        yield [_value(activity, column.key, language) for column in COLUMNS]


def _value(activity: Activity, key: str, language: str) -> str | Decimal | date:
    if key == "parameters":
        return parameters_text(activity.parameters)
    if key == "category":
        return Decimal(activity.category) if activity.category else ""
    value: str | bool | Decimal | date = getattr(activity, key)
    return _YES_NO[language][value] if isinstance(value, bool) else value
