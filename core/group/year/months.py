"""How months are called: they are counted from the year 0, and named in tables and exports."""

from __future__ import annotations

from functools import cache


@cache
def month_key(number: int) -> str:
    """Key of a month that is counted from the year 0.

    >>> month_key(2024 * 12)
    '2024-01'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
