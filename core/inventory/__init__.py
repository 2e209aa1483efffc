"""Ledger + library -> Inventory: lines, totals, findings, exclusions, views; and the package inside a signed report.

:func:`compile_inventory` is pure: the same ledger, period, choices and library give the same inventory on any machine.
"""

from core.inventory.compile import (
    Choices,
    Excluded,
    Inventory,
    Memo,
    choices_of,
    compile_inventory,
)
from core.inventory.confirm import Difference, differences, unknown_factors
from core.inventory.package import ATTACHMENT, Issue, Package, build, read
from core.inventory.period import Period, months_of, year_of
from core.inventory.plain import inventory_to_plain
from core.inventory.totals import Totals
from core.inventory.views import by_month, by_scope, by_source, months_by_source

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
