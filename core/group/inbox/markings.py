"""What a report names that may count only once in the group: meters, proofs, certificates and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from core.errors import UserError
from core.instruments import normal_number, parse_serials
from core.inventory import Inventory
from core.ledger import Instrument, Ledger, Meter
from core.library import EXACT
from core.methods import INSTRUMENT, plain
from core.store import Marking

UNIT = "kWh"
"""Of amounts: what certificates and contracts cover in the period."""


def markings_of(ledger: Ledger, inventory: Inventory) -> tuple[Marking, ...]:
    """Everything that a plant names and no other plant should, ordered.

    Parameters
    ----------
    ledger
        what the report holds: kept files and meters.
    inventory
        compiled from it: how much of each certificate and contract was counted.
    """
    proofs = (one for one in ledger.evidence if one.activities and one.kind != "import")  # a table proves nothing
    found = {Marking("evidence", one.sha256, one.name) for one in proofs}
    found |= {Marking("meter", one.serial, one.name) for one in ledger.held(Meter) if one.serial}
    found |= set(_instruments(inventory))
    return tuple(sorted(found, key=lambda m: (m.kind, m.value, m.label, m.amount)))


def _instruments(inventory: Inventory) -> Iterator[Marking]:
    """Certificates and contracts by emission source, with the electricity that they cover and that counts."""
    known = {one.id: one for one in inventory.instruments}
    sums: dict[tuple[str, str, str], Decimal] = {}
    for (key, source), energy in _covered(inventory).items():
        instrument = known.get(key)
        for kind, value in () if instrument is None else _named(instrument):
            place = (kind, value, source)
            sums[place] = EXACT.add(sums.get(place, Decimal(0)), energy)
    for (kind, value, source), energy in sums.items():
        yield Marking(kind, value, source, f"{plain(energy)} {UNIT}")


def _named(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Kind and value of what an instrument names; serial numbers that cannot be read are a finding of their own."""
    if instrument.serials:
        with suppress(UserError):
            yield from (("certificate", one.text) for one in parse_serials(instrument.serials))
    if contract := normal_number(instrument.contract):
        yield "contract", contract


def _covered(inventory: Inventory) -> dict[tuple[str, str], Decimal]:
    """Electricity that counts as its instrument says, by instrument and source. [kWh]"""
    found: dict[tuple[str, str], Decimal] = {}
    for line in inventory.lines:
        if line.factor.key.startswith(INSTRUMENT):
            activity = line.activity
            place = (line.factor.key.removeprefix(INSTRUMENT), activity.source)
            energy = inventory.library.units.convert(line.portion.quantity, activity.unit, UNIT)
            found[place] = EXACT.add(found.get(place, Decimal(0)), energy)
    return found
