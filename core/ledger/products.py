"""What a plant makes: products, how much of them, what goes in, how it travels, how emissions are shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the plant makes and sells."""

    id: str
    name: str
    number: str = ""
    """Under which customers know it."""
    unit: str = "piece"
    """Declared unit: ``piece``, ``kilogram``, ``liter``, ``cubic meter``, ``square meter``, ``kilowatt hour`` …"""
    mass: Decimal | None = None
    """Of a declared unit. [kg]"""
    code: str = ""
    """Of a classification, with its name: ``CPC 49129``."""
    description: str = ""
    carbon: Decimal | None = None
    """Fossil carbon in a declared unit. [kg C]"""
    biogenic: Decimal | None = None
    """Biogenic carbon in a declared unit. [kg C]"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """How much of a product was made over some days."""

    id: str
    product: str
    start: date
    end: date
    """Last day, included."""
    quantity: Decimal
    """[declared units]"""
    revenue: Decimal | None = None
    currency: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A line of the bill of materials: what goes into a declared unit of a product."""

    id: str
    product: str
    name: str
    quantity: Decimal
    """For a declared unit, scrap included."""
    unit: str
    """Of the item, e.g. ``kg``."""
    item: str = ""
    """Key of the library, whose factor for purchased materials holds; empty: a footprint is entered."""
    footprint: Decimal | None = None
    """[kg CO2e/unit]"""
    source: str = ""
    """Where the footprint is from."""
    primary: bool = False
    """The footprint is the supplier's own, not an average."""
    supplier: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way that a product or what goes into it travels."""

    id: str
    product: str
    name: str
    stage: str
    """``inbound`` (to the plant) or ``outbound`` (to the customer)."""
    item: str
    """Key of the vehicle in the library, e.g. ``truck``."""
    distance: Decimal
    """[km]"""
    mass: Decimal | None = None
    """Carried for a declared unit; None: the mass of the product. [kg]"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AllocationKey:
    """How emissions of the plant are shared among its products."""

    id: str
    source: str = ""
    """Emission source; empty: every source that no other key names."""
    key: str = "mass"
    """``mass``, ``pieces``, ``revenue``, ``own`` or ``none`` (belongs to no product)."""
    shares: tuple[tuple[str, str], ...] = ()
    """Of an own key: product and its weight."""
    reason: str = ""
    """Why this key and no other: the rules of footprints ask for it."""
