"""Years of hours: whether all of them are there, and when they begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import excerpt
from core.exchange.weather.columns import Numbers
from core.i18n import T
from core.solar.model import Site
from core.solar.weather import Hourly

COMMON, LEAP = 2001, 2004
"""Years whose calendar a typical year gets, without and with 29 February."""
HOUR = 3_600


def year_hours(year: int) -> NDArray[np.datetime64]:
    """Beginnings of all hours of a year."""
    return np.arange(f"{year}-01-01T00", f"{year + 1}-01-01T00", dtype="datetime64[h]")


def year_of(years: Sequence[int], count: int) -> tuple[int, bool]:
    """Which year of the calendar these hours are, and whether it only stands for a typical one.

    Parameters
    ----------
    years
        of each hour.
    count
        of hours: 8,760 or 8,784.

    Raises
    ------
    UserError
        for another number of hours.
    """
    if count not in (8_760, 8_784):
        raise UserError(
            T("The weather file has {count} hours; a year has 8,760 or, with 29 February, 8,784.", count=f"{count:,}"),
            T("Choose a weather file with all hours of a year."),
        )
    first = years[0]
    one = all(year == first for year in years)
    if one and 1900 <= first <= 2200 and len(year_hours(first)) == count:
        return first, False
    return (COMMON if count == 8_760 else LEAP), True


def seconds(moment: np.datetime64) -> int:
    """[s since 1970-01-01 UTC]"""
    return int(moment.astype("datetime64[s]").astype(np.int64))


def hours_of(
    site: Site,
    start: int,
    columns: Mapping[str, Numbers | None],
    *,
    plane: tuple[float, float] | None = None,
    moment: int | None = None,
    offset: int = 0,
    typical: bool = False,
) -> Hourly:
    """Hours of weather out of columns by the names of :class:`core.solar.weather.Hourly`."""
    ghi, dni, dhi, poa = (columns.get(name) for name in ("ghi", "dni", "dhi", "poa"))
    return Hourly(
        site, start, HOUR, ghi, dni, dhi, columns.get("temp_air"), columns.get("wind"), poa, plane,
        moment=moment, offset=offset, typical=typical,
    )  # fmt: skip


def out_of_order(row: int, found: str, expected: str) -> UserError:
    """The hours of a file do not follow each other."""
    return UserError(
        T(
            "Row {row} is of {found}, but {expected} comes next.",
            row=row,
            found=excerpt(found),
            expected=expected,
        ),
        T("Choose a weather file with all hours of a year, in their order."),
    )
