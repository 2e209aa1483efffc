"""Fields of the forms about findings: a list of records, a list of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.i18n import T
from gui.language import _
from gui.widgets import button, suggest

_KEY = Qt.ItemDataRole.UserRole


class _Chosen(QListWidget):
    """What was chosen; Delete takes one off."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ListField(QWidget):
    """A list that grows and shrinks; what can be added depends on the kind."""

    def __init__(self, name: str, *controls: QWidget) -> None:
        """``controls`` stand above the list; made in the order of reading, for the keyboard follows it."""
        super().__init__()
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.row)
        for one in controls:
            self.row.addWidget(one, 1 if isinstance(one, QComboBox) else 0)
        self.take_off = button(_("Take off the list"), self.remove)
        self.row.addWidget(self.take_off)
        self.list = _Chosen()
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(self.fontMetrics().height() * 4)
        self.list.removed.connect(self.remove)
        self.list.itemSelectionChanged.connect(self._enable)
        column.addWidget(self.list)
        self._enable()

    @property
    def keys(self) -> tuple[str, ...]:
        """What stands in the list, in its order."""
        return tuple(str(self.list.item(at).data(_KEY)) for at in range(self.list.count()))

    def add_item(self, key: str, words: str) -> None:
        """One more, unless it stands there already."""
        if key and key not in self.keys:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            self.list.addItem(item)

    def remove(self) -> None:
        """Take off what is selected."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._enable()

    def _enable(self) -> None:
        self.take_off.setEnabled(bool(self.list.selectedItems()))


class _Line(QLineEdit):
    """What is typed to find a record. Enter adds it, and does not press the button of the dialog."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class RecordsField(ListField):
    """Records of activity data: type some of the name and choose."""

    def __init__(self, name: str, known: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """``known`` are ids and how a record is called."""
        self._known = dict(known)
        self.box = QComboBox()
        self.box.setEditable(True)
        line = _Line()
        line.entered.connect(self.add_chosen)
        self.box.setLineEdit(line)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setAccessibleName(_("Record to add"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for key, words in known:
            self.box.addItem(words, key)
        self.box.setCurrentIndex(-1)
        if (completer := self.box.completer()) is not None:
            suggest(completer)
            completer.activated.connect(lambda _text: QTimer.singleShot(0, self, self.add_chosen))  # once it is written
        self.add = button(_("Add"), self.add_chosen)
        super().__init__(name, self.box, self.add)
        self.setFocusProxy(self.box)
        for key in chosen:
            self.add_item(key, self._known.get(key, key))

    def add_chosen(self) -> bool:
        """What is typed or chosen, if it is one of them; False when it is none."""
        text = self.box.currentText().strip()
        place = self.box.findText(text, Qt.MatchFlag.MatchFixedString)
        key = str(self.box.itemData(place)) if place >= 0 else text if text in self._known else ""
        if key:
            self.add_item(key, self._known[key])
            self.box.setCurrentIndex(-1)
            self.box.setEditText("")
        return bool(key) or not text

    def need(self) -> tuple[str, ...]:
        """What stands in the list, with what was typed and not added yet.

        Raises
        ------
        UserError
            when what is typed is no record.
        """
        if not self.add_chosen():
            raise UserError(
                T("“{text}” is no record of the year.", text=self.box.currentText().strip()),
                T("Choose one of the list, or empty the line."),
            )
        return self.keys


class FilesField(ListField):
    """Kept files and files to keep: chosen or dropped."""

    def __init__(self, name: str, kept: Sequence[tuple[str, str]] = (), paths: Sequence[Path] = ()) -> None:
        """``kept`` are ids and names of files that are named already."""
        self.add = button(_("Add files…"), self.choose)
        super().__init__(name, self.add)
        self._name = name
        self._paths: dict[str, Path] = {}
        self.row.addStretch(1)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.add)
        for key, words in kept:
            self.add_item(key, words)
        self.add_paths(paths)

    @property
    def kept(self) -> tuple[str, ...]:
        """Ids of those that are kept already."""
        return tuple(key for key in self.keys if key not in self._paths)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Those to keep."""
        return tuple(self._paths[key] for key in self.keys if key in self._paths)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Files of the disk."""
        for path in paths:
            self._paths[str(path)] = path
            self.add_item(str(path), path.name)

    def choose(self) -> None:
        """Ask for files."""
        names, _kind = QFileDialog.getOpenFileNames(self, self._name)
        self.add_paths([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
