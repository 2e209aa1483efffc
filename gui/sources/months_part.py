"""Sources by month, as emissions or as quantities; the table goes to a spreadsheet as it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gui.language import _
from gui.page import Page
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.sources.months import Measure, columns, marks
from gui.sources.rows import Looked, MonthRow
from gui.tables.table import Table
from gui.widgets import button, clear


class MonthsPart(QWidget):
    """A table that is made anew where another year has other months."""

    opened = Signal(str)
    """The id of a record behind the row that was double-clicked."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__()
        self._page, self._session, self._settings = page, session, settings
        self._looked: Looked | None = None
        self._measure = Measure()
        self.measure = QComboBox()
        self.table: Table[MonthRow] | None = None
        self._names: tuple[int, ...] = ()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    def show_months(self, looked: Looked) -> None:
        """The months of an answer; what the cells show stays as it was chosen."""
        self._looked = looked
        self._show()

    def _show(self) -> None:
        if self._looked is None:
            return
        if self.table is not None:
            self._measure.quantity = self.measure.currentData() == "quantity"
        names = tuple(month.start.month for month in self._looked.months.months)
        if self.table is None or names != self._names:
            self._names = names
            clear(self._place)
            self.table = self._made(self._looked)
            self._place.addWidget(self.table)
        self.table.set_rows(self._looked.rows)

    def _made(self, looked: Looked) -> Table[MonthRow]:
        self.measure = combo(_("Values"), [(_("Emissions"), ""), (_("Quantities"), "quantity")])
        self.measure.setCurrentIndex(int(self._measure.quantity))
        self.measure.activated.connect(lambda _row: self._show())
        made: Table[MonthRow] = Table(
            "source_months",
            columns(looked.months.months, self._measure, self._session.library),
            self._settings,
            name=_("Sources by month"),
            marks=marks(lambda: () if self._looked is None else self._looked.months.months),
        )
        made.add_tool(self.measure)
        made.add_tool(button(_("Copy for Excel"), self.copy))
        made.view.doubleClicked.connect(lambda _index: self._open())
        return made

    def copy(self) -> None:
        """The whole table with its headings, to the clipboard."""
        if self.table is not None:
            self.table.view.selectAll()
            self.table.view.copy_with_headings()
            self._page.tell("good", _("Copied {count} rows.", count=len(self.table.model.visible)))

    def _open(self) -> None:
        row = self.table.current_record() if self.table is not None else None
        if row is not None and row.record:
            self.opened.emit(row.record)
