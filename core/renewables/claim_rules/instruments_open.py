"""Nothing is open at any instrument that the claim rests on."""

from __future__ import annotations

from collections.abc import Iterator

from core.i18n import T
from core.instruments import Cover, Judged, all_rules
from core.ledger import Instrument
from core.renewables.claim_case import ClaimCase, ClaimRule, ClaimSaid


def check(case: ClaimCase) -> Iterator[ClaimSaid]:
    """Each rule that stops or warns of allocated instruments, once, with the first of them and how many there are."""
    found: dict[tuple[str, str], dict[str, Judged]] = {}
    named: dict[str, Instrument] = {}
    for cover in _covers(case):
        for one in cover.judged:
            named[cover.instrument.id] = cover.instrument
            found.setdefault((one.level, one.rule), {}).setdefault(cover.instrument.id, one)
    for (level, rule), own in sorted(found.items()):
        first = min(own)
        yield ClaimSaid(
            level,
            T(
                "{rule}: {instrument}. {message}",
                rule=all_rules()[rule].title,
                instrument=named[first].name,
                message=own[first].message,
            )
            if len(own) == 1
            else T(
                "{rule}: {instrument} and {count} more. {message}",
                rule=all_rules()[rule].title,
                instrument=named[first].name,
                count=len(own) - 1,
                message=own[first].message,
            ),
            own[first].remedy,
            first,
        )


def _covers(case: ClaimCase) -> Iterator[Cover]:
    for own in case.inventory.covers.values():
        yield from own


RULE = ClaimRule(
    T("Nothing open at the instruments"),
    ("stop", "warning", "info"),
    "GHG Protocol Scope 2 Guidance, ch. 7: quality criteria of each instrument",
    "2015",
    check,
)
