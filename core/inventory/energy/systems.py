"""What is stated of a PV system: what it is, what its meters counted beside what its model expects, and where the
energy went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.i18n import Text
from core.inventory.energy.outlook import StatedOutlook
from core.inventory.energy.reading import Month, at_most


@dataclass(frozen=True, slots=True)
class StatedArray:
    """Modules that look the same way."""

    name: str
    dc_power: Decimal
    """[kW]"""
    tilt: Decimal
    """[°]"""
    azimuth: Decimal
    """Clockwise from north. [°]"""
    mounting: str
    """Key of :data:`core.solar.cell.MOUNTINGS`."""
    area: Decimal
    """Of the modules; 0: not known. [m2]"""
    module: str
    inverter: str
    inverter_power: Decimal
    """0: as large as the modules need. [kW]"""


@dataclass(frozen=True, slots=True)
class StatedWeather:
    """The weather of an average year that the system is held against."""

    name: str
    kind: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StatedOwners:
    """``plant``, ``other`` or whoever was named; empty for unknown."""

    roof: str
    system: str
    attributes: str
    """Of the certificates."""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure of performance, with how much of the time it knows."""

    value: Decimal | None
    unit: str
    coverage: Decimal | None
    """Share of the time with data. [1]"""
    reason: Text | None
    """Why it cannot be said."""


@dataclass(frozen=True, slots=True)
class StatedYield:
    """A PV system in a local month."""

    month: Month
    energy_kwh: Decimal | None
    """As counted; None where nothing is known."""
    present: int
    """Intervals with a value."""
    expected: int
    """Intervals there are."""
    typical_kwh: Decimal | None
    """What the model gives in this month of an average year."""
    modelled_kwh: Decimal | None
    """What the model gives in the light measured."""
    irradiation_kwh_m2: Decimal | None
    """In the plane of the array."""
    performance_ratio: Decimal | None
    """[1]"""

    @property
    def complete(self) -> bool:
        """Whether no value is missing."""
        return self.energy_kwh is not None and self.present >= self.expected > 0


@dataclass(frozen=True, slots=True)
class StatedLoss:
    """One branch of a loss tree."""

    key: str
    """Of :data:`core.solar.losstree.TITLES`."""
    kwh: Decimal
    """Lost; negative: gained."""
    measured: bool
    """Whether it follows from measurements; else it is an assumption of the model."""


@dataclass(frozen=True, slots=True)
class StatedTree:
    """From the light on the modules to the meter: reference - Σ losses - unexplained = energy."""

    reference_kwh: Decimal
    unexplained_kwh: Decimal
    energy_kwh: Decimal
    coverage: Decimal | None
    """Share of the time that it is of. [1]"""
    losses: tuple[StatedLoss, ...] = field(metadata=at_most(24))


@dataclass(frozen=True, slots=True)
class StatedAvailability:
    """How much of the time and of the energy a system was there."""

    time: Decimal | None
    """[1]"""
    energy: Decimal | None
    """[1]"""
    outage_h: Decimal | None
    gap_h: Decimal | None
    """Time of which nothing is known."""
    lost_kwh: Decimal | None


@dataclass(frozen=True, slots=True)
class StatedDegradation:
    """How fast a system comes to give less, with the interval around it."""

    percent_a: Decimal | None
    low: Decimal | None
    """[%/a]"""
    high: Decimal | None
    """[%/a]"""
    years: Decimal | None
    """Of data. [a]"""
    seed: int
    """Of the interval, which is drawn."""
    reason: Text | None
    """Why it cannot be said."""


@dataclass(frozen=True, slots=True)
class StatedUse:
    """Where the generation went, netted in one kind of interval."""

    interval: int | str
    """Seconds, ``day``, ``month`` or ``meter``."""
    generated_kwh: Decimal | None
    load_kwh: Decimal | None
    """Everything the plant used."""
    self_used_kwh: Decimal | None
    fed_in_kwh: Decimal | None
    purchased_kwh: Decimal | None
    self_consumption: Decimal | None
    """Of the generation. [1]"""
    self_sufficiency: Decimal | None
    """Of the load. [1]"""
    coverage: Decimal | None
    """[1]"""


@dataclass(frozen=True, slots=True)
class StatedSystem:
    """A PV system over the period."""

    id: str
    name: str
    first: date
    last: date
    """Last day, included."""
    commissioned: date
    dc_power_kw: Decimal
    module_area_m2: Decimal
    """0: not known."""
    ac_limit_kw: Decimal
    """0: none."""
    owners: StatedOwners
    arrays: tuple[StatedArray, ...]
    weather: StatedWeather | None
    parameters: tuple[tuple[str, str], ...]
    """Losses, costs and prices that somebody stated."""
    energy_kwh: Decimal
    """Counted in all months."""
    typical_year_kwh: Decimal | None
    """Expected in an average year."""
    typical_kwh_m2: Decimal | None
    """Light in the plane of the array in that year."""
    figures: Mapping[str, StatedFigure]
    """By key of :data:`core.solar.indices.INDICES`."""
    months: tuple[StatedYield, ...]
    loss_tree: StatedTree | None
    availability: StatedAvailability | None
    curtailed_kwh: Decimal | None
    degradation: StatedDegradation | None
    use: StatedUse | None
    notes: tuple[Text, ...]
    """What could not be said, and why."""
    outlook: StatedOutlook

    def figure(self, key: str) -> Decimal | None:
        """The value of a figure; None where it cannot be said."""
        found = self.figures.get(key)
        return None if found is None else found.value


@dataclass(frozen=True, slots=True)
class UnclearSystem:
    """A PV system of which nothing can be said."""

    id: str
    name: str
    reason: Text
