"""The plant's own weather: what its sensors measured, in the form that the model takes."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.ledger import PvSystem
from core.series import Series
from core.series.metered import Metered
from core.series.zones import local_parts
from core.solar.model import Site
from core.solar.weather import Climate, Hourly, climate_of


def sensed_weather(
    site: Site, metered: Metered, system: PvSystem, weather: Hourly | Climate | None, first: date, last: date
) -> Hourly | None:
    """The plant's own weather; None without a sensor in the plane of the array, without a value of it, or any
    temperature.

    Where no sensor measures the modules, the mean temperature of each month of the weather file stands in.
    """
    light = light_of(metered, system, first, last)
    if light is None:
        return None
    warm = metered.series(system.temperature, first, last, light.step) if system.temperature else None
    if warm is None:
        air = _air(light, weather, metered.zone)
        return None if air is None else Hourly(site, light.start, light.step, poa=light.values, temp_air=air)
    warmth = np.full(len(light), np.nan)
    place = (light.starts - warm.start) // warm.step
    inside = (place >= 0) & (place < len(warm))
    warmth[inside] = warm.values[place[inside]]
    return Hourly(site, light.start, light.step, poa=light.values, temp_module=warmth)


def light_of(metered: Metered, system: PvSystem, first: date, last: date) -> Series | None:
    """The light in the plane of the array; None without a sensor, and where it has no value of these days: the file of
    the meters may be there before that of the sensors."""
    light = metered.series(system.irradiance, first, last) if system.irradiance else None
    return light if light is not None and np.isfinite(light.values).any() else None


def _air(light: Series, weather: Hourly | Climate | None, zone: ZoneInfo) -> NDArray[np.float64] | None:
    """Mean temperature of the month in which each interval begins; None where nobody knows it. [°C]"""
    try:
        climate = climate_of(weather) if isinstance(weather, Hourly) else weather
    except UserError:
        return None  # a file without temperature, or with holes
    if climate is None:
        return None
    days, _ = local_parts(light.starts, zone)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    found: NDArray[np.float64] = climate.temperature[months]
    return found
