"""Footprints of products: emissions of the plant shared among what it makes, what goes in and how it travels."""

from core.products.allocation import allocated
from core.products.carbon import uptake
from core.products.footprint import (
    ELECTRICITY,
    GATE,
    STAGE_TITLES,
    STAGES,
    VIEWS,
    Cited,
    Contribution,
    Footprint,
    Footprints,
    Shared,
    together,
)
from core.products.made import KEY_TITLES, UNIT_TITLES, mass_of
from core.products.making import footprints_of

__all__ = [
    "ELECTRICITY",
    "GATE",
    "KEY_TITLES",
    "STAGES",
    "STAGE_TITLES",
    "UNIT_TITLES",
    "VIEWS",
    "Cited",
    "Contribution",
    "Footprint",
    "Footprints",
    "Shared",
    "allocated",
    "footprints_of",
    "mass_of",
    "together",
    "uptake",
]
