"""What a person can ask of the program about itself, and what it tells unasked once it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from core.running import crash
from core.running.log import LOG
from gui.commands import Command
from gui.help.opening import open_manual
from gui.language import _
from gui.notices import Notice
from gui.running.guard import Report, details
from gui.running.updates import Updates, title_of, words_of

if TYPE_CHECKING:
    from gui.app import Program
    from gui.running.about_dialog import AboutDialog
    from gui.running.crash_dialog import ReportDialog


class OwnCommands(QObject):
    """Commands of the menu “Help”, in every window."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.report: Report | None = None
        """What went wrong last."""
        self.dialog: ReportDialog | AboutDialog | None = None
        """The one that is open, or was last."""
        self.updates = Updates(program.settings, program.tell, self)
        self.updates.window = lambda: program.window

    def commands(self) -> list[Command]:
        """For menu and palette."""
        return [
            Command(_("Manual"), self.manual, "Ctrl+F1", "manual", "help"),
            Command(_("About this program"), self.about, "", "info", "help"),
            Command(_("Copy details for whoever helps"), self.copy_details, "", "paste", "help"),
            Command(_("What went wrong last…"), self.read, "", "error", "help", self._is_any),
            Command(_("Show the log folder"), self.show_logs, "", "open", "help"),
            Command(_("Take up an update notice…"), self.updates.ask, "", "import", "help"),
        ]

    def to_read(self) -> tuple[str, Callable[[], object]]:
        """For the button of a notice."""
        return _("Read the report…"), self.read

    def look_around(self) -> None:
        """Once the window is there: the log, what ended hard before, a disk that keeps nothing."""
        program = self._program
        LOG.note("started", portable=int(program.settings.where.portable is not None))
        if not program.settings.can_be_kept():
            LOG.note("settings-in-memory", "warning")
            words = _("Nothing can be written where the program keeps its settings: they, the recent files and the log "
                      "last until it ends. Your plant files are not concerned.")  # fmt: skip
            program.tell(Notice("warning", words))
        if kept := [path.name for path in program.settings.put_aside if path.exists()]:
            words = _("Personal settings could not be read wholly, and what could not begins anew. The file as it was "
                      "is kept: {file}", file=", ".join(kept))  # fmt: skip
            program.tell(Notice("warning", words))
        program.guard.look_back()
        self.updates.look()

    def watch(self, window: QMainWindow) -> None:
        """Take update notices that are dropped on a window."""
        window.setAcceptDrops(True)
        window.installEventFilter(self.updates)

    # ------------------------------------------------------------------ acts

    def manual(self) -> None:
        """All chapters, beside the work."""
        if self._program.window is not None:
            open_manual(self._program.window)

    def about(self) -> None:
        """Version, parts, places."""
        from gui.running.about_dialog import AboutDialog

        newest = self.updates.newest
        newer = [] if newest is None else [(title_of(newest), words_of(newest))]
        self._open(AboutDialog(self._program.settings, newer, self._program.window))

    def read(self) -> None:
        """The report of what went wrong last, in this run or before."""
        from gui.running.crash_dialog import crash_dialog

        text = self._last()
        if text:
            self._open(crash_dialog(text, self._program.window))

    def copy_details(self) -> None:
        """Versions and the last lines of the log, into the clipboard."""
        QGuiApplication.clipboard().setText(details())
        self._program.tell(Notice("good", _("Versions and the last lines of the log are in the clipboard. They hold no "
                                            "names, no paths and no values.")))  # fmt: skip

    def show_logs(self) -> None:
        """In the file manager."""
        from gui.running.about_dialog import show_folder

        show_folder(self._program.settings.where.logs)

    def _open(self, dialog: ReportDialog | AboutDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _is_any(self) -> bool:
        return self.report is not None or bool(crash.kept(self._program.settings.where.crashes))

    def _last(self) -> str:
        if self.report is not None:
            return self.report.text
        for path in crash.kept(self._program.settings.where.crashes):
            try:
                return path.read_text(encoding="utf-8")
            except (OSError, ValueError):
                continue
        return ""
