"""Files on their way into the plant: small ones at once, large ones by jobs in front of the window, with Cancel.

Looking at files comes first, for their hashes; then everything that the act says becomes one change, with its files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.blob import Content, Watch, size_of_content
from core.errors import UserError
from core.exchange.keeping import KeptFiles, keeping_files
from core.exchange.proofs import Attachment, Proof, load_proof
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Step
from core.store.plant_file import Pending
from gui.evidence.copies import SMALL
from gui.jobs import Job, Progress, crash_error
from gui.language import _, language
from gui.notices import of_error
from gui.page import Page
from gui.session import Session
from gui.widgets import button, label, letters

LOOKED = 0.3
"""Share of the work after which all hashes are known."""


class Keepable(Protocol):
    """What an act comes to: one change, and the files that are kept with it."""

    @property
    def why(self) -> Text: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def data(self) -> tuple[Content, ...]: ...


K = TypeVar("K", bound=Keepable)


class Keeper(QObject):
    """Keeps files for a page, or for a dialog over it, which is then told what is refused."""

    def __init__(
        self,
        page: Page,
        session: Session,
        over: QWidget | None = None,
        complain: Callable[[UserError], object] | None = None,
    ) -> None:
        super().__init__(over or page)
        self._page, self._session, self._over = page, session, over
        self._complain = complain or (lambda error: page.told.emit(of_error(error)))
        self.dialog: KeepingDialog | None = None
        """While large files are looked at or kept."""

    def take(
        self,
        paths: Sequence[Path],
        act: Callable[[list[Proof]], K],
        then: Callable[[K, bool], object],
        kind: str = "",
    ) -> None:
        """Look at files and keep what ``act`` makes of them."""
        self.look(paths, lambda proofs: self.keep(lambda: act(proofs), then), kind, LOOKED)

    def take_naming(
        self,
        paths: Sequence[Path],
        act: Callable[[KeptFiles], Decision],
        then: Callable[[Attachment, bool], object],
        kind: str = "",
    ) -> None:
        """The same for an act that names the files by the ids which they get."""

        def whole(proofs: list[Proof]) -> Attachment:
            kept = keeping_files(self._session.ledger, proofs)
            return kept.with_act(act(kept))

        self.take(paths, whole, then, kind)

    def look(
        self, paths: Sequence[Path], then: Callable[[list[Proof]], object], kind: str = "", share: float = 1.0
    ) -> None:
        """Look at files, which is this share of the work; ``then`` gets them in their order."""
        if sum(_size(path) for path in paths) > SMALL:
            self._begin(Job(_looking(paths, kind)), then, 0.0, share)
            return
        try:
            proofs = [load_proof(path, kind) for path in paths]
        except UserError as error:
            self._complain(error)
            return
        then(proofs)

    def keep(self, act: Callable[[], K], then: Callable[[K, bool], object]) -> None:
        """Make a change with its files; ``then`` gets what it came to, and whether anything differed."""
        pending: Pending | None = None
        changed = False
        try:
            found = act()
            size = sum(size_of_content(one) for one in found.data)
            if size > SMALL:
                pending = self._session.to_keep(found.why, found.steps, found.data)
            else:
                changed = self._session.edit(found.why, found.steps, found.data) is not None
        except UserError as error:
            self._complain(error)
            return
        if pending is None:
            then(found, changed)
        else:
            self._write(pending, size, found, then)

    def _write(self, pending: Pending, size: int, found: K, then: Callable[[K, bool], object]) -> None:
        def done(_nothing: object) -> None:
            self._session.kept(pending)
            then(found, True)

        self._begin(Job(_writing(pending, size, found.why)), done, LOOKED if self.dialog is not None else 0.0, 1.0)

    # ------------------------------------------------------------------ in front of the window

    def _begin(self, job: Job, then: Callable[..., object], start: float, end: float) -> None:
        """Looking or writing, between two shares of the work; while it is written nothing else may be changed."""
        if self.dialog is None:
            self.dialog = KeepingDialog(self._over or self._page.window())
            self.dialog.open()
        self.dialog.watch(job, start, end)
        job.done.connect(lambda result: self._ended(job, lambda: then(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._complain(error)))
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

    def _broke(self, trace: str) -> None:
        self._page.tell("bad", crash_error(trace).text(language()))

    def _stopped(self) -> None:
        self._page.tell("info", _("Cancelled; nothing was kept."))


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


def _looking(paths: Sequence[Path], kind: str) -> Callable[[Progress, Callable[[], bool]], list[Proof]]:
    total = sum(_size(path) for path in paths)

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> list[Proof]:
        proofs: list[Proof] = []
        for path in paths:
            done = sum(proof.size for proof in proofs)
            words = T("Looking at {file}", file=path.name)
            proofs.append(load_proof(path, kind, _watch(progress, done, total, words)))
        return proofs

    return work


def _watch(progress: Progress, done: int, total: int, words: Text) -> Watch:
    return lambda size: progress(min(1.0, (done + size) / max(1, total)), words)


def _writing(pending: Pending, total: int, why: Text) -> Callable[[Progress, Callable[[], bool]], None]:
    def work(progress: Progress, _cancelled: Callable[[], bool]) -> None:
        pending.write_apart(_watch(progress, 0, total, why))

    return work
