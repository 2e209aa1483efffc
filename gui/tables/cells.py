"""One cell of the grid: painted lean, edited in a line with completion."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gui.icons import LEVELS, pixmap
from gui.language import _
from gui.tables.model import MARK_ROLE, TableModel
from gui.theme import colour, tokens
from gui.widgets import suggest

PAD = 8
MARK = 14
ROW = 10
"""Above and below the words of a row."""


class CellDelegate(QStyledItemDelegate):
    """Paints text, selection and problem mark, nothing else; edits in a line with completion."""

    def __init__(self, model: TableModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.refusal = False
        """Whether the text of the last edit was refused."""
        self.wraps = False
        """Whether long words go on in the next line, in rows that are high enough."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, row, column = self._model, index.row(), index.column()
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        record = model.record(row)
        described = model.columns[column]
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if record is None:
            if column == model.first_editable:
                painter.setPen(colour("muted"))
                painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _("+ New row"))
            return
        mark = model.data(index, MARK_ROLE)
        if mark is not None:
            token = {"info": "accent", "proof": "muted"}.get(mark.level, mark.level)
            line = option.fontMetrics.height() + ROW if self.wraps else inner.height()
            top = inner.top() + (line - MARK) // 2
            painter.drawPixmap(inner.left(), top, pixmap(LEVELS[mark.level], token, MARK))
            inner.setLeft(inner.left() + MARK + 4)
        faint = described.edit is None and any(c.edit for c in model.columns)
        painter.setPen(QColor(tokens().muted if faint and not selected else tokens().text))
        text = described.text(record)
        align = Qt.AlignmentFlag.AlignRight if described.align == "right" else Qt.AlignmentFlag.AlignLeft
        if self.wraps:
            inner.adjust(0, ROW // 2, 0, 0)
            painter.drawText(inner, align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)
            return
        if len(text) * option.fontMetrics.height() > inner.width():  # measuring is dear, so only what may not fit
            text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the wrapped words of the column's width; asked only where rows wrap."""
        record = self._model.record(index.row())
        if not self.wraps or record is None:
            return super().sizeHint(option, index)
        room = QRect(0, 0, option.rect.width() - 2 * PAD, 10_000)
        text = self._model.columns[index.column()].text(record)
        needed = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QSize(needed.width() + 2 * PAD, max(needed.height(), option.fontMetrics.height()) + ROW)

    def helpEvent(  # noqa: N802 - Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The mark's words; else the whole text where it did not fit."""
        record = self._model.record(index.row())
        if event.type() == QEvent.Type.ToolTip and record is not None and self._model.data(index, MARK_ROLE) is None:
            text = self._model.columns[index.column()].text(record)
            fits = view.fontMetrics().horizontalAdvance(text) <= view.visualRect(index).width() - 2 * PAD
            QToolTip.showText(event.globalPos(), "" if fits else text, view)
            return True
        return super().helpEvent(event, view, option, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        column = self._model.columns[index.column()]
        editor = QLineEdit(parent)
        editor.setAccessibleName(column.heading)
        if column.align == "right":
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if column.choices is not None:
            record = self._model.record(index.row())
            if record is None and self._model.blank is not None:
                record = self._model.blank()
            editor.setCompleter(completer(list(column.choices(record)), editor))
        self.refusal = False
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QLineEdit) and not editor.property("problem"):
            record = self._model.record(index.row())
            editor.setText("" if record is None else self._model.columns[index.column()].value(record))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not isinstance(editor, QLineEdit):
            return
        record = self._model.record(index.row())
        column = self._model.columns[index.column()]
        if editor.text() == ("" if record is None else column.value(record)):
            self.refusal = False
            return
        self.refusal = not self._model.setData(index, editor.text())
        editor.setProperty("problem", self.refusal)
        editor.style().polish(editor)


def completer(choices: list[str], parent: QWidget) -> QCompleter:
    """Offers every choice that holds what was typed."""
    made = QCompleter(choices, parent)
    suggest(made)
    made.setMaxVisibleItems(12)
    return made
