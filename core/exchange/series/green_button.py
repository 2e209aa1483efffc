"""Green Button: the XML in which utilities of North America give interval data to their customers (ESPI in Atom).

The standard library's expat reads it, with everything refused that could harm: a document type, without which there are
no entities to expand and no files to fetch; depth, length of texts and number of readings beyond what such files have.
That leaves nothing for a library of its own to guard against.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.parsers import expat
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series import espi
from core.exchange.series.blocks import cannot_read
from core.exchange.series.calendar_days import Daily
from core.exchange.series.mapping import Value
from core.exchange.series.raw import MAX_METERS, MAX_VALUES, Piece, Stretch
from core.exchange.series.refusals import Refusals, quoted
from core.i18n import T
from core.series.zones import local_date

MAX_BYTES = 500_000_000
CHUNK = 1 << 20
SHORTEST_DAY = 82_800
"""Intervals of this length and more are days. [s]"""
DEPTH = 40
LONGEST = 10_000
"""Characters of a text."""
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_KINDS = ("ReadingType", "MeterReading", "UsagePoint")
_FIELDS = frozenset(
    {"uom", "powerOfTenMultiplier", "accumulationBehaviour", "flowDirection", "title", "start", "duration", "value",
     "quality"}
)  # fmt: skip


@dataclass(slots=True)
class _Entry:
    """What one entry of the feed holds."""

    own: str = ""
    """Where it says it can be found."""
    up: str = ""
    related: list[str] = field(default_factory=list)
    title: str = ""
    kind: str = ""
    """``ReadingType``, ``MeterReading`` or ``UsagePoint``."""
    fields: dict[str, str] = field(default_factory=dict)
    """Of a reading type."""
    readings: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    """Start, duration, value, quality and number of each reading."""


@dataclass(frozen=True, slots=True)
class Metered:
    """The readings of one meter and type with the same length of interval."""

    name: str
    meter: str
    """What the point of use is called; empty where it has no name."""
    value: Value
    exported: bool
    step: int
    """[s]"""
    sampled: bool
    """Whether a value is that of a moment."""
    stretch: Stretch
    lengths: NDArray[np.int64]
    """Of each interval. [s]"""


class _Handler:
    """Takes the feed apart while it is read."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.count = 0
        self._stack: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._entry = _Entry()
        self._reading: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._stack.append(local)
        if len(self._stack) > DEPTH:
            raise _damaged("depth")
        if local == "entry" or (local in ("IntervalBlock", *_KINDS) and "entry" not in self._stack):
            self._begin_entry()
        if local == "link":
            self._link(attributes.get("rel", ""), attributes.get("href", ""))
        elif local in _KINDS:
            self._entry.kind = local
        elif local == "IntervalReading":
            self._reading = {}
        self._text, self._length = [], 0

    def text(self, data: str) -> None:
        self._length += len(data)
        if self._length > LONGEST:
            raise _damaged("text")
        if self._stack and self._stack[-1] in _FIELDS:
            self._text.append(data)

    def end(self, name: str) -> None:
        local = self._stack.pop()
        if local in _FIELDS:
            self._take(local, "".join(self._text).strip())
        elif local == "IntervalReading":
            self.count += 1
            one = self._reading
            self._entry.readings.append(
                (
                    one.get("start", ""),
                    one.get("duration", ""),
                    one.get("value", ""),
                    one.get("quality", ""),
                    self.count,
                )
            )
            if self.count > MAX_VALUES:
                raise UserError(
                    T("The file has more than {most} values.", most=f"{MAX_VALUES:,}"),
                    T("Split it into several files."),
                )
        self._text, self._length = [], 0

    def _begin_entry(self) -> None:
        self._entry = _Entry()
        self.entries.append(self._entry)
        if len(self.entries) > 50 * MAX_METERS:
            raise _damaged("entry")

    def _link(self, relation: str, target: str) -> None:
        if relation == "self":
            self._entry.own = target
        elif relation == "up":
            self._entry.up = target
        elif relation == "related" and len(self._entry.related) < MAX_METERS:
            self._entry.related.append(target)

    def _take(self, local: str, text: str) -> None:
        if "IntervalReading" in self._stack:
            if local in ("value", "quality") or self._stack[-1] == "timePeriod":
                self._reading[local] = text
        elif local == "title":
            self._entry.title = self._entry.title or " ".join(text.split())[:200]
        elif "ReadingType" in self._stack:
            self._entry.fields[local] = text


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
    handler, sha256 = _parse(path, told)
    entries = [entry for entry in handler.entries if entry.readings]
    if not entries:
        raise UserError(
            T("The file holds no interval data of Green Button."), T("Choose “Download My Data” with interval data.")
        )
    found: dict[tuple[str, str, int], Metered] = {}
    for entry in entries:
        for metered in _metered(entry, handler.entries, refusals):
            key = (metered.meter, metered.name, metered.step)
            if key in found:
                known = found[key]
                known.stretch.pieces += metered.stretch.pieces
                found[key] = replace(known, lengths=np.concatenate([known.lengths, metered.lengths]))
            else:
                found[key] = metered
    return list(found.values()), sha256


def _parse(path: Path, told: Callable[[float], None]) -> tuple[_Handler, str]:
    handler, whole = _Handler(), hashlib.sha256()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            if size > MAX_BYTES:
                raise UserError(
                    T("The file is larger than {most} MB.", most=MAX_BYTES // 1_000_000),
                    T("Split it into several files."),
                )
            stream.seek(0)
            while chunk := stream.read(CHUNK):
                whole.update(chunk)
                parser.Parse(chunk, False)
                told(stream.tell() / size)
            parser.Parse(b"", True)
    except OSError as error:
        raise cannot_read(path, error) from error
    except (expat.ExpatError, ValueError) as error:
        raise _damaged(str(error)) from error
    return handler, whole.hexdigest()


def _refuse_doctype(*_about: object) -> None:
    raise _damaged("DOCTYPE")


def _metered(entry: _Entry, entries: list[_Entry], refusals: Refusals) -> Iterator[Metered]:
    """The readings of an entry, by the length of their intervals."""
    reading, kind = _described(entry, entries)
    usage = _usage(reading or entry, entries)
    value, multiplier, sampled, exported = _type(kind)
    titles = [one.title for one in (reading, usage) if one is not None and one.title]
    name = titles[0] if titles else (entry.title or "Green Button")
    meter = usage.title if usage is not None else ""
    rows = [row for row in entry.readings if _is_whole(row, name, refusals)]
    numbers = np.array(
        [(int(s), int(d), int(v), q.isdecimal() and int(q) in espi.ESTIMATED, r) for s, d, v, q, r in rows], np.int64
    ).reshape(-1, 5)
    # Days have 23 to 25 hours, and bills any number of days: they are kept together.
    steps = np.where(numbers[:, 1] >= SHORTEST_DAY, SHORTEST_DAY, numbers[:, 1])
    for step in np.unique(steps).tolist():
        own = numbers[steps == step]
        scaled = own[:, 2] / 10.0**-multiplier if multiplier < 0 else own[:, 2] * 10.0**multiplier
        piece = Piece(own[:, 4].astype(np.int32), own[:, 0], scaled, own[:, 3].astype(np.bool_))
        stretch = Stretch(meter, 0, [piece], max(0, -multiplier))
        yield Metered(name, meter, value, exported, step, sampled, stretch, own[:, 1])


def days_of_readings(metered: Metered, zone: ZoneInfo) -> tuple[Daily, ...]:
    """Readings of whole days or of bills, by the local days in which they begin and end."""
    piece = metered.stretch.joined
    found = {}
    for start, length, value, estimated, row in zip(
        piece.seconds.tolist(), metered.lengths.tolist(), piece.values.tolist(),
        (piece.estimated if piece.estimated is not None else np.zeros(len(piece.rows), np.bool_)).tolist(),
        piece.rows.tolist(), strict=True,
    ):  # fmt: skip
        first, last = local_date(start, zone), local_date(start + length - 1, zone)
        found[first] = Daily(first, last, value, estimated, row)
    return tuple(found[day] for day in sorted(found))


def _is_whole(row: tuple[str, str, str, str, int], name: str, refusals: Refusals) -> bool:
    start, duration, value, _, number = row
    good = all(_WHOLE.fullmatch(text) for text in (start, duration, value))
    if good and 0 < int(duration) <= 32 * 86_400 and 0 <= int(start) < 2**32:
        return True
    wrong = next((text for text in (start, duration, value) if not _WHOLE.fullmatch(text)), f"{start} + {duration}")
    refusals.add(
        number,
        name,
        UserError(T("“{value}” is no reading of Green Button.", value=quoted(wrong)), T("Ask for the file again.")),
    )
    return False


def _described(entry: _Entry, entries: list[_Entry]) -> tuple[_Entry | None, _Entry]:
    """The meter reading and the reading type of an interval block, found by their links."""
    types = [one for one in entries if one.kind == "ReadingType"]
    base = (entry.up or entry.own).partition("/IntervalBlock")[0]
    readings = [one for one in entries if one.kind == "MeterReading"]
    reading = next((one for one in readings if one.own and (one.own == base or entry.own in one.related)), None)
    reading = reading or next((one for one in readings if entry.up and entry.up in one.related), None)
    targets = reading.related if reading is not None else entry.related
    kind = next((one for one in types if one.own and one.own in targets), None)
    if kind is None and len(types) == 1:
        kind = types[0]
    if kind is None:
        raise UserError(
            T("The file does not say in which unit its readings are."), T("Ask the utility for a complete file.")
        )
    return reading, kind


def _usage(reading: _Entry, entries: list[_Entry]) -> _Entry | None:
    base = (reading.up or reading.own).partition("/MeterReading")[0]
    points = [one for one in entries if one.kind == "UsagePoint"]
    found = next((one for one in points if one.own and (one.own == base or reading.up in one.related)), None)
    return found or (points[0] if len(points) == 1 else None)


def _type(kind: _Entry) -> tuple[Value, int, bool, bool]:
    """Quantity and unit, power of ten, whether samples, whether given to the grid."""

    def code(key: str) -> int:
        text = kind.fields.get(key, "") or "0"
        if not _WHOLE.fullmatch(text):
            raise _damaged(key)
        return int(text)

    known = espi.UNITS.get(code("uom"))
    if known is None:
        raise UserError(
            T("The unit {code} of Green Button is none that a meter of the plant has.", code=code("uom")),
            T("Import a file of energy, power, gas or water."),
        )
    behaviour, multiplier = code("accumulationBehaviour"), code("powerOfTenMultiplier")
    if not -12 <= multiplier <= 12:
        raise _damaged("powerOfTenMultiplier")
    quantity = "counter" if behaviour in espi.COUNTERS and known[0] == "energy" else known[0]
    value = Value(0, quantity, known[1])
    return value, multiplier, behaviour in espi.SAMPLES, code("flowDirection") == espi.EXPORTED


def _damaged(why: str) -> UserError:
    return UserError(
        T("The Green Button file cannot be read: {why}", why=why[:120]), T("Download it again from the utility.")
    )
