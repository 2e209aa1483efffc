"""The dialog that chooses who makes the changes.

The choice is a name and proves nothing; the dialog says that plainly, and that a signature does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.ledger import Person
from gui.acting import described
from gui.language import _
from gui.widgets import button, label, letters

_ROOM = 12
"""Above and below a name. [px]"""


class ActingDialog(QDialog):
    """The people, one of whom is chosen with the keyboard or the mouse."""

    def __init__(self, people: Sequence[Person], now: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Who are you?"))
        self.setModal(True)
        self.name = ""
        """Who was chosen, once the dialog is accepted."""
        self.list = QListWidget()
        self.list.setAccessibleName(_("People of this plant"))
        for one in people:
            item = QListWidgetItem(described(one))
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + _ROOM))
            self.list.addItem(item)
            if one.name == now:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.accept())
        go = button(_("Act as this person"), self.accept, role="primary")
        go.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(go)
        said = _(
            "Every change carries this name. A name is no proof of who you are: anybody at this computer can choose "
            "it. Only a signature with your own key proves it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Who are you?"), size=1.2, strong=True))
        column.addWidget(label(said, "muted", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(
            label(_("Whoever is missing is added by the team lead on the page “Audit”."), "muted", wrap=True)
        )
        column.addLayout(row)
        self.setMinimumWidth(letters(self, 64))

    def accept(self) -> None:
        """Keep who is chosen."""
        item = self.list.currentItem()
        if item is not None:
            self.name = str(item.data(Qt.ItemDataRole.UserRole))
            super().accept()
