"""Exports of registries, one layout a file; a file that defines ``LAYOUT`` is found by itself.

A layout says by which headings it is recognised and what a row means. Layouts do not know each other; what they share
is in the modules that start with ``_``. The product's own table is ``own``: it is asked last.
"""

from __future__ import annotations

import sys
from functools import cache

from core.dropins import dropped_in
from core.exchange.instruments.layouts._types import LONGEST_SERIALS, NO_NUMBERS, Layout, NotNeeded, Said
from core.exchange.instruments.layouts._words import ATTRIBUTES, KINDS, SCHEMES, TECHNOLOGIES
from core.ledger import Instrument

__all__ = [
    "ATTRIBUTES",
    "KINDS",
    "LONGEST_SERIALS",
    "NO_NUMBERS",
    "SCHEMES",
    "TECHNOLOGIES",
    "Layout",
    "NotNeeded",
    "Said",
    "all_layouts",
]


@cache
def all_layouts() -> dict[str, Layout[Instrument]]:
    """The layouts by key, the own table last."""
    found = {key: module.LAYOUT for key, module in dropped_in(sys.modules[__name__]).items()}
    own = found.pop("own")
    return {**found, "own": own}
