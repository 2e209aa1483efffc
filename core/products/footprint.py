"""What the footprints of a plant's products are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T, Text
from core.inventory import Period
from core.ledger import Plant, Product
from core.library import EXACT
from core.methods import exact_sum

STAGES = ("materials", "inbound", "energy", "process", "outbound")
"""Purchased parts and materials, their way to the plant, energy and process emissions of the plant, the way out."""
GATE = STAGES[:-1]
"""What counts up to the gate of the plant; the way out stands apart."""
STAGE_TITLES: dict[str, Text] = {
    "materials": T("Purchased parts and materials"),
    "inbound": T("Transport to the plant"),
    "energy": T("Energy of the plant"),
    "process": T("Process emissions of the plant"),
    "outbound": T("Transport to the customer"),
}
"""How people call the stages."""
VIEWS = ("market", "location")
"""Which figure of scope 2 is shared."""
ELECTRICITY = ("inventory", "footprint")
"""Bought electricity as the inventory counts it, or with the published factor of its life cycle."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a factor is from."""

    name: str
    """Publisher, database or supplier."""
    edition: str
    own: bool = False
    """Of the plant, its suppliers or its contracts, and no published average."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that a footprint is made of."""

    stage: str
    """One of :data:`STAGES`."""
    what: str
    """Emission source, component or leg, as the plant calls it."""
    tonnes: Decimal
    """Of all that was made in the period. [t CO2e]"""
    biogenic: Decimal
    """CO2 of biogenic origin, apart. [t CO2]"""
    primary: bool
    """Data of the plant or of the supplier itself, not an average."""
    records: tuple[str, ...]
    """Ids of activity data, components or legs."""
    cited: tuple[Cited, ...] = ()
    """Where its factors are from."""
    biogenic_gases: Decimal = Decimal(0)
    """Of the tonnes: methane and nitrous oxide of biomass. [t CO2e]"""
    factors: tuple[str, ...] = ()
    """Keys of the numbers of the library that went into it; none of a footprint that somebody states."""

    @property
    def factor(self) -> str:
        """Where its factor is from."""
        return "; ".join(", ".join(word for word in (one.name, one.edition) if word) for one in self.cited)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Of one product in one period."""

    product: Product
    quantity: Decimal
    """Made in the period. [declared units]"""
    contributions: tuple[Contribution, ...]
    per_unit: Decimal
    """From the cradle to the gate. [kg CO2e per declared unit]"""
    biogenic_per_unit: Decimal
    """[kg CO2 per declared unit]"""
    primary_share: Decimal
    """Share of the footprint that rests on primary data. [%]"""
    stages: tuple[tuple[str, Decimal], ...]
    """Each of :data:`STAGES`; those up to the gate add up to the footprint. [kg CO2e per declared unit]"""

    @property
    def outbound(self) -> Decimal:
        """The way to the customer, which is no part of the footprint. [kg CO2e per declared unit]"""
        return dict(self.stages)["outbound"]


@dataclass(frozen=True, slots=True)
class Shared:
    """How the emissions of one source were shared."""

    source: str
    stage: str
    """``energy`` or ``process``."""
    key: str
    """``mass``, ``pieces``, ``revenue``, ``own`` or ``none``."""
    reason: str
    """Why this key, as the plant says; empty: nobody said."""
    tonnes: Decimal
    """[t CO2e]"""
    parts: tuple[tuple[str, Decimal], ...]
    """Ids of products with what each takes; empty: it belongs to none. [t CO2e]"""


def together(sources: Iterable[Shared]) -> tuple[Shared, ...]:
    """What was shared of each source in a stage, whatever its data are like: for reading.

    Parameters
    ----------
    sources
        as they were shared, apart by the quality of their data.

    Returns
    -------
    tuple of Shared
        in their order; tonnes and parts are exact sums.
    """
    found: dict[tuple[str, str, str, str], list[Shared]] = {}
    for one in sources:
        found.setdefault((one.source, one.stage, one.key, one.reason), []).append(one)
    made = []
    for (source, stage, key, reason), several in found.items():
        parts: dict[str, Decimal] = {}
        for product, tonnes in (part for one in several for part in one.parts):
            parts[product] = EXACT.add(parts.get(product, Decimal(0)), tonnes)
        made.append(Shared(source, stage, key, reason, exact_sum(one.tonnes for one in several), tuple(parts.items())))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Footprints:
    """Of everything that a plant makes in a year."""

    year: int
    footprints: tuple[Footprint, ...]
    shared: Decimal
    """Of the plant's own emissions, what was given to products: scopes 1 and 2, and of scope 3 what its energy causes
    before it arrives (category 3) and its waste afterwards (category 5). [t CO2e]"""
    apart: Decimal
    """What belongs to no product or could not be shared; with what was shared exactly the plant's. [t CO2e]"""
    problems: tuple[Text, ...]
    """What stands in the way of a footprint, with the remedy."""
    notes: tuple[Text, ...] = ()
    """What a reader must know."""
    sources: tuple[Shared, ...] = ()
    """How each source was shared."""
    plant: Plant | None = None
    period: Period | None = None
    gwp_set: str = ""
    view: str = "market"
    """One of :data:`VIEWS`."""
    electricity: str = "inventory"
    """One of :data:`ELECTRICITY`."""

    def of(self, product: str) -> Footprint | None:
        """The footprint of the product with this id; None when something stands in its way."""
        return next((one for one in self.footprints if one.product.id == product), None)
