"""What is handed in, kept as it was on that day: never changed afterwards, only superseded by a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import Readiness, readiness_of
from core.disclosures.value import PointValue
from core.errors import UserError
from core.i18n import T
from core.inventory.judging import Decision
from core.ledger import Step
from core.ledger.codec import read_decimal
from core.ledger.disclosures import QuestionDecision, Submission
from core.ledger.filing import Records
from core.library import EXACT
from core.methods import KG, plain

Row = tuple[str, ...]
"""Question, data point, value and unit; of a table one row for each of its own, whose cells follow the unit."""


def freeze(
    asked: DisclosureMap,
    values: Mapping[str, PointValue],
    year: int,
    day: date,
    by: str,
    recipient: str,
    *,
    key: str,
    level: str = "plant",
    decisions: Iterable[QuestionDecision] = (),
    evidence: Sequence[str] = (),
    note: str = "",
) -> Submission:
    """What is handed in on a day, as the exported workbook shows it.

    Parameters
    ----------
    asked, values, year, level, decisions
        as for :func:`core.disclosures.readiness.readiness_of`.
    day
        on which it is handed in.
    by, recipient
        who hands it in, and to whom.
    key
        id of the new record.
    evidence
        ids of kept files: the workbook, and what the recipient confirmed.
    note
        in words.

    Raises
    ------
    UserError
        when no question has an answer.
    """
    readiness = readiness_of(asked, values, decisions, year, level)
    rows = handed_in(readiness)
    if not rows:
        raise UserError(
            T("No question of {map} has an answer for {year}.", map=asked.title, year=str(year)),
            T("Answer some first; nothing can be handed in as it is."),
        )
    return Submission(
        key, asked.key, asked.edition, year, day, by.strip(), recipient.strip(), rows, tuple(evidence), note.strip()
    )  # fmt: skip


def submitting(records: Records, one: Submission) -> Decision:
    """The change that keeps what is handed in.

    Raises
    ------
    UserError
        when a submission of this id is there: it is never changed.
    """
    if records.get("submission", one.id) is not None:
        raise UserError(
            T("“{id}” is there already.", id=one.id),
            T("What was handed in is never changed. Hand in again; the later one supersedes it."),
        )
    why = T("Handed in: {map} for {year} to {recipient}", map=one.map, year=str(one.year), recipient=one.recipient)
    return Decision(why, (Step("submission", one.id, None, one),))


def handed_in(readiness: Readiness) -> tuple[Row, ...]:
    """The rows of what is known, in the order of the map: what does not apply or is missing is not among them."""
    return tuple(
        row
        for state in readiness.questions
        if state.state != "not_applicable"
        for value in state.values
        if value.missing is None
        for row in _rows(state.question.id, value)
    )


def _rows(question: str, value: PointValue) -> list[Row]:
    head = (question, value.point, written(value), value.unit)
    return [(*head, *row) for row in value.rows] if value.rows else [head]


def written(value: PointValue) -> str:
    """A value as it is exported and kept: plain digits, a text, or how many plants of how many can prove it.

    >>> written(PointValue("ghg.s1", Decimal("1E+2"))), written(PointValue("policy.env", covered=(5, 7)))
    ('100', '5/7')
    """
    if isinstance(value.value, Decimal):
        return plain(rounded(value.value))
    if value.value is None and value.covered is not None:
        return f"{value.covered[0]}/{value.covered[1]}"
    return value.value or ""


def rounded(number: Decimal) -> Decimal:
    """Nine decimals at most, as everywhere: a share that never ends is written like any other number."""
    exponent = number.as_tuple().exponent
    return EXACT.quantize(number, KG) if isinstance(exponent, int) and exponent < -9 else number


def submitted(one: Submission) -> Mapping[tuple[str, str], PointValue]:
    """What was handed in, by question and data point; digits are numbers again."""
    found: dict[tuple[str, str], PointValue] = {}
    for question, point, said, unit, *cells in one.values:
        before = found.get((question, point))
        rows = () if before is None else before.rows
        rows = (*rows, tuple(cells)) if len(cells) else rows
        found[question, point] = PointValue(point, None if rows or not said else _read(said), unit, rows)
    return found


def _read(said: str) -> Decimal | str:
    try:
        number = read_decimal(said)
    except ValueError:
        return said
    return number if plain(number) == said else said  # 007 is no number


def standing(
    submissions: Iterable[Submission], asked: str, year: int, recipient: str | None = None
) -> Submission | None:
    """The last one handed in for a map and year, and to a recipient where one is named; earlier ones are superseded."""
    fitting = [
        one
        for one in submissions
        if (one.map, one.year) == (asked, year) and (recipient is None or one.recipient == recipient)
    ]
    return max(fitting, key=lambda one: (one.day, one.id), default=None)


def superseded(submissions: Iterable[Submission]) -> frozenset[str]:
    """Ids of those in whose place another was handed in later to the same recipient."""
    held = tuple(submissions)
    last = {standing(held, one.map, one.year, one.recipient) for one in held}
    return frozenset(one.id for one in held if one not in last)
