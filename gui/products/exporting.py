"""What leaves the page of products: footprints for customers as PACT or Catena-X file, and a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from core.i18n import T
from gui.jobs import Job, Progress
from gui.language import _, language
from gui.notices import of_error
from gui.page import Page
from gui.products.answer import Answer
from gui.products.declaring import CATENA_X, PACT, DeclaringDialog
from gui.session import Session
from gui.settings import Settings
from gui.widgets import allow, button


class Exporter:
    """A button with a menu, dialogs and jobs; speaks through its page."""

    def __init__(
        self, page: Page, session: Session, settings: Settings, answer: Callable[[], Answer | None],
        product: Callable[[], str],
    ) -> None:  # fmt: skip
        """``product`` names the one that is looked at."""
        self._page, self._session, self._settings = page, session, settings
        self._answer, self._product = answer, product
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        """The moment that a statement carries."""
        self.button = button(_("Export"), self._offer, picture="export")
        self.dialog: DeclaringDialog
        """The one that was opened last."""

    def refresh(self) -> None:
        """Offer what can be exported."""
        allow(self.button, "" if self._some else _("There is no footprint to export yet."))

    @property
    def _some(self) -> bool:
        answer = self._answer()
        return answer is not None and bool(answer.found.footprints)

    def _offer(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """One line for each form."""
        made = QMenu(self._page)
        made.addAction(_("PACT 3.0 (JSON)…"), lambda: self.ask(PACT))
        made.addAction(_("Catena-X (JSON)…"), lambda: self.ask(CATENA_X))
        made.addAction(_("Excel workbook…"), self.ask_workbook)
        return made

    # ------------------------------------------------------------------ for customers

    def ask(self, form: str) -> None:
        """Ask what the company declares, and for the file."""
        answer = self._answer()
        if answer is None or not answer.found.footprints:
            self._page.tell("info", _("There is no footprint to export yet."))
            return
        self.dialog = DeclaringDialog(form, answer.found, self._settings, self._suggested(form), self._page,
                                      chosen=self._product(), now=self.now)  # fmt: skip
        self.dialog.done_well.connect(self._written)
        self.dialog.open()

    def _suggested(self, form: str) -> Path:
        ending = {PACT: "pact.json", CATENA_X: "catena-x.json"}.get(form, "xlsx")
        path, year = self._session.path, self._session.year
        return path.with_name(f"{path.stem}-{_('footprints')}-{year}.{ending}")

    def _written(self, path: object) -> None:
        assert isinstance(path, Path)
        self._page.tell("good", _("Written: {file}", file=path.name))

    # ------------------------------------------------------------------ workbook

    def ask_workbook(self) -> None:
        """Ask where to write the workbook; what stands in the way of a footprint stands in it too."""
        if self._answer() is None:
            return
        kinds = _("Excel workbooks (*.xlsx)")
        chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Export"), str(self._suggested("xlsx")), kinds)
        if chosen:
            self.write_workbook(Path(chosen))

    def write_workbook(self, path: Path) -> None:
        """Write it in a job."""
        answer, lang = self._answer(), language()
        if answer is None:
            return
        found = answer.found

        def work(progress: Progress, _cancelled: object) -> Path:
            from core.exchange.product_workbook import write_footprints

            progress(0.1, T("Writing the tables"))
            write_footprints(path, found, lang)
            return path

        job = Job(work)
        job.done.connect(self._written)
        job.failed.connect(lambda error: self._page.told.emit(of_error(error)))
        self._page.run(job, _("Exporting"))
