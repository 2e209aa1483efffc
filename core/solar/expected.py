"""What a PV system should yield: step by step from weather in hours or minutes, and month by month from a climate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.solar import plane as planes
from core.solar.air import pressure
from core.solar.average_day import DAYS, average_sky, days_at, temperatures
from core.solar.chain import STAGES, cell_temperature, powers
from core.solar.losses import kept
from core.solar.model import Array, Model
from core.solar.sky import split
from core.solar.sun import HORIZON, Numbers, extraterrestrial_at, vector
from core.solar.weather import Climate, Hourly
from core.solar.yields import MonthlyYield, Yield

__all__ = ["HOURLY", "MONTHLY", "WIND", "MonthlyYield", "Yield", "expected_of", "hourly", "monthly"]

CHUNK = 16_384
"""Steps at a time: few enough for the processor's own memory."""
LONGEST = 3_600
"""Step over which one position of the sun may stand. [s]"""
WIND = 1.0
"""Where nobody measured it. [m/s]"""
HOURLY = T("Sun, plane, glass, cells and inverter in each interval of the weather")
"""What :func:`hourly` is called."""
MONTHLY = T("Average days of each month, from dull to clear")
"""What :func:`monthly` is called."""
_SUMS = ("poa", "cell", *STAGES[:-1])
"""What arrays add up to, before the limit of the whole system."""
_APART = float(np.cos(np.radians(2.0)))
"""Planes whose normals differ by less than 2° count as the same."""


def hourly(model: Model, weather: Hourly) -> Yield:
    """The yield in each interval of the weather.

    Parameters
    ----------
    model
        arrays, losses, limits.
    weather
        horizontal irradiance, or that of a sensor in the plane of modules, which takes precedence; temperature of the
        air or, with precedence, of the modules.

    Returns
    -------
    Yield
        with the power after each step; zero while the sun is below the horizon in the middle of an interval.

    Raises
    ------
    UserError
        without irradiance for every array or without a temperature, and for steps longer than an hour.

    Notes
    -----
    Sun at the middle of an interval -> split (Erbs) if needed -> plane (Perez) -> glass (physical) -> cells (Sandia) ->
    modules, losses and inverters (PVWatts) -> limit of the system. Each step is described where it is calculated.

    References
    ----------
    A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014); the steps name their own.

    Examples
    --------
    >>> from core.solar.model import Array, Site
    >>> weather = Hourly(Site(0.0, 0.0), 43_200, 3_600, ghi=np.array([900.0]), temp_air=np.array([25.0]))
    >>> float(hourly(Model(weather.site, (Array(100.0, 0.0, 180.0),)), weather).ac.round(1)[0])
    62.8
    """
    _complete(model, weather)
    count = len(weather)
    made = {name: np.zeros(count) for name in (*_SUMS, "ac")}
    night = weather.temp_air if weather.temp_module is None else weather.temp_module
    made["cell"] = np.array(night, dtype=np.float64)
    shapes = [planes.plane_of(array, model.diffuse_glass) for array in model.arrays]
    for first in range(0, count, CHUNK):
        _fill(model, weather, shapes, made, slice(first, min(first + CHUNK, count)))
    assumed = _assumed(model, weather)
    return Yield(weather.start, weather.step, **made, model=model, offset=weather.offset, assumed=assumed)


def monthly(model: Model, climate: Climate) -> MonthlyYield:
    """The yield of each month of an average year, by the hours of its average day.

    Parameters
    ----------
    model
        arrays, losses, limits.
    climate
        horizontal irradiation and mean temperature of each month.

    Returns
    -------
    MonthlyYield
        with the energy after each step.

    Notes
    -----
    Average days of Klein, each month in five kinds of days from dull to clear after Bendt, Collares-Pereira and Rabl;
    diffuse part of Erbs; course of the day of Collares-Pereira and Rabl, diffuse of Liu and Jordan; temperature over
    the day of Erbs (all in :mod:`core.solar.average_day`); then each moment like one of :func:`hourly`, with the sky of
    Hay and Davies, for Perez' was fitted to hours and not to their mean. Against hourly simulations of the same weather
    it was within -2 and +2 % a year for planes towards the equator.

    References
    ----------
    Those of :mod:`core.solar.average_day` and :mod:`core.solar.clearness`.

    Examples
    --------
    >>> from core.solar.model import Array, Site
    >>> climate = Climate(
    ...     np.array([80.0, 95, 135, 160, 185, 175, 160, 150, 130, 110, 80, 70]),
    ...     np.array([-3.0, 0, 7, 15, 21, 25, 27, 26, 21, 14, 5, -1]),
    ... )
    >>> made = monthly(Model(Site(39.9, 116.4), (Array(100.0, 30.0, 180.0),)), climate)
    >>> round(made.total / 1000)
    137
    """
    days = days_at((climate.site or model.site).latitude)
    sky, clearness = average_sky(days, climate)
    model = replace(model, transposition="hay_davies")
    air = temperatures(days, climate.temperature, clearness)
    wind = (np.full(12, WIND) if climate.wind is None else climate.wind)[:, None]
    sums = np.zeros((len(_SUMS), *sky.ghi.shape))
    for array in model.arrays:
        poa, effective = planes.incident(planes.plane_of(array, model.diffuse_glass), sky, model)
        _add(sums, model, array, poa, effective, cell_temperature(array, poa, air, wind, None))
    sums[1] *= sums[0]  # cells are as warm as they are when they work
    every = np.concatenate([sums, np.minimum(sums[-1:], model.ac_limit)])
    energies = np.sum(every * days.hours, axis=-1).mean(axis=1) * DAYS
    poa, warmth = energies[0], energies[1]
    cell = np.divide(warmth, poa, out=climate.temperature.copy(), where=poa > 0)
    stages = dict(zip(STAGES, energies[2:], strict=True))
    assumed = (*(("beam",) if climate.diffuse is None else ()), *(("wind",) if climate.wind is None else ()))
    return MonthlyYield(ghi=climate.ghi, poa=poa / 1000.0, cell=cell, model=model, assumed=assumed, **stages)


def expected_of(model: Model, weather: Hourly | Climate | None) -> MonthlyYield | Yield | None:
    """The yield of an average year: from twelve months by the average-day method, else hour by hour."""
    if weather is None:
        return None
    return monthly(model, weather) if isinstance(weather, Climate) else hourly(model, weather)


def _add(
    sums: NDArray[np.float64], model: Model, array: Array, poa: Numbers, effective: Numbers, cell: Numbers
) -> None:
    """Add an array to the sums of the system."""
    share = array.dc_power / model.dc_power
    steps = powers(array, kept(model.losses), poa, effective, cell)
    for place, values in enumerate((share * poa, share * cell, *steps)):
        sums[place] += values


def _complete(model: Model, weather: Hourly) -> None:
    if weather.step > LONGEST:
        raise UserError(
            T("The weather has steps of {minutes} minutes.", minutes=weather.step // 60),
            T("Choose weather in hours or shorter steps: the sun moves too far in longer ones."),
        )
    if weather.temp_air is None and weather.temp_module is None:
        raise UserError(T("The weather holds no temperature."), T("Choose a weather file with temperatures."))
    for array in model.arrays:
        if weather.ghi is None and _sensor(array, weather) is None:
            raise UserError(
                T(
                    "The weather holds no irradiance for modules with a tilt of {tilt}° and an azimuth of {azimuth}°.",
                    tilt=f"{array.tilt:g}",
                    azimuth=f"{array.azimuth:g}",
                ),
                T("Choose a weather file with horizontal irradiance."),
            )


def _sensor(array: Array, weather: Hourly) -> Numbers | None:
    """Irradiance that a sensor measured in the plane of the array."""
    if weather.poa is None or weather.plane is None:
        return weather.poa
    one, other = planes.normal_of(*weather.plane), planes.normal_of(array.tilt, array.azimuth)
    return weather.poa if sum(a * b for a, b in zip(one, other, strict=True)) >= _APART else None


def _assumed(model: Model, weather: Hourly) -> tuple[str, ...]:
    horizontal = weather.dni is None and weather.dhi is None
    beam = any(_sensor(array, weather) is not None or horizontal for array in model.arrays)
    calm = weather.wind is None and weather.temp_module is None
    return (*(("beam",) if beam else ()), *(("wind",) if calm else ()))


def _fill(model: Model, weather: Hourly, shapes: list[planes.Plane], made: dict[str, Numbers], part: slice) -> None:
    """Calculate a stretch of intervals, of which only those by day need work."""
    moment = weather.step // 2 if weather.moment is None else weather.moment
    times = weather.start + moment + weather.step * np.arange(part.start, part.stop, dtype=np.int64)
    lit, seen, up = _daylight(times, weather)
    if not lit.size:
        return
    rows, extra = lit + part.start, extraterrestrial_at(times[lit])
    sky = None
    if weather.ghi is not None:
        light = split(weather.ghi[rows], _at(weather.dni, rows), _at(weather.dhi, rows), up, extra)
        sky = planes.sky_of(seen, *light, extra, model.transposition)
    air, back = _at(weather.temp_air, rows), _at(weather.temp_module, rows)
    wind = np.full(rows.size, WIND) if weather.wind is None else weather.wind[rows]
    sums = np.zeros((len(_SUMS), rows.size))
    for array, shape in zip(model.arrays, shapes, strict=True):
        sensor = _sensor(array, weather)
        if sensor is not None:
            poa = np.maximum(sensor[rows], 0.0)
            effective = planes.measured(shape, poa, shape.cos_aoi(*seen), seen[2], extra)
        else:
            if sky is None:
                raise ValueError("an array without light")
            poa, effective = planes.incident(shape, sky, model)
        _add(sums, model, array, poa, effective, cell_temperature(array, poa, air, wind, back))
    for name, values in zip(_SUMS, sums, strict=True):
        made[name][rows] = values
    made["ac"][rows] = np.minimum(sums[-1], model.ac_limit)


def _daylight(
    times: NDArray[np.int64], weather: Hourly
) -> tuple[NDArray[np.intp], tuple[Numbers, Numbers, Numbers], Numbers]:
    """Which moments have the sun above the horizon, where it is seen, and the sine of its elevation without air."""
    direction = vector(times, weather.site.latitude, weather.site.longitude)
    maybe = np.flatnonzero(direction[2] > np.sin(np.radians(HORIZON)))
    east, north, up = (values[maybe] for values in direction)
    lifted = planes.seen((east, north, up), pressure(weather.site.elevation))
    above = lifted[2] > 0.0
    return maybe[above], (lifted[0][above], lifted[1][above], lifted[2][above]), up[above]


def _at(values: Numbers | None, rows: NDArray[np.intp]) -> Numbers | None:
    return None if values is None else values[rows]
