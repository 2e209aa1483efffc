"""Footprints of products: emissions of the plant shared among what it makes, what goes in and how it travels."""

from core.products.footprint import STAGES, Contribution, Footprint, Footprints

__all__ = ["STAGES", "Contribution", "Footprint", "Footprints"]
