"""As much is covered as is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import T, show_number
from core.library import EXACT
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, readable, stop

MOST = 3
"""Sources that are named."""


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """What is missing, and the sources with most of it."""
    if case.reached or not case.share.used:
        return
    open_sources = sorted(
        ((share.uncovered, source) for source, share in case.shares.sources if share.uncovered),
        key=lambda pair: (-pair[0], pair[1]),
    )
    yield stop(
        T(
            "{missing} kWh are not covered that {percent} % would need; most of it at {sources}.",
            missing=readable(case.missing),
            percent=show_number(case.percent),
            sources=[_named(source, kwh) for kwh, source in open_sources[:MOST]],
        ),
        T("Allocate instruments that count, or look at the way to the target for what could be bought or built."),
    )


def _named(source: str, kwh: Decimal) -> str:
    return f"{source} ({show_number(EXACT.quantize(kwh, Decimal(1)))} kWh)"


RULE = ClaimRule(
    T("All that is claimed is covered"),
    ("stop",),
    "RE100 technical criteria; GHG Protocol Scope 2 Guidance, ch. 7",
    "2022; 2015",
    check,
)
