"""The management plan as a table, with what is done beside each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from core.audit.plan import changing
from core.audit.practice import Practice, practices_of, proposed
from core.exchange.ids import next_ids
from core.exchange.plan import read_plan, taking_up, write_plan
from core.ledger import PlanItem
from gui.language import _, language
from gui.page import Page
from gui.plan.rows import PRACTICE, Beside, PlanReader, beside, plan_columns, plan_marks
from gui.session import Session
from gui.settings import Settings
from gui.tables.drafts import DraftRows
from gui.tables.part import TablePart
from gui.tables.table import Mark, Table
from gui.widgets import button, empty_state

NAMED = 5
"""Sources without a line that are named."""


def plan_drafts() -> DraftRows[PlanItem]:
    """Lines that do not say yet what they are about."""
    return DraftRows("plan_item", lambda row: bool(row.source.strip() or row.item.strip()), changing)


class PlanPart(TablePart):
    """The plan: typed, pasted, imported, or proposed from what is done."""

    def __init__(self, page: Page, session: Session, settings: Settings, drafts: DraftRows[PlanItem]) -> None:
        super().__init__(page, session, settings)
        self._drafts = drafts
        self._beside = Beside({}, ())
        self._typing = False
        """Whether the person chose to type into the empty table."""
        self._reader = PlanReader(session.library, lambda: session.ledger)
        self.table: Table[PlanItem] = Table(
            "plan",
            plan_columns(self._reader, self._practices),
            settings,
            name=_("Management plan"),
            blank=lambda: PlanItem(self._drafts.blank_id(), "", "", "billed"),
            editable=session.writable,
            marks=self._marks,
        )
        self.table.asked.connect(lambda edits: self.change(self._drafts, edits))
        self.table.refused.connect(self.refused)
        self.propose_button = button(_("Propose from practice"), self.propose)
        self.import_button = button(_("Import"), self.choose, picture="import")
        more = self.more("plan.xlsx", self.write)
        for one in (self.propose_button, self.import_button, more):
            self.table.add_tool(one)
        self.begin = button(_("Propose from practice"), self.propose, role="primary")
        sentence = _(
            "Here stands how each figure comes about: meter, frequency, accuracy, calibration, and what stands in for "
            "a missing value so that it never underestimates. What is done now is a good beginning."
        )
        typing = button(_("Type or paste lines"), self._begin_typing)
        reading = button(_("Import a file"), self.choose)
        for one in (self.propose_button, self.import_button, self.begin, typing, reading):
            one.setEnabled(session.writable)
        self._empty = empty_state("plan", _("No management plan yet"), sentence, self.begin, typing, reading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def refresh(self) -> None:
        session = self.session
        plan = session.ledger.held(PlanItem)
        self._beside = beside(plan, practices_of(session.ledger, session.inventory))
        rows = [*plan, *self._drafts.rows.values()]
        self.table.set_rows(rows)
        filled = bool(rows) or self._typing
        self.table.setVisible(filled)
        self._empty.setVisible(not filled)

    def said(self) -> str:
        """What stands beside the title of the page."""
        left = list(dict.fromkeys(one.source for one in self._beside.uncovered if not one.value_chain))
        if left and self.table.model.records:
            return _("Without a line: {sources}", sources=left[:NAMED]) + (" …" if len(left) > NAMED else "")
        year = str(self.session.year)
        return _("What is done stands beside each line, as the data of {year} tell it", year=year)

    def _practices(self, key: str) -> Sequence[Practice]:
        return self._beside.of.get(key, ())

    def _marks(self, line: PlanItem) -> dict[str, Mark]:
        if line.id in self._drafts.rows:
            return {"source": Mark("info", _("Still missing; the row is kept once it is complete."))}
        return plan_marks(line, self._practices(line.id))

    def _begin_typing(self) -> None:
        self._typing = True
        self.refresh()
        self.table.begin_record()

    def propose(self) -> None:
        """A line for everything that none covers, as it is done now."""
        session = self.session
        lines = proposed(session.ledger, session.inventory, language())
        if not lines:
            self.page.tell("info", _("The plan covers every source already."))
            return
        ids = next_ids(session.ledger, len(lines), "plan_item")
        kept = [replace(one, id=key) for one, key in zip(lines, ids, strict=True)]
        self.do(lambda: changing(session.ledger, kept))

    def choose(self) -> None:
        """Ask for a file with the plan."""
        self.ask_table(_("Import the management plan…"), self.read)

    def read(self, path: Path) -> None:
        """Show what a file holds; yes makes one change."""
        session = self.session
        found = self.page.attempt(lambda: read_plan(path, session.ledger, session.library))
        if found is not None:
            columns = [one for one in plan_columns(self._reader, lambda _key: ()) if one.key != PRACTICE]
            title = _("Import the management plan")
            self.confirm(title, found, columns, lambda: taking_up(found, self.session.ledger))

    def write(self, path: Path) -> None:
        """The plan as a workbook or csv."""
        write_plan(path, self.session.ledger, self.session.library, language())
