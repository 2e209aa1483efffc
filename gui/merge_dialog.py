"""Merging a colleague's copy: what joins by itself, and what both changed, side by side with a decision for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.audit.merge_words import Words
from core.errors import UserError
from core.i18n import T, Text, show_number
from core.ledger.merging import OURS, THEIRS
from core.ledger.merging_join import Conflict
from core.library.record_words import kind_name
from core.store import Found, merging
from core.store.plant_file import Pending
from gui.jobs import Job, Progress, crash_error
from gui.language import _, language, say
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.widgets import as_large, button, heading, label, marked, number

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One conflict and what was decided about it."""

    conflict: Conflict
    taken: str = ""
    """``ours``, ``theirs`` or nothing yet."""


class MergeDialog(QDialog):
    """Decide, then merge as one change."""

    merged = Signal(object)
    """The entry of the journal, once the copy has joined."""

    def __init__(self, session: Session, found: Found, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._found, self._settings = session, found, settings
        self._words = Words((session.ledger, found.theirs), session.library, language())
        self._rows = tuple(Row(one, one.proposed) for one in found.comparison.conflicts)
        self._job: Job | None = None
        self.setWindowTitle(_("Merge a colleague's copy"))
        self.setModal(True)
        self.table = self._conflicts()
        self._state = label("", wrap=True)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        self.choices = self._choosing()
        self.stop = button(_("Cancel"), self.reject)
        self.go = button(_("Merge"), self._begin, role="primary")
        self._lay_out()
        self._refresh()
        if self._rows:
            as_large(self, 150, 96)
            self.table.view.setFocus()
        else:
            self.go.setFocus()
        self.finished.connect(lambda _code: self._found.close())

    # ------------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading(_("Merge “{file}”", file=self._found.name)))
        column.addWidget(label(self._told(), "muted", wrap=True))
        column.addWidget(self._joining())
        if self._rows:
            explained = _(
                "Both copies changed the same here. Decide for each line which one holds; what the other one said "
                "stays in the history."
            )
            column.addWidget(marked("warning", "warning", explained))
            column.addWidget(self.table, 1)
            choosing = QHBoxLayout()
            for one in self.choices:
                choosing.addWidget(one)
            choosing.addStretch(1)
            choosing.addWidget(self._state)
            column.addLayout(choosing)
        else:
            words = _("Nothing has to be decided: nobody changed what the other one changed.")
            column.addWidget(marked("check", "good", words))
            for one in (self.table, self._state, *self.choices):
                one.setParent(None)
        column.addWidget(self._problem)
        column.addWidget(self.bar)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.stop)
        last.addWidget(self.go)
        column.addLayout(last)

    def _told(self) -> str:
        comma = "、" if language() == "zh" else ", "
        people = self._found.comparison.people.items()
        who = comma.join(_("{name} ({count})", name=name, count=f"{count:,}") for name, count in people)
        words = _("Changes that are new here, by person: {people}.", people=who or "–")
        if self._found.blobs:
            size = show_number(round(self._found.size / MEGABYTE + 0.05, 1))  # type: ignore[arg-type]
            words += " " + _("Files that come along: {count}, {size} MB.", count=len(self._found.blobs), size=size)
        return words

    def _joining(self) -> QWidget:
        """What joins by itself: kinds below each other, numbers to the right."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        counted = self._found.comparison.counted()
        if not counted:
            grid.addWidget(label(_("Nothing joins by itself."), wrap=True), 0, 0)
            return holder
        heads = (_("Joins by itself"), _("Added"), _("Edited"), _("Deleted"), _("With another id"))
        right = Qt.AlignmentFlag.AlignRight
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "muted"), 0, place, right if place else Qt.AlignmentFlag.AlignLeft)
        for row, (kind, one) in enumerate(counted.items(), 1):
            grid.addWidget(label(say(kind_name(kind))), row, 0)
            for place, count in enumerate((one.added, one.changed, one.deleted, one.renamed), 1):
                grid.addWidget(number(f"{count:,}" if count else "–"), row, place, right)
        grid.setColumnStretch(len(heads), 1)
        return holder

    def _conflicts(self) -> Table[Row]:
        words = self._words

        def side(row: Row, ours: bool) -> str:
            one = row.conflict
            who, when = one.ours_by if ours else one.theirs_by
            said = words.side(one, one.ours if ours else one.theirs)
            return f"{said}\n{who}, {when.astimezone():%Y-%m-%d %H:%M}"

        columns = (
            Column[Row]("record", _("Record"), lambda r: words.of(r.conflict), width=24),
            Column[Row]("field", _("What"), lambda r: words.fields(r.conflict), width=16),
            Column[Row]("base", _("Originally"), lambda r: words.side(r.conflict, r.conflict.base), width=20),
            Column[Row]("ours", _("This file"), lambda r: side(r, True), width=26),
            Column[Row]("theirs", _("The copy"), lambda r: side(r, False), stretch=True),
            Column[Row]("taken", _("Which one holds"), self._holds, width=15),
        )
        table: Table[Row] = Table(
            "merge", columns, self._settings, name=_("Decisions"), identity=lambda r: r.conflict.key, editable=False,
            marks=_marks,
        )  # fmt: skip
        table.view.wrap_rows()
        table.set_rows(self._rows)
        table.view.go(0, 0)
        return table

    def _holds(self, row: Row) -> str:
        if not row.taken:
            return _("not decided")
        return _("This file") if row.taken == OURS else _("The copy")

    def _choosing(self) -> Sequence[QWidget]:
        """For the chosen lines by keys 1 and 2, and for all."""
        made = [
            button(_("This file holds (1)"), lambda: self.decide(OURS)),
            button(_("The copy holds (2)"), lambda: self.decide(THEIRS)),
            button(_("This file in all"), lambda: self.decide(OURS, every=True)),
            button(_("The copy in all"), lambda: self.decide(THEIRS, every=True)),
        ]
        self.table.view.installEventFilter(self)
        for one in made:
            one.setAutoDefault(False)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The two keys, while the lines have the keyboard."""
        if watched is self.table.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            taken = {Qt.Key.Key_1: OURS, Qt.Key.Key_2: THEIRS}.get(Qt.Key(event.key()))
            if taken is not None:
                self.decide(taken)
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ deciding

    def decide(self, taken: str, *, every: bool = False) -> None:
        """Which copy holds in the chosen lines, or in all of them; then on to the next open one."""
        chosen = {row.conflict.key for row in (self._rows if every else self.table.chosen)}
        self._rows = tuple(replace(row, taken=taken) if row.conflict.key in chosen else row for row in self._rows)
        self.table.set_rows(self._rows)
        if not every and (following := next((row for row in self._rows if not row.taken), None)) is not None:
            self.table.show_record(following.conflict.key)
        self._refresh()

    def _refresh(self) -> None:
        waiting = sum(not row.taken for row in self._rows)
        self._state.setText(_("Still open: {count}", count=f"{waiting:,}") if waiting else _("All is decided."))
        self.go.setEnabled(waiting == 0 and self._job is None)
        self.go.setDefault(waiting == 0)

    # ------------------------------------------------------------------ merging

    def _begin(self) -> None:
        if self._job is not None or not all(row.taken for row in self._rows):
            return
        self._problem.hide()
        answers = {row.conflict.key: row.taken for row in self._rows}
        self._job = job = Job(_work(self._session, self._found, answers))
        job.progressed.connect(self._progress)
        job.done.connect(self._done)
        job.failed.connect(self._complain)
        job.crashed.connect(lambda trace: self._complain(crash_error(trace)))
        job.ended.connect(self._ended)
        self.bar.setValue(0)
        self._busy(True)
        job.start()

    def _progress(self, share: float, _words: Text) -> None:
        self.bar.setValue(round(share * 1000))

    def _done(self, pending: Pending) -> None:
        entry = self._session.kept(pending)
        self.accept()
        self.merged.emit(entry)

    def _complain(self, error: UserError) -> None:
        words = error.text(language())
        self._problem.setText(words)
        self._problem.setAccessibleName(words)
        self._problem.show()

    def _ended(self) -> None:
        self._job = None
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for one in (self.table, *self.choices):
            one.setEnabled(not busy)
        self.stop.setEnabled(True)
        self._refresh()

    def reject(self) -> None:
        """Cancel the work first; nothing has happened then."""
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            return
        super().reject()


def _marks(row: Row) -> dict[str, Mark]:
    """What is open is marked, by its place as well as by its word."""
    return {} if row.taken else {"taken": Mark("warning", _("Both copies changed the same: decide which one holds."))}


def _work(
    session: Session, found: Found, answers: dict[tuple[str, str, str], str]
) -> Callable[[Progress, Callable[[], bool]], Pending]:
    """Work out, ask the audit, write: all of it away from the window."""
    plant, who, when = session.file, session.person, datetime.now(UTC)

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> Pending:
        progress(0.02, T("Merging"))
        pending = merging(plant, found, answers, who, when)
        progress(0.3, T("Merging"))
        pending.write_apart(lambda size: progress(0.3 + 0.7 * min(1.0, size / max(1, found.size)), T("Copying files")))
        return pending

    return work


def summary(found: Found, entry_number: int) -> str:
    """What came in, for the notice line."""
    counted = found.comparison.counted()
    comma = "、" if language() == "zh" else ", "
    kinds = comma.join(
        _("{kind} {count}", kind=say(kind_name(kind)), count=f"{one.added + one.changed + one.deleted:,}")
        for kind, one in counted.items()
        if one.added + one.changed + one.deleted
    )
    decided = len(found.comparison.conflicts)
    words = _("Merged as entry {number} of the journal: {kinds}.", number=entry_number, kinds=kinds or "–")
    return words + (" " + _("Decided: {count}.", count=f"{decided:,}") if decided else "")
