"""Analytical procedures: what is, what should be, and why not."""
