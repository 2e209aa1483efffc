"""Which answers of persons a data point can have: of its kind, in its unit, and none where records say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from core.disclosures.derived import all_derived, also_asked
from core.disclosures.point import Column, Point
from core.disclosures.units import fits
from core.errors import UserError
from core.i18n import T
from core.ledger import Answer
from core.ledger.codec import read_decimal

NONE = "none"
"""Value of a table that is known to be empty."""
LONGEST, MOST_ROWS = 4_000, 1_000
"""Characters of a text or cell, rows of a table."""
PLANT, GROUP = "plant", "group"
HUNDRED = Decimal(100)


def check_answer(point: Point, answer: Answer, level: str = PLANT) -> None:
    """Refuse an answer that a data point cannot have.

    Parameters
    ----------
    point
        of the catalogue.
    answer
        as a person gave it.
    level
        ``plant``: what is derived is refused; ``group``: head office answers for itself, so only what is folded from
        plants is refused.

    Raises
    ------
    UserError
        for a derived data point, and for a value, unit, table or day of another form.
    """
    _check_derived(point, level)
    if answer.valid_to and _day(answer.valid_to) is None:
        raise _no_day(answer.valid_to)
    if max((len(cell) for cell in (answer.value, *(c for row in answer.rows for c in row))), default=0) > LONGEST:
        raise UserError(T("This is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    if point.kind == "table":
        _check_table(point, answer)
    elif point.fold == "ratio" and answer.rows:
        _check_parts(point, answer)
    elif answer.rows:
        raise UserError(T("“{point}” is no table.", point=point.name), T("Enter one value."))
    else:
        _CHECKS[point.kind](point, answer)


def source_of(point: Point, level: str) -> str:
    """What a data point follows from, so that nobody types it: ``records`` of the plant, ``reports`` of the group's
    plants; empty: people answer it.
    """
    if level == PLANT and point.key in all_derived() and point.key not in also_asked():
        return "records"
    return "reports" if level == GROUP and point.fold in ("sum", "ratio", "union") else ""


def _check_derived(point: Point, level: str) -> None:
    source = source_of(point, level)
    if source == "records":
        raise UserError(
            T("“{point}” follows from the plant's records: nobody types it.", point=point.name),
            T("Correct the records that it comes from; the page “Disclosures” leads to them."),
        )
    if source == "reports":
        raise UserError(
            T("“{point}” follows from the reports of the plants: nobody types it.", point=point.name),
            T("Correct it in the plant that gives it."),
        )


def _check_number(point: Point, answer: Answer) -> None:
    value = _plain(answer.value)
    if answer.unit and answer.unit != point.unit and not fits(answer.unit, point):
        raise UserError(
            T("“{unit}” is no unit of “{point}”.", unit=answer.unit[:40], point=point.name),
            T("Enter it in {unit}, or in a unit that converts to it.", unit=point.unit or "1"),
        )
    if point.unit == "currency" and answer.unit in ("", "currency"):
        raise UserError(T("The currency is missing."), T("Three letters of ISO 4217, e.g. CNY or EUR."))
    if point.kind == "percent" and value > HUNDRED:
        raise UserError(T("A share is not larger than 100 %."), T("Correct the number."))


def _plain(text: str) -> Decimal:
    """A number of nothing or more.

    Raises
    ------
    UserError
        for anything else.
    """
    try:
        value = read_decimal(text)
    except ValueError as error:
        raise UserError(
            T("“{text}” is no number.", text=text[:40]), T("Enter digits, with a point for decimals.")
        ) from error
    if value < 0:
        raise UserError(T("The number is below 0."), T("Correct the number."))
    return value


def _check_text(point: Point, answer: Answer) -> None:
    if not answer.value.strip():
        raise UserError(T("“{point}” is empty.", point=point.name), T("Enter it, or take the answer back."))


def _check_statement(point: Point, answer: Answer) -> None:
    if not answer.value.strip() and not answer.evidence:
        raise UserError(
            T("“{point}” says nothing and proves nothing.", point=point.name),
            T("Say what there is, or attach its proof."),
        )


def _check_choice(point: Point, answer: Answer) -> None:
    if answer.value not in dict(point.choices):
        raise UserError(
            T("“{text}” is not in the list.", text=answer.value[:40]),
            T("Choose one of: {choices}.", choices=[name for _, name in point.choices]),
        )


def _check_date(_point: Point, answer: Answer) -> None:
    if _day(answer.value) is None:
        raise _no_day(answer.value)


_CHECKS: Mapping[str, Callable[[Point, Answer], None]] = {
    "number": _check_number,
    "percent": _check_number,
    "text": _check_text,
    "evidence": _check_statement,
    "choice": _check_choice,
    "date": _check_date,
}


def _check_table(point: Point, answer: Answer) -> None:
    if not answer.rows and answer.value != NONE:
        raise UserError(
            T("The table of “{point}” has no rows.", point=point.name), T("Fill it in, or say that there is nothing.")
        )
    if len(answer.rows) > MOST_ROWS:
        raise UserError(T("The table has more than {most} rows.", most=MOST_ROWS), T("Put rows together."))
    for number, row in enumerate(answer.rows, 1):
        if len(row) != len(point.columns):
            raise UserError(
                T("Row {row} has {count} cells; the table has {columns} columns.",
                  row=number, count=len(row), columns=len(point.columns)),
                T("Fill each column in; a cell may be empty."),
            )  # fmt: skip
        if not any(cell.strip() for cell in row):
            raise UserError(T("Row {row} is empty.", row=number), T("Fill it in or remove it."))
        for column, cell in zip(point.columns, row, strict=True):
            _check_cell(number, column, cell)


def _check_cell(number: int, column: Column, cell: str) -> None:
    if not column.number or not cell:
        return
    try:
        read_decimal(cell)
    except ValueError as error:
        raise UserError(
            T("Row {row}, column “{column}”: “{text}” is no number.", row=number, column=column.name, text=cell[:40]),
            T("Enter digits, with a point for decimals."),
        ) from error


def _check_parts(point: Point, answer: Answer) -> None:
    """A share or rate is entered as its two parts, so that a group can add them up."""
    if len(answer.rows) != 1 or len(answer.rows[0]) != 2 or answer.value:
        raise UserError(
            T("“{point}” is entered as two numbers, and divided from them.", point=point.name),
            T("Enter {parts}.", parts=[one.name for one in point.columns]),
        )
    part, whole = (_plain(cell) for cell in answer.rows[0])
    if not whole:
        raise UserError(T("The second number is 0: there is nothing to divide by."), T("Correct the number."))
    if point.kind == "percent" and part > whole:
        raise UserError(T("A share is not larger than 100 %."), T("Correct the number."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _no_day(text: str) -> UserError:
    return UserError(T("“{text}” is no day.", text=text[:40]), T("Enter it as year-month-day, e.g. 2025-12-31."))
