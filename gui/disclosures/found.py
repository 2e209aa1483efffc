"""What the page shows of one year: every framework with its questions, and every data point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.disclosures.catalogue import all_points
from core.disclosures.cells import Words
from core.disclosures.maps import maps_of, unread_maps
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import Lacking, QuestionState, Readiness, lacking, readiness_of
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.handover.asked import known_of
from core.i18n import Text
from core.ledger import ActionArea, Answer, Evidence, QuestionDecision
from core.ledger.filing import Records
from gui.session import Session

if TYPE_CHECKING:
    from core.group.asked.gathering import GroupValues

PLANT, GROUP = "plant", "group"
Place = tuple[str, str]
"""Key of a framework and id of a question in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Everything about one year."""

    year: int
    level: str
    """``plant`` or ``group``."""
    today: date
    """On which answers must still hold."""
    subject: str
    """Name of the plant or group."""
    records: Records
    values: Mapping[str, PointValue]
    maps: Mapping[str, DisclosureMap]
    """By key; those that ask nothing at this level are not among them."""
    ready: Mapping[str, Readiness]
    """By key of the framework, in the order in which they are listed."""
    lacking: Mapping[str, Lacking]
    """By data point, first what answers most."""
    asked: Mapping[str, tuple[Place, ...]]
    """By data point: the questions that ask for it."""
    proofs: Mapping[str, str]
    """Names of kept files by id; of a group's plants by key of the plant and id, with a space between."""
    words: Words
    notices: tuple[Text, ...] = ()
    group: GroupValues | None = None

    def state_of(self, place: Place) -> QuestionState | None:
        """A question with what is known of it."""
        ready = self.ready.get(place[0])
        return None if ready is None else next((one for one in ready.questions if one.question.id == place[1]), None)

    def answer_of(self, point: str) -> Answer | None:
        """What somebody answered for a data point in this year."""
        held = self.records.get("answer", f"{self.year} {point}")
        return held if isinstance(held, Answer) else None


@dataclass(frozen=True, slots=True)
class Given:
    """What a year is looked at with."""

    records: Records
    year: int
    level: str
    today: date
    subject: str


def found_of(
    given: Given,
    maps: Mapping[str, DisclosureMap],
    values: Mapping[str, PointValue],
    proofs: Mapping[str, str],
    words: Words,
    notices: tuple[Text, ...] = (),
    group: GroupValues | None = None,
) -> Found:
    """Each framework answered with the same values."""
    decisions = given.records.held(QuestionDecision)
    ready: dict[str, Readiness] = {}
    for one in sorted(maps.values(), key=lambda one: (one.framework.casefold(), one.edition, one.key)):
        editions = [other.key for other in maps.values() if other.framework == one.framework]
        made = readiness_of(one, values, decisions, given.year, given.level, editions)
        if made.questions:
            ready[one.key] = made
    asked: dict[str, list[Place]] = {}
    for key, one_ready in ready.items():
        for state in one_ready.questions:
            for point in state.question.points:
                asked.setdefault(point, []).append((key, state.question.id))
    return Found(
        given.year, given.level, given.today, given.subject, given.records, values,
        {key: maps[key] for key in ready}, ready,
        {one.value.point: one for one in lacking(ready.values(), all_points())},
        {point: tuple(places) for point, places in asked.items()}, proofs, words, notices, group,
    )  # fmt: skip


# ---------------------------------------------------------------------- a plant


def asking(session: Session, today: date) -> Callable[[], Found]:
    """The work for another thread; what is kept in the file is read there."""
    ledger, library, reader, year = session.ledger, session.library, session.file.reader(), session.year
    held = {} if session.trouble else {year: session.inventory}
    findings = session.findings

    def work() -> Found:
        with reader:
            maps, unread = maps_of(ledger, reader.blob), unread_maps(ledger, reader.blob)
            known = known_of(ledger, year, library, reader.blob, today, inventories=held, findings=findings)
            return found_of(
                Given(ledger, year, PLANT, today, ledger.plant.name), maps, values_of(known),
                {one.id: one.name for one in ledger.held(Evidence)}, Words(library.items, ledger.held(ActionArea)),
                unread,
            )  # fmt: skip

    return work


def asking_before(session: Session, today: date) -> Callable[[], Mapping[str, PointValue]] | None:
    """The data points of the year before; None where nothing is known of it."""
    year = session.year - 1
    if year not in session.years() and not any(one.year == year for one in session.ledger.held(Answer)):
        return None
    ledger, library, reader = session.ledger, session.library, session.file.reader()

    def work() -> Mapping[str, PointValue]:
        with reader:
            return values_of(known_of(ledger, year, library, reader.blob, today))

    return work
