"""A table of twelve months, as anyone can type it: month, irradiation, temperature.

Lines before the headings may say the place: ``# latitude: 39.9``, ``# longitude: 116.4``, ``# elevation: 50``,
``# source: …``.
"""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from core.errors import UserError
from core.exchange.cells import Cell, excerpt, plain_text
from core.exchange.numbers import decimal_sign, parse_number
from core.exchange.read import Table, most_frequent_separator, read_table
from core.exchange.weather.columns import Quantity, site_of
from core.exchange.weather.outcome import WeatherRead
from core.exchange.weather.pvgis_table import MONTHS
from core.i18n import T
from core.solar.model import Site
from core.solar.weather import Climate

KIND = "monthly"
TITLES = {
    "ghi": T("Irradiation"),
    "temperature": T("Temperature of the air"),
    "diffuse": T("Diffuse irradiation"),
    "wind": T("Wind speed"),
}
HEADINGS = {
    "month": ("month", "月", "月份"),
    "ghi": ("ghi", "irradiation", "h(h)_m", "总辐照量", "水平面总辐照量", "辐照量"),
    "temperature": ("temperature", "temp", "t2m", "气温", "平均气温", "温度"),
    "diffuse": ("diffuse", "dhi", "散射辐照量", "水平面散射辐照量"),
    "wind": ("wind", "ws10m", "风速", "平均风速"),
}
"""What a column may be called, without its unit."""
RANGES = {
    "ghi": Quantity(0.0, 400.0),
    "temperature": Quantity(-60.0, 50.0),
    "diffuse": Quantity(0.0, 400.0),
    "wind": Quantity(0.0, 40.0),
}
NEEDED = ("month", "ghi", "temperature")
_SAID = re.compile(r"#\s*(latitude|longitude|elevation|source)\s*[:=]\s*(.*)", re.IGNORECASE)
_UNIT = re.compile(r"[\[(（,，/].*")


def recognise(data: bytes) -> bool:
    """Whether a file is one: twelve months under headings that are known."""
    try:
        table = read_table(data, guess=most_frequent_separator)
    except UserError:
        return False
    return _head(table) is not None


def read(data: bytes) -> WeatherRead:
    """Read one.

    Raises
    ------
    UserError
        for anything that is not twelve months once each, with row and column.
    """
    table = read_table(data, guess=most_frequent_separator)
    at = _head(table)
    if at is None:
        raise ValueError("not recognised")
    places = _places(table.rows[at][1])
    rows = [(number, cells) for number, cells in table.rows[at + 1 :] if not _is_comment(cells)]
    semicolons = table.separator == ";"
    months: dict[int, dict[str, float]] = {}
    signs = {name: decimal_sign((cells[at] for _, cells in rows), semicolons=semicolons) for name, at in places.items()}
    for number, cells in rows:
        month = _month(number, cells[places["month"]])
        if month in months:
            raise UserError(
                T("Row {row}: month {month} is there twice.", row=number, month=month),
                T("Keep one row for each month."),
            )
        months[month] = {
            name: _value(number, name, cells[place], signs[name]) for name, place in places.items() if name != "month"
        }
    missing = [str(month) for month in range(1, 13) if month not in months]
    if missing:
        raise UserError(T("These months are missing: {months}.", months=missing), T("Enter all twelve months."))
    return _made(months, _said(table, at))


def _made(months: dict[int, dict[str, float]], said: dict[str, str]) -> WeatherRead:
    columns = {name: np.array([months[month][name] for month in range(1, 13)]) for name in months[1]}
    site: Site | None = None
    if "latitude" in said or "longitude" in said:
        site = site_of(said.get("latitude", ""), said.get("longitude", ""), said.get("elevation", "0"), 1)
    source = said.get("source", "")
    diffuse = columns.get("diffuse")
    if diffuse is not None and (diffuse > columns["ghi"]).any():
        month = int(np.argmax(diffuse > columns["ghi"])) + 1
        raise UserError(
            T("Month {month}: the diffuse part is larger than the whole.", month=month),
            T("Check the columns of the table."),
        )
    climate = Climate(columns["ghi"], columns["temperature"], site, diffuse, columns.get("wind"), source)
    if site is None:
        return WeatherRead(KIND, None, climate, None, None, None, source)
    return WeatherRead(KIND, None, climate, site.latitude, site.longitude, site.elevation, source)


def _head(table: Table) -> int | None:
    """Place of the row of headings among the first ones."""
    for at, (_, cells) in enumerate(table.rows[:20]):
        if all(name in _places(cells) for name in NEEDED):
            return at
    return None


def _places(cells: list[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        word = _UNIT.sub("", plain_text(cell).strip().casefold()).strip()
        for name, words in HEADINGS.items():
            if word in words or plain_text(cell).strip().casefold() in words:
                found.setdefault(name, place)
    return found


def _is_comment(cells: list[Cell]) -> bool:
    return plain_text(cells[0]).lstrip().startswith("#")


def _said(table: Table, at: int) -> dict[str, str]:
    """What the lines before the headings say."""
    found: dict[str, str] = {}
    for _, cells in table.rows[:at]:
        match = _SAID.match(",".join(plain_text(cell) for cell in cells if cell is not None).strip().rstrip(",;\t"))
        if match is not None:
            found[match.group(1).casefold()] = match.group(2).strip()[:200]
    return found


def _month(row: int, cell: Cell) -> int:
    word = plain_text(cell).strip().casefold().removesuffix("月")
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return int(word)
    if word[:3] in MONTHS and word.isalpha():
        return MONTHS.index(word[:3]) + 1
    raise UserError(
        T("Row {row}: “{text}” is no month.", row=row, text=excerpt(cell)), T("Write 1 to 12 or the name of the month.")
    )


def _value(row: int, name: str, cell: Cell, sign: str) -> float:
    try:
        value = float(parse_number(cell, sign))
    except UserError as error:
        raise UserError(
            T("Row {row}, column {column}: {problem}", row=row, column=TITLES[name], problem=error.message),
            error.remedy,
        ) from error
    allowed = RANGES[name]
    if not allowed.low <= value <= allowed.high:
        raise UserError(
            T(
                "Row {row}, column {column}: {value} cannot be.",
                row=row,
                column=TITLES[name],
                value=Decimal(repr(value)),
            ),
            T("Values from {low} to {high} can be.", low=f"{allowed.low:g}", high=f"{allowed.high:g}"),
        )
    return value
