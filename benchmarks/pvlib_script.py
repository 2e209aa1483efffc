"""The same system in pvlib's chain of models, as its documentation shows it; run by ``solar.py`` elsewhere.

Its arguments are the file with the weather, the place, and what our model says of the system.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
import pvlib
from pvlib.location import Location
from pvlib.modelchain import ModelChain
from pvlib.pvsystem import Array, FixedMount, PVSystem


def main(weather: str, settings: str) -> None:
    said = json.loads(settings)
    columns = np.load(weather)
    index = pd.to_datetime(columns["times"], unit="s", utc=True)
    frame = pd.DataFrame({name: columns[name] for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed")}, index=index)
    module = pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"]["close_mount_glass_glass"]
    array = Array(
        FixedMount(said["tilt"], said["azimuth"]),
        albedo=said["albedo"],
        module_parameters={"pdc0": said["power"], "gamma_pdc": said["gamma"]},
        temperature_model_parameters=module,
    )
    inverter = {"pdc0": said["power"], "eta_inv_nom": said["efficiency"]}
    system = PVSystem([array], inverter_parameters=inverter, losses_parameters={})
    chain = ModelChain.with_pvwatts(system, Location(said["latitude"], said["longitude"], altitude=said["elevation"]))
    began = time.perf_counter()
    results = chain.run_model(frame).results
    print(time.perf_counter() - began, float(results.ac.sum()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
