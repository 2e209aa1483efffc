"""The tonnes of the group laid out: one chart and one table, by a dimension that is chosen, and down into any row."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.group.consolidated import Consolidated
from gui.chart import Chart
from gui.group_rows import DIMENSIONS, SINGULAR, Part, bars_of, part_columns, parts_of, title_of
from gui.language import _, say
from gui.quality_parts import combo
from gui.settings import Settings
from gui.table import Table
from gui.whole_rows import choose_whole_rows
from gui.widgets import allow, button, card, clear, label

BELOW = {"plant": "source", "company": "plant", "country": "plant", "business": "plant"}
"""What a row opens into; everything else opens into plants."""
LAST = "source"
"""Below it there are no sums, only records."""


@dataclass(frozen=True, slots=True)
class Place:
    """One step down: only the tonnes of this key."""

    dimension: str
    key: str


class Layout(QWidget):
    """Chart above, table below; the way down stands above both."""

    opened = Signal(str, str)
    """Key of a plant and of a source: the person wants to see its records."""
    chosen = Signal()
    """Another row is selected."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._found: Consolidated | None = None
        self._view = "location"
        self.path: tuple[Place, ...] = ()
        self.by = combo(_("Laid out by"), [(say(words), key) for key, words in DIMENSIONS.items()])
        self.by.activated.connect(lambda _row: self._show())
        self._way = QHBoxLayout()
        self._way.setSpacing(4)
        self.chart = Chart(_("Emissions of the group"))
        self._tables: dict[str, Table[Part]] = {}
        self._stack = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Laid out by"), "muted"))
        head.addWidget(self.by)
        head.addSpacing(8)
        head.addLayout(self._way)
        head.addStretch(1)
        drawn, inside = card()
        inside.addWidget(self.chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(drawn)
        column.addWidget(self._stack, 1)

    # ------------------------------------------------------------------ show

    def show_found(self, found: Consolidated, view: str) -> None:
        """Another answer; the way down is kept where it still leads somewhere."""
        self._found, self._view = found, view
        while self.path and not len(self._part().cells):
            self.path = self.path[:-1]
        self._show()

    def _part(self) -> Consolidated:
        assert self._found is not None
        return self._found.only(**{place.dimension: place.key for place in self.path})

    @property
    def dimension(self) -> str:
        """What is chosen."""
        return str(self.by.currentData())

    @property
    def table(self) -> Table[Part]:
        """The table in front."""
        return self._tables[self.dimension]

    def _show(self) -> None:
        if self._found is None:
            return
        rows = parts_of(self._part(), self.dimension, self._view)
        table = self._table_of(self.dimension)
        self._stack.setCurrentWidget(table)
        table.set_rows(rows)
        data = bars_of(rows, self.dimension, self._view)
        count = len(data.categories) if data.lying else 9
        self.chart.setFixedHeight(self.fontMetrics().height() * max(11, min(22, 6 + 2 * count)))
        self.chart.show_data(data)
        self._show_way()
        self.chosen.emit()

    def _table_of(self, dimension: str) -> Table[Part]:
        if dimension not in self._tables:
            name = _("Emissions by {what}", what=say(SINGULAR[dimension]).lower())
            table: Table[Part] = Table(f"group_{dimension}", part_columns(dimension), self._settings, name=name)
            choose_whole_rows(table)
            words = _("Show its records") if dimension == LAST else _("Look inside")
            inside = button(words, self.go_down, tip=_("Or double-click the row"))
            table.add_tool(inside)
            table.current.connect(lambda row: allow(inside, "" if row is not None else _("Select a row first.")))
            table.current.connect(lambda _row: self.chosen.emit())
            table.view.doubleClicked.connect(lambda _index: self.go_down())
            QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down), table, self.go_down,
                      context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
            table.view.setMinimumHeight(table.view.verticalHeader().defaultSectionSize() * 8)
            allow(inside, _("Select a row first."))
            self._tables[dimension] = table
            self._stack.addWidget(table)
        return self._tables[dimension]

    # ------------------------------------------------------------------ down and up

    def go_down(self) -> None:
        """Open the current row: what it is made of."""
        row = self.table.current_record()
        if row is None or self._found is None:
            return
        if self.dimension == LAST:
            plant, _colon, source = row.id.partition(": ")
            self.opened.emit(plant, source)
            return
        self.path = (*self.path, Place(self.dimension, row.id))
        below = BELOW.get(self.dimension, "plant")
        if any(place.dimension == below for place in self.path):
            below = LAST
        self.show_by(below)

    def show_by(self, dimension: str) -> None:
        """Choose a dimension."""
        self.by.setCurrentIndex(self.by.findData(dimension))
        self._show()

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
        assert self._found is not None
        whole = button(_("Whole group"), lambda: self.go_up(0), role="link")
        self._way.addWidget(whole)
        for place, one in enumerate(self.path, 1):
            self._way.addWidget(label("›", "muted"))
            words = title_of(self._found, one.dimension, one.key)
            if place == len(self.path):
                self._way.addWidget(label(words, strong=True))
            else:
                self._way.addWidget(button(words, lambda place=place: self.go_up(place), role="link"))  # type: ignore[misc]
