"""What the misstatements of a sample say about the records that were not tested.

The equations; which records they are applied to stands in ``sampled.py``. Effects are reported minus supported, so that
positive ones overstate; book values are tonnes without sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from core.library import EXACT
from core.methods import exact_sum

ZERO, ONE, GRAM = Decimal(0), Decimal(1), Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Item:
    """One tested item of a sample."""

    effect: Decimal
    """Reported minus supported. [t CO2e]"""
    book: Decimal
    """As reported when it was tested, without sign. [t CO2e]"""
    hits: int = 1
    """How often it was drawn: large ones more than once by monetary unit. [1]"""


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """How much may be misstated in one direction, at a confidence. [t CO2e]"""

    projected: Decimal
    """Projected misstatement, with what was found in items that stand for themselves."""
    basic: Decimal
    """Basic precision: what may be misstated though nothing was found."""
    incremental: Decimal
    """Incremental allowance for what was found."""

    @property
    def total(self) -> Decimal:
        """The upper misstatement limit."""
        return exact_sum((self.projected, self.basic, self.incremental))


def tainting(effect: Decimal, book: Decimal) -> Decimal:
    """The misstatement of an item as a share of what was reported for it.

    Parameters
    ----------
    effect
        reported minus supported. [t CO2e]
    book
        as reported, without sign. [t CO2e]

    Returns
    -------
    Decimal
        positive when too much was reported; below -1 when less than half was. [1]

    Notes
    -----
    ``t = (x - y) / x``. AICPA Audit Guide Audit Sampling, chapter on monetary unit sampling.

    Examples
    --------
    >>> tainting(Decimal(100), Decimal(400))
    Decimal('0.25')
    """
    return EXACT.divide(effect, book)


def by_monetary_unit(item: Item, interval: Decimal) -> Decimal:
    """What a misstated item of a monetary-unit sample stands for, itself included.

    Parameters
    ----------
    item
        that was drawn.
    interval
        sampling interval: tonnes of the frame for each draw. [t CO2e]

    Returns
    -------
    Decimal
        projected misstatement. [t CO2e]

    Notes
    -----
    ``tainting × interval`` for each time it was drawn; an item as large as the interval is drawn for certain, stands
    for nothing but itself and is not projected. AICPA Audit Guide Audit Sampling, chapter on monetary unit sampling.

    Examples
    --------
    >>> by_monetary_unit(Item(Decimal(100), Decimal(400)), Decimal(5000))
    Decimal('1250.000000000')
    >>> by_monetary_unit(Item(Decimal(2000), Decimal(8000)), Decimal(5000))
    Decimal('2000')
    """
    if item.book >= interval or not item.book:
        return item.effect
    return _grams(EXACT.multiply(EXACT.multiply(tainting(item.effect, item.book), interval), Decimal(item.hits)))


def by_ratio(effect: Decimal, tested: Decimal, whole: Decimal) -> Decimal:
    """Projection where errors grow with the size of records.

    Parameters
    ----------
    effect
        found in the tested items. [t CO2e]
    tested
        tonnes of the tested items. [t CO2e]
    whole
        tonnes of the frame, or of the stratum. [t CO2e]

    Returns
    -------
    Decimal
        projected misstatement of the whole. [t CO2e]

    Notes
    -----
    ``Σ effects × X / x``: ratio estimation. AICPA Audit Guide Audit Sampling, chapter on classical variables sampling.

    Examples
    --------
    >>> by_ratio(Decimal(2000), Decimal(100_000), Decimal(3_000_000))
    Decimal('60000.000000000')
    """
    return _grams(EXACT.divide(EXACT.multiply(effect, whole), tested))


def by_difference(effect: Decimal, tested: int, whole: int) -> Decimal:
    """Projection where errors do not grow with the size of records.

    Parameters
    ----------
    effect
        found in the tested items. [t CO2e]
    tested
        number of tested items. [1]
    whole
        number of items of the frame, or of the stratum. [1]

    Returns
    -------
    Decimal
        projected misstatement of the whole. [t CO2e]

    Notes
    -----
    ``Σ effects × N / n``: difference estimation. AICPA Audit Guide Audit Sampling, chapter on classical variables
    sampling.

    Examples
    --------
    >>> by_difference(Decimal(-100), 50, 4800)
    Decimal('-9600.000000000')
    """
    return _grams(EXACT.divide(EXACT.multiply(effect, Decimal(whole)), Decimal(tested)))


def upper_limit(items: Sequence[Item], interval: Decimal, factors: Sequence[Decimal], sign: int = 1) -> UpperLimit:
    """The upper misstatement limit of a monetary-unit sample in one direction.

    Parameters
    ----------
    items
        that are misstated, in any order; those of the other direction are left out.
    interval
        sampling interval. [t CO2e]
    factors
        confidence factors R₀, R₁, R₂ … of the Poisson distribution, one more than there are misstatements below the
        interval in this direction. [1]
    sign
        1 for what was reported too much, -1 for what was reported too little.

    Returns
    -------
    UpperLimit
        all its parts are positive.

    Notes
    -----
    With taintings in descending order, ``UML = I × (R₀ + Σ (Rᵢ - Rᵢ₋₁) tᵢ) + Σ e`` over the effects e of items as large
    as the interval: basic precision ``I × R₀``, projected misstatement ``I × Σ tᵢ + Σ e``, and incremental allowance
    ``I × Σ (Rᵢ - Rᵢ₋₁ - 1) tᵢ``. AICPA Audit Guide Audit Sampling, chapter on monetary unit sampling (the Stringer
    bound).

    Raises
    ------
    ValueError
        for too few factors.

    Examples
    --------
    >>> upper_limit((), Decimal(26_882), (Decimal(3),)).total
    Decimal('80646.000000000')
    """
    wrong = [item for item in items if item.effect * sign > 0]
    small = [item for item in wrong if ZERO < item.book < interval]
    known = exact_sum(abs(item.effect) for item in wrong if item not in small)
    taints = sorted((abs(tainting(i.effect, i.book)) for i in small for _ in range(i.hits)), reverse=True)
    if len(factors) <= len(taints):
        raise ValueError(f"{len(taints)} misstatements need {len(taints) + 1} confidence factors")
    steps = [EXACT.subtract(after, before) for before, after in pairwise(factors)]
    allowed = exact_sum(
        EXACT.multiply(EXACT.subtract(step, ONE), taint) for step, taint in zip(steps, taints, strict=False)
    )
    return UpperLimit(
        EXACT.add(_grams(EXACT.multiply(interval, exact_sum(taints))), known),
        _grams(EXACT.multiply(interval, factors[0])),
        _grams(EXACT.multiply(interval, allowed)),
    )


def _grams(tonnes: Decimal) -> Decimal:
    """Rounded to grams, as tonnes are kept everywhere."""
    return tonnes.quantize(GRAM, ROUND_HALF_EVEN, EXACT)
