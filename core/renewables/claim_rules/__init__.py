"""Rules for claims of renewable electricity, one a file; the file's name is the rule's key and it defines ``RULE``.

A rule sees one claim with shares, instruments and findings. It must come to the same result years later, so days come
from records and never from a clock.
"""

from __future__ import annotations

import sys
from functools import cache

from core.dropins import dropped_in
from core.renewables.claim_case import ClaimRule


@cache
def all_claim_rules() -> dict[str, ClaimRule]:
    """Every rule for claims by key.

    Raises
    ------
    RuntimeError
        when the folder is empty: a frozen program that lost its rules must not start.
    """
    return {name: module.RULE for name, module in dropped_in(sys.modules[__name__]).items()}
