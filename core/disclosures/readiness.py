"""How far a plant or a group can answer a framework: which questions have data, which have proof, what is missing.

Two counts stand apart, of data and of evidence. They are no score: nobody who asks counts like this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.disclosures.deciding import NO, YES, Proposal, decision_id, proposed
from core.disclosures.point import Point
from core.disclosures.question import DisclosureMap, Question
from core.disclosures.units import in_unit, parts_of
from core.disclosures.value import PointValue
from core.i18n import Localised, T, Text
from core.ledger.disclosures import QuestionDecision

STATES: dict[str, Text] = {
    "answered": T("Answered"),
    "part": T("Answered in part"),
    "missing": T("Missing"),
    "expired": T("Proof expired"),
    "undecided": T("To be decided"),
    "not_applicable": T("Not applicable"),
    "optional_open": T("Optional, open"),
}
"""Of a question, from what is done to what nobody has to do.

``answered``: each data point is known; ``part``: some are; ``expired``: what is not known was answered once, and its
proof has run out; ``undecided``: conditional, and nobody has said whether it applies; ``optional_open``: welcome, not
needed, and not answered."""
OPEN = frozenset({"part", "missing", "expired", "undecided"})
"""States in which somebody must still do something."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many questions."""

    n: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 % are there only when nothing is open; None where nothing is asked. [%]

        >>> Count(199, 200).percent, Count(3, 3).percent, Count(0, 0).percent
        (99, 100, None)
        """
        return self.n * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question and what is known of it."""

    question: Question
    state: str
    """One of :data:`STATES`."""
    values: tuple[PointValue, ...]
    """Of its data points, in the order of the map, numbers in the unit that the framework asks for."""
    decision: QuestionDecision | None = None
    """Of this year: whether it applies, and the comment."""
    proposal: Proposal | None = None
    """Of an earlier year, where this year nobody has decided."""

    @property
    def counts(self) -> bool:
        """Whether it is among the questions that are counted: not where it is optional or does not apply."""
        return self.question.requirement != "opt" and self.state != "not_applicable"

    @property
    def proven(self) -> bool:
        """It is answered, and each of its data points has a proof that holds."""
        return self.state == "answered" and all(map(is_proven, self.values))

    @property
    def lacking(self) -> tuple[PointValue, ...]:
        """The data points that keep it from being answered."""
        return tuple(one for one in self.values if not one.known)

    @property
    def reason(self) -> str:
        """Of the decision."""
        return self.decision.reason if self.decision is not None else ""

    @property
    def comment(self) -> str:
        """Of whoever answers, for those who ask."""
        return self.decision.comment if self.decision is not None else ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One framework in one year, at one level."""

    map: DisclosureMap
    year: int
    level: str
    """``plant`` or ``group``."""
    questions: tuple[QuestionState, ...]
    """That are asked at this level, in the order of the map."""

    @property
    def counted(self) -> tuple[QuestionState, ...]:
        """Asked of everybody, or conditional and not put aside by a person."""
        return tuple(one for one in self.questions if one.counts)

    @property
    def data(self) -> Count:
        """How many of those are answered."""
        return Count(sum(one.state == "answered" for one in self.counted), len(self.counted))

    @property
    def evidence(self) -> Count:
        """How many of those are answered and proven."""
        return Count(sum(one.proven for one in self.counted), len(self.counted))

    def of_state(self, state: str) -> tuple[QuestionState, ...]:
        """The questions in a state."""
        return tuple(one for one in self.questions if one.state == state)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A data point that is missing, or whose proof has run out."""

    value: PointValue
    who: Localised | None
    """Who can usually supply it."""
    questions: tuple[tuple[str, str], ...]
    """Key of the map and id of each open question that asks for it."""
    alone: int
    """How many of them lack nothing else."""

    @property
    def asked(self) -> int:
        """How many questions of all frameworks it would help to answer."""
        return len(self.questions)


def is_proven(value: PointValue) -> bool:
    """Whether there is a proof that holds; of a group's coverage, whether each plant has one."""
    return value.proven and (value.covered is None or value.covered[0] == value.covered[1])


def readiness_of(
    asked: DisclosureMap,
    values: Mapping[str, PointValue],
    decisions: Iterable[QuestionDecision],
    year: int,
    level: str,
    editions: Collection[str] = (),
) -> Readiness:
    """The state of each question of a map.

    Parameters
    ----------
    asked
        the map.
    values
        what is known, by data point.
    decisions
        of all years and maps.
    year
        of the answers.
    level
        ``plant``: questions to plants and to both; ``group``: to the group and to both.
    editions
        keys of other editions of the framework, whose earlier decisions are proposed too.

    Returns
    -------
    Readiness
        in the order of the map.

    Notes
    -----
    A conditional question about which nobody has decided is counted and not answered: 100 % are only there when nothing
    is open. Questions that do not apply and optional ones are not counted. A question whose answer is a statement with
    its proof is answered in data when the statement is there, and in evidence when the proof is.
    """
    held = {one.id: one for one in decisions}
    keys = {asked.key, *editions}
    earlier = tuple(one for one in held.values() if one.map in keys)
    states = []
    for question in asked.questions:
        if question.level not in (level, "both"):
            continue
        found = tuple(as_asked(question, value_of(values, key)) for key in question.points)
        decision = held.get(decision_id(year, asked.key, question.id))
        state = _state(question, found, decision)
        proposal = proposed(earlier, keys, question.id, year) if state == "undecided" else None
        states.append(QuestionState(question, state, found, decision, proposal))
    return Readiness(asked, year, level, tuple(states))


def value_of(values: Mapping[str, PointValue], key: str) -> PointValue:
    """What is known of a data point; one that nobody has ever heard of is missing."""
    found = values.get(key)
    if found is not None:
        return found
    return PointValue(key, missing=T("This program does not know the data point “{point}”.", point=key))


def as_asked(question: Question, value: PointValue) -> PointValue:
    """A number in the unit that the framework asks for, where it measures the same."""
    if not isinstance(value.value, Decimal) or value.unit in parts_of(question.unit):
        return value
    for unit in parts_of(question.unit):
        converted = in_unit(value.value, value.unit, unit)
        if converted is not None:
            return replace(value, value=converted, unit=unit)
    return value


def _state(question: Question, values: tuple[PointValue, ...], decision: QuestionDecision | None) -> str:
    applies = decision.applies if decision is not None else ""
    if question.requirement == "cond" and applies != YES:
        return "not_applicable" if applies == NO else "undecided"
    if values and all(one.known for one in values):
        return "answered"
    if question.requirement == "opt":
        return "optional_open"
    open_ = [one for one in values if not one.known]
    if open_ and all(one.expired for one in open_):
        return "expired"
    return "part" if any(one.known or one.expired for one in values) else "missing"


def lacking(
    readinesses: Iterable[Readiness], points: Mapping[str, Point], within: Readiness | None = None
) -> tuple[Lacking, ...]:
    """What is missing, first what answers most.

    Parameters
    ----------
    readinesses
        of all frameworks that the plant or group answers.
    points
        the catalogue, which says who can supply what.
    within
        only what this framework asks for, still ordered by all of them; None: everything.

    Returns
    -------
    tuple of Lacking
        each data point once; points of undecided and optional questions are no duty yet and stay out.
    """
    found: dict[str, list[tuple[str, QuestionState]]] = {}
    for one in readinesses:
        for state in one.questions:
            if state.counts and state.state != "undecided":
                for value in state.lacking:
                    found.setdefault(value.point, []).append((one.map.key, state))
    wanted = None if within is None else {
        value.point for state in within.questions if state.counts and state.state != "undecided"
        for value in state.lacking
    }  # fmt: skip
    listed = [_lacking(key, states, points) for key, states in found.items() if wanted is None or key in wanted]
    return tuple(sorted(listed, key=lambda one: (-one.asked, -one.alone, one.value.point)))


def _lacking(key: str, states: list[tuple[str, QuestionState]], points: Mapping[str, Point]) -> Lacking:
    value = next(one for one in states[0][1].values if one.point == key)
    point = points.get(key)
    questions = tuple(dict.fromkeys((asked, state.question.id) for asked, state in states))
    alone = sum(len({one.point for one in state.lacking}) == 1 for _map, state in states)
    return Lacking(value, None if point is None else point.who, questions, alone)
