"""A weather file, told by its content and held against the sun of its place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.errors import UserError
from core.exchange.read import decode, load
from core.exchange.weather import epw, monthly, pvgis, tmy3
from core.exchange.weather.outcome import WeatherRead
from core.i18n import T
from core.solar.clear_sky import months_above
from core.solar.model import Site
from core.solar.sun import elevation
from core.solar.weather import Hourly

KINDS = (epw.KIND, tmy3.KIND, pvgis.KIND, monthly.KIND)
"""Kinds of weather files."""
DARK = -3.0
"""Elevation of the sun in the middle of an hour below which hardly any light belongs to it. [°]"""
STRAY = 0.002
"""Share of the light that may fall into the dark before the times cannot be right. [1]"""
_TEXTS: tuple[tuple[Callable[[str], bool], Callable[[str], WeatherRead]], ...] = (
    (epw.recognise, epw.read),
    (tmy3.recognise, tmy3.read),
    (pvgis.recognise, pvgis.read),
)


def read_weather(data: bytes, name: str) -> WeatherRead:
    """Read a weather file.

    Parameters
    ----------
    data
        the whole file.
    name
        for messages; the content decides what it is.

    Returns
    -------
    WeatherRead
        hours or twelve months, with place and source.

    Raises
    ------
    UserError
        for a file that is none of the known kinds or not whole, and for light that is not that of its place.

    Examples
    --------
    >>> table = b"month,ghi,temperature\\n" + b"".join(b"%d,90,10\\n" % month for month in range(1, 13))
    >>> read_weather(table, "climate.csv").kind
    'monthly'
    """
    found = _read(load(data), name)
    if found.hourly is not None:
        _fits(found.hourly)
    if found.climate is not None and found.latitude is not None and found.longitude is not None:
        above = months_above(found.climate, Site(found.latitude, found.longitude, found.elevation or 0.0))
        if above:
            raise UserError(
                T("In month {month} there is more sun than through clean air without clouds.", month=above[0]),
                T("Check latitude and units: horizontal irradiation in kWh/m² a month."),
            )
    return found


def _read(data: bytes, name: str) -> WeatherRead:
    text = _text(data)
    for recognises, reads in _TEXTS:
        if recognises(text):
            return reads(text)
    if monthly.recognise(data):
        return monthly.read(data)
    raise UserError(
        T("The file {file} is no weather file that is known.", file=name),
        T("Known are EPW, TMY3, PVGIS (csv or json) and a table with the columns month, ghi and temperature."),
    )


def _text(data: bytes) -> str:
    """The text of a file; names of towns may be in any western encoding. Empty for what is no text."""
    try:
        return decode(data)
    except UserError:
        return "" if b"\0" in data else data.decode("latin-1")


def _fits(weather: Hourly) -> None:
    """Refuse light that falls into the night: time zone, longitude or order of the hours are wrong."""
    light = weather.ghi if weather.ghi is not None else weather.poa
    if light is None:
        raise UserError(
            T("The weather holds no irradiance."), T("Choose a weather file with global horizontal irradiance.")
        )
    moment = weather.step // 2 if weather.moment is None else weather.moment
    height = elevation(weather.starts + moment, weather.site.latitude, weather.site.longitude)
    total = float(np.nansum(light))
    stray = float(np.nansum(light[height < DARK]))
    if total <= 0.0:
        raise UserError(T("The weather holds no irradiance."), T("Choose a weather file with irradiance by day."))
    if stray > STRAY * total:
        raise UserError(
            T("{percent} % of the light falls into the night at this place.", percent=f"{100 * stray / total:.1f}"),
            T("Check time zone, latitude and longitude in the first lines of the file."),
        )
