"""Weather of a place: in equal steps of time, and as twelve months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.solar.model import Site

Numbers = NDArray[np.float64]
COLUMNS = ("ghi", "dni", "dhi", "temp_air", "wind", "poa", "temp_module")
_FIRST_DAYS = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])
COMPLETE = 0.9
"""Share of a month's values that must be there before it counts as known. [1]"""


@dataclass(frozen=True, slots=True, eq=False)
class Hourly:
    """Weather in equal steps, of an hour or shorter; what is missing is NaN and stays so.

    Each value is the mean over the interval that begins at its time. Irradiance is either horizontal (``ghi``, and
    where known ``dni`` and ``dhi``) or measured in the plane of the modules (``poa``), which takes precedence.
    """

    site: Site
    """Where it was measured or calculated: the sun is that of this place."""
    start: int
    """Beginning of the first interval. [s since 1970-01-01 UTC]"""
    step: int
    """Length of an interval. [s]"""
    ghi: Numbers | None = None
    """Global horizontal irradiance. [W/m2]"""
    dni: Numbers | None = None
    """Direct normal irradiance. [W/m2]"""
    dhi: Numbers | None = None
    """Diffuse horizontal irradiance. [W/m2]"""
    temp_air: Numbers | None = None
    """[°C]"""
    wind: Numbers | None = None
    """At a height of 10 m. [m/s]"""
    poa: Numbers | None = None
    """Irradiance measured in the plane of modules. [W/m2]"""
    plane: tuple[float, float] | None = None
    """Tilt and azimuth of the sensor of ``poa``; None: it lies in the plane of every array. [°]"""
    temp_module: Numbers | None = None
    """Temperature measured at the back of a module. [°C]"""
    moment: int | None = None
    """How long after the beginning of an interval its irradiance was seen; None: it is the mean over it. [s]"""
    offset: int = 0
    """Local standard time minus UTC, by which its months begin. [s]"""
    typical: bool = False
    """Whether its months come from different years, so that the year of ``start`` says nothing."""

    def __post_init__(self) -> None:
        sizes = {len(values) for values in self.columns().values() if values is not None}
        if len(sizes) != 1:
            raise ValueError("columns of weather must be there and equally long")

    def columns(self) -> dict[str, Numbers | None]:
        """Everything that has a value for each interval, by name."""
        return {name: getattr(self, name) for name in COLUMNS}

    def __len__(self) -> int:
        return next(len(values) for values in self.columns().values() if values is not None)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Beginning of each interval. [s since 1970-01-01 UTC]"""
        return self.start + self.step * np.arange(len(self), dtype=np.int64)

    @property
    def hours(self) -> float:
        """Length of an interval. [h]"""
        return self.step / 3600.0

    @property
    def months(self) -> NDArray[np.int64]:
        """Local month of each interval, 0 for January 1970."""
        return months_of(self.starts, self.offset)


@dataclass(frozen=True, slots=True, eq=False)
class Climate:
    """What a place gets in an average January to December."""

    ghi: Numbers
    """Horizontal irradiation of each month. [kWh/m2]"""
    temperature: Numbers
    """Mean temperature of each month, day and night. [°C]"""
    site: Site | None = None
    """Where; None: at the system."""
    diffuse: Numbers | None = None
    """Its diffuse part, where known. [kWh/m2]"""
    wind: Numbers | None = None
    """Mean speed of each month at a height of 10 m. [m/s]"""
    source: str = ""

    def __post_init__(self) -> None:
        columns = (self.ghi, self.temperature, self.diffuse, self.wind)
        if any(values is not None and len(values) != 12 for values in columns):
            raise ValueError("a climate has twelve months")


def months_of(starts: NDArray[np.int64], offset: int) -> NDArray[np.int64]:
    """Local month of each time, 0 for January 1970.

    Parameters
    ----------
    starts
        [s since 1970-01-01 UTC]
    offset
        local standard time minus UTC. [s]

    Returns
    -------
    ndarray
        of whole numbers.

    Examples
    --------
    >>> months_of(np.array([0, 31 * 86400 - 3601, 31 * 86400 - 3600]), 3600).tolist()
    [0, 0, 1]
    """
    return (starts + offset).astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)


def climate_of(weather: Hourly) -> Climate:
    """Twelve months of a weather file; the same months of several years are averaged.

    Parameters
    ----------
    weather
        with horizontal irradiance and temperature.

    Raises
    ------
    UserError
        when either is missing, or less than 90 % of a month is there.

    Returns
    -------
    Climate
        with the diffuse part and the wind where the weather has them.

    Notes
    -----
    H = mean(G) · hours of the month / 1000; February has the mean number of days of the years that are there.

    Examples
    --------
    >>> hours = np.ones(8760)
    >>> climate = climate_of(Hourly(Site(0.0, 0.0), 978_307_200, 3_600, ghi=200 * hours, temp_air=20 * hours))
    >>> climate.ghi.round(1).tolist()[:2], float(climate.temperature[0])
    ([148.8, 134.4], 20.0)
    """
    if weather.ghi is None or weather.temp_air is None:
        raise UserError(
            T("The weather holds no horizontal irradiance or no temperature."),
            T("Choose a weather file with both."),
        )
    months = weather.months
    length = _month_lengths(months)
    enough = length / weather.hours
    ghi = _monthly_means(weather.ghi, months, enough) * length / 1000.0
    dhi = None if weather.dhi is None else _monthly_means(weather.dhi, months, enough) * length / 1000.0
    wind = None if weather.wind is None else _monthly_means(weather.wind, months, enough)
    return Climate(ghi, _monthly_means(weather.temp_air, months, enough), weather.site, dhi, wind)


def _month_lengths(months: NDArray[np.int64]) -> Numbers:
    """Mean length of the calendar months that are there, January to December; 0 for none. [h]"""
    there = np.unique(months)
    first = there.astype("datetime64[M]").astype("datetime64[D]")
    after = (there + 1).astype("datetime64[M]").astype("datetime64[D]")
    days = (after - first).astype(np.float64)
    count = np.bincount(there % 12, minlength=12)
    return 24.0 * np.bincount(there % 12, days, minlength=12) / np.maximum(count, 1)


def _monthly_means(values: Numbers, months: NDArray[np.int64], enough: Numbers) -> Numbers:
    """Mean of each month, January to December, of which ``enough`` steps make one."""
    known = np.isfinite(values)
    place = months % 12
    rows = np.bincount(place, minlength=12)
    count = np.bincount(place[known], minlength=12)
    lacking = (count < COMPLETE * rows) | (count < COMPLETE * enough) | (rows == 0)
    if lacking.any():
        raise UserError(
            T("Month {month} of the weather is not complete.", month=int(np.argmax(lacking)) + 1),
            T("Choose a weather file with all hours of a year."),
        )
    return np.bincount(place[known], values[known], minlength=12) / count
