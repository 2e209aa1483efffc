"""A head office with reports and a register, made once for the tests of its pages; copy it before changing it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from core.group.inbox.judging import judged, order
from core.handover import prepare, produce, receive, recorded
from core.i18n import T
from core.ledger import (
    Activity,
    Change,
    Company,
    Deadline,
    Evidence,
    Group,
    Ledger,
    Plant,
    Record,
    Site,
    SiteFigure,
    Stake,
    Step,
    Transfer,
    kind_of,
)
from core.library import load_library
from core.signing import load_p12, load_trust
from core.store import ACCEPTED, GroupFile
from gui.office.office import Office
from tests.gui.trusted import NOW, PASSPHRASE, keys

BILL = "c" * 64
NORTH, SOUTH, EAST = "North 北方工厂", "South", "East"
REGISTER: tuple[Record, ...] = (
    Group("Example Group", base_year=2023),
    Company("co0001", "Example North", "CN"),
    Site("si0001", NORTH, "CN", "Brakes"),
    Site("si0002", SOUTH, "CN", "Dampers"),
    Site("si0003", EAST, "CN", "Brakes"),
    Stake("st0001", "group", "co0001", ""),
    Stake("st0002", "co0001", "si0001", ""),
    Stake("st0003", "group", "si0002", ""),
    Stake("st0004", "group", "si0003", "", "2023-12-31", reason="sold"),
    Transfer("tr0001", "si0001", "si0002", "Meter", percent=Decimal(10)),
    SiteFigure("fi0001", "si0001", "headcount", "person", 2024, Decimal(200), "HR"),
    Deadline("2023", date(2024, 3, 31)),
    Deadline("2024", date(2025, 3, 31)),
)
"""North is held through a company, East was sold at the end of 2023, North supplies a tenth of South's electricity."""


def ledger(plant: str, year: int, gas: int) -> Ledger:
    """Two bills of gas and one of electricity."""
    days = (date(year, 1, 1), date(year, 12, 31))
    return Ledger.of([
        Plant(plant, "CN", "CN-HE", organisation="Example North" if plant == NORTH else ""),
        Activity("a1", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(gas), "m3", evidence="G-1"),
        Activity("a2", "Boiler", "stationary_combustion", "natural_gas", *days, Decimal(77), "m3", evidence="G-2"),
        Activity("a3", "Meter", "purchased_electricity", "electricity", *days, Decimal(90000), "kWh", evidence="E-1"),
        Evidence("e1", "gas bill.pdf", "bill", BILL, 10, activities=("a1",)),
    ])  # fmt: skip


@cache
def group_file() -> Path:
    """Reports of three plants over two years, one signed anew; verified and recalculated, not rendered again."""
    folder = Path(tempfile.mkdtemp(prefix="group-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "head.group"
    auditor, trust, library = load_p12(keys().auditor, PASSPHRASE), load_trust(keys().authority), load_library()
    with GroupFile.open(path) as group:
        for plant, year, gas in ((NORTH, 2023, 1000), (NORTH, 2024, 1500), (SOUTH, 2023, 400), (SOUTH, 2024, 500),
                                 (EAST, 2023, 90)):  # fmt: skip
            held = ledger(plant, year, gas)
            for revision in (1, 2) if (plant, year) == (NORTH, 2024) else (1,):
                if revision == 2:
                    (bill,) = (one for one in held.activities if one.id == "a1")
                    held = held.apply((Step("activity", "a1", bill, replace(bill, quantity=Decimal(1400))),))
                draft = prepare(held, year, library, language="en", issued_by="Li Na", when=NOW,
                                journal=("0" * 64, 1))  # fmt: skip
                pdf = produce(draft, auditor)
                held = held.apply(recorded(held, draft, "Li Na", NOW).steps)
                asked = order(f"{plant} {year} {revision}.pdf", pdf, trust, NOW)
                found = judged(asked, receive(pdf, trust, library, NOW, rebuild=False))
                group.file(replace(found.filed, state=ACCEPTED, reasons=()), pdf, found.parts, found.markings)
        steps = tuple(Step(kind_of(one), one.id, None, one) for one in REGISTER)
        group.append(Change("Wang Wei", NOW, T("Register entered"), steps))
    return path


def office_in(folder: Path, year: int = 2024) -> Office:
    """The head office in a file of this test's own."""
    path = folder / "head.group"
    shutil.copy(group_file(), path)
    return Office(GroupFile.open(path), "Wang Wei", year)
