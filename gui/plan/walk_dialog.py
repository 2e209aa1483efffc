"""The site walk on a laptop: tick off, read, note, photograph; print it, or save what came of it as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.audit.walk import KINDS, Stop, Walked, meter_of, reading_task, site_walk
from core.disk import write_safely
from core.errors import UserError
from core.exchange.walk import keeping_walk
from gui.evidence.keeping import Keeper
from gui.fields import date_field, text_field
from gui.language import _, language, say
from gui.page import Page
from gui.plan.walk_place import WalkPlace
from gui.plan.walk_state import forget, state_of
from gui.quality.parts import combo
from gui.session import Session
from gui.widgets import as_large, button, divided, heading, in_order, label, letters, scrolled

KEY = int(Qt.ItemDataRole.UserRole)
"""Of a task its key, of a place its number."""
WIDTHS = (78, 58)
"""Of the tasks and the place, in digits."""


class WalkDialog(QDialog):
    """Places with their tasks at the left, the chosen place at the right."""

    saved = Signal(object)
    """WalkChange: to be confirmed by whoever opened the dialog."""
    told = Signal(str, str)
    """Level and sentence."""

    def __init__(self, session: Session, page: Page) -> None:
        super().__init__(page)
        self._session = session
        self.keeper = Keeper(page, session, self, self.complain)
        self._state = state_of(session)
        self.setWindowTitle(_("Site walk"))
        self.stops: tuple[Stop, ...] = site_walk(session.ledger, session.inventory, date.today())
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Places and tasks"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([_("Task"), _("How")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        """Tasks, by key."""
        self.place = WalkPlace(self._state, self.keeper)
        self.day = date_field(_("Day of the walk"), date.today(), required=True)
        self.who = text_field(_("Who walked"), session.person)
        self.language = combo(_("Language of the sheet"), [(_("Chinese and English"), "both"), ("中文", "zh"),
                                                           ("English", "en")])  # fmt: skip
        self.language.setCurrentIndex(max(0, self.language.findData(language())))
        self._count = label("", "muted")
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self._fill()
        self._lay_out()
        self.tree.itemChanged.connect(self._ticked)
        self.place.read.connect(self._was_read)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.tree)  # in words Ctrl+V pastes words
        pasting.setContext(Qt.ShortcutContext.WidgetShortcut)
        pasting.activated.connect(self.place.paste)
        self.tree.currentItemChanged.connect(lambda item, _old: self._show_place(item))
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self._show_count()
        as_large(self, 140, 88)
        self.tree.setFocus()

    # ------------------------------------------------------------------ build

    def _fill(self) -> None:
        for number, stop in enumerate(self.stops):
            at = QTreeWidgetItem([say(stop.title), ""])
            at.setData(0, KEY, number)
            font = at.font(0)
            font.setBold(True)
            at.setFont(0, font)
            self.tree.addTopLevelItem(at)
            for subject, tasks in groupby(stop.tasks, key=lambda task: say(task.subject)):
                held = list(tasks)
                below = at
                if len(held) > 1:
                    below = QTreeWidgetItem(at, [subject, ""])
                    below.setData(0, KEY, number)
                for task in held:
                    words = say(task.text) if len(held) > 1 else _("{subject}: {task}", subject=subject, task=task.text)
                    leaf = QTreeWidgetItem(below, [words, say(KINDS[task.kind])])
                    leaf.setData(0, KEY, task.key)
                    leaf.setToolTip(0, words)
                    self._items[task.key] = leaf
                    leaf.setFlags(leaf.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    done = Qt.CheckState.Checked if task.key in self._state.done else Qt.CheckState.Unchecked
                    leaf.setCheckState(0, done)
        self.tree.expandAll()

    def _lay_out(self) -> None:
        self.print_button = button(_("Save as PDF…"), self.ask_pdf, picture="report")
        self.empty_button = button(_("Save an empty sheet…"), self.ask_empty)
        self.save_button = button(_("Keep as evidence"), self.save, role="primary", picture="evidence")
        self.save_button.setEnabled(self._session.writable)
        self.close_button = button(_("Close"), self.reject)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(heading(_("Site walk of {year}", year=str(self._session.year))))
        head.addWidget(self._count, 1)
        for one in (self.language, self.empty_button, self.print_button):
            head.addWidget(one)
        above = QHBoxLayout()
        above.setSpacing(12)
        for field in (self.day, self.who):
            above.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        split = divided(self.tree, scrolled(self.place))
        split.setSizes([letters(self, wide) for wide in WIDTHS])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(above)
        column.addWidget(split, 1)
        column.addWidget(self._problem)
        column.addLayout(row)
        above_tree = (self.language, self.empty_button, self.print_button, self.day.editor, self.who.editor)
        of_place = (self.place.note, self.place.of, self.place.add_photos)
        stops: Sequence[QWidget] = [*above_tree, self.tree, *of_place, self.close_button, self.save_button]
        in_order(*stops)

    # ------------------------------------------------------------------ tick and show

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        key = item.data(0, KEY)
        if not isinstance(key, str):
            return
        if item.checkState(0) == Qt.CheckState.Checked:
            self._state.done.add(key)
        else:
            self._state.done.discard(key)
        self._show_count()

    def _was_read(self, meter: str, there: bool) -> None:
        """What was read is done; the person ticks only what leaves no trace."""
        item = self._items.get(reading_task(meter))
        if item is not None:
            item.setCheckState(0, Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)

    def _show_count(self) -> None:
        keys = {task.key for stop in self.stops for task in stop.tasks}
        self._count.setText(_("{done} of {all} done", done=len(keys & self._state.done), all=len(keys)))

    def _show_place(self, item: QTreeWidgetItem | None) -> None:
        at, meter = item, "" if item is None else _meter_of(item)
        while at is not None and at.parent() is not None:
            at = at.parent()
        if at is not None:
            self.place.show_stop(self.stops[int(at.data(0, KEY))])
            self._order_readings()
            self.place.pick(meter)

    def _order_readings(self) -> None:
        """The keyboard goes through the readings between the tasks and the notes."""
        stops: Sequence[QWidget] = [self.tree, *self.place.readings.values(), self.place.note]
        in_order(*stops)

    # ------------------------------------------------------------------ sheet and evidence

    def _walked(self) -> Walked:
        """What was done, with day and names.

        Raises
        ------
        UserError
            when the day is none.
        """
        names = (name.strip() for name in (self.who.read() or "").replace("、", ",").split(","))
        return self._state.walked(self.day.need(), tuple(name for name in names if name))

    def _sheet(self, *, empty: bool = False) -> bytes:
        """The sheet as PDF.

        Raises
        ------
        UserError
            when the day is none, or a text has characters that the fonts lack.
        """
        from core.report.letters.site_walk import site_walk_sheet

        walked = None if empty else self._walked()
        return site_walk_sheet(
            self.stops,
            self._session.inventory,
            language=str(self.language.currentData()),
            when=datetime.now(UTC).replace(microsecond=0),
            author=self._session.person,
            walked=walked,
        )

    def ask_pdf(self) -> None:
        """Where to write what was done."""
        self._ask_where(empty=False)

    def ask_empty(self) -> None:
        """Where to write the sheet to fill in by hand."""
        self._ask_where(empty=True)

    def _ask_where(self, *, empty: bool) -> None:
        suggestion = f"site-walk-{self._session.year}.pdf"
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the sheet"), suggestion, "PDF (*.pdf)")
        if name:
            self.write_pdf(Path(name), empty=empty)

    def write_pdf(self, path: Path, *, empty: bool = False) -> None:
        """Write the sheet."""
        try:
            write_safely(path, self._sheet(empty=empty))
        except UserError as error:
            self.complain(error)
            return
        self._problem.hide()
        self.told.emit("good", _("Saved {file}.", file=path.name))

    def save(self) -> None:
        """Hand over what came of the walk; it is forgotten here once it is kept."""
        try:
            walked = self._walked()
            change = keeping_walk(
                self._session.ledger, self._session.inventory, self.stops, walked, self._sheet(), self._state.photos
            )
        except UserError as error:
            self.complain(error)
            return
        self.saved.emit(change)

    def kept(self) -> None:
        """The change was confirmed."""
        forget(self._session)
        self.accept()

    def complain(self, error: UserError) -> None:
        """Say in place what is wrong."""
        self._problem.setText(error.text(language()))
        self._problem.setAccessibleName(error.text(language()))
        self._problem.show()


def _meter_of(item: QTreeWidgetItem) -> str:
    """Id of the meter that a task, or what stands above its tasks, is about; empty for anything else."""
    task = item.data(0, KEY)
    below = item.child(0) if item.parent() is not None else None
    if not isinstance(task, str) and below is not None:
        task = below.data(0, KEY)
    return meter_of(task) if isinstance(task, str) else ""
