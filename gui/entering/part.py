"""One kind of record as a table: typed into, pasted, imported, exported, entered in a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from core.blob import Content
from core.entering.forms import Forms, ordered
from core.entering.keeping import keeping, removing
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.entering.tables import read_table, taking_up, write_table
from core.entering.words import shown
from core.errors import UserError
from core.exchange.key_figures import TableChange
from core.exchange.tables import Found
from core.i18n import Text
from core.inventory.judging import Decision
from core.ledger import Entry, Step
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.record_words import field_name, kind_name
from gui.choosing import TABLES, asked_for_file
from gui.entering.form import RecordForm
from gui.entering.rows import found_columns, record_columns
from gui.jobs import Job
from gui.language import _, language, say
from gui.page import Page
from gui.settings import Settings
from gui.tables.import_dialog import TableImportDialog, of_record
from gui.tables.kinds import is_table, table_kinds
from gui.tables.table import Column, Edits, Mark, Refusal, Table
from gui.topbar import Desk
from gui.undoing import tell_change
from gui.widgets import allow, button, empty_state, label

QUICK = 100_000
"""Up to this size a table is read while one waits; beyond it in a job, for the window must not stand still. [bytes]"""
MOST_TOLD = 12
"""Refusals listed in the details of a notice."""


F = TypeVar("F")


class Keeper(Desk, Protocol):
    """An open plant or group, as a part needs it."""

    @property
    def path(self) -> Path: ...
    @property
    def records(self) -> Records: ...
    def edit(self, why: Text, steps: Iterable[Step], blobs: Iterable[Content] = ()) -> Entry | None: ...


class RecordsPart(QWidget):
    """The records of one kind, with what is done to them."""

    def __init__(
        self,
        page: Page,
        session: Keeper,
        settings: Settings,
        kind: str,
        sentence: str,
        *first: QPushButton,
        forms: Forms = FORMS,
        hidden: Sequence[str] = (),
        picture: str = "plan",
        beside: Mapping[str, Sequence[Column[Record]]] | None = None,
        marks: Callable[[Record], Mapping[str, Mark]] | None = None,
        known: Callable[[], Mapping[str, object]] = dict,
    ) -> None:
        """``sentence`` says what belongs here; ``first`` are further buttons with which it may begin; ``hidden`` are
        columns that are off at first, ``picture`` stands where nothing is entered yet; ``beside`` are columns that say
        what follows from a record, by the field after which they stand, ``marks`` icons in cells; ``known`` gives what
        is known of a new record before anybody types, by field."""
        super().__init__()
        self.page, self.session, self.settings, self.kind, self.forms = page, session, settings, kind, forms
        self.form, self._known = forms[kind], known
        self.dialog: RecordForm
        """The form that was opened last."""
        self.importing: TableImportDialog[Any]
        """The import that was opened last."""
        self.table: Table[Record] = Table(
            f"records_{kind}", _with(record_columns(self.form, lambda: session.records, hidden), beside or {}),
            settings, name=say(self.form.plural), editable=session.writable, marks=marks,
        )  # fmt: skip
        self.table.asked.connect(self._typed)
        self.table.refused.connect(self._refused)
        self.table.current.connect(lambda _record: self._moved())
        self._lay_out(self._nothing(sentence, picture, first))

    def _lay_out(self, nothing: QWidget) -> None:
        self.add = button(_("Add…"), self.ask_new, role="primary", picture="plus", tip=_("Insert"))
        self.change = button(_("Change…"), self.ask_change, tip=_("The whole record in a form: Ctrl+Enter"))
        self.take = button(_("Remove"), self.remove_chosen, picture="delete", tip=_("Ctrl+Delete"))
        self.paste = button(_("Paste a table"), self.read_clipboard, picture="paste",
                            tip=_("From Excel, with its headings"))  # fmt: skip
        self.bring = button(_("Import…"), self.ask_table, picture="import")
        self.more = button(_("More"), self._offer_more)
        for one in (self.add, self.change, self.take, self.paste, self.bring, self.more):
            add = self.table.add_spare_tool if one in (self.paste, self.bring) else self.table.add_tool
            add(one)
        self.table.set_empty(nothing)
        keys = {
            "Insert": self.ask_new, "Ctrl+Return": self.ask_change,
            "Ctrl+Enter": self.ask_change,
        }  # fmt: skip
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def _nothing(self, sentence: str, picture: str, first: tuple[QPushButton, ...]) -> QWidget:
        title = _("{kind}: nothing is entered yet", kind=self.form.plural)
        buttons = [button(_("Add…"), self.ask_new, role="" if first else "primary"),
                   button(_("Import…"), self.ask_table)]  # fmt: skip
        for one in buttons:
            allow(one, self._why_not())
        return empty_state(picture, title, sentence, *first, *buttons)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Everything, from the register."""
        self.table.set_rows(ordered(self.session.records, self.form))
        self._offer()

    def _why_not(self) -> str:
        return "" if self.session.writable else _("The file is open read-only.")

    def _moved(self) -> None:
        self._offer()
        self.page.selected.emit()

    def inspect(self) -> QWidget | None:
        """The whole record that is current, for the inspector of the page."""
        record = self.table.current_record()
        if record is None:
            return None
        records, made = self.session.records, QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(say(title_of_record(records, self.forms, record)), size=1.15, strong=True, wrap=True))
        column.addWidget(label(say(kind_name(self.kind)), "muted", wrap=True))
        for one in self.form.fields:
            if words := shown(records, one, getattr(record, one.key), language()):
                column.addWidget(label(say(field_name(self.kind, one.key)), "muted", wrap=True))
                column.addWidget(label(words, wrap=True))
        return made

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
        if self.session.writable:
            self._ask(None)

    def ask_change(self) -> None:
        """Show the current record in its form."""
        record = self.table.current_record()
        if record is not None and self.session.writable:
            self._ask(record)

    def _ask(self, record: Record | None) -> None:
        only = self.session.records.get(self.kind, self.form.single) if self.form.single else None
        form = RecordForm(self.session.records, self.form, record or only, self)
        if record is None and only is None:
            form.prefill(self._known())
        self.ask(form)

    def ask(self, form: RecordForm) -> None:
        """Open a form; what it says becomes a change, or the form says why not."""
        self.dialog = form
        form.stated.connect(lambda decision: self._stated(form, decision))
        form.open()

    def _stated(self, form: RecordForm, decision: Decision) -> None:
        if state(form, self.page, self.session, decision) and decision.steps:
            self.table.show_record(decision.steps[0].id)

    def remove_chosen(self) -> None:
        """Take the selected records away."""
        ids = [one.id for one in self.table.chosen]
        if ids:
            self.do(lambda: removing(self.session.records, self.forms, self.kind, ids))

    def do(self, act: Callable[[], Decision]) -> None:
        """Confirm a decision, and say so with the way back."""
        decision = self.page.attempt(act)
        if decision is None:
            return
        try:
            entry = self.session.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
            return
        tell_change(self.page, self.session, decision.why, changed=entry is not None)

    def take_file(self, act: Callable[[], TableChange]) -> None:
        """Confirm what a file comes to, with the file itself."""
        change = self.page.attempt(act)
        if change is None:
            return
        if self.page.attempt(lambda: self.session.edit(change.why, change.steps, change.data)) is not None:
            tell_change(self.page, self.session, change.why)

    # ------------------------------------------------------------------ typed

    def _typed(self, edits: Edits[Record]) -> None:
        """One change of one act in the grid; a refusal brings the old values back."""
        gone = [one.before.id for one in edits.edits if one.before is not None and one.after is None]
        kept = [one.after for one in edits.edits if one.after is not None]
        records = self.session.records
        try:
            decision = removing(records, self.forms, self.kind, gone) if gone else keeping(records, self.forms, *kept)
            self.session.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.tell("bad", error.text(language()))
            self.refresh()
            return
        if edits.act != "edit" and decision.steps:
            tell_change(self.page, self.session, decision.why)

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
        title = _("Import: {what}", what=self.form.plural)
        if path := asked_for_file(self, title, table_kinds(), self.settings, TABLES, self.session.path):
            self.read_table(path)

    def takes_dropped(self, path: Path) -> bool:
        """Whether a file that is dropped on the window is for this part."""
        return self.session.writable and is_table(path)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Read a table that was dropped."""
        self.read_table(paths[0])

    def read_clipboard(self) -> None:
        """A table with headings that was copied, e.g. in Excel."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.page.tell("info", _("Nothing was copied. Copy the rows with their headings first."))
            return
        self.read_table(text.encode(), _("Clipboard"))

    def read_table(self, source: Path | bytes, name: str = "") -> None:
        """Show what a table holds; yes makes one change."""
        records = self.session.records
        self.reading(
            source, name, lambda: read_table(source, records, self.forms, self.kind, name),
            lambda found: self._show_found(found, records),
        )  # fmt: skip

    def reading(self, source: Path | bytes, name: str, read: Callable[[], F], then: Callable[[F], object]) -> None:
        """Read a table, a large one in a job; ``read`` is a pure function of values, ``then`` gets what it found."""
        if _size(source) <= QUICK:
            found = self.page.attempt(read)
            if found is not None:
                then(found)
            return
        job = Job(lambda _progress, _cancelled: read())
        # In the next turn: a dialog within this one would keep the job, and the bottom line with it, from ending.
        job.done.connect(lambda found: QTimer.singleShot(0, self, lambda: then(found)))
        self.page.run(job, _("Reading “{file}”", file=name or (source.name if isinstance(source, Path) else "")))

    def _show_found(self, found: Found[Record], records: Records) -> None:
        # A record further up in the same table is known to a row below it.
        grown = records.apply(Step(self.kind, one.id, records.get(self.kind, one.id), one) for one in _last(found))
        columns = found_columns(self.form, lambda: grown)
        title = _("Import: {what}", what=self.form.plural)
        self.importing = TableImportDialog(title, found, of_record(columns), self.settings, self)
        self.importing.accepted.connect(lambda: self._take_up(found))
        self.importing.open()

    def _take_up(self, found: Found[Record]) -> None:
        self.do(lambda: taking_up(found, self.session.records, self.forms))

    def more_menu(self) -> QMenu:
        """What has no button of its own, or no room for it."""
        menu = QMenu(self)
        for one in self.table.left_out:
            menu.addAction(one.text(), one.click).setEnabled(one.isEnabled())
        menu.addAction(_("Export…"), self.ask_export).setEnabled(bool(self.table.model.records))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def ask_export(self) -> None:
        """Ask where to write the records, in the form that can be imported again."""
        name = say(kind_name(self.kind)).replace(" ", "-").lower()
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), f"{name}.xlsx", "Excel (*.xlsx);;CSV (*.csv)")
        if chosen:
            self.write_table(Path(chosen))

    def write_table(self, path: Path) -> None:
        """Write the file."""

        def act() -> bool:
            self.write_records(path)
            return True

        if self.page.attempt(act):
            self.page.tell("good", _("Saved {file}.", file=path.name))

    def write_records(self, path: Path) -> None:
        """The records in the form that can be imported again."""
        write_table(path, self.session.records, self.form)


def state(form: RecordForm, page: Page, session: Keeper, decision: Decision) -> bool:
    """Confirm what a form says, and tell so; or let the form say why it cannot be. Gives whether it was."""
    try:
        entry = session.edit(decision.why, decision.steps)
    except UserError as error:
        form.complain(error)
        return False
    form.accept()
    tell_change(page, session, decision.why, changed=entry is not None)
    return True


def _with(columns: Iterable[Column[Record]], beside: Mapping[str, Sequence[Column[Record]]]) -> list[Column[Record]]:
    return [one for column in columns for one in (column, *beside.get(column.key, ()))]


def _size(source: Path | bytes) -> int:
    """Of a file that cannot be looked at nothing is known; reading it says why."""
    if isinstance(source, bytes):
        return len(source)
    try:
        return source.stat().st_size
    except OSError:
        return 0


def _last(found: Found[Record]) -> tuple[Record, ...]:
    """The records of a file, each as its last row says."""
    return tuple({one.id: one for _row, one in found.rows}.values())
