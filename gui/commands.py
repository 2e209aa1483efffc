"""What can be done, as data: one list feeds the menus, the shortcuts and the command palette (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.icons import SIZE, blank, icon
from gui.language import _
from gui.theme import colour
from gui.widgets import letters

KEYS_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the person can do."""

    title: str
    """In the language of the window."""
    run: Callable[[], object]
    shortcut: str = ""
    """As ``Ctrl+K``."""
    icon: str = ""
    menu: str = ""
    """``file``, ``edit``, ``view`` or ``go``; empty: only in the palette."""
    enabled: Callable[[], bool] | None = None
    """Asked when the menu opens and before it runs; None: always."""
    checked: Callable[[], bool] | None = None
    """For what is switched on and off."""

    @property
    def possible(self) -> bool:
        """Whether it can be done now."""
        return self.enabled is None or self.enabled()


class Palette(QDialog):
    """Type a few letters, Enter does it."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Commands"))
        self._commands = [command for command in commands if command.possible]
        model = QStandardItemModel(self)
        for command in self._commands:
            model.appendRow(_item(command))
        self._filter = QSortFilterProxyModel(self)  # a few dozen rows
        self._filter.setSourceModel(model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("What do you want to do?"))
        self.line.setAccessibleName(_("What do you want to do?"))
        self.line.setFrame(False)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setObjectName("commands")
        self.list.setAccessibleName(_("Commands"))
        self.list.setModel(self._filter)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_WithKeys(self.list))
        self.list.setIconSize(QSize(SIZE, SIZE))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 6, 6, 6)
        whole.addWidget(self.line)
        whole.addWidget(self.list)
        self.line.textChanged.connect(self._narrow)
        self.list.clicked.connect(lambda _index: self._run())
        self._narrow("")
        self.resize(letters(self, 70), self.fontMetrics().height() * 22)

    def show_over(self, window: QWidget) -> None:
        """Near the top of the window, in its middle."""
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + window.height() // 8)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the person goes on typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self._filter.setFilterFixedString(text.strip())
        self.list.setCurrentIndex(self._filter.index(0, 0))

    def _step(self, by: int) -> None:
        row = max(0, min(self._filter.rowCount() - 1, self.list.currentIndex().row() + by))
        self.list.setCurrentIndex(self._filter.index(row, 0))

    def _run(self) -> None:
        index = self._filter.mapToSource(self.list.currentIndex())
        if index.isValid():
            command = self._commands[index.row()]
            self.close()
            command.run()


class _WithKeys(QStyledItemDelegate):
    """The keys of a command stand at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.setPen(colour("muted"))
        room = option.rect.adjusted(0, 0, -10, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, str(index.data(KEYS_ROLE) or ""))


def _item(command: Command) -> QStandardItem:
    keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    item = QStandardItem(command.title)
    item.setData(keys, KEYS_ROLE)
    item.setIcon(icon(command.icon, "muted") if command.icon else QIcon(blank()))
    item.setAccessibleText(f"{command.title} {keys}".rstrip())
    return item
