"""The tab of the page about sources: what the management plan expects and nobody has entered for the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.audit.plan import FREQUENCIES, METHODS
from core.entering.templates import beginning
from core.i18n import Name
from core.inventory.planned import unanswered
from core.ledger import PlanItem
from gui.expected.acts import expect, expect_no_more
from gui.expected.dialog import TemplateDialog
from gui.language import _, say
from gui.page import NewRecord, Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import allow, button, empty_state
from gui.wording import item_name


class ExpectedPart(QWidget):
    """A table with what one does about a line."""

    counted = Signal(int)
    """How many sources are expected and not entered."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self._page, self._session = page, session
        self.table: Table[PlanItem] = Table(
            "expected", self._columns(), settings, name=_("Expected sources"), editable=False,
            identity=lambda one: one.id,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.begin = button(_("Begin a record"), self.begin_record, role="primary", picture="plus")
        self.drop = button(_("Not here: take out of the plan"), self.take_out)
        self.add = button(_("Add from a template…"), self.choose_template)
        for one in (self.begin, self.drop, self.add):
            self.table.add_tool(one)
        self.table.current.connect(lambda _row: self._offer())
        self.table.view.doubleClicked.connect(lambda _index: self.begin_record())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.dialog: TemplateDialog
        """The one that was opened last."""

    def _columns(self) -> tuple[Column[PlanItem], ...]:
        library = self._session.library
        return (
            Column("source", _("Source"), lambda r: r.source, width=22),
            Column("item", _("Item"), lambda r: item_name(library, r.item), width=16),
            Column("method", _("How"), _chosen(lambda r: r.method, METHODS), width=10),
            Column("frequency", _("How often"), _chosen(lambda r: r.frequency, FREQUENCIES), width=10),
            Column("note", _("Why it is expected"), lambda r: r.note, width=36, stretch=True),
            Column("records", _("What proves it"), lambda r: r.records, width=30),
        )

    def refresh(self) -> None:
        """What the plan expects of the year shown."""
        session = self._session
        rows = unanswered(session.ledger.held(PlanItem), session.inventory.activities)
        self.table.set_rows(rows)
        self.table.set_empty(self._nothing())
        self.counted.emit(len(rows))
        self._offer()

    def _nothing(self) -> QWidget:
        if self._session.ledger.held(PlanItem):
            return empty_state("check", _("Nothing is missing"),
                               _("For each line of the management plan there is a record of the year."))  # fmt: skip
        return empty_state(
            "plan",
            _("Nothing is expected yet"),
            _("A template of a typical plant says which sources such a plant usually has, why, and what proves them."),
            button(_("Add from a template…"), self.choose_template, role="primary"),
        )

    def _offer(self) -> None:
        locked = "" if self._session.writable else _("The file is open read-only.")
        nothing = "" if self.table.current_record() is not None else _("Choose a line first.")
        allow(self.begin, locked or nothing)
        allow(self.drop, locked or nothing)
        allow(self.add, locked)

    # ------------------------------------------------------------------ acts

    def begin_record(self) -> None:
        """A row of activity data with what the line says already in it."""
        line = self.table.current_record()
        if line is None or not self._session.writable:
            return
        begun = beginning(line, self._session.library)
        if begun is None:
            words = _("The line does not tell how “{source}” is calculated: choose the method in the row.",
                      source=line.source or line.item)  # fmt: skip
            self._page.tell("info", words)
            self._page.wanted.emit("activity", NewRecord("", source=line.source, item=line.item))
            return
        wish = NewRecord(begun.method, begun.category, begun.source, begun.item, begun.unit)
        self._page.wanted.emit("activity", wish)

    def take_out(self) -> None:
        """The plant has no such source."""
        line = self.table.current_record()
        if line is not None:
            entry = self._page.attempt(lambda: expect_no_more(self._session, line))
            if entry is not None:
                tell_change(self._page, self._session, entry.change.why)

    def choose_template(self) -> None:
        """Ask for a kind of plant, and add what is missing."""
        self.dialog = TemplateDialog(self._session, self)
        self.dialog.accepted.connect(self._apply)
        self.dialog.open()

    def _apply(self) -> None:
        dialog, session = self.dialog, self._session
        entry = self._page.attempt(lambda: expect(session, dialog.template, dialog.chosen))
        if entry is not None:
            tell_change(self._page, session, entry.change.why)


def _chosen(key: Callable[[PlanItem], str], names: Mapping[str, Name]) -> Callable[[PlanItem], str]:
    return lambda row: say(names[key(row)]) if key(row) in names else key(row)
