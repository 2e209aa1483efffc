"""Disclosures of the group: its plants' reports folded, head office's own answers, every number down to a bill."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from core.disclosures.value import Origin, PointValue
from core.group.asked.registered import FILED
from core.store import Filed
from gui.disclosures.found import Found
from gui.disclosures.of_group import asking_group, asking_group_before, reports_of
from gui.disclosures.origins import Named
from gui.disclosures.page import DisclosuresBase, hint
from gui.disclosures.trail import Step, plant_explained, record_explained
from gui.group.records import Explaining
from gui.jobs import Job
from gui.language import _, say
from gui.office.office import Office
from gui.plants.matrix import absent
from gui.settings import Settings
from gui.wording import some_of

MOST_NAMED = 3
"""Plants named in a sentence."""


class GroupDisclosuresPage(DisclosuresBase):
    """The reports of the year are read once, in a job that can be cancelled; then everything is quick."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office = office
        self.reports = reports_of(office)
        self.job: Job | None = None
        """Reads reports."""
        self._stopped: set[int] = set()
        """Years whose reports somebody did not want to wait for."""
        self.step: Step | None = None
        """Where one is on the way down to a bill."""
        super().__init__(office, settings)
        self.explaining = Explaining(office.path, self)
        self.explaining.known.connect(self.selected)

    # ------------------------------------------------------------------ what is worked out

    def basis(self) -> tuple[object, ...]:
        office = self._office
        self.reports.look(office)
        return office.register, office.filed, office.year, len(self.reports.told)

    def _accepted(self, year: int) -> tuple[Filed, ...]:
        return self._office.file.accepted(year)

    def work(self) -> Callable[[], Found] | None:
        year = self._office.year
        unread = self.reports.unread(self._accepted(year))
        if not unread:
            return asking_group(self._office, self.reports, self.today())
        if year in self._stopped:
            self.found = None
        else:
            self._read(year, unread)
        return None

    def work_before(self) -> Callable[[], Mapping[str, PointValue]] | None:
        return asking_group_before(self._office, self.reports, self.today())

    def can_read_before(self) -> bool:
        return bool(self._accepted(self._office.year - 1))

    def reading_before(self) -> str:
        if not self.can_read_before():
            return super().reading_before()
        return _("The reports of {year} are not read yet. That takes a second or two for each plant.",
                 year=str(self._office.year - 1))  # fmt: skip

    def read_before(self) -> None:
        year = self._office.year - 1
        self._read(year, self.reports.unread(self._accepted(year)))

    def read_again(self) -> None:
        """Read what somebody did not want to wait for."""
        self._stopped.clear()
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
        self.attempt(lambda: self.reports.keep(self._office))
        self.ask()
        self.show_hints()

    def hints(self) -> list[QWidget]:
        """Why there is nothing, or less than there could be."""
        year = self._office.year
        unread = self.reports.unread(self._accepted(year))
        if not self._accepted(year):
            told = _("No report of {year} is accepted yet: numbers of plants are missing.", year=str(year))
            return [hint("info", told, _("Go to the inbox"), lambda: self.wanted.emit("inbox", None))]
        if unread and self.job is None:
            told = _("Reports of {year} that are not read yet: {count}", year=str(year), count=len(unread))
            return [hint("info", told, _("Read them"), self.read_again)]
        return self._incomplete()

    def _incomplete(self) -> list[QWidget]:
        """Why sums over all plants are missing."""
        found = absent(self._office)
        names = [name for own in found.values() for name in own]
        if not names:
            return []
        told = _("Without an accepted report of {year}: {plants}. Until these come, sums over all plants are missing.",
                 year=str(self._office.year), plants=some_of(names, MOST_NAMED))  # fmt: skip
        return [hint("info", told, _("Show the plants"), lambda: self.wanted.emit("plants", next(iter(found))))]

    # ------------------------------------------------------------------ down

    def named(self, origin: Origin) -> Named:
        if origin.kind == FILED:
            plants = {one.sha256: one.plant for one in self._office.filed}
            return sorted(((key, plants[key]) for key in origin.ids if key in plants), key=lambda pair: pair[1])
        return [(key, say(origin.words)) for key in origin.ids]

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """A plant is looked into; what head office answered is asked anew, what it said of the group changed there."""
        if origin.kind == "answer":
            self.acts.answer(value.point)
        elif origin.kind == "group":
            self.wanted.emit("plants", "group")
        elif origin.kind == FILED:
            self.wanted.emit("inbox", key)
        else:
            self.go_down(Step(value.point, key))

    def go_down(self, step: Step | None) -> None:
        """To a plant, to a record of its report, or back to the group."""
        self.step = step
        self.selected.emit()

    def _moved(self) -> None:
        self.step = None
        super()._moved()

    def inspect(self) -> QWidget | None:
        step, found = self.step, self.found
        if step is None or found is None or found.group is None:
            return super().inspect()
        if not step.record:
            return plant_explained(found, step, self.settings, self.go_down, self._show_report)
        filed = found.group.reports[step.plant]
        known = self.explaining.of(filed, step.record)
        return record_explained(step, known, self._office.library, self.go_down, self._show_report)

    def _show_report(self, sha256: str) -> None:
        self.wanted.emit("inbox", sha256)
