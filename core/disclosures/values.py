"""What is known of every data point: derived from the plant's records, else answered once by a person, else missing.

What follows from other records is never typed again, so an answer to it is refused. In a group head office answers what
plants cannot say for it; what is folded from their values is derived there.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import MAXYEAR, date
from decimal import Decimal

from core.disclosures.answering import NONE, check_answer
from core.disclosures.catalogue import CHECK, all_points
from core.disclosures.derived import Derivation, all_derived, also_asked
from core.disclosures.known import Known
from core.disclosures.point import Point
from core.disclosures.units import in_unit
from core.disclosures.value import Origin, PointValue
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Answer, Evidence
from core.ledger.codec import read_decimal
from core.ledger.filing import Records
from core.library import EXACT

LASTING = frozenset({"evidence", "text", "choice"})
"""Kinds of answers that hold for later years too, until they run out; a number, day or table is of its own year."""
HUNDRED = Decimal(100)
__all__ = [
    "NONE", "answered", "answers_of", "check_answer", "holding", "last_day", "own_values", "value_on", "values_of",
]  # fmt: skip


# ---------------------------------------------------------------------- all of them


def values_of(known: Known) -> Mapping[str, PointValue]:
    """Every data point of the catalogue of one plant and year.

    Parameters
    ----------
    known
        gathered by :func:`core.handover.asked.known_of`.

    Returns
    -------
    Mapping
        by key, in the order of the catalogue. A record that cannot be says why its data points are missing and stops
        nothing else.
    """
    answers, proofs = answers_of(known), holding(known.ledger, known.today)
    return {key: value_on(point, known, answers.get(key, ()), proofs) for key, point in all_points().items()}


def answers_of(known: Known) -> Mapping[str, list[Answer]]:
    """What persons answered up to the year, by data point."""
    return _by_point(known.ledger, known.year)


def value_on(point: Point, known: Known, answers: Iterable[Answer], proofs: Collection[str]) -> PointValue:
    """One data point on the day that is asked about.

    Parameters
    ----------
    point
        of the catalogue.
    known
        of the plant and year.
    answers
        of the data point.
    proofs
        ids of kept files that hold on the day.
    """
    derive = all_derived().get(point.key)
    value = None if derive is None else _derived(point, derive, known)
    if value is not None and (value.missing is None or point.key not in also_asked()):
        return value
    said = answered(point, answers, known.year, known.today, proofs)
    return said if value is None or said.missing is None else value


def own_values(records: Records, year: int, today: date) -> Mapping[str, PointValue]:
    """What head office itself has answered, by data point; nothing of what it has not.

    Parameters
    ----------
    records
        of its register.
    year
        of the answers.
    today
        on which they must still hold.
    """
    points, proofs = all_points(), holding(records, today)
    found = {
        key: answered(points[key], answers, year, today, proofs)
        for key, answers in _by_point(records, year).items()
        if key in points
    }
    return {key: value for key, value in found.items() if value.missing is None}


def holding(records: Records, today: date) -> frozenset[str]:
    """Kept files that still prove something on a day."""
    day = today.isoformat()
    return frozenset(one.id for one in records.held(Evidence) if not one.valid_to or one.valid_to >= day)


def _by_point(records: Records, year: int) -> Mapping[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for one in records.held(Answer):
        if one.year <= year:
            found.setdefault(one.point, []).append(one)
    return found


def _derived(point: Point, derive: Derivation, known: Known) -> PointValue:
    try:
        value = derive(known)
    except UserError as error:
        value = PointValue(point.key, missing=error.message, derived=True)
    except (ArithmeticError, ValueError, KeyError) as error:  # records of a report may say anything
        why = T("It cannot be worked out ({kind}).", kind=type(error).__name__)
        value = PointValue(point.key, missing=why, derived=True)
    return value if value.unit else replace(value, unit=point.unit)


# ---------------------------------------------------------------------- what a person answered


def answered(
    point: Point, answers: Iterable[Answer], year: int, today: date, proofs: Collection[str] | None = None
) -> PointValue:
    """What a person answered for a data point.

    Parameters
    ----------
    point
        of the catalogue.
    answers
        of any point and year; the one of the year counts, else, for what lasts, the latest before it.
    year
        of the period asked about.
    today
        on which the answer must still hold.
    proofs
        ids of kept files that hold; None: all that answers name.

    Returns
    -------
    PointValue
        in the unit of the data point; ``expired`` when the answer no longer holds, missing when there is none.

    Notes
    -----
    An answer holds to the day it states; else for the months of its data point, from its day on; else to the end of the
    year after the one it speaks of.
    """
    one = _latest(point, answers, year)
    if one is None:
        return PointValue(point.key, unit=point.unit, missing=_unanswered(point))
    kept = tuple(key for key in one.evidence if proofs is None or key in proofs)
    if point.kind == "evidence" and not one.value.strip() and not one.evidence:
        return PointValue(point.key, unit=point.unit, missing=_unanswered(point))
    last = last_day(point, one)
    held = PointValue(
        point.key, unit=point.unit, origins=(_origin(point, one),), evidence=kept,
        valid_to=last, expired=last < today.isoformat(),
    )  # fmt: skip
    try:
        return _read(point, one, held)
    except ValueError:
        return replace(held, missing=T("The answer of {day} cannot be read: answer it again.", day=one.day))


def _latest(point: Point, answers: Iterable[Answer], year: int) -> Answer | None:
    """Of this year, or of the latest before it where the answer lasts."""
    own = [one for one in answers if one.point == point.key and one.year <= year]
    usable = [one for one in own if one.year == year or _lasts(point, one)]
    return max(usable, key=lambda one: (one.year, one.day, one.id), default=None)


def _lasts(point: Point, one: Answer) -> bool:
    return point.kind in LASTING or (point.kind == "table" and bool(one.valid_to))


def last_day(point: Point, answer: Answer) -> str:
    """Last day on which an answer holds, as ISO date.

    Examples
    --------
    >>> from core.i18n import Name
    >>> policy = Point("policy.env", Name("Policy", "政策"), "", "evidence", "own", months=36)
    >>> last_day(policy, Answer("2024 policy.env", "policy.env", 2024, date(2025, 1, 31)))
    '2028-01-31'
    """
    if answer.valid_to:
        return answer.valid_to
    if not point.months:
        return f"{answer.year + 1}-12-31"
    turns, month = divmod(answer.day.month - 1 + point.months, 12)
    year = min(answer.day.year + turns, MAXYEAR)
    return date(year, month + 1, min(answer.day.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def _origin(point: Point, one: Answer) -> Origin:
    words = (
        T("Answered by {who} on {day}", who=verbatim(one.by), day=one.day) if one.by else
        T("Answered on {day}", day=one.day)
    )  # fmt: skip
    return Origin("answer", (one.id,), words, "checklist" if point.key.startswith(CHECK) else "disclosures", one.year)


def _unanswered(point: Point) -> Text:
    if point.who is None:
        return T("Nobody has answered it yet.")
    return T("Nobody has answered it yet; who can usually say: {who}.", who=point.who)


def _read(point: Point, one: Answer, held: PointValue) -> PointValue:
    """The answer as a value.

    Raises
    ------
    ValueError
        when it has another form than the data point asks for.
    """
    if point.kind == "table":
        if one.rows or one.value == NONE:
            return replace(held, rows=one.rows)
        raise ValueError("no rows")
    if point.fold == "ratio" and one.rows:
        part, whole = (read_decimal(cell) for cell in one.rows[0])
        above = EXACT.multiply(part, HUNDRED) if point.kind == "percent" else part
        if not whole:
            raise ValueError("nothing to divide by")
        return replace(held, value=EXACT.divide(above, whole), parts=(part, whole))
    if point.kind in ("number", "percent"):
        return _number(point, one, held)
    if not one.value.strip() and point.kind != "evidence":
        raise ValueError("empty")
    return replace(held, value=one.value)


def _number(point: Point, one: Answer, held: PointValue) -> PointValue:
    """In the unit of the data point where it converts; money in its currency."""
    value, unit = read_decimal(one.value), one.unit or point.unit
    converted = in_unit(value, unit, point.unit)
    return replace(held, value=value, unit=unit) if converted is None else replace(held, value=converted)
