"""A plant whose certificates and contracts nothing can be said against, and what differs from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.ledger import Activity, Allocation, Evidence, Instrument, Ledger, Plant, PvSystem, Record

PLANT = Plant("Zhangjiakou", "CN", "CN-HE", organisation="Acme Brakes (Zhangjiakou) Co., Ltd.")
BILL = Activity(
    "a1",
    "Main meter",
    "purchased_electricity",
    "electricity",
    date(2025, 3, 1),
    date(2025, 3, 31),
    Decimal(500000),
    "kWh",
)
PV = PvSystem(
    "pv1",
    "Roof of hall 1",
    date(2023, 5, 1),
    Decimal("40.8"),
    Decimal("114.9"),
    generation=("m1",),
    system_owner="Acme Brakes (Zhangjiakou) Co., Ltd.",
    attributes_owner="plant",
)
FILES = (
    Evidence("e1", "retired.pdf", "certificate", "0" * 64, 1),
    Evidence("e2", "contract.pdf", "contract", "1" * 64, 1),
    Evidence("e3", "settlement.pdf", "bill", "2" * 64, 1),
)


def gec(key: str = "i1", **changes: Any) -> Instrument:
    """A hundred retired certificates of a solar plant in China."""
    return _changed(
        Instrument(
            key,
            "Certificates of Zhangbei",
            "certificate",
            "CN",
            date(2025, 1, 1),
            date(2025, 6, 30),
            Decimal(100),
            scheme="GEC",
            serials=f"{key}X0001–{key}X0100",
            technology="solar",
            commissioned="2021-06-01",
            retired="2026-01-20",
            beneficiary="ACME BRAKES（Zhangjiakou）CO LTD",
            evidence=("e1",),
        ),
        changes,
    )


def ppa(key: str = "i1", **changes: Any) -> Instrument:
    """A contract with delivery, settled, with its certificates."""
    return _changed(
        gec(
            key,
            kind="ppa_physical",
            contract="PPA 2025/017",
            supplier="Wind of Zhangbei",
            technology="wind",
            attributes="with",
            evidence=("e1", "e2", "e3"),
        ),
        changes,
    )


def settled(key: str = "i1", **changes: Any) -> Instrument:
    """A contract with delivery that names no certificates."""
    return ppa(
        key, **{"scheme": "", "serials": "", "retired": "", "beneficiary": "", "evidence": ("e2", "e3"), **changes}
    )


def own(key: str = "i1", **changes: Any) -> Instrument:
    """Own generation on the roof."""
    return _changed(
        Instrument(
            key,
            "Roof of hall 1",
            "on_site",
            "CN",
            date(2025, 3, 1),
            date(2025, 3, 31),
            Decimal(100),
            technology="solar",
            commissioned="2023-05-01",
            attributes="with",
            system="pv1",
        ),
        changes,
    )


def allocation(key: str = "l1", instrument: str = "i1", quantity: object = 100000, activity: str = "a1") -> Allocation:
    """Of the bill."""
    return Allocation(key, instrument, activity, Decimal(str(quantity)))


def ledger(*records: Record, plant: Plant = PLANT) -> Ledger:
    """A plant with its bill, its roof and kept files; records of the same id take their place."""
    return Ledger.of([plant, BILL, PV, *FILES, *records])


def german(instrument: Instrument, *records: Record, **changes: Any) -> Ledger:
    """The same in Germany."""
    plant = replace(PLANT, country="DE", region="")
    return ledger(
        replace(instrument, **{"market": "DE", "scheme": "GO", **changes}), allocation(), *records, plant=plant
    )


def _changed(instrument: Instrument, changes: dict[str, Any]) -> Instrument:
    if isinstance(changes.get("quantity"), (int, str)):
        changes = {**changes, "quantity": Decimal(changes["quantity"])}
    return replace(instrument, **changes)
