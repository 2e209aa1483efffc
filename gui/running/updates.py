"""Notices of a newer version: looked for where they lie, opened or dropped; the network is never asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import UserError
from core.i18n import show_date
from core.running.log import LOG
from core.running.places import notice_folders, private_folder
from gui.jobs import Job
from gui.language import _, language, say
from gui.notices import Notice, of_error
from gui.panes import dropped
from gui.settings import Settings

if TYPE_CHECKING:
    from core.handover.updates import Judged, Update
    from gui.running.update_dialog import UpdateDialog

ENDING = ".update"
"""As in :mod:`core.handover.updates`, which costs time to load."""
Tell = Callable[[Notice], object]


class Updates(QObject):
    """Judges notices in a job, keeps what counts, and tells."""

    def __init__(self, settings: Settings, tell: Tell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._tell = settings, tell
        self.window: Callable[[], QWidget | None] = lambda: None
        """Over which a dialog opens."""
        self.newest: Update | None = None
        self.dialog: UpdateDialog | None = None

    def look(self) -> Job | None:
        """For notices that lie about; where there are none nothing is loaded."""
        folders = notice_folders(self._settings.where)
        if not any(_some(folder) for folder in folders):
            return None

        def work(_progress: object, _cancelled: object) -> tuple[Judged, ...]:
            from core.handover.updates import lying_about

            return self._judged(lying_about(folders))

        return self._started(work, self._found)

    def take(self, path: Path) -> Job:
        """One that a person opened or dropped."""

        def work(_progress: object, _cancelled: object) -> Judged:
            from core.handover.updates import take_up

            (one,) = self._judged([path])
            folder = self._settings.where.updates
            if one.update is not None and private_folder(folder):
                take_up(one, folder)
            return one

        return self._started(work, self._taken)

    def ask(self) -> None:
        """Ask for the file."""
        kinds = f"{_('Update notices')} (*{ENDING})"
        name, _kind = QFileDialog.getOpenFileName(self.window(), _("Take up an update notice"), "", kinds)
        if name:
            self.take(Path(name))

    def show(self) -> None:
        """What is new."""
        from gui.running.update_dialog import UpdateDialog

        if self.newest is not None:
            self.dialog = UpdateDialog(self.newest, self.window())
            self.dialog.finished.connect(self.dialog.deleteLater)
            self.dialog.open()

    def _judged(self, paths: Sequence[Path]) -> tuple[Judged, ...]:
        from core.handover.updates import judge_updates, trusted

        head = self._settings.head_office
        known = trusted(self._settings.folder / "trust", [head] if head is not None else [])
        return judge_updates(paths, known, datetime.now(UTC))

    def _started(self, work: Callable[[object, object], object], then: Callable[..., object]) -> Job:
        job = Job(work)
        job.done.connect(then)
        job.failed.connect(self._failed)
        job.start()
        return job

    def _found(self, judged: tuple[Judged, ...]) -> None:
        """Of what lies about only what counts is told; the rest may be old, or of a stranger's stick."""
        for one in judged:
            if one.update is None:
                LOG.note("update-refused", "info", why=one.reason)
        if judged and judged[0].update is not None:
            self._new(judged[0].update)

    def _taken(self, one: Judged) -> None:
        if one.update is None:
            LOG.note("update-refused", "warning", why=one.reason)
            self._tell(Notice("bad", _("This update notice does not count. {why}", why=one.reason)))
        else:
            self._new(one.update)
            self.show()

    def _failed(self, error: UserError) -> None:
        self._tell(of_error(error))

    def _new(self, update: Update) -> None:
        from core.handover.notice_rows import version_number

        if self.newest is None or version_number(update.version) >= version_number(self.newest.version):
            self.newest = update
        LOG.note("update-known", version=self.newest.version)
        self._tell(Notice("info", title_of(self.newest), (_("What is new…"), self.show)))

    # ------------------------------------------------------------------ dropped

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Over the window: notices are taken here, whatever page is shown; all else goes on."""
        if not isinstance(event, QDropEvent) or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        paths = dropped(event)
        if not paths or any(path.suffix.lower() != ENDING for path in paths):
            return False
        event.acceptProposedAction()
        if not isinstance(event, QDragEnterEvent):
            self.take(paths[0])
        return True


def title_of(one: Update) -> str:
    """The news in one sentence."""
    return _("Version {version} of this program is there, of {day}.", version=one.version,
             day=show_date(one.released, language()))  # fmt: skip


def words_of(one: Update) -> str:
    """A few lines for “About”."""
    news = [words for name in one.news if (words := say(name))]
    return "\n".join([*(f"– {words}" for words in news), _("Where to get it: {words}", words=say(one.where))])


def _some(folder: Path) -> bool:
    try:
        return any(path.suffix.lower() == ENDING for path in folder.iterdir())
    except OSError:
        return False
