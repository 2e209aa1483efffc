"""What misstatements of a statistical sample say about the records that were not tested."""

from __future__ import annotations

from decimal import Decimal

from core.inventory import Inventory
from core.ledger import Ledger


def beyond(ledger: Ledger, inventory: Inventory, year: int) -> dict[str, Decimal]:
    """What each finding stands for beside itself, by its id. [t CO2e]"""
    return {}
