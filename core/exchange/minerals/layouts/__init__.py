"""Where the templates keep what, one family of editions a file; a file that defines ``LAYOUT`` is found by itself.

Positions are the same in every language edition, so workbooks are read by position; the numbers and letters before the
questions say whether the positions are the expected ones. Layouts do not know each other; what they share is in the
modules that start with ``_``.
"""

from __future__ import annotations

import sys
from functools import cache

from core.dropins import dropped_in
from core.exchange.minerals.layouts._types import RECALLED, VERIFIED, Block, Layout, Rows

__all__ = ["RECALLED", "VERIFIED", "Block", "Layout", "Rows", "all_layouts"]


@cache
def all_layouts() -> dict[str, Layout]:
    """The layouts by the names of their files."""
    return {key: module.LAYOUT for key, module in dropped_in(sys.modules[__name__]).items()}
