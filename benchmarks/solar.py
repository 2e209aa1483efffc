"""Ten years of quarter hours: the yield with every step of its loss tree, against pvlib in its own environment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Pair, Scale, timed
from core.solar.clear_sky import clear_sky
from core.solar.expected import hourly
from core.solar.model import Array, Model, Site
from core.solar.sky import split
from core.solar.sun import extraterrestrial_at, vector
from core.solar.weather import Hourly
from installer import bootstrap
from installer.tasks import TASKS

STEP, START = 900, 1_262_275_200
"""[s], [s since 1970-01-01 UTC]: 2010-01-01 in Beijing."""
SYSTEM = Model(Site(39.9, 116.4, 50.0), (Array(1_000.0, 20.0, 180.0),))


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Against pvlib, where it can be had here."""
    years = 10 if scale.many >= 10_000 else 1
    weather = _weather(years)
    python = _pvlib()
    if python is None:
        return
    theirs, total = _script(python, weather, folder / "weather.npz")
    ours = hourly(SYSTEM, weather)
    if abs(float(ours.ac.sum()) / total - 1) > 0.001:
        raise RuntimeError("not the same yield")
    what = f"Yield of {len(weather):,} quarter hours, with every loss"
    yield Pair(what, "pvlib `ModelChain.with_pvwatts`, the same settings (its import not counted)",
               timed(lambda: hourly(SYSTEM, weather)), theirs, runs=5)  # fmt: skip


def _weather(years: int) -> Hourly:
    """A clear sky behind clouds that come and go."""
    rng = np.random.default_rng(2010)
    times = START + STEP * np.arange(years * 365 * 96, dtype=np.int64)
    middle = times + STEP // 2
    clouds = np.interp(
        np.arange(len(times)), np.arange(0, len(times) + 12, 12), rng.uniform(0.2, 1.0, len(times) // 12 + 1)
    )
    ghi = clear_sky(middle, SYSTEM.site, 3.0) * clouds
    up = vector(middle, SYSTEM.site.latitude, SYSTEM.site.longitude)[2]
    light = split(ghi, None, None, up, extraterrestrial_at(middle))
    warmth = 12.0 - 14.0 * np.cos(2 * np.pi * (middle - START) / (365.25 * 86_400)) + rng.normal(0.0, 3.0, len(times))
    return Hourly(SYSTEM.site, START, STEP, *light, warmth, rng.uniform(0.5, 5.0, len(times)), offset=28_800)


def _pvlib() -> Path | None:
    """Python of the environment of ``make oracle``. None where its packages cannot be had."""
    task = TASKS["oracle"]
    folder = bootstrap.ROOT / task.environment
    try:
        bootstrap.make_venv(folder)
        bootstrap.install(task.lock, folder)
    except bootstrap.Stopped as stopped:
        print(f"{stopped}\npvlib cannot be had: left out", file=sys.stderr)
        return None
    return bootstrap.venv_python(folder)


def _script(python: Path, weather: Hourly, path: Path) -> tuple[Callable[[], float], float]:
    """The script times its chain of models alone; and what it makes of the weather. [kWh / h]"""
    np.savez(
        path, times=weather.starts + STEP // 2, ghi=_known(weather.ghi), dni=_known(weather.dni),
        dhi=_known(weather.dhi), temp_air=_known(weather.temp_air), wind_speed=_known(weather.wind),
    )  # fmt: skip
    (array,) = SYSTEM.arrays
    site = SYSTEM.site
    settings = {
        "latitude": site.latitude, "longitude": site.longitude, "elevation": site.elevation, "tilt": array.tilt,
        "azimuth": array.azimuth, "power": array.dc_power, "gamma": array.gamma, "albedo": SYSTEM.albedo,
        "efficiency": array.inverter_efficiency,
    }  # fmt: skip
    script = Path(__file__).with_name("pvlib_script.py")
    command = [str(python), str(script), str(path), json.dumps(settings)]

    def run() -> tuple[float, float]:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds, total = done.stdout.split()
        return float(seconds), float(total)

    return lambda: run()[0], run()[1]


def _known(values: NDArray[np.float64] | None) -> NDArray[np.float64]:
    if values is None:
        raise ValueError("a column is missing")
    return values
