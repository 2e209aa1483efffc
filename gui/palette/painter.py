"""One line of the box: icon, title, what tells it from others, and keys at the right; headings are small."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.fonts import scaled
from gui.icons import SIZE, pixmap
from gui.palette.rows import Row
from gui.theme import colour

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PAD, GAP = 10, 10
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SHARE = 0.62
"""Of the room that a title may take where something stands beside it."""


class RowPainter(QStyledItemDelegate):
    """Paints rows lean: a list of a hundred is drawn at each key."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, option.fontMetrics.height() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        rect: QRect = option.rect
        room = rect.adjusted(PAD, 0, -PAD, 0)
        painter.save()
        if row.is_heading:
            self._heading(painter, option, row, room)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
            self._row(painter, option, row, room)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRect) -> None:
        painter.setFont(scaled(option.font, 0.88, strong=True))
        painter.setPen(colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.title)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, row.keys)

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRect) -> None:
        metrics = option.fontMetrics
        if row.icon:
            painter.drawPixmap(room.left(), room.center().y() - SIZE // 2, pixmap(row.icon, "muted"))
        room = room.adjusted(SIZE + GAP, 0, 0, 0)
        painter.setPen(colour("muted"))
        if row.keys:
            painter.drawText(room, RIGHT, row.keys)
            room = room.adjusted(0, 0, -metrics.horizontalAdvance(row.keys) - GAP, 0)
        beside = row.reason or row.beside
        most = int(room.width() * _SHARE) if beside else room.width()
        title = _fitted(metrics, row.title, most)
        painter.setPen(colour("muted" if row.reason else "text"))
        painter.drawText(room, LEFT, title)
        room = room.adjusted(metrics.horizontalAdvance(title) + GAP, 0, 0, 0)
        painter.setPen(colour("muted"))
        painter.drawText(room, RIGHT if row.entry is not None else LEFT, _fitted(metrics, beside, room.width()))


def _fitted(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, max(0, width))
