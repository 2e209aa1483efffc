"""A PV system is looked at over some time: meters, sensors and weather brought together, and what is lacking is said.

It takes milliseconds, so whoever shows it asks for it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from zoneinfo import ZoneInfo

import numpy as np

from core.i18n import T, Text
from core.ledger import PvArray, PvSystem
from core.methods import exact_sum
from core.series import Series
from core.series.metered import Metered
from core.series.read import MonthSum
from core.series.zones import begin_of, month_bounds
from core.solar.availability import Availability, States, availability, states
from core.solar.curtailment import Curtailment, curtailment
from core.solar.degradation import Degradation, degradation
from core.solar.expected import MonthlyYield, Yield, expected_of, hourly
from core.solar.losstree import LossTree, assumed, loss_tree
from core.solar.model import Model, model_of
from core.solar.performance import Measured, performance
from core.solar.sensed import light_of, sensed_weather
from core.solar.system import GRID_FACTOR, HourlyFactor, Observed, SystemMonth, arrays_of
from core.solar.use import load_of, use
from core.solar.weather import Climate, Hourly
from core.solar.yields import typical_months

SEED = 20_240_101
"""Of the interval around the degradation, so that it is the same for everybody."""
YEAR_DAYS = 365.25
NO_METER = T("No meter counts the generation of this system: choose it in the description of the system.")
NO_INTERVALS = T("The meters of the generation hold no intervals in this time: import them on the page “Meters”.")
NO_SENSOR = T("No sensor measures the light in the plane of the array: performance ratio and losses cannot be said.")
NO_LIGHT = T(
    "The sensor of the light has no values of this time: performance ratio and losses cannot be said until they are "
    "imported."
)
NO_TEMPERATURE = T(
    "Neither a sensor nor a weather file tells how warm it was: the model cannot use the light measured."
)
MEAN_TEMPERATURE = T(
    "No sensor measures the modules' temperature: the mean of each month of the weather file stands in."
)
NO_WEATHER = T("No weather file or monthly table was chosen: the expected yield cannot be said.")
"""What keeps something from being said."""


def observe(system: PvSystem, metered: Metered, weather: Hourly | Climate | None, first: date, last: date) -> Observed:
    """Everything that can be said of a system over some time.

    Parameters
    ----------
    system
        with the ids of its meters and sensors.
    metered
        the interval data of its plant.
    weather
        read from the system's weather file; None: it has none.
    first, last
        local days, both included.

    Returns
    -------
    Observed
        what cannot be said is None, with a note.

    Raises
    ------
    UserError
        for a system without arrays, impossible numbers, or a plant whose time zone is not known.

    Notes
    -----
    The model of the light measured uses the sensor in the plane of the array and the module's temperature where there
    is one (measured weather takes precedence over a weather file); its loss tree, availability, curtailment and
    performance index follow from it. Without a sensor only the average year can be compared.
    """
    arrays, zone = arrays_of(metered, system), metered.zone
    age = ((first.toordinal() + last.toordinal()) / 2 - system.commissioned.toordinal()) / YEAR_DAYS
    model = model_of(system, arrays, max(age, 0.0))
    typical = expected_of(model, weather)
    generation = metered.together(system.generation, first, last)
    load = _load(system, metered, generation, first, last)
    sensed = sensed_weather(model.site, metered, system, weather, first, last)
    dark = sensed is None and light_of(metered, system, first, last) is None
    modelled = None if sensed is None else hourly(model, sensed)
    measured = None if generation is None else _measured(model, generation, sensed, modelled, typical)
    looked = None if measured is None or modelled is None else _look(system, model, measured, modelled, sensed)
    return Observed(
        system,
        arrays,
        first,
        last,
        zone,
        model,
        typical,
        generation,
        measured,
        None if measured is None else performance(measured, *_span(first, last, zone), zone),
        _months(system, metered, measured, typical, modelled, first, last),
        modelled,
        None if looked is None else looked.tree,
        None if looked is None else looked.availability,
        None if looked is None else looked.curtailment,
        _ageing(system, metered, arrays, weather),
        load,
        None if generation is None or load is None else use(generation, load, zone),
        tuple(_notes(system, metered, generation, sensed, weather, dark=dark)),
        _grid_factor(metered, first, last),
    )


def _span(first: date, last: date, zone: ZoneInfo) -> tuple[int, int]:
    """[s since 1970-01-01 UTC]"""
    return begin_of(first, zone), begin_of(date.fromordinal(last.toordinal() + 1), zone)


def _measured(
    model: Model,
    generation: Series,
    sensed: Hourly | None,
    modelled: Yield | None,
    typical: MonthlyYield | Yield | None,
) -> Measured:
    power = sum(array.inverter_power or array.dc_power for array in model.arrays)
    light = None if sensed is None or sensed.poa is None else Series(sensed.start, sensed.step, sensed.poa)
    # The model adds to the back of the module what the cell is warmer, as both ratios are meant of cells.
    warm = (
        None
        if modelled is None or sensed is None or sensed.temp_module is None
        else np.where(np.isfinite(sensed.temp_module), modelled.cell, np.nan)
    )
    known = warm is not None and bool(np.isfinite(warm).any())
    gamma = sum(array.gamma * array.dc_power for array in model.arrays) / model.dc_power
    return Measured(
        generation,
        model.dc_power,
        min(power, model.ac_limit),
        light,
        Series(sensed.start, sensed.step, warm) if sensed is not None and warm is not None and known else None,
        None if modelled is None else Series(modelled.start, modelled.step, modelled.energy),
        gamma,
        _typical_temperature(typical),
    )


def _typical_temperature(typical: MonthlyYield | Yield | None) -> float | None:
    """Mean temperature of the cells in an average year, weighted by light. [°C]"""
    if typical is None:
        return None
    light = float(np.nansum(typical.poa))
    return float(np.nansum(typical.poa * typical.cell)) / light if light > 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    tree: LossTree
    availability: Availability
    curtailment: Curtailment | None


def _look(system: PvSystem, model: Model, measured: Measured, modelled: Yield, sensed: Hourly | None) -> _Look:
    """Where the energy went between the light measured and the meter."""
    start, end = modelled.start, modelled.start + modelled.step * len(modelled)
    expected = Series(modelled.start, modelled.step, modelled.energy)
    found: States = states(measured.energy, expected, model.dc_power)
    held = None
    if system.ac_limit > 0 and sensed is not None:
        free = hourly(replace(model, ac_limit=inf), sensed)
        held = curtailment(measured.energy, Series(free.start, free.step, free.energy), float(system.ac_limit))
    shares = assumed(modelled.tree(), measured_temperature=measured.temperature is not None)
    if held is not None:
        shares = tuple((key, share) for key, share in shares if key != "limit")
    return _Look(loss_tree(measured, start, end, shares, found, held), availability(found, start, end), held)


def _months(
    system: PvSystem,
    metered: Metered,
    measured: Measured | None,
    typical: MonthlyYield | Yield | None,
    modelled: Yield | None,
    first: date,
    last: date,
) -> tuple[SystemMonth, ...]:
    zone = metered.zone
    counted = _counted(metered, system.generation, first, last)
    average = None if typical is None else typical_months(typical)
    found = []
    for month, start, end in month_bounds(first, last, zone):
        sums = counted.get(month, [])
        known = bool(sums) and all(one.present for one in sums)
        found.append(
            SystemMonth(
                month,
                exact_sum(one.total for one in sums) if known else None,
                min((one.present for one in sums), default=0),
                max((one.expected for one in sums), default=0),
                None if average is None else float(average[month.month - 1]),
                None if modelled is None else _within(modelled, start, end),
                None if measured is None or not known else performance(measured, start, end, zone),
            )
        )
    return tuple(found)


def _counted(metered: Metered, keys: Sequence[str], first: date, last: date) -> dict[date, list[MonthSum]]:
    """The months of all meters."""
    found: dict[date, list[MonthSum]] = {}
    for key in keys:
        for one in metered.monthly(key, first, last):
            found.setdefault(one.month, []).append(one)
    return found


def _within(modelled: Yield, start: int, end: int) -> float:
    """What the model gives in some time. [kWh]"""
    inside = (modelled.starts >= start) & (modelled.starts < end)
    return float(np.nansum(modelled.energy[inside]))


def _ageing(
    system: PvSystem, metered: Metered, arrays: Sequence[PvArray], weather: Hourly | Climate | None
) -> Degradation | None:
    """From all the years there are, against the model as new; None without a sensor."""
    generation = metered.together(system.generation)
    model = model_of(system, arrays)
    kept = metered.kept(system.irradiance)
    sensed = None if kept is None else sensed_weather(model.site, metered, system, weather, kept.start, kept.end)
    if generation is None or sensed is None:
        return None
    made = hourly(model, sensed)
    return degradation(generation, Series(made.start, made.step, made.energy), metered.zone, SEED)


def _load(system: PvSystem, metered: Metered, generation: Series | None, first: date, last: date) -> Series | None:
    """What the plant used, from the meters at its connection; None where one of the three is missing."""
    fed, bought = (metered.together(keys, first, last) for keys in (system.feed_in, system.purchased))
    return None if generation is None or fed is None or bought is None else load_of(generation, fed, bought)


def _grid_factor(metered: Metered, first: date, last: date) -> HourlyFactor | None:
    """The first one that the plant keeps for this time."""
    for meter in metered.meters:
        series = metered.series(meter.id, first, last) if meter.medium == GRID_FACTOR else None
        if series is not None:
            scale = 0.001 if meter.unit == "g/kWh" else 1.0
            return HourlyFactor(meter, Series(series.start, series.step, series.values * scale))
    return None


def _notes(
    system: PvSystem,
    metered: Metered,
    generation: Series | None,
    sensed: Hourly | None,
    weather: Hourly | Climate | None,
    *,
    dark: bool,
) -> list[Text]:
    found = []
    if not system.generation:
        found.append(NO_METER)
    elif generation is None:
        found.append(NO_INTERVALS)
    if sensed is None:
        known = metered.kept(system.irradiance) is not None
        found.append(NO_SENSOR if not known else NO_LIGHT if dark else NO_TEMPERATURE)
    elif sensed.temp_module is None:
        found.append(MEAN_TEMPERATURE)
    if weather is None:
        found.append(NO_WEATHER)
    return found
