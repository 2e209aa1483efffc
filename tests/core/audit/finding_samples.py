"""A plant with people and findings, for tests of findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.i18n import T
from core.inventory import Inventory, compile_inventory
from core.ledger import (
    AuditFinding,
    Change,
    Correction,
    Engagement,
    Evidence,
    Ledger,
    Person,
    Record,
    Step,
    corrections_in,
    folded,
    kind_of,
)
from core.library import load_library
from tests.core.samples import CHOICES, PLANT, year_of_bills

NOW = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
PEOPLE = (
    Person("pe00001", "Li Na", ("preparer",)),
    Person("pe00002", "Wang Wei", ("auditor",)),
    Person("pe00003", "Zhao Min", ("team_lead",)),
    Person("pe00004", "Chen Jie", ("plant_manager",)),
    Person("pe00005", "Sun Li", ("preparer", "auditor")),
)
ENGAGEMENT = Engagement("2023", "Acme", "Zhangjiakou", "", "", team=("pe00003", "pe00002"))
PROOF = Evidence("e00001", "bill.pdf", "bill", "0" * 64, 1)
WRONG = replace(year_of_bills()[2], quantity=Decimal("10000"))
"""The bill of March, ten times too high."""
RIGHT = replace(WRONG, quantity=Decimal("1000"))


def ledger_of(*more: Record) -> Ledger:
    """Twelve bills, of which that of March is wrong; people, engagement, a proof, and what else there is."""
    bills = [WRONG if one.id == WRONG.id else one for one in year_of_bills()]
    return Ledger.of([PLANT, *bills, *PEOPLE, ENGAGEMENT, PROOF, *more])


def finding(key: str = "fi00001", **changes: Any) -> AuditFinding:
    """A misstatement of the bill of March, which overstates by 9 MWh."""
    made = AuditFinding(
        key,
        2023,
        "misstatement",
        "Bill of March ten times too high",
        "The record says 10,000 kWh, the bill 1,000 kWh.",
        date(2024, 3, 1),
        "pe00002",
        clause="GB/T 32150, 5.3",
        activities=(WRONG.id,),
        evidence=("e00001",),
        effect=Decimal("5.8644"),
        owner="pe00001",
        due="2024-03-15",
    )
    return replace(made, **changes)


def inventory_of(ledger: Ledger) -> Inventory:
    return compile_inventory(ledger, CHOICES, load_library())


def change_of(ledger: Ledger, after: Record, finding_id: str, who: str = "Li Na") -> Change:
    """One record becomes another because of a finding."""
    kind = kind_of(after)
    return Change(
        who, NOW, T("Corrected"), (Step(kind, after.id, ledger.get(kind, after.id), after),), because=finding_id
    )


def corrected_by(ledger: Ledger, *changes: tuple[Record, str]) -> tuple[Ledger, tuple[Correction, ...]]:
    """The ledger after corrections, and what the journal says of them."""
    found: tuple[Correction, ...] = ()
    for number, (after, key) in enumerate(changes, 5):
        change = change_of(ledger, after, key)
        ledger = ledger.apply(change.steps)
        found += corrections_in(number, change)
    return ledger, folded(found, ledger)
