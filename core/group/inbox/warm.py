"""What judging a report needs, loaded at once: the server of limited processes imports this before it sees a file.

Each process forked from it finds the libraries loaded, the factors read, the fonts parsed and their letters measured,
for the server has judged a report of its own.
"""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime
from decimal import Decimal

from core.group.inbox.judging import Judged, judge, order
from core.handover import prepare, produce
from core.ledger import Activity, Ledger, Plant
from core.library import load_library
from core.signing import Identity, Trust, create_authority, create_request, issue

WHEN = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
_USED = (
    ("stationary_combustion", "natural_gas", "m3"),
    ("stationary_combustion", "lpg", "kg"),
    ("mobile_combustion", "diesel", "l"),
    ("mobile_combustion", "gasoline", "l"),
    ("refrigerants", "R-410A", "kg"),
    ("purchased_electricity", "electricity", "kWh"),
)
"""Method, item and unit of what nearly every plant reports."""


def rehearse() -> Judged:
    """Make a report, sign it, and judge it as if it had come in."""
    year = (date(2023, 1, 1), date(2023, 12, 31))
    bills = [
        Activity(f"a{number}", item, method, item, *year, Decimal(1000), unit, evidence=f"E-{number}")
        for number, (method, item, unit) in enumerate(_USED)
    ]
    held = Ledger.of([Plant("演练 Rehearsal", "CN", "CN-HE"), *bills])
    authority = create_authority("Rehearsal", "Rehearsal", WHEN)
    key, request = create_request("Rehearsal", "rehearsal@example.org", "Rehearsal", "auditor")
    auditor = Identity(issue(authority, request, role="auditor", sites=(), when=WHEN), key)
    draft = prepare(
        held, 2023, load_library(), language="both", issued_by="Rehearsal", when=WHEN, journal=("0" * 64, 1)
    )
    return judge(order("rehearsal.pdf", produce(draft, auditor), Trust((authority.certificate,)), WHEN))


rehearse()
gc.collect()
gc.freeze()  # what every process shares is never looked through, and so never copied
