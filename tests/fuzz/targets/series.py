"""Interval data: files of loggers, inverters and utilities, Green Button, and the blocks and indexes that are kept."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np

from core.exchange.series import change_of, guess, look, preview, proposed_meter
from core.exchange.series.feed import read_feed
from core.exchange.series.refusals import Refusals
from core.ledger import IntervalData, Ledger, Plant
from core.library import load_library
from core.series import index as indexes
from core.series.codec import decode, encode
from core.series.keep import series_of_chunk
from tests.core.exchange.series.files import both
from tests.core.exchange.series.layouts import LAYOUTS
from tests.core.exchange.series.test_green_button import START, feed, kind, meter, reading
from tests.core.series.store import SHANGHAI, Meter, utc
from tests.core.series.store import series as series_made
from tests.fuzz.files import on_disk
from tests.fuzz.parts import parts_of, whole_of
from tests.fuzz.target import Target, shown

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
_EMPTY = Ledger.of([Plant("Works", "DE", timezone="Europe/Berlin")])
_LENGTH = 40
"""Values of a block that is tried."""


def logged(data: bytes) -> None:
    """Read fast and row by row alike; what a plant takes in comes out again; the same file adds nothing twice."""
    with on_disk(data, "data.csv") as path:
        mapping = guess(look(path), BERLIN).mapping
        parsed = both(path, mapping, BERLIN)
    for one in parsed.refused:
        shown(one.message)
    if not parsed.values:
        return
    found = {column.name: proposed_meter(column) for column in parsed.columns}
    units = load_library().units
    blobs: dict[str, bytes] = {}
    seen = preview(parsed, _EMPTY, blobs.__getitem__, units, new=found)
    change, brought = change_of(seen, _EMPTY, "Li Na", WHEN)
    after = _EMPTY.apply(change.steps)
    assert Ledger.from_plain(after.to_plain()) == after
    blobs |= {sha256(one).hexdigest(): one for one in brought}
    for kept in after.held(IntervalData):
        index = indexes.read(blobs[kept.sha256])
        for chunk in index.chunks:
            series_of_chunk(chunk, blobs.__getitem__)


def green(data: bytes) -> None:
    """A Green Button file by itself: every reading is a number or refused."""
    refusals = Refusals()
    with on_disk(data, "green.xml") as path:
        found = read_feed(path, lambda share: None, refusals)
    assert found is not None
    logged(data)


def block(data: bytes) -> None:
    """A kept block: as many values as it was asked for, and they are kept alike again."""
    values, marks = decode(data, _LENGTH)
    assert values.shape == (_LENGTH,)
    assert marks is None or marks.shape == (_LENGTH,)
    again, _ = decode(encode(values, marks).data, _LENGTH)
    assert np.array_equal(again, values, equal_nan=True)


def index(data: bytes) -> None:
    """A kept index: what was read is written again as the same."""
    found = indexes.read(data)
    again = indexes.read(indexes.write(found))
    assert (again.zone, again.chunks) == (found.zone, found.chunks)
    assert [one.chunks for one in indexes.read_all([data, data])] == [found.chunks] * 2


# ---------------------------------------------------------------------- where they start


def _short(data: bytes) -> bytes:
    if data.startswith(codecs.BOM_UTF16_LE):
        return "".join(data.decode("utf-16").splitlines(keepends=True)[:14]).encode("utf-16")
    return b"".join(data.splitlines(keepends=True)[:14])


@cache
def _texts() -> tuple[bytes, ...]:
    made = [layout() for layout in LAYOUTS]
    return tuple(_short(one.data) for one in made if not one.data.startswith(b"PK"))


@cache
def _books() -> tuple[bytes, ...]:
    made = [layout() for layout in LAYOUTS]
    return tuple(parts_of(one.data) for one in made if one.data.startswith(b"PK"))


def _feeds() -> Iterable[bytes]:
    rows = [reading(START + 900 * i, 900, 250 + i, 8 if i == 2 else None) for i in range(8)]
    yield feed(kind(1, 72), meter(1, 1, "Energy Delivered", rows))
    yield feed(kind(1, 38, 3), meter(1, 1, "Power", rows[:3]))


def _blocks() -> Iterable[bytes]:
    values = np.round(np.sin(np.arange(_LENGTH) / 3) * 50, 2)
    marks = np.zeros(_LENGTH, np.uint8)
    marks[3] = 1
    yield encode(values).data
    yield encode(values, marks).data
    yield encode(values / 3).data


def _indexes() -> Iterable[bytes]:
    one = Meter(SHANGHAI)
    one.merge(series_made(utc(2024, 3, 1), 900, *range(96)))
    yield one.data
    one.merge(series_made(utc(2024, 5, 1), 3600, 1.5, 2.5, 1 / 3))
    yield one.data


WORDS = ("kWh", "kW", "Zeit", "时间", "2024-03-31 02:30", "1,5", "1e308", "nan", "2024-02-29T24:00:00+14:00", "W", ";")
TARGETS = (
    Target("series", logged, _texts, words=WORDS, longest=12_000, runs=200),
    Target("series_xlsx", lambda data: logged(whole_of(data)), _books, longest=200_000, runs=60),
    Target("green_button", green, _feeds, runs=200),
    Target("series_block", block, _blocks, runs=2_000, longest=2_000),
    Target("series_index", index, _indexes, runs=1_000, longest=4_000),
)
