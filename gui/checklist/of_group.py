"""Checklist of the group: what head office answers itself, what its plants answered, and how far each of them is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from core.disclosures.value import Origin, PointValue
from core.store import Filed
from gui.checklist.page import ChecklistBase
from gui.checklist.plants import PlantsView
from gui.disclosures.found import Found
from gui.disclosures.of_group import asking_group, reports_of
from gui.disclosures.origins import Named
from gui.icons import pixmap
from gui.jobs import Job
from gui.language import _, say
from gui.office.office import Office
from gui.settings import Settings
from gui.widgets import button, label

PLANTS = "plants"
PLACES = {"disclosures": "group_disclosures", "suppliers": "group_suppliers"}
"""Pages of head office by what they are called in a plant; kept files have none."""


class Hint(QWidget):
    """A line with its way on, which is there as long as it has something to say."""

    def __init__(self, do: str, act: Callable[[], object]) -> None:
        super().__init__()
        self._words = label("", wrap=True)
        sign = QLabel()
        sign.setPixmap(pixmap("info", "accent", 16))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign)
        row.addWidget(self._words, 1)
        row.addWidget(button(do, act, role="link"))
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence; nothing hides it."""
        self._words.setText(words)
        self.setVisible(bool(words))


class GroupChecklistPage(ChecklistBase):
    """The reports of the year are read once, in a job that can be cancelled; then everything is quick."""

    of_plant = False

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office = office
        self.reports = reports_of(office)
        self.job: Job | None = None
        """Reads reports."""
        self._stopped: set[int] = set()
        """Years whose reports somebody did not want to wait for."""
        super().__init__(office, settings)

    def more_tabs(self) -> Sequence[tuple[str, str, QWidget]]:
        self.plants = PlantsView(self.settings)
        self.plants.report_wanted.connect(lambda sha256: self.wanted.emit("inbox", sha256))
        self.plants.chosen.connect(self.selected)
        return ((PLANTS, _("Plants"), self.plants),)

    def show_more(self) -> None:
        if self.checks is not None:
            self.plants.show_checks(self.checks)

    def inspect(self) -> QWidget | None:
        return self.plants.inspect() if self.front == PLANTS else super().inspect()

    # ------------------------------------------------------------------ what is worked out

    def basis(self) -> tuple[object, ...]:
        office = self._office
        return office.register, office.filed, office.year, len(self.reports.told)

    def _unread(self) -> tuple[Filed, ...]:
        return self.reports.unread(self._office.file.accepted(self._office.year))

    def work(self) -> Callable[[], Found] | None:
        """Head office's own answers do not wait for reports that somebody did not want to wait for."""
        unread, year = self._unread(), self._office.year
        if unread and year not in self._stopped:
            self._read(year, unread)
            return None
        return asking_group(self._office, self.reports, self.today())

    def read_again(self) -> None:
        """Read what somebody did not want to wait for."""
        self._stopped.clear()
        self._basis = ()  # what is shown was worked out without them
        self.ask()

    def _read(self, year: int, reports: tuple[Filed, ...]) -> None:
        if self.job is not None:
            return
        self.job = job = Job(self.reports.to_read(self._office, reports, self.today()))
        for end in (job.failed, job.crashed, job.stopped):
            end.connect(lambda *_why: self._stopped.add(year))
        job.ended.connect(self._ended)
        self.run(job, _("Reading reports"))

    def _ended(self) -> None:
        self.job = None
        self.ask()
        self.show_hints()

    def hints(self) -> Sequence[QWidget]:
        self._nothing = Hint(_("Go to the inbox"), lambda: self.wanted.emit("inbox", None))
        self._waiting = Hint(_("Read them"), self.read_again)
        return self._nothing, self._waiting

    def show_hints(self) -> None:
        year = self._office.year
        none = _("No report of {year} is accepted yet: numbers of plants are missing.", year=str(year))
        self._nothing.say("" if self._office.file.accepted(year) else none)
        count = len(self._unread()) if self.job is None else 0
        told = _("Reports of {year} that are not read yet: {count}", year=str(year), count=count)
        self._waiting.say(told if count else "")

    # ------------------------------------------------------------------ down

    def place_of(self, page: str) -> str:
        return PLACES.get(page, "")

    def named(self, origin: Origin) -> Named:
        return [(key, say(origin.words)) for key in origin.ids]

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """An answer is asked anew; what plants answered is listed with their reports."""
        if origin.kind == "answer":
            self.answer(value.point)

    # ------------------------------------------------------------------ corrective actions

    def no_action(self) -> str:
        return _("Corrective actions are raised in the plant.")

    def go_action(self, point: str) -> None:
        self.tell("info", self.no_action())
