"""Footprints of products: emissions of the plant shared among what it makes, what goes in and how it travels."""
