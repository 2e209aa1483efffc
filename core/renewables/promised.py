"""What targets promise of the share of renewable electricity, as a way over the years to come."""

from __future__ import annotations

from decimal import Decimal

from core.inventory import Inventory
from core.ledger import Ledger, Target
from core.library import EXACT
from core.renewables.shares import CERTIFIED, Shares, shares_of

ALL = Decimal(100)


def promises(ledger: Ledger) -> dict[int, Decimal]:
    """The share that is promised by year, ascending; of two targets for one year the higher, no withdrawn ones. [%]

    Examples
    --------
    >>> half = Target("t1", "Half", "renewable", (), 2024, 2027, Decimal(50))
    >>> promises(Ledger.of([half]))
    {2027: Decimal('50')}
    """
    found: dict[int, Decimal] = {}
    for one in sorted(ledger.held(Target), key=lambda one: (one.year, one.reduction)):
        if one.kind == "renewable" and one.status != "withdrawn":
            found[one.year] = one.reduction
    return found


def promised_shares(
    ledger: Ledger, inventory: Inventory, shares: Shares | None = None
) -> tuple[tuple[int, Decimal], ...]:
    """The way of the renewable share if the plant keeps what it promised: for a forecast, and for what actions save.

    Parameters
    ----------
    ledger
        targets, instruments and PV systems.
    inventory
        of the year that the way begins in.
    shares
        of the inventory, where they are known already.

    Returns
    -------
    tuple
        year and share, the year of the inventory first; empty: no target speaks of a later year. [%]

    Notes
    -----
    It begins with the certified share of all electricity that was used in the year: that is what a target of
    renewable electricity promises and a claim is held against. The part of the bought electricity that instruments
    cover would leave out own generation, so a plant with a PV system would seem further from its promise than it is,
    and would count nuclear contracts, which no claim may. Straight lines lead from target to target; the share never
    falls below the one before, for a target is a least share.
    """
    year = inventory.choices.period.end.year
    later = {one: percent for one, percent in promises(ledger).items() if one > year}
    if not later:
        return ()
    now = (shares or shares_of(ledger, inventory)).year.exact(CERTIFIED)
    path = [(year, EXACT.divide(EXACT.multiply(ALL, Decimal(now.numerator)), Decimal(now.denominator)))]
    for one, percent in later.items():
        path.append((one, max(min(percent, ALL), path[-1][1])))  # more than all cannot be, whatever a file says
    return tuple(path)
