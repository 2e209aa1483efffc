"""From a workbook that was read to one undoable change: the declaration, its workbook, and a supplier that is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.key_figures import TableChange
from core.exchange.minerals.keeping import kept_file
from core.exchange.minerals.reading import Read, taken_from
from core.exchange.read import XLSX
from core.i18n import T, verbatim
from core.ledger import Step, Supplier
from core.ledger.filing import Records


def taking_up(read: Read, records: Records, supplier: Supplier | None, received: date) -> TableChange:
    """The one change that takes a declaration up; the workbook is kept as it came.

    A newer declaration of the same supplier stands beside the older ones; which one counts follows from their days.

    Parameters
    ----------
    read
        the workbook as it was understood.
    records
        of a plant or of head office.
    supplier
        who declares; without id it is entered too. None: it is the own declaration.
    received
        day on which it came.

    Raises
    ------
    UserError
        when the very same file was taken up before, or there is no such supplier.
    """
    held = taken_from(records, read.sha256)
    if held is not None:
        raise UserError(
            T("“{name}” was already taken up, as {id}.", name=verbatim(read.name), id=held.id),
            T("Nothing needs to be done. To take it up again, remove that declaration first."),
        )
    steps: list[Step] = []
    by = ""
    if supplier is not None:
        by, fresh = _supplier(records, supplier)
        steps.extend(fresh)
    key, file = kept_file(records, read.name, read.sha256, len(read.data), XLSX)
    own = next_ids(records, 1, "mineral_declaration")[0]
    made = replace(read.declaration, id=own, supplier=by, received=received.isoformat(), evidence=(key,))
    steps.extend((*file, Step("mineral_declaration", own, None, made)))
    what = f"{made.template} {made.edition}".strip()
    why = T("{template} taken up: {company}", template=what, company=verbatim(made.company or read.name))
    return TableChange(why, tuple(steps), (read.data,))


def _supplier(records: Records, supplier: Supplier) -> tuple[str, tuple[Step, ...]]:
    if supplier.id:
        if records.get("supplier", supplier.id) is None:
            raise UserError(
                T("There is no supplier “{id}”.", id=verbatim(supplier.id)), T("Choose another one, or enter it first.")
            )
        return supplier.id, ()
    if not supplier.name.strip():
        raise UserError(T("The workbook names no company."), T("Choose the supplier by hand."))
    key = next_ids(records, 1, "supplier")[0]
    return key, (Step("supplier", key, None, replace(supplier, id=key)),)
