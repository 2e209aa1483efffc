"""Rules of renewable electricity, one a file; the file's name is the rule's key and it defines ``RULE``.

A rule sees one instrument with its allocations, and what else the plant's records say. It must come to the same result
years later, so days come from records and never from a clock.
"""

from __future__ import annotations

import sys
from functools import cache

from core.dropins import dropped_in
from core.instruments.rule import Rule


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by key.

    Raises
    ------
    RuntimeError
        when the folder is empty: a frozen program that lost its rules must not start.
    """
    return {name: module.RULE for name, module in dropped_in(sys.modules[__name__]).items()}
