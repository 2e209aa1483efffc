"""Which instrument covers which bill: by hand, as proposed, and back again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.exchange.ids import next_ids
from core.inventory.judging import Decision
from core.ledger import Allocation, Instrument
from core.methods import exact_sum
from core.renewables.allocating import accept, take_back
from core.renewables.bills import Bill, bills_of
from core.renewables.proposed import Proposal
from gui.asking import Stating
from gui.explain import Explanation
from gui.language import _
from gui.page import Page
from gui.quality.parts import combo
from gui.renewables.allocate_dialog import AllocateDialog
from gui.renewables.allocation_rows import (
    BillRow,
    CoverRow,
    bill_columns,
    bill_marks,
    cover_columns,
    cover_marks,
    days,
)
from gui.renewables.judgements import said
from gui.renewables.proposal_dialog import ProposalDialog
from gui.session import Session
from gui.settings import Settings
from gui.solar.words import mwh
from gui.tables.table import Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import allow, button, divided, empty_state, label, subheading

ALL, CHOSEN = "all", "chosen"


class AllocationView(QWidget):
    """Bills above, allocations below."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.page, self.session, self.settings = page, session, settings
        self._bills: tuple[Bill, ...] = ()
        self.dialog: Stating
        """The form that was opened last."""
        self.proposing: ProposalDialog
        """The proposal that was opened last."""
        self.bills: Table[BillRow] = Table(
            "bills", bill_columns(), settings, name=_("Bills and what covers them"), editable=False, marks=bill_marks
        )
        self.covers: Table[CoverRow] = Table(
            "allocations", cover_columns(), settings, name=_("Allocations"), editable=False, marks=cover_marks
        )
        for table in (self.bills, self.covers):
            choose_whole_rows(table)
            table.current.connect(lambda _row: self._moved())
        self.bills.current.connect(lambda _row: self._show_covers())
        self.which = combo(_("Which allocations are listed"), [(_("Of the whole year"), ALL),
                                                               (_("Of the selected bill"), CHOSEN)])  # fmt: skip
        self.which.activated.connect(lambda _row: self._show_covers())
        self.by_hand = button(_("Allocate…"), self.ask, picture="plus")
        self.propose_button = button(_("Propose…"), self.propose, role="primary")
        self.take_button = button(_("Take back"), self.take_back, picture="undo")
        self.words = label("", "muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        for one in (self.by_hand, self.propose_button):
            self.bills.add_tool(one)
        self.covers.add_tool(self.which)
        self.covers.add_tool(self.take_button)
        enter = button(_("Enter activity data"), lambda: self.page.wanted.emit("activity", None), role="primary")
        self.bills.set_empty(empty_state("activity", _("No bills of electricity in this year"), _(
            "Certificates and contracts cover electricity that was bought and used. Enter the bills of the year first."
        ), enter))  # fmt: skip
        first = button(_("Propose…"), self.propose)
        allow(first, self._locked())
        self.covers.set_empty(empty_state("renewables", _("Nothing is allocated yet"), _(
            "Let a proposal say which instrument covers which bill, or choose yourself."), first))  # fmt: skip
        above, below = QWidget(), QWidget()
        for part, title, table in ((above, "", self.bills), (below, _("Allocations"), self.covers)):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 4, 0, 4)
            column.setSpacing(6)
            if title:
                column.addWidget(subheading(title))
            column.addWidget(table, 1)
        split = divided(above, below, upright=True)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([300, 200])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        whole.addLayout(row)
        whole.addWidget(split, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Everything, from the session."""
        self._bills = bills_of(self.session.ledger, self.session.inventory)
        self.bills.set_rows([BillRow(one) for one in self._bills])
        self._show_covers()
        used, left = (exact_sum(one) for one in ((b.used for b in self._bills), (b.uncovered for b in self._bills)))
        told = _("{left} of {used} MWh are not covered. Own generation is not listed here: it lowers the bill.",
                 left=mwh(left), used=mwh(used))  # fmt: skip
        self.words.setText(told if self._bills else "")
        self._offer()

    def _show_covers(self) -> None:
        row = self.bills.current_record()
        chosen = self.which.currentData() == CHOSEN
        bills = [row.bill] if chosen and row is not None else [] if chosen else self._bills
        self.covers.set_rows([CoverRow(cover, bill.record) for bill in bills for cover in bill.covers])

    def _moved(self) -> None:
        self._offer()
        self.page.selected.emit()

    def show_subject(self, subject: object) -> None:
        """Go to an allocation, or to a bill."""
        if isinstance(self.session.ledger.get("allocation", str(subject)), Allocation):
            self.which.setCurrentIndex(0)
            self._show_covers()
            self.covers.show_record(str(subject))
        elif subject is not None:
            self.bills.show_record(str(subject))

    def inspect(self) -> QWidget | None:
        """The selected bill with each cover, and what the rules say of it."""
        row = self.bills.current_record()
        return None if row is None else BillExplanation(row.bill, self.session)

    def _locked(self) -> str:
        return "" if self.session.writable else _("The file is open read-only.")

    def _offer(self) -> None:
        locked = self._locked()
        none = locked or ("" if self.session.ledger.held(Instrument) else _("Enter an instrument first."))
        for one in (self.by_hand, self.propose_button):
            allow(one, none)
        chosen = locked or ("" if self.covers.current_record() is not None else _("Select a row first."))
        allow(self.take_button, chosen)

    # ------------------------------------------------------------------ acts

    def ask(self) -> None:
        """Ask for instrument, bill and amount."""
        row, session = self.bills.current_record(), self.session
        if not session.writable:
            return
        dialog = AllocateDialog(session.ledger, session.library, self._bills, self,
                                bill="" if row is None else row.id)  # fmt: skip
        self.dialog = dialog
        dialog.stated.connect(lambda decision: self._stated(dialog, decision))
        dialog.open()

    def _stated(self, dialog: AllocateDialog, decision: Decision) -> None:
        if self._keep(decision):
            dialog.accept()

    def propose(self) -> None:
        """Show a proposal; accepting makes one change."""
        if not self.session.writable:
            return
        dialog = ProposalDialog(self.session.ledger, self.session.inventory, self.settings, self)
        self.proposing = dialog
        dialog.taken.connect(self._take)
        dialog.open()

    def _take(self, proposal: Proposal) -> None:
        session = self.session
        ids = next_ids(session.ledger, len(proposal.allocations), "allocation")
        decision = self.page.attempt(lambda: accept(session.ledger, session.library, proposal, ids))
        if decision is not None:
            self._keep(decision)

    def take_back(self) -> None:
        """The selected allocations as if they had never been."""
        ids = [one.id for one in self.covers.chosen]
        if not ids or not self.session.writable:
            return
        decision = self.page.attempt(lambda: take_back(self.session.ledger, ids))
        if decision is not None:
            self._keep(decision)

    def _keep(self, decision: Decision) -> bool:
        if self.page.attempt(lambda: self.session.edit(decision.why, decision.steps)) is None:
            return False
        tell_change(self.page, self.session, decision.why)
        return True


class BillExplanation(Explanation):
    """A bill: what was used, what covers it, what of that counts."""

    def __init__(self, bill: Bill, session: Session) -> None:
        super().__init__(session.library)
        self.title(bill.record.source, days(bill.record))
        self.pairs((
            (_("Electricity used"), f"{mwh(bill.used)} MWh"), (_("Covered amount"), f"{mwh(bill.counted)} MWh"),
            (_("Does not count"), f"{mwh(bill.stopped)} MWh"), (_("Not covered"), f"{mwh(bill.uncovered)} MWh"),
            (_("Id"), bill.record.id),
        ))  # fmt: skip
        for one in bill.covers:
            self.section(one.instrument.name)
            self.pairs(((_("Allocated"), f"{one.quantity:,f} kWh"), (_("Remark"), one.allocation.note)))
            for judged in one.judged:
                self.column.addWidget(said(judged))
        self.column.addStretch(1)
