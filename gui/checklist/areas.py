"""The areas of the checklist side by side, each with two counts that are never put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.disclosures.readiness import Count
from gui.disclosures.words import counted
from gui.fonts import scaled
from gui.language import _
from gui.theme import colour, tokens
from gui.widgets import letters

KEY = int(Qt.ItemDataRole.UserRole)
TILE = KEY + 1
PAD, BAR, SIGN = 8, 3, 7
"""Around a tile, height of a bar, of the sign that says which part of the bar is meant. [px]"""
LEAST = 16
"""Digits that a tile keeps: its counts are never cut."""
ALL = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """An area, or all of them."""

    key: str
    """Empty: all of them."""
    title: str
    answered: Count
    proven: Count

    @property
    def lines(self) -> tuple[str, str]:
        """Both counts in words."""
        return _("Answered {count}", count=counted(self.answered)), _("Proven {count}", count=counted(self.proven))

    @property
    def spoken(self) -> str:
        """For screen readers and the tooltip."""
        return f"{self.title}. {'. '.join(self.lines)}."


class AreaTiles(QListWidget):
    """One tile is chosen; arrow keys go to another. Where they have no room beside each other, there are more rows."""

    picked = Signal(str)
    """Key of the area."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tiles")
        self.setAccessibleName(_("Areas of the checklist"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Painter(self))
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda now, _before: self._changed(now))
        self._filling = False

    @property
    def key(self) -> str:
        """Of the area that is chosen; empty: all."""
        return str(self.currentItem().data(KEY)) if self.currentRow() >= 0 else ALL

    def show_tiles(self, tiles: Iterable[Tile]) -> None:
        """These, in their order; what was chosen stays chosen."""
        held, before = list(tiles), self.key
        self._filling = True
        if [self.item(row).data(KEY) for row in range(self.count())] != [one.key for one in held]:
            self.clear()
            for one in held:
                item = QListWidgetItem()
                item.setData(KEY, one.key)
                self.addItem(item)
        for row, one in enumerate(held):
            item = self.item(row)
            item.setText(one.title)
            item.setData(TILE, one)
            item.setToolTip(one.spoken)
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), one.spoken)
        self._filling = False
        self.choose(before)
        self._fit()

    def choose(self, key: str) -> None:
        """Go to an area."""
        for row in range(self.count()):
            if self.item(row).data(KEY) == key:
                self.setCurrentRow(row)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.picked.emit(self.key)

    # ------------------------------------------------------------------ room

    @property
    def tile(self) -> QSize:
        """Tiles share the width; where they would be too narrow, they stand in more rows."""
        room, count = max(1, self.viewport().width() - 1), max(1, self.count())
        least = letters(self, LEAST) + 2 * PAD
        beside = max(1, min(count, room // least))
        beside = -(-count // -(-count // beside))  # rows of the same length
        return QSize(room // beside, 3 * self.fontMetrics().height() + BAR + 2 * PAD)

    def _fit(self) -> None:
        one = self.tile
        beside = max(1, max(1, self.viewport().width() - 1) // max(1, one.width()))
        rows = -(-max(1, self.count()) // beside)
        self.setFixedHeight(rows * one.height() + 2 * self.frameWidth())
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One tile wide: they go on in further rows."""
        return QSize(letters(self, 4 * LEAST), self.minimumHeight())


class _Painter(QStyledItemDelegate):
    """Title, both counts, and below how much is answered, with what is proven of it filled."""

    def __init__(self, tiles: AreaTiles) -> None:
        super().__init__(tiles)
        self._tiles = tiles

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._tiles.tile

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one = index.data(TILE)
        if not isinstance(one, Tile):
            return
        painter.save()
        self._ground(painter, option, last=index.row() == self._tiles.count() - 1)
        line, faint = option.fontMetrics.height(), scaled(option.font, 0.92)
        room = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        self._text(painter, QRect(room.left(), room.top(), room.width(), line), one.title,
                   scaled(option.font, 1.0, strong=True))  # fmt: skip
        for place, (words, ink) in enumerate(zip(one.lines, (tokens().series[0], tokens().series[2]), strict=True), 1):
            sign = QRect(room.left(), room.top() + place * line + (line - SIGN) // 2, SIGN, SIGN)
            painter.fillRect(sign, ink)
            beside = room.left() + SIGN + 5
            self._text(painter, QRect(beside, room.top() + place * line, room.right() - beside, line), words, faint)
        self._bar(painter, QRect(room.left(), room.top() + 3 * line, room.width(), BAR), one)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem, *, last: bool) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colour("hover"))
        if not last:
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))

    @staticmethod
    def _text(painter: QPainter, room: QRect, words: str, font: QFont) -> None:
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _bar(painter: QPainter, room: QRect, one: Tile) -> None:
        painter.fillRect(room, colour("line"))
        for count, ink in ((one.answered, tokens().series[0]), (one.proven, tokens().series[2])):
            if count.of and count.n:
                wide = max(2, round(room.width() * count.n / count.of))
                painter.fillRect(QRect(room.left(), room.top(), wide, room.height()), ink)
