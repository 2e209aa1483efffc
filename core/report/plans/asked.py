"""What those who ask are answered, as it follows from a package: everything that data points rest on, gathered.

Kept files, arrays of PV systems and tables of savings stay at the plant: what the report states of them stands in their
place. Of earlier years there is what closings and earlier reports state, and what head office has received.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from core.disclosures.known import Known
from core.errors import UserError
from core.inventory import Inventory
from core.ledger import Product
from core.report.plans.gather import Plans

Value = TypeVar("Value")


def known_of_plans(plans: Plans, today: date | None = None, *, earlier: Mapping[int, Inventory] | None = None) -> Known:
    """Everything that data points of a report's plant and year are derived from.

    Parameters
    ----------
    plans
        of the report, as it was read.
    today
        day on which answers must still hold; None: that of the report.
    earlier
        inventories of other reports of the plant, by year, calculated again.
    """
    package, inventory = plans.package, plans.inventory
    systems = () if package.energy is None else package.energy.systems
    products = bool(package.ledger.held(Product))
    return Known(
        package.ledger,
        inventory,
        inventory.library,
        plans.year,
        today or plans.today,
        {year: one for year, one in (earlier or {}).items() if year != plans.year},
        tried(lambda: plans.shares),
        tried(lambda: plans.status),
        tried(plans.situation) if plans.of_actions else None,
        tried(lambda: plans.footprints) if products else None,
        systems,
        of_report=True,
    )


def tried(work: Callable[[], Value]) -> Value | None:
    """What comes out, or nothing: numbers of a plant may be anything."""
    try:
        return work()
    except (UserError, ArithmeticError, ValueError, KeyError):
        return None
