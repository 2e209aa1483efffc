"""Requests for scope 3 data: a workbook goes to the supplier, the checked answer becomes activity data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from core.exchange.supplier_requests import TakenUp, read_answer, taking_back, taking_up, write_request
from core.exchange.supplier_requests.reading import Answered
from core.ledger import DataRequest, Ledger
from core.ledger.records import Record
from core.library import Library
from gui.entering.form import RecordForm
from gui.entering.part import RecordsPart
from gui.jobs import Job, Progress
from gui.language import _, language
from gui.session import Session
from gui.suppliers.answered import AnswerPreview
from gui.suppliers.around import Around
from gui.suppliers.asked import RequestExplanation
from gui.suppliers.register import late, roomy
from gui.suppliers.words import day_words
from gui.tables.table import Column, Mark
from gui.undoing import tell_change
from gui.widgets import allow, button

HIDDEN = ("asked", "answered", "answers", "evidence", "note")
"""Columns that are off at first; the inspector shows what was asked and answered."""
LATER = ("answered", "answers", "evidence")
"""Fields that reading the answer fills in, so that nobody has to."""
XLSX = (".xlsx", ".xlsm", ".xls")
"""What may be an answer; what cannot be read is refused in words."""
Came = tuple[Answered, TakenUp | None]
"""A workbook that came back, and what taking it up comes to where it can be."""


class RequestsPart(RecordsPart):
    """The requests, with what is done about each."""

    def __init__(self, around: Around) -> None:
        self.around, self.known = around, around.known
        self.plant = cast("Session", around.desk)
        self.preview: AnswerPreview
        """The answer that was looked at last."""
        self.wished = ""
        """Supplier of the next new request."""
        super().__init__(
            around.page, around.desk, around.settings, "data_request",
            _("Here stands whom you have asked for the footprint of what it delivers, and how the goods came. Add a "
              "request with its lines, send the workbook, and read it when it comes back."),
            hidden=HIDDEN, picture="suppliers",
            beside={"due": [Column("state", _("State"), self.state, sort=self._rank, width=22)],
                    "asked": [Column("lines", _("Lines"), self._lines, "", "right", lambda one: len(_of(one).asked),
                                     width=8)]},
            marks=self._marks,
        )  # fmt: skip
        roomy(self.table)
        self.write = button(_("Write the workbook…"), self.ask_write, picture="export",
                            tip=_("For the supplier that is selected"))  # fmt: skip
        self.read_button = button(_("Read an answer…"), self.ask_answer, picture="import",
                                  tip=_("The workbook as it came back"))  # fmt: skip
        for one in (self.write, self.read_button):
            self.table.add_spare_tool(one)
        self._offer()

    # ------------------------------------------------------------------ columns

    def state(self, one: Record) -> str:
        """Due, late or answered."""
        asked = _of(one)
        if asked.answered:
            open_ = len(asked.asked) - len(asked.answers)
            if open_:
                return _("answered, lines open: {count}", count=open_)
            return _("answered {day}", day=day_words(asked.answered))
        if not asked.due:
            return _("not answered yet")
        return _("late") if late(asked, self.around.today()) else _("due {day}", day=day_words(asked.due))

    def _rank(self, one: Record) -> tuple[bool, str]:
        asked = _of(one)
        return bool(asked.answered), asked.due or "9999"

    def _lines(self, one: Record) -> str:
        return str(len(_of(one).asked))

    def _marks(self, one: Record) -> Mapping[str, Mark]:
        asked = _of(one)
        if asked.answered:
            whole = len(asked.answers) == len(asked.asked)
            return {"state": Mark("good" if whole else "info", self.state(one))}
        return {"state": Mark("warning", self.state(one))} if late(asked, self.around.today()) else {}

    # ------------------------------------------------------------------ page

    def _offer(self) -> None:
        super()._offer()
        if hasattr(self, "write"):  # the base offers before its heir is made
            allow(self.write, "" if self.table.current_record() is not None else _("Select a row first."))
            allow(self.read_button, self._why_not())

    def inspect(self) -> QWidget | None:
        one, answer = self.table.current_record(), self.known()
        if not isinstance(one, DataRequest) or answer is None or not isinstance(answer.records, Ledger):
            return super().inspect()
        held = answer.records.get("data_request", one.id)
        if not isinstance(held, DataRequest):
            return super().inspect()
        return RequestExplanation(held, answer.records, self.around.desk, answer, self.around.go, self.show_record)

    def show_record(self, place: str, key: str) -> None:
        """Go to a record that came of an answer."""
        self.page.wanted.emit(place, key)

    def _ask(self, record: Record | None) -> None:
        form = RecordForm(self.session.records, self.form, record, self)
        for key in LATER:
            form.editors[key].hide()
        if record is None:
            form.prefill({"year": self.plant.year, "sent": self.around.today()})
            if self.wished:
                form.prefill({"supplier": self.wished})
        self.wished = ""
        self.ask(form)

    def more_menu(self) -> QMenu:
        """With the way back from an answer."""
        menu, one = super().more_menu(), self.table.current_record()
        back = QAction(_("Take the answer back"), menu)
        back.triggered.connect(lambda _checked=False: self.take_back())
        back.setEnabled(self.session.writable and one is not None and bool(_of(one).answered))
        menu.addAction(back)
        return menu

    # ------------------------------------------------------------------ the workbook out

    def ask_write(self) -> None:
        """Ask where to write the workbook for the supplier."""
        one = self.table.current_record()
        if one is None:
            return
        asked, answer = _of(one), self.known()
        supplier = asked.supplier if answer is None else answer.names.get(asked.supplier, asked.supplier)
        named = f"{asked.year} {supplier}.xlsx".replace("/", "-")
        name, _kind = QFileDialog.getSaveFileName(self, self.write.text(), named, "Excel (*.xlsx)")
        if name:
            self.write_workbook(Path(name))

    def write_workbook(self, path: Path) -> None:
        """Write it."""
        one = self.table.current_record()
        if one is None:
            return

        def act() -> bool:
            write_request(path, self.plant.ledger, one.id, language())
            return True

        if self.page.attempt(act):
            self.page.tell("good", _("Saved {file}. Send it to the supplier.", file=path.name))

    # ------------------------------------------------------------------ the answer in

    def takes(self, path: Path) -> bool:
        """Whether a dropped file may be an answer."""
        return self.session.writable and path.suffix.casefold() in XLSX

    def ask_answer(self) -> None:
        """Ask for the workbook that came back."""
        if not self.session.writable:
            return
        kinds = f"{_('Workbooks')} (*.xlsx);;{_('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self, self.read_button.text(), "", kinds)
        if name:
            self.read_workbook(Path(name))

    def read_workbook(self, path: Path) -> None:
        """Read it in a job, then show what it says."""
        job = Job(_reading(path, self.plant.ledger, self.plant.library, self.around.today()))
        job.done.connect(self._show_answer)
        self.page.run(job, _("Reading “{file}”", file=path.name))

    def _show_answer(self, came: Came) -> None:
        answered, taken = came
        self.preview = preview = AnswerPreview(answered, taken, self.around, self)
        preview.accepted.connect(lambda: self._take_answer(answered))
        preview.open()

    def _take_answer(self, answered: Answered) -> None:
        """Worked out once more, for the plant may have changed while one looked."""
        plant = self.plant
        taken = self.page.attempt(lambda: taking_up(answered, plant.ledger, plant.library, self.around.today()))
        if taken is None:
            return
        if self.page.attempt(lambda: (plant.edit(taken.why, taken.steps, taken.data),)) is not None:
            tell_change(self.page, plant, taken.why)
            self.table.show_record(answered.request.id)

    def take_back(self) -> None:
        """Nobody has answered any more; what came of it goes."""
        one = self.table.current_record()
        if one is not None and self.session.writable:
            self.do(lambda: taking_back(self.plant.ledger, one.id))


def _of(one: Record) -> DataRequest:
    return cast("DataRequest", one)


def _reading(
    path: Path, ledger: Ledger, library: Library, today: date
) -> Callable[[Progress, Callable[[], bool]], Came]:  # fmt: skip
    def work(_progress: Progress, _cancelled: Callable[[], bool]) -> Came:
        answered = read_answer(path, ledger)
        return answered, taking_up(answered, ledger, library, today) if answered.possible else None

    return work
