"""Green Button: the XML in which utilities of North America give interval data to their customers.

An interval block belongs to a meter reading, that to a point of use and to a reading type, which says unit and power of
ten. They find each other by links, or by being the only one of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series import espi
from core.exchange.series.calendar_days import Daily
from core.exchange.series.feed import Entry, damaged, read_feed
from core.exchange.series.mapping import Value
from core.exchange.series.raw import MAX_METERS, Piece, Stretch
from core.exchange.series.refusals import Refusals
from core.i18n import T
from core.series.zones import local_date

SHORTEST_DAY = 82_800
"""Intervals of this length and more are days. [s]"""


@dataclass(frozen=True, slots=True)
class Type:
    """What readings are."""

    value: Value
    power_of_ten: int
    sampled: bool
    """Whether a value is that of a moment."""
    exported: bool


@dataclass(slots=True)
class Metered:
    """The readings of one meter and type with the same length of interval; days of any length are together."""

    name: str
    meter: str
    """What the point of use is called; empty where it has no name."""
    of: Type
    step: int
    """[s]"""
    stretch: Stretch
    lengths: list[NDArray[np.int64]] = field(default_factory=list)
    """Of each interval. [s]"""


def read_green_button(path: Path, told: Callable[[float], None], refusals: Refusals) -> tuple[list[Metered], str]:
    """All readings of a file, and its SHA-256.

    Parameters
    ----------
    path
        the file.
    told
        called with the share that is done; it may raise to stop.
    refusals
        takes the readings that cannot be read; their row is the number of the reading in the file.

    Raises
    ------
    UserError
        when it is damaged, dangerous, too large or without readings, or does not say what they are.
    """
    feed = read_feed(path, told, refusals)
    links = _Links(feed.entries)
    found: dict[tuple[str, str, int, Type], Metered] = {}
    for entry in feed.entries:
        if entry.readings:
            _add(entry, links, found)
    if not found:
        raise UserError(
            T("The file holds no interval data of Green Button."), T("Choose “Download My Data” with interval data.")
        )
    return list(found.values()), feed.sha256


class _Links:
    """Which entry belongs to which."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.types = {one.own: one for one in entries if one.kind == "ReadingType"}
        self.readings = {one.own: one for one in entries if one.kind == "MeterReading"}
        self.points = {one.own: one for one in entries if one.kind == "UsagePoint"}
        self.reading_of = {target: one for one in self.readings.values() for target in one.related}
        self.point_of = {target: one for one in self.points.values() for target in one.related}

    def described(self, block: Entry) -> tuple[Entry, Type]:
        """What an interval block belongs to, and what its readings are."""
        base = (block.up or block.own).partition("/IntervalBlock")[0]
        reading = self.readings.get(base) or self.reading_of.get(block.own) or self.reading_of.get(block.up)
        targets = (reading or block).related
        kind = next((self.types[target] for target in targets if target in self.types), None)
        if kind is None and len(self.types) == 1:
            kind = next(iter(self.types.values()))
        if kind is None:
            raise UserError(
                T("The file does not say in which unit its readings are."), T("Ask the utility for a complete file.")
            )
        return reading or block, _type(kind)

    def point(self, reading: Entry) -> Entry | None:
        """The point of use of a meter reading."""
        base = (reading.up or reading.own).partition("/MeterReading")[0]
        found = self.points.get(base) or self.point_of.get(reading.up)
        return found or (next(iter(self.points.values())) if len(self.points) == 1 else None)


def _type(kind: Entry) -> Type:
    def code(key: str) -> int:
        text = kind.fields.get(key, "") or "0"
        if not text.removeprefix("-").isdecimal() or len(text) > 9:
            raise damaged(key)
        return int(text)

    known = espi.UNITS.get(code("uom"))
    if known is None:
        raise UserError(
            T("The unit {code} of Green Button is none that a meter of the plant has.", code=code("uom")),
            T("Import a file of energy, power, gas or water."),
        )
    behaviour, power = code("accumulationBehaviour"), code("powerOfTenMultiplier")
    if not -12 <= power <= 12:
        raise damaged("powerOfTenMultiplier")
    quantity = "counter" if behaviour in espi.COUNTERS and known[0] == "energy" else known[0]
    sampled = behaviour in espi.SAMPLES and known[0] != "energy"
    return Type(Value(0, quantity, known[1]), power, sampled, code("flowDirection") == espi.EXPORTED)


def _add(block: Entry, links: _Links, found: dict[tuple[str, str, int, Type], Metered]) -> None:
    """The readings of a block to those of their meter, type and length."""
    reading, kind = links.described(block)
    point = links.point(reading)
    meter = point.title if point is not None else ""
    name = reading.title or meter or "Green Button"
    for step, piece, lengths in _pieces(block, kind):
        key = (meter, name, step, kind)
        if key not in found:
            if len(found) == MAX_METERS:
                raise UserError(
                    T("The file names more than {most} meters.", most=f"{MAX_METERS:,}"),
                    T("Check which column names the meter, or split the file."),
                )
            found[key] = Metered(name, meter, kind, step, Stretch(meter, 0, places=max(0, -kind.power_of_ten)))
        found[key].stretch.pieces.append(piece)
        found[key].lengths.append(lengths)


def _pieces(block: Entry, kind: Type) -> Iterator[tuple[int, Piece, NDArray[np.int64]]]:
    """The readings of a block by the length of their intervals: step, values, lengths."""
    numbers = np.frombuffer(block.readings, np.int64).reshape(-1, 5)
    # Days have 23 to 25 hours, and bills any number of days: they are kept together.
    steps = np.where(numbers[:, 1] >= SHORTEST_DAY, SHORTEST_DAY, numbers[:, 1])
    for step in np.unique(steps).tolist():
        start, length, value, quality, row = numbers[steps == step].T
        power = kind.power_of_ten
        scaled = value / 10.0**-power if power < 0 else value * 10.0**power
        estimated = np.isin(quality, sorted(espi.ESTIMATED))
        yield step, Piece(row.astype(np.int32), start, scaled, estimated), length


def days_of_readings(metered: Metered, zone: ZoneInfo) -> tuple[Daily, ...]:
    """Readings of whole days or of bills, by the local days in which they begin and end."""
    piece = metered.stretch.joined
    marks = piece.estimated if piece.estimated is not None else np.zeros(len(piece.rows), np.bool_)
    found: dict[tuple[int, int], Daily] = {}
    columns = (piece.seconds, np.concatenate(metered.lengths), piece.values, marks, piece.rows)
    for start, length, value, estimated, row in zip(*(one.tolist() for one in columns), strict=True):
        first, last = local_date(start, zone), local_date(start + length - 1, zone)
        found[start, length] = Daily(first, last, value, estimated, row)
    return tuple(found[key] for key in sorted(found))
