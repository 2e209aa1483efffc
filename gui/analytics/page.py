"""Analytical procedures: what is, what should be, the explanation of the difference; benchmarks behind some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QTabWidget, QVBoxLayout

from core.audit.analytics import Procedure, expecting, procedures, taking_back
from core.audit.balance import counted_of
from core.audit.benchmarks import removing
from core.audit.last_year import last_of
from core.errors import UserError
from core.exchange.benchmarks import read_benchmarks, taking_up, write_benchmarks
from core.exchange.keeping import KeptFiles
from core.exchange.tables import Found
from core.i18n import Text
from core.inventory.judging import Decision
from core.ledger import Benchmark, Evidence
from core.series.metered import Metered
from gui.analytics.form import ProcedureForm, Said
from gui.analytics.rows import benchmark_columns, procedure_columns, procedure_marks
from gui.commands import Command
from gui.evidence.keeping import Keeper
from gui.language import _, language
from gui.latest import Latest
from gui.page import Page
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.tables.import_dialog import TableImportDialog, of_record
from gui.tables.kinds import is_table, table_kinds
from gui.tables.table import Table
from gui.tables.whole_rows import choose_whole_rows
from gui.undoing import tell_change
from gui.widgets import button, divided, empty_state, heading, label, letters, scrolled, with_air

PROCEDURES, BENCHMARKS = 0, 1
"""Places of the tabs."""
ALL, BEYOND, OPEN = "all", "beyond", "open"
WIDTHS = (98, 42)
"""Of the list and the form, in digits."""
NARROWEST = 36
"""Of the form, in digits."""


class AnalyticsPage(Page):
    """A list with the form of the selected procedure, and the benchmarks behind some of them."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.found: tuple[Procedure, ...] = ()
        """What was last worked out."""
        self._wish = ""
        self.keeper = Keeper(self, session)
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self._title, self._words = heading(""), label("", "muted", wrap=True)
        self.which = combo(_("Procedures to show"), [(_("All"), ALL), (_("Beyond the threshold"), BEYOND),
                                                     (_("Not explained"), OPEN)])  # fmt: skip
        self.which.activated.connect(lambda _row: self._show_rows())
        self.table: Table[Procedure] = Table(
            "analytics", procedure_columns(), settings, name=_("Analytical procedures"), editable=False,
            marks=procedure_marks,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._show_form())
        self.form = ProcedureForm()
        self.form.said.connect(self.keep)
        self.form.taken_back.connect(self.take_back)
        self.benchmarks: Table[Benchmark] = Table(
            "benchmarks", benchmark_columns(session.library), settings, name=_("Benchmarks"), editable=False
        )
        choose_whole_rows(self.benchmarks)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Analytical procedures"))
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        self.figures_button = button(_("Key figures"), lambda: self.wanted.emit("plan", "key_figures"))
        self.table.add_tool(self.figures_button)
        self.import_button = button(_("Import"), self.choose_import, role="primary", picture="import")
        self.remove_button = button(_("Remove"), self.remove, picture="delete")
        self.more_button = button(_("More"), self._offer_more)
        for one in (self.remove_button, self.import_button, self.more_button):
            self.benchmarks.add_tool(one)
        self.table.set_empty(empty_state(
            "analytics", _("Nothing to show"),
            _("Here stands what emissions should be by last year, by key figures such as production, by sister plants "
              "and by degree days, and what explains the difference."),
            button(_("Key figures"), lambda: self.wanted.emit("plan", "key_figures")),
        ))  # fmt: skip
        first = button(_("Import a file"), self.choose_import, role="primary", picture="import")
        first.setEnabled(self._session.writable)
        self.benchmarks.set_empty(empty_state(
            "compare", _("No benchmarks yet"),
            _("Here stands how sister plants do, as head office or a publisher states it: tonnes or energy per piece, "
              "per square metre, per person. The file is kept as evidence."), first,
        ))  # fmt: skip
        beside = scrolled(self.form)
        beside.setMinimumWidth(letters(self, NARROWEST))
        split = divided(self.table, beside)
        split.setSizes([letters(self, wide) for wide in WIDTHS])
        self.tabs.addTab(with_air(split), _("Procedures"))
        self.tabs.addTab(with_air(self.benchmarks), _("Benchmarks"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._words, 1)
        head.addWidget(self.which)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda tab: self.which.setVisible(tab == PROCEDURES))

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        session = self._session
        self._title.setText(_("Analytical procedures of {year}", year=str(session.year)))
        self.benchmarks.set_rows(session.ledger.held(Benchmark))
        for one in (self.import_button, self.remove_button):
            one.setEnabled(session.writable)
        question = self.attempt(self._question)
        if question is not None:
            self.latest.ask(question)

    def _question(self) -> Callable[[], tuple[Procedure, ...]]:
        """The work, for another thread: last year is compiled or read there, and so is what the meters counted."""
        session = self._session
        ledger, inventory, before = session.ledger, session.inventory, session.to_inventory_of(session.year - 1)
        reader = session.file.reader()

        def work() -> tuple[Procedure, ...]:
            last = before()
            with reader:
                counted = counted_of(Metered(ledger, reader.blob), inventory.choices.period)
            return procedures(ledger, inventory, last_of(last) if last.activities else None, counted)

        return work

    def _answered(self, found: tuple[Procedure, ...]) -> None:
        self.found = found if self._session.inventory.activities else ()
        open_ones = sum(one.unexplained for one in found)
        if open_ones:
            words = _("{open} of {all} want an explanation", open=open_ones, all=len(found))
        else:
            words = _("Nothing wants an explanation; data are missing for {missing} of {all}",
                      missing=sum(one.missing is not None for one in found), all=len(found))  # fmt: skip
        self._words.setText(words)
        self._show_rows()
        if self._wish and self.table.show_record(self._wish):
            self._wish = ""

    def _show_rows(self) -> None:
        which = self.which.currentData()
        rows = [one for one in self.found if which == ALL or (one.beyond if which == BEYOND else one.unexplained)]
        # What wants an explanation first, else in the order of procedures and sizes.
        rows.sort(key=lambda one: (not one.unexplained, not one.beyond, one.missing is not None))
        self.table.set_rows(rows)
        if rows and self.table.current_record() is None:
            self.table.view.go(0, 0)
        self._show_form()

    def _show_form(self) -> None:
        one, session = self.table.current_record(), self._session
        said = None if one is None else one.expectation
        kept = (session.ledger.get("evidence", key) for key in (() if said is None else said.evidence))
        names = [proof.name for proof in kept if isinstance(proof, Evidence)]
        self.form.show_procedure(one, names, writable=session.writable)

    def show_subject(self, subject: object) -> None:
        """Go to a procedure by its id, e.g. ``production:production``."""
        if isinstance(subject, str):
            self.tabs.setCurrentIndex(PROCEDURES)
            self.which.setCurrentIndex(0)
            self._show_rows()
            self._wish = "" if self.table.show_record(subject) else subject

    def commands(self) -> list[Command]:
        able = self._session.writable
        return [Command(_("Import benchmarks…"), self.choose_import, icon="import", enabled=lambda: able)]

    def takes(self, path: Path) -> bool:
        return self._session.writable and is_table(path)

    def take(self, paths: Sequence[Path]) -> None:
        self.start_import(paths[0])

    # ------------------------------------------------------------------ what the auditor says

    def keep(self, said: Said) -> None:
        """Keep what was said about the selected procedure, with its proofs, as one change."""
        one, year = self.table.current_record(), self._session.year
        if one is None:
            return
        held = () if one.expectation is None else one.expectation.evidence

        def act(kept: KeptFiles) -> Decision:
            files = (*held, *kept.ids)
            return expecting(kept.ledger, year, one, said.threshold, said.explanation, said.accepted, files)

        self.keeper.take_naming(said.files, act, lambda made, _changed: self._told(made.why), "other")

    def take_back(self) -> None:
        """As if nothing had been said about the selected procedure."""
        one, session = self.table.current_record(), self._session
        if one is None:
            return
        decision = self.attempt(lambda: taking_back(session.ledger, session.year, one))
        if decision is not None and self.attempt(lambda: session.edit(decision.why, decision.steps)) is not None:
            self._told(decision.why)

    def _told(self, why: Text) -> None:
        tell_change(self, self._session, why)

    # ------------------------------------------------------------------ benchmarks

    def choose_import(self) -> None:
        """Ask for a file of benchmarks."""
        kinds = table_kinds()
        name, _kind = QFileDialog.getOpenFileName(self, _("Import benchmarks…"), "", kinds)
        if name:
            self.start_import(Path(name))

    def start_import(self, path: Path) -> None:
        """Show what the file holds; yes makes one change."""
        session = self._session
        found = self.attempt(lambda: read_benchmarks(path, session.ledger, session.library))
        if found is None:
            return
        self.tabs.setCurrentIndex(BENCHMARKS)
        self.dialog = TableImportDialog(
            _("Import benchmarks"), found, of_record(benchmark_columns(session.library)), self._settings, self
        )
        self.dialog.accepted.connect(lambda: self.accept_import(found))
        self.dialog.open()

    def accept_import(self, found: Found[Benchmark]) -> None:
        """Import everything as one change."""
        session = self._session

        def confirm() -> Text:
            change = taking_up(found, session.ledger)
            session.edit(change.why, change.steps, change.data)
            return change.why

        why = self.attempt(confirm)
        if why is not None:
            self._told(why)

    def remove(self) -> None:
        """Let the selected benchmarks go; undo brings them back."""
        session, chosen = self._session, [one.id for one in self.benchmarks.chosen]
        if not chosen:
            return
        decision = self.attempt(lambda: removing(session.ledger, chosen))
        if decision is not None and self.attempt(lambda: session.edit(decision.why, decision.steps)) is not None:
            self._told(decision.why)

    def _offer_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Export…"), self.save_export)
        menu.exec(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        menu.deleteLater()

    def save_export(self) -> None:
        """All benchmarks as a workbook or csv."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export benchmarks"), "benchmarks.xlsx", "Excel (*.xlsx);;CSV (*.csv)"
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the file."""
        try:
            write_benchmarks(path, self._session.ledger, language())
        except UserError as error:
            self.tell("bad", error.text(language()))
        else:
            self.tell("good", _("Saved {file}.", file=path.name))
