"""The version of the renderer, without loading it."""

from __future__ import annotations

RENDERER = "5"
"""Stands in every package. It changes whenever the same package would give other bytes, or the same ledger other
findings: then an older report can no longer be rendered again, and verification says so instead of calling it
forged."""


class Cancelled(Exception):
    """The person stopped the making of the report."""
