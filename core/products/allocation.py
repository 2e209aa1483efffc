"""Sharing one amount among several by weights, so that the parts are the whole to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import lcm

from core.library import EXACT

PLACES = -9
"""Exponent of the smallest part: tonnes are kept to nine decimals."""


def allocated(total: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What each of several takes of a whole.

    Parameters
    ----------
    total
        emissions of a source. [t CO2e]
    weights
        of each that takes part, none below zero: mass, pieces, revenue or an own key. [any unit, the same for all]

    Returns
    -------
    dict of Decimal
        by the keys of the weights; the sum is ``total`` to the last digit. [t CO2e]

    Raises
    ------
    ValueError
        when no weight is above zero, or one is below.

    Notes
    -----
    E(i) = E × w(i) / Σ w, rounded down to nine decimals (or to those of the total, where it has more); what is left
    goes in smallest steps to the largest remainders, at a tie to the smaller key. Whole numbers throughout, so the
    order in which the weights come does not matter. Physical or economic allocation: GHG Protocol Product Life Cycle
    Accounting and Reporting Standard (2011), ch. 9; ISO 14067:2018, 6.4.6; PACT Methodology v3, 3.3.1.3; Catena-X PCF
    Rulebook v4, 5.1.2.

    Examples
    --------
    Ten tonnes of a press that made three parts of equal mass:

    >>> allocated(Decimal(10), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': Decimal('3.333333334'), 'b': Decimal('3.333333333'), 'c': Decimal('3.333333333')}
    """
    whole = sum(weighed := _whole(weights))
    if whole <= 0 or min(weighed) < 0:
        raise ValueError("no weight above zero, or one below")
    exponent = total.as_tuple().exponent
    places = min(PLACES, exponent) if isinstance(exponent, int) else PLACES
    above, below = total.as_integer_ratio()
    steps = abs(above) * 10**-places // below
    if not steps:
        return dict.fromkeys(weights, Decimal(0))
    parts = {key: divmod(steps * weight, whole) for key, weight in zip(weights, weighed, strict=True)}
    left = steps - sum(part for part, _rest in parts.values())
    favoured = set(sorted(parts, key=lambda key: (-parts[key][1], key))[:left])
    sign = -1 if total < 0 else 1
    return {
        key: EXACT.scaleb(Decimal(sign * (part + (key in favoured))), places) for key, (part, _rest) in parts.items()
    }


def _whole(weights: Mapping[str, Decimal]) -> list[int]:
    """The weights in the ratio of whole numbers."""
    ratios = [weight.as_integer_ratio() for weight in weights.values()]
    common = lcm(*(below for _above, below in ratios))
    return [above * (common // below) for above, below in ratios]
