"""The menu “File”: making and opening files, what is asked of the open one, and the ways to begin."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

from core.errors import UserError
from core.i18n import T
from gui.commands import Command
from gui.jobs import Job, Progress
from gui.language import _
from gui.notices import of_error
from gui.session import Session
from gui.start import Beginning
from gui.window import Window

if TYPE_CHECKING:
    from gui.app import Program
    from gui.plant_form import PlantForm

PLANTS = "*.plant"
GROUPS = "*.group"


class FileCommands(QObject):
    """Of the program: each asks what it needs to know, then has the program open or change something."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program

    def beginnings(self) -> tuple[Beginning, ...]:
        """The ways to begin, for the first screen."""
        return (
            Beginning("demo", _("Open the demo plant"), _("Three plants with known faults, to try everything."),
                      self.open_demo, True),
            Beginning("new", _("New plant"), _("Name it, then paste or import a year of bills."), self.new_plant),
            Beginning("open", _("Open a plant file"), _("One file holds everything a plant knows."), self.open_file),
            Beginning("office", _("Head office"), _("Drop signed reports on the window; each is recalculated."),
                      self.open_office),
        )  # fmt: skip

    def commands(self) -> list[Command]:
        """For menu, shortcuts and palette."""
        opened = self._program.desk is not None
        return [
            Command(_("New plant"), self.new_plant, "Ctrl+N", "new", "file"),
            Command(_("Open a plant file"), self.open_file, "Ctrl+O", "open", "file"),
            Command(_("Open the demo plant"), self.open_demo, "", "demo", "file"),
            Command(_("Head office"), self.open_office, "", "office", "file"),
            Command(_("Close the file"), self._program.close_file, "Ctrl+W", "close", "file", lambda: opened,
                    why_not=lambda: _("No file is open.")),
            Command(_("Description of the plant"), self.describe_plant, "", "plant", "file", self._may_describe,
                    why_not=self._why_not),
            Command(_("Merge a colleague's copy…"), self.merge_copy, "", "group", "file", self._may_describe,
                    why_not=self._why_not),
            Command(_("Take up a file from head office…"), self.take_up, "", "import", "file", self._is_plant,
                    why_not=self._why_not),
            Command(_("Whom head office trusts…"), self.show_trust, "", "trust", "file", self._is_plant,
                    why_not=self._why_not),
            Command(_("Your name"), self.ask_person, "", "settings", "file"),
            Command(_("Quit"), QApplication.closeAllWindows, "Ctrl+Q", "", "file"),
        ]  # fmt: skip

    def _may_describe(self) -> bool:
        desk = self._program.desk
        return isinstance(desk, Session) and desk.writable

    def _is_plant(self) -> bool:
        return isinstance(self._program.desk, Session)

    def _why_not(self) -> str:
        """Why something of a plant cannot be done now."""
        if not self._is_plant():
            return _("Open a plant first.")
        return _("The file is open read-only.")

    # ------------------------------------------------------------------ making and opening

    def open_file(self) -> None:
        """Ask for a file and open it."""
        kinds = f"{_('Plants and groups')} ({PLANTS} {GROUPS})"
        name, _kind = QFileDialog.getOpenFileName(self._program.window, _("Open a plant file"), self._folder(), kinds)
        if name:
            self._program.open(Path(name))

    def open_office(self) -> None:
        """Ask for head office's file; a new name makes a new one."""
        suggestion = str(Path(self._folder()) / "head-office.group")
        name, _kind = QFileDialog.getSaveFileName(
            self._program.window,
            _("Head office: open its file or name a new one"),
            suggestion,
            f"{_('Groups')} ({GROUPS})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._program.open(Path(name).with_suffix(".group"))

    def new_plant(self) -> None:
        """Ask for name and place, then for the file, and open it."""
        from gui.plant_form import PlantForm

        program = self._program
        form = PlantForm(program.person, program.window)
        if not form.exec() or form.plant is None:
            return
        program.settings.person = form.person
        suggestion = str(Path(self._folder()) / f"{form.plant.name}.plant")
        name, _kind = QFileDialog.getSaveFileName(
            program.window, _("Save the new plant"), suggestion, f"{_('Plants')} ({PLANTS})"
        )
        if name:
            self._create(form, Path(name).with_suffix(".plant"))

    def _create(self, form: PlantForm, path: Path) -> None:
        """Make the file, plain or after its passphrase was asked for, and open it with what a template expects."""
        from core.store import PlantFile
        from gui.expected.acts import expect

        program, plant = self._program, form.plant
        assert plant is not None

        def begin() -> None:
            if program.open(path) and form.template is not None and isinstance(program.desk, Session):
                expect(program.desk, form.template)

        if form.encrypt.isChecked():
            program.protection.create(path, plant, form.person, begin)
            return
        try:
            PlantFile.create(path, plant, form.person, datetime.now(UTC))
        except UserError as error:
            program.tell(of_error(error))
            return
        begin()

    def open_demo(self) -> None:
        """Build the demo where it is not there yet, and open its first plant."""
        from core.cli.demo import build_plants, demo_folder

        def build(progress: Progress, _cancelled: object) -> Path:
            progress(0.1, T("Building the demo plants"))
            return build_plants(demo_folder(), datetime.now(UTC).replace(microsecond=0)).plants[0]

        job = Job(build)
        job.done.connect(self._program.open)
        if self._program.window is not None:
            self._program.window.notices.follow(job, _("Building the demo plants"))
        job.start()

    def _folder(self) -> str:
        recent = self._program.settings.recent
        return str(recent[0].parent) if recent else str(Path.home())

    # ------------------------------------------------------------------ the open plant, the person

    def describe_plant(self) -> None:
        """Correct name, place or time zone of the open plant, as one change."""
        from gui.plant_form import PlantForm

        program, desk = self._program, self._program.desk
        if not isinstance(desk, Session):
            return
        form = PlantForm(program.person, program.window, desk.ledger.plant)
        if not form.exec() or form.plant is None:
            return
        try:
            desk.put(T("Plant described"), form.plant)
        except UserError as error:
            program.tell(of_error(error))

    def merge_copy(self) -> None:
        """Ask for a colleague's copy of the open plant, and join it."""
        from gui.merging import merge_copy

        program = self._program
        if isinstance(program.desk, Session) and isinstance(program.window, Window):
            merge_copy(program.window, program.desk, program.settings)

    def take_up(self) -> None:
        """Ask for a signed file of head office, and show what it brings."""
        from gui.asked.intake import take_up

        if isinstance(self._program.window, Window):
            take_up(self._program.window)

    def show_trust(self) -> None:
        """Whose signatures are believed, by the trust file that was taken up."""
        from gui.asked.intake import show_trust

        if isinstance(self._program.window, Window):
            show_trust(self._program.window, self._program.settings)

    def ask_person(self) -> None:
        """Ask under which name changes shall be journalled."""
        program = self._program
        name, good = QInputDialog.getText(
            program.window, _("Your name"), _("Stands beside each of your changes."), text=program.person
        )
        if good and name.strip():
            program.act_as(name.strip())
