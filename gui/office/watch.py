"""A folder that is watched: what arrives there complete is handed in by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import UserError
from core.group.inbox.watching import NOTHING_SEEN, Watched, look, stamps
from core.i18n import T
from gui.jobs import Job
from gui.language import language

EVERY_MS = 3_000
"""Between two looks."""


class Watcher(QObject):
    """Looks into one folder from time to time, off the window's thread, for it may lie on a slow network."""

    changed = Signal()
    """Another folder is watched, or it can be read again, or not any more."""

    def __init__(self, hand_in: Callable[[tuple[Path, ...]], object], parent: QObject) -> None:
        super().__init__(parent)
        self._hand_in = hand_in
        self._seen = NOTHING_SEEN
        self._job: Job | None = None
        self.folder: Path | None = None
        self.trouble: str | None = None
        """Why the folder cannot be read now; it is tried again."""
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY_MS)
        self._clock.timeout.connect(self.look)

    def watch(self, folder: Path) -> None:
        """From now on this folder, and no other; what lies in it already comes in too."""
        if self.folder == folder:
            return
        self.folder, self.trouble, self._seen = folder, None, NOTHING_SEEN
        self._clock.start()
        self.changed.emit()
        self.look()

    def stop(self) -> None:
        """Watch nothing."""
        self._clock.stop()
        self.folder, self.trouble, self._seen = None, None, NOTHING_SEEN
        self.changed.emit()

    def pause(self) -> None:
        """Look no more for a while: what arrives could not be filed."""
        self._clock.stop()

    def go_on(self) -> None:
        """Look again, where a folder is watched."""
        if self.folder is not None:
            self._clock.start()

    def close(self) -> None:
        """Watch no more, and let go of the office."""
        self._clock.stop()
        self.folder, self._hand_in = None, lambda _paths: None

    def look(self) -> None:
        """Look once; not while another look is under way."""
        folder, seen = self.folder, self._seen
        if folder is None or self._job is not None:
            return
        job = self._job = Job(lambda _progress, _cancelled: looked(folder, seen))
        job.done.connect(lambda found: self._found(folder, *found))
        job.failed.connect(lambda error: self._troubled(folder, error))
        job.ended.connect(self._ended)
        job.start()

    def _found(self, folder: Path, seen: Watched, ready: tuple[Path, ...]) -> None:
        if folder != self.folder:
            return
        self._seen = seen
        if self.trouble is not None:
            self.trouble = None
            self.changed.emit()
        if ready:
            self._hand_in(ready)

    def _troubled(self, folder: Path, error: UserError) -> None:
        words = error.text(language())
        if folder == self.folder and words != self.trouble:
            self.trouble = words
            self.changed.emit()

    def _ended(self) -> None:
        self._job = None


def looked(folder: Path, seen: Watched) -> tuple[Watched, tuple[Path, ...]]:
    """What lies in a folder now, and what of it is ready; for a worker.

    Raises
    ------
    UserError
        when the folder cannot be read.
    """
    if not folder.is_dir():
        raise UserError(
            T("The folder “{folder}” is not there.", folder=folder.name),
            T("Connect its drive again, or choose another folder."),
        )
    from core.group import reports_in

    return look(seen, stamps(reports_in([folder])))
