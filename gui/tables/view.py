"""The grid on screen: painted lean, worked by keyboard like a spreadsheet.

Enter moves down, Tab right, typing edits, F2 edits in place, Ctrl+C / Ctrl+V exchange with Excel, Ctrl+D fills down,
Delete empties cells, Ctrl+Delete deletes the rows. In a grid that is only read, Enter does what a double click does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QKeyCombination,
    QMetaMethod,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from core.errors import UserError
from core.i18n import T
from gui.fonts import figures
from gui.language import _
from gui.panes import local_files
from gui.tables import pasting, tsv
from gui.tables.cells import CellDelegate
from gui.tables.model import Edit, Edits, Refusal, TableModel
from gui.widgets import letters

R = TypeVar("R")
_Hint = QAbstractItemDelegate.EndEditHint


class GridView(QTableView, Generic[R]):
    """A table view with the habits of a spreadsheet."""

    brought = Signal()
    """Files or a picture are pasted: no cells, but perhaps the page knows what to do with them."""

    def __init__(self, model: TableModel[R], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = CellDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFont(figures(self.font()))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # see focusNextPrevChild
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 10)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(letters(self, 5))
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.named: Callable[[str], str] | None = None
        """Key of the column that a heading of somebody else's table means, or empty; None: its own titles alone."""
        self.least: dict[int, int] = {}
        """Columns that take the width that is left, and how narrow they may become. [px]"""
        head.sectionResized.connect(self._beside_resized)

    # ------------------------------------------------------------------ room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _beside_resized(self, place: int, _old: int, _new: int) -> None:
        if place not in self.least:
            self._give_room()

    def _give_room(self) -> None:
        """What is left to the columns that take it; where that is too little, they keep some and the grid scrolls."""
        head, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        shown = [place for place in self.least if not self.isColumnHidden(place)]
        left = self.viewport().width() - sum(head.sectionSize(n) for n in range(head.count()) if n not in shown)
        enough = left >= sum(self.least[place] for place in shown)
        for place in shown:
            if enough:
                head.setSectionResizeMode(place, mode.Stretch)
                continue
            head.setSectionResizeMode(place, mode.Fixed)  # this width is nobody's choice, so it is not kept
            self.setColumnWidth(place, self.least[place])
            head.setSectionResizeMode(place, mode.Interactive)

    def wrap_rows(self) -> None:
        """Rows as high as their words need, for tables one reads."""
        self.setWordWrap(True)
        self._delegate.wraps = True
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.setInterval(0)
        self._measure.timeout.connect(self.resizeRowsToContents)
        self.horizontalHeader().sectionResized.connect(lambda _place, _old, _new: self._measure.start())

    # ------------------------------------------------------------------ selection

    def block(self) -> tuple[list[int], list[int]]:
        """Visible rows and columns of the smallest rectangle around the selection; around the current cell if none."""
        ranges = self.selectionModel().selection().toList()
        if not ranges:
            current = self.currentIndex()
            return ([current.row()], [current.column()]) if current.isValid() else ([], [])
        top, bottom = min(r.top() for r in ranges), max(r.bottom() for r in ranges)
        left, right = min(r.left() for r in ranges), max(r.right() for r in ranges)
        return list(range(top, bottom + 1)), [c for c in range(left, right + 1) if not self.isColumnHidden(c)]

    def chosen(self) -> list[R]:
        """The records touched by the selection, in the order shown."""
        rows: set[int] = set()
        for one in self.selectionModel().selection().toList():
            rows.update(range(one.top(), one.bottom() + 1))
        return [record for row in sorted(rows) if (record := self._model.record(row)) is not None]

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one, and where rows are chosen its row."""
        index, flag = self._model.index(row, column), QItemSelectionModel.SelectionFlag
        if index.isValid():
            whole = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | (flag.Rows if whole else flag.NoUpdate))
            self.scrollTo(index)

    # ------------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # an editor passes Enter on, before it closes and moves by itself
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.keyCombination() in _KEYS:
            getattr(self, _KEYS[event.keyCombination()])()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _enter(self, *, back: bool) -> None:
        """Down, as in a spreadsheet; where nothing is typed, open what a double click opens."""
        here = self.currentIndex()
        opens = not self._model.editable and self.isSignalConnected(QMetaMethod.fromSignal(self.doubleClicked))
        if opens and not back and here.isValid():
            self.doubleClicked.emit(here)
        else:
            self._move(-1 if back else 1, 0)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes from cell to cell where cells are filled in, and on from the last one; it never keeps anybody."""
        if self._model.editable and self._move(0, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the keys do, for those who do not know them."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Copy always; the rest where something can be edited."""
        menu = QMenu(self)
        acts: list[tuple[str, str, Callable[[], None]] | None] = [
            (_("Copy"), "Ctrl+C", self.copy),
            (_("Copy with headings"), "Ctrl+Shift+C", self.copy_with_headings),
        ]
        if self._model.editable:
            acts += [
                (_("Paste"), "Ctrl+V", self.paste),
                None,
                (_("Fill down"), "Ctrl+D", self.fill_down),
                (_("Empty cells"), "Del", self.clear_cells),
                (_("Delete rows"), "Ctrl+Del", self.delete_rows),
            ]
        for act in acts:
            if act is None:
                menu.addSeparator()
            else:
                action = menu.addAction(act[0], act[2])
                action.setShortcut(QKeySequence(act[1]))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown only: the grid hears the keys
        return menu

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:  # noqa: N802 - Qt's name
        """Go on to where the key points; a refused text stays open to be mended."""
        leaving = hint in (_Hint.SubmitModelCache, _Hint.EditNextItem, _Hint.EditPreviousItem)
        if self._delegate.refusal and leaving:
            return
        self._delegate.refusal = False
        super().closeEditor(editor, _Hint.NoHint)
        if hint == _Hint.SubmitModelCache:
            self._move(1, 0)
        elif hint == _Hint.EditNextItem:
            self._move(0, 1)
        elif hint == _Hint.EditPreviousItem:
            self._move(0, -1)

    def _move(self, down: int, right: int) -> bool:
        """False where there is no further cell."""
        current = self.currentIndex()
        shown = [c for c in range(self._model.columnCount()) if not self.isColumnHidden(c)]
        if not current.isValid() or current.column() not in shown:
            return False
        row, place = current.row() + down, shown.index(current.column()) + right
        if place >= len(shown):
            row, place = row + 1, 0
        elif place < 0:
            row, place = row - 1, len(shown) - 1
        if not 0 <= row < self._model.rowCount():
            return False
        self.go(row, shown[place])
        return True

    # ------------------------------------------------------------------ clipboard and ranges

    def copy(self) -> None:
        """The selected cells with their full values, as Excel wants them."""
        QGuiApplication.clipboard().setText(self.copied())

    def copy_with_headings(self) -> None:
        """The same with the headings above."""
        _rows, columns = self.block()
        heads = tsv.write([[self._model.columns[c].heading for c in columns]])
        QGuiApplication.clipboard().setText(heads + self.copied())

    def copied(self) -> str:
        """The text ``copy`` puts on the clipboard."""
        rows, columns = self.block()
        records = [record for row in rows if (record := self._model.record(row)) is not None]
        return tsv.write([[self._model.columns[c].value(record) for c in columns] for record in records])

    def paste(self) -> None:
        """Cells from the clipboard, all of them or none: below their headings where they have some, else from the top
        left of the selection on. Where nothing is selected they become new rows."""
        data = QGuiApplication.clipboard().mimeData()
        if local_files(data) or (data.hasImage() and not data.hasText()):
            self.brought.emit()
            return
        cells = tsv.parse(data.text())
        if self._model.blank is not None and not self.selectionModel().hasSelection():
            self.go(self._model.rowCount() - 1, self._model.first_editable)
        rows, columns = self.block()
        if not cells or not rows:
            return
        headed = pasting.under_headings(cells, self._model.columns, self.named)
        if headed is not None:
            if headed.refused:
                self._model.refused.emit(headed.refused)
            else:
                self._apply("paste", rows[0], headed.columns, headed.cells)
            return
        shown = [c for c in range(columns[0], self._model.columnCount()) if not self.isColumnHidden(c)]
        if len(cells) == 1 and len(cells[0]) == 1:
            cells = [cells[0] * len(columns)] * len(rows)
        self._apply("paste", rows[0], shown, cells)

    def fill_down(self) -> None:
        """The top cells of the selection into those below; from the row above if only one row is selected."""
        rows, columns = self.block()
        top = rows[0] if len(rows) > 1 else (rows[0] - 1 if rows else -1)
        source = self._model.record(top)
        below = [r for r in rows if r > top and self._model.record(r) is not None]
        if source is None or not below:
            return
        values = [self._model.columns[c].value(source) for c in columns]
        self._apply("fill", below[0], columns, [values] * len(below))

    def clear_cells(self) -> None:
        """Empty the selected cells, where a cell may be empty."""
        rows, columns = self.block()
        held = [r for r in rows if self._model.record(r) is not None]
        if held:
            self._apply("clear", held[0], columns, [[""] * len(columns)] * len(held))

    def delete_rows(self) -> None:
        """Ask for the deletion of the selected records."""
        records = self.chosen()
        if records and self._model.editable:
            self._model.asked.emit(Edits("delete", tuple(Edit(record, None) for record in records)))

    def _apply(self, act: Any, first: int, columns: list[int], cells: list[list[str]]) -> None:
        """Turn a rectangle of texts into edits, or into refusals if one cell is not accepted."""
        edits: list[Edit[R]] = []
        refused: list[Refusal] = []
        for offset, texts in enumerate(cells):
            before = self._model.record(first + offset)
            after, problems = self._edited_row(before, columns, texts, offset + 1)
            refused += problems
            if after is not None and after != before:
                edits.append(Edit(before, after))
        if refused:
            self._model.refused.emit(tuple(refused))
        elif edits:
            self._model.asked.emit(Edits(act, tuple(edits)))

    def _edited_row(
        self, before: R | None, columns: list[int], texts: list[str], number: int
    ) -> tuple[R | None, list[Refusal]]:
        after, problems = before, []
        if len(texts) > len(columns) and any(text.strip() for text in texts[len(columns) :]):
            error = UserError(
                T("There are more columns in what was pasted than in the table."),
                T("Copy fewer columns, or begin further to the left."),
            )
            return before, [Refusal(number, "", texts[len(columns)], error)]
        if not any(text.strip() for text in texts) and before is None:
            return None, []
        for column, text in zip(columns, texts, strict=False):
            described = self._model.columns[column]
            if after is not None and text == described.value(after):
                continue
            if not text.strip() and (before is None or not described.value(before)):
                continue  # an empty cell takes nothing away that follows from the cells before it
            try:
                after = self._model.edited(after, column, text)
            except UserError as error:
                problems.append(Refusal(number, described.title, text, error))
        return after, problems


def _keys(text: str) -> QKeyCombination:
    """``Ctrl+D`` as an event tells it."""
    combination: QKeyCombination = QKeySequence(text)[0]  # type: ignore[index]
    return combination


_KEYS = {
    _keys("Ctrl+D"): "fill_down",
    _keys("Ctrl+Shift+C"): "copy_with_headings",
    _keys("Del"): "clear_cells",
    _keys("Ctrl+Del"): "delete_rows",
    _keys("Ctrl+-"): "delete_rows",
}
