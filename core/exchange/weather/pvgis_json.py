"""The JSON of PVGIS: ``inputs`` with the place, ``outputs`` with a list of records."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.errors import UserError
from core.exchange.cells import excerpt
from core.exchange.weather.columns import MAX_LINES, site_of
from core.exchange.weather.pvgis_table import Sheet
from core.i18n import T

LISTS = {"hourly": "hourly", "tmy_hourly": "typical", "monthly": "monthly"}
"""Kind of a table by the name of its list."""


def recognise(text: str) -> bool:
    """Whether a file is one."""
    begin = text.lstrip("\ufeff \t\r\n")[:2_000]
    return begin.startswith("{") and '"inputs"' in begin


def sheet(text: str) -> Sheet:
    """Place and table.

    Raises
    ------
    UserError
        for what is no JSON, or none of PVGIS.
    """
    try:
        told = json.loads(text.lstrip("\ufeff"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise UserError(
            T("The file is not valid JSON: {why}.", why=excerpt(str(error))), T("Download the weather file again.")
        ) from error
    outputs = _map(told, "outputs")
    found = [(name, kind) for name, kind in LISTS.items() if isinstance(outputs.get(name), list)]
    if len(found) != 1:
        raise UserError(
            T("The PVGIS file has no table of hours or months."),
            T("Download it again as “csv” or “json” of hourly, typical or monthly data."),
        )
    name, kind = found[0]
    inputs = _map(told, "inputs")
    place, data = _map(inputs, "location"), _map(inputs, "meteo_data")
    offset = place.get("irradiance_time_offset")
    source = data.get("radiation_db")
    return Sheet(
        kind,
        site_of(_word(place.get("latitude")), _word(place.get("longitude")), _word(place.get("elevation", 0.0)), 1),
        f"PVGIS {excerpt(source)}" if isinstance(source, str) else "PVGIS",
        _columns(outputs[name]),
        1,
        _plane(inputs) if kind == "hourly" else (0.0, 0.0),
        float(_word(offset)) if _is_number(offset) and abs(float(_word(offset))) <= 1 else None,
    )


def _columns(records: object) -> dict[str, list[str]]:
    """Columns of a list of records that all have the same keys."""
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        raise UserError(T("The table of the PVGIS file is empty."), T("Download the weather file again."))
    if len(records) > MAX_LINES:
        raise UserError(
            T("The weather file has more than {most} lines.", most=f"{MAX_LINES:,}"),
            T("Choose fewer years when you download it."),
        )
    names = tuple(records[0])
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict) or tuple(record) != names:
            raise UserError(
                T("Record {number} of the table has other keys than the first one.", number=number),
                T("Download the weather file again."),
            )
    return {name: [_word(record[name]) for record in records] for name in names}


def _plane(inputs: Mapping[str, object]) -> tuple[float, float]:
    fixed = _map(_map(inputs, "mounting_system"), "fixed")
    slope, azimuth = _map(fixed, "slope").get("value"), _map(fixed, "azimuth").get("value")
    if not (_is_number(slope) and (_is_number(azimuth) or slope == 0)):
        raise UserError(
            T("The PVGIS file does not say in which fixed plane its light was."),
            T("Choose a fixed plane with slope and azimuth when you download it, best a horizontal one."),
        )
    return float(_word(slope)), float(_word(azimuth)) if _is_number(azimuth) else 0.0


def _map(told: object, name: str) -> Mapping[str, object]:
    """The object of this name; an empty one where it is none."""
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _word(value: object) -> str:
    """As a cell of a table."""
    if isinstance(value, str):
        return value
    return repr(value) if _is_number(value) else ""


def _refused(word: str) -> float:
    raise ValueError(word)
