"""Files on their way into the register of proofs: small ones at once, large ones in a job that can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.blob import Watch
from core.errors import UserError
from core.exchange.proofs import Attachment, Proof, load_proof
from core.exchange.register import NOTHING_SAID, Described, adding
from core.i18n import T, Text
from core.store.plant_file import Pending
from gui.jobs import Job, Progress
from gui.language import _, language
from gui.page import Page
from gui.proof_copies import SMALL
from gui.session import Session
from gui.widgets import button, label, letters

LOOKED = 0.3
"""Share of the work after which all hashes are known."""


class Intake(QObject):
    """Keeps files for a page, as one change; what happened is told through the page."""

    taken = Signal(object)
    """Ids of the proofs that are in the register now, a tuple."""

    def __init__(self, page: Page, session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session
        self.dialog: KeepingDialog | None = None
        """While large files are kept."""

    def take(self, paths: Sequence[Path], rows: Sequence[str] = (), said: Described = NOTHING_SAID) -> None:
        """Keep files and link them to these records."""
        if sum(_size(path) for path in paths) <= SMALL:
            proofs = self._page.attempt(lambda: [load_proof(path) for path in paths])
            if proofs is not None:
                self.keep(proofs, rows, said)
            return
        self._begin(Job(_looking(paths)), lambda proofs: self._keep_large(proofs, rows, said))

    def keep(self, proofs: Sequence[Proof], rows: Sequence[str] = (), said: Described = NOTHING_SAID) -> None:
        """The same of small files that were looked at, or that are in memory."""

        def act() -> Attachment:
            found = adding(self._session.ledger, proofs, rows, said)
            self._session.edit(found.why, found.steps, found.data)
            return found

        if (found := self._page.attempt(act)) is not None:
            self._tell(found, proofs)

    def _keep_large(self, proofs: list[Proof], rows: Sequence[str], said: Described) -> None:
        found = self._page.attempt(lambda: adding(self._session.ledger, proofs, rows, said))
        if found is None:
            return
        pending = self._page.attempt(lambda: self._session.to_keep(found.why, found.steps, found.data))
        if pending is None:
            if not found.steps:
                self._tell(found, proofs)
            return
        job = Job(_writing(pending, sum(p.size for p in proofs), found.why))

        def done(_nothing: object) -> None:
            self._session.kept(pending)
            self._tell(found, proofs)

        self._begin(job, done, LOOKED)

    def _begin(self, job: Job, then: Callable[..., object], share: float = 0.0) -> None:
        """One half of the work, in front of the window: while it is written nothing else may be changed."""
        if self.dialog is None:
            self.dialog = KeepingDialog(self._page.window())
            self.dialog.open()
        self.dialog.watch(job, share, 1.0 if share else LOOKED)
        job.done.connect(lambda result: self._ended(job, lambda: then(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._refused(error)))
        job.crashed.connect(lambda trace: self._ended(job, lambda: self._broke(trace)))
        job.stopped.connect(lambda: self._ended(job, self._stopped))
        job.start()

    def _ended(self, job: Job, then: Callable[[], object]) -> None:
        """Go on; when no other half of the work began, the dialog has done its duty."""
        try:
            then()
        finally:
            if self.dialog is not None and self.dialog.job is job:
                self.dialog.done(0)
                self.dialog.deleteLater()
                self.dialog = None

    def _refused(self, error: UserError) -> None:
        def again() -> None:
            raise error

        self._page.attempt(again)

    def _broke(self, trace: str) -> None:
        last = trace.strip().splitlines()[-1]
        self._page.tell("bad", _("Something went wrong inside the program: {what}", what=last))

    def _stopped(self) -> None:
        self._page.tell("info", _("Cancelled; nothing was kept."))

    def _tell(self, found: Attachment, proofs: Sequence[Proof]) -> None:
        if found.steps:
            undo = (_("Undo"), lambda: self._page.attempt(self._session.undo))
            self._page.tell("good", _("{what}.", what=found.why), undo)
        else:
            words = _("“{file}” is attached already; nothing was changed.", file=", ".join(p.name for p in proofs))
            self._page.tell("info", words)
        hashes = {proof.sha256 for proof in proofs}
        kept = (one for one in self._session.ledger.evidence if one.sha256 in hashes and one.kind != "import")
        self.taken.emit(tuple(one.id for one in kept))


class KeepingDialog(QDialog):
    """How far it is, and Cancel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keeping proofs"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.words = label("", wrap=True)
        self.words.setMinimumWidth(letters(self, 50))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), self.reject)
        self.job: Job | None = None
        """Whose progress is shown."""
        self._from, self._to = 0.0, 1.0
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self.words, self.bar):
            column.addWidget(widget)
        column.addLayout(row)

    def watch(self, job: Job, start: float, end: float) -> None:
        """Show the progress of this job between two shares of the whole."""
        self.job, self._from, self._to = job, start, end
        job.progressed.connect(self._show)

    def _show(self, share: float, words: Text) -> None:
        self.bar.setValue(round(1000 * (self._from + share * (self._to - self._from))))
        self.words.setText(words.in_language(language()))

    def reject(self) -> None:
        """Ask the work to stop; the dialog closes when it has."""
        if self.job is not None:
            self.job.cancel()
            self.stop.setEnabled(False)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it will say why not


def _looking(paths: Sequence[Path]) -> Callable[[Progress, Callable[[], bool]], list[Proof]]:
    total = sum(_size(path) for path in paths)

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> list[Proof]:
        proofs: list[Proof] = []
        for path in paths:
            done = sum(proof.size for proof in proofs)
            proofs.append(load_proof(path, watch=_watch(progress, done, total, T("Looking at {file}", file=path.name))))
        return proofs

    return work


def _watch(progress: Progress, done: int, total: int, words: Text) -> Watch:
    return lambda size: progress(min(1.0, (done + size) / max(1, total)), words)


def _writing(pending: Pending, total: int, why: Text) -> Callable[[Progress, Callable[[], bool]], None]:
    def work(progress: Progress, _cancelled: Callable[[], bool]) -> None:
        pending.write_apart(_watch(progress, 0, total, why))

    return work
