"""A proposal which instruments cover which bills: with the reason of each, taken up as one change or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import show_number
from core.inventory import Inventory
from core.ledger import Activity, Instrument, Ledger
from core.library.record_words import field_name
from core.methods import exact_sum, plain
from core.renewables.proposal import propose
from core.renewables.proposed import Proposal
from core.renewables.ranking import COST, EXPIRY, QUALITY
from gui.language import _, say
from gui.latest import Latest
from gui.quality.parts import combo
from gui.renewables.allocation_rows import days
from gui.settings import Settings
from gui.solar.words import mwh
from gui.tables.import_parts import MOST_WRAPPED
from gui.tables.table import Column, Table
from gui.widgets import as_large, button, clear, heading, label, marked

MOST_UNFIT = 4
"""Instruments that are not proposed, with their reason."""


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One proposed allocation."""

    id: int
    instrument: str
    source: str
    period: str
    start: date
    kwh: Decimal
    """[kWh]"""
    reason: str


class ProposalDialog(QDialog):
    """Order, table, what stays open; accepted means: make it so."""

    taken = Signal(object)
    """The Proposal, when somebody accepts it."""

    def __init__(self, ledger: Ledger, inventory: Inventory, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Propose an allocation"))
        self.setModal(True)
        self._ledger, self._inventory = ledger, inventory
        self.proposal: Proposal | None = None
        """What is shown."""
        self.order = combo(
            _("What is taken first"),
            [(_("What expires first"), EXPIRY), (_("What changes most"), QUALITY), (_("What costs least"), COST)],
        )  # fmt: skip
        self.order.activated.connect(lambda _row: self.ask())
        self.table: Table[ProposedRow] = Table(
            "proposal", _columns(), settings, name=_("Proposed allocations"), editable=False
        )
        self._busy = label("", "muted")
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self.go_on = button(_("Accept"), self._accept, role="primary")
        self.latest = Latest(self)
        self.latest.answered.connect(self._show)
        self.latest.broken.connect(self._busy.setText)
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self._lay_out()
        self.ask()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(_("Propose an allocation")))
        column.addWidget(label(_("Only what the rules let count. Bills in the order of their days; of the instruments "
                                 "the first in the order chosen here."), "muted", wrap=True))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("What is taken first"), "muted"))
        row.addWidget(self.order)
        row.addWidget(self._busy)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._told)
        column.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(_("Cancel"), self.reject))
        buttons.addWidget(self.go_on)
        column.addLayout(buttons)
        as_large(self, 130, 66)

    def ask(self) -> None:
        """Propose in the order that is chosen."""
        self.go_on.setEnabled(False)
        self.latest.ask(self._question())

    def _question(self) -> Callable[[], Proposal]:
        ledger, inventory, order = self._ledger, self._inventory, str(self.order.currentData())
        return lambda: propose(ledger, inventory, order)

    def _show(self, found: Proposal) -> None:
        self.proposal = found
        if len(found.allocations) <= MOST_WRAPPED:
            self.table.view.wrap_rows()
        self.table.set_rows(_rows(found, self._ledger))
        clear(self._told)
        for one in _said(found, self._ledger):
            self._told.addWidget(one)
        self.go_on.setEnabled(bool(found.allocations))
        self.go_on.setText(_("Accept {count} allocations", count=len(found.allocations)))

    def _accept(self) -> None:
        if self.proposal is not None and self.proposal.allocations:
            self.taken.emit(self.proposal)
            self.accept()


def _rows(found: Proposal, ledger: Ledger) -> list[ProposedRow]:
    rows = []
    for place, one in enumerate(found.allocations):
        instrument, record = ledger.get("instrument", one.instrument), ledger.get("activity", one.activity)
        assert isinstance(instrument, Instrument)
        assert isinstance(record, Activity)
        rows.append(
            ProposedRow(place, instrument.name, record.source, days(record), record.start, one.kwh, say(one.reason))
        )
    return rows


def _columns() -> list[Column[ProposedRow]]:
    return [
        Column("source", _("Source"), lambda r: r.source, width=16),
        Column("period", _("Period"), lambda r: r.period, sort=lambda r: r.start, width=14),
        Column("instrument", say(field_name("allocation", "instrument")), lambda r: r.instrument, width=20),
        Column("kwh", _("Quantity"), lambda r: show_number(r.kwh), "kWh", "right", lambda r: r.kwh,
               lambda r: plain(r.kwh), width=11),
        Column("reason", _("Reason"), lambda r: r.reason, width=40, stretch=True),
    ]  # fmt: skip


def _said(found: Proposal, ledger: Ledger) -> list[QWidget]:
    told = []
    if not found.allocations:
        told.append(marked("info", "accent", _("There is nothing to allocate: no instrument that would count is left "
                                               "for a bill that is not covered.")))  # fmt: skip
    else:
        told.append(marked("check", "good", _("{mwh} MWh are allocated in {count} steps, as one change.",
                                              mwh=mwh(found.kwh), count=len(found.allocations))))  # fmt: skip
    if found.open:
        missing = exact_sum(kwh for _key, kwh in found.open)
        told.append(marked("warning", "warning", _("{mwh} MWh of {count} bills stay open.", mwh=mwh(missing),
                                                   count=len(found.open))))  # fmt: skip
    for one in found.unfit[:MOST_UNFIT]:
        instrument = ledger.get("instrument", one.instrument)
        name = instrument.name if isinstance(instrument, Instrument) else one.instrument
        told.append(marked("error", "bad", _("{name} is not proposed: {reason}", name=name, reason=say(one.reason))))
    if len(found.unfit) > MOST_UNFIT:
        told.append(label(_("{count} more are not proposed.", count=len(found.unfit) - MOST_UNFIT), "muted"))
    return told
