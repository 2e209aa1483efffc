"""The open plant or group as the parts of this page need it: both hold suppliers and declarations."""

from __future__ import annotations

from typing import Protocol

from core.entering.forms import Forms
from core.entering.plant import FORMS
from core.ledger import Entry, Evidence, Ledger, Record, kind_of
from core.ledger.filing import Records
from core.library import Library
from gui.entering.part import Keeper
from gui.session import Session

SHARED: Forms = {kind: FORMS[kind] for kind in ("supplier", "undertaking")}
"""What head office enters as a plant does."""


class SupplierDesk(Keeper, Protocol):
    """A plant (:class:`gui.session.Session`) or head office (:class:`gui.office.office.Office`)."""

    @property
    def library(self) -> Library: ...


def is_plant(desk: SupplierDesk) -> bool:
    """Whether it asks suppliers for data: what comes back becomes activity data, which only a plant has."""
    return isinstance(desk.records, Ledger)


def forms_of(desk: SupplierDesk) -> Forms:
    """Of the kinds that people enter there."""
    return FORMS if is_plant(desk) else SHARED


def history_of(desk: SupplierDesk, record: Record) -> tuple[Entry, ...]:
    """Every change of a record, newest first."""
    if isinstance(desk, Session):
        return desk.history(record)
    kind = kind_of(record)
    held = desk.file.journal(desk.file.entries)
    return tuple(one for one in held if any((step.kind, step.id) == (kind, record.id) for step in one.change.steps))


def files_of(records: Records, ids: tuple[str, ...]) -> list[Evidence]:
    """Kept files."""
    held = (records.get("evidence", one) for one in ids)
    return [one for one in held if isinstance(one, Evidence)]
