"""What data points are derived from, gathered in one place: from a plant's file, or from its report alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from core.actions.situation import situation_of
from core.disclosures.known import Known
from core.handover.ahead import Blob, TargetsOf, targets_of
from core.inventory import Inventory, Package, choices_of, compile_inventory, months_of
from core.inventory.closing import closed_inventory
from core.ledger import Action, Ledger, Product
from core.library import Library
from core.methods import Finding
from core.products import footprints_of
from core.renewables.shares import shares_of
from core.report.plans.asked import known_of_plans, tried
from core.report.plans.gather import Plans
from core.targets.base_year import policy_of

MONTHS = 12
"""Of a year."""


def known_of(
    ledger: Ledger,
    year: int,
    library: Library,
    blob: Blob,
    today: date,
    *,
    inventories: Mapping[int, Inventory] | None = None,
    findings: tuple[Finding, ...] | None = None,
) -> Known:
    """Everything that data points of a plant and year are derived from.

    Parameters
    ----------
    ledger
        of the plant.
    year
        asked about.
    library
        the plant's, with its own factors.
    blob
        bytes of a kept blob by its SHA-256, for closed years.
    today
        day on which answers must still hold.
    inventories
        that are at hand already, by year; those of closed years as they were closed.
    findings
        of the review of the year, where they are at hand already.

    Raises
    ------
    UserError
        when the year is closed and its kept package is damaged.

    Notes
    -----
    What cannot be worked out of plans, shares or products is left out, and its data points say that they are missing;
    the inventory must be there.
    """
    held = dict(inventories or {})
    if year not in held:
        held[year] = _inventory(ledger, year, library, blob)
    inventory = held[year]
    found = tried(lambda: targets_of(ledger, year, library, blob, known=held, findings=findings))
    return Known(
        ledger,
        inventory,
        library,
        year,
        today,
        _earlier(ledger, year, blob, held, found),
        tried(lambda: shares_of(ledger, inventory)),
        None if found is None else found.status,
        tried(lambda: situation_of(ledger, inventory, library, blob=blob)) if ledger.held(Action) else None,
        tried(lambda: footprints_of(ledger, inventory, library)) if ledger.held(Product) else None,
    )


def known_of_package(
    package: Package, today: date | None = None, *, earlier: Mapping[int, Inventory] | None = None
) -> Known:
    """The same from a report alone, for head office.

    Parameters
    ----------
    package
        of the report, as it was read.
    today
        day on which answers must still hold; None: that of the report.
    earlier
        inventories of other reports of the plant, by year, calculated again.

    Notes
    -----
    The report itself says it in the same way, see :mod:`core.report.plans.asked`.
    """
    return known_of_plans(Plans(package), today, earlier=earlier)


def years_beside(package: Package) -> tuple[int, ...]:
    """Earlier years that data points of a report look at: the one before, and the base year.

    Notes
    -----
    None of a report of a part of a year, or of one with months without any data: held against a whole year, it would
    look like a reduction.
    """
    if not whole_year(package):
        return ()
    year, policy, chosen = package.choices.period.end.year, policy_of(package.ledger), package.audit.base_year
    base = policy.year if policy is not None else int(chosen) if re.fullmatch(r"[0-9]{4}", chosen) else year
    return tuple(one for one in sorted({base, year - 1}) if one < year)


def whole_year(package: Package) -> bool:
    """Whether a report can be compared with: it is of twelve months, and each has data."""
    return len(months_of(package.choices.period)) >= MONTHS and not Plans(package).months_missing


def _inventory(ledger: Ledger, year: int, library: Library, blob: Blob) -> Inventory:
    closing = ledger.closing(year)
    if closing is not None:
        return closed_inventory(closing, blob(closing.sha256))
    return compile_inventory(ledger, choices_of(ledger.audit(year), year), library)


def _earlier(
    ledger: Ledger, year: int, blob: Blob, held: Mapping[int, Inventory], found: TargetsOf | None
) -> dict[int, Inventory]:
    """Other years that are whole: those of the targets, last year and the base year where they are closed."""
    known = dict(held) if found is None else {**held, **found.inventories}
    partial = set() if found is None else set(found.partial)
    policy = policy_of(ledger)
    for one in {year - 1, *(() if policy is None else (policy.year,))} - known.keys():
        closing = ledger.closing(one)
        if closing is not None:
            inventory = tried(lambda closing=closing: closed_inventory(closing, blob(closing.sha256)))  # type: ignore[misc]
            if inventory is not None:
                known[one] = inventory
    return {one: inventory for one, inventory in known.items() if one != year and one not in partial}
