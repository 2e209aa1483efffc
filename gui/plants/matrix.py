"""Plants against years as a table: each cell says its state in words, with an icon, and leads to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.group.inbox.matrix import DRAFT, LATE, MISSING, NOT_EXPECTED, REFUSED, REPLACED, SIGNED, WAITING, Cell, Row
from core.group.inbox.matrix import Matrix as Reports
from core.group.inbox.matrix import matrix as matrix_of
from core.i18n import T, Text, show_date
from core.ledger import Deadline
from core.store import ACCEPTED, HELD, REJECTED, SUPERSEDED
from gui.language import _, language, say
from gui.office.office import Office
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.model import Level
from gui.tables.table import Column, Mark, Table
from gui.widgets import allow, button, clear, label
from gui.wording import region_name

STATES: Mapping[str, tuple[Text, Level | None]] = {
    LATE: (T("Late"), "bad"),
    REFUSED: (T("Rejected"), "bad"),
    WAITING: (T("Held"), "warning"),
    DRAFT: (T("Draft"), "warning"),
    MISSING: (T("Missing"), "info"),
    REPLACED: (T("Superseded"), "info"),
    SIGNED: (T("Signed"), "good"),
    NOT_EXPECTED: (T("Not expected"), None),
}
"""Word and icon, what asks for an act first."""
MOST_YEARS = 12
"""Beside each other, the newest; a longer history is in the command line."""


class Matrix(QWidget):
    """The table, and above it how many plants are in which state."""

    report_wanted = Signal(str)
    """SHA-256 of a report."""
    chosen = Signal()
    """Another cell is selected."""
    addresses_copied = Signal(int, object)
    """How many, and the names of plants that have none."""

    def __init__(self, office: Office, settings: Settings, nobody: QWidget) -> None:
        """``nobody`` stands in the place of the table while there is no plant."""
        super().__init__()
        self._office, self._settings, self._nobody = office, settings, nobody
        self._found = Reports((), ())
        self.table: Table[Row] | None = None
        self.summary = label("", wrap=True)
        self.only = combo(
            _("Only plants that are"),
            [(_("All plants"), ""), *((say(word), state) for state, (word, _level) in STATES.items())],
        )
        self.only.activated.connect(lambda _row: self._show())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.summary)
        self._holder = QVBoxLayout()
        self._column.addLayout(self._holder, 1)
        self._column.addWidget(nobody, 1)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """From the register and everything received."""
        office = self._office
        known = {one.year for one in office.filed if one.year and one.state != REJECTED} | {office.year}
        known |= {int(one.id) for one in office.register.held(Deadline) if one.id.isdecimal()}
        years = range(min(known), max(known) + 1)[-MOST_YEARS:]
        before = self._found.years
        self._found = matrix_of(office.register, office.filed, today(), years)
        if self.table is None or self._found.years != before:
            self._make_table()
        self._show()

    def _make_table(self) -> None:
        clear(self._holder)
        self.only.setParent(self)
        table: Table[Row] = Table(
            "matrix", matrix_columns(self._found.years), self._settings, name=_("Reports of the plants by year"),
            identity=row_key, marks=self._marks,
        )  # fmt: skip
        table.current.connect(lambda _row: self.chosen.emit())
        table.view.selectionModel().currentChanged.connect(lambda _now, _before: self._moved())
        table.view.doubleClicked.connect(lambda _index: self.open_report())
        self._go = button(_("Show the report"), self.open_report, tip=_("Or double-click the cell"))
        table.add_tool(self.only)
        table.add_spare_tool(button(_("Copy addresses"), self.copy_addresses,
                                    tip=_("Of the plants shown, for a letter to all of them")))  # fmt: skip
        table.add_tool(self._go)
        QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down), table, self.open_report,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        self.table = table
        self._holder.addWidget(table)
        self._moved()

    def _show(self) -> None:
        year, wanted = self._office.year, str(self.only.currentData())
        counts = self._found.count(year) if year in self._found.years else {}
        self._count(counts)
        parts = [
            _("{state} {count}", count=counts[state], state=say(word).lower())
            for state, (word, _level) in STATES.items()
            if state in counts
        ]
        between = "，" if language() == "zh" else ", "
        self.summary.setText(_("{year}: {states}", year=str(year), states=between.join(parts)) if parts else "")
        self.summary.setVisible(bool(parts))
        assert self.table is not None
        rows = [row for row in self._found.rows if not wanted or row.cells[year].state == wanted]
        self.table.set_rows(rows)
        self.table.setVisible(bool(self._found.rows))
        self._nobody.setVisible(not self._found.rows)
        self._moved()

    def _count(self, counts: Mapping[str, int]) -> None:
        """How many plants each choice would show, of the year that is looked at."""
        for place in range(self.only.count()):
            state = str(self.only.itemData(place))
            words = say(STATES[state][0]) if state else _("All plants")
            number = counts.get(state, 0) if state else len(self._found.rows)
            self.only.setItemText(place, _("{state} {count}", state=words, count=number))

    def show_only(self, state: str) -> None:
        """Only plants in this state in the year that is looked at, with the first one selected."""
        self.only.setCurrentIndex(self.only.findData(state))
        self.refresh()
        if self.table is not None and (rows := self.table.model.visible):
            self.table.show_record(row_key(rows[0]), str(self._office.year))

    def picked(self) -> tuple[str, ...]:
        """Ids of the plants that are shown, where somebody asked for those of a state; else none."""
        if self.table is None or not self.only.currentData():
            return ()
        return tuple(row.site.id for row in self.table.model.visible if row.site is not None)

    def copy_addresses(self) -> None:
        """The addresses of the plants that are shown, as mail programs take them."""
        rows = [] if self.table is None else self.table.model.visible
        known = list(dict.fromkeys(row.site.contact for row in rows if row.site is not None and row.site.contact))
        without = [row.name for row in rows if row.site is None or not row.site.contact]
        if known:
            QGuiApplication.clipboard().setText("; ".join(known))
        self.addresses_copied.emit(len(known), tuple(without))

    def _marks(self, row: Row) -> dict[str, Mark]:
        found = {} if row.site is not None else {"name": Mark("info", _("Not in the register."))}
        for year, cell in row.cells.items():
            level = STATES[cell.state][1]
            if level is not None:
                late = cell.state == SIGNED and cell.arrived_late
                found[str(year)] = Mark("warning" if late else level, "\n".join(told(cell)))
        return found

    # ------------------------------------------------------------------ one cell

    def current(self) -> tuple[Row, int] | None:
        """The plant and year on which the person stands; in the columns of the name, the year shown."""
        row = self.table.current_record() if self.table is not None else None
        if row is None or self.table is None or not row.cells:
            return None
        key = self.table.model.columns[self.table.view.currentIndex().column()].key
        year = int(key) if key.isdecimal() else self._office.year
        return row, year if year in row.cells else max(row.cells)

    def cell(self) -> Cell | None:
        """What stands there."""
        found = self.current()
        return None if found is None else found[0].cells[found[1]]

    def _moved(self) -> None:
        cell = self.cell()
        why = _("Select a cell first.") if cell is None else "" if cell.filed else _("Nothing has come in here.")
        allow(self._go, why)
        self.chosen.emit()

    def open_report(self) -> None:
        """Go to the report of the current cell."""
        cell = self.cell()
        if cell is not None and cell.filed:
            self.report_wanted.emit(cell.filed[0].sha256)


def absent(office: Office) -> dict[str, list[str]]:
    """Names of plants without an accepted report of the year looked at, by state; what asks for an act first."""
    year = office.year
    found: dict[str, list[str]] = {state: [] for state in STATES if state not in (SIGNED, NOT_EXPECTED)}
    for row in matrix_of(office.register, office.filed, today(), (year,)).rows:
        cell = row.cells[year]
        if cell.state in found and not any(one.state == ACCEPTED for one in cell.filed):
            found[cell.state].append(row.name)
    return {state: names for state, names in found.items() if names}


def row_key(row: Row) -> tuple[str, str]:
    """What stays the same of a plant."""
    return (row.site.id, "") if row.site is not None else (row.name, row.country)


def today() -> date:
    """Of the person at the screen."""
    return datetime.now(UTC).astimezone().date()


def matrix_columns(years: Sequence[int]) -> list[Column[Row]]:
    """Name, country, business, and one column for each year."""
    return [
        Column("name", _("Plant"), lambda row: row.name, width=26, stretch=True),
        Column("country", _("Country"), lambda row: region_name(row.country), width=14),
        Column("business", _("Business"), lambda row: row.site.business if row.site else "", width=12),
        Column("contact", _("Contact"), lambda row: row.site.contact if row.site else "", width=20, hidden=True),
        *(Column(str(year), str(year), _words(year), sort=_order(year), width=15) for year in years),
    ]


def _words(year: int) -> Callable[[Row], str]:
    return lambda row: cell_words(row.cells[year])


def _order(year: int) -> Callable[[Row], int]:
    """What asks for an act first."""
    return lambda row: list(STATES).index(row.cells[year].state)


def days_late(cell: Cell) -> int:
    """Days since the deadline of a report that is not there. [d]"""
    return max(0, (today() - cell.due).days) if cell.due is not None and cell.state == LATE else 0


def cell_words(cell: Cell) -> str:
    """The state, and how late or how often signed."""
    if cell.state == NOT_EXPECTED:
        return "–"
    words = say(STATES[cell.state][0])
    if cell.state == LATE:
        return _("{state}, {days} d", state=words, days=days_late(cell))
    if cell.state == SIGNED and cell.superseded:
        words = _("{state} anew", state=words)
    return _("{state}, late", state=words) if cell.state == SIGNED and cell.arrived_late else words


def told(cell: Cell) -> list[str]:
    """Everything about a cell, line by line."""
    said = [say(STATES[cell.state][0])]
    if cell.due is not None:
        said.append(_("Due by {day}", day=show_date(cell.due, language())))
    if cell.state == LATE:
        said.append(_("Days late: {days}", days=days_late(cell)))
    elif cell.arrived_late:
        said.append(_("Came after the deadline"))
    if cell.superseded:
        said.append(_("Earlier revisions that were replaced: {count}", count=cell.superseded))
    words = {ACCEPTED: _("accepted"), HELD: _("held"), REJECTED: _("rejected"), SUPERSEDED: _("superseded")}
    said += [
        _("{file}: {state}, revision {number}", file=one.name, state=words[one.state], number=one.revision)
        if one.revision
        else _("{file}: {state}", file=one.name, state=words[one.state])
        for one in cell.filed
    ]
    return said
