"""A find made smaller: pieces are left out as long as it goes wrong in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 30.0
"""Given to one find. [s]"""


def shrunk(data: bytes, still: Callable[[bytes], bool], seconds: float = SECONDS) -> bytes:
    """The smallest that was found in the time; ``data`` itself where nothing can be left out.

    Examples
    --------
    >>> shrunk(b"much text with a needle in it", lambda one: b"needle" in one)
    b'needle'
    """
    until, size = time.monotonic() + seconds, max(1, len(data) // 2)
    while size:
        at, smaller = 0, False
        while at < len(data):
            if time.monotonic() > until:
                return data
            shorter = data[:at] + data[at + size :]
            if still(shorter):
                data, smaller = shorter, True
            else:
                at += size
        size = size if smaller and size > 1 else size // 2
    return data
