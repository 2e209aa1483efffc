"""Own generation counts with its attributes alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.i18n import T
from core.methods import exact_sum
from core.renewables.attributes import KEPT, SOLD, Attributes
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid, info, readable, stop
from core.renewables.consumption import OWN


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Sources of own generation whose attributes are sold or of which nobody says whose they are."""
    attributes = Attributes.of(case.ledger)
    found: dict[tuple[str, str], list[Decimal]] = {}
    for one in case.used:
        if one.kind in OWN and not one.instrument and (state := attributes.state(one)) != KEPT:
            found.setdefault((one.source, state), []).append(one.kwh)
    say = info if case.reached else stop
    for (source, state), parts in sorted(found.items()):
        kwh = readable(exact_sum(parts))
        if state == SOLD:
            yield say(
                T("{source}: the attributes of {kwh} kWh of own generation belong to somebody else.", source=source,
                  kwh=kwh),
                T("Cover this electricity by instruments, or correct at the PV system to whom the attributes belong."),
            )  # fmt: skip
        else:
            yield say(
                T("{source}: nobody says whose the attributes of {kwh} kWh of own generation are.", source=source,
                  kwh=kwh),
                T("Enter at the PV system who owns the attributes; for other generation enter an instrument of the "
                  "kind “own generation” that says so."),
            )  # fmt: skip


RULE = ClaimRule(
    T("Attributes of own generation"),
    ("stop", "info"),
    "RE100 technical criteria: attributes of self-generation not sold; 国能发新能规〔2024〕67号: own use earns "
    "certificates that cannot be traded",
    "2022; 2024",
    check,
)
