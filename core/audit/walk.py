"""The site walk: what to look at, ask, see and test, place by place, with what the data say to compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.i18n import Localised, Name, T, Text, verbatim
from core.inventory import Inventory
from core.inventory.totals import LOCATION
from core.ledger import Activity, IntervalData, Ledger, Meter, MeterExchange, PvArray, PvSystem, Reading
from core.library import EXACT
from core.methods import all_methods, exact_sum, plain

LOOK, ASK, SEE, TEST = "look", "ask", "see", "test"
KINDS: Mapping[str, Name] = {
    LOOK: Name("look", "查阅"),
    ASK: Name("ask", "询问"),
    SEE: Name("see", "察看"),
    TEST: Name("test", "测试"),
}
"""What an auditor does on site: papers, people, places, instruments; as the Chinese checklists have it."""
HUNDRED = Decimal(100)
SMALL = Decimal(1)
"""Sources with a smaller share are seen; only larger ones, and those with estimates, are asked about. Ours. [%]"""
STOCKED = frozenset({"stationary_combustion", "mobile_combustion", "welding_gas", "acetylene", "lubricants"})
"""Methods whose items lie in tanks, bottles and heaps, where they do not come through a pipe."""
DELIVERED = frozenset({"kg", "t", "l", "kl", "gal_us", "gal_uk", "bbl", "lb", "short_ton"})
"""Units of what is delivered."""
CHARGED = frozenset({"refrigerants", "refrigerant_screening", "switchgear_gas", "fire_extinguishers"})
"""Methods about equipment with a charge on its plate."""
_METER = "meter:"
"""Begins the key of a task about a meter."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do at a place."""

    key: str
    """Unique within the walk, and the same as long as the place and its subject stay."""
    kind: str
    """A key of :data:`KINDS`."""
    subject: Localised
    """What it is about: a meter, a source, a PV system, the place."""
    text: Text


@dataclass(frozen=True, slots=True)
class WalkMeter:
    """A meter as its plate should show it."""

    meter: Meter
    serial: str
    """Of the one that hangs there now."""
    multiplier: Decimal
    overdue: bool
    """Whether the calibration has ended on the day of the walk."""
    last: Decimal | None
    """Last state of its counter, or last amount, before the multiplier."""
    counter: bool
    """Whether ``last`` is a state of the counter."""
    last_day: str
    """Day of it, as ISO date; empty: nothing is known."""


@dataclass(frozen=True, slots=True)
class WalkSource:
    """An emission source to be seen."""

    source: str
    items: tuple[str, ...]
    tonnes: Decimal
    """Location-based. [t CO2e]"""
    percent: Decimal
    """Of the total. [%]"""
    records: int
    estimated: int


@dataclass(frozen=True, slots=True)
class WalkSystem:
    """A PV system to be seen."""

    system: PvSystem
    power: Decimal
    """Of its modules. [kW]"""
    arrays: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One place."""

    location: str
    """As the meters name it; empty: what has no place of its own."""
    title: Localised
    meters: tuple[WalkMeter, ...] = ()
    sources: tuple[WalkSource, ...] = ()
    systems: tuple[WalkSystem, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def tonnes(self) -> Decimal:
        """[t CO2e]"""
        return exact_sum(one.tonnes for one in self.sources)


@dataclass(frozen=True, slots=True)
class Walked:
    """What was done on a walk."""

    day: date | None = None
    who: tuple[str, ...] = ()
    """Names."""
    done: frozenset[str] = frozenset()
    """Keys of tasks."""
    readings: Mapping[str, str] = field(default_factory=dict)
    """Id of a meter, and what it showed, as it was written down."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Location, and what was noticed there."""
    photos: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a meter or ``@`` with the location, and the names of the pictures taken."""


def site_walk(ledger: Ledger, inventory: Inventory, day: date) -> tuple[Stop, ...]:
    """The places of a plant, those with the most tonnes first; what has no place of its own last.

    A source stands where the first meter that counts it is. Sources of the value chain are elsewhere and left out.

    Parameters
    ----------
    ledger
        with meters, their exchanges and readings, and PV systems.
    inventory
        of the audited year.
    day
        of the walk: a calibration that ended before it is overdue.
    """
    meters = tuple(_meter(ledger, one, day) for one in ledger.held(Meter))
    places = {one.meter.location.strip() for one in meters}
    at = _places_of_sources(meters)
    sources = _sources(inventory)
    systems = tuple(_system(ledger, one) for one in ledger.held(PvSystem))
    home = {one.system.id: _place_of(one.system, meters) for one in systems}
    stops = []
    for place in sorted({*places, *home.values(), ""}):
        own = tuple(one for one in meters if one.meter.location.strip() == place)
        here = tuple(one for one in sources if at.get(one.source, "") == place)
        sun = tuple(one for one in systems if home[one.system.id] == place)
        if own or here or sun or not place:
            tasks = tuple(_tasks(inventory, place, own, here, sun))
            title: Localised = verbatim(place) if place else T("Without a place of its own")
            stops.append(Stop(place, title, own, here, sun, tasks))
    return tuple(sorted(stops, key=lambda one: (not one.location, -one.tonnes, one.location)))


def _meter(ledger: Ledger, meter: Meter, day: date) -> WalkMeter:
    exchanges = sorted((x for x in ledger.held(MeterExchange) if x.meter == meter.id), key=lambda x: x.day)
    now = exchanges[-1] if exchanges else None
    since = date.min if now is None else now.day
    readings = [one for one in ledger.held(Reading) if one.meter == meter.id and one.end >= since]
    last = max(readings, key=lambda one: (one.counter, one.end, one.id), default=None)
    kept = ledger.get("intervals", meter.id)
    if last is not None:
        value, counter, when = last.value, last.counter, last.end.isoformat()
    elif now is not None:
        value, counter, when = now.first, True, now.day.isoformat()
    else:
        value, counter, when = None, False, kept.end.isoformat() if isinstance(kept, IntervalData) else ""
    return WalkMeter(
        meter,
        meter.serial if now is None else now.serial,
        meter.multiplier if now is None else now.multiplier,
        bool(meter.calibrated_to) and meter.calibrated_to < day.isoformat(),
        value,
        counter,
        when,
    )


def _places_of_sources(meters: Sequence[WalkMeter]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in meters:
        if one.meter.source and one.meter.location.strip():
            found.setdefault(one.meter.source, one.meter.location.strip())
    return found


def _sources(inventory: Inventory) -> tuple[WalkSource, ...]:
    """Everything that is on site, largest first."""
    tonnes: dict[str, list[Decimal]] = {}
    for line in inventory.lines:
        if line.scope in LOCATION:
            tonnes.setdefault(line.activity.source, []).append(line.tco2e)
    filed: dict[str, list[Activity]] = {}
    for one in inventory.activities:
        method = all_methods().get(one.method)
        if method is None or method.scopes != ("scope3",):
            filed.setdefault(one.source, []).append(one)
    total = inventory.totals.location
    found = []
    for source, own in filed.items():
        amount = exact_sum(tonnes.get(source, ()))
        found.append(
            WalkSource(
                source,
                tuple(dict.fromkeys(one.item for one in own)),
                amount,
                EXACT.divide(EXACT.multiply(amount, HUNDRED), total) if total else Decimal(0),
                len(own),
                sum(one.estimated for one in own),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.tonnes, one.source)))


def _system(ledger: Ledger, system: PvSystem) -> WalkSystem:
    arrays = [one for one in ledger.held(PvArray) if one.system == system.id]
    return WalkSystem(system, exact_sum(one.dc_power for one in arrays), len(arrays))


def _place_of(system: PvSystem, meters: Sequence[WalkMeter]) -> str:
    """Where its generation is metered; else a place of its own name."""
    named = (one.meter.location.strip() for one in meters if one.meter.id in system.generation)
    return next((place for place in named if place), system.name)


# ---------------------------------------------------------------------- tasks


def _tasks(
    inventory: Inventory,
    place: str,
    meters: Sequence[WalkMeter],
    sources: Sequence[WalkSource],
    systems: Sequence[WalkSystem],
) -> Iterator[Task]:
    for one in meters:
        yield from _of_meter(one)
    for source in sources:
        yield from _of_source(inventory, source)
    for system in systems:
        yield from _of_system(system)
    yield from _of_place(place)


def reading_task(meter: str) -> str:
    """Key of the task to read a meter."""
    return f"{_METER}{meter}:reading"


def meter_of(task: str) -> str:
    """Id of the meter that a task is about; empty where it is about something else."""
    return task.removeprefix(_METER).rpartition(":")[0] if task.startswith(_METER) else ""


def _of_meter(one: WalkMeter) -> Iterator[Task]:
    name, key = verbatim(one.meter.name), f"{_METER}{one.meter.id}"
    yield Task(f"{key}:plate", SEE, name, T("Compare number, class and multiplier with the plate."))
    if one.counter and one.last is not None:
        words = T("Read the counter; it showed {value} on {day}.", value=plain(one.last), day=one.last_day)
    else:
        words = T("Read what it shows, with the time.")
    yield Task(reading_task(one.meter.id), TEST, name, words)
    until = one.meter.calibrated_to
    if one.overdue:
        words = T("The calibration ended on {day}: ask for the newer certificate.", day=until)
    elif until:
        words = T("See the calibration certificate that holds to {day}.", day=until)
    else:
        words = T("Ask for the calibration certificate.")
    yield Task(f"{key}:calibration", LOOK, name, words)


def _of_source(inventory: Inventory, one: WalkSource) -> Iterator[Task]:
    name, key = verbatim(one.source), f"source:{one.source}"
    yield Task(f"{key}:equipment", SEE, name, T("See what is there, its plate and whether it runs."))
    if one.percent < SMALL and not one.estimated:
        return
    own = [record for record in inventory.activities if record.source == one.source]
    yield Task(f"{key}:people", ASK, name, T("Ask who writes the data down, when and from what."))
    words = T("Compare the original record of a month with what was entered.")
    yield Task(f"{key}:records", LOOK, name, words)
    if one.estimated:
        words = T("Ask why {count} of {all} records are estimated.", count=one.estimated, all=one.records)
        yield Task(f"{key}:estimates", ASK, name, words)
    if any(record.method in STOCKED and record.unit in DELIVERED for record in own):
        yield Task(f"{key}:stock", TEST, name, T("See the stock and compare it with the books of the day."))
    if any(record.method in CHARGED for record in own):
        words = T("Compare kind and charge on the plates with the records of topping up.")
        yield Task(f"{key}:charge", SEE, name, words)


def _of_system(one: WalkSystem) -> Iterator[Task]:
    name, key = verbatim(one.system.name), f"pv:{one.system.id}"
    words = T("Count modules and inverters; {power} kW are entered.", power=plain(one.power))
    yield Task(f"{key}:modules", SEE, name, words)
    yield Task(f"{key}:total", TEST, name, T("Read the total of the inverters or of the meter."))
    yield Task(f"{key}:monthly", LOOK, name, T("See the monthly meter records as they were written."))
    yield Task(f"{key}:attributes", ASK, name, T("Ask who owns the certificates of its electricity."))


def _of_place(place: str) -> Iterator[Task]:
    if place:
        words = T("Look for sources that are not in the inventory.")
        yield Task(f"place:{place}:others", SEE, T("The place itself"), words)
        return
    whole = T("The whole site")
    words = T("Walk the boundary: is anything inside that the inventory leaves out, or the reverse?")
    yield Task("site:boundary", SEE, whole, words)
    words = T("Look for emergency generators, forklifts, extinguishers, switchgear, welding gas and coolers.")
    yield Task("site:small", SEE, whole, words)
    yield Task("site:tenants", ASK, whole, T("Ask for tenants, contractors and energy passed on to others."))
    yield Task("site:changes", ASK, whole, T("Ask what was built, bought, sold or shut down in the year."))
