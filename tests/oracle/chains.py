"""The same system in pvlib's own chain of models, with the same settings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pvlib
from numpy.typing import NDArray
from pvlib.location import Location
from pvlib.modelchain import ModelChain
from pvlib.pvsystem import Array, FixedMount, PVSystem

from core.solar.model import Model
from core.solar.weather import Hourly

NAMES = {
    "open_rack": "open_rack_glass_polymer",
    "roof": "close_mount_glass_glass",
    "insulated": "insulated_back_glass_polymer",
}
SKIES = {"perez": "perez", "hay_davies": "haydavies", "isotropic": "isotropic"}


def index_of(weather: Hourly) -> pd.DatetimeIndex:
    """Middles of the intervals."""
    return pd.to_datetime(weather.starts + weather.step // 2, unit="s", utc=True)


def frame_of(weather: Hourly, *, split: bool) -> pd.DataFrame:
    """Weather as pvlib wants it; the beam is split off by its own Erbs where asked."""
    index = index_of(weather)
    frame = pd.DataFrame({"ghi": weather.ghi, "temp_air": weather.temp_air, "wind_speed": weather.wind}, index=index)
    if split:
        site = weather.site
        place = Location(site.latitude, site.longitude, altitude=site.elevation)
        parts = pvlib.irradiance.erbs(frame["ghi"], place.get_solarposition(index)["zenith"], index)
        return frame.assign(dni=parts["dni"], dhi=parts["dhi"])
    return frame.assign(dni=weather.dni, dhi=weather.dhi)


def powers(model: Model, weather: Hourly, *, split: bool) -> NDArray[np.float64]:
    """Alternating current of a system of one array. [kW]"""
    (array,) = model.arrays
    system = PVSystem(
        [
            Array(
                FixedMount(array.tilt, array.azimuth),
                albedo=model.albedo,
                module_parameters={"pdc0": array.dc_power, "gamma_pdc": array.gamma},
                temperature_model_parameters=pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"][
                    NAMES[array.mounting]
                ],
            )
        ],
        inverter_parameters={"pdc0": array.inverter_limit, "eta_inv_nom": array.inverter_efficiency},
        losses_parameters=dict(model.losses.shares()),
    )
    site = weather.site
    place = Location(site.latitude, site.longitude, altitude=site.elevation)
    chain = ModelChain.with_pvwatts(system, place, transposition_model=SKIES[model.transposition])
    made: NDArray[np.float64] = chain.run_model(frame_of(weather, split=split)).results.ac.to_numpy()
    return made
