"""What the footprints of a plant's products are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text
from core.ledger import Product

STAGES = ("materials", "inbound", "energy", "process", "outbound")
"""Purchased parts and materials, their way to the plant, energy and process emissions of the plant, the way out."""


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
    factor: str = ""
    """Where its factor is from."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Of one product in one period."""

    product: Product
    quantity: Decimal
    """Made in the period. [declared units]"""
    contributions: tuple[Contribution, ...]
    per_unit: Decimal
    """[kg CO2e per declared unit]"""
    biogenic_per_unit: Decimal
    """[kg CO2 per declared unit]"""
    primary_share: Decimal
    """Share of the footprint that rests on primary data. [%]"""
    stages: tuple[tuple[str, Decimal], ...]
    """[kg CO2e per declared unit]"""


@dataclass(frozen=True, slots=True)
class Footprints:
    """Of everything that a plant makes in a year."""

    year: int
    footprints: tuple[Footprint, ...]
    shared: Decimal
    """Scope 1 and 2 of the plant that was given to products. [t CO2e]"""
    apart: Decimal
    """Scope 1 and 2 that belongs to no product; with what was shared exactly the plant's. [t CO2e]"""
    problems: tuple[Text, ...]
    """What stands in the way of a footprint, with the remedy."""
