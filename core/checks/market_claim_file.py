"""A number that somebody typed is not yet a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.checks._types import Review, Rule
from core.i18n import T
from core.inventory.evidence import NO_DOCUMENT
from core.library import EXACT
from core.methods import INSTRUMENT, Finding


def check(review: Review) -> Iterator[Finding]:
    """Instruments that count, and of which neither contract nor statement of retirement is kept."""
    inventory = review.inventory
    kept = {one.id for one in inventory.evidence if one.kind not in NO_DOCUMENT}
    covered = _covered(review)
    for one in inventory.instruments:
        if one.id in covered and not kept.intersection(one.evidence):
            yield Finding(
                RULE.key,
                RULE.severity,
                one.id,
                T(
                    "{instrument}: {quantity} kWh count by it, and no contract or certificate is kept as a file.",
                    instrument=one.name,
                    quantity=covered[one.id],
                ),
                T("Attach the contract with its settlement, or the certificates retired for this plant and year."),
            )


def _covered(review: Review) -> dict[str, Decimal]:
    """What counts by each instrument. [kWh]"""
    found: dict[str, Decimal] = {}
    for line in review.inventory.lines if review.inventory.covers else ():
        if line.factor.key.startswith(INSTRUMENT):
            key = line.factor.key.removeprefix(INSTRUMENT)
            energy = review.library.units.convert(line.portion.quantity, line.activity.unit, "kWh")
            found[key] = EXACT.add(found.get(key, Decimal(0)), energy)
    return found


RULE = Rule(
    "market_claim_file",
    "warning",
    T("Market-based claim without proof on file"),
    "GHG Protocol Scope 2 Guidance (2015), ch. 7: quality criteria; GB/T 32150-2025, 7.5.6",
    check,
    field="evidence",
)
