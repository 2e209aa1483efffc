"""Factor sets in and out of a plant: publishers' workbooks, signed sets of head office, and files for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from core.exchange.factor_import import FactorImport, FactorPreview, dropping, importing, preview_factors
from core.i18n import T
from core.library import Factor
from gui.jobs import Job, Progress
from gui.language import _
from gui.library.factor_files import BelieveDialog, SignSetDialog, one_set, write_csv
from gui.library.factor_import_dialog import FactorImportDialog, SignedSetDialog
from gui.library.words import SIGNED, WORKBOOKS
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import tell_change

if TYPE_CHECKING:
    from core.handover import ReceivedSet


class Intake(QObject):
    """Asks through dialogs over a page, and says through it what happened."""

    brought = Signal(str)
    """Key of the set that was taken up."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        super().__init__(page)
        self._page, self._session, self._settings = page, session, settings

    def choose(self) -> None:
        """Ask for a workbook or a signed set."""
        endings = " ".join(f"*{ending}" for ending in (*WORKBOOKS, SIGNED))
        kinds = f"{_('Workbooks of publishers and signed factor sets')} ({endings})"
        name, _kind = QFileDialog.getOpenFileName(self._page, _("Import factors"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Whatever it is, show what it would bring."""
        if path.suffix.lower() == SIGNED:
            self.believe(path)
        else:
            self.start(path)

    # ------------------------------------------------------------------ workbooks

    def start(self, path: Path) -> Job:
        """Read the workbook in a job, then show what it would bring."""
        job = self._reading(path, {})
        job.done.connect(lambda found: self.show_preview(found, path))
        self._page.run(job, _("Reading “{file}”", file=path.name))
        return job

    def _reading(self, path: Path, mapping: Mapping[str, str]) -> Job:
        ledger, library = self._session.ledger, self._session.library

        def work(progress: Progress, _cancelled: object) -> FactorPreview:
            progress(0.1, T("Reading “{file}”", file=path.name))
            return preview_factors(path, library, ledger, mapping=mapping)

        return Job(work)

    def show_preview(self, found: FactorPreview, path: Path) -> FactorImportDialog:
        """Ask whether to take the factors; yes makes one change."""
        dialog = FactorImportDialog(found, self._session.library, self._settings, self._page)
        dialog.mapped.connect(lambda mapping: self._read_again(dialog, path, mapping))
        dialog.accepted.connect(lambda: self.accept(dialog.found, dialog.chosen))
        dialog.open()
        return dialog

    def _read_again(self, dialog: FactorImportDialog, path: Path, mapping: Mapping[str, str]) -> None:
        dialog.read_again.setEnabled(False)
        job = self._reading(path, mapping)
        job.done.connect(lambda found: dialog.show_preview(found, mapping))
        job.failed.connect(lambda _error: dialog.read_again.setEnabled(True))
        self._page.run(job, _("Reading “{file}”", file=path.name))

    def accept(self, found: FactorPreview, chosen: Sequence[str] | None = None) -> None:
        """Take the factors up as one change."""
        session = self._session

        def confirm() -> FactorImport:
            made = importing(found, session.ledger, session.library, session.person, datetime.now(UTC), chosen)
            session.confirm(made.change, made.data)
            return made

        self._tell(self._page.attempt(confirm))

    # ------------------------------------------------------------------ signed sets

    def believe(self, path: Path) -> BelieveDialog:
        """Verify a signed set with head office's certificate, then show it."""
        dialog = BelieveDialog(path, self._settings.head_office, self._session, self._page)

        def verified(received: ReceivedSet) -> None:
            self._settings.head_office = dialog.trust.path
            self.show_signed(received)

        dialog.done_well.connect(verified)
        dialog.open()
        return dialog

    def show_signed(self, received: ReceivedSet) -> SignedSetDialog:
        """Ask whether to take a verified set."""
        dialog = SignedSetDialog(received, self._session.library, self._settings, self._page)
        dialog.accepted.connect(lambda: self.accept_signed(received))
        dialog.open()
        return dialog

    def accept_signed(self, received: ReceivedSet) -> None:
        """Take a verified set up as one change."""

        def confirm() -> FactorImport | None:
            made = received.taken
            if made is not None:
                self._session.confirm(made.change, made.data)
            return made

        self._tell(self._page.attempt(confirm))

    # ------------------------------------------------------------------ away and out

    def remove(self, key: str) -> None:
        """Take a factor set out of the plant."""
        session = self._session
        change = self._page.attempt(lambda: dropping(session.ledger, key, session.person, datetime.now(UTC)))
        if change is not None and self._page.attempt(lambda: session.confirm(change)) is not None:
            tell_change(self._page, self._session, change.why)

    def write_csv(self, rows: Sequence[Factor]) -> None:
        """Factors of one publication as a factor file."""
        publication = self._page.attempt(lambda: one_set(rows)[0])
        if publication is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Export factors"), f"{publication.key}.csv", _("Factor files (*.csv)")
        )
        count = self._page.attempt(lambda: write_csv(Path(name), rows)) if name else None
        if count is not None:
            self._page.tell("good", _("Factors written to {file}: {count}", count=count, file=Path(name).name))

    def write_signed(self, rows: Sequence[Factor]) -> SignSetDialog | None:
        """Factors of one publication as a signed set; None when they are of several."""
        if self._page.attempt(lambda: one_set(rows)) is None:
            return None
        dialog = SignSetDialog(rows, self._session.library, self._session.path.parent, self._page)
        dialog.done_well.connect(
            lambda path: self._page.tell("good", _("Signed factor set written: {file}", file=path.name))
        )
        dialog.open()
        return dialog

    def _tell(self, made: FactorImport | None) -> None:
        if made is not None:
            tell_change(self._page, self._session, made.change.why)
            self.brought.emit(made.file.id)
