"""Factor library: thousands of cited factors to look through and compare; the plant's own; sets brought in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.ledger import Evidence, OwnFactor
from core.library import OWN, Factor, own_key
from core.library.library import regions_of
from gui.commands import Command
from gui.evidence.copies import SHOWABLE
from gui.evidence.kept_file import KeptFile
from gui.language import _
from gui.library.editions_dialog import EditionsDialog
from gui.library.factor_intake import Intake
from gui.library.filters import Filters
from gui.library.inspector import FactorExplanation
from gui.library.own_factors import OwnFactors
from gui.library.rows import (
    OwnRow,
    Row,
    SetRow,
    Shelf,
    columns,
    own_columns,
    own_of,
    own_of_factor,
    set_columns,
    sets_of,
    used_by,
    users_of,
)
from gui.library.words import SIGNED, WORKBOOKS
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import allow, button, empty_state, heading

ALL, USED, OWNED, BROUGHT = range(4)
"""Parts of the page, in the order of their tabs."""


class LibraryPage(Page):
    """Tabs above, one table below, actions at the top right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._shelf = Shelf()
        self._rows: list[Row] = []
        self._title = heading(_("Factor library"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the library"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _part in (ALL, USED, OWNED, BROUGHT):
            self.tabs.addTab("")
        self.filters = Filters(self)
        self.table: Table[Row] = Table("library", columns(), settings, name=_("Factors"), editable=False)
        self.own: Table[OwnRow] = Table(
            "own_factors", own_columns(session.library), settings, name=_("Own factors"), editable=False
        )
        self.sets: Table[SetRow] = Table(
            "factor_sets", set_columns(), settings, name=_("Factor sets of the plant"), editable=False
        )
        self._tables = QStackedWidget()
        self.keeper = OwnFactors(self, session)
        self.intake = Intake(self, session, settings)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.compare_button = button(_("Compare editions"), self.compare)
        self.add_button = button(_("Add own factor"), self.add_own, picture="plus")
        self.import_button = button(_("Import factors"), self.choose_import, role="primary", picture="import")
        self._more = button(_("More"), self._offer_more)
        for one in (self.add_button, self.import_button):
            one.setEnabled(self._session.writable)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self.compare_button, self.add_button, self.import_button, self._more):
            head.addWidget(widget)
        for box in self.filters.boxes:
            self.table.add_tool(box)
        self.table.set_empty(self._nothing_fits())
        self.own.set_empty(self._no_own())
        self.sets.set_empty(self._no_sets())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.tabs)
        for table in (self.table, self.own, self.sets):
            table.view.setSelectionBehavior(table.view.SelectionBehavior.SelectRows)
            self._tables.addWidget(table)
        column.addWidget(self._tables, 1)

    def _connect(self) -> None:
        self.keeper.kept.connect(self._kept)
        self.intake.brought.connect(self._brought)
        self.tabs.currentChanged.connect(lambda _tab: self._show_part())
        self.filters.changed.connect(self._show_part)
        for table in (self.table, self.own, self.sets):
            table.current.connect(lambda _row: self._stood_on())
            table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())

    # ------------------------------------------------------------------ empty

    def _nothing_fits(self) -> QWidget:
        self._empties = QStackedWidget()
        self._empties.addWidget(
            empty_state(
                "search",
                _("No factor fits"),
                _("The library has none for this kind, area and publication."),
                button(_("Show all factors"), self._lift),
            )
        )
        self._empties.addWidget(
            empty_state(
                "activity",
                _("No factor is used yet"),
                _("Here stand the factors on which the tonnes of the year rest. They follow from the activity data."),
                button(_("Go to the activity data"), lambda: self.wanted.emit("activity", None), role="primary"),
            )
        )
        return self._empties

    def _no_own(self) -> QWidget:
        add = button(_("Add own factor"), self.add_own, picture="plus")
        add.setEnabled(self._session.writable)
        return empty_state(
            "factor",
            _("The plant has no factors of its own"),
            _("What a supplier or a laboratory states for this plant: a green tariff, the calorific value of the gas. "
              "It needs its unit, validity, source and the file that proves it; drop that file here to begin."),
            add,
        )  # fmt: skip

    def _no_sets(self) -> QWidget:
        bring = button(_("Import factors"), self.choose_import, picture="import")
        bring.setEnabled(self._session.writable)
        return empty_state(
            "import",
            _("No factor set was brought in"),
            _("Drop a publisher's workbook here (UK DESNZ, US EPA, eGRID, AIB) or a signed set of head office."),
            bring,
        )

    def _lift(self) -> None:
        self.filters.lift()
        self.tabs.setCurrentIndex(ALL)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session; the rows of the library are made once."""
        session = self._session
        used = used_by(session.inventory)
        rows = self._shelf.rows(session.library, used)
        self._rows = [row for row in rows if row.factor.region != OWN or row.factor.data_year == session.year]
        self.filters.offer(self._rows, regions_of(session.ledger.plant))
        own, sets = own_of(session.ledger, used), sets_of(session.ledger, self._rows)
        self.own.set_rows(own)
        self.sets.set_rows(sets)
        in_use = sum(bool(row.used) for row in self._rows)
        words = (
            _("All factors ({count})", count=f"{len(self._rows):,}"),
            _("Used in {year} ({count})", year=str(session.year), count=f"{in_use:,}"),
            _("Own factors ({count})", count=len(own)),
            _("Brought in ({count})", count=len(sets)),
        )
        for part, title in enumerate(words):
            self.tabs.setTabText(part, title)
        self._show_part()

    def _show_part(self) -> None:
        part = self.tabs.currentIndex()
        if part in (ALL, USED):
            rows = [row for row in self._rows if row.used] if part == USED else self._rows
            self._empties.setCurrentIndex(1 if part == USED and not rows else 0)
            self.table.set_rows(self.filters.let_through(rows))
        self._tables.setCurrentIndex(max(0, part - 1))
        self._stood_on()

    def _stood_on(self) -> None:
        allow(self.compare_button, "" if self.factor is not None else _("Select a row first."))
        self.selected.emit()

    @property
    def factor(self) -> Factor | None:
        """The factor the person stands on."""
        part = self.tabs.currentIndex()
        if part == OWNED:
            row = self.own.current_record()
            return row.factor if row else None
        if part == BROUGHT:
            return None
        found = self.table.current_record()
        return found.factor if found else None

    @property
    def own_factor(self) -> OwnFactor | None:
        """The factor of the plant the person stands on."""
        if self.tabs.currentIndex() == OWNED:
            row = self.own.current_record()
            return row.own if row else None
        return own_of_factor(self._session.ledger, self.factor) if self.factor is not None else None

    def show_subject(self, subject: object) -> None:
        """Go to a factor by its key, or to one of the plant by its id."""
        if not isinstance(subject, str):
            return
        own = subject.split(".")[1] if subject.startswith(own_key("")) else subject
        if self._session.ledger.get("factor", own) is not None:
            self.tabs.setCurrentIndex(OWNED)
            self.own.show_record(own)
        else:
            self._lift()
            self.table.show_record(subject)
        self.inspector_wanted.emit()

    def inspect(self) -> QWidget | None:
        """The citation of the factor, who uses it and what others say."""
        part, session = self.tabs.currentIndex(), self._session
        shown = FactorExplanation(session.library)
        if part == BROUGHT:
            row = self.sets.current_record()
            if row is None:
                return None
            acts = [(_("Show its factors"), lambda: QTimer.singleShot(0, self, lambda: self._show_set(row.id)))]
            if session.writable:
                acts.append((_("Remove this set"), lambda: QTimer.singleShot(0, self, self.remove_set)))
            shown.file(row.file, row.factors, *acts)
            return shown
        factor, own = self.factor, self.own_factor
        if factor is None:
            return None
        shown.of(factor)
        if own is not None:
            self._explain_own(shown, own)
        else:
            shown.source(factor)
            shown.status(factor)
        keys = [factor.key] if own is None else [row.key for row in session.library.own if row.set == factor.set]
        go = self._go_to_record
        shown.used(users_of(session.inventory, keys), session.year, go)
        shown.editions(factor, self.compare)
        return shown

    def _go_to_record(self, key: str) -> None:
        # The button dies with the inspector, so the click has to be over before.
        QTimer.singleShot(0, self, lambda: self.wanted.emit("activity", key))

    def _explain_own(self, shown: FactorExplanation, own: OwnFactor) -> None:
        proof = self._session.ledger.get("evidence", own.evidence)
        listing = KeptFile(self, self._session, proof) if isinstance(proof, Evidence) else None
        acts = [
            (_("Alter…"), self.alter_own),
            (_("Retire…"), self.retire_own),
            (_("Remove"), lambda: QTimer.singleShot(0, self, self.remove_own)),
        ]
        shown.own(own, listing, *(acts if self._session.writable else ()))

    def _show_set(self, key: str) -> None:
        self.filters.lift()
        self.filters.publication.setCurrentIndex(max(0, self.filters.publication.findData(key)))
        self.tabs.setCurrentIndex(ALL)

    def compare(self) -> None:
        """The factor beside its other editions and areas."""
        if self.factor is not None:
            EditionsDialog(self.factor, self._session.library, self._settings, self).open()

    # ------------------------------------------------------------------ acts

    def add_own(self) -> None:
        """A new factor of the plant."""
        self.keeper.add()

    def alter_own(self) -> None:
        """Alter the factor of the plant the person stands on."""
        if self.own_factor is not None:
            self.keeper.alter(self.own_factor)

    def retire_own(self) -> None:
        """Let a factor of the plant end earlier."""
        if self.own_factor is not None:
            self.keeper.retire(self.own_factor)

    def remove_own(self) -> None:
        """Take a factor away that no record names."""
        if self.own_factor is not None:
            self.keeper.remove(self.own_factor)

    def choose_import(self) -> None:
        """Ask for a workbook or a signed set."""
        self.intake.choose()

    def remove_set(self) -> None:
        """Take the factor set out of the plant."""
        row = self.sets.current_record()
        if row is not None:
            self.intake.remove(row.id)

    def takes(self, path: Path) -> bool:
        """Signed sets always; workbooks and proofs only while this page is looked at."""
        if not self._session.writable:
            return False
        ending = path.suffix.lower()
        if ending == SIGNED or not self.isVisible():
            return ending == SIGNED
        return ending in WORKBOOKS or (self.tabs.currentIndex() == OWNED and ending in SHOWABLE)

    def take(self, paths: Sequence[Path]) -> None:
        path = paths[0]
        if len(paths) > 1:
            self.tell("info", _("One file at a time: this is “{file}”.", file=path.name))
        if path.suffix.lower() != SIGNED and self.tabs.currentIndex() == OWNED:
            self.keeper.add(path)
        else:
            self.intake.read(path)

    def _kept(self, key: str) -> None:
        self.tabs.setCurrentIndex(OWNED)
        self.own.show_record(key)

    def _brought(self, key: str) -> None:
        self.tabs.setCurrentIndex(BROUGHT)
        self.sets.show_record(key)

    @property
    def chosen(self) -> list[Factor]:
        """The factors of the selected rows; on the tab of sets, all of the set the person stands on."""
        if self.tabs.currentIndex() == BROUGHT:
            row = self.sets.current_record()
            return [one.factor for one in self._rows if row is not None and one.factor.set.key == row.id]
        if self.tabs.currentIndex() == OWNED:
            return [row.factor for row in self.own.chosen if row.factor is not None]
        return [row.factor for row in self.table.chosen]

    def export_csv(self) -> None:
        """The selected factors as a factor file."""
        self.intake.write_csv(self.chosen)

    def export_signed(self) -> None:
        """The selected factors as a signed set."""
        self.intake.write_signed(self.chosen)

    # ------------------------------------------------------------------ commands

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for command in self.commands()[3:]:
            action = menu.addAction(command.title, command.run)
            action.setEnabled(command.enabled is None or command.enabled())
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def commands(self) -> list[Command]:
        def writable() -> bool:
            return self._session.writable

        def own() -> bool:
            return self._session.writable and self.own_factor is not None

        def on_set() -> bool:
            return self._session.writable and self.sets.current_record() is not None

        return [
            Command(_("Import factors"), self.choose_import, icon="import", enabled=writable),
            Command(_("Add own factor"), self.add_own, icon="plus", enabled=writable),
            Command(_("Compare editions"), self.compare, icon="factor", enabled=lambda: self.factor is not None),
            Command(_("Alter own factor…"), self.alter_own, enabled=own),
            Command(_("Retire own factor…"), self.retire_own, enabled=own),
            Command(_("Remove own factor"), self.remove_own, icon="delete", enabled=own),
            Command(_("Remove the factor set"), self.remove_set, icon="delete", enabled=on_set),
            Command(_("Export the selected factors…"), self.export_csv, icon="export"),
            Command(_("Export the selected factors, signed…"), self.export_signed, icon="sign"),
        ]
