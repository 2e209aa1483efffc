"""Plants whose electricity is renewable in part, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.inventory import Choices, Inventory, compile_inventory
from core.ledger import Allocation, Evidence, Instrument, Ledger, PvSystem, Record
from core.library import load_library
from tests.core.samples import CHOICES, PLANT, activity, month

YEAR = date(2023, 1, 1), date(2023, 12, 31)
PROOF = Evidence("e1", "retirement.pdf", "certificate", "0" * 64, 10)
SIGNED = Evidence("e2", "contract.pdf", "contract", "1" * 64, 10)
SETTLED = Evidence("e3", "settlement.pdf", "bill", "2" * 64, 10)


def certificate(key: str = "i1", **changes: Any) -> Instrument:
    """Wind certificates of 100 MWh, generated in 2023 in China and retired for the plant."""
    made = Instrument(
        key, f"Certificates {key}", "certificate", "CN", *YEAR, Decimal(100),
        scheme="GEC", serials=f"GEC-{key.upper()}0001-GEC-{key.upper()}0100", technology="wind",
        retired="2024-01-15", beneficiary=PLANT.name, evidence=(PROOF.id,), attributes="with",
        commissioned="2020-06-01",
    )  # fmt: skip
    return replace(made, **_decimal(changes))


def contract(key: str = "i9", **changes: Any) -> Instrument:
    """A direct line from a wind farm of somebody else, 100 MWh in 2023."""
    made = Instrument(
        key, f"Line {key}", "direct_line", "CN", *YEAR, Decimal(100), contract=f"C-{key}", supplier="Wind Co",
        technology="wind", generator="Bashang", evidence=(SIGNED.id, SETTLED.id), attributes="with",
    )  # fmt: skip
    return replace(made, **_decimal(changes))


def allocation(key: str, instrument: str, record: str, kwh: int | str) -> Allocation:
    """So much of an instrument for a record."""
    return Allocation(key, instrument, record, Decimal(kwh))


def roof(**changes: Any) -> PvSystem:
    """The system of the source ``Roof``, whose attributes the plant keeps."""
    made = PvSystem("p1", "Roof", date(2020, 5, 1), Decimal("40.8"), Decimal("114.9"), source="Roof",
                    attributes_owner="plant")  # fmt: skip
    return replace(made, **changes)


def self_used(key: str = "s1", **changes: Any) -> Any:
    """Own PV of January, used on site."""
    return activity(key, **{"source": "Roof", "method": "solar_generation", "item": "solar_self_used", **changes})


def plant(records: Iterable[Record], choices: Choices = CHOICES) -> tuple[Ledger, Inventory]:
    """A ledger and its inventory."""
    ledger = Ledger.of([PLANT, PROOF, SIGNED, SETTLED, *records])
    return ledger, compile_inventory(ledger, choices, load_library())


def _decimal(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        key: Decimal(value) if key in ("quantity", "price") and not isinstance(value, Decimal) else value
        for key, value in changes.items()
    }


@st.composite
def covered_plants(draw: st.DrawFn) -> list[Record]:
    """Bills, own PV, and certificates that cover some of them, sometimes more than there is."""
    records: list[Record] = [roof(attributes_owner=draw(st.sampled_from(["plant", "other", ""])))]
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.dates(date(2022, 11, 15), date(2024, 1, 15)))
        end = draw(st.dates(start, date(2024, 2, 28)))
        quantity = draw(st.decimals(0, 10**7, places=3))
        records.append(activity(f"a{number}", start=start, end=end, quantity=quantity))
        if draw(st.booleans()):
            records.append(
                self_used(f"s{number}", start=start, end=end, quantity=draw(st.decimals(0, 10**6, places=2)))
            )
    bills = [one for one in records if getattr(one, "method", "") == "purchased_electricity"]
    for number in range(draw(st.integers(0, 4))):
        technology = draw(st.sampled_from(["wind", "solar", "nuclear", ""]))
        make = draw(st.sampled_from([certificate, contract]))
        records.append(make(f"i{number}", technology=technology))
        bill = draw(st.sampled_from(bills))
        assert hasattr(bill, "quantity")
        part = draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.3333")]))
        records.append(Allocation(f"al{number}", f"i{number}", bill.id, bill.quantity * part))
    return records


__all__ = ["allocation", "certificate", "contract", "covered_plants", "month", "plant", "roof", "self_used"]
