"""The data points of a report, worked out from it alone.

The inventory is the one that head office calculated again, the findings are those of its own review, and a closing says
what the inventory says: what a plant states of itself beside its records changes no number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.disclosures.known import Known
from core.disclosures.lasting import stretches
from core.group.asked.kept import Kept
from core.group.ways.making import recalculated
from core.handover.asked import known_of_package, whole_year, years_beside
from core.inventory import Inventory, Package
from core.ledger import Evidence
from core.methods import Finding


def kept_of(
    package: Package,
    inventory: Inventory,
    findings: Sequence[Finding],
    since: date,
    earlier: Mapping[int, tuple[str, Package]] | None = None,
) -> Kept:
    """What a report tells, from one day on.

    Parameters
    ----------
    package
        of the report, as it was read.
    inventory
        calculated again from it.
    findings
        of the review of it, by head office.
    since
        first day that may be asked about.
    earlier
        other reports of the plant by year, each with the SHA-256 of its file; years that data points do not look at
        are passed over.
    """
    years = years_beside(package)
    beside = {year: one for year, one in (earlier or {}).items() if year in years}
    known = known_of_report(package, inventory, findings, since, {year: one for year, (_, one) in beside.items()})
    proofs = {one.id: one.name for _, held in beside.values() for one in held.ledger.held(Evidence)}
    proofs |= {one.id: one.name for one in package.ledger.held(Evidence)}
    looked_at = {year: sha256 for year, (sha256, _) in beside.items()}
    return Kept(since, years, looked_at, stretches(known), proofs)


def known_of_report(
    package: Package,
    inventory: Inventory,
    findings: Sequence[Finding],
    today: date,
    earlier: Mapping[int, Package] | None = None,
) -> Known:
    """Everything that the data points of a report are derived from.

    Notes
    -----
    Of earlier years those reports are compared with that are of a whole year; of the others there is what closings and
    earlier reports state.
    """
    inventories = {year: one.inventory() for year, one in (earlier or {}).items() if whole_year(one)}
    ledger = package.ledger
    for one in (inventory, *inventories.values()):
        ledger = recalculated(ledger, one)
    believed = replace(package, ledger=ledger, findings=tuple(findings))
    vars(believed)["_inventory"] = inventory  # calculated already, and a closing changes nothing in it
    return known_of_package(believed, today, earlier=inventories)
