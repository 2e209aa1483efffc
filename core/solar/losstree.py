"""From the sun on the modules to the meter: where the energy went, with an honest remainder that closes exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.i18n import T, Text
from core.library import EXACT
from core.methods import exact_sum
from core.series import Series
from core.solar.availability import States
from core.solar.chain import Step
from core.solar.curtailment import Curtailment
from core.solar.grid import Flags, Grid
from core.solar.performance import STANDARD, Measured, columns_of

DIGITS = Decimal("0.001")
"""To which energies are rounded before they are added, so that they add up to the last digit. [kWh]"""
TITLES = {
    "glass": T("Reflection of the glass"),
    "temperature": T("Temperature of the modules"),
    "soiling": T("Soiling"),
    "shading": T("Shading"),
    "snow": T("Snow"),
    "mismatch": T("Mismatch of modules"),
    "wiring": T("Wiring"),
    "connections": T("Connections"),
    "lid": T("Light-induced degradation"),
    "nameplate_rating": T("Label of the modules"),
    "age": T("Age"),
    "availability": T("Outages, assumed"),
    "inverter": T("Inverter"),
    "clipping": T("Limit of the inverters"),
    "limit": T("Limit of the system"),
    "outage": T("Outages"),
    "curtailment": T("Curtailment"),
    "unexplained": T("Unexplained"),
}
"""Names of what is lost, by key: the steps of :data:`core.solar.chain.STEPS` and what measurements add."""
NOT_ASSUMED = frozenset({"reference", "availability"})


@dataclass(frozen=True, slots=True)
class Loss:
    """One branch of the tree."""

    key: str
    title: Text
    energy: Decimal
    """Lost; negative: gained. [kWh]"""
    measured: bool
    """Whether it follows from measurements; else it is an assumption of the model."""


@dataclass(frozen=True, slots=True)
class LossTree:
    """From the reference to the meter: ``reference`` - Σ ``losses`` - ``unexplained`` = ``energy``, exactly."""

    reference: Decimal
    """What the modules would give at their label in the light measured. [kWh]"""
    losses: tuple[Loss, ...]
    """In the order of the energy's way."""
    unexplained: Decimal
    """What nobody has an explanation for; negative: the explanations take away too much. [kWh]"""
    energy: Decimal
    """At the meter. [kWh]"""
    coverage: float
    """Share of the time in which light and generation were both measured: the tree is of this time alone. [1]"""

    def share(self, energy: Decimal) -> Decimal | None:
        """Of the reference; None without light. [1]"""
        return EXACT.divide(energy, self.reference) if self.reference else None


def close(
    reference: float, losses: Iterable[tuple[str, float, bool]], energy: float, coverage: float = 1.0
) -> LossTree:
    """A tree whose remainder closes it.

    Parameters
    ----------
    reference
        what the modules would give at their label in the light measured. [kWh]
    losses
        key of :data:`TITLES`, energy lost [kWh], and whether it follows from measurements.
    energy
        at the meter. [kWh]
    coverage
        share of the time it is about. [1]

    Returns
    -------
    LossTree

    Notes
    -----
    unexplained = reference - Σ losses - energy, of numbers rounded to a watt-hour, so nothing is left over.

    Examples
    --------
    >>> close(1000.0, [("temperature", 60.0, True), ("soiling", 18.8, False)], 850.0).unexplained
    Decimal('71.200')
    """
    kept = tuple(Loss(key, TITLES[key], _exact(lost), measured) for key, lost, measured in losses)
    above, below = _exact(reference), _exact(energy)
    rest = EXACT.subtract(EXACT.subtract(above, exact_sum(loss.energy for loss in kept)), below)
    return LossTree(above, kept, rest, below, coverage)


def loss_tree(
    measured: Measured,
    start: int,
    end: int,
    shares: Iterable[tuple[str, float]] = (),
    states: States | None = None,
    curtailment: Curtailment | None = None,
) -> LossTree:
    """Where the energy of some time went.

    Parameters
    ----------
    measured
        generation and irradiance; the temperature of the modules where it is known.
    start, end
        the intervals that begin from ``start`` on and before ``end``. [s since 1970-01-01 UTC]
    shares
        assumed losses in their order, e.g. of :func:`assumed`: key and share of what is left. [1]
    states, curtailment
        of the same system, where they were looked at.

    Returns
    -------
    LossTree
        of the intervals in which light and generation were measured, and the temperature where there is a sensor.

    Raises
    ------
    UserError
        without DC power, or for intervals that do not fit each other.

    Notes
    -----
    reference = Σ P0 G/1000 τ. Temperature: Σ -γ (T - 25) P0 G/1000 τ. Each assumed share takes its part of what those
    before it left. Outages and curtailment are measured against the model at the meter. After IEC 61724-1 (yields and
    yield losses) and PVWatts (NREL/TP-6A20-62641).

    Examples
    --------
    >>> sun, out = Series(0, 3600, np.array([1000.0])), Series(0, 3600, np.array([80.0]))
    >>> tree = loss_tree(Measured(out, 100.0, irradiance=sun), 0, 3600, [("soiling", 0.02), ("inverter", 0.04)])
    >>> [(loss.key, str(loss.energy)) for loss in tree.losses], str(tree.unexplained)
    ([('soiling', '2.000'), ('inverter', '3.920')], '14.080')
    """
    columns = columns_of(measured)
    part = columns.grid.part(start, end)
    there = np.isfinite(columns.energy[part]) & np.isfinite(columns.reference[part])
    if measured.temperature is not None:
        there &= np.isfinite(columns.temperature[part])
    reference = columns.reference[part][there]
    losses: list[tuple[str, float, bool]] = []
    left = float(reference.sum())
    if measured.temperature is not None:
        heat = -measured.gamma * (columns.temperature[part][there] - STANDARD) * reference
        losses.append(("temperature", float(heat.sum()), True))
        left -= losses[-1][1]
    for key, share in shares:
        losses.append((key, left * share, False))
        left -= losses[-1][1]
    if states is not None:
        losses.append(("outage", _within(columns.grid, part, there, states.grid.series(states.lost)), True))
    if curtailment is not None:
        held = curtailment.grid.series(curtailment.energy)
        losses.append(("curtailment", _within(columns.grid, part, there, held), True))
    count = -((start - end) // columns.grid.step)
    energy = float(columns.energy[part][there].sum())
    return close(float(reference.sum()), losses, energy, int(there.sum()) / count if count else 0.0)


def assumed(tree: Iterable[Step], *, measured_temperature: bool) -> tuple[tuple[str, float], ...]:
    """What the model loses at each step, as shares for :func:`loss_tree`.

    Parameters
    ----------
    tree
        that of the expected yield.
    measured_temperature
        whether the modules have a sensor, whose reading then stands instead of the model's.

    Returns
    -------
    tuple
        key and share of what is left before it; steps without a loss, and the outages that a model assumes where real
        ones are measured, are left out. [1]

    Notes
    -----
    The temperature comes first where it is measured; shares of what is left commute.

    Examples
    --------
    >>> assumed([Step("reference", 100.0, 0.0, 0.0), Step("glass", 97.0, 3.0, 3.0)], measured_temperature=True)
    (('glass', 0.03),)
    """
    without = NOT_ASSUMED | ({"temperature"} if measured_temperature else frozenset())
    return tuple((step.key, step.percent / 100.0) for step in tree if step.lost and step.key not in without)


def _within(grid: Grid, part: slice, there: Flags, lost: Series) -> float:
    """What was lost in intervals of which the tree is."""
    place = (lost.starts - grid.start) // grid.step
    inside = (place >= part.start) & (place < part.stop)
    return float(lost.values[inside][there[place[inside] - part.start]].sum())


def _exact(energy: float) -> Decimal:
    return Decimal(repr(float(energy))).quantize(DIGITS, context=EXACT)
