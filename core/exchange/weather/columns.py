"""Columns of numbers out of lines of text, with line and column of what is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import excerpt
from core.i18n import T, Text
from core.solar.model import Site

Numbers = NDArray[np.float64]
MAX_LINES = 400_000
"""Forty-five years of hours."""
MAX_LENGTH = 2_000
"""Characters of a line."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a column may hold."""

    low: float
    high: float
    missing: tuple[float, ...] = ()
    """Codes for a value that is not known."""


IRRADIANCE = Quantity(-20.0, 1600.0, (9999.0, 99999.0, 999999.0, -9900.0, -9999.0, -999.0))
"""Instruments say a little less than nothing at night. [W/m2]"""
TEMPERATURE = Quantity(-90.0, 65.0, (99.9, 999.0, 9999.0, -9900.0, -9999.0, -999.0))
"""[°C]"""
WIND = Quantity(0.0, 110.0, (999.0, 9999.0, -9900.0, -9999.0, -999.0))
"""[m/s]"""


def lines_of(text: str) -> list[str]:
    """The lines of a file that is not too long.

    Raises
    ------
    UserError
        for more than 400,000 lines, or one of more than 2,000 characters.
    """
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise UserError(
            T("The weather file has more than {most} lines.", most=f"{MAX_LINES:,}"),
            T("Choose fewer years when you download it."),
        )
    longest = max(map(len, lines), default=0)
    if longest > MAX_LENGTH:
        number = next(place for place, line in enumerate(lines, 1) if len(line) == longest)
        raise UserError(
            T("Row {row} has more than {most} characters.", row=number, most=f"{MAX_LENGTH:,}"),
            T("Download the weather file again."),
        )
    return lines


def cells_of(lines: Sequence[str], first: int, width: int) -> list[list[str]]:
    """Cells between commas, of lines that all have enough of them.

    Parameters
    ----------
    lines
        of the table.
    first
        number of the first of them in the file.
    width
        how many cells each has at least.

    Raises
    ------
    UserError
        for a shorter line.
    """
    rows = [line.split(",") for line in lines]
    for number, row in enumerate(rows, first):
        if len(row) < width:
            raise UserError(
                T("Row {row} has {count} columns instead of {width}.", row=number, count=len(row), width=width),
                T("Download the weather file again."),
            )
    return rows


def numbers_of(cells: Sequence[str], first: int, name: str | Text, quantity: Quantity) -> Numbers:
    """A column as numbers; what is missing is NaN.

    Parameters
    ----------
    cells
        one for each line.
    first
        number of the first line in the file.
    name
        of the column, for the person.
    quantity
        which numbers may be there.

    Raises
    ------
    UserError
        for what is no number, or none that can be.
    """
    stripped = [cell.strip() for cell in cells]
    try:
        if set("".join(stripped)) - set("+-.0123456789eE"):
            raise ValueError("more than numbers")
        values = np.array([float(cell) for cell in stripped])
    except ValueError as error:
        raise _no_number(stripped, first, name) from error
    return checked(values, first, name, quantity)


def checked(values: Numbers, first: int, name: str | Text, quantity: Quantity) -> Numbers:
    """Numbers of a column whose codes for missing ones are NaN.

    Raises
    ------
    UserError
        for one that cannot be.
    """
    values = np.where(np.isin(values, quantity.missing), np.nan, values)
    wrong = ~(np.isnan(values) | ((values >= quantity.low) & (values <= quantity.high)))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise UserError(
            T(
                "Row {row}, column {column}: {value} cannot be.",
                row=first + place,
                column=name,
                value=f"{values[place]:g}",
            ),
            T("Values from {low} to {high} can be.", low=f"{quantity.low:g}", high=f"{quantity.high:g}"),
        )
    return values


def number_of(cell: str, line: int, name: str | Text, quantity: Quantity) -> float:
    """One number, which must be there.

    Raises
    ------
    UserError
        when it is not.
    """
    value = float(numbers_of([cell], line, name, quantity)[0])
    if np.isnan(value):
        raise UserError(
            T("Row {row}, column {column}: a number is missing.", row=line, column=name),
            T("Download the weather file again."),
        )
    return value


def site_of(latitude: str, longitude: str, elevation: str, line: int) -> Site:
    """The place that a line of the head says.

    Raises
    ------
    UserError
        when there is no such place.
    """
    return Site(
        number_of(latitude, line, T("Latitude"), Quantity(-90, 90)),
        number_of(longitude, line, T("Longitude"), Quantity(-180, 180)),
        number_of(elevation, line, T("Elevation"), Quantity(-500, 9000)),
    )


def known(values: Numbers) -> Numbers | None:
    """None for a column in which nothing is known."""
    return None if np.isnan(values).all() else values


def _no_number(cells: Sequence[str], first: int, name: str | Text) -> UserError:
    place = next((i for i, cell in enumerate(cells) if _NUMBER.fullmatch(cell) is None), 0)
    return UserError(
        T(
            "Row {row}, column {column}: “{text}” is no number.",
            row=first + place,
            column=name,
            text=excerpt(cells[place]),
        ),
        T("Download the weather file again."),
    )
