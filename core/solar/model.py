"""A PV system as its model sees it: place, planes of modules, losses, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import inf, isfinite

from core.errors import UserError
from core.i18n import T, Text
from core.ledger.energy import PvArray, PvSystem
from core.solar.cell import MOUNTINGS
from core.solar.losses import KEYS, PVWATTS, Losses

__all__ = ["ALBEDO", "TRANSPOSITIONS", "TYPED_LOSSES", "Array", "Losses", "Model", "Site", "losses_of", "model_of"]

ALBEDO = 0.2
"""Share of the sun that the ground throws back where nobody knows better, as in PVWatts. [1]"""
TRANSPOSITIONS = ("perez", "hay_davies", "isotropic")
"""Ways to bring the light of the sky into the plane of modules."""
TYPED_LOSSES = tuple(key for key in KEYS if key not in ("lid", "age"))
"""Keys that a system's ``parameters`` may carry; the other two follow from its first-year loss and its degradation."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place on earth."""

    latitude: float
    """[° north]"""
    longitude: float
    """[° east]"""
    elevation: float = 0.0
    """[m]"""


@dataclass(frozen=True, slots=True)
class Array:
    """Modules that look the same way, with their inverters."""

    dc_power: float
    """At standard test conditions. [kW]"""
    tilt: float
    """From horizontal. [°]"""
    azimuth: float
    """Clockwise from north; 180 is south. [°]"""
    mounting: str = "roof"
    """A key of :data:`core.solar.cell.MOUNTINGS`."""
    gamma: float = -0.0035
    """Temperature coefficient of power. [1/K]"""
    inverter_efficiency: float = 0.96
    """Nominal. [1]"""
    inverter_power: float = 0.0
    """AC power of its inverters; 0: just what the modules need at standard test conditions. [kW]"""

    @property
    def inverter_limit(self) -> float:
        """Input at which the inverters reach their AC power. [kW]"""
        return self.inverter_power / self.inverter_efficiency if self.inverter_power > 0 else self.dc_power


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that a yield follows from, but the weather. The defaults are those of PVWatts."""

    site: Site
    arrays: tuple[Array, ...]
    losses: Losses = PVWATTS
    ac_limit: float = inf
    """What inverters or contract let out of the whole system. [kW]"""
    albedo: float = ALBEDO
    """Share of the sun that the ground throws back. [1]"""
    transposition: str = "perez"
    """One of :data:`TRANSPOSITIONS`."""
    diffuse_glass: bool = False
    """Whether the glass also weakens light of sky and ground; PVWatts weakens that of the sun alone."""

    @property
    def dc_power(self) -> float:
        """Of all arrays at standard test conditions. [kW]"""
        return sum(array.dc_power for array in self.arrays)


def model_of(system: PvSystem, arrays: Sequence[PvArray], years: float | None = None) -> Model:
    """The model of a system of the ledger.

    Parameters
    ----------
    system
        place, limit, losses (``parameters`` by the keys :data:`TYPED_LOSSES` [%], ``albedo`` [1]).
    arrays
        those of the system; others are left out.
    years
        age at which the yield is asked for; None: as new. [a]

    Returns
    -------
    Model
        as new it loses nothing to light and age, for :math:`E_n = E_1 (1 - LID)(1 - d)^{n-1}` brings both in; with
        ``years`` it loses ``first_year_loss`` and :math:`1 - (1 - d)^{years}`.

    Raises
    ------
    UserError
        without arrays, and for numbers that cannot be.

    Examples
    --------
    >>> from datetime import date
    >>> system = PvSystem("1", "Roof", date(2020, 1, 1), Decimal("39.9"), Decimal("116.4"), ac_limit=Decimal(80))
    >>> model = model_of(system, [PvArray("2", "1", "South", Decimal(100), Decimal(20), Decimal(180))])
    >>> model.dc_power, model.ac_limit, model.losses.lid
    (100.0, 80.0, 0.0)
    """
    own = [array for array in arrays if array.system == system.id]
    if not own:
        raise UserError(
            T("The PV system {name} has no arrays.", name=system.name),
            T("Enter at least one array with power, tilt and azimuth."),
        )
    site = Site(float(system.latitude), float(system.longitude), float(system.elevation))
    _within(system.name, T("Latitude"), site.latitude, -90, 90)
    _within(system.name, T("Longitude"), site.longitude, -180, 180)
    _within(system.name, T("AC limit"), float(system.ac_limit), 0, inf)
    typed = dict(system.parameters)
    return Model(
        site,
        tuple(_array(array) for array in own),
        losses_of(system, years),
        float(system.ac_limit) or inf,
        _number(system.name, typed, "albedo", ALBEDO, 1.0),
    )


def losses_of(system: PvSystem, years: float | None = None) -> Losses:
    """Losses of a system of the ledger; what it does not say is taken from PVWatts.

    Parameters
    ----------
    system
        with ``parameters`` by the keys :data:`TYPED_LOSSES`. [%]
    years
        its age; None: as new, without losses by light and age. [a]

    Returns
    -------
    Losses
        [%]

    Raises
    ------
    UserError
        for what is no number from 0 to 100 %.

    Notes
    -----
    lid = ``first_year_loss``;  age = 100 (1 - (1 - d)^years)

    References
    ----------
    Defaults: A. P. Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), chapter on losses.

    Examples
    --------
    >>> from datetime import date
    >>> system = PvSystem("1", "Roof", date(2020, 1, 1), Decimal(40), Decimal(116), parameters=(("soiling", "5"),))
    >>> losses = losses_of(system, 10.0)
    >>> losses.soiling, losses.lid, round(losses.age, 2)
    (5.0, 2.0, 4.89)
    """
    typed = dict(system.parameters)
    default = dict(PVWATTS.shares())
    shares = {key: _number(system.name, typed, key, default[key], 100.0) for key in TYPED_LOSSES}
    first, yearly = float(system.first_year_loss), float(system.degradation)
    _within(system.name, T("First-year loss"), first, 0, 100)
    _within(system.name, T("Degradation"), yearly, 0, 100)
    if years is None:
        return Losses(**shares, lid=0.0, age=0.0)
    return Losses(**shares, lid=first, age=100.0 * (1.0 - (1.0 - yearly / 100.0) ** max(years, 0.0)))


def _array(array: PvArray) -> Array:
    made = Array(
        float(array.dc_power),
        float(array.tilt),
        float(array.azimuth),
        array.mounting,
        float(array.gamma / 100),
        float(array.inverter_efficiency / 100),
        float(array.inverter_power),
    )
    _within(array.name, T("DC power"), made.dc_power, 0, inf)
    _within(array.name, T("Tilt"), made.tilt, 0, 90)
    _within(array.name, T("Azimuth"), made.azimuth, 0, 360)
    _within(array.name, T("Temperature coefficient"), float(array.gamma), -2, 0)
    _within(array.name, T("Inverter efficiency"), float(array.inverter_efficiency), 50, 99.5)
    _within(array.name, T("Inverter power"), made.inverter_power, 0, inf)
    if made.dc_power == 0:
        raise UserError(T("The array {name} has no power.", name=array.name), T("Enter its DC power in kW."))
    if made.mounting not in MOUNTINGS:
        raise UserError(
            T("The mounting {mounting} of {name} is not known.", mounting=array.mounting, name=array.name),
            T("Choose one of: {names}.", names=[mounting.title for mounting in MOUNTINGS.values()]),
        )
    return made


def _number(name: str, typed: Mapping[str, str], key: str, default: float, most: float) -> float:
    text = typed.get(key, "").strip()
    if not text:
        return default
    try:
        value = float(Decimal(text))
    except InvalidOperation:
        value = inf
    _within(name, T("Parameter {key}", key=key), value, 0, most)
    return value


def _within(name: str, what: Text, value: float, least: float, most: float) -> None:
    if isfinite(value) and least <= value <= most:
        return
    raise UserError(
        T("{what} of {name} is {value}.", what=what, name=name, value=f"{value:g}"),
        T("Enter a number from {low} to {high}.", low=f"{least:g}", high=f"{most:g}")
        if isfinite(most)
        else T("Enter a number of at least {least}.", least=f"{least:g}"),
    )
