"""A plant whose footprints can be stated, and what its company declares with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.exchange.stated_footprints import Declared
from core.ledger import Record
from core.products import Footprints
from tests.core.products.plants import DISC, STRUT, ledger_of, made_by

WHEN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
DECLARED = Declared(
    company_ids=("urn:BPNL000000000DWF",),
    domain="damping.example.com",
    standards=("GHGP-Product", "PACT-3.0"),
    rules=("Catena-X Product Carbon Footprint Rulebook v4",),
    exempted=Decimal("0.5"),
    exempted_why="Labels of less than 1 g",
    packaging=False,
    technological=Decimal(2),
    temporal=Decimal("1.5"),
    geographical=Decimal(3),
    valid_until=date(2027, 2, 28),
    incineration="polluter pays principle",
)
WHOLE_DISC = replace(DISC, number="urn:gtin:4712345060507", code="49129", description="Disc", carbon=Decimal("0.3"),
                     biogenic=Decimal("0.44"))  # fmt: skip
WHOLE_STRUT = replace(STRUT, code="CPC 49129")


def footprints(*others: Record, **how: Any) -> Footprints:
    """Of both products."""
    return made_by(ledger_of(WHOLE_STRUT, WHOLE_DISC, *others), **how)
