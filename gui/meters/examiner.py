"""Looks at the values of all meters for problems, one meter after the other, off the GUI thread.

What was found stays known as long as the values and the records it follows from are the same, so nothing is examined
twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal

from core.inventory.period import Period, year_of
from core.ledger import Meter, PvSystem
from core.series.metered import Metered
from core.series.overview import span_of
from core.series.problems import Problem
from gui.jobs import Job, crash_error
from gui.language import language
from gui.session import Session


class Examiner(QObject):
    """Belongs to a page; a page that dies is told nothing more."""

    found = Signal(str)
    """Id of a meter about which more is known now."""
    broken = Signal(str)
    """A sentence: why a meter could not be looked at."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[Hashable, tuple[Problem, ...]] = {}
        self._failed: set[Hashable] = set()
        self._waiting: list[tuple[str, Period]] = []
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether some meter waits for its turn or is looked at."""
        return self._job is not None

    def problems(self, year: int) -> dict[str, tuple[Problem, ...]]:
        """What is known about each meter in a year; a meter that nobody has looked at is not there."""
        metered, period = self._session.metered, year_of(year)
        keys = {meter.id: key_of(metered, meter, period) for meter in metered.meters}
        return {meter: self._known[key] for meter, key in keys.items() if key in self._known}

    def ever(self, meter: Meter) -> tuple[Problem, ...] | None:
        """What is known about a meter in all the time of which it has values; None: nobody has looked."""
        metered = self._session.metered
        period = whole(metered, meter)
        return () if period is None else self._known.get(key_of(metered, meter, period))

    def look(self, year: int, first: str = "") -> None:
        """See to it that all meters are looked at in a year, this one before the others."""
        metered, known, period = self._session.metered, self.problems(year), year_of(year)
        waiting = [meter for meter in metered.meters if meter.id not in known]
        waiting.sort(key=lambda meter: meter.id != first)
        self._waiting = [(m.id, period) for m in waiting if key_of(metered, m, period) not in self._failed]
        self._begin()

    def look_at_all_years(self, meter: Meter) -> None:
        """See to it that a meter is looked at in all its time, before anything else."""
        period = whole(self._session.metered, meter)
        if period is not None and self.ever(meter) is None:
            self._waiting.insert(0, (meter.id, period))
            self._begin()

    def _begin(self) -> None:
        if self._job is None:
            self._next()

    def _next(self) -> None:
        while self._waiting and self._session.is_open:
            key, period = self._waiting.pop(0)
            meter = self._session.metered.meter(key)
            if meter is not None:
                self._examine(meter, period)
                return

    def _examine(self, meter: Meter, period: Period) -> None:
        key, work = key_of(self._session.metered, meter, period), question(self._session, meter, period)
        self._job = job = Job(lambda _progress, _cancelled: work())
        job.done.connect(lambda problems: self._keep(key, meter.id, problems))
        job.failed.connect(lambda error: self._fail(key, error.text(language())))
        job.crashed.connect(lambda trace: self._fail(key, crash_error(trace).text(language())))
        job.ended.connect(self._ended)
        job.start()

    def _keep(self, key: Hashable, meter: str, problems: tuple[Problem, ...]) -> None:
        self._known[key] = problems
        if self._session.is_open:
            self.found.emit(meter)

    def _fail(self, key: Hashable, sentence: str) -> None:
        self._failed.add(key)
        if self._session.is_open:
            self.broken.emit(sentence)

    def _ended(self) -> None:
        self._job = None
        self._next()


def whole(metered: Metered, meter: Meter) -> Period | None:
    """All the time of which a meter has values; None when it has none."""
    span = span_of(metered, meter)
    return None if span is None else Period(*span)


def key_of(metered: Metered, meter: Meter, period: Period) -> Hashable:
    """Everything that the answer follows from."""
    below = [one for one in metered.meters if one.parent == meter.id]
    hashes = [kept.sha256 if (kept := metered.kept(one.id)) else "" for one in (meter, *below)]
    systems = tuple(one for one in metered.ledger.held(PvSystem) if meter.id in one.generation)
    return meter, period, tuple(below), tuple(hashes), systems, metered.zone.key


def question(session: Session, meter: Meter, period: Period) -> Callable[[], tuple[Problem, ...]]:
    """The work about one meter, for another thread: values are read there."""
    ledger, reader = session.ledger, session.file.reader()

    def work() -> tuple[Problem, ...]:
        from core.handover.energy import problems_of

        with reader:
            return problems_of(Metered(ledger, reader.blob), meter, period)

    return work
