"""One kind of record of the register as a table: typed into, pasted, imported, exported, entered in a form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.tables import Found
from core.group.register.entering import keeping, removing
from core.group.register.fields import PLURALS
from core.group.register.tables import columns_of, read_register, taking_up, write_register
from core.inventory.judging import Decision
from core.ledger.records import Record
from core.library.record_words import kind_name
from gui.language import _, language, say
from gui.office import Office
from gui.page import Page
from gui.plants_form import RegisterForm
from gui.plants_rows import found_columns, record_columns
from gui.settings import Settings
from gui.table import Edits, Refusal, Table
from gui.table_import import TableImportDialog, of_record
from gui.undoing import tell_change
from gui.widgets import allow, button, empty_state

TABLES = (".csv", ".xlsx", ".xlsm")
MOST_TOLD = 12
"""Refusals listed in the details of a notice."""


class RegisterPart(QWidget):
    """The records of one kind, with what is done to them."""

    def __init__(
        self, page: Page, office: Office, settings: Settings, kind: str, sentence: str, *first: QPushButton
    ) -> None:
        """``sentence`` says what belongs here; ``first`` are further buttons with which it may begin."""
        super().__init__()
        self.page, self.office, self.settings, self.kind = page, office, settings, kind
        self.form: RegisterForm
        """The form that was opened last."""
        self.dialog: TableImportDialog[Any]
        """The import that was opened last."""
        self.table: Table[Record] = Table(
            f"register_{kind}", record_columns(kind, lambda: office.register), settings, name=say(PLURALS[kind]),
            editable=office.writable,
        )  # fmt: skip
        self.table.asked.connect(self._typed)
        self.table.refused.connect(self._refused)
        self.table.current.connect(lambda _record: self._offer())
        self.add = button(_("Add…"), self.ask_new, role="primary", picture="plus")
        self.change = button(_("Change…"), self.ask_change, tip=_("The whole record in a form"))
        self.take = button(_("Remove"), self.remove_chosen, picture="delete")
        self.paste = button(_("Paste a table"), self.read_clipboard, picture="paste",
                            tip=_("From Excel, with its headings"))  # fmt: skip
        self.bring = button(_("Import…"), self.ask_table, picture="import")
        self.more = button(_("More"), self._offer_more)
        for one in (self.add, self.change, self.take, self.paste, self.bring, self.more):
            self.table.add_tool(one)
        self.table.set_empty(self._nothing(sentence, first))
        QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_N), self, self.ask_new,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def _nothing(self, sentence: str, first: tuple[QPushButton, ...]) -> QWidget:
        title = _("{kind}: nothing is entered yet", kind=PLURALS[self.kind])
        buttons = [button(_("Add…"), self.ask_new, role="" if first else "primary"),
                   button(_("Import…"), self.ask_table)]  # fmt: skip
        for one in buttons:
            allow(one, self._why_not())
        return empty_state("plant", title, sentence, *first, *buttons)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Everything, from the register."""
        self.table.set_rows(tuple(self.office.register.records[self.kind].values()))
        self._offer()

    def _why_not(self) -> str:
        return "" if self.office.writable else _("The file is open read-only.")

    def _offer(self) -> None:
        locked = self._why_not()
        none = locked or ("" if self.table.current_record() is not None else _("Select a row first."))
        for one in (self.add, self.paste, self.bring):
            allow(one, locked)
        for one in (self.change, self.take):
            allow(one, none)

    # ------------------------------------------------------------------ one record

    def ask_new(self) -> None:
        """Ask for one more record."""
        if self.office.writable:
            self._ask(None)

    def ask_change(self) -> None:
        """Show the current record in its form."""
        record = self.table.current_record()
        if record is not None and self.office.writable:
            self._ask(record)

    def _ask(self, record: Record | None) -> None:
        self.form = form = RegisterForm(self.office.register, self.kind, record, self)
        form.stated.connect(lambda decision: self._stated(form, decision))
        form.open()

    def _stated(self, form: RegisterForm, decision: Decision) -> None:
        """What the form says becomes a change, or the form says why not."""
        try:
            entry = self.office.edit(decision.why, decision.steps)
        except UserError as error:
            form.complain(error)
            return
        form.accept()
        tell_change(self.page, self.office, decision.why, changed=entry is not None)
        if decision.steps:
            self.table.show_record(decision.steps[0].id)

    def remove_chosen(self) -> None:
        """Take the selected records away."""
        ids = [one.id for one in self.table.chosen]
        if ids:
            self.do(lambda: removing(self.office.register, self.kind, ids))

    def do(self, act: Callable[[], Decision]) -> None:
        """Confirm a decision, and say so with the way back."""
        decision = self.page.attempt(act)
        if decision is None:
            return
        try:
            entry = self.office.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
            return
        tell_change(self.page, self.office, decision.why, changed=entry is not None)

    # ------------------------------------------------------------------ typed

    def _typed(self, edits: Edits[Record]) -> None:
        """One change of one act in the grid; a refusal brings the old values back."""
        gone = [one.before.id for one in edits.edits if one.before is not None and one.after is None]
        kept = [one.after for one in edits.edits if one.after is not None]
        register = self.office.register
        try:
            decision = removing(register, self.kind, gone) if gone else keeping(register, *kept)
            self.office.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
            self.refresh()
            return
        if edits.act != "edit" and decision.steps:
            tell_change(self.page, self.office, decision.why)

    def _refused(self, refusals: tuple[Refusal, ...]) -> None:
        first = refusals[0]
        reasons = [
            _("Row {row}, {column}: {why}", row=one.row, column=one.column, why=one.error.text(language()))
            for one in refusals[:MOST_TOLD]
        ]
        if len(refusals) == 1:
            self.page.tell("bad", first.error.text(language()))
        else:
            words = _("{count} cells were not accepted, nothing was changed. {first}", count=len(refusals),
                      first=reasons[0])  # fmt: skip
            self.page.tell_more("bad", words, "\n".join(reasons))

    # ------------------------------------------------------------------ tables

    def ask_table(self) -> None:
        """Ask for a file to import."""
        kinds = f"{_('Excel and CSV files')} ({' '.join('*' + suffix for suffix in TABLES)})"
        title = _("Import: {what}", what=PLURALS[self.kind])
        name, _kind = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.read_table(Path(name))

    def read_clipboard(self) -> None:
        """A table with headings that was copied, e.g. in Excel."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.page.tell("info", _("Nothing was copied. Copy the rows with their headings first."))
            return
        self.read_table(text.encode(), _("Clipboard"))

    def read_table(self, source: Path | bytes, name: str = "") -> None:
        """Show what a table holds; yes makes one change."""
        register = self.office.register
        found = self.page.attempt(lambda: read_register(source, self.kind, register, name))
        if found is None:
            return
        # A plant further up in the same table is known to a row below it.
        grown = register.apply(keeping(register, *(one for _row, one in found.rows)).steps)
        columns = found_columns(self.kind, columns_of(self.kind), lambda: grown)
        title = _("Import: {what}", what=PLURALS[self.kind])
        self.dialog = TableImportDialog(title, found, of_record(columns), self.settings, self)
        self.dialog.accepted.connect(lambda: self._take_up(found))
        self.dialog.open()

    def _take_up(self, found: Found[Record]) -> None:
        self.do(lambda: taking_up(found, self.office.register))

    def _offer_more(self) -> None:
        menu = QMenu(self)
        export = menu.addAction(_("Export…"), self.ask_export)
        export.setEnabled(bool(self.table.model.records))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def ask_export(self) -> None:
        """Ask where to write the records, in the form that can be imported again."""
        name = say(kind_name(self.kind)).replace(" ", "-").lower()
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), f"{name}.xlsx", "Excel (*.xlsx);;CSV (*.csv)")
        if chosen:
            self.write_table(Path(chosen))

    def write_table(self, path: Path) -> None:
        """Write the file."""

        def act() -> bool:
            write_register(path, self.kind, self.office.register)
            return True

        if self.page.attempt(act):
            self.page.tell("good", _("Saved {file}.", file=path.name))
