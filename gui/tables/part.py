"""A table of records that is typed into, pasted into, imported into and exported: what such parts of a page share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from core.errors import UserError
from core.exchange.key_figures import TableChange
from core.exchange.tables import Found
from core.i18n import Text
from core.inventory.judging import Decision
from gui.choosing import TABLES, asked_for_file
from gui.language import _, language
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.drafts import DraftRows
from gui.tables.import_dialog import TableImportDialog, of_record
from gui.tables.kinds import table_kinds
from gui.tables.table import Column, Edits, Refusal
from gui.undoing import tell_change
from gui.widgets import button

MOST_TOLD = 12
"""Refusals listed in the details of a notice."""


class TablePart(QWidget):
    """Part of a page, which speaks through it."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self.page, self.session, self.settings = page, session, settings
        self.dialog: TableImportDialog[Any]
        """The one that was opened last."""

    def refresh(self) -> None:
        """Everything, from the session."""
        raise NotImplementedError

    # ------------------------------------------------------------------ change

    def change(self, drafts: DraftRows[Any], edits: Edits[Any]) -> None:
        """One change of one act; rows that are not finished wait in the table."""
        try:
            decision = drafts.take(self.session.ledger, edits)
            if decision is not None and decision.steps:
                self.session.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
            self.refresh()
            return
        drafts.settle()
        self.refresh()
        if decision is not None and edits.act != "edit":
            self.told(decision.why)

    def refused(self, refusals: tuple[Refusal, ...]) -> None:
        """Say which cells were not accepted."""
        first = refusals[0]
        reasons = [
            _("Row {row}, {column}: {why}", row=one.row, column=one.column, why=one.error.text(language()))
            for one in refusals[:MOST_TOLD]
        ]
        if len(refusals) == 1 and first.row == 1:
            self.page.tell("bad", first.error.text(language()))
        else:
            words = _("{count} cells were not accepted, nothing was changed. {first}", count=len(refusals),
                      first=reasons[0])  # fmt: skip
            self.page.tell_more("bad", words, "\n".join(reasons))

    def do(self, act: Callable[[], Decision]) -> None:
        """Confirm a decision, and say so with the way back."""
        decision = self.page.attempt(act)
        if decision is None:
            return
        if self.page.attempt(lambda: self.session.edit(decision.why, decision.steps)) is not None:
            self.told(decision.why)

    def told(self, why: Text) -> None:
        """What was done, with the way back."""
        tell_change(self.page, self.session, why)

    # ------------------------------------------------------------------ files

    def ask_table(self, title: str, read: Callable[[Path], object]) -> None:
        """Ask for a file to import."""
        if path := asked_for_file(self, title, table_kinds(), self.settings, TABLES, self.session.path):
            read(path)

    def confirm(
        self, title: str, found: Found[Any], columns: Sequence[Column[Any]], act: Callable[[], TableChange]
    ) -> None:
        """Show what a file holds; yes makes one change."""
        self.dialog = TableImportDialog(title, found, of_record(columns), self.settings, self)
        self.dialog.accepted.connect(lambda: self._take_up(act))
        self.dialog.open()

    def _take_up(self, act: Callable[[], TableChange]) -> None:
        change = self.page.attempt(act)
        if change is None:
            return
        if self.page.attempt(lambda: self.session.edit(change.why, change.steps, change.data)) is not None:
            self.told(change.why)

    def more(self, suggestion: str, write: Callable[[Path], None]) -> QPushButton:
        """A button with what is seldom done."""

        def offer() -> None:
            menu = QMenu(self)
            menu.addAction(_("Export…"), lambda: self.ask_export(suggestion, write))
            menu.exec(made.mapToGlobal(made.rect().bottomLeft()))
            menu.deleteLater()

        made = button(_("More"), offer)
        return made

    def ask_export(self, suggestion: str, write: Callable[[Path], None]) -> None:
        """Ask where to write, and write."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Export"), suggestion, "Excel (*.xlsx);;CSV (*.csv)")
        if name:
            self.export(Path(name), write)

    def export(self, path: Path, write: Callable[[Path], None]) -> None:
        """Write the file."""
        try:
            write(path)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
        else:
            self.page.tell("good", _("Saved {file}.", file=path.name))
