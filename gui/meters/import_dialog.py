"""Import of interval data: how the file is read, what it would change; then all of it as one change, or nothing.

The file is read by a job that tells its progress and can be cancelled; what it would change is worked out anew whenever
the person chooses another meter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.series.guessing import Guess, guess
from core.exchange.series.importing import Preview, change_of, preview
from core.exchange.series.looking import Look, look
from core.exchange.series.mapping import Mapping
from core.exchange.series.parsing import Parsed, parse
from core.i18n import T, Text
from core.ledger import Meter
from gui.jobs import Job, Progress, crash_error
from gui.language import _, language, say
from gui.latest import Latest
from gui.meters.form import MeterDialog
from gui.meters.import_form import ReadingForm
from gui.meters.import_result import ResultForm
from gui.session import Session
from gui.settings import Settings
from gui.widgets import allow, as_large, button, heading, label, scrolled

READING, RESULT = 0, 1
KINDS = {"csv": T("Text with separators"), "xlsx": T("Workbook"), "green_button": T("Green Button")}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was looked at, and the first proposal how to read it."""

    look: Look
    guess: Guess
    problem: UserError | None = None
    """Why there is no proposal."""


def looking(session: Session, path: Path) -> Callable[[], Seen]:
    """The work of looking at a file, for another thread."""
    meters, zone = session.ledger.held(Meter), session.metered.zone

    def work() -> Seen:
        seen = look(path)
        try:
            return Seen(seen, guess(seen, zone, meters))
        except UserError as error:
            return Seen(seen, Guess(Mapping(), (), ()), error)

    return work


class SeriesImportDialog(QDialog):
    """Two steps: how it is read; what it would change."""

    imported = Signal(str, str, int)
    """A sentence, the id of the first meter that got something, and the year of the last value."""

    def __init__(self, session: Session, settings: Settings, seen: Seen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._seen = session, settings, seen
        self.setWindowTitle(_("Import interval data"))
        self.setModal(True)
        self.job: Job | None = None
        self.preview: Preview | None = None
        self.latest = Latest(self)
        self.latest.answered.connect(self._planned)
        self.latest.broken.connect(self._refuse)
        self.latest.busy_changed.connect(lambda _busy: self._show_state())
        self.form = ReadingForm(seen.look, seen.guess, session.metered.zone, settings, seen.problem)
        self.form.changed.connect(self._show_state)
        self.outcome: ResultForm | None = None
        self._steps = QStackedWidget()
        self._steps.addWidget(scrolled(self.form))
        self._title, self._about = heading(seen.look.name), label(self._describe(), "muted", wrap=True)
        self._problem = label("", "bad", wrap=True)
        self._problem.hide()
        self._doing = label("", "muted")
        self._why_not = label("", "muted", wrap=True)
        self._arrived = False
        """Its outcome was just read: the keyboard belongs on the button, as soon as it can be pressed."""
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._lay_out()
        self._busy(False)
        as_large(self, 132, 88)

    def _describe(self) -> str:
        seen = self._seen.look
        parts = [say(KINDS[seen.kind]), _size(seen.size)]
        if seen.separator:
            signs = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs"), "|": "|"}
            parts.append(_("separated by {sign}", sign=signs.get(seen.separator, seen.separator)))
        if self._seen.guess.mapping.sheet:
            parts.append(_("Sheet “{sheet}”.", sheet=self._seen.guess.mapping.sheet).rstrip(".。"))
        return " · ".join(parts)

    def _lay_out(self) -> None:
        self.back = button(_("Back"), self._go_back)
        self.stop = button(_("Cancel"), self.reject)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(lambda _on=False: self._go_on())
        for one in (self.back, self.stop):
            one.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self._doing)
        row.addWidget(self._bar, 1)
        row.addWidget(self._why_not, 1)
        for one in (self.back, self.stop, self.go):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._steps, 1)
        column.addWidget(self._problem)
        column.addLayout(row)

    # ------------------------------------------------------------------ state

    @property
    def step(self) -> int:
        """``READING`` or ``RESULT``."""
        return self._steps.currentIndex()

    def _busy(self, busy: bool) -> None:
        for widget in (self._bar, self._doing):
            widget.setVisible(busy)
        self._show_state()

    def _show_state(self) -> None:
        self.back.setVisible(self.step == RESULT)
        working = self.job is not None
        if self.step == READING:
            open_ones = self.form.unanswered
            self._name(_("Read the file"))
            self._allow(_("Still open: {what}.", what=open_ones) if open_ones else "", ready=not working)
            return
        found = self.preview
        self._name(_("Calculating…") if found is None else _("Import {count} values", count=f"{_taken(found):,}"))
        assert self.outcome is not None
        why_not = "" if found is None else why_nothing(found, without_refused=self.outcome.rest.isChecked())
        self._allow(why_not, ready=found is not None and not self.latest.busy)

    def _allow(self, why_not: str, *, ready: bool) -> None:
        """It can go on, or why not, said beside the button as long as nothing is at work."""
        allow(self.go, why_not)
        self.go.setEnabled(ready and not why_not)
        self._why_not.setText(why_not)
        self._why_not.setVisible(self.job is None)
        if self._arrived and self.go.isEnabled():
            self._arrived = False
            self.go.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins where something is to be said, else on what goes on."""
        super().showEvent(event)
        (self.form.first_open or self.go).setFocus()

    def begin(self) -> None:
        """A file of a form that was read before is read at once; “Back” leads to how."""
        if self._seen.guess.remembered and not self.form.unanswered:
            self.read()

    def _name(self, words: str) -> None:
        self.go.setText(words)
        self.go.setAccessibleName(words)

    def _refuse(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setAccessibleName(sentence)
        self._problem.setVisible(bool(sentence))

    # ------------------------------------------------------------------ steps

    def _go_on(self) -> None:
        if self.step == READING:
            self.read()
        else:
            self._accept()

    def _go_back(self) -> None:
        self._refuse("")
        self._steps.setCurrentIndex(READING)
        if self.outcome is not None:
            self._steps.removeWidget(self.outcome)
            self.outcome.deleteLater()
            self.outcome = None
        self.preview = None
        self._title.setText(self._seen.look.name)
        self._about.setText(self._describe())
        self._show_state()

    def read(self) -> None:
        """Read the whole file in a job."""
        self._refuse("")
        try:
            mapping = self.form.mapping()
        except UserError as error:
            self._refuse(error.text(language()))
            return
        path, zone = self._seen.look.path, self._session.metered.zone

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Parsed:
            return parse(path, mapping, zone, progress, cancelled)

        self.job = job = Job(work)
        job.progressed.connect(self._progress)
        job.done.connect(self._parsed)
        job.failed.connect(lambda error: self._refuse(error.text(language())))
        job.crashed.connect(lambda trace: self._refuse(crash_error(trace).text(language())))
        job.ended.connect(self._ended)
        job.start()
        self._bar.setValue(0)
        self._doing.setText(_("Reading “{file}”", file=path.name))
        self._busy(True)

    def _progress(self, share: float, words: Text) -> None:
        self._bar.setValue(round(share * 1000))
        self._doing.setText(say(words))

    def _ended(self) -> None:
        self.job = None
        self._busy(False)

    def _parsed(self, parsed: Parsed) -> None:
        if not parsed.columns and not parsed.refused_total:
            self._refuse(_("The file holds no values."))
            return
        self.outcome = ResultForm(parsed, self._session.ledger.held(Meter), self._settings)
        self.outcome.changed.connect(self._plan)
        self.outcome.edit_wanted.connect(self._describe_new)
        self._steps.addWidget(self.outcome)
        self._steps.setCurrentWidget(self.outcome)
        self._arrived = True
        self._plan()

    def _plan(self) -> None:
        """Work out what would happen."""
        outcome = self.outcome
        if outcome is None:
            return
        self._refuse("")
        self.preview = None  # until there is an answer, nothing can be imported
        ledger, units, reader = self._session.ledger, self._session.library.units, self._session.file.reader()
        parsed, targets, new = outcome.parsed, outcome.targets, outcome.new
        overwrite = outcome.overwrite.isChecked()

        def work() -> Preview:
            with reader:
                return preview(
                    parsed, ledger, reader.blob, units, targets=targets, new=new, overwrite=overwrite
                )  # fmt: skip

        self.latest.ask(work)
        self._show_state()

    def _planned(self, found: Preview) -> None:
        if self.outcome is None or found.parsed is not self.outcome.parsed:
            return
        self.preview = found
        self.outcome.show_preview(found)
        self._about.setText(say(found.summary))
        self._show_state()

    def _describe_new(self, name: str) -> None:
        assert self.outcome is not None
        dialog = MeterDialog(self._session, None, self, self.outcome.new_meter(name))
        dialog.keeps = False
        dialog.exec()
        dialog.deleteLater()
        if isinstance(dialog.kept, Meter):
            self.outcome.describe(name, dialog.kept)

    def _accept(self) -> None:
        """Confirm everything as one change, or say why not."""
        found, outcome = self.preview, self.outcome
        if found is None or outcome is None:
            return
        try:
            change, blobs = change_of(found, self._session.ledger, self._session.person, datetime.now(UTC),
                                      without_refused=outcome.rest.isChecked())  # fmt: skip
            self._session.confirm(change, blobs)
        except UserError as error:
            self._refuse(error.text(language()))
            return
        count = sum(one.added + one.changed for one in found.columns)
        words = _("{count} values of “{name}” were imported.", count=f"{count:,}", name=found.parsed.name)
        first = next((step.id for step in change.steps if step.kind in ("intervals", "reading")), "")
        self.imported.emit(words, first, last_year(found))
        self.accept()

    def reject(self) -> None:
        """A running job is cancelled first; then the dialog closes."""
        if self.job is not None:
            self.job.cancel()
            return
        super().reject()


def _taken(found: Preview) -> int:
    """How many values would be written."""
    return sum(one.added + one.changed for one in found.columns)


def last_year(found: Preview) -> int:
    """In which the last value lies that would be written."""
    zone = found.parsed.zone
    taken = [one.column for one in found.columns if one.added or one.changed]
    ends = [datetime.fromtimestamp(column.span[1] - 1, zone).year for column in taken if column.span is not None]
    return max((*ends, *(day.end.year for column in taken for day in column.days)))


def why_nothing(found: Preview, *, without_refused: bool) -> str:
    """Why it cannot be imported; empty: it can."""
    if any(one.problem is not None for one in found.columns):
        return _("A column does not fit its meter.")
    if found.parsed.refused_total and not without_refused:
        return _("Values are refused: correct the file, or tick that the others are imported.")
    if _taken(found):
        return ""
    if all(one.meter is None for one in found.columns):
        return _("Choose a meter for a column.")
    if any(one.conflicts for one in found.columns):
        return _("The values differ from those that are there: tick that they take their place.")
    return _("Nothing is new: every value is there already.")


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB"
