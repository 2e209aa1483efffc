"""Notices of a newer version: looked for where they lie, opened or dropped; the network is never asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import show_date
from core.running.log import LOG
from core.running.places import notice_folders, private_folder
from gui.asking import copyable
from gui.jobs import Job
from gui.language import _, language, say
from gui.notices import Notice, of_error
from gui.panes import dropped
from gui.settings import Settings
from gui.widgets import as_large, button, heading, label, marked, scrolled, subheading

if TYPE_CHECKING:
    from core.handover.updates import Judged, Update

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


class UpdateDialog(QDialog):
    """What is new, where to get it, and by which digits one knows the right file."""

    def __init__(self, one: Update, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A newer version"))
        self._one = one
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in self._parts():
            column.addWidget(widget)
        column.addStretch(1)
        self.copy = button(_("Copy"), self.copy_all, picture="paste")
        self.check_file = button(_("Check a file…"), self.ask_file, picture="check")
        self.close_it = button(_("Close"), self.accept, role="primary")
        self.close_it.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.check_file)
        row.addStretch(1)
        row.addWidget(self.close_it)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        whole.addWidget(heading(title_of(one)))
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(row)
        as_large(self, 88, 76)

    def _parts(self) -> list[QWidget]:
        one = self._one
        signed = _("Signed by {signer} of {group}, and unaltered since.", signer=one.signer, group=one.group)
        news = [words for name in one.news if (words := say(name))]
        found: list[QWidget] = [marked("trust", "good", signed), subheading(_("What is new"))]
        found += [label(f"– {words}", wrap=True) for words in news]
        found += [subheading(_("Where to get it")), copyable(say(one.where), _("Where to get it"))]
        if one.note:
            found.append(label(_("Head office adds: {words}", words=one.note), wrap=True))
        found.append(subheading(_("SHA-256 of its files")))
        for name, digest in one.installers:
            grouped = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
            found += [label(name), copyable(grouped, name)]
        found.append(label(_("The program fetches nothing by itself. Check a file before you start it: it must be the "
                             "very one that was signed for."), "muted", wrap=True))  # fmt: skip
        self.told = label("", wrap=True)
        self.told.hide()
        return [*found, self.told]

    def ask_file(self) -> None:
        """Ask for an installer and hold it against the notice."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Check a file"))
        if name:
            self.check(Path(name))

    def check(self, path: Path) -> Job:
        """Whether it is one of those that were signed for; large ones take a moment."""
        from core.handover.updates import which_installer

        job = Job(lambda _progress, _cancelled: which_installer(path, self._one))
        job.done.connect(self._unaltered)
        job.failed.connect(self._altered)
        job.start()
        return job

    def _unaltered(self, name: str) -> None:
        self._say("good", _("This file is {name} of version {version}, unaltered.", name=name,
                            version=self._one.version))  # fmt: skip

    def _altered(self, error: UserError) -> None:
        self._say("bad", error.text(language()))

    def _say(self, role: str, words: str) -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(words)
        self.told.setAccessibleName(words)
        self.told.show()

    def copy_all(self) -> None:
        """Into the clipboard, as the command line says it."""
        from core.cli.update import told

        QGuiApplication.clipboard().setText("\n".join(told(self._one, language())))


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
