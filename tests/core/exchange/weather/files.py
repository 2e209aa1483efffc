"""Weather files in every format, as their makers write them, out of synthetic weather."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from core.solar.model import Site
from core.solar.weather import Hourly
from tests.core.solar.synthetic import KROSNO, weather

YEAR = weather(KROSNO)
"""2021 in local standard time."""
UNIVERSAL = Hourly(
    Site(49.7, 6.8, 280.0), YEAR.start + YEAR.offset, YEAR.step, YEAR.ghi, YEAR.dni, YEAR.dhi, YEAR.temp_air, YEAR.wind
)
"""The same light an hour of the sun further west, where local standard time may be UTC."""
EPW_HEAD = (
    "LOCATION,Krosno,Podkarpackie,POL,IMGW,126700,49.70,21.80,1.0,280.0",
    "DESIGN CONDITIONS,0",
    "TYPICAL/EXTREME PERIODS,0",
    "GROUND TEMPERATURES,0",
    "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
    "COMMENTS 1,Synthetic",
    "COMMENTS 2,None",
    "DATA PERIODS,1,1,Data,Friday,1/1,12/31",
)
TMY3_HEAD = (
    '126700,"KROSNO",PL,1.0,49.700,21.800,280',
    "Date (MM/DD/YYYY),Time (HH:MM),ETR (W/m^2),GHI (W/m^2),GHI source,DNI (W/m^2),DNI source,DHI (W/m^2),"
    "Dry-bulb (C),Wspd (m/s),Lprecip uncert (code)",
)
PVGIS_HEAD = (
    "Latitude (decimal degrees):\t49.700",
    "Longitude (decimal degrees):\t6.800",
    "Elevation (m):\t280",
    "Radiation database:\tPVGIS-SARAH3",
    "",
    "",
)


def hours(of: Hourly) -> Iterator[tuple[int, datetime]]:
    """Place and beginning of each hour in the local standard time of the weather."""
    for place, start in enumerate(of.starts.tolist()):
        yield place, datetime.fromtimestamp(start + of.offset, UTC)


def value(of: Hourly, name: str, place: int, digits: int = 3) -> str:
    """One number, as files print it."""
    values = getattr(of, name)
    return f"{values[place]:.{digits}f}"


def epw(of: Hourly = YEAR, head: tuple[str, ...] = EPW_HEAD, year: int | None = None) -> list[str]:
    """Lines of an EPW."""
    lines = list(head)
    for place, begin in hours(of):
        light = ",".join(value(of, name, place) for name in ("ghi", "dni", "dhi"))
        lines.append(
            f"{year or begin.year},{begin.month},{begin.day},{begin.hour + 1},0,?9?9,{value(of, 'temp_air', place)},"
            f"1.0,80,98000,9999,9999,300,{light},999999,999999,999999,9999,180,{value(of, 'wind', place)},5,5,9999"
        )
    return lines


def tmy3(of: Hourly = YEAR, head: tuple[str, ...] = TMY3_HEAD) -> list[str]:
    """Lines of a TMY3; its hours end at their labels, the last of a day at 24:00."""
    lines = list(head)
    for place, begin in hours(of):
        year = 1980 + begin.month
        ghi, dni, dhi = (value(of, name, place) for name in ("ghi", "dni", "dhi"))
        lines.append(
            f"{begin:%m/%d}/{year},{begin.hour + 1:02d}:00,0,{ghi},1,{dni},1,{dhi},"
            f"{value(of, 'temp_air', place)},{value(of, 'wind', place)},0"
        )
    return lines


def pvgis_hours(of: Hourly = UNIVERSAL, minute: int = 30, slope: int = 0, aspect: int = 0) -> list[str]:
    """Lines of an hourly CSV with the components of the light in a plane."""
    lines = [
        *PVGIS_HEAD,
        f"Slope: {slope} deg. ",
        f"Azimuth: {aspect} deg. ",
        "time,Gb(i),Gd(i),Gr(i),H_sun,T2m,WS10m,Int",
    ]
    assert of.ghi is not None and of.dhi is not None
    for place, begin in hours(of):
        beam = max(float(of.ghi[place] - of.dhi[place]), 0.0)
        lines.append(
            f"{begin:%Y%m%d:%H}{minute:02d},{beam:.3f},{value(of, 'dhi', place)},0.0,0.0,"
            f"{value(of, 'temp_air', place)},{value(of, 'wind', place)},0.0"
        )
    return [*lines, "", "Gb(i): Beam (direct) irradiance on the inclined plane (plane of the array) (W/m2)", "",
            "PVGIS (c) European Union, 2001-2024"]  # fmt: skip


def pvgis_typical(of: Hourly = UNIVERSAL, offset: str | None = "0.5") -> list[str]:
    """Lines of a typical year, whose months come from leap years and others."""
    lines = list(PVGIS_HEAD[:3]) + ([] if offset is None else [f"Irradiance Time Offset (h): {offset}"])
    lines += ["month,year", *(f"{month},{2000 + month}" for month in range(1, 13))]
    lines.append("time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP")
    for place, begin in hours(of):
        ghi, dni, dhi = (value(of, name, place) for name in ("ghi", "dni", "dhi"))
        lines.append(
            f"{2000 + begin.month}{begin:%m%d:%H}00,{value(of, 'temp_air', place)},80.0,{ghi},{dni},{dhi},300.0,"
            f"{value(of, 'wind', place)},180.0,98000.0"
        )
    return [*lines, "T2m: 2-m air temperature (degree Celsius)", "PVGIS (c) European Union, 2001-2024"]


def pvgis_json(lines: list[str], name: str, inputs: Mapping[str, object] | None = None) -> str:
    """The same table as JSON."""
    begin = next(i for i, line in enumerate(lines) if line.startswith("time"))
    headings = lines[begin].split(",")
    body = [line.split(",") for line in lines[begin + 1 :] if line[:1].isdigit()]
    records = [
        {
            heading: cell if heading.startswith("time") else float(cell)
            for heading, cell in zip(headings, row, strict=True)
        }
        for row in body
    ]
    told = {
        "inputs": {
            "location": {"latitude": 49.7, "longitude": 6.8, "elevation": 280.0, "irradiance_time_offset": 0.5},
            "meteo_data": {"radiation_db": "PVGIS-SARAH3", "meteo_db": "ERA5"},
            "mounting_system": {"fixed": {"slope": {"value": 0, "optimal": False}, "azimuth": {"value": "-"}}},
        }
        | dict(inputs or {}),
        "outputs": {name: records},
    }
    return json.dumps(told)


def pvgis_months(years: tuple[int, ...] = (2019, 2020)) -> list[str]:
    """Lines of a monthly CSV."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    sun = (25, 45, 85, 120, 150, 155, 158, 140, 95, 60, 28, 20)
    lines = [
        *PVGIS_HEAD[:2],
        PVGIS_HEAD[3],
        "Optimal slope angle (deg.): 37",
        "",
        "year\t\tmonth\t\tH(h)_m\t\tKd\t\tT2m",
    ]
    for year in years:
        for month, name in enumerate(names):
            lines.append(f"{year}\t\t{name}\t\t{sun[month] + (year - 2019)}\t\t0.{50 + month}\t\t{month + 0.5:.1f}")
    return [*lines, "", "H(h)_m: Irradiation on horizontal plane (kWh/m2/mo)"]


def data(lines: list[str], newline: str = "\r\n") -> bytes:
    """A file of these lines."""
    return (newline.join(lines) + newline).encode()


def february(of: Hourly) -> Hourly:
    """The year with a 29 February, like the day before."""

    def longer(
        values: np.ndarray[tuple[int], np.dtype[np.float64]] | None,
    ) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        assert values is not None
        return np.concatenate([values[: 59 * 24], values[58 * 24 : 59 * 24], values[59 * 24 :]])

    start = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()) - of.offset
    ghi, dni, dhi, air, wind = (longer(getattr(of, name)) for name in ("ghi", "dni", "dhi", "temp_air", "wind"))
    return Hourly(of.site, start, of.step, ghi, dni, dhi, air, wind, offset=of.offset)


def moved(of: Hourly, by: timedelta) -> Hourly:
    """The same, later."""
    return Hourly(
        of.site, of.start + round(by.total_seconds()), of.step, of.ghi, of.dni, of.dhi, of.temp_air, of.wind,
        offset=of.offset,
    )  # fmt: skip
