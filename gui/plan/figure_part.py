"""The key figures of the plant as a table, with what the year comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from core.audit.figure_units import unit_title
from core.audit.key_figures import changing, figure_title, names_of, over
from core.exchange.key_figures import read_key_figures, taking_up, write_key_figures
from core.i18n import show_number
from core.inventory.judging import Decision
from core.ledger import Evidence, KeyFigure, Ledger
from core.library import load_library
from gui.language import _, language
from gui.page import Page
from gui.plan.figure_rows import FigureRow, figure_columns, figure_row, row_marks
from gui.session import Session
from gui.settings import Settings
from gui.tables.drafts import DraftRows
from gui.tables.part import TablePart
from gui.tables.table import Table
from gui.widgets import button, label

if TYPE_CHECKING:
    from gui.plan.degree_day_dialog import DegreeDayDialog


def figure_drafts() -> DraftRows[FigureRow]:
    """Figures of which something is missing yet. They hold nothing of the session that they are kept beside."""
    units = load_library().units

    def decide(ledger: Ledger, kept: Sequence[FigureRow], removed: Sequence[str]) -> Decision:
        return changing(ledger, units, [row.record() for row in kept], removed)

    return DraftRows("key_figure", lambda row: not row.missing, decide)


class FigurePart(TablePart):
    """Key figures: typed, pasted from Excel, imported, or degree days from temperatures that are kept."""

    def __init__(self, page: Page, session: Session, settings: Settings, drafts: DraftRows[FigureRow]) -> None:
        super().__init__(page, session, settings)
        self._drafts = drafts
        self.asking: DegreeDayDialog
        """About degree days, when it was opened."""
        self.table: Table[FigureRow] = Table(
            "key_figures",
            figure_columns(lambda: names_of(session.ledger.held(KeyFigure)), self._file_name),
            settings,
            name=_("Key figures"),
            blank=lambda: FigureRow(self._drafts.blank_id()),
            editable=session.writable,
            marks=row_marks,
        )
        self.table.asked.connect(lambda edits: self.change(self._drafts, edits))
        self.table.refused.connect(self.refused)
        self.degree_button = button(_("Degree days…"), self.degree_days)
        self.import_button = button(_("Import"), self.choose, role="primary", picture="import")
        more = self.more("key-figures.xlsx", self.write)
        for one in (self.degree_button, self.import_button, more):
            self.table.add_tool(one)
        for one in (self.degree_button, self.import_button):
            one.setEnabled(session.writable)
        self.sums = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)

    def refresh(self) -> None:
        held = sorted(self.session.ledger.held(KeyFigure), key=lambda one: (one.name, one.start, one.id))
        self.table.set_rows([*(figure_row(one) for one in held), *self._drafts.rows.values()])
        self._show_sums(held)

    def _show_sums(self, held: Sequence[KeyFigure]) -> None:
        """What the year comes to."""
        session, parts = self.session, []
        for name in names_of(held):
            found = over(held, name, session.choices.period, session.library.units)
            if found.quantity is not None:
                words = _("{figure} {quantity} {unit}", figure=figure_title(name), unit=unit_title(found.unit),
                          quantity=show_number(round(found.quantity, 3)))  # fmt: skip
            else:
                words = _("{figure} not complete", figure=figure_title(name))
            parts.append(words)
        between = "；" if language() == "zh" else "; "
        year = str(session.year)
        self.sums.setText(_("Year {year}: {figures}", year=year, figures=between.join(parts)) if parts else "")
        self.sums.setVisible(bool(parts))

    def _file_name(self, text: str) -> str:
        held = self.session.ledger.get("evidence", text)
        return held.name if isinstance(held, Evidence) else text

    def degree_days(self) -> None:
        """Ask from which temperatures degree days are worked out."""
        from gui.plan.degree_day_dialog import DegreeDayDialog

        self.asking = DegreeDayDialog(self.session, self)
        self.asking.accepted.connect(self._take_degree_days)
        self.asking.open()

    def _take_degree_days(self) -> None:
        made = self.asking.made
        if made is None:
            return
        if not made.steps:
            self.page.tell("info", _("Nothing was changed."))
        elif self.page.attempt(lambda: self.session.edit(made.why, made.steps)) is not None:
            self.told(made.why)
            if made.unknown:
                months: list[date] = list(made.unknown)
                words = _("{what}. Not every day is known of the months that begin on: {days}.", what=made.why,
                          days=months)  # fmt: skip
                self.page.tell("warning", words)

    def choose(self) -> None:
        """Ask for a file with key figures."""
        self.ask_table(_("Import key figures…"), self.read)

    def read(self, path: Path) -> None:
        """Show what a file holds; yes makes one change."""
        session = self.session
        found = self.page.attempt(lambda: read_key_figures(path, session.ledger))
        if found is not None:
            rows = tuple((number, figure_row(one)) for number, one in found.rows)
            shown = replace(found, rows=rows)  # type: ignore[arg-type]
            columns = figure_columns(lambda: (), str)
            self.confirm(_("Import key figures"), shown, columns,
                         lambda: taking_up(found, self.session.ledger, self.session.library))  # fmt: skip

    def write(self, path: Path) -> None:
        """All key figures as a workbook or csv."""
        write_key_figures(path, self.session.ledger, language())
