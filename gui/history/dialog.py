"""Every change of the file: filtered as you type, by person, kind and day; told field by field; with the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.ledger.history import Heading, undone
from core.library.record_words import kind_name
from core.store.history import WayBack, headings, told_in
from gui.history.back import Book, GoBack, back_to, without, words_of
from gui.history.rows import columns, day, marks
from gui.history.told import entry_told
from gui.language import _, language, say
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import allow, as_large, button, divided, heading, in_order, label, letters, scrolled


class HistoryDialog(QDialog):
    """Stays open beside the window and follows it."""

    def __init__(self, book: Book, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History of changes"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._book = book
        self._all: tuple[Heading, ...] = ()
        self._shown: Heading | None = None
        self.table: Table[Heading] = Table(
            "history", columns(), settings, name=_("History of changes"), identity=lambda h: (h.merge, h.number),
            editable=False, marks=marks,
        )  # fmt: skip
        self.person, self.kind, self.day = (self._choice(name) for name in (_("Person"), _("Kind"), _("Day")))
        self._detail = QWidget()
        self._room = QVBoxLayout(self._detail)
        self._room.setContentsMargins(16, 8, 16, 12)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self.one = button(_("Take this change back…"), partial(self._ask, without), picture="undo")
        self.all = button(_("Back to here…"), partial(self._ask, back_to), picture="history")
        self._lay_out()
        self.table.current.connect(self._tell)
        book.changed.connect(self.refresh)
        self.refresh()
        as_large(self, 190, 90)
        self.table.view.go(0, 3)
        self.table.search.setFocus()

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        made.activated.connect(lambda _place: self._narrow())
        self.table.add_tool(made)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(heading(_("History of changes")))
        column.addWidget(label(_("Nothing is ever erased: undo and going back are changes, too."), "muted", wrap=True))
        detail = scrolled(self._detail)
        detail.setAccessibleName(_("What was altered"))
        detail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        detail.setMinimumWidth(letters(self, 40))
        parts = divided(self.table, detail)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        column.addWidget(parts, 1)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.addWidget(self.one)
        row.addWidget(self.all)
        row.addStretch(1)
        close = button(_("Close"), self.close)
        for one in (self.one, self.all, close):
            one.setAutoDefault(False)
        row.addWidget(close)
        column.addLayout(row)
        in_order(self.table.view, detail, self.one, self.all, close)

    # ------------------------------------------------------------------ list

    def refresh(self) -> None:
        """Read the list again where something was added."""
        known = self._all[0].number if self._all else 0
        if known == self._book.file.entries:
            return
        back = undone(self._book.file.marks)
        held = (one if one.merge else replace(one, taken_back=one.number in back) for one in self._all)
        self._all, self._shown = (*headings(self._book.file, known), *held), None
        people = {one.who for one in self._all}
        kinds = {kind: say(kind_name(kind)) for one in self._all for kind, _count in one.touched}
        _offer(self.person, _("Everybody"), ((one, one) for one in sorted(people)))
        _offer(self.kind, _("All kinds"), sorted(kinds.items(), key=lambda pair: pair[1]))
        days = dict.fromkeys(day(one) for one in self._all)
        _offer(self.day, _("All days"), ((one, one) for one in sorted(days, reverse=True)))
        self._narrow()

    def _narrow(self) -> None:
        person, kind, chosen = (box.currentData() or "" for box in (self.person, self.kind, self.day))
        self.table.set_rows([
            one for one in self._all
            if person in ("", one.who) and chosen in ("", day(one))
            if not kind or any(kind == touched for touched, _count in one.touched)
        ])  # fmt: skip

    def _tell(self, chosen: Heading | None) -> None:
        """Show what the chosen change altered."""
        if chosen is self._shown and chosen is not None:
            return
        self._shown = chosen
        self._problem.hide()
        while (item := self._room.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if chosen is None:
            self._room.addWidget(label(_("Select a change to see what it altered."), "muted", wrap=True))
            self._room.addStretch(1)
        else:
            self._room.addWidget(entry_told(told_in(self._book.file, chosen), words_of(self._book)))
        self._allow(chosen)

    def _allow(self, chosen: Heading | None) -> None:
        reason = "" if chosen is not None else _("Select a change first.")
        if chosen is not None and chosen.merge:
            reason = _("It came with a copy. Change the record itself.")
        elif not self._book.writable:
            reason = _("The file is open read-only.")
        allow(self.one, reason)
        allow(self.all, reason)

    # ------------------------------------------------------------------ back

    def _ask(self, find: Callable[[Book, int], WayBack]) -> None:
        """Work the way out, show it, and go it."""
        if self._shown is None:
            return
        self._problem.hide()
        try:
            way = find(self._book, self._shown.number)
            dialog = GoBack(self._book, way, self)
            agreed = dialog.exec()
            dialog.deleteLater()
            if agreed:
                self._book.edit(way.why, way.steps)
                self.table.view.go(0, 3)
        except UserError as error:
            self._problem.setText(error.text(language()))
            self._problem.setAccessibleName(error.text(language()))
            self._problem.show()


def _offer(box: QComboBox, everything: str, choices: Iterable[tuple[str, str]]) -> None:
    """New choices; what was chosen stays where it is still there."""
    chosen = box.currentData()
    box.clear()
    box.addItem(everything, "")
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def show_history(parent: QWidget, book: Book, settings: Settings) -> HistoryDialog:
    """Open it, or bring the one that is open to the front."""
    found = next((one for one in parent.findChildren(HistoryDialog) if one.isVisible()), None)
    dialog = found or HistoryDialog(book, settings, parent)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
