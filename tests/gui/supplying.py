"""Suppliers, what they signed and declared, for the tests of their page; workbooks have the days of these tests."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from core.ledger import DataRequest, Record, SmelterList, Supplier, Undertaking
from tests.core.exchange.minerals.forms import ALPHA, SMELTER_HEAD, Form, cmrt, emrt_2
from tests.core.minerals.declared import LISTS

TODAY = date(2025, 9, 1)
RECENT = datetime(2025, 6, 1)
SUPPLIERS = (
    Supplier("su00001", "Weld Wire Ltd", "CN", "V-1", "Wire", Decimal(300), "CNY", "low", minerals=True),
    Supplier("su00002", "Sensor GmbH", "DE", "V-2", "Sensors", Decimal(100), "CNY", "high", minerals=True),
    Supplier("su00003", "Paper Co", "CN", "V-3", "Boxes"),
    Supplier("su00004", "Gone Ltd", "CN", spend=Decimal(5), currency="CNY", until="2024-12-31"),
)
UNDERTAKINGS = (
    Undertaking("un00001", "su00001", "code_of_conduct", "2024", date(2024, 3, 1), valid_to="2027-02-28"),
    Undertaking("un00002", "su00002", "code_of_conduct", "2020", date(2020, 3, 1), valid_to="2023-02-28"),
    Undertaking("un00003", "su00001", "ungc", "2024", date(2025, 3, 1)),
)
REQUESTS = (
    DataRequest("dq00001", "su00001", 2024, date(2025, 6, 1), "2025-08-01",
                (("1", "Wire", "steel", "12", "t"), ("2", "Solder", "", "3", "t"))),
    DataRequest("dq00002", "su00002", 2024, date(2025, 8, 1), "2025-10-01", (("1", "Sensor", "", "900", "piece"),)),
)  # fmt: skip
REGISTER: tuple[Record, ...] = (*SUPPLIERS, *UNDERTAKINGS)
PUBLISHED: SmelterList = LISTS[0]


def of_weld() -> Form:
    """A complete CMRT of the first supplier."""
    return cmrt()


def of_sensor() -> Form:
    """One that says all smelters are known, and lists others: unknown, not conformant, on no list, without number."""
    form = cmrt("6.4").with_cells({"D8": "Sensor GmbH"})
    form.smelters = SMELTER_HEAD | ALPHA | {
        "A6": "CID000400", "B6": "Tin", "C6": "Delta Tin", "D6": "Delta Tin", "E6": "Peru", "F6": "CID000400",
        "B7": "Tin", "C7": "Smelter Not Yet Identified", "D7": "Unknown", "E7": "China",
        "A8": "CID009999", "B8": "Tin", "C8": "Mystery Tin", "D8": "Mystery Tin", "E8": "Bolivia", "F8": "CID009999",
        "B9": "Tin", "C9": "Smelter not listed", "D9": "Village Furnace", "E9": "Malaysia",
    }  # fmt: skip
    return form


def of_newcomer() -> Form:
    """Of a company that is no supplier yet, with an answer that nobody understands."""
    return emrt_2().with_cells({"D8": "Newcomer Ltd", "D30": "perhaps"})
