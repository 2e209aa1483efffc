"""EnergyPlus weather files (EPW): one year of hours in local standard time.

Hour 1 is 00:00 to 01:00: irradiance is the mean of the hour before its label. EnergyPlus, Auxiliary Programs,
"EnergyPlus Weather File (EPW) Data Dictionary".
"""

from __future__ import annotations

import re

import numpy as np

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
from core.solar.model import Site
from core.solar.weather import Hourly

KIND = "epw"
HEAD = 8
"""Lines before the first hour."""
WIDTH = 22
"""Columns up to the last one that is read."""
FIELDS = {
    "temp_air": (6, T("Temperature of the air"), TEMPERATURE),
    "ghi": (13, T("Global horizontal irradiance"), IRRADIANCE),
    "dni": (14, T("Direct normal irradiance"), IRRADIANCE),
    "dhi": (15, T("Diffuse horizontal irradiance"), IRRADIANCE),
    "wind": (21, T("Wind speed"), WIND),
}
"""Place, name and kind of each column that is read."""
_OFFSET = re.compile(r"Irradiance Time Offset \(h\):\s*(-?[0-9]{1,2}\.?[0-9]*)")


def recognise(text: str) -> bool:
    """Whether a file is one."""
    return text.lstrip("\ufeff").startswith("LOCATION,")


def read(text: str) -> WeatherRead:
    """Read one.

    Raises
    ------
    UserError
        for anything that is not one whole year of hours, with line and column.
    """
    lines = lines_of(text.rstrip())
    if len(lines) <= HEAD or not lines[HEAD - 1].startswith("DATA PERIODS,"):
        raise UserError(
            T("The first lines of the EPW file are not complete: row {row} begins with something else than {word}.",
              row=HEAD, word="DATA PERIODS"),
            T("Download the weather file again."),
        )  # fmt: skip
    place = [cell.strip() for cell in lines[0].split(",")]
    if len(place) < 10:
        raise UserError(
            T("Row {row} has {count} columns instead of {width}.", row=1, count=len(place), width=10),
            T("Download the weather file again."),
        )
    per_hour = lines[HEAD - 1].split(",")[2].strip() if lines[HEAD - 1].count(",") > 1 else ""
    if per_hour != "1":
        raise UserError(
            T("The EPW file has {count} values an hour instead of 1.", count=per_hour or "?"),
            T("Choose a weather file with hours."),
        )
    site = site_of(place[6], place[7], place[9], 1)
    offset, moment = _zone(lines, place)
    hourly = _hours(lines[HEAD:], site, offset, moment)
    source = " ".join(part for part in (place[4], place[1], place[3]) if part not in ("", "-", "unknown"))
    return WeatherRead(KIND, hourly, None, site.latitude, site.longitude, site.elevation, source)


def _zone(lines: list[str], place: list[str]) -> tuple[int, int | None]:
    """Local standard time minus UTC, and when within its hour the light was seen. [s]

    PVGIS writes a time zone into the first line but keeps its hours in UTC, and says in a comment when the satellite
    looked, counted from the label at the end of the hour.
    """
    for line in lines[5:7]:
        found = _OFFSET.search(line)
        if found is not None:
            return 0, round((1.0 + float(found.group(1))) * HOUR) % HOUR
    if place[4].startswith("ECMWF/ERA"):
        return 0, None
    return round(number_of(place[8], 1, T("Time zone"), Quantity(-12, 14)) * HOUR), None


def _hours(lines: list[str], site: Site, offset: int, moment: int | None) -> Hourly:
    first = HEAD + 1
    rows = cells_of(lines, first, WIDTH)
    whole = Quantity(0, 3000)
    dates = [
        numbers_of([row[column] for row in rows], first, name, whole).astype(np.int64)
        for column, name in enumerate((T("Year"), T("Month"), T("Day"), T("Hour")))
    ]
    year, typical = year_of(dates[0].tolist(), len(rows))
    hours = year_hours(year)
    days = hours.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    expected = (
        months.astype(np.int64) % 12 + 1,
        (days - months.astype("datetime64[D]")).astype(np.int64) + 1,
        (hours - days.astype("datetime64[h]")).astype(np.int64) + 1,
    )
    wrong = np.zeros(len(rows), dtype=bool)
    for one, other in zip(dates[1:], expected, strict=True):
        wrong |= one != other
    if wrong.any():
        at = int(np.argmax(wrong))
        wanted = "-".join(str(part[at]) for part in expected)
        raise out_of_order(first + at, "-".join(cell.strip() for cell in rows[at][1:4]), wanted)
    columns = {
        name: numbers_of([row[at] for row in rows], first, heading, quantity)
        for name, (at, heading, quantity) in FIELDS.items()
    }
    known_columns = {name: known(values) for name, values in columns.items()}
    return hours_of(site, seconds(hours[0]) - offset, known_columns, moment=moment, offset=offset, typical=typical)
