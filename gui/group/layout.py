"""The tonnes of the group laid out: one table and one chart, by a dimension that is chosen, and down into any row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import UserError
from core.group.change.explaining import Level, record_levels
from core.group.year.consolidated import Consolidated, source_key
from core.group.year.ranking import outliers
from gui.chart import Chart
from gui.group.asking import Answer
from gui.group.cards import beside
from gui.group.intensity import why
from gui.group.records import Explaining, part_explained, record_columns, record_explained
from gui.group.rows import DIMENSIONS, NO_MOVES, SINGULAR, Part, bars_of, part_columns, parts_of, title_of
from gui.language import _, language, say
from gui.office.office import Office
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, card, clear, label

BELOW = {"plant": "source", "company": "plant", "country": "plant", "business": "plant"}
"""What a row opens into; everything else opens into plants."""
SOURCE = "source"
"""Below it there are no sums, only records."""


LEAST_ROWS = 7
R = TypeVar("R", Part, Level)


def _identity(row: Part | Level) -> tuple[str, ...]:
    """What stays the same of a row."""
    return (row.id,) if isinstance(row, Part) else (row.key, *(one.sha256 for one in row.reports))


@dataclass(frozen=True, slots=True)
class Place:
    """One step down: only the tonnes of this key."""

    dimension: str
    key: str


class Layout(QWidget):
    """Table and chart beside each other; the way down stands above both."""

    chosen = Signal()
    """Another row is selected, or more is known of it."""
    broken = Signal(str)
    """A sentence: why something cannot be opened."""
    report_wanted = Signal(str)
    """SHA-256 of a report."""

    def __init__(self, settings: Settings, office: Office) -> None:
        super().__init__()
        self._settings, self._office, self._library = settings, office, office.library
        self._answer: Answer | None = None
        self._view = "location"
        self._moves: Mapping[str, Mapping[str, Decimal | None]] = {}
        """Change of each plant on the year before, by view and key. [%]"""
        self._odd: dict[str, Mark] = {}
        """Why a plant does not look like the others of its business, by key."""
        self.path: tuple[Place, ...] = ()
        self.explaining = Explaining(office.path, self)
        self.explaining.known.connect(self.chosen)
        self.by = combo(_("Laid out by"), [(say(words), key) for key, words in DIMENSIONS.items()])
        self.by.activated.connect(lambda _row: self._show())
        self._way = QHBoxLayout()
        self._way.setSpacing(4)
        self.chart = Chart(_("Emissions of the group"))
        self._tables: dict[str, Table[Part]] = {}
        self.records: Table[Level] = self._table("group_records", record_columns(), _("Records"))
        self._stack = QStackedWidget()
        for dimension in DIMENSIONS:  # now, for the keyboard comes to what is made later only after the chart
            self._make_table(dimension)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Laid out by"), "muted"))
        head.addWidget(self.by)
        head.addSpacing(8)
        head.addLayout(self._way)
        head.addStretch(1)
        go = button(_("Show the report"), self._open_report)
        allow(go, _("Select a row first."))
        self.records.add_tool(go)
        self.records.current.connect(lambda row: allow(go, "" if row is not None else _("Select a row first.")))
        self._stack.addWidget(self.records)
        self._drawn, inside = card()
        inside.addWidget(self.chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(beside(self._stack, self._drawn), 1)

    # ------------------------------------------------------------------ show

    def show_found(self, answer: Answer, view: str) -> None:
        """Another answer; the way down is kept where it still leads somewhere."""
        self._answer, self._view = answer, view
        self._odd = {
            odd.key: Mark("warning", why(odd))
            for one in answer.intensities[view]
            for odd in outliers(answer.found, one)
        }
        while self.path and not len(self._part().coarse):
            self.path = self.path[:-1]
        self._show()

    def show_moves(self, moves: Mapping[str, Mapping[str, Decimal | None]]) -> None:
        """How far each plant moved, which is known a moment after its tonnes; of those of another year nothing is."""
        self._moves = moves
        if self._answer is not None and self.dimension == "plant" and not self.deepest:
            self.table.set_rows(self._rows())

    def _rows(self) -> tuple[Part, ...]:
        """Of the dimension chosen. On the way down a plant's tonnes are only a part of what moved."""
        moves = self._moves.get(self._view, NO_MOVES) if self.dimension == "plant" and not self.path else NO_MOVES
        return parts_of(self._part(), self.dimension, self._view, moves)

    def _part(self) -> Consolidated:
        assert self._answer is not None
        return self._answer.found.only(**{place.dimension: place.key for place in self.path})

    @property
    def dimension(self) -> str:
        """What is chosen."""
        return str(self.by.currentData())

    @property
    def deepest(self) -> bool:
        """Whether the records of a source are shown."""
        return bool(self.path) and self.path[-1].dimension == SOURCE

    @property
    def table(self) -> Table[Part]:
        """The table of the dimension chosen."""
        return self._tables[self.dimension]

    def _show(self) -> None:
        if self._answer is None:
            return
        beside_table = self._drawn.parentWidget()
        if beside_table is not None:
            beside_table.setVisible(not self.deepest)
        self.by.setEnabled(not self.deepest)
        if self.deepest:
            self._show_records()
        else:
            rows = self._rows()
            self._stack.setCurrentWidget(self.table)
            self.table.set_rows(rows)
            self.chart.show_data(bars_of(rows, self.dimension, self._view))
        self._show_way()
        self.chosen.emit()

    def _show_records(self) -> None:
        assert self._answer is not None
        plant, _colon, source = self.path[-1].key.partition(": ")
        found = self._answer.found
        try:
            levels = record_levels(self._office.file, found, found.member(plant), source, self._view)
        except UserError as error:
            self.broken.emit(error.text(language()))
            levels = ()
        self._stack.setCurrentWidget(self.records)
        self.records.set_rows(levels)

    def _make_table(self, dimension: str) -> None:
        name = _("Emissions by {what}", what=say(SINGULAR[dimension]).lower())
        table: Table[Part] = self._table(f"group_{dimension}", part_columns(dimension), name)
        words = _("Show its records") if dimension == SOURCE else _("Look inside")
        inside = button(words, self.go_down, tip=_("Or double-click the row"))
        table.add_tool(inside)
        table.current.connect(lambda row: allow(inside, "" if row is not None else _("Select a row first.")))
        table.view.doubleClicked.connect(lambda _index: self.go_down())
        QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down), table, self.go_down,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        allow(inside, _("Select a row first."))
        self._tables[dimension] = table
        self._stack.addWidget(table)

    def _table(self, key: str, columns: list[Column[R]], name: str) -> Table[R]:
        made: Table[R] = Table(key, columns, self._settings, name=name, identity=_identity, marks=self._marks)
        choose_whole_rows(made)
        made.current.connect(lambda _row: self.chosen.emit())
        made.view.setMinimumHeight(made.view.verticalHeader().defaultSectionSize() * LEAST_ROWS)
        return made

    def _marks(self, row: Part | Level) -> dict[str, Mark]:
        """On a plant that is far from the others, whatever is laid out: keys of plants are nobody else's."""
        found = self._odd.get(row.id) if isinstance(row, Part) else None
        return {} if found is None else {"title": found}

    # ------------------------------------------------------------------ down and up

    def go_down(self) -> None:
        """Open the current row: what it is made of."""
        row = self.table.current_record()
        if row is None or self._answer is None or self.deepest:
            return
        self.path = (*self.path, Place(self.dimension, row.id))
        if self.dimension == SOURCE:
            self._show()
            return
        below = BELOW.get(self.dimension, "plant")
        if any(place.dimension == below for place in self.path):
            below = SOURCE
        self.show_by(below)

    def show_by(self, dimension: str) -> None:
        """Choose a dimension."""
        self.by.setCurrentIndex(self.by.findData(dimension))
        self._show()

    def show_plant(self, key: str) -> None:
        """The sources of one plant."""
        self.path = (Place("plant", key),)
        self.show_by(SOURCE)

    def go_up(self, steps: int) -> None:
        """Back to so many steps from the whole group."""
        gone = self.path[steps:]
        self.path = self.path[:steps]
        if gone:
            self.show_by(gone[0].dimension)

    def _show_way(self) -> None:
        clear(self._way)
        if not self.path:
            return
        self._way.addWidget(button(_("Whole group"), lambda: self.go_up(0), role="link"))
        for place, words in enumerate(self._titles(), 1):
            self._way.addWidget(label("›", "muted"))
            if place == len(self.path):
                self._way.addWidget(label(words, strong=True))
            else:
                self._way.addWidget(button(words, lambda place=place: self.go_up(place), role="link"))  # type: ignore[misc]

    def _titles(self) -> list[str]:
        """The steps in words; a source below its plant is called by its own name alone."""
        assert self._answer is not None
        titles = []
        for one in self.path:
            above = next((p.key for p in self.path if p.dimension == "plant"), "")
            words = title_of(self._answer.found, one.dimension, one.key)
            own = one.key.removeprefix(source_key(above, ""))
            titles.append(own if one.dimension == SOURCE and above else words)
        return titles

    # ------------------------------------------------------------------ one row

    def inspect(self) -> QWidget | None:
        """What is selected with all digits; a record down to its bill."""
        if self._answer is None:
            return None
        if self.deepest:
            level = self.records.current_record()
            if level is None or not level.reports:
                return None
            found = self.explaining.of(level.reports[0], level.key)
            return record_explained(level, found, self._library)
        part = self.table.current_record()
        return None if part is None else part_explained(part, " › ".join(self._titles()), self._library)

    def _open_report(self) -> None:
        level = self.records.current_record()
        if level is not None and level.reports:
            self.report_wanted.emit(level.reports[0].sha256)
