"""How long what is known of a data point stays as it is, so that it can be kept and asked on a later day.

Certificates, declarations, undertakings and answers run out, suppliers stop delivering: on such a day a data point may
change, and on no other as long as its records stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.disclosures.catalogue import all_points
from core.disclosures.derived import dated
from core.disclosures.known import Known
from core.disclosures.point import Point
from core.disclosures.value import PointValue
from core.disclosures.values import answers_of, last_day, value_on
from core.ledger import Answer, Evidence, ExternalAudit, Ledger, MineralDeclaration, Supplier, Undertaking
from core.minerals.checker import MOST_MONTHS

MOST_TURNS = 40
"""Days of change that are looked ahead for a data point; what comes after them is worked out when its time has come."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value and how long it stays."""

    until: str
    """Last day, as ISO date; empty: as long as the records stay as they are."""
    value: PointValue


def stretches(known: Known) -> Mapping[str, tuple[Stretch, ...]]:
    """Every data point from the day asked about on.

    Parameters
    ----------
    known
        of a plant and year; ``today`` is the first day.

    Returns
    -------
    Mapping
        by key, in the order of the catalogue; stretches follow each other without a gap. One that ends with a day is
        followed by others that are not looked at, see :data:`MOST_TURNS`.
    """
    answers, days = answers_of(known), _Days(known)
    derived = days.of_records() if dated() else ()
    return {
        key: _stretches(point, days, answers.get(key, ()), derived if key in dated() else ())
        for key, point in all_points().items()
    }


def on(kept: Sequence[Stretch], day: date) -> PointValue | None:
    """The value on a day from the first one on; None where nobody looked so far ahead."""
    said = day.isoformat()
    return next((one.value for one in kept if not one.until or one.until >= said), None)


class _Days:
    """What is known on several days; what the day does not change is worked out once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._on = {known.today: known}
        self._ends = {one.id: one.valid_to for one in known.ledger.held(Evidence)}

    def on(self, day: date) -> Known:
        if day not in self._on:
            self._on[day] = replace(self.known, today=day)
        return self._on[day]

    def proofs(self, answers: Iterable[Answer], day: date) -> frozenset[str]:
        """Files that answers name and that hold on a day."""
        said = day.isoformat()
        return frozenset(
            key for one in answers for key in one.evidence
            if key in self._ends and (not self._ends[key] or self._ends[key] >= said)
        )  # fmt: skip

    def of_records(self) -> tuple[date | None, ...]:
        """Days on which records of suppliers and results of other audits begin to count or stop."""
        return tuple(_turns(self.known.ledger))

    def of_answers(self, point: Point, answers: Iterable[Answer]) -> Iterator[date | None]:
        """Days after which answers and their proofs hold no longer."""
        for one in answers:
            yield from _after(last_day(point, one))
            for key in one.evidence:
                yield from _after(self._ends.get(key, ""))


def _stretches(
    point: Point, days: _Days, answers: Sequence[Answer], derived: Iterable[date | None]
) -> tuple[Stretch, ...]:
    first = days.known.today
    every = {*derived, *days.of_answers(point, answers)}
    if None in every:  # a day that is none: nobody knows when it comes
        looked, rest = [], [first + DAY]
    else:
        turns = sorted(one for one in every if one is not None and one > first)
        looked, rest = turns[:MOST_TURNS], turns[MOST_TURNS:]
    found: list[Stretch] = []
    for day in (first, *looked):
        value = value_on(point, days.on(day), answers, days.proofs(answers, day))
        if found and found[-1].value == value:
            continue
        if found:
            found[-1] = Stretch((day - DAY).isoformat(), found[-1].value)
        found.append(Stretch("", value))
    if rest:
        found[-1] = Stretch((rest[0] - DAY).isoformat(), found[-1].value)
    return tuple(found)


# ---------------------------------------------------------------------- days


def _turns(ledger: Ledger) -> Iterator[date | None]:
    for audit in ledger.held(ExternalAudit):
        yield audit.day
        yield from _after(audit.valid_to)
    for supplier in ledger.held(Supplier):
        yield from _after(supplier.until)
    for paper in ledger.held(Undertaking):
        yield paper.signed
        yield from _after(paper.valid_to)
    for declared in ledger.held(MineralDeclaration):
        yield from _read(declared.effective, lambda day: (day, _old(day)))


def _after(text: str) -> Iterator[date | None]:
    """The day after the last one; nothing where there is no end."""
    return _read(text, lambda day: () if day == date.max else (day + DAY,))


def _read(text: str, days: Callable[[date], Iterable[date]]) -> Iterator[date | None]:
    """None for what is no day: reports may say anything."""
    if not text:
        return
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield None
        return
    if day.isoformat() != text:  # compared as it is written
        yield None
    yield from days(day)


def _old(day: date) -> date:
    """From which on a declaration is too old, see :func:`core.minerals.checker.months_between`.

    Examples
    --------
    >>> _old(date(2024, 2, 29)), _old(date(2024, 5, 31))
    (datetime.date(2025, 3, 1), datetime.date(2025, 5, 31))
    """
    turns, month = divmod(day.month - 1 + MOST_MONTHS, 12)
    year = day.year + turns
    if year > date.max.year:
        return date.max
    try:
        return date(year, month + 1, day.day)
    except ValueError:  # the month is shorter
        return date(year, month + 2, 1)
