"""Ledger + library -> Inventory: lines, totals, findings, exclusions, views; and the package inside a signed report.

:func:`compile_inventory` is pure: the same ledger, period, choices and library give the same inventory on any machine.
"""

from typing import TYPE_CHECKING

from core.inventory.by import by_month, by_scope, by_source, months_by_source
from core.inventory.compile import (
    Choices,
    Excluded,
    Inventory,
    Memo,
    choices_of,
    compile_inventory,
)
from core.inventory.period import Period, months_of, year_of
from core.inventory.totals import Totals
from core.later import later

if TYPE_CHECKING:
    from core.inventory.confirm import Difference, differences, unknown_factors
    from core.inventory.package import ATTACHMENT, Issue, Package, build, read
    from core.inventory.plain import inventory_to_plain
else:
    __getattr__ = later(
        __name__,
        {
            "confirm": ("Difference", "differences", "unknown_factors"),
            "package": ("ATTACHMENT", "Issue", "Package", "build", "read"),
            "plain": ("inventory_to_plain",),
        },
    )

__all__ = [
    "ATTACHMENT",
    "Choices",
    "Difference",
    "Excluded",
    "Inventory",
    "Issue",
    "Memo",
    "Package",
    "Period",
    "Totals",
    "build",
    "by_month",
    "by_scope",
    "by_source",
    "choices_of",
    "compile_inventory",
    "differences",
    "inventory_to_plain",
    "months_by_source",
    "months_of",
    "read",
    "unknown_factors",
    "year_of",
]
