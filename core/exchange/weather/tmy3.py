"""Typical meteorological years of NREL (TMY3): hours in local standard time, labelled at their end.

S. Wilcox, W. Marion, "Users Manual for TMY3 Data Sets", NREL/TP-581-43156 (2008), tables 1-1 and 1-2.
"""

from __future__ import annotations

import csv

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.weather.calendar import HOUR, hours_of, out_of_order, seconds, year_hours, year_of
from core.exchange.weather.columns import (
    IRRADIANCE,
    TEMPERATURE,
    WIND,
    Quantity,
    cells_of,
    known,
    lines_of,
    number_of,
    numbers_of,
    site_of,
)
from core.exchange.weather.outcome import WeatherRead
from core.i18n import T

KIND = "tmy3"
HEAD = 2
"""Lines before the first hour."""
DATE, TIME = "Date (MM/DD/YYYY)", "Time (HH:MM)"
FIELDS = {
    "ghi": ("GHI (W/m^2)", IRRADIANCE),
    "dni": ("DNI (W/m^2)", IRRADIANCE),
    "dhi": ("DHI (W/m^2)", IRRADIANCE),
    "temp_air": ("Dry-bulb (C)", TEMPERATURE),
    "wind": ("Wspd (m/s)", WIND),
}
"""Heading and kind of each column that is read."""


def recognise(text: str) -> bool:
    """Whether a file is one."""
    return f"{DATE},{TIME}," in text[:3_000]


def read(text: str) -> WeatherRead:
    """Read one.

    Raises
    ------
    UserError
        for anything that is not one whole year of hours, with line and column.
    """
    lines = lines_of(text.rstrip())
    place = next(csv.reader(lines[:1]), [])
    headings = [cell.strip() for cell in lines[1].split(",")] if len(lines) > 1 else []
    missing = [name for name in (DATE, TIME, *(heading for heading, _ in FIELDS.values())) if name not in headings]
    if len(place) < 7 or missing:
        raise UserError(
            T("The first lines of the TMY3 file are not complete: {names} not found.", names=missing or ["Station"]),
            T("Download the weather file again."),
        )
    offset = round(number_of(place[3], 1, T("Time zone"), Quantity(-12, 14)) * HOUR)
    site = site_of(place[4], place[5], place[6], 1)
    rows = cells_of(lines[HEAD:], HEAD + 1, max(headings.index(heading) for heading, _ in FIELDS.values()) + 1)
    hours, typical = _calendar(rows, headings.index(DATE), headings.index(TIME))
    columns = {
        name: known(numbers_of([row[headings.index(heading)] for row in rows], HEAD + 1, heading, quantity))
        for name, (heading, quantity) in FIELDS.items()
    }
    hourly = hours_of(site, seconds(hours[0]) - offset, columns, offset=offset, typical=typical)
    source = f"TMY3 {place[0].strip()} {place[1].strip()} {place[2].strip()}"
    return WeatherRead(KIND, hourly, None, site.latitude, site.longitude, site.elevation, source)


def _calendar(rows: list[list[str]], date: int, time: int) -> tuple[NDArray[np.datetime64], bool]:
    """Beginnings of the hours, after each label was compared with the one that comes next."""
    years = [int(row[date][6:10]) if row[date][6:10].isdecimal() else 0 for row in rows]
    year, typical = year_of(years, len(rows))
    hours = year_hours(year)
    days = hours.astype("datetime64[D]").astype(str)
    for number, (row, day, place) in enumerate(zip(rows, days, range(len(rows)), strict=True), HEAD + 1):
        wanted = f"{day[5:7]}/{day[8:10]} {place % 24 + 1:02d}:00"
        found = f"{row[date][:5]} {row[time].strip():>05}"
        if found != wanted:
            raise out_of_order(number, f"{row[date]} {row[time]}", wanted)
    return hours, typical
