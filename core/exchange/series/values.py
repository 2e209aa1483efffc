"""One number of a meter, as loggers write it, read exactly; and what they write where there is none."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, narrow
from core.exchange.numbers import DIGITS, parse_number
from core.exchange.series.digits import EXACT, Numbers
from core.exchange.series.refusals import quoted
from core.i18n import T
from core.series.codec import LARGEST

MISSING = frozenset(
    {"-", "--", "---", "n/a", "na", "n.a.", "#n/a", "#nv", "#wert!", "#value!", "nan", "null", "none", "nil", "\\n",
     "n.v.", "k.a.", "no data", "nodata", "missing", "bad", "error", "—", "–", "/", "无", "空", "缺失", "无数据"}
)  # fmt: skip
"""What loggers write where they measured nothing."""
_EXPONENT = re.compile(r"([+-]?)([0-9]{1,20})(?:[.,]([0-9]{1,20}))?[eE]([+-]?[0-9]{1,3})")
_SMALL = re.compile(r"-?[0-9]{1,30}[.,][0-9]{1,340}")
"""A double that is nearly nothing, with all its decimals; a bill has fewer."""
MOST_PLACES = 15
"""Decimals up to which a value is known to be digits divided by a power of ten."""


def read_value(cell: Cell, sign: str) -> Decimal | None:
    """A number with all its digits; None where the logger says that it has none.

    Parameters
    ----------
    cell
        what the file holds.
    sign
        decimal sign of the column.

    Raises
    ------
    UserError
        for what is no number, has two meanings, or has lost digits to an exponent.

    Examples
    --------
    >>> read_value("1.234,5", ","), read_value("2.5e-05", "."), read_value("n/a", ".")
    (Decimal('1234.5'), Decimal('0.000025'), None)
    """
    if is_blank(cell) or (isinstance(cell, str) and narrow(cell).strip().casefold() in MISSING):
        return None
    if isinstance(cell, str) and (written := _EXPONENT.fullmatch(cell.strip())):
        return _limited(_with_exponent(written, cell), cell)
    if isinstance(cell, str) and len(cell) > DIGITS and _SMALL.fullmatch(cell) and cell.count(sign) == 1:
        return _limited(Decimal(cell.replace(",", ".")), cell)
    return _limited(parse_number(cell, sign), cell)


def _with_exponent(written: re.Match[str], cell: str) -> Decimal:
    """``1.25e-3`` has all its digits; ``1.25E+11`` has lost eight of them."""
    whole, decimals, power = written[2], written[3] or "", int(written[4])
    if power > len(decimals):
        return parse_number(cell)  # which says why it is refused
    return Decimal(f"{written[1]}{whole}{decimals}e{power - len(decimals)}")


def _limited(number: Decimal, cell: Cell) -> Decimal:
    if abs(number) > LARGEST:
        raise UserError(
            T("“{value}” is too large for a meter.", value=quoted(cell)), T("Check the column and its decimal sign.")
        )
    return number


def places_of(number: Decimal) -> int:
    """Decimals as written."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def as_floats(numbers: Numbers) -> NDArray[np.float64]:
    """The doubles nearest to what is written; NaN where nothing was read.

    An integer below 2**53 divided by a power of ten up to 10**22 is rounded once, as IEEE 754 asks, so this equals
    ``float`` of the text.
    """
    powers = 10.0 ** np.arange(23)
    digits, places = numbers.digits, numbers.places
    if isinstance(places, int):
        found = digits / powers[places] if places else digits.astype(np.float64)
    else:
        found = digits / powers[places]
    if int(digits.max(initial=0)) > EXACT or int(digits.min(initial=0)) < -EXACT:
        for row in np.flatnonzero((np.abs(digits) > EXACT) & numbers.read).tolist():
            power = places if isinstance(places, int) else int(places[row])
            found[row] = float(Fraction(int(digits[row]), 10**power))
    if not numbers.read.all():
        found[~numbers.read] = np.nan
    return found


def exact_scale(values: NDArray[np.float64], places: int, ratio: Fraction) -> NDArray[np.float64]:
    """Values with at most ``places`` decimals times an exact fraction, rounded once where that can be known.

    Parameters
    ----------
    values
        as read, NaN where missing
    places
        decimals of the column
    ratio
        of the units, the multiplier and the step together

    Returns
    -------
    NDArray
        The doubles nearest to the exact products, as long as the digits and the fraction are below 2**53; else the
        product of doubles.
    """
    if ratio == 1:
        return values
    power = 10**places
    above, below = ratio.numerator, ratio.denominator * power
    common = np.gcd(above, below) if max(above, below) < 2**62 else 1
    above, below = above // int(common), below // int(common)
    largest = float(np.nanmax(np.abs(values), initial=0.0))
    if places <= MOST_PLACES and largest * power * above < EXACT and below <= EXACT:
        digits = np.rint(values * power)
        if np.array_equal(digits / power, values, equal_nan=True):
            scaled: NDArray[np.float64] = digits * above / below
            return scaled
    return values * float(ratio)
