"""Instruments of renewable electricity of the demo, and which bills they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from core.exchange.ids import next_ids
from core.i18n import T
from core.ledger import Activity, Allocation, Change, Evidence, Instrument, Ledger, Plant, Record, Step, kind_of
from core.library import EXACT, Units

METHOD = "purchased_electricity"
HUNDRED = Decimal(100)
_NUMBERS = frozenset({"quantity", "price", "factor"})


def instruments_of(
    about: Mapping[str, Any], plant: Plant, bills: Iterable[Activity], proofs: Iterable[Evidence], units: Units
) -> Change | None:
    """Everything a plant of the demo has of renewable electricity, as one change; None when it has none.

    Parameters
    ----------
    about
        the plant in ``demo.toml``; each ``instrument`` says which source it covers, to what share, which months it
        leaves out or covers alone, and the names of the files that prove it.
    plant, bills, proofs
        of the plant.
    units
        of the library.
    """
    rows, held = about.get("instrument", ()), tuple(bills)
    if not rows:
        return None
    ids = {one.name: one.id for one in proofs}
    keys = next_ids(Ledger(), len(rows), "instrument")
    instruments = [_instrument(key, row, plant, ids) for key, row in zip(keys, rows, strict=True)]
    covered = [
        (one.id, bill.id, quantity)
        for one, row in zip(instruments, rows, strict=True)
        for bill, quantity in _covered(one, row, held, units)
    ]
    numbers = next_ids(Ledger(), len(covered), "allocation")
    records: list[Record] = [*instruments]
    records += [Allocation(key, *one) for key, one in zip(numbers, covered, strict=True)]
    steps = tuple(Step(kind_of(record), record.id, None, record) for record in records)
    return Change(str(about["preparer"]), about["covered"], T("Instruments of renewable electricity entered"), steps)


def _instrument(key: str, row: Mapping[str, Any], plant: Plant, proofs: Mapping[str, str]) -> Instrument:
    known = {f.name for f in fields(Instrument)}
    said: dict[str, Any] = {"id": key, "market": plant.country}
    said["evidence"] = tuple(proofs[name] for name in row["proof"])
    said |= {name: Decimal(value) if name in _NUMBERS else value for name, value in row.items() if name in known}
    return Instrument(**said)


def _covered(
    one: Instrument, row: Mapping[str, Any], bills: Iterable[Activity], units: Units
) -> Iterator[tuple[Activity, Decimal]]:
    """The bills of its source and vintage with the kilowatt-hours that it covers, exactly."""
    leave, only = row.get("leave", ()), row.get("only", ())
    for bill in bills:
        if bill.method != METHOD or bill.source != row["source"] or not one.start <= bill.start <= one.end:
            continue
        if bill.start not in leave and (not only or bill.start in only):
            energy = units.convert(bill.quantity, bill.unit, "kWh")
            yield bill, EXACT.divide(EXACT.multiply(energy, Decimal(row["share"])), HUNDRED)
