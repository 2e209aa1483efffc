"""Several workbooks of suppliers as one undoable change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import UserError
from core.exchange.key_figures import TableChange
from core.exchange.minerals.reading import Read, supplier_named
from core.exchange.minerals.taking import taking_up
from core.i18n import T
from core.ledger import Step, Supplier
from core.ledger.filing import Records

Owned = tuple[Read, Supplier | None]
"""A workbook and whose it is: a supplier, one without id that is new, or nobody else but the company itself."""


def taking_up_all(chosen: Sequence[Owned], records: Records, received: date) -> TableChange:
    """The one change that takes workbooks up, each as :func:`taking_up` does.

    A supplier that is new in two workbooks is entered once.

    Parameters
    ----------
    chosen
        in the order in which they are taken up.
    records
        of a plant or of head office.
    received
        day on which they came.

    Raises
    ------
    UserError
        when there is none, or for the first one that cannot be; nothing is taken up then.
    """
    if not chosen:
        raise UserError(T("No workbook is chosen."), T("Say of at least one whose declaration it is."))
    after, steps, data = records, list[Step](), list[bytes]()
    why = None
    for read, whose in chosen:
        change = taking_up(read, after, _known(after, whose), received)
        after = after.apply(change.steps)
        steps.extend(change.steps)
        data.extend(change.data)
        why = change.why
    assert why is not None
    if len(chosen) > 1:
        why = T("Declarations taken up: {count}", count=len(chosen))
    return TableChange(why, tuple(steps), tuple(data))


def _known(records: Records, whose: Supplier | None) -> Supplier | None:
    """A new supplier that an earlier workbook has entered is no longer new."""
    if whose is None or whose.id:
        return whose
    return supplier_named(records, whose.name) or whose
