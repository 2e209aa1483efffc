"""A big table with its tools: filter as you type, column choice, count; the only table widget of the program.

The page connects ``asked`` (Edits, to become one change) and ``refused`` (Refusals, to be told), and brings the records
with ``set_rows`` whenever they have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.language import _
from gui.settings import Settings
from gui.tables.model import Column, Edit, Edits, Mark, Refusal, TableModel
from gui.tables.view import GridView
from gui.widgets import as_search, label, letters, tool

R = TypeVar("R")
TYPING_PAUSE_MS = 120
BELOW = 22
"""What a table that scrolls sideways needs below its rows. [px]"""
LEAST = 12
"""Digits that a column keeps which takes what the others leave."""

__all__ = ["Column", "Edit", "Edits", "Mark", "Refusal", "Table", "TableModel"]


class Search(QLineEdit):
    """The line of the filter. Enter and Down go on to the rows, and no further: not to the button of a dialog."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            event.accept()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Table(QWidget, Generic[R]):
    """Toolbar above, grid below."""

    asked = Signal(object)
    """Edits: one act of the person, to become one change."""
    refused = Signal(object)
    """Tuple of Refusal: nothing was changed, and why."""
    current = Signal(object)
    """The record the person stands on, or None."""

    def __init__(
        self,
        key: str,
        columns: Sequence[Column[R]],
        settings: Settings,
        *,
        name: str,
        identity: Callable[[R], Hashable] | None = None,
        blank: Callable[[], R] | None = None,
        editable: bool = True,
        marks: Callable[[R], Mapping[str, Mark]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._settings = key, settings
        self.model: TableModel[R] = TableModel(
            columns, identity=identity, blank=blank, editable=editable, marks=marks, parent=self
        )
        self.view: GridView[R] = GridView(self.model)
        self.view.setAccessibleName(name)
        self.bar = QHBoxLayout()
        self._spare: list[QPushButton] = []
        self._withheld: set[QPushButton] = set()
        self._empty: QWidget | None = None
        self._last: QWidget
        self._build(name)
        self._arrange_columns()
        self.model.asked.connect(self.asked)
        self.model.refused.connect(self.refused)
        self.model.shown.connect(self._count_rows)
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.modelReset.connect(self._return_to_place)
        self.view.selectionModel().currentChanged.connect(self._tell_current)
        self._place: tuple[Hashable, int, int] | None = None

    # ------------------------------------------------------------------ for pages

    def set_rows(self, records: Sequence[R]) -> None:
        """Show these records; place and order are kept."""
        self.model.set_rows(records)
        self._tell_current()

    @property
    def chosen(self) -> list[R]:
        """The records touched by the selection."""
        return self.view.chosen()

    def current_record(self) -> R | None:
        """The record the person stands on."""
        index = self.view.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def show_record(self, key: Hashable, column: str = "") -> bool:
        """Go to a record; a filter that hides it is lifted. False when there is no such record."""
        row = self.model.row_of(key)
        if row is None and self.model.filtered:
            self.search.clear()
            self.model.set_filter("")
            row = self.model.row_of(key)
        if row is None:
            return False
        keys = [c.key for c in self.model.columns]
        self.view.go(row, keys.index(column) if column in keys else max(0, self.view.currentIndex().column()))
        self.view.setFocus()
        return True

    def stand(self, wanted: Callable[[R], bool] = lambda _record: True) -> None:
        """Where the person stands on no row yet, on the first that is wanted, else on the first: it is seen what can
        be done with it, and Enter does it."""
        if self.current_record() is None and (rows := self.model.visible):
            self.view.go(next((place for place, row in enumerate(rows) if wanted(row)), 0), 0)

    def begin_record(self) -> None:
        """Go to the empty row at the end, to type a new record."""
        if self.model.blank is not None:
            self.search.clear()
            self.model.set_filter("")
            self.view.go(self.model.rowCount() - 1, max(0, self.model.first_editable))
            self.view.setFocus()

    def show_at_least(self, rows: int, below: int = BELOW) -> None:
        """So many rows are seen at once, with headings above and some room ``below`` [px]; more where there is some."""
        line, head = self.view.verticalHeader().defaultSectionSize(), self.view.horizontalHeader().sizeHint().height()
        self.view.setMinimumHeight(rows * line + head + below)

    def set_empty(self, widget: QWidget) -> None:
        """What stands in the grid's place while there are no records: what belongs here and how to begin."""
        self._empty = widget
        self._stack.addWidget(widget)
        self._count_rows()

    def add_tool(self, widget: QWidget) -> None:
        """Put a widget into the toolbar, left of the choice of columns."""
        self.bar.addWidget(widget)
        QWidget.setTabOrder(self._last, widget)
        self._last = widget

    def add_spare_tool(self, one: QPushButton) -> None:
        """The same, for a button that leaves where the table is narrow, in the order in which they came. The page
        offers what it does in a menu, see :attr:`left_out`."""
        self.add_tool(one)
        self._spare.append(one)

    def offer(self, one: QPushButton, offered: bool) -> None:
        """Whether a spare button is for the person who acts at all; one that is not takes no room."""
        (self._withheld.discard if offered else self._withheld.add)(one)
        self._fit_tools()

    @property
    def left_out(self) -> list[QPushButton]:
        """Buttons for which there is no room."""
        return [one for one in self._offered if one.isHidden()]

    @property
    def _offered(self) -> list[QPushButton]:
        return [one for one in self._spare if one not in self._withheld]

    # ------------------------------------------------------------------ room

    def minimumSizeHint(self) -> QSize:
        """Without spare buttons: no page must scroll sideways for what its table can do without."""
        least = self._tools.minimumSize().width() - sum(self._taken(one) for one in self._spare if not one.isHidden())
        return QSize(max(least, self._stack.minimumSize().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """Take spare buttons out of the toolbar until the others have room."""
        for one in self._withheld:
            one.hide()
        wanted = self._tools.minimumSize().width() + sum(map(self._taken, self.left_out))
        for one in self._offered:
            leaves = wanted > self.width()
            one.setVisible(not leaves)
            wanted -= self._taken(one) if leaves else 0
        if self._spare:
            self.bar.invalidate()  # rows within a layout keep what they have measured until they are laid out
            self._tools.invalidate()

    def _taken(self, one: QPushButton) -> int:
        """Of the toolbar, by a button. [px]"""
        return one.minimumSizeHint().width() + self.bar.spacing()

    # ------------------------------------------------------------------ building

    def _build(self, name: str) -> None:
        self.search = self._search_line(name)
        self.count = label("", "muted")
        self._columns = tool("columns", _("Choose columns of {table}", table=name), self._offer_columns)
        self._last = self.search
        tools = self._tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search)
        tools.addWidget(self.count)
        tools.addStretch(1)
        tools.addLayout(self.bar)
        tools.addWidget(self._columns)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(tools)
        whole.addLayout(self._stack, 1)
        QWidget.setTabOrder(self.search, self._columns)
        QWidget.setTabOrder(self._columns, self.view)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.model.set_filter(self.search.text()))
        self.search.textChanged.connect(self._typing.start)
        self.search.left.connect(self._enter_grid)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _search_line(self, name: str) -> Search:
        line = Search()
        as_search(line, _("Filter"), _("Filter {table}", table=name))
        line.setMinimumWidth(letters(self, 14))
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return line

    def _arrange_columns(self) -> None:
        head = self.view.horizontalHeader()
        hidden = self._settings.hidden_columns(self._key, (c.key for c in self.model.columns if c.hidden))
        kept = self._settings.column_widths(self._key)
        digit = self.view.fontMetrics().horizontalAdvance("0")
        for place, column in enumerate(self.model.columns):
            title = max(head.fontMetrics().horizontalAdvance(words) for words in (column.title, column.unit)) + 26
            self.view.setColumnHidden(place, column.key in hidden)
            self.view.setColumnWidth(place, kept.get(column.key, max(column.width * digit + 18, title)))
            if column.stretch and column.key not in kept:
                self.view.least[place] = max(min(column.width, LEAST) * digit + 18, title)
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda _at: self._offer_columns())
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(400)
        self._keeping.timeout.connect(self._keep_widths)
        head.sectionResized.connect(self._resized)

    def _resized(self, place: int, _old: int, new: int) -> None:
        mode = self.view.horizontalHeader().sectionResizeMode(place)
        if new and mode == QHeaderView.ResizeMode.Interactive and self.isVisible():
            self.view.least.pop(place, None)  # its width is somebody's choice from now on
            self._keeping.start()

    def _keep_widths(self) -> None:
        head = self.view.horizontalHeader()
        interactive = QHeaderView.ResizeMode.Interactive
        widths = {
            column.key: self.view.columnWidth(place)
            for place, column in enumerate(self.model.columns)
            if not self.view.isColumnHidden(place) and head.sectionResizeMode(place) == interactive
            if place not in self.view.least
        }
        self._settings.keep_widths(self._key, self._settings.column_widths(self._key) | widths)

    # ------------------------------------------------------------------ tools

    def show_column(self, key: str, visible: bool) -> None:
        """Switch a column on or off, and remember it; the last one stays."""
        places = {column.key: place for place, column in enumerate(self.model.columns)}
        shown = [k for k, place in places.items() if not self.view.isColumnHidden(place)]
        if visible or shown != [key]:
            self.view.setColumnHidden(places[key], not visible)
            self._settings.hide_columns(self._key, [k for k, p in places.items() if self.view.isColumnHidden(p)])

    def column_menu(self) -> QMenu:
        """One tick for each column."""
        menu = QMenu(self)
        for place, column in enumerate(self.model.columns):
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(place))
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
        return menu

    def _offer_columns(self) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _enter_grid(self) -> None:
        self.model.set_filter(self.search.text())
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.go(0, 0)

    def _count_rows(self) -> None:
        total, seen = len(self.model.records), len(self.model.visible)
        if self.model.filtered:
            self.count.setText(_("{seen} of {total} rows", seen=f"{seen:,}", total=f"{total:,}"))
        else:
            self.count.setText(_("1 row") if total == 1 else _("{total} rows", total=f"{total:,}"))
        self._fit_tools()
        if self._empty is not None:
            self._stack.setCurrentWidget(self.view if total else self._empty)

    # ------------------------------------------------------------------ place

    def _remember_place(self) -> None:
        index = self.view.currentIndex()
        record = self.current_record()
        self._place = (self.model.identity(record), index.row(), index.column()) if record is not None else None

    def _return_to_place(self) -> None:
        if self._place is None:
            return
        key, row, column = self._place
        found = self.model.row_of(key)
        last = self.model.rowCount() - 1
        if last >= 0:
            self.view.go(found if found is not None else min(row, last), column)

    def _tell_current(self) -> None:
        self.current.emit(self.current_record())
