"""The box itself: a line to type in and a list below it. Enter does it, or goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from core.search.entries import Entry
from gui.commands import Command
from gui.language import _
from gui.palette.everything import Everything
from gui.palette.painter import ROW_ROLE, RowPainter
from gui.palette.rows import Row, rows_of_commands, rows_of_found
from gui.settings import Settings
from gui.widgets import label, letters

WIDE, HIGH = 84, 26
"""Size of the box. [digits, lines]"""
PAGE = 10
"""Rows that Page Up and Page Down skip."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the box chooses from."""

    commands: Sequence[Command]
    settings: Settings | None = None
    """Remembers which commands were used last."""
    everything: Everything | None = None
    """What is open; None: there are only commands."""
    go: Callable[[Entry], None] | None = None
    """Shows what was found."""
    explain: Callable[[Command], bool] | None = None
    """Opens the help about a command; whether there is any."""
    why_not: str = ""
    """Why what cannot be done and says no reason of its own cannot be done; empty: nobody knows."""


class Palette(QDialog):
    """Over the window until something is chosen or Escape is pressed."""

    switched = Signal()
    """It looks for the other thing now: commands, or everything."""

    def __init__(self, source: Source, parent: QWidget, *, everything: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("palette")
        self._source = source
        self.finds_everything = everything and source.everything is not None
        self._model = QStandardItemModel(self)
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.installEventFilter(self)
        self.list = self._made_list()
        self.hint = label("", "muted", wrap=True)
        self.hint.setContentsMargins(8, 4, 8, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 6, 6, 6)
        whole.setSpacing(4)
        whole.addWidget(self.line)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.hint)
        self.line.textChanged.connect(lambda _text: self._show())
        if source.everything is not None:
            source.everything.ready.connect(self._ready)
        self._begin()
        self.resize(letters(self, WIDE), self.fontMetrics().height() * HIGH)

    def _made_list(self) -> QListView:
        made = QListView()
        made.setObjectName("commands")
        made.setModel(self._model)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setUniformItemSizes(True)
        made.setItemDelegate(RowPainter(made))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _index: self.choose())
        return made

    def show_over(self, window: QWidget) -> None:
        """Near the top of the window, in its middle, and never wider or higher than it."""
        room = window.size()
        self.resize(min(self.width(), room.width() - 32), min(self.height(), room.height() * 5 // 6))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (room.width() - self.width()) // 2, corner.y() + room.height() // 10)
        self.show()
        self.line.setFocus()

    # ------------------------------------------------------------------ what is looked for

    def _begin(self) -> None:
        words = _("What do you want to do?")
        if self.finds_everything:
            words = _("Find anything: records, factors, rules, pages")
        self.line.setPlaceholderText(words)
        for widget in (self, self.line, self.list):
            widget.setAccessibleName(words)
        if self.finds_everything and self._source.everything is not None:
            self._source.everything.prepare()
        self._show()

    def switch(self) -> None:
        """From commands to everything, or back; what was typed stays."""
        if self._source.everything is not None:
            self.finds_everything = not self.finds_everything
            self._begin()
            self.switched.emit()

    def _ready(self) -> None:
        if self.finds_everything:
            self._show()

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return [self._model.item(place).data(ROW_ROLE) for place in range(self._model.rowCount())]

    def _found(self) -> list[Row]:
        text, settings, everything = self.line.text(), self._source.settings, self._source.everything
        used = settings.used_commands if settings is not None else ()
        if not self.finds_everything or everything is None:
            rows = rows_of_commands(self._source.commands, text, used)
            return [self._explained(row) for row in rows]
        return rows_of_found(self._source.commands, everything.find(text), text, used) if text.strip() else []

    def _explained(self, row: Row) -> Row:
        own = row.command is None or row.command.why_not is not None or not row.reason
        return row if own or not self._source.why_not else replace(row, reason=self._source.why_not)

    def _show(self) -> None:
        rows = self._found()
        self._model.clear()
        for row in rows:
            self._model.appendRow(_item(row))
        first = next((place for place, row in enumerate(rows) if not row.is_heading), -1)
        self.list.setCurrentIndex(self._model.index(first, 0))
        self.list.scrollToTop()
        self.hint.setText(self._hint(bool(rows)))

    def _hint(self, some: bool) -> str:
        everything, text = self._source.everything, self.line.text().strip()
        if self.finds_everything and everything is not None and text and not everything.is_ready:
            return _("Looking through the file…")
        if not some and text:
            if self.finds_everything or everything is None:
                return _("Nothing contains all of these words.")
            return _("No command of this name. Tab looks through records, factors and rules too.")
        if self.finds_everything:
            return _("Names, numbers of bills, ids, notes: in Chinese or English. Tab: commands only.")
        if everything is None:
            return _("Enter does it. In Chinese or English; first letters are enough.")
        return _("Enter does it. In Chinese or English; first letters are enough. Tab: find anything.")

    # ------------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the person goes on typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}
            if key in steps:
                self._step(steps[Qt.Key(key)])
                return True
            acts = {Qt.Key.Key_Return: self.choose, Qt.Key.Key_Enter: self.choose, Qt.Key.Key_F1: self.explain,
                    Qt.Key.Key_Tab: self.switch}  # fmt: skip
            if key in acts:
                acts[Qt.Key(key)]()
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        places = [place for place, row in enumerate(self.rows) if not row.is_heading]
        if not places:
            return
        here = self.list.currentIndex().row()
        at = places.index(here) if here in places else 0
        goal = places[max(0, min(len(places) - 1, at + by))]
        if goal == places[0]:
            self.list.scrollToTop()  # with the heading above it
        self.list.setCurrentIndex(self._model.index(goal, 0))

    @property
    def row(self) -> Row | None:
        """The one the person stands on."""
        row = self.list.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Row) and not row.is_heading else None

    def choose(self) -> None:
        """Do it, or go there; what cannot be done now says why and stays."""
        row = self.row
        if row is None:
            return
        if row.command is not None:
            if not row.command.possible:
                self.hint.setText(row.reason)
                return
            self.close()
            if self._source.settings is not None:
                self._source.settings.command_used(row.command.names[0])
            row.command.run()
        elif row.entry is not None and self._source.go is not None:
            self.close()
            self._source.go(row.entry)

    def explain(self) -> None:
        """The help about the command the person stands on."""
        row = self.row
        if row is None or row.command is None or self._source.explain is None:
            return
        if self._source.explain(row.command):
            self.close()
        else:
            self.hint.setText(_("There is no help about this command."))


def _item(row: Row) -> QStandardItem:
    item = QStandardItem(row.title)
    item.setData(row, ROW_ROLE)
    item.setAccessibleText(row.said)
    item.setToolTip(f"{row.title}\n{row.beside}" if row.beside else row.reason)
    if row.is_heading:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
