"""What head office can check of an audit itself: its declarations, and that its samples are what their seeds draw."""

from __future__ import annotations

from core.audit.sampling import DIFFERS, redraw
from core.errors import UserError
from core.handover.declared import false_declarations
from core.i18n import T
from core.inventory import Difference, Inventory, Package
from core.ledger import Sample


def unlike_their_seeds(package: Package, inventory: Inventory) -> tuple[Difference, ...]:
    """Samples of which the same records and the same seed draw others.

    Parameters
    ----------
    package
        as it was read.
    inventory
        recalculated from it.

    Notes
    -----
    Where records were corrected since, the frame is another one and nothing follows: see
    :func:`core.audit.sampling.redraw`.
    """
    year = inventory.choices.period.end.year
    return tuple(
        Difference(f"samples[{one.id}].activities", ", ".join(one.activities)[:200], f"seed {one.seed}"[:200])
        for one in package.ledger.held(Sample)
        if one.year == year and redraw(package.ledger, inventory, one).state == DIFFERS
    )


def check_declared(package: Package, inventory: Inventory) -> None:
    """Refuse a report whose signed declarations of independence do not hold.

    Raises
    ------
    UserError
        with the first one and why.
    """
    if wrong := false_declarations(package.ledger, inventory.choices.period.end.year):
        raise UserError(wrong[0], T("Ask the plant for a report with declarations that hold."))
