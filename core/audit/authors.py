"""How the audit asks who did something; the journal knows, and whoever keeps it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Authors: TypeAlias = "Callable[[str, str], frozenset[str]]"
"""The names of those who made or changed a record, by its kind and id, as the journal tells it; without an id: any
record of the kind; of the kind ``correction`` and the id of a finding: who changed data because of it."""
CORRECTION = "correction"
