"""Files of PVGIS (European Commission, Joint Research Centre): hours of years, a typical year, months; CSV and JSON.

Times are UTC. Light of satellites is that of a moment within the hour: of hourly files the minute of their labels, of
typical years the "irradiance time offset". In a plane that is not horizontal it is treated like a sensor in that plane.
"""

from __future__ import annotations

import numpy as np

from core.errors import UserError
from core.exchange.weather import pvgis_csv, pvgis_json
from core.exchange.weather.calendar import COMMON, HOUR, hours_of, seconds, year_hours
from core.exchange.weather.columns import IRRADIANCE, TEMPERATURE, WIND, Numbers, Quantity
from core.exchange.weather.outcome import WeatherRead
from core.exchange.weather.pvgis_table import Sheet
from core.i18n import T
from core.solar.weather import Climate, Hourly

KIND = "pvgis"
IRRADIATION = Quantity(0.0, 400.0)
"""Of a month. [kWh/m2]"""
SHARE = Quantity(0.0, 1.0)


def recognise(text: str) -> bool:
    """Whether a file is one."""
    return pvgis_csv.recognise(text) or pvgis_json.recognise(text)


def read(text: str) -> WeatherRead:
    """Read one.

    Raises
    ------
    UserError
        for anything that is not whole, with line or record and column.
    """
    sheet = pvgis_csv.sheet(text) if pvgis_csv.recognise(text) else pvgis_json.sheet(text)
    hourly: Hourly | None = None
    climate: Climate | None = None
    if sheet.kind == "monthly":
        climate = _climate(sheet)
    else:
        hourly = _typical(sheet) if sheet.kind == "typical" else _hours(sheet)
    site = sheet.site
    return WeatherRead(KIND, hourly, climate, site.latitude, site.longitude, site.elevation, sheet.source)


def _hours(sheet: Sheet) -> Hourly:
    """Hours of whole calendar years or parts of them, one after the other."""
    times = sheet.times("time")
    first = times[0].astype("datetime64[h]")
    minute = int((times[0] - first.astype("datetime64[m]")).astype(np.int64))
    sheet.follow(times, times[0] + np.arange(len(times)) * np.timedelta64(60, "m"))
    columns = {"temp_air": sheet.column("T2m", TEMPERATURE), "wind": sheet.column("WS10m", WIND)}
    slope, aspect = sheet.plane
    total = sheet.column("G(i)", IRRADIANCE)
    beam, sky, below = (sheet.column(name, IRRADIANCE) for name in ("Gb(i)", "Gd(i)", "Gr(i)"))
    diffuse = None if sky is None else sky + (0.0 if below is None else below)
    if total is None and beam is not None and diffuse is not None:
        total = beam + diffuse
    if total is None:
        raise sheet.lacks("G(i)")
    if slope == 0.0:
        columns |= {"ghi": total, "dhi": diffuse}
    else:
        columns |= {"poa": total}
    plane = None if slope == 0.0 else (slope, (180.0 + aspect) % 360.0)
    return hours_of(sheet.site, seconds(first), columns, plane=plane, moment=minute * 60)


def _typical(sheet: Sheet) -> Hourly:
    """A year whose months come from different years."""
    times = sheet.times("time(UTC)")
    expected = year_hours(COMMON).astype("datetime64[m]")
    if len(times) != len(expected):
        raise UserError(
            T("The weather file has {count} hours; a year has 8,760 or, with 29 February, 8,784.",
              count=f"{len(times):,}"),
            T("Choose a weather file with all hours of a year."),
        )  # fmt: skip
    years = times.astype("datetime64[Y]")
    since = times - years.astype("datetime64[m]")
    leap = (years.astype(np.int64) % 4 == 2) & (since >= np.timedelta64(60 * 24 * 60, "m"))  # 1970 + 2 = 1972
    sheet.follow(expected[0] + since - leap * np.timedelta64(24 * 60, "m"), expected)
    columns = {
        name: sheet.column(heading, quantity)
        for name, heading, quantity in (
            ("ghi", "G(h)", IRRADIANCE), ("dni", "Gb(n)", IRRADIANCE), ("dhi", "Gd(h)", IRRADIANCE),
            ("temp_air", "T2m", TEMPERATURE), ("wind", "WS10m", WIND),
        )
    }  # fmt: skip
    if columns["ghi"] is None:
        raise sheet.lacks("G(h)")
    moment = None if sheet.time_offset is None else round(sheet.time_offset * HOUR) % HOUR
    return hours_of(sheet.site, seconds(expected[0]), columns, moment=moment, typical=True)


def _climate(sheet: Sheet) -> Climate:
    """Months of some years, averaged."""
    months = sheet.months()
    counts = np.bincount(months, minlength=13)[1:]
    if counts.min() == 0 or counts.min() != counts.max():
        raise UserError(
            T("The file does not hold every month equally often: {counts} times from January to December.",
              counts=[str(count) for count in counts]),
            T("Choose whole years when you download it."),
        )  # fmt: skip

    def mean(values: Numbers) -> Numbers:
        return np.bincount(months, values, minlength=13)[1:] / counts

    ghi, warmth = sheet.column("H(h)_m", IRRADIATION), sheet.column("T2m", TEMPERATURE)
    if ghi is None:
        raise sheet.lacks("H(h)_m")
    if warmth is None:
        raise sheet.lacks("T2m")
    share = sheet.column("Kd", SHARE)
    return Climate(mean(ghi), mean(warmth), sheet.site, None if share is None else mean(ghi * share))
