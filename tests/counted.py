"""How much work something is, told without a clock: by calls of functions, which are as many on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

LINEAR = 2.2
"""Twice as much of anything may take so many times the calls, for what is done once is in both."""


def calls(work: Callable[[], object]) -> int:
    """Calls of functions, of Python's own too, until the work is done."""
    count = 0

    def note(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
