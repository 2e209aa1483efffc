"""What two sides of one series owe to quantity, factor and potential: the arithmetic under the waterfall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.library import EXACT
from core.methods import BIOGENIC, KG, OTHER, Line

ZERO, ONE = Decimal(0), Decimal(1)
Numbers = tuple[Decimal, Decimal]
"""Before and after."""


@dataclass(frozen=True, slots=True)
class Side:
    """The lines of one series, or one record, on one side of a comparison."""

    quantity: Decimal
    """In the base unit of its dimension."""
    dimension: str
    """``mass``, ``energy`` ...; several joined by ``+`` when its records do not agree."""
    tonnes: Decimal
    """Of the seven gases. [t CO2e]"""
    factors: frozenset[tuple[object, ...]]
    """What was applied: rows of the library with their number and unit, or a number of the record itself."""
    kg: dict[str, Decimal] = field(default_factory=dict)
    """Of each species."""
    potentials: dict[str, Decimal] = field(default_factory=dict)
    """Of each species; 0 for what is kept apart. [kg CO2e/kg]"""


def side_of(lines: Iterable[Line], quantity: Decimal, dimension: str) -> Side:
    """Add the lines of one side up."""
    kg: dict[str, Decimal] = {}
    potentials: dict[str, Decimal] = {}
    factors: set[tuple[object, ...]] = set()
    tonnes = ZERO
    for line in lines:
        tonnes = EXACT.add(tonnes, line.tco2e)
        factors.add((line.factor.parts, line.factor.value, line.factor.unit))
        for one in line.amounts:
            kg[one.species] = EXACT.add(kg.get(one.species, ZERO), one.kg)
            potentials[one.species] = ZERO if one.gas in (BIOGENIC, OTHER) else one.gwp
    return Side(quantity, dimension, tonnes, frozenset(factors), kg, potentials)


@dataclass(frozen=True, slots=True)
class Split:
    """A difference in tonnes, taken apart; the three parts add up to it to the last digit."""

    quantity: Decimal
    intensity: Decimal
    """Kilograms of the gases per unit of quantity."""
    potential: Decimal


def share_of_first(first: Numbers, second: Numbers, third: Numbers) -> Decimal:
    """What the first of three multiplied numbers contributes to the difference of their product.

    Parameters
    ----------
    first, second, third
        each before and after. [any unit]

    Returns
    -------
    Decimal
        in the unit of the product.

    Notes
    -----
    Shapley value, the mean over all orders in which the three can be replaced:
    Δx × (2 (y0 z0 + y1 z1) + y0 z1 + y1 z0) / 6. No residual, and swapping the sides negates it.
    J. Albrecht, D. François, K. Schoors: A Shapley decomposition of carbon emissions without residuals,
    Energy Policy 30 (2002) 727-736.

    Examples
    --------
    100 kWh at 2 kg become 150 kWh at 1 kg (potential 1): 50 × 1.5 = 75 kg more by quantity.

    >>> share_of_first((Decimal(100), Decimal(150)), (Decimal(2), Decimal(1)), (Decimal(1), Decimal(1)))
    Decimal('75')
    """
    (x0, x1), (y0, y1), (z0, z1) = first, second, third
    same = EXACT.add(EXACT.multiply(y0, z0), EXACT.multiply(y1, z1))
    crossed = EXACT.add(EXACT.multiply(y0, z1), EXACT.multiply(y1, z0))
    weight = EXACT.add(EXACT.add(same, same), crossed)
    return EXACT.divide(EXACT.multiply(EXACT.subtract(x1, x0), weight), Decimal(6))


def split(before: Side, after: Side) -> Split:
    """Take the difference of two sides apart.

    Parameters
    ----------
    before, after
        of the same series, in the same dimension.

    Notes
    -----
    t = Σ over species of quantity × (kg / quantity) × GWP / 1000, each product split by its Shapley values. A side
    without quantity takes the intensity of the other one, a side without a species the potential of the other one.
    Parts are rounded to nine decimals; what rounding leaves goes to the quantity if it differs, else to the intensity
    if that differs, else to the potential. Numbers too far apart to be multiplied are left to the intensity whole.
    """
    total = EXACT.subtract(after.tonnes, before.tonnes)
    try:
        return _split(before, after, total)
    except ArithmeticError:
        return Split(ZERO, total, ZERO)


def _split(before: Side, after: Side, total: Decimal) -> Split:
    quantities = (before.quantity, after.quantity)
    intensity = potential = ZERO
    changed = False
    for species in sorted({*before.kg, *after.kg}):
        kg = (before.kg.get(species, ZERO), after.kg.get(species, ZERO))
        per, amounts = _intensities(quantities, kg)
        worth = _potentials(species, before, after)
        intensity = EXACT.add(intensity, share_of_first(per, amounts, worth))
        potential = EXACT.add(potential, share_of_first(worth, amounts, per))
        changed = changed or per[0] != per[1]
    intensity, potential = _tonnes(intensity), _tonnes(potential)
    if before.quantity != after.quantity:
        return Split(EXACT.subtract(EXACT.subtract(total, intensity), potential), intensity, potential)
    if changed or not potential:
        return Split(ZERO, EXACT.subtract(total, potential), potential)
    return Split(ZERO, ZERO, total)


def _intensities(quantities: Numbers, kg: Numbers) -> tuple[Numbers, Numbers]:
    """Kilograms per unit before and after, and the quantities to go with them."""
    if quantities[0] == quantities[1]:  # the kilograms themselves: nothing is rounded by dividing
        return kg, (ONE, ONE)
    per = [EXACT.divide(mass, quantity) if quantity else None for mass, quantity in zip(kg, quantities, strict=True)]
    first, second = per
    if first is None:
        first = second
    if second is None:
        second = first
    assert first is not None and second is not None  # quantities differ, so one of them is not zero
    return (first, second), quantities


def _potentials(species: str, before: Side, after: Side) -> Numbers:
    known = before.potentials.get(species), after.potentials.get(species)
    first = after.potentials[species] if known[0] is None else known[0]
    second = before.potentials[species] if known[1] is None else known[1]
    return first, second


def _tonnes(kg: Decimal) -> Decimal:
    return EXACT.divide(kg, Decimal(1000)).quantize(KG, context=EXACT)
