"""Renewable electricity of a plant: how much of its use is covered, what may be claimed, and the way to all of it."""
