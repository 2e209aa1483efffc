"""What was made in a period, and by which weights emissions are shared among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.i18n import T, Text, verbatim
from core.inventory import Period
from core.inventory.period import share
from core.ledger import AllocationKey, Ledger, Output, Product
from core.library import EXACT
from core.methods import exact_sum

KILOGRAM, PIECE = "kilogram", "piece"
UNIT_TITLES: dict[str, Text] = {
    "piece": T("piece"),
    "kilogram": T("kilogram"),
    "liter": T("litre"),
    "cubic meter": T("cubic metre"),
    "square meter": T("square metre"),
    "kilowatt hour": T("kilowatt hour"),
    "megajoule": T("megajoule"),
    "ton kilometer": T("tonne-kilometre"),
    "hour": T("hour"),
    "megabit second": T("megabit second"),
}
"""Declared units as PACT 3.0 knows them."""
MASSLESS = frozenset({"kilowatt hour", "megajoule", "ton kilometer", "hour", "megabit second"})
"""Units of energy and services, which weigh nothing."""
KEY_TITLES: dict[str, Text] = {
    "mass": T("Mass"),
    "pieces": T("Pieces"),
    "revenue": T("Revenue"),
    "own": T("Own key"),
    "none": T("Belongs to no product"),
}
"""How emissions may be shared."""
USUAL = AllocationKey("")
"""Where nobody chose: by mass."""


@dataclass(frozen=True, slots=True)
class Made:
    """How much of a product was made in a period."""

    product: Product
    quantity: Decimal
    """[declared units]"""
    revenue: Decimal
    """Of what was made, as far as it is entered."""
    currencies: frozenset[str]
    """Of that revenue."""
    sold: bool
    """Every output has a revenue."""


class Unshared(Exception):
    """A key that cannot be worked out; each sentence says why, with the remedy."""

    def __init__(self, why: Sequence[Text]) -> None:
        super().__init__(*map(str, why))
        self.why = tuple(why)


def mass_of(product: Product) -> Decimal | None:
    """Mass of a declared unit; None where nobody entered it. [kg]"""
    if product.unit == KILOGRAM:
        return Decimal(1)
    return Decimal(0) if product.unit in MASSLESS and product.mass is None else product.mass


def made_in(ledger: Ledger, period: Period) -> tuple[Made, ...]:
    """What was made in a period, by product and ordered by id; an output over its ends counts by its days.

    Parameters
    ----------
    ledger
        with products and outputs.
    period
        first and last day, both included.

    Notes
    -----
    Quantity and revenue of an output × days inside / days of it, as for bills (GHG Protocol Corporate Standard, ch. 7).
    """
    held: dict[str, list[tuple[Output, int, int]]] = {}
    for one in ledger.held(Output):
        span = Period(one.start, one.end)
        inside = span.overlap(period)
        if inside is not None:
            held.setdefault(one.product, []).append((one, inside.days, span.days))
    products = sorted(ledger.held(Product), key=lambda one: one.id)
    found = (_made(product, held[product.id]) for product in products if product.id in held)
    return tuple(one for one in found if one.quantity > 0)


def _made(product: Product, outputs: Sequence[tuple[Output, int, int]]) -> Made:
    sold = [(one, days, whole) for one, days, whole in outputs if one.revenue is not None]
    return Made(
        product,
        exact_sum(share(one.quantity, days, whole) for one, days, whole in outputs),
        exact_sum(share(one.revenue, days, whole) for one, days, whole in sold if one.revenue is not None),
        frozenset(one.currency for one, _days, _whole in sold),
        len(sold) == len(outputs),
    )


def weights_by(key: AllocationKey, made: Sequence[Made]) -> dict[str, Decimal]:
    """The weight of each product that was made.

    Parameters
    ----------
    key
        ``mass``, ``pieces``, ``revenue`` or ``own``.
    made
        at least one product.

    Returns
    -------
    dict of Decimal
        by id of the product. [kg, pieces, money or as the own key says]

    Raises
    ------
    Unshared
        saying of each product what is missing.
    """
    make = {"mass": _by_mass, "pieces": _by_pieces, "revenue": _by_revenue}.get(key.key)
    weights = _by_shares(key, made) if make is None else make(made)
    if not any(weights.values()) or min(weights.values()) < 0:
        raise Unshared([T(
            "Nothing can be shared by “{key}”: no product has a weight above 0. Enter one, or choose another key.",
            key=KEY_TITLES.get(key.key, KEY_TITLES["own"]),
        )])  # fmt: skip
    return weights


def _by_mass(made: Sequence[Made]) -> dict[str, Decimal]:
    masses = {one.product.id: (one, mass_of(one.product)) for one in made}
    lacking = [one.product.name for one, mass in masses.values() if mass is None]
    if lacking:
        raise Unshared([T(
            "Emissions are shared by mass, and the mass of “{product}” is not entered. "
            "Enter it at the product, or choose another key.", product=name,
        ) for name in lacking])  # fmt: skip
    return {key: EXACT.multiply(one.quantity, mass) for key, (one, mass) in masses.items() if mass is not None}


def _by_pieces(made: Sequence[Made]) -> dict[str, Decimal]:
    other = [one.product for one in made if one.product.unit != PIECE]
    if other:
        raise Unshared([T(
            "Emissions are shared by pieces, and “{product}” is counted by another unit ({unit}). "
            "Choose another key.", product=one.name, unit=UNIT_TITLES.get(one.unit, verbatim(one.unit)),
        ) for one in other])  # fmt: skip
    return {one.product.id: one.quantity for one in made}


def _by_revenue(made: Sequence[Made]) -> dict[str, Decimal]:
    lacking = [one.product.name for one in made if not one.sold]
    if lacking:
        raise Unshared([T(
            "Emissions are shared by revenue, and an output of “{product}” has none. "
            "Enter it, or choose another key.", product=name,
        ) for name in lacking])  # fmt: skip
    currencies = sorted(frozenset().union(*(one.currencies for one in made)))
    if len(currencies) > 1:
        raise Unshared([T(
            "Emissions are shared by revenue, and it is entered in several currencies: {currencies}. "
            "Enter all of it in one.", currencies=currencies,
        )])  # fmt: skip
    return {one.product.id: one.revenue for one in made}


def _by_shares(key: AllocationKey, made: Sequence[Made]) -> dict[str, Decimal]:
    said: Mapping[str, str] = dict(key.shares)
    return {one.product.id: _weight(said.get(one.product.id, "0")) for one in made}


def _weight(text: str) -> Decimal:
    """Of an own key; in a file of somebody else it need not be a number."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unshared([T("“{text}” is not a number. Correct it in the allocation key.", text=verbatim(text[:60]))])
    return found
