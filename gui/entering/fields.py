"""Form fields of what is more than a line: several of a list, and words over several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.fields import Field, said, words_field
from gui.language import _

SEEN = 5
"""Lines of a list that are seen at once."""
MANY = 8
"""From so many choices on, there is a line that narrows the list."""
_KEY = Qt.ItemDataRole.UserRole


class _List(QWidget):
    """The list, and above it the filter where the list is long."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Type to narrow the list"))
        self.filter.setAccessibleName(_("Narrow the list: {name}", name=title))
        self.filter.setClearButtonEnabled(True)
        self.filter.setVisible(len(choices) >= MANY)
        self.filter.textChanged.connect(self._narrow)
        words = dict(choices)
        rest = [key for key, _words in choices if key not in chosen]
        for key in (*chosen, *rest):
            item = QListWidgetItem(words.get(key, key))
            item.setData(_KEY, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        lines = max(2, min(SEEN, self.list.count()))
        self.list.setFixedHeight(lines * (self.list.fontMetrics().lineSpacing() + 8) + 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.setFocusProxy(self.list if len(choices) < MANY else self.filter)

    def items(self) -> Iterable[QListWidgetItem]:
        return (self.list.item(place) for place in range(self.list.count()))

    def _narrow(self, text: str) -> None:
        """What is chosen stays in sight."""
        wanted = text.strip().casefold()
        for item in self.items():
            item.setHidden(wanted not in item.text().casefold() and item.checkState() != Qt.CheckState.Checked)


class SeveralField(Field):
    """Several of a list, what is chosen first; space or a click chooses and takes off."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = (), hint: str = "", *,
        required: bool = False,
    ) -> None:  # fmt: skip
        self._box = _List(title, choices, chosen)
        self.list, self.filter = self._box.list, self._box.filter
        if not choices:
            hint = f"{hint} {_('There is nothing to choose from yet.')}".strip()
        super().__init__(title, self._box, hint, required=required)
        self.list.itemChanged.connect(self._touched)

    def _touched(self) -> None:
        self.complain("")
        self.changed.emit()

    def set(self, keys: Sequence[str]) -> None:
        """Choose these and no others."""
        for item in self._box.items():
            item.setCheckState(Qt.CheckState.Checked if item.data(_KEY) in keys else Qt.CheckState.Unchecked)

    def read(self) -> tuple[str, ...]:
        """Keys of what is chosen: what was chosen before in its order, then the rest in the order of the list.

        Raises
        ------
        UserError
            when nothing is and something must be.
        """
        found = tuple(str(item.data(_KEY)) for item in self._box.items() if item.checkState() == Qt.CheckState.Checked)
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
