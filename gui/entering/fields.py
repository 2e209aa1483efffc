"""Form fields of what is more than a line: several of a list, and words over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from gui.fields import Field, said, words_field
from gui.language import _

SEEN = 5
"""Lines of a list that are seen at once."""
MANY = 8
"""From so many choices on, there is a line that narrows the list."""
_At = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Choices(QAbstractListModel):
    """Keys with their words, each chosen or not; what was chosen at first stands first."""

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._words = dict(choices)
        self.keys = [*chosen, *(key for key in self._words if key not in chosen)]
        self.chosen = set(chosen)

    def rowCount(self, parent: _At = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    def words(self, row: int) -> str:
        """What a person reads there; the key of what is gone."""
        return self._words.get(self.keys[row], self.keys[row])

    def data(self, index: _At, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            chosen = self.keys[index.row()] in self.chosen
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _At) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: _At, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        act = self.chosen.add if Qt.CheckState(value) == Qt.CheckState.Checked else self.chosen.discard
        act(self.keys[index.row()])
        self.dataChanged.emit(index, index, [role])
        return True

    def choose(self, keys: Sequence[str]) -> None:
        """These and no others."""
        self.chosen = set(keys)
        self.dataChanged.emit(self.index(0), self.index(len(self.keys) - 1))


class _List(QWidget):
    """The list, and above it the filter where the list is long."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__()
        self.view = QListView()
        self.model = Choices(choices, chosen, self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(title)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = max(2, min(SEEN, len(self.model.keys)))
        self.view.setFixedHeight(lines * (self.view.fontMetrics().lineSpacing() + 8) + 8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Type to narrow the list"))
        self.filter.setAccessibleName(_("Narrow the list: {name}", name=title))
        self.filter.textChanged.connect(self._narrow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.filter)
        column.addWidget(self.view)
        long = len(self.model.keys) >= MANY
        self.filter.setVisible(long)
        self.setFocusProxy(self.filter if long else self.view)

    def _narrow(self, text: str) -> None:
        """What is chosen stays in sight."""
        wanted = text.strip().casefold()
        for row, key in enumerate(self.model.keys):
            fits = wanted in self.model.words(row).casefold() or key in self.model.chosen
            self.view.setRowHidden(row, not fits)


class SeveralField(Field):
    """Several of a list, what is chosen first; space or a click chooses and takes off."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = (), hint: str = "", *,
        required: bool = False,
    ) -> None:  # fmt: skip
        self._box = _List(title, choices, chosen)
        self.list, self.model, self.filter = self._box.view, self._box.model, self._box.filter
        if not choices:
            hint = f"{hint} {_('There is nothing to choose from yet.')}".strip()
        super().__init__(title, self._box, hint, required=required)
        self.model.dataChanged.connect(self._touched)

    def _touched(self) -> None:
        self.complain("")
        self.changed.emit()

    def set(self, keys: Sequence[str]) -> None:
        """Choose these and no others."""
        self.model.choose(keys)

    def read(self) -> tuple[str, ...]:
        """Keys of what is chosen: what was chosen before in its order, then the rest in the order of the list.

        Raises
        ------
        UserError
            when nothing is and something must be.
        """
        found = tuple(key for key in self.model.keys if key in self.model.chosen)
        if self.required and not found:
            raise self._missing()
        self.complain("")
        return found


class WordsField(Field):
    """Words over several lines."""

    def __init__(self, title: str, value: str = "", hint: str = "", *, required: bool = False) -> None:
        self.words = words_field(value)
        super().__init__(title, self.words, hint, required=required)
        self.words.textChanged.connect(self._touched)

    def _touched(self) -> None:
        self.complain("")
        self.changed.emit()

    def read(self) -> str:
        """What was typed, without the space around it.

        Raises
        ------
        UserError
            when nothing was and something must be.
        """
        text = said(self.words)
        if self.required and not text:
            raise self._missing()
        self.complain("")
        return text
