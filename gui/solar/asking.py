"""The questions of the page about PV systems: asked once for what they depend on, answered off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.ledger import PvArray, PvSystem, WeatherFile
from core.solar.claims import Expected
from gui.latest import Latest
from gui.session import Session
from gui.solar.work import (
    Look,
    Solved,
    Subject,
    expected_in,
    look_at,
    solved,
    subject_of,
    valued_by,
)

KEPT = 6
"""Looks that are remembered: a person goes to and fro between systems and years."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what it was about."""

    subject: Subject
    found: Solved


class Answers(QObject):
    """Belongs to the page."""

    answered = Signal(object)
    """The Solved of the system that was asked for last."""
    expected = Signal()
    """What models give in an average year is known anew."""
    broken = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[object, ...] | None = None
        self._looks: OrderedDict[Subject, Look] = OrderedDict()
        self._models: tuple[tuple[Subject, ...], Mapping[str, Expected]] = ((), {})
        self.latest, self.models = Latest(self), Latest(self)
        self.latest.answered.connect(self._came)
        self.latest.broken.connect(self._failed)
        self.latest.busy_changed.connect(self.busy_changed)
        self.models.answered.connect(self._models_came)

    def ask(self, system: PvSystem, basis: str) -> None:
        """Look at a system as it is now; nothing happens when nothing it depends on has changed."""
        session = self._session
        ledger, library = session.ledger, session.library
        subject = subject_of(ledger, system, session.inventory.choices.period)
        asked = (subject, *valued_by(ledger, system, basis))
        if asked == self._asked:
            return
        self._asked = asked
        known, reader = self._looks.get(subject), session.file.reader()

        def work() -> Answer:
            with reader:
                look = known if known is not None else look_at(subject, ledger, reader.blob)
            return Answer(subject, solved(look, system, ledger, library, basis))

        self.latest.ask(work)

    def _came(self, answer: Answer) -> None:
        self._looks[answer.subject] = answer.found.look
        self._looks.move_to_end(answer.subject)
        while len(self._looks) > KEPT:
            self._looks.popitem(last=False)
        self.answered.emit(answer.found)

    def _failed(self, why: str) -> None:
        self._asked = None
        self.broken.emit(why)

    def forget(self) -> None:
        """Nothing is asked for any more, e.g. because the system is gone."""
        self._asked = None

    # ------------------------------------------------------------------ for claims

    def expectation(self, key: str) -> Expected | None:
        """What the model of a system gives in an average year; None while it is not known."""
        return self._models[1].get(key)

    def ask_for_models(self) -> None:
        """Find it out for all systems, which claims may be about."""
        session = self._session
        ledger, period = session.ledger, session.inventory.choices.period
        subjects = tuple(_light(subject_of(ledger, one, period)) for one in ledger.held(PvSystem))
        if subjects == self._models[0]:
            return
        self._models = (subjects, self._models[1])
        reader = session.file.reader()

        def work() -> dict[str, Expected]:
            with reader:
                return expected_in(subjects, ledger, reader.blob)

        self.models.ask(work)

    def _models_came(self, found: dict[str, Expected]) -> None:
        self._models = (self._models[0], found)
        self.expected.emit()


def _light(subject: Subject) -> Subject:
    """Without what only measurements need."""
    bare = replace(
        subject.system, generation=(), feed_in=(), purchased=(), irradiance="", temperature=""
    )  # fmt: skip
    kept = tuple(one for one in subject.records if isinstance(one, PvArray | WeatherFile))
    return replace(subject, system=bare, records=kept)
