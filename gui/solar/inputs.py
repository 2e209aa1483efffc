"""Inputs of the dialogs about PV: a small table one types into, a list of meters to tick, fields side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.ledger import Meter
from gui.fields import Field
from gui.language import language
from gui.tables.table import Column, Edits, Refusal, TableModel
from gui.tables.view import GridView
from gui.theme import tokens
from gui.widgets import label, letters
from gui.wording import named

R = TypeVar("R")
LINES = 4
"""Of a list of meters, before it scrolls."""


class DraftTable(QWidget, Generic[R]):
    """Records that are typed before anything is kept; what is refused stands below. It works like every grid."""

    changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        name: str,
        rows: int,
        blank: Callable[[], R] | None = None,
        identity: Callable[[R], Hashable] | None = None,
    ) -> None:
        super().__init__()
        self.model: TableModel[R] = TableModel(columns, identity=identity, blank=blank, parent=self)
        self.view: GridView[R] = GridView(self.model)
        self.view.setAccessibleName(name)
        self.view.setSortingEnabled(False)  # the order of the rows may mean something
        self.model.asked.connect(self._apply)
        self.model.refused.connect(self._refuse)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._problem)
        self.setFocusProxy(self.view)
        self._size(rows)

    def _size(self, rows: int) -> None:
        """Columns as wide as their titles and numbers, so many rows high."""
        head = self.view.horizontalHeader()
        wide = 4
        for place, column in enumerate(self.model.columns):
            title = max(head.fontMetrics().horizontalAdvance(words) for words in (column.title, column.unit)) + 22
            self.view.setColumnWidth(place, max(letters(self.view, column.width) + 18, title))
            wide += self.view.columnWidth(place)
        bar = self.view.horizontalScrollBar().sizeHint().height()
        line = self.view.verticalHeader().defaultSectionSize()
        self.view.setFixedHeight(line * rows + head.sizeHint().height() + bar + 4)
        self.whole = wide + self.view.verticalScrollBar().sizeHint().width()
        """Width at which nothing is hidden. [px]"""

    @property
    def records(self) -> tuple[R, ...]:
        """What stands in the table."""
        return tuple(self.model.records)

    def show_records(self, records: Sequence[R]) -> None:
        """Put these there."""
        self.model.set_rows(tuple(records))

    def complain(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _apply(self, edits: Edits[R]) -> None:
        self.complain("")
        records = list(self.records)
        for edit in edits.edits:
            if edit.before is None and edit.after is not None:
                records.append(edit.after)
            elif edit.before is not None:
                place = next(i for i, one in enumerate(records) if one is edit.before or one == edit.before)
                records[place : place + 1] = [] if edit.after is None else [edit.after]
        self.show_records(records)
        self.changed.emit()

    def _refuse(self, refusals: tuple[Refusal, ...]) -> None:
        first = refusals[0]
        self.complain(named(first.column, first.error.text(language())))


class MeterField(Field):
    """Meters to tick; those that fit stand first."""

    def __init__(self, title: str, meters: Sequence[Meter], direction: str, hint: str = "") -> None:
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet(_ticks())
        super().__init__(title, self.list, hint)
        self._direction = direction
        self._offer(meters)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())

    def _offer(self, meters: Sequence[Meter]) -> None:
        fitting = sorted(meters, key=lambda one: (one.direction != self._direction, one.name))
        for meter in fitting:
            item = QListWidgetItem(meter.name)
            item.setData(Qt.ItemDataRole.UserRole, meter.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(meter.name)
            self.list.addItem(item)
        line = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 8)
        self.list.setFixedHeight(line * min(LINES, max(2, len(fitting))) + 6)
        if fitting:
            self.list.setCurrentRow(0)

    def set(self, keys: Sequence[str]) -> None:
        """Tick these."""
        for item in self._items():
            ticked = str(item.data(Qt.ItemDataRole.UserRole)) in keys
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def read(self) -> tuple[str, ...]:
        """Ids of what is ticked; a meter that exists no more is dropped."""
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]


def _ticks() -> str:
    """Paper and boxes as everywhere else."""
    t = tokens()
    return (
        f"QListView {{ background: {t.raised}; border: 1px solid {t.edge}; border-radius: 5px; outline: 0; }}"
        f"QListView:focus {{ border-color: {t.accent}; }}"
        "QListView::item { padding: 3px 6px; }"
        f"QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {t.edge}; border-radius: 3px;"
        f" background: {t.raised}; }}"
        f"QListView::indicator:checked {{ background: {t.accent}; border-color: {t.accent};"
        f" image: url(theme:tick-{t.name}.svg); }}"
    )


def row_of(*widgets: QWidget) -> QWidget:
    """Fields side by side, each as wide as the others."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
    return made
