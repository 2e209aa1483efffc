"""What a report names that may count only once in the group: meters, proofs, certificates and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from core.errors import UserError
from core.inventory import Inventory
from core.ledger import Activity, Ledger, Meter
from core.library import EXACT
from core.methods import normal_number, parse_serials, plain
from core.methods.purchased_electricity import CERTIFICATES, CONTRACT, METHOD
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
    """Certificates and contracts by emission source, with the electricity that its bills let them cover together."""
    covered = _covered(inventory)
    sums: dict[tuple[str, str, str], Decimal] = {}
    for activity in inventory.activities:
        if activity.method == METHOD.key and activity.parameters:
            for kind, value in _named(activity):
                place = (kind, value, activity.source)
                sums[place] = EXACT.add(sums.get(place, Decimal(0)), covered.get(activity.id, Decimal(0)))
    for (kind, value, source), energy in sums.items():
        yield Marking(kind, value, source, f"{plain(energy)} {UNIT}")


def _named(activity: Activity) -> Iterator[tuple[str, str]]:
    """Kind and value of what a record names; what cannot be read gave no lines, and the finding about it travels."""
    said = dict(activity.parameters)
    serials = said.get(CERTIFICATES.key, "")
    if serials:
        with suppress(UserError):
            yield from (("certificate", one.text) for one in parse_serials(serials))
    if contract := normal_number(said.get(CONTRACT.key, "")):
        yield "contract", contract


def _covered(inventory: Inventory) -> dict[str, Decimal]:
    """Electricity that counts as its certificate or contract says, by record. [kWh]"""
    found: dict[str, Decimal] = {}
    for line in inventory.lines:
        activity = line.activity
        if activity.method == METHOD.key and line.factor.key == f"instrument.{activity.id}":
            energy = inventory.library.units.convert(line.portion.quantity, activity.unit, UNIT)
            found[activity.id] = EXACT.add(found.get(activity.id, Decimal(0)), energy)
    return found
