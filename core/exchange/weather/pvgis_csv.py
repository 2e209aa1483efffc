"""The CSV of PVGIS: a head of ``name: value``, a table, an explanation of its columns."""

from __future__ import annotations

import re

from core.errors import UserError
from core.exchange.weather.columns import cells_of, lines_of, site_of
from core.exchange.weather.pvgis_table import Sheet
from core.i18n import T

BEGIN = "Latitude (decimal degrees):"
HEADS = {"time": "hourly", "time(UTC)": "typical", "year": "monthly"}
"""Kind of a table by its first heading."""
_FIXED = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]*)?) *deg", re.ASCII)


def recognise(text: str) -> bool:
    """Whether a file is one."""
    return text.lstrip("\ufeff").startswith(BEGIN)


def sheet(text: str) -> Sheet:
    """Head and table.

    Raises
    ------
    UserError
        when one of them is not there, with the line.
    """
    lines = lines_of(text)
    begin = next((place for place, line in enumerate(lines) if _kind(line)), None)
    if begin is None:
        raise UserError(
            T("The PVGIS file has no table of hours or months."),
            T("Download it again as “csv” or “json” of hourly, typical or monthly data."),
        )
    head = [line.split(":", 1) for line in lines[:begin] if ":" in line]
    said = {name.strip(): value.strip() for name, value in head}
    kind = _kind(lines[begin])
    end = next((place for place in range(begin + 1, len(lines)) if _is_end(lines[place])), len(lines))
    for number, line in enumerate(lines[end:], end + 1):
        if line[:4].isdecimal():
            raise UserError(
                T("The table of the PVGIS file is interrupted before row {row}.", row=number),
                T("Download the weather file again."),
            )
    body = lines[begin + 1 : end]
    if not body:
        raise UserError(T("The table of the PVGIS file is empty."), T("Download the weather file again."))
    if kind == "monthly":  # columns are apart by one or two tabs
        body = [",".join(line.split()) for line in body]
    headings = lines[begin].split() if kind == "monthly" else [cell.strip() for cell in lines[begin].split(",")]
    rows = cells_of(body, begin + 2, len(headings))
    return Sheet(
        kind,
        site_of(
            said.get("Latitude (decimal degrees)", ""),
            said.get("Longitude (decimal degrees)", ""),
            said.get("Elevation (m)", "0"),
            1,
        ),
        " ".join(part for part in ("PVGIS", said.get("Radiation database", "")) if part),
        {name: [row[place].strip() for row in rows] for place, name in enumerate(headings)},
        begin + 2,
        _plane(said) if kind == "hourly" else (0.0, 0.0),
        _hours(said.get("Irradiance Time Offset (h)", "")),
    )


def _is_end(line: str) -> bool:
    """Whether the table is over: a blank line, or the explanation of a column."""
    return not line.strip() or (line[:1].isalpha() and ":" in line)


def _kind(line: str) -> str:
    first = re.split(r"[,\t ]", line.strip(), maxsplit=1)[0]
    return HEADS.get(first, "")


def _plane(said: dict[str, str]) -> tuple[float, float]:
    found = [_FIXED.match(said.get(name, "")) for name in ("Slope", "Azimuth")]
    if found[0] is None or found[1] is None:
        raise UserError(
            T("The PVGIS file does not say in which fixed plane its light was."),
            T("Choose a fixed plane with slope and azimuth when you download it, best a horizontal one."),
        )
    return float(found[0].group(1)), float(found[1].group(1))


def _hours(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -1.0 <= value <= 1.0 else None
