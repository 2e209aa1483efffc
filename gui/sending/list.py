"""What went out to plants: a list, from which a file is saved again and the answers to a request are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core.i18n import T, show, show_date
from core.ledger import Dispatch, Site
from gui.asked.words import KINDS, day
from gui.jobs import Job, Progress
from gui.language import _, language, say
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state

if TYPE_CHECKING:
    from core.group.inbox.replies import Reply
    from gui.office.office import Office
    from gui.page import Page
    from gui.sending.answers import AnswersDialog
    from gui.sending.dialog import SendDialog


class SentPart(QWidget):
    """The dispatches of the register, the newest first."""

    def __init__(self, page: Page, office: Office, settings: Settings) -> None:
        super().__init__()
        self._page, self._office, self._settings = page, office, settings
        self.dialog: SendDialog
        """The one that was opened last."""
        self.answers: AnswersDialog
        """The same of answers."""
        self.table: Table[Dispatch] = Table("dispatches", self._columns(), settings, name=_("Sent to plants"),
                                            editable=False, marks=_marks)  # fmt: skip
        choose_whole_rows(self.table)
        self.table.current.connect(lambda _row: self._offer())
        self.send = button(_("Send to plants…"), self.ask, role="primary", picture="sign")
        self.again = button(_("Save again…"), self.ask_file, picture="export")
        self.read = button(_("Answers…"), self.read_answers, tip=_("What accepted reports answer to a request"))
        for one in (self.send, self.again, self.read):
            self.table.add_tool(one)
        self._first = button(_("Send to plants…"), self.ask, role="primary")
        self.table.set_empty(empty_state(
            "sign", _("Nothing was sent to plants yet"),
            _("Here stands what head office signed for plants: requests for data, factor sets, benchmarks and "
              "disclosure maps. Plants drop the file on their window."), self._first,
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.table, 1)

    def _columns(self) -> list[Column[Dispatch]]:
        return [
            Column("kind", _("Kind"), lambda r: say(KINDS[r.kind]), width=22),
            Column("title", _("Title"), lambda r: r.title, width=28, stretch=True),
            Column("sites", _("Plants"), self._plants, width=24),
            Column("day", _("Signed on"), lambda r: show_date(r.day, language()), sort=lambda r: r.day, width=14),
            Column("due", _("Due"), lambda r: day(r.due), sort=lambda r: r.due or "9", width=14),
            Column("name", _("File"), lambda r: r.name, width=26),
        ]

    def _plants(self, one: Dispatch) -> str:
        if not one.sites:
            return _("All plants")
        names = {site.id: site.name for site in self._office.register.held(Site)}
        return show([names.get(key, key) for key in one.sites], language())

    def refresh(self) -> None:
        """From the register."""
        held = sorted(self._office.register.held(Dispatch), key=lambda one: (one.day, one.id), reverse=True)
        self.table.set_rows(tuple(held))
        self._offer()

    def _offer(self) -> None:
        locked = "" if self._office.writable else _("The file is open read-only.")
        for one in (self.send, self._first):
            allow(one, locked)
        record = self.table.current_record()
        none = "" if record is not None else _("Select a row first.")
        allow(self.again, none)
        other = "" if record is None or record.kind == "request" else _("Only a request is answered.")
        allow(self.read, none or other)

    # ------------------------------------------------------------------ act

    def ask(self, kind: str = "request", sites: Collection[str] = ()) -> None:
        """Ask what is sent, and to whom; these plants are ticked, where there are some."""
        from gui.sending.dialog import SendDialog

        if self._office.writable:
            self.dialog = SendDialog(self._page, self._office, self._settings, kind)
            if sites:
                self.dialog.plants.choose(set(sites))
            self.dialog.open()

    def ask_file(self) -> None:
        """Ask where the file goes once more."""
        record = self.table.current_record()
        if record is not None:
            name, _kind = QFileDialog.getSaveFileName(
                self, _("Save again…"), str(self._office.path.with_name(record.name))
            )
            if name:
                self.save(record, Path(name))

    def save(self, record: Dispatch, path: Path) -> None:
        """Write the very bytes that were signed."""
        from core.handover import write_safely

        def act() -> bool:
            write_safely(path, self._office.file.blob(record.sha256))
            return True

        if self._page.attempt(act):
            self._page.tell("good", _("Saved {file}.", file=path.name))

    def read_answers(self) -> None:
        """Look for answers in the accepted reports, one after the other, in a job."""
        record = self.table.current_record()
        if record is None or record.kind != "request":
            return
        job = Job(answers_of(self._office.path, record.id, self._office))
        job.done.connect(lambda found: self._show_answers(record, found))
        self._page.run(job, _("Reading the answers of the plants"))

    def _show_answers(self, record: Dispatch, found: tuple[Reply, ...]) -> None:
        from gui.sending.answers import AnswersDialog

        self.answers = AnswersDialog(record, found, self._settings, self._page)
        self.answers.open()


def answers_of(path: Path, key: str, office: Office) -> Callable[[Progress, Callable[[], bool]], tuple[Reply, ...]]:
    """The work of reading what plants answered, with a view of the group file of its own."""
    library = office.library

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> tuple[Reply, ...]:
        from core.group.inbox.kept import package_of
        from core.group.inbox.replies import asked_plants, reply, request_of
        from gui.group.asking import reading

        found = []
        with reading(path) as group:
            sent, notice = request_of(group, key)
            plants = asked_plants(group, sent)
            for number, (site, reports) in enumerate(plants):
                progress(number / len(plants), T("Reading the reports of {plant}", plant=site.name))
                found.append(reply(notice, site, reports, lambda filed: package_of(group, filed), library))
        return tuple(found)

    return work


def _marks(one: Dispatch) -> Mapping[str, Mark]:
    late = one.due and one.due < datetime.now(UTC).date().isoformat()
    return {"due": Mark("info", _("Its day is over."))} if late else {}
