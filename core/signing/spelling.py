"""How our signed files write moments and bytes as text: in one way each, so that nothing can be written otherwise."""

from __future__ import annotations

import base64
import re
from datetime import datetime

_MOMENT = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")


def moment_in(text: str) -> datetime:
    """The moment that a text names.

    Raises
    ------
    ValueError
        for any other form, and for days and hours that are none.

    Examples
    --------
    >>> moment_in("2026-03-02T08:00:00+08:00").isoformat()
    '2026-03-02T08:00:00+08:00'
    """
    if not _MOMENT.fullmatch(text):
        raise ValueError("no moment")
    return datetime.fromisoformat(text)


def bytes_in(text: str) -> bytes:
    """The bytes that a text carries in base64; the same bytes are never written in two ways.

    Raises
    ------
    ValueError
        for anything else.

    Examples
    --------
    >>> bytes_in("AAE=")
    b'\\x00\\x01'
    """
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("bytes that are written otherwise")
    return data
