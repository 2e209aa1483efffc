"""Sharing what was emitted once among the many it was emitted for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.library import EXACT
from core.methods import KG, exact_sum

KG_PER_T = Decimal(1000)


def transport_work(distance: Decimal, mass: Decimal) -> Decimal:
    """What a transport did.

    Parameters
    ----------
    distance
        from pick-up to delivery. [km]
    mass
        carried. [kg]

    Returns
    -------
    Decimal
        transport work. [tkm]

    Notes
    -----
    ISO 14083:2023, 6; GLEC Framework v3.0, section 1.

    Examples
    --------
    >>> transport_work(Decimal("8.6"), Decimal(20))
    Decimal('0.172')
    """
    return EXACT.divide(EXACT.multiply(distance, mass), KG_PER_T)


def allocate(total: Decimal, drivers: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Share a total in proportion to drivers such as transport work, to nine decimals.

    Parameters
    ----------
    total
        what is to be shared.
    drivers
        weight of each share, not negative, not all zero.

    Returns
    -------
    tuple of Decimal
        one share for each driver; the largest takes what rounding leaves, so they add up to ``total`` exactly.

    Raises
    ------
    ValueError
        when a driver is negative or all are zero.

    Notes
    -----
    share_i = total × driver_i / Σ driver. GLEC Framework v3.0, section 3, module 4.

    Examples
    --------
    >>> allocate(Decimal(1), [Decimal(1), Decimal(2)])
    (Decimal('0.333333333'), Decimal('0.666666667'))
    """
    whole = exact_sum(drivers)
    if whole <= 0 or min(drivers) < 0:
        raise ValueError("drivers must not be negative nor all zero")
    shares = [EXACT.divide(EXACT.multiply(total, d), whole).quantize(KG, context=EXACT) for d in drivers]
    largest = max(range(len(shares)), key=lambda i: drivers[i])
    shares[largest] = EXACT.add(shares[largest], EXACT.subtract(total, exact_sum(shares)))
    return tuple(shares)
