"""A group whose two plants have sent signed reports, for tests of what head office answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.group.inbox.judging import judged, order
from core.handover import prepare, produce, receive
from core.i18n import T
from core.ledger import Activity, Answer, Change, Evidence, Group, Ledger, Plant, Record, Register, Site, Step
from core.ledger.records import kind_of
from core.library import load_library
from core.signing import Identity, Trust
from core.store import ACCEPTED, GroupFile
from tests.core.handover.conftest import NOW

TODAY = date(2025, 3, 1)
SITES: tuple[Record, ...] = (
    Group("Wood", approach="operational_control"), Site("si1", "Ash", "CN"), Site("si2", "Birch", "CN"),
)  # fmt: skip


def ledger(plant: str, gas: int) -> Ledger:
    """A year of natural gas with its bill, an answer with its proof, and one that is head office's to give."""
    days = (date(2024, 1, 1), date(2024, 12, 31))
    return Ledger.of([
        Plant(plant, "CN", "CN-HE"),
        Activity("a1", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(gas), "m3"),
        Answer("2024 gov.risk", "gov.risk", 2024, TODAY, "Of the plant alone"),
        Answer("2024 check.G1", "check.G1", 2024, TODAY, "yes", evidence=("e1",)),
        Evidence("e1", f"letter of {plant}.pdf", "other", "c" * 64, 10),
        Evidence("e2", f"gas bill of {plant}.pdf", "bill", "d" * 64, 10, activities=("a1",)),
    ])  # fmt: skip


def group_of(path: Path, auditor: Identity, trust: Trust, register: tuple[Record, ...] = SITES) -> Path:
    """The group file with two accepted reports."""
    with GroupFile.open(path) as made:
        steps = tuple(Step(kind_of(one), one.id, Register().get(kind_of(one), one.id), one) for one in register)
        made.append(Change("Li Na", NOW, T("Test"), steps))
        for plant, gas in (("Ash", 1000), ("Birch", 3000)):
            draft = prepare(ledger(plant, gas), 2024, load_library(), language="en", issued_by="Li Na", when=NOW,
                            journal=("0" * 64, 1))  # fmt: skip
            pdf = produce(draft, auditor)
            asked = order(f"{plant}.pdf", pdf, trust, NOW)
            one = judged(asked, receive(pdf, trust, load_library(), NOW, rebuild=False))
            made.file(replace(one.filed, state=ACCEPTED), pdf, one.parts, one.markings)
    return path
