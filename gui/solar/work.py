"""What the pages ask about a PV system, as values that go to a job and come back: the slow part is done once for what
it depends on, and an edit of anything else asks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.weather import weather_of
from core.i18n import T, verbatim
from core.inventory import Period
from core.ledger import Ledger, Meter, Plant, PvArray, PvSystem, Record, Tariff
from core.library import Library
from core.series import Series
from core.series.metered import Metered
from core.series.netting import Interval, Netted
from core.series.zones import begin_of, local_parts, zone_of
from core.solar.availability import Availability, availability, states
from core.solar.claims import Expected
from core.solar.grid import amounts_on, grid_of
from core.solar.model import TYPED_LOSSES
from core.solar.observing import observe
from core.solar.outlook import Outlook, outlook
from core.solar.performance import Performance, by_year
from core.solar.system import GRID_FACTOR, Observed, arrays_of
from core.solar.use import Use, match_score, net_of, use
from core.solar.weather import Climate, Hourly

MODELLED = frozenset((*TYPED_LOSSES, "albedo"))
"""Keys of a system's parameters that its model uses; the others are costs and prices."""
INTERVALS: Mapping[str, Interval | None] = {"meter": None, "hour": 3600, "day": "day", "month": "month"}
"""In which generation and load can be netted; None: as short as the meters."""
Floats = NDArray[np.float64]
Blob = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Subject:
    """A system over a time with everything that a look at it follows from: equal subjects look the same."""

    system: PvSystem
    """Without what its model does not use."""
    first: date
    last: date
    plant: Plant
    records: tuple[Record, ...]
    """Arrays, meters with their interval data, weather."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Where the generation went, netted in one interval."""

    use: Use
    self_used: Floats
    """Of each month; shape (months,). [kWh]"""
    fed_in: Floats
    """[kWh]"""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """A day as it was on average."""

    hours: Floats
    """Beginning of each interval on the clock. [h]"""
    generation: Floats
    """[kW]"""
    load: Floats
    """[kW]"""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A system over some time, looked at."""

    observed: Observed | None
    """None when nothing can be said at all."""
    weather: Hourly | Climate | None = None
    months: tuple[Availability | None, ...] = ()
    """Availability of each month."""
    splits: Mapping[str, Split] | None = None
    """By the keys of :data:`INTERVALS`; one that does not fit the meters is missing. None without a load."""
    match: Use | None = None
    """Hour by hour; None for longer intervals."""
    day: Day | None = None
    problems: tuple[UserError, ...] = ()
    """What went wrong, and what to do."""
    lacking: str = ""
    """What nothing can be said without: ``zone``, the plant's own; ``arrays``; empty: neither lacks."""


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Everything that is shown of a system."""

    system: PvSystem
    look: Look
    outlook: Outlook | None
    basis: str
    """Whose grid factor holds."""

    @property
    def observed(self) -> Observed | None:
        return self.look.observed


# ---------------------------------------------------------------------- what a look depends on


def subject_of(ledger: Ledger, system: PvSystem, period: Period) -> Subject:
    """A system over a period with the records it follows from."""
    grid = (one.id for one in ledger.held(Meter) if one.medium == GRID_FACTOR)
    meters = (*system.generation, *system.feed_in, *system.purchased, system.irradiance, system.temperature, *grid)
    found: list[Record] = [array for array in ledger.held(PvArray) if array.system == system.id]
    for kind, keys in (("meter", meters), ("intervals", meters), ("weather", (system.weather,))):
        found += [record for key in keys if (record := ledger.get(kind, key)) is not None]
    modelled = tuple(pair for pair in system.parameters if pair[0] in MODELLED)
    bare = replace(system, parameters=modelled, source="", note="", roof_owner="", system_owner="", attributes_owner="")
    return Subject(bare, period.start, period.end, ledger.plant, tuple(found))


def valued_by(ledger: Ledger, system: PvSystem, basis: str) -> tuple[object, ...]:
    """What tonnes, money and forecast follow from besides the look."""
    return system, ledger.plant, ledger.held(Tariff), ledger.own_factors, ledger.factor_files, basis


# ---------------------------------------------------------------------- looking


def look_at(subject: Subject, ledger: Ledger, blob: Blob) -> Look:
    """Everything that meters, sensors and model tell; pure, so that it can be worked out on another thread."""
    metered, problems = Metered(ledger, blob), []
    try:
        zone_of(ledger.plant)
    except UserError as error:
        return Look(None, problems=(error,), lacking="zone")
    try:
        weather = weather_of(metered, subject.system)
    except UserError as error:
        weather = None
        problems.append(error)
    observed = _observed(subject, metered, weather, problems)
    if observed is None:
        lacking = "" if arrays_of(metered, subject.system) else "arrays"
        return Look(None, weather, problems=tuple(problems), lacking=lacking)
    return Look(observed, weather, tuple(_availability(observed)), *_used(observed), tuple(problems))


def _observed(
    subject: Subject, metered: Metered, weather: Hourly | Climate | None, problems: list[UserError]
) -> Observed | None:
    """When the meters at the connection contradict each other, the rest is shown without them."""
    alone = replace(subject.system, feed_in=(), purchased=())
    for system in (subject.system, alone):
        try:
            return observe(system, metered, weather, subject.first, subject.last)
        except UserError as error:
            if error not in problems and (not problems or str(problems[-1].message) != str(error.message)):
                problems.append(error)
    return None


def _availability(observed: Observed) -> list[Availability | None]:
    if observed.measured is None or observed.modelled is None:
        return [None] * len(observed.months)
    made = observed.modelled
    found = states(observed.measured.energy, Series(made.start, made.step, made.energy), observed.model.dc_power)
    return [availability(found, a, b) for a, b in pairwise(_edges(observed))]


def _edges(observed: Observed) -> list[int]:
    """Where the months begin, and where the last one ends. [s since 1970-01-01 UTC]"""
    after = date.fromordinal(observed.last.toordinal() + 1)
    return [begin_of(month.month, observed.zone) for month in observed.months] + [begin_of(after, observed.zone)]


def _used(observed: Observed) -> tuple[Mapping[str, Split] | None, Use | None, Day | None]:
    made, load = observed.generation, observed.load
    if made is None or load is None:
        return None, None, None
    edges = np.array(_edges(observed))
    splits = {}
    for key, interval in INTERVALS.items():
        try:
            net = net_of(made, load, observed.zone, interval)
            splits[key] = Split(use(made, load, observed.zone, interval), *_by_month(net, edges))
        except UserError:
            continue  # shorter than the meters count
    try:
        match = match_score(made, load, observed.zone)
    except UserError:
        match = None
    return splits, match, average_day(made, load, observed.zone)


def _by_month(net: Netted, edges: NDArray[np.int64]) -> tuple[Floats, Floats]:
    count = len(edges) - 1
    place = np.clip(np.searchsorted(edges, net.edges[:-1], side="right") - 1, 0, count - 1)
    known = ~np.isnan(net.self_use)
    own, out = (np.bincount(place[known], part[known], count) for part in (net.self_use, net.feed_in))
    return own.astype(np.float64), out.astype(np.float64)


def average_day(generation: Series, load: Series, zone: ZoneInfo) -> Day | None:
    """Mean power at each time of the day; None for intervals of a day or longer.

    Parameters
    ----------
    generation, load
        [kWh]
    zone
        by whose clock the days begin.
    """
    grid = grid_of(generation, load)
    if grid.step >= 86_400 or 86_400 % grid.step:
        return None
    count = 86_400 // grid.step
    slot = local_parts(grid.starts, zone)[1] // grid.step
    powers = []
    for one in (generation, load):
        values = amounts_on(grid, one) / grid.hours
        known = np.isfinite(values)
        sums, there = np.bincount(slot[known], values[known], count), np.bincount(slot[known], minlength=count)
        powers.append(np.divide(sums, there, out=np.full(count, np.nan), where=there > 0))
    return Day(np.arange(count, dtype=np.float64) * (grid.step / 3600.0), *powers)


def years_of(subject: Subject, ledger: Ledger, blob: Blob) -> tuple[Performance, ...]:
    """Every calendar year of which the meters know something; empty where they know nothing."""
    metered = Metered(ledger, blob)
    kept = [one for key in subject.system.generation if (one := metered.kept(key)) is not None]
    if not kept:
        return ()
    first, last = min(one.start for one in kept), max(one.end for one in kept)
    try:
        weather = weather_of(metered, subject.system)
        found = observe(subject.system, metered, weather, first, last)
    except UserError:
        return ()
    return () if found.measured is None else by_year(found.measured, found.zone)


def expected_in(subjects: Sequence[Subject], ledger: Ledger, blob: Blob) -> dict[str, Expected]:
    """What the models of systems give in an average year, for claims about them; those without weather are left out."""
    metered, found = Metered(ledger, blob), {}
    for one in subjects:
        try:
            weather = weather_of(metered, one.system)
            made = observe(one.system, metered, weather, one.first, one.last)
        except UserError:
            continue
        if made.typical_light is None or not made.typical_year or made.typical_year < 1:
            continue
        found[one.system.id] = Expected(
            Decimal(f"{made.typical_year:.0f}"),
            T("Model of the PV system {system}", system=verbatim(one.system.name)),
            Decimal(f"{made.typical_light:.0f}") or None,
        )
    return found


# ---------------------------------------------------------------------- valuing


def solved(look: Look, system: PvSystem, ledger: Ledger, library: Library, basis: str) -> Solved:
    """Tonnes, money and forecast of a look; quick."""
    if look.observed is None:
        return Solved(system, look, None, basis)
    observed = replace(look.observed, system=system)
    found = outlook(observed, ledger.plant, library, look.weather, ledger.held(Tariff), basis)
    return Solved(system, replace(look, observed=observed), found, basis)
