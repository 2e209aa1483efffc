"""Activity data from files and back: a file is seen before it is imported as one change; template and export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from core.exchange.outcome import Preview
from core.i18n import T
from core.ledger import Change
from gui.activity.import_dialog import ImportDialog
from gui.choosing import BILLS, asked_for_file
from gui.jobs import Job, Progress
from gui.language import _, language
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import undo

IMPORTS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")


class ActivityFiles(QObject):
    """Dialogs over the page; what happened is told through it, with the way back."""

    imported = Signal(object)
    """The Preview of a file whose rows are in the ledger now."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings

    def takes(self, path: Path) -> bool:
        """Whether it may be one."""
        return self._session.writable and path.suffix.lower() in IMPORTS

    def choose_import(self) -> None:
        """Ask for a file and preview it."""
        kinds = f"{_('Excel and CSV files')} ({' '.join('*' + suffix for suffix in IMPORTS)})"
        title = _("Import activity data")
        if path := asked_for_file(self._page, title, kinds, self._settings, BILLS, self._session.path):
            self.start_import(path)

    def start_import(self, path: Path) -> Job:
        """Read the file in a job, then show what it would do."""
        ledger, library = self._session.ledger, self._session.library

        def work(progress: Progress, _cancelled: object) -> Preview:
            from core.exchange import preview

            progress(0.1, T("Reading “{file}”", file=path.name))
            found: Preview = preview(path, ledger, library)
            progress(1.0, T("Reading “{file}”", file=path.name))
            return found

        job = Job(work)
        job.done.connect(self.show_preview)
        self._page.run(job, _("Reading “{file}”", file=path.name))
        return job

    def show_preview(self, found: Preview) -> None:
        """Ask whether to import; yes makes one change."""
        dialog = ImportDialog(found, self._session.library, self._settings, self._page)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            self.accept_import(found)

    def accept_import(self, found: Preview) -> None:
        """Import everything as one change."""
        from core.exchange import change_of

        def confirm() -> Change:
            change: Change = change_of(found, self._session.ledger, self._session.person, datetime.now(UTC))
            self._session.confirm(change, [found.data])
            return change

        change = self._page.attempt(confirm)
        if change is not None:
            words = _("{count} rows of “{name}” were imported.", count=len(found.ready), name=found.name)
            self._page.tell("good", words, undo(self._page, self._session))
            self.imported.emit(found)

    def save_template(self) -> None:
        """An empty workbook with the right headings."""
        from core.exchange import write_template

        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save an empty template"), "template.xlsx", "Excel (*.xlsx)"
        )
        if name:
            path = Path(name).with_suffix(".xlsx")
            self._page.attempt(lambda: write_template(path, language(), self._session.library))
            self._page.tell("good", _("Saved {file}.", file=path.name))

    def save_export(self) -> None:
        """All activity data as a workbook or csv."""
        from core.exchange import write_activities

        suggestion = f"{self._session.ledger.plant.name}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Export activity data"), suggestion, "Excel (*.xlsx);;CSV (*.csv)"
        )
        if name:
            self._page.attempt(lambda: write_activities(Path(name), self._session.ledger, language()))
            self._page.tell("good", _("Saved {file}.", file=Path(name).name))
