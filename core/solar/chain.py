"""From light to alternating current, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.solar.cell import MOUNTINGS, sapm_cell, sapm_module
from core.solar.dc import REFERENCE_IRRADIANCE, pvwatts_dc
from core.solar.inverter import converted
from core.solar.losses import Losses
from core.solar.model import Array
from core.solar.sun import Numbers

STAGES = ("reference", "optical", "thermal", "dc", "converted", "clipped", "ac")
"""What the power is after each step, see :class:`core.solar.expected.Yield`."""
STEPS = ("glass", "temperature", *Losses.__slots__, "inverter", "clipping", "limit")
"""What is lost between them, in order: keys of a loss tree."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a loss tree."""

    key: str
    """One of :data:`STEPS`, or ``reference`` for what it begins with."""
    energy: float
    """What is left after it. [kWh]"""
    lost: float
    """What it takes. [kWh]"""
    percent: float
    """The same relative to what came in. [%]"""


def cell_temperature(array: Array, poa: Numbers, air: Numbers | None, wind: Numbers, back: Numbers | None) -> Numbers:
    """Temperature of the cells; that measured at the back of a module takes precedence over one that is calculated.

    Parameters
    ----------
    array
        for its mounting.
    poa
        irradiance in its plane. [W/m2]
    air
        temperature of the air. [°C]
    wind
        [m/s]
    back
        temperature measured at the back of a module; None: not measured. [°C]

    Returns
    -------
    ndarray
        [°C]

    Raises
    ------
    ValueError
        when neither air nor module has a temperature.

    Notes
    -----
    :func:`core.solar.cell.sapm_module`, unless it was measured, and :func:`core.solar.cell.sapm_cell`.

    References
    ----------
    SAND2004-3535 (2004), eq. 11 and 12.

    Examples
    --------
    >>> array, one = Array(100.0, 20.0, 180.0, "open_rack"), np.ones(1)
    >>> [float(cell_temperature(array, 900 * one, 20 * one, 5 * one, back).round(1)[0]) for back in (None, 50 * one)]
    [40.3, 52.7]
    """
    mounting = MOUNTINGS[array.mounting]
    if back is None:
        if air is None:
            raise ValueError("neither air nor module has a temperature")
        back = sapm_module(poa, air, wind, mounting)
    return sapm_cell(back, poa, mounting)


def powers(array: Array, kept: float, poa: Numbers, effective: Numbers, cell: Numbers) -> tuple[Numbers, ...]:
    """Power of an array after each step up to the limit of its inverters.

    Parameters
    ----------
    array
        power, temperature coefficient, inverters.
    kept
        what losses leave. [1]
    poa, effective
        irradiance in front of and behind the glass. [W/m2]
    cell
        temperature of the cells. [°C]

    Returns
    -------
    tuple of ndarray
        in the order of :data:`STAGES`, without the last. [kW]

    Notes
    -----
    G P0 / G0 -> behind the glass -> 1 + γ (Tc - 25 °C) -> what losses leave -> η of the inverters -> their limit

    References
    ----------
    A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), chapters on module, losses and inverter.

    Examples
    --------
    >>> one = np.ones(1)
    >>> [float(p.round(1)[0]) for p in powers(Array(100.0, 20.0, 180.0), 0.9, 900 * one, 880 * one, 45 * one)]
    [90.0, 88.0, 81.8, 73.7, 70.9, 70.9]
    """
    scale = array.dc_power / REFERENCE_IRRADIANCE
    thermal = np.maximum(pvwatts_dc(effective, cell, array.dc_power, array.gamma), 0.0)
    dc = thermal * kept
    limit, efficiency = array.inverter_limit, array.inverter_efficiency
    made = converted(dc, limit, efficiency)
    return poa * scale, effective * scale, thermal, dc, made, np.minimum(made, limit * efficiency)


def loss_tree(stages: tuple[float, ...], losses: Losses) -> tuple[Step, ...]:
    """What each step takes.

    Parameters
    ----------
    stages
        energy in the order of :data:`STAGES`. [kWh]
    losses
        those between ``thermal`` and ``dc``, applied one after the other. [%]

    Returns
    -------
    tuple of Step
        beginning with ``reference``; each step's energy is that of the one before it less what it takes.

    Notes
    -----
    Between ``thermal`` and ``dc`` loss i takes Lᵢ / 100 of what the ones before it left.

    References
    ----------
    NREL/TP-6A20-62641 (2014), for losses that multiply and their order.

    Examples
    --------
    >>> from core.solar.losses import NO_LOSSES
    >>> tree = loss_tree((100.0, 97.0, 92.0, 92.0, 88.0, 88.0, 80.0), NO_LOSSES)
    >>> [(step.key, step.lost) for step in tree if step.lost]
    [('glass', 3.0), ('temperature', 5.0), ('inverter', 4.0), ('limit', 8.0)]
    """
    reference, optical, thermal, _, made, clipped, ac = stages
    after = [optical, thermal]
    for _, percent in losses.shares():
        after.append(after[-1] * (1.0 - percent / 100.0))
    after += [made, clipped, ac]
    tree = [Step("reference", reference, 0.0, 0.0)]
    for key, energy in zip(STEPS, after, strict=True):
        before = tree[-1].energy
        tree.append(Step(key, energy, before - energy, 100.0 * (before - energy) / before if before else 0.0))
    return tuple(tree)
