"""What leaves the page of the group: tables for other programs, and the signed report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QMenu, QWidget

from core.disk import free
from core.i18n import T
from gui.asking import Asking, PathField
from gui.fields import Field
from gui.group.asking import reading
from gui.group.check import ApproveGroupReport, CheckGroupReport, GroupReportLook
from gui.jobs import Job, Progress
from gui.keys.certificates import refuse_existing
from gui.keys.choice import KeyChoice
from gui.keys.sign_panel import open_with_system
from gui.language import _
from gui.page import Page
from gui.settings import Settings
from gui.widgets import button

if TYPE_CHECKING:
    from core.signing import Identity
    from gui.office.office import Office

FORMS: dict[str, str] = {"xlsx": ".xlsx", "csv": "", "parquet": ""}
"""Endings; csv and parquet are folders of tables."""


class Out:
    """Menus and dialogs; speaks through its page."""

    def __init__(self, page: Page, office: Office, settings: Settings, approach: Callable[[], str]) -> None:
        self._page, self._office, self._settings, self._approach = page, office, settings, approach
        self.export = button(_("Export"), self._offer, picture="export")
        self.report = button(_("Report"), self._offer_report, role="primary", picture="report")
        self.dialog: GroupReportDialog
        """The one that was opened last."""
        self.looking: GroupReportLook
        """The dialog about a report that exists, when it was opened."""

    def _offer(self) -> None:
        self.menu().popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

    def _offer_report(self) -> None:
        self.report_menu().popup(self.report.mapToGlobal(self.report.rect().bottomLeft()))

    def report_menu(self) -> QMenu:
        """From making it to checking what somebody else sent."""
        made = QMenu(self._page)
        made.addAction(_("Report of the group…"), self.ask_report)
        made.addAction(_("Approve a report of the group…"), self.ask_approval)
        made.addAction(_("Check a report of the group…"), self.ask_check)
        return made

    def menu(self) -> QMenu:
        """One line for each form."""
        made = QMenu(self._page)
        made.addAction(_("Excel workbook…"), lambda: self.ask_export("xlsx"))
        made.addAction(_("CSV tables in a folder…"), lambda: self.ask_export("csv"))
        made.addAction(_("Parquet tables in a folder…"), lambda: self.ask_export("parquet"))
        return made

    # ------------------------------------------------------------------ tables

    def ask_export(self, form: str) -> None:
        """Ask where to write the tables of the year shown."""
        office = self._office
        name = str(office.path.with_name(f"{office.path.stem}-{office.year}{FORMS[form]}"))
        if form == "xlsx":
            kinds = _("Excel workbooks (*.xlsx)")
            chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Export"), name, kinds)
        else:
            chosen, _kind = QFileDialog.getSaveFileName(self._page, _("New folder for the tables"), name)
        if chosen:
            self.write(form, Path(chosen))

    def write(self, form: str, out: Path) -> None:
        """Write the tables in a job."""
        office, approach = self._office, self._approach()
        path, year = office.path, office.year

        def work(progress: Progress, _cancelled: object) -> str:
            from core.group.out.exporting import export

            progress(0.1, T("Writing the tables"))
            with reading(path) as group:
                export(group, [year], form, out, approach)
            return out.name

        job = Job(work)
        job.done.connect(lambda name: self._page.tell("good", _("Written: {file}", file=name)))
        self._page.run(job, _("Exporting"))

    # ------------------------------------------------------------------ report

    def ask_report(self) -> None:
        """Ask for language, key and file; the rest happens in a job."""
        self.dialog = GroupReportDialog(self._office, self._settings, self._approach(), self._page)
        self.dialog.asked.connect(self._make)
        self.dialog.open()

    def ask_approval(self) -> None:
        """Ask for a report that head office signed, to put the second signature on it."""
        self.approve_file(None)

    def approve_file(self, path: Path | None) -> None:
        """The same with this file."""
        self.looking = made = ApproveGroupReport(self._office, self._settings, self._page)
        made.open()
        made.look_at(path)

    def ask_check(self) -> None:
        """Ask for a report, to judge it and hold it against the group file."""
        self.check_file(None)

    def check_file(self, path: Path | None) -> None:
        """The same with this file."""
        self._checking().look_at(path)

    def check_kept(self, sha256: str) -> None:
        """The same with a file that was handed in with the reports of plants."""
        filed = next((one for one in self._office.filed if one.sha256 == sha256), None)
        if filed is not None:
            self._checking().look_at_kept(filed.name, self._office.original(filed))

    def _checking(self) -> CheckGroupReport:
        self.looking = made = CheckGroupReport(self._office, self._page)
        made.approval_wanted.connect(self.approve_file)
        made.open()
        return made

    def _make(self, job: Job, out: Path) -> None:
        opening = (_("Open"), lambda: open_with_system(out))
        job.done.connect(lambda _path: self._page.tell("good", _("Written: {file}", file=out.name), opening))
        self._page.run(job, _("Making the report of the group"))


class GroupReportDialog(Asking):
    """Language, whether the change is explained, whether it is signed, and where it goes."""

    asked = Signal(object, object)
    """The Job that makes it, and the file."""

    def __init__(self, office: Office, settings: Settings, approach: str, parent: QWidget | None) -> None:
        super().__init__(
            _("Report of the group {year}", year=str(office.year)),
            _("One PDF with everything the group answers for in the year: totals, plants, base year, changes, "
              "uncertainty, double use, and the data inside. Head office signs it; management approves it afterwards."),
            _("Make the report"),
            parent,
        )  # fmt: skip
        self._office, self._approach = office, approach
        self._made: Callable[[Progress, Callable[[], bool]], Path]
        """What makes the report, once the fields are read."""
        self.lang = QComboBox()
        for key, words in (("both", _("Chinese and English")), ("zh", _("Chinese")), ("en", _("English"))):
            self.lang.addItem(words, key)
        self.compare = QCheckBox(_("Explain the change since the year before (compares every plant)"))
        self.compare.setChecked(True)
        self.sign = QCheckBox(_("Sign it for head office"))
        self.sign.setChecked(True)
        self.choice = KeyChoice(settings)
        self.choice.propose()
        self.sign.toggled.connect(self.choice.setVisible)
        self.out = PathField(_("Report"), _("PDF files (*.pdf)"), what="save")
        self.out.set_path(free(office.path.with_name(f"{office.path.stem}-{office.year}.pdf")))
        self.fields.addWidget(Field(_("Language"), self.lang))
        for box in (self.compare, self.sign):
            self.fields.addWidget(box)
        self.fields.addWidget(self.choice)
        self.fields.addWidget(Field(_("Report"), self.out))

    def work(self) -> Callable[[], object]:
        """The fields are read and a key in a file is tried here, so that a wrong passphrase is said in the dialog;
        making the report is a job of the page, with progress."""
        out = self.out.needed()
        refuse_existing(out)
        wish = self.choice.wish() if self.sign.isChecked() else None
        office, approach = self._office, self._approach
        path, year, person, library = office.path, office.year, office.person, office.library
        lang, compare = str(self.lang.currentData()), self.compare.isChecked()

        def made(progress: Progress, cancelled: Callable[[], bool]) -> Path:
            from core.group.out.package import gather
            from core.group.out.report import produce
            from core.handover import write_safely

            when = datetime.now(UTC).replace(microsecond=0)

            def told(share: float) -> None:
                progress(0.6 + 0.4 * share, T("Drawing the pages"))

            key: AbstractContextManager[Identity | None] = nullcontext() if wish is None else wish.opened(when)
            with reading(path) as group, key as identity:
                by = person if identity is None else identity.name
                package = gather(group, year, library, language=lang, issued_by=by, when=when, approach=approach,
                                 compare=compare, progress=progress, cancelled=cancelled)  # fmt: skip
                data = produce(package, identity, told, cancelled)
            progress(1.0, T("Drawing the pages"))  # raises when it was cancelled meanwhile, so that nothing is written
            write_safely(out, data)
            return out

        def tried() -> Path:
            if wish is not None and wish.file is not None:  # a token may ask for its PIN each time
                with wish.opened(datetime.now(UTC)):
                    return out
            return out

        self._made = made
        return tried

    def succeeded(self, result: object) -> None:
        if self.sign.isChecked():
            self.choice.used()
        self.asked.emit(Job(self._made), result)
        super().succeeded(result)
