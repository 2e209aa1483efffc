"""Numbers as bills print them, read exactly. One rule decides what a comma means, and it can be written down:

1. Only one meaning: ``1,234.5``, ``1,234,567``, ``12,34,567``, ``1 234,5``, ``0.5``, ``1234.567`` are read as they are.
2. A decimal comma (``1234,5``, ``1.234,56``, ``0,5``) is read when all numbers of the column that show their decimal
   sign show a comma; beside decimal points it is refused.
3. ``1,234`` and ``1.234`` follow the column: where it uses the decimal comma they are 1.234 and 1234; where it uses
   both signs they are refused; otherwise they are 1234 and 1.234. A csv separated by semicolons comes from a computer
   that may write either way, so there they are refused unless another number shows the decimal sign.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal

from core.errors import UserError
from core.exchange.cells import Cell, excerpt, narrow
from core.i18n import T

DIGITS = 30
"""Before the decimal sign and after it, as in the ledger."""
_TIMES = {"": 0, "%": -2, "万": 4, "亿": 8}
_FAST = re.compile(r"-?(?:[0-9]{1,30}|[0-9]{4,30}\.[0-9]{1,30})")
_PARTS = re.compile(r"([+-]?) ?([0-9.,' ]*[0-9]) ?(%|万|亿)?")
_SPACED = re.compile(r"[0-9]{1,3}(?:( |')[0-9]{3})(?:\1[0-9]{3})*(?=[.,]|$)")
_COMMA_GROUPS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"
)
_POINT_GROUPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_DECIMAL = re.compile(r"[0-9]*[.,][0-9]+")
_EXPONENT = re.compile(r"[+-]?[0-9.,]+e[+-]?[0-9]+", re.IGNORECASE)


def parse_number(cell: Cell, sign: str = ".", *, percent: bool = False) -> Decimal:
    """A number with all its digits; ``万`` and ``亿`` are multiplied out.

    Parameters
    ----------
    cell
        what the file holds.
    sign
        decimal sign of the column as :func:`decimal_sign` found it: ``.``, ``,`` or empty when it shows both.
    percent
        whether ``5%`` is read, as 0.05.

    Raises
    ------
    UserError
        for what is no number, has two meanings, or has more than 30 digits before or after the decimal sign.

    Examples
    --------
    >>> parse_number("1,234.5")
    Decimal('1234.5')
    >>> parse_number("3.5万")
    Decimal('35000')
    """
    if isinstance(cell, str):
        if _FAST.fullmatch(cell):
            return Decimal(cell)
        return _from_text(cell, sign, percent)
    return _from_value(cell)


def decimal_sign(cells: Iterable[Cell], *, semicolons: bool = False) -> str:
    """The decimal sign that a column shows: ``.``, ``,`` or empty when it shows both (see rule 3 above)."""
    shown = {_shown(cell) for cell in cells if isinstance(cell, str)} - {""}
    if len(shown) == 1:
        return shown.pop()
    return "" if shown or semicolons else "."


def _shown(text: str) -> str:
    if text.isdecimal():
        return ""
    split = _split(text)
    if split is None:
        return ""
    body, grouped = split[1], split[3]
    if _COMMA_GROUPS.fullmatch(body):
        return "."
    if _POINT_GROUPS.fullmatch(body):
        return ","
    if _DECIMAL.fullmatch(body) and (grouped or not _EITHER.fullmatch(body)):
        return "," if "," in body else "."
    return ""


def _split(text: str) -> tuple[str, str, str, bool] | None:
    """Minus, body, suffix, and whether spaces grouped the thousands; None when it is no number."""
    if len(text) > 100:
        return None
    tidy = narrow(text).replace("\u2212", "-").replace("’", "'").strip()
    match = _PARTS.fullmatch(tidy)
    if match is None:
        return None
    body, grouped = match[2], False
    spaced = _SPACED.match(body)
    if spaced is not None:
        body = spaced[0].replace(" ", "").replace("'", "") + body[spaced.end() :]
        grouped = True
    return "-" if match[1] == "-" else "", body, match[3] or "", grouped


def _from_text(text: str, sign: str, percent: bool) -> Decimal:
    split = _split(text)
    if split is None:
        raise _no_number(text)
    minus, body, suffix, grouped = split
    if suffix == "%" and not percent:
        raise UserError(
            T("“{value}” is a share, and a quantity is expected.", value=excerpt(text)),
            T("Write the quantity itself, without %."),
        )
    whole, _, rest = _digits(body, sign, grouped, text).partition(".")
    if len(whole) > DIGITS or len(rest) > DIGITS:
        raise _too_long(text)
    # Made from its digits, because arithmetic would round in whatever decimal context is current.
    return _limited(
        Decimal(f"{minus}{whole or '0'}.{rest or '0'}e{_TIMES[suffix]}" if suffix or rest else minus + whole), text
    )


def _digits(body: str, sign: str, grouped: bool, text: str) -> str:
    """The body with a point as its decimal sign and no separators."""
    if body.isdecimal():
        return body
    if _COMMA_GROUPS.fullmatch(body):
        return body.replace(",", "")
    if _POINT_GROUPS.fullmatch(body):
        _allow_comma(sign, text)
        return body.replace(".", "").replace(",", ".")
    if not _DECIMAL.fullmatch(body):
        raise _no_number(text)
    if not grouped and _EITHER.fullmatch(body):
        return _either(body, sign, text)
    if "," in body and not grouped:
        _allow_comma(sign, text)
    return body.replace(",", ".")


def _either(body: str, sign: str, text: str) -> str:
    if not sign:
        raise UserError(
            T(
                "“{value}” has two meanings: {one} or {other}.",
                value=excerpt(text),
                one=body.replace(",", "").replace(".", ""),
                other=body.replace(",", "."),
            ),
            T("Write all numbers of the column without separators and with a decimal point, like 1234.5."),
        )
    other = "," if sign == "." else "."
    return body.replace(other, "").replace(sign, ".")


def _allow_comma(sign: str, text: str) -> None:
    if sign != ",":
        raise UserError(
            T(
                "“{value}” has a decimal comma where other numbers have, or must have, a decimal point.",
                value=excerpt(text),
            ),
            T("Write all numbers of the column without separators and with a decimal point, like 1234.5."),
        )


def _from_value(cell: Cell) -> Decimal:
    if isinstance(cell, (date, time, timedelta)):
        raise UserError(
            T("The cell is formatted as a date or time: {value}.", value=excerpt(cell)),
            T("Format the cell as a number."),
        )
    if isinstance(cell, bool) or cell is None or isinstance(cell, str):
        raise _no_number(cell)
    if not math.isfinite(cell):
        raise _no_number(cell)
    # Excel keeps and shows 15 digits; what follows is noise of its binary arithmetic.
    text = str(cell) if isinstance(cell, int) else f"{cell:.15g}"
    return _limited(Decimal(text), cell) if "e" in text or len(text) > DIGITS else Decimal(text)


def _limited(number: Decimal, cell: Cell) -> Decimal:
    """Plain digits within the limits of the ledger."""
    if number.adjusted() >= DIGITS or number.adjusted() < -DIGITS:
        if number == 0:
            return Decimal(0)
        raise _too_long(cell)
    text = f"{number:f}"
    whole, _, rest = text.lstrip("-").partition(".")
    if len(whole) > DIGITS or len(rest) > DIGITS:
        raise _too_long(cell)
    return Decimal(text)


def _no_number(cell: Cell) -> UserError:
    if isinstance(cell, str) and _EXPONENT.fullmatch(cell[:100].strip()):
        return UserError(
            T("“{value}” is written with an exponent and may have lost digits.", value=excerpt(cell)),
            T("Format the column as a number with all digits and save the file again."),
        )
    return UserError(
        T("“{value}” is not a number.", value=excerpt(cell)),
        T("Write only digits and a decimal point, like 1234.5; the unit has its own column."),
    )


def _too_long(cell: Cell) -> UserError:
    return UserError(
        T("The number {number} has too many digits.", number=excerpt(cell)),
        T("Up to 30 digits before and 30 after the decimal point are possible."),
    )
