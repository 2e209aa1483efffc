"""Numbers as they stand in the pages, written as ReportLab writes them and faster: a report has thirty thousand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

_FORMS = tuple(f"%.{places}f" for places in range(7))
_LOG_10 = log(10.0)
_WHOLE = 10**15
"""Whole numbers below it are the same as floats."""


def numeral(value: Any) -> str:
    """A number in the fewest figures, at most six of them behind the point.

    >>> numeral(0.5), numeral(12.34000), numeral(-0.25), numeral(595), numeral(1e-9)
    ('.5', '12.34', '-0.25', '595', '0')
    """
    if type(value) is int and -_WHOLE < value < _WHOLE:
        return str(value)
    size = abs(value)
    if size <= 1e-7:
        return "0"
    places = 6 if size <= 1 else min(max(0, 6 - int(log(size) / _LOG_10)), 6)
    text: str = _FORMS[places] % value
    if places:
        text = text.rstrip("0").rstrip(".")
    return text[1:] if text[0] == "0" and len(text) > 1 else text


def numerals(*values: Any) -> str:
    """Several, or those of one sequence, with spaces between them."""
    several: Sequence[Any] = values
    if len(values) == 1 and isinstance(values[0], (list, tuple)):
        several = values[0]
    return " ".join([numeral(value) for value in several])
