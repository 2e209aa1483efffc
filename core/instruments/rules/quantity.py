"""Never more than the instrument has."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import T
from core.instruments.case import Case
from core.instruments.rule import Rule, Said, stop
from core.library import EXACT

KWH = Decimal(1000)
"""Of a megawatt-hour."""
NOTHING = Decimal(0)


def check(case: Case) -> Iterator[Said]:
    """Allocations take what is there, in the order of their ids; one that does not fit into the rest covers nothing."""
    left = EXACT.multiply(case.instrument.quantity, KWH)
    for one in case.allocated:
        asked = one.allocation.quantity
        if asked > max(left, NOTHING):
            yield stop(
                T("{asked} kWh are allocated where {left} kWh are left.", asked=asked, left=max(left, NOTHING)),
                T("Lower this allocation, take another one back, or use a further instrument."),
                one.allocation.id,
            )
        elif asked > 0:
            left = EXACT.subtract(left, asked)


RULE = Rule(
    T("No more than there is"),
    ("stop",),
    "GHG Protocol Scope 2 Guidance, ch. 7, quality criterion 2: one megawatt-hour carries one claim",
    "2015",
    check,
)
