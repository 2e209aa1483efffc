"""The records of energy: meters and their readings, PV systems, published claims, measures that save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter or a sensor, as its plate and its certificate describe it."""

    id: str
    name: str
    medium: str
    """What it measures: a key of :data:`core.series.media.MEDIA`, e.g. ``electricity``, ``irradiance``."""
    direction: str
    """``import``, ``export``, ``generation``, ``consumption`` or ``sensor``."""
    unit: str
    """Of its values: of an amount (``kWh``, ``m3``) or, for a sensor, of a level (``W/m2``, ``degC``)."""
    serial: str = ""
    multiplier: Decimal = Decimal(1)
    """Ratio of the transformers: what one unit of the counter stands for."""
    digits: int = 0
    """Digits of the counter before the decimal point, after which it begins at zero; 0: it never does."""
    accuracy: str = ""
    """Class as printed on the plate, e.g. ``0.5S``."""
    calibrated_to: str = ""
    """Last day on which the calibration holds, as ISO date; empty: not known."""
    location: str = ""
    parent: str = ""
    """Id of the meter that counts the same energy before this one; empty: none."""
    source: str = ""
    """Emission source whose activity data this meter counts; empty: none."""
    item: str = ""
    """Item of that activity data."""
    lowest: Decimal | None = None
    """Smallest plausible mean power or level of an interval, in the unit per hour or of the level."""
    highest: Decimal | None = None
    """Largest plausible mean power or level of an interval."""
    mapping: tuple[tuple[str, str], ...] = ()
    """How its files were read last time: what the next import proposes."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeterExchange:
    """The day a meter was taken out and another one put in its place."""

    id: str
    meter: str
    day: date
    """From the beginning of this day on the new one counts."""
    last: Decimal
    """Final state of the old counter, before its multiplier."""
    first: Decimal
    """State of the new counter when it was put in."""
    serial: str = ""
    """Of the new one."""
    multiplier: Decimal = Decimal(1)
    """Of the new one."""
    digits: int = 0
    """Of the new one."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter showed or counted over some days: a bill, a month, a day."""

    id: str
    meter: str
    start: date
    """First day; of a state of the counter the day itself."""
    end: date
    """Last day, included; the state is that at the end of this day."""
    value: Decimal
    """The amount in the meter's unit, or the state of its counter before the multiplier."""
    counter: bool = False
    """Whether ``value`` is the state of the counter."""
    estimated: bool = False
    evidence: str = ""
    """Bill number or other reference as printed on the proof."""
    note: str = ""
    """For an estimate: reason and method."""


@dataclass(frozen=True, slots=True)
class IntervalData:
    """Everything known of a meter in short intervals: the index of its month blobs. Its id is the meter's."""

    id: str
    sha256: str
    """Of the index, kept as a blob (:mod:`core.series.index`)."""
    size: int
    start: date
    """First local day with a value."""
    end: date
    """Last local day with a value."""
    values: int
    """How many there are, without the missing ones."""
    files: tuple[tuple[str, str], ...] = ()
    """SHA-256 and name of each file read into it, so that the same file is noticed."""


@dataclass(frozen=True, slots=True)
class PvSystem:
    """A PV system behind one point of connection."""

    id: str
    name: str
    commissioned: date
    latitude: Decimal
    """[° north]"""
    longitude: Decimal
    """[° east]"""
    elevation: Decimal = Decimal(0)
    """[m]"""
    source: str = ""
    """Source of its activity data (method ``solar_generation``); empty: none."""
    ac_limit: Decimal = Decimal(0)
    """What the inverters together, or the contract, let out; 0: no limit. [kW]"""
    generation: tuple[str, ...] = ()
    """Ids of the meters that count what it generates."""
    feed_in: tuple[str, ...] = ()
    """Ids of the meters that count what leaves the plant."""
    purchased: tuple[str, ...] = ()
    """Ids of the meters that count what the plant buys behind the same connection."""
    irradiance: str = ""
    """Id of the sensor in the plane of the array; it takes precedence over the weather file."""
    temperature: str = ""
    """Id of the sensor of the module's temperature."""
    weather: str = ""
    """Id of the :class:`WeatherFile` that the expected yield uses."""
    roof_owner: str = ""
    system_owner: str = ""
    attributes_owner: str = ""
    """Who owns the certificates: ``plant``, ``other`` or empty for unknown."""
    degradation: Decimal = Decimal("0.5")
    """[%/a]"""
    first_year_loss: Decimal = Decimal("2")
    """Light-induced degradation in the first year. [%]"""
    parameters: tuple[tuple[str, str], ...] = ()
    """Losses (``soiling`` ... in %), costs (``capex`` ...) and prices by key, as plain digits."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PvArray:
    """Modules that look the same way."""

    id: str
    system: str
    """Id of the :class:`PvSystem`."""
    name: str
    dc_power: Decimal
    """Of the modules at standard test conditions. [kW]"""
    tilt: Decimal
    """From horizontal. [°]"""
    azimuth: Decimal
    """Clockwise from north; 180 is south. [°]"""
    mounting: str = "roof"
    """A key of :data:`core.solar.cell.MOUNTINGS`: ``open_rack``, ``roof`` or ``insulated``."""
    area: Decimal = Decimal(0)
    """Of the modules; 0: not known. [m2]"""
    commissioned: str = ""
    """ISO date where it differs from the system's."""
    module: str = ""
    """Type as on the label."""
    gamma: Decimal = Decimal("-0.35")
    """Temperature coefficient of power. [%/K]"""
    inverter: str = ""
    """Type as on the label."""
    inverter_efficiency: Decimal = Decimal("96")
    """Nominal. [%]"""
    inverter_power: Decimal = Decimal(0)
    """AC power of its inverters; 0: as large as the modules need. [kW]"""


@dataclass(frozen=True, slots=True)
class WeatherFile:
    """Weather of the place: the user's EPW, TMY3 or PVGIS file, or a table of twelve months, kept as a blob."""

    id: str
    name: str
    """File name as received, or what the table is called."""
    kind: str
    """``epw``, ``tmy3``, ``pvgis`` or ``monthly``."""
    sha256: str
    size: int
    latitude: Decimal
    longitude: Decimal
    elevation: Decimal = Decimal(0)
    source: str = ""
    """Who made the data and which edition."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A published sentence about a PV system, as numbers. What it does not say is None."""

    id: str
    name: str
    text: str
    """The sentence as published."""
    published: date
    publisher: str = ""
    country: str = ""
    region: str = ""
    system: str = ""
    """Id of the :class:`PvSystem` whose model it is held against; empty: none."""
    power: Decimal | None = None
    """[kW]"""
    area: Decimal | None = None
    """Of the roof. [m2]"""
    yearly: Decimal | None = None
    """Generation in an average year. [kWh/a]"""
    total: Decimal | None = None
    """Generation since ``since``. [kWh]"""
    since: str = ""
    """ISO date, or the year alone."""
    until: str = ""
    """ISO date on which ``total`` was read; empty: the day of publication."""
    yearly_tonnes: Decimal | None = None
    """Avoided in a year. [t/a]"""
    total_tonnes: Decimal | None = None
    """Avoided in ``years`` years. [t]"""
    years: Decimal | None = None
    """[a]"""
    gas: str = ""
    """``CO2``, ``CO2e`` or empty where it does not say."""
    attributes: str = ""
    """Who owns the certificates: ``plant``, ``other`` or empty where it does not say."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something done to save energy other than PV: a baseline, a saving, money and proof."""

    id: str
    name: str
    kind: str
    """Name of a file in ``core/savings``: ``solar_hot_water``, ``lighting`` ..."""
    start: date
    """First day of its effect."""
    end: date
    """Last day that is looked at, included."""
    item: str
    """What is saved: key of the library, e.g. ``electricity``, ``natural_gas``."""
    parameters: tuple[tuple[str, str], ...] = ()
    """What its kind asks for, by key and in the order of the keys; numbers as plain digits."""
    data: str = ""
    """SHA-256 of a kept table of months or hours, where its kind wants one."""
    evidence: tuple[str, ...] = ()
    """Ids of kept proofs."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a kilowatt-hour costs by time, and what one fed in earns."""

    id: str
    name: str
    currency: str
    """ISO 4217."""
    start: date
    end: date
    """Last day, included."""
    bands: tuple[tuple[str, str], ...] = ()
    """When (``1-7 00:00-24:00``: days of the week, local time) and the price per kWh; the first that fits holds."""
    feed_in: Decimal = Decimal(0)
    """Per kWh fed in."""
    note: str = ""
