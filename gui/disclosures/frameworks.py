"""The list of frameworks: each with its edition and two counts, of data and of proof, that are never put together."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.disclosures.readiness import Count, Readiness
from gui.disclosures import words
from gui.fonts import scaled
from gui.language import _
from gui.theme import colour, tokens
from gui.widgets import letters

KEY = int(Qt.ItemDataRole.UserRole)
READY = KEY + 1
PAD, GAP, BAR = 8, 8, 5
"""Around a framework, before a bar, height of a bar. [px]"""
LEAST = 22
"""Digits that the list keeps."""


class FrameworkList(QWidget):
    """One framework is chosen; arrow keys and typed letters go to another."""

    chosen = Signal(str)
    """Key of the framework."""

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Frameworks"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumWidth(letters(self, LEAST))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.list.currentItemChanged.connect(lambda now, _before: self._changed(now))
        self.setFocusProxy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.list)
        self._filling = False

    @property
    def key(self) -> str:
        """Of the framework that is chosen; empty before there is any."""
        return str(self.list.currentItem().data(KEY)) if self.list.currentRow() >= 0 else ""

    def show_frameworks(self, found: Iterable[Readiness]) -> None:
        """These, in their order; what was chosen stays chosen, at first it is the one that asks most."""
        held, before = tuple(found), self.key
        keys = [one.map.key for one in held]
        wanted = before if before in keys else _first(held)
        self._filling = True
        if keys != [self.list.item(row).data(KEY) for row in range(self.list.count())]:
            self.list.clear()
            for key in keys:
                item = QListWidgetItem()
                item.setData(KEY, key)
                self.list.addItem(item)
        for row, one in enumerate(held):
            self._fill(self.list.item(row), one)
        if wanted in keys:
            self.list.setCurrentRow(keys.index(wanted))
        self._filling = False
        if self.key != before:
            self.chosen.emit(self.key)

    def choose(self, key: str) -> bool:
        """Go to a framework; False when there is none of this key."""
        row = next((row for row in range(self.list.count()) if self.list.item(row).data(KEY) == key), -1)
        if row >= 0:
            self.list.setCurrentRow(row)
        return row >= 0

    def _fill(self, item: QListWidgetItem, one: Readiness) -> None:
        item.setText(f"{one.map.framework} {one.map.edition}")
        item.setData(READY, one)
        said = f"{item.text()}. {counts_words(one)}."
        item.setToolTip(said)
        item.setData(int(Qt.ItemDataRole.AccessibleTextRole), said)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(self.key)


def _first(found: tuple[Readiness, ...]) -> str:
    return max(found, key=lambda one: one.data.of).map.key if found else ""


def data_words(count: Count) -> str:
    """``Data 25 of 49``; that nothing is counted where all of it is optional or does not apply."""
    return _("Data {count}", count=words.counted(count)) if count.of else _("Nothing is counted here")


def counts_words(one: Readiness) -> str:
    """Both counts, apart."""
    return f"{data_words(one.data)} · {proof_words(one.evidence)}" if one.data.of else data_words(one.data)


def proof_words(count: Count) -> str:
    """``Proof 12 of 49``."""
    return _("Proof {count}", count=words.counted(count))


class _Painter(QStyledItemDelegate):
    """Name, edition, and the two counts, each with its bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        return QSize(letters(option.widget, LEAST), 4 * line + 2 * PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one = index.data(READY)
        if not isinstance(one, Readiness):
            return
        painter.save()
        self._ground(painter, option)
        area, line = option.rect.adjusted(PAD, PAD, -PAD, -PAD), option.fontMetrics.height()
        ink = option.palette.color(QPalette.ColorRole.Text)
        self._text(painter, QRect(area.left(), area.top(), area.width(), line), one.map.framework,
                   scaled(option.font, 1.0, strong=True), ink)  # fmt: skip
        faint = scaled(option.font, 0.92)
        self._text(painter, QRect(area.left(), area.top() + line, area.width(), line), one.map.edition, faint,
                   colour("muted"))  # fmt: skip
        self._counts(painter, area.adjusted(0, 2 * line, 0, 0), one, faint, ink)
        painter.restore()

    def _counts(self, painter: QPainter, area: QRect, one: Readiness, font: QFont, ink: QColor) -> None:
        """Below each other, the bars beginning at the same place."""
        painter.setFont(font)
        line = painter.fontMetrics().height() + 2
        rows = [(data_words(one.data), one.data, tokens().series[0])]
        if one.data.of:
            rows.append((proof_words(one.evidence), one.evidence, tokens().series[2]))
        wide = max(painter.fontMetrics().horizontalAdvance(said) for said, _count, _ink in rows)
        for place, (said, count, ink_of) in enumerate(rows):
            top, left = area.top() + place * line, area.left() + wide + GAP
            self._text(painter, QRect(area.left(), top, area.width(), line), said, font, ink)
            if count.of and left < area.right():
                self._bar(painter, QRect(left, top + (line - BAR) // 2 + 1, area.right() - left, BAR), count, ink_of)

    @staticmethod
    def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colour("hover"))
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))

    @staticmethod
    def _text(painter: QPainter, room: QRect, said: str, font: QFont, ink: QColor) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _bar(painter: QPainter, room: QRect, count: Count, ink: str) -> None:
        painter.fillRect(room, colour("line"))
        if count.of and count.n:
            full = max(2, round(room.width() * count.n / count.of))
            painter.fillRect(QRect(room.left(), room.top(), full, room.height()), ink)
