"""The entries of a Green Button feed (ESPI in Atom), out of XML that is not trusted.

The standard library's expat reads it, with everything refused that could harm: a document type, without which there are
no entities to expand and no files to fetch; depth, length of texts and number of readings beyond what such files have.
That leaves nothing for a library of its own to guard against.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from core.disk import cannot_open
from core.errors import UserError
from core.exchange.series.raw import MAX_VALUES
from core.exchange.series.refusals import Refusals, quoted
from core.i18n import T

MAX_BYTES = 500_000_000
MAX_ENTRIES = 100_000
CHUNK = 1 << 20
DEPTH = 40
LONGEST = 10_000
"""Characters of a text."""
LONGEST_INTERVAL = 400 * 86_400
"""[s]"""
_WHOLE = re.compile(r"-?[0-9]{1,15}")
KINDS = ("ReadingType", "MeterReading", "UsagePoint")
_FIELDS = frozenset(
    {"uom", "powerOfTenMultiplier", "accumulationBehaviour", "flowDirection", "title", "start", "duration", "value",
     "quality"}
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What one entry of the feed holds."""

    own: str = ""
    """Where it says it can be found."""
    up: str = ""
    """Where it says what it belongs to can be found."""
    related: list[str] = field(default_factory=list)
    title: str = ""
    kind: str = ""
    """One of :data:`KINDS`, or empty."""
    fields: dict[str, str] = field(default_factory=dict)
    """Of a reading type."""
    readings: array[int] = field(default_factory=lambda: array("q"))
    """Start [s since 1970-01-01 UTC], duration [s], value, quality and number of each reading, one after the other."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole file."""

    entries: tuple[Entry, ...]
    sha256: str


class _Handler:
    """Takes the feed apart while it is read."""

    def __init__(self, refusals: Refusals) -> None:
        self.entries: list[Entry] = []
        self._refusals = refusals
        self._count = 0
        self._stack: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._entry = Entry()
        self._reading: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._stack.append(local)
        if len(self._stack) > DEPTH:
            raise damaged("depth")
        if local == "entry" or (local in ("IntervalBlock", *KINDS) and "entry" not in self._stack):
            self._begin_entry()
        if local == "link":
            self._link(attributes.get("rel", ""), attributes.get("href", ""))
        elif local in KINDS:
            self._entry.kind = local
        elif local == "IntervalReading":
            self._reading = {}
        self._text, self._length = [], 0

    def text(self, data: str) -> None:
        self._length += len(data)
        if self._length > LONGEST:
            raise damaged("text")
        if self._stack and self._stack[-1] in _FIELDS:
            self._text.append(data)

    def end(self, _name: str) -> None:
        local = self._stack.pop()
        if local in _FIELDS:
            self._take(local, "".join(self._text).strip())
        elif local == "IntervalReading":
            self._end_reading()
        self._text, self._length = [], 0

    def _begin_entry(self) -> None:
        self._entry = Entry()
        self.entries.append(self._entry)
        if len(self.entries) > MAX_ENTRIES:
            raise damaged("entry")

    def _link(self, relation: str, target: str) -> None:
        if relation == "self":
            self._entry.own = target
        elif relation == "up":
            self._entry.up = target
        elif relation == "related" and len(self._entry.related) < 1_000:
            self._entry.related.append(target)

    def _take(self, local: str, text: str) -> None:
        if "IntervalReading" in self._stack:
            if local in ("value", "quality") or self._stack[-1] == "timePeriod":
                self._reading[local] = text
        elif local == "title":
            self._entry.title = self._entry.title or " ".join(text.split())[:200]
        elif "ReadingType" in self._stack:
            self._entry.fields[local] = text

    def _end_reading(self) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            raise UserError(
                T("The file has more than {most} values.", most=f"{MAX_VALUES:,}"), T("Split it into several files.")
            )
        for key in ("start", "duration", "value"):
            if not _WHOLE.fullmatch(self._reading.get(key, "")):
                self._refuse(key)
                return
        start, duration, value = (int(self._reading[key]) for key in ("start", "duration", "value"))
        if not 0 <= start < 2**32:
            self._refuse("start")
        elif not 0 < duration <= LONGEST_INTERVAL:
            self._refuse("duration")
        else:
            quality = self._reading.get("quality", "")
            code = int(quality) if re.fullmatch("[0-9]{1,3}", quality) else 0
            self._entry.readings.extend((start, duration, value, code, self._count))

    def _refuse(self, key: str) -> None:
        text = quoted(self._reading.get(key, ""))
        problem = UserError(T("“{value}” is no reading of Green Button.", value=text), T("Ask for the file again."))
        self._refusals.add(self._count, key, problem)


def read_feed(path: Path, told: Callable[[float], None], refusals: Refusals) -> Feed:
    """All entries of a file.

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
        when it is damaged, dangerous or too large.
    """
    handler, whole = _Handler(refusals), hashlib.sha256()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        with path.open("rb") as stream:
            size = _checked(stream.seek(0, 2))
            stream.seek(0)
            while chunk := stream.read(CHUNK):
                whole.update(chunk)
                parser.Parse(chunk, False)
                told(stream.tell() / size)
            parser.Parse(b"", True)
    except OSError as error:
        raise cannot_open(path, error) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(str(error)) from error
    return Feed(tuple(handler.entries), whole.hexdigest())


def _checked(size: int) -> int:
    if size > MAX_BYTES:
        raise UserError(
            T("The file is larger than {most} MB.", most=MAX_BYTES // 1_000_000), T("Split it into several files.")
        )
    return size


def _refuse_doctype(*_about: object) -> None:
    raise damaged("DOCTYPE")


def damaged(why: str) -> UserError:
    """What is wrong with the file as a whole."""
    return UserError(
        T("The Green Button file cannot be read: {why}", why=why[:120]), T("Download it again from the utility.")
    )
