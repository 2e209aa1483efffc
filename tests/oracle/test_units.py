"""Each equation of our solar calculations against the same one in pvlib."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pvlib
import pytest
from numpy.typing import NDArray

from core.solar import air, cell, clear_sky, dc, glass, inverter, losses, sky, sun

Numbers = NDArray[np.float64]
RNG = np.random.default_rng(20_250_601)
COUNT = 20_000
CLOSE = 1e-6
PLACES = {"Singapore": (1.3, 103.8), "Beijing": (39.9, 116.4), "Krosno": (49.7, 21.8), "Sydney": (-33.9, 151.2),
          "Tromsø": (69.6, 18.9)}  # fmt: skip


def zeniths() -> Numbers:
    return RNG.uniform(0.0, 89.9, COUNT)


def index(times: NDArray[np.int64]) -> pd.DatetimeIndex:
    return pd.to_datetime(times, unit="s", utc=True)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("grid", [False, True], ids=["any moments", "a grid"])
def test_the_sun_stands_where_nrel_spa_says(place: str, grid: bool) -> None:
    """From 1980 to 2049, to 0.001° in every direction."""
    times = np.sort(RNG.integers(315_532_800, 2_500_000_000, COUNT))
    if grid:
        times = 1_262_304_000 + 450 + 900 * np.arange(40_000, dtype=np.int64)
    latitude, longitude = PLACES[place]
    theirs = pvlib.solarposition.spa_python(index(times), latitude, longitude, pressure=air.pressure(200.0))
    zenith, azimuth = sun.position(times, latitude, longitude, air.pressure(200.0))
    turned = (azimuth - theirs["azimuth"].to_numpy() + 180.0) % 360.0 - 180.0
    around = turned * np.sin(np.radians(theirs["zenith"].to_numpy()))
    near = np.abs(theirs["elevation"].to_numpy() + 0.8334) > 0.01  # below it no light is lifted, above it is
    assert np.abs(sun.elevation(times, latitude, longitude) - theirs["elevation"].to_numpy()).max() < 0.001
    assert np.abs(zenith - theirs["apparent_zenith"].to_numpy())[near].max() < 0.001
    assert np.abs(around).max() < 0.001


def test_extraterrestrial() -> None:
    days = np.arange(1, 367)
    theirs = pvlib.irradiance.get_extra_radiation(days, solar_constant=sun.SOLAR_CONSTANT)
    assert sun.extraterrestrial(days) == pytest.approx(theirs, rel=CLOSE)


def test_pressure_and_airmass() -> None:
    heights = [0.0, 50.0, 280.0, 3_600.0]
    assert [air.pressure(h) for h in heights] == pytest.approx([pvlib.atmosphere.alt2pres(h) for h in heights])
    zenith = zeniths()
    theirs = pvlib.atmosphere.get_relative_airmass(zenith, model="kastenyoung1989")
    assert air.airmass(np.cos(np.radians(zenith))) == pytest.approx(theirs, rel=CLOSE)


def test_erbs() -> None:
    zenith, ghi = zeniths(), RNG.uniform(0.0, 1200.0, COUNT)
    theirs = pvlib.irradiance.erbs(ghi, zenith, 100)
    dni, dhi = sky.erbs(ghi, np.cos(np.radians(zenith)), np.full(COUNT, sun.extraterrestrial(100)))
    assert dni == pytest.approx(theirs["dni"], rel=CLOSE, abs=CLOSE)
    assert dhi == pytest.approx(theirs["dhi"], rel=CLOSE, abs=CLOSE)


class Light:
    """Any sun, any sky, any plane."""

    def __init__(self) -> None:
        self.zenith, self.azimuth = zeniths(), RNG.uniform(0.0, 360.0, COUNT)
        self.dhi, self.dni = RNG.uniform(0.0, 500.0, COUNT), RNG.uniform(0.0, 1_000.0, COUNT)
        self.dni[:2_000] = 0.0
        self.extra, self.tilt, self.facing = np.full(COUNT, 1_380.0), 35.0, 200.0
        self.cos_zenith = np.cos(np.radians(self.zenith))
        self.cos_aoi = pvlib.irradiance.aoi_projection(self.tilt, self.facing, self.zenith, self.azimuth)
        self.plane = (self.tilt, self.facing)


def test_isotropic_and_ground() -> None:
    light = Light()
    theirs = pvlib.irradiance.isotropic(light.tilt, light.dhi)
    assert sky.isotropic(light.dhi, light.tilt) == pytest.approx(theirs, rel=CLOSE)
    theirs = pvlib.irradiance.get_ground_diffuse(light.tilt, light.dhi, albedo=0.3)
    assert sky.ground(light.dhi, light.tilt, 0.3) == pytest.approx(theirs, rel=CLOSE)


def test_hay_davies() -> None:
    light = Light()
    theirs = pvlib.irradiance.haydavies(*light.plane, light.dhi, light.dni, light.extra, light.zenith, light.azimuth)
    ours = sky.hay_davies(light.dhi, light.dni, light.extra, light.cos_aoi, light.cos_zenith, light.tilt)
    assert ours == pytest.approx(theirs, rel=CLOSE, abs=CLOSE)


def test_perez() -> None:
    light = Light()
    mass = pvlib.atmosphere.get_relative_airmass(light.zenith)
    theirs = pvlib.irradiance.perez(*light.plane, light.dhi, light.dni, light.extra, light.zenith, light.azimuth, mass)
    f1, f2 = sky.brightness(light.dhi, light.dni, light.extra, mass, np.radians(light.zenith))
    ours = sky.perez(light.dhi, f1, f2, light.cos_aoi, light.cos_zenith, light.tilt)
    assert ours == pytest.approx(theirs, rel=CLOSE, abs=CLOSE)


def test_glass() -> None:
    angle = RNG.uniform(0.0, 89.99, COUNT)
    cosine = np.cos(np.radians(angle))
    assert glass.physical(cosine) == pytest.approx(pvlib.iam.physical(angle, n_ar=None), rel=CLOSE, abs=CLOSE)
    assert glass.physical(np.array([-0.1, 0.0])) == pytest.approx([0.0, 0.0], abs=CLOSE)


@pytest.mark.parametrize("tilt", [0.0, 5.0, 20.0, 45.0, 90.0])
def test_glass_in_diffuse_light(tilt: float) -> None:
    """Sums over finite pieces of the sky, so they agree to their own error."""
    theirs = pvlib.iam.marion_diffuse("physical", tilt)
    ours = glass.diffuse(tilt)
    assert ours[0] == pytest.approx(theirs["sky"], abs=2e-4)
    assert ours[1] == pytest.approx(theirs["ground"], abs=2e-3 if tilt > 5 else 0.01)


@pytest.mark.parametrize(
    ("mounting", "name"),
    [
        ("open_rack", "open_rack_glass_polymer"),
        ("roof", "close_mount_glass_glass"),
        ("insulated", "insulated_back_glass_polymer"),
    ],
)
def test_cells(mounting: str, name: str) -> None:
    poa, warmth, wind = RNG.uniform(0, 1_200, COUNT), RNG.uniform(-20, 45, COUNT), RNG.uniform(0, 15, COUNT)
    theirs = pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"][name]
    ours = cell.MOUNTINGS[mounting]
    back = cell.sapm_module(poa, warmth, wind, ours)
    assert back == pytest.approx(pvlib.temperature.sapm_module(poa, warmth, wind, theirs["a"], theirs["b"]), rel=CLOSE)
    expected = pvlib.temperature.sapm_cell(poa, warmth, wind, **theirs)
    assert cell.sapm_cell(back, poa, ours) == pytest.approx(expected, rel=CLOSE)


def test_modules_losses_and_inverters() -> None:
    light, warmth = RNG.uniform(0, 1_200, COUNT), RNG.uniform(-10, 75, COUNT)
    power = dc.pvwatts_dc(light, warmth, 100.0, -0.0035)
    assert power == pytest.approx(pvlib.pvsystem.pvwatts_dc(light, warmth, 100.0, -0.0035), rel=CLOSE)
    theirs = pvlib.inverter.pvwatts(power, 90.0, 0.955)
    assert np.minimum(inverter.converted(power, 90.0, 0.955), 90.0 * 0.955) == pytest.approx(
        theirs, rel=CLOSE, abs=CLOSE
    )
    assert 100 * (1 - losses.kept(losses.PVWATTS)) == pytest.approx(pvlib.pvsystem.pvwatts_losses(), rel=CLOSE)


def test_clear_skies() -> None:
    zenith = zeniths()
    cosine = np.cos(np.radians(zenith))
    mass = pvlib.atmosphere.get_relative_airmass(zenith) * pvlib.atmosphere.alt2pres(300.0) / 101_325.0
    theirs = pvlib.clearsky.ineichen(zenith, mass, 3.0, altitude=300.0, dni_extra=1_366.1)["ghi"]
    ours = clear_sky.ineichen(cosine, np.full(COUNT, 1_366.1), 300.0, 3.0)
    assert ours == pytest.approx(np.asarray(theirs), rel=CLOSE, abs=CLOSE)
