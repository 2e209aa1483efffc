"""Which meters of a plant count its load and its renewable supply, and what of them can be matched hour by hour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T, Text
from core.instruments.kinds import DIRECT_LINE, ON_SITE
from core.inventory import Period
from core.ledger import Instrument, Ledger, Meter, PvSystem
from core.renewables.hourly import HOUR, Matched, Supply, amounts, match
from core.renewables.hourly_supply import Contracted, contracts_of
from core.series import ESTIMATED, Series
from core.series.metered import Metered
from core.series.netting import Floats, Interval, interval_edges
from core.series.zones import begin_of
from core.solar.use import load_of

KWH = {"kWh": 1.0, "MWh": 1000.0, "Wh": 0.001, "GJ": 1000.0 / 3.6, "MJ": 1.0 / 3.6}
"""[kWh] of the units that meters of electricity have."""
NO_IMPORT = T("No meter counts the purchased electricity: without it the load is not known hour by hour.")
NO_SUPPLY = T("No meter counts renewable generation hour by hour: nothing can be matched.")
NO_FEED_IN = T("No meter counts what is fed in: all own generation is taken as used on site.")


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Hourly matching of a plant, with the meters it stands on."""

    period: Period
    matched: Matched | None
    """None where the load cannot be said."""
    purchased: tuple[Meter, ...]
    """What the plant buys; of meters behind each other the first."""
    generation: tuple[Meter, ...]
    """Of the plant's own PV systems and other own generators."""
    feed_in: tuple[Meter, ...]
    contracts: tuple[Contracted, ...]
    """Meters of direct lines and contracts."""
    supplies: tuple[Supply, ...]
    """What can be matched, also where the load cannot be said."""
    notes: tuple[Text, ...]
    """What could not be said or does not count, and why."""
    estimated: int = 0
    """Hours, or shorter intervals, in which a value of some meter is an estimate."""


def matching_of(metered: Metered, period: Period, interval: Interval = HOUR, stopped: Collection[str] = ()) -> Matching:
    """Hourly matching of a plant over a period.

    Parameters
    ----------
    metered
        interval data of the plant.
    period
        local days.
    interval
        of the matching. [s], or a local day or month

    Returns
    -------
    Matching
        what cannot be matched is told in its notes.

    Notes
    -----
    L = P + Σ max(G, 0) - F, each by the hour or the interval where that is shorter: P all import meters of
    electricity and direct lines, G the generation of PV systems and of meters that count an own source, F all export
    meters. Meters that count a part of what another one counts are left out. Supply: PV systems whose certificates do
    not belong to somebody else, and the meters of contracts (:func:`core.renewables.hourly_supply.contracts_of`).
    Before a PV system was commissioned it gave nothing; everywhere else a missing value stays missing.
    """
    notes: list[Text] = []
    try:
        taken = _Taken(metered, period, interval, notes)
        contracts = tuple(contracts_of(metered.ledger, instruments_in(metered.ledger, period), taken.named, notes))
        return _matching(taken, contracts)
    except UserError as error:
        notes += [error.message] if error.remedy is None else [error.message, error.remedy]
        return Matching(period, None, (), (), (), (), (), tuple(notes))


class _Taken:
    """The meters of a plant, each on one grid."""

    def __init__(self, metered: Metered, period: Period, interval: Interval, notes: list[Text]) -> None:
        self.metered, self.period, self.notes = metered, period, notes
        self.interval = interval
        self.step = min(interval, HOUR) if isinstance(interval, int) else HOUR
        start = begin_of(period.start, metered.zone)
        end = begin_of(period.end.fromordinal(period.end.toordinal() + 1), metered.zone)
        self.span = (start, end)
        self.edges = interval_edges(start, end, self.step, metered.zone)
        self.estimated = np.zeros(len(self.edges) - 1, dtype=np.bool_)
        held = metered.ledger.held(PvSystem)
        self.systems = tuple(one for one in held if one.commissioned <= period.end and one.generation)
        self.named = {key for one in held for key in one.generation}
        for one in held:
            if one.commissioned <= period.end and not one.generation:
                notes.append(T("No meter counts the generation of “{system}”: it is not matched.", system=one.name))

    def of(self, direction: str, also: Iterable[str] = ()) -> tuple[Meter, ...]:
        """Meters of electricity of one direction and those named besides, without what another of them counts."""
        named = set(also)
        held = [one for one in self.metered.meters if one.medium == "electricity"]
        return self.first([one for one in held if one.direction == direction or one.id in named])

    def first(self, meters: Iterable[Meter]) -> tuple[Meter, ...]:
        """Without those that count a part of what another of them counts."""
        found = {one.id: one for one in meters}
        return tuple(one for one in found.values() if not any(key in found for key in self._before(one)))

    def _before(self, meter: Meter) -> Iterator[str]:
        seen = {meter.id}
        while meter.parent and meter.parent not in seen:
            seen.add(meter.parent)
            yield meter.parent
            above = self.metered.meter(meter.parent)
            if above is None:
                return
            meter = above

    def by_step(self, meter: Meter) -> Floats:
        """What it counted in each step of the grid; NaN where that is not known. [kWh]"""
        series = self.metered.series(meter.id, self.period.start, self.period.end)
        if series is None or bool(np.isnan(series.values).all()):
            self.notes.append(T("The meter “{meter}” has no interval data in this time.", meter=meter.name))
            return np.full(len(self.edges) - 1, np.nan)
        if self.step % series.step:
            raise UserError(
                T("The meter “{meter}” counts in steps of {minutes} min: they cannot be matched by the hour.",
                  meter=meter.name, minutes=series.step // 60),
                T("Import the meter in steps of an hour or less."),
            )  # fmt: skip
        if series.marks is not None:
            told = Series(series.start, series.step, (series.marks == ESTIMATED).astype(np.float64))
            self.estimated |= amounts(told, self.edges, self.step) > 0
        scaled = Series(series.start, series.step, series.values * KWH[meter.unit])
        return amounts(scaled, self.edges, self.step)

    def series(self, values: Floats) -> Series:
        """Values of the grid as a series."""
        return Series(int(self.edges[0]), self.step, values)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Beginning of each step. [s since 1970-01-01 UTC]"""
        return self.edges[:-1]


def _matching(taken: _Taken, contracts: tuple[Contracted, ...]) -> Matching:
    by_contract = {one.meter.id: taken.by_step(one.meter) for one in contracts}
    systems = {one.id: _generated(taken, one) for one in taken.systems}
    others = _own_sources(taken, by_contract)
    on_site = [one.meter for one in contracts if one.kind == ON_SITE]
    lines = [one.meter for one in contracts if one.kind == DIRECT_LINE and one.meter.direction == "generation"]
    purchased = (*taken.of("import", (key for one in taken.systems for key in one.purchased)), *lines)
    feed_in = taken.of("export", (key for one in taken.systems for key in one.feed_in))
    if systems and not feed_in:
        taken.notes.append(NO_FEED_IN)
    supplies = (*_own(taken, systems), *_contracted(taken, contracts, by_contract))
    if not supplies:
        taken.notes.append(NO_SUPPLY)
    matched = None
    if not purchased:
        taken.notes.append(NO_IMPORT)
    else:
        given = [taken.by_step(one) for one in others] + [by_contract[one.id] for one in on_site]
        load = load_of(
            taken.series(_added(taken, [*systems.values(), *(np.maximum(one, 0.0) for one in given)])),
            taken.series(_added(taken, [taken.by_step(one) for one in feed_in])),
            taken.series(_added(taken, [by_contract.get(one.id, taken.by_step(one)) for one in purchased])),
        )
        matched = match(load, supplies, taken.metered.zone, taken.interval, *taken.span)
    own = taken.first([*_meters(taken, taken.named), *others, *on_site])
    notes, estimated = tuple(dict.fromkeys(taken.notes)), int(taken.estimated.sum())
    return Matching(taken.period, matched, purchased, own, feed_in, contracts, supplies, notes, estimated)


def _own(taken: _Taken, systems: Mapping[str, Floats]) -> Iterator[Supply]:
    """PV systems whose certificates are the plant's, as far as anybody said."""
    for one in taken.systems:
        if one.attributes_owner == "other":
            taken.notes.append(
                T("The certificates of “{system}” belong to somebody else: its generation supplies nothing.",
                  system=one.name)
            )  # fmt: skip
            continue
        if not one.attributes_owner:
            taken.notes.append(
                T("Nobody said to whom the certificates of “{system}” belong: they are taken as the plant's.",
                  system=one.name)
            )  # fmt: skip
        yield Supply(one.id, one.name, "own", taken.series(systems[one.id]))


def _contracted(taken: _Taken, contracts: Iterable[Contracted], values: Mapping[str, Floats]) -> Iterator[Supply]:
    """Contracts, each with nothing outside of its time."""
    for one in (held for held in contracts if held.instruments):
        inside = one.inside(taken.starts, taken.metered.zone)
        yield Supply(one.meter.id, one.title, one.kind, taken.series(np.where(inside, values[one.meter.id], 0.0)))


def _generated(taken: _Taken, system: PvSystem) -> Floats:
    """Of a PV system, nothing before it was there. [kWh]"""
    meters = taken.first(_meters(taken, system.generation))
    there = taken.starts >= begin_of(system.commissioned, taken.metered.zone)
    if len(meters) == 0:
        taken.notes.append(T("No meter counts the generation of “{system}”: it is not matched.", system=system.name))
        return np.full(len(there), np.nan)
    return np.where(there, np.maximum(_added(taken, [taken.by_step(one) for one in meters]), 0.0), 0.0)


def _own_sources(taken: _Taken, by_contract: Collection[str]) -> tuple[Meter, ...]:
    """Generation of the plant that is no PV system and no contract: it is used, and not renewable by itself."""
    held = [one for one in taken.of("generation") if one.id not in taken.named and one.id not in by_contract]
    for one in held:
        taken.notes.append(
            T("“{meter}” counts own generation that no proof makes renewable: it counts as use alone.", meter=one.name)
            if one.source
            else T("“{meter}” counts generation of no PV system and no contract and is left out: give the meter the "
                   "name of the contract or of its generating plant.", meter=one.name)
        )  # fmt: skip
    return tuple(one for one in held if one.source)


def _meters(taken: _Taken, keys: Iterable[str]) -> list[Meter]:
    return [one for one in map(taken.metered.meter, keys) if one is not None]


def _added(taken: _Taken, columns: Iterable[Floats]) -> Floats:
    return reduce(np.add, columns, np.zeros(len(taken.starts)))


def instruments_in(ledger: Ledger, period: Period) -> tuple[Instrument, ...]:
    """Instruments whose generation lies in a period, at least in part; the earliest first."""
    held = (one for one in ledger.held(Instrument) if one.start <= period.end and one.end >= period.start)
    return tuple(sorted(held, key=lambda one: (one.start, one.id)))
