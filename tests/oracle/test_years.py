"""Whole years of our hourly yield against pvlib's chain of models with the same settings.

The weather is synthetic (``tests/core/solar/synthetic.py``), for weather files of these places cannot be shipped; and
that of two American stations, which come with pvlib.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pvlib
import pytest
from numpy.typing import NDArray

from core.exchange.weather import read_weather
from core.solar.expected import hourly, monthly
from core.solar.model import Array, Losses, Model
from core.solar.weather import Hourly, climate_of
from tests.core.solar.synthetic import PLACES, weather
from tests.oracle.chains import powers

YEAR, MONTH = 0.03, 0.04
"""What may be between them. [1]"""
REACHED = 0.0002
"""What is between them, year and month. [1]"""
EDGES = 0.005
"""The same where there is light though the sun is below the horizon in the middle of the hour; only pvlib counts it."""
LAYOUTS = {
    "flat": Array(100.0, 0.0, 180.0),
    "south": Array(100.0, 25.0, 180.0, "open_rack", -0.004),
    "east": Array(100.0, 10.0, 90.0),
    "west wall": Array(100.0, 90.0, 270.0, "insulated"),
    "small inverter": Array(100.0, 30.0, 170.0, "roof", -0.003, 0.975, 65.0),
}
STATIONS = ("723170TYA.CSV", "703165TY.csv")


def station(name: str) -> Hourly:
    """Measured in Greensboro (36° N) and Sand Point (55° N), as NREL put their typical years together."""
    data = (Path(pvlib.__file__).parent / "data" / name).read_bytes()
    read = read_weather(data, name).hourly
    assert read is not None
    return read


def apart(ours: NDArray[np.float64], theirs: NDArray[np.float64], months: NDArray[np.int64]) -> tuple[float, float]:
    """Deviation of the year, and the largest one of a month. [1]"""
    place = months - months.min()
    one, other = np.bincount(place, ours), np.bincount(place, theirs)
    return float(one.sum() / other.sum() - 1), float(np.abs(one / other - 1).max())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_year_of_global_irradiance(place: str, layout: str) -> None:
    year = weather(PLACES[place])
    model = Model(year.site, (LAYOUTS[layout],))
    bare = Hourly(
        year.site, year.start, year.step, year.ghi, temp_air=year.temp_air, wind=year.wind, offset=year.offset
    )
    ours = hourly(model, bare).ac
    of_year, of_month = apart(ours, powers(model, bare, split=True), year.months)
    assert abs(of_year) < REACHED < YEAR and of_month < REACHED < MONTH


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["perez", "hay_davies", "isotropic"])
def test_a_year_of_all_three_components(place: str, kind: str) -> None:
    year = weather(PLACES[place], step=900, seed=2)
    model = Model(year.site, (LAYOUTS["south"],), Losses(soiling=4.0), albedo=0.3, transposition=kind)
    of_year, of_month = apart(hourly(model, year).ac, powers(model, year, split=False), year.months)
    assert abs(of_year) < REACHED and of_month < REACHED


@pytest.mark.parametrize("name", STATIONS)
def test_a_measured_year(name: str) -> None:
    year = station(name)
    for array in LAYOUTS.values():
        model = Model(year.site, (array,))
        of_year, of_month = apart(hourly(model, year).ac, powers(model, year, split=False), year.months)
        assert abs(of_year) < EDGES < YEAR and of_month < MONTH


@pytest.mark.parametrize("name", STATIONS)
def test_the_reader_of_tmy3_agrees(name: str) -> None:
    year = station(name)
    theirs, about = pvlib.iotools.read_tmy3(Path(pvlib.__file__).parent / "data" / name, coerce_year=2001)
    assert (year.site.latitude, year.site.longitude) == (about["latitude"], about["longitude"])
    assert year.offset == about["TZ"] * 3_600
    assert year.ghi == pytest.approx(theirs["ghi"].to_numpy()) and year.dni == pytest.approx(theirs["dni"].to_numpy())
    assert year.temp_air == pytest.approx(theirs["temp_air"].to_numpy())
    ends = theirs.index.as_unit("s").astype("int64").to_numpy()  # labels at the end of their hour
    assert np.array_equal(year.starts[:-1] + 3_600, ends[:-1])


@pytest.mark.parametrize("name", STATIONS)
@pytest.mark.parametrize("layout", ["flat", "south", "east", "small inverter"])
def test_average_days_against_a_measured_year(name: str, layout: str) -> None:
    """Twelve sums and twelve temperatures say as much about a year as its hours, within 3 %."""
    year = station(name)
    model = Model(year.site, (LAYOUTS[layout],))
    of_months = monthly(model, climate_of(year)).total
    assert of_months == pytest.approx(hourly(model, year).total, rel=0.03)
