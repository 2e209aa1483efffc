"""Cells of registry exports: numbers that a spreadsheet program may have shortened, days, months and units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from core.errors import UserError
from core.exchange.cells import Cell, excerpt, narrow, parse_text
from core.exchange.dates import FIRST_YEAR, parse_span
from core.i18n import T
from core.library.units import normal

_FORMULA_TEXT = re.compile(r'="([^"]*)"')
"""``="0001"`` keeps a spreadsheet program from taking a text for a number; exports write it."""
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_MOST_EXACT = 10**15
"""A spreadsheet program keeps fifteen digits of a number."""
_SLASHED = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})(.*)", re.DOTALL)
_ZONE = r"(?: ?(?:utc|gmt|z|[+-][0-9:]{2,5}))?"
_TIME = re.compile(
    rf"(?<=[0-9])[ T] ?[0-9]{{1,2}}(?::[0-9]{{2}}){{1,2}}(?:\.[0-9]+)? ?(?:[ap]m)?{_ZONE}$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+[-–—]\s+|\s*[~～至]\s*|\s+to\s+", re.IGNORECASE)
UNITS = {
    "mwh": 0,
    "兆瓦时": 0,
    "kwh": -3,
    "千瓦时": -3,
    "度": -3,
    "万千瓦时": 1,
    "万kwh": 1,
    "万度": 1,
    "gwh": 3,
    "吉瓦时": 3,
    "wh": -6,
    "瓦时": -6,
}
"""Powers of ten that lead to MWh."""
_BRACKETED = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")


def words(cell: Cell, longest: int) -> str:
    """A text; what exports write so that it stays one is taken off."""
    text = parse_text(cell, longest)
    match = _FORMULA_TEXT.fullmatch(text)
    return match[1].strip() if match else text


def serial(cell: Cell, longest: int) -> str:
    """Serial numbers as they were printed.

    Raises
    ------
    UserError
        when a spreadsheet program has already taken digits away.
    """
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    if number and (cell != int(cell) or abs(cell) >= _MOST_EXACT):  # type: ignore[arg-type, operator]
        raise _shortened(cell)
    text = words(cell, longest)
    if _SHORTENED.fullmatch(text):
        raise _shortened(cell)
    return text


def _shortened(cell: Cell) -> UserError:
    return UserError(
        T("A spreadsheet program has shortened the number: {value}.", value=excerpt(cell)),
        T("Export the file again and import it without opening it, or keep the column as text."),
    )


def order_of(cells: Iterable[Cell]) -> str:
    """``day`` or ``month``: what stands first in days like 25/3/2024 of a column, where all that show it agree."""
    shown = set()
    for cell in cells:
        match = _SLASHED.match(narrow(cell).strip()) if isinstance(cell, str) else None
        if match and match[1] != match[3] and not (int(match[1]) > 12 and int(match[3]) > 12):
            shown |= {"day"} if int(match[1]) > 12 else {"month"} if int(match[3]) > 12 else set()
    return shown.pop() if len(shown) == 1 else ""


def _in_order(text: str, order: str) -> str:
    """05/04/2024 with the year first, where the column shows what it means."""
    match = _SLASHED.fullmatch(text)
    if match is None or not order:
        return text
    day, month = (match[1], match[3]) if order == "day" else (match[3], match[1])
    return f"{match[4]}-{month}-{day}{match[5]}"


def moment(cell: Cell, order: str, epoch: date | None, since: int = FIRST_YEAR) -> date:
    """A day, of the year ``since`` or later; the time of day does not matter.

    Raises
    ------
    UserError
        for anything else, also for a month.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    text = _in_order(narrow(cell).strip(), order) if isinstance(cell, str) else cell
    first, last = parse_span(_TIME.sub("", text) if isinstance(text, str) else text, epoch=epoch, first=since)
    if first != last:
        raise UserError(
            T("“{value}” is no single day.", value=excerpt(cell)),
            T("Write year, month and day, like 2026-03-31."),
        )
    return first


def span(cell: Cell, order: str, epoch: date | None) -> tuple[date, date]:
    """First and last day of a day, a month, a quarter, a year, or ``01/09/2022 - 30/09/2022``.

    Raises
    ------
    UserError
        for anything else.
    """
    if not isinstance(cell, str):
        return parse_span(cell, epoch=epoch)
    parts = [part for part in _BETWEEN.split(narrow(cell).strip()) if part]
    if len(parts) != 2:
        return parse_span(_in_order(narrow(cell).strip(), order), epoch=epoch)
    order = order or order_of(parts)
    first, last = (parse_span(_in_order(part, order), epoch=epoch) for part in parts)
    return first[0], last[1]


def unit_of(heading: str) -> str:
    """The unit that a heading names, in brackets or at its end; empty: none.

    Examples
    --------
    >>> unit_of("电量（万千瓦时）"), unit_of("volume_MWh"), unit_of("Volume")
    ('万千瓦时', 'mwh', '')
    """
    said = narrow(heading)
    for inside in _BRACKETED.findall(said):
        if normal(inside) in UNITS:
            return normal(inside)
    whole = normal(_BRACKETED.sub("", said))
    return next((unit for unit in sorted(UNITS, key=len, reverse=True) if whole.endswith(unit) and whole != unit), "")


def in_mwh(value: Decimal, unit: str) -> Decimal:
    """Exactly, whatever decimal context is current."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign, digits, exponent + UNITS[unit])) if UNITS[unit] else value
