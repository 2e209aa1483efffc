"""An index comes back as it was written, and is never believed."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series.index import RECORD, Chunk, Index, exact_total, float_totals, read, read_all, write

MARCH = int(datetime(2024, 3, 1, tzinfo=UTC).timestamp())
ZONE = "Asia/Shanghai"
CHUNK = Chunk(date(2024, 3, 1), MARCH, 900, 4, 3, 1, Decimal("6.5"), 1.5, 3.0, "i4e1m", "ab" * 32, 40)
NEXT = replace(CHUNK, start=MARCH + 3600, estimated=0, codec="f8", total=Decimal("6.1"), sha256="cd" * 32)
INDEX = Index.of(ZONE, [CHUNK, NEXT])


def test_the_bytes_are_those_of_the_description() -> None:
    data = write(INDEX)
    head, _, stream = data.partition(b"\n")
    planes = zlib.decompress(stream)
    records = bytes(planes[at + n] for n in range(2) for at in range(0, 2 * 94, 2))
    assert head == b'{"chunks":2,"format":"interval index","version":1,"zone":"Asia/Shanghai"}'
    assert RECORD.itemsize == 94 and len(records) == 2 * 94
    assert int.from_bytes(records[0:4], "little") == 2024 * 12 + 2
    assert int.from_bytes(records[4:12], "little") == MARCH
    assert int.from_bytes(records[28:36], "little") == 65
    assert records[56:62] == b"i4e1m\0"
    assert records[62:94] == bytes.fromhex("ab" * 32)
    offsets = [RECORD.fields[name][1] for name in RECORD.names or ()] if RECORD.fields else []
    assert offsets == [0, 4, 12, 16, 20, 24, 28, 36, 44, 52, 56, 62]


def test_an_index_comes_back() -> None:
    back = read(write(INDEX))
    assert back.zone == ZONE
    assert back.chunks == (CHUNK, NEXT)
    assert write(back) == write(INDEX)
    assert (len(back), back.start, back.end, back.present) == (2, MARCH, MARCH + 7200, 6)
    assert back.hashes == ("ab" * 32, "cd" * 32)
    assert float_totals(back.table).tolist() == [6.5, 6.1]


def test_an_empty_index_is_one() -> None:
    assert read(write(Index.of(ZONE, []))).chunks == ()


def test_many_are_read_at_once_and_each_keeps_its_own_order() -> None:
    early = Index.of(
        "Europe/Berlin", [replace(CHUNK, month=date(2020, 1, 1), start=MARCH - 4 * 365 * 86400 - 60 * 86400)]
    )
    empty = Index.of(ZONE, [])
    found = read_all([write(i) for i in (INDEX, empty, early, INDEX, empty)])
    assert [(i.zone, i.chunks) for i in found] == [(i.zone, i.chunks) for i in (INDEX, empty, early, INDEX, empty)]
    assert read_all([]) == ()


@given(st.integers(-(2**62), 2**62), st.sampled_from([f"i4e{k}" for k in range(10)]))
def test_sums_of_integers_are_exact(total: int, codec: str) -> None:
    assert exact_total(total, codec) * 10 ** int(codec[3]) == total


@given(st.floats(-1e18, 1e18))
def test_sums_of_doubles_come_back(total: float) -> None:
    assert float(exact_total(int(np.float64(total).view(np.int64)), "f8")) == total


def plain(data: bytes) -> bytes:
    """The records of an index, one after the other."""
    planes = zlib.decompress(data.partition(b"\n")[2])
    return np.frombuffer(planes, np.uint8).reshape(94, -1).T.tobytes()


def packed(data: bytes, records: bytes) -> bytes:
    """The head of an index with other records."""
    whole = len(records) // 94 * 94
    planes = np.frombuffer(records[:whole], np.uint8).reshape(-1, 94).T.tobytes() + records[whole:]
    return data.partition(b"\n")[0] + b"\n" + zlib.compress(planes)


def test_the_records_of_the_tests_are_those_of_the_index() -> None:
    assert read(packed(write(INDEX), plain(write(INDEX)))).chunks == INDEX.chunks


WRONG: list[tuple[str, list[Chunk]]] = [
    ("before the one before", [NEXT, CHUNK]),
    ("overlapping", [CHUNK, replace(NEXT, start=MARCH + 2700)]),
    ("of another month", [replace(CHUNK, month=date(2024, 5, 1))]),
    ("of another year", [replace(CHUNK, month=date(2023, 3, 1))]),
    ("of a step that divides no day", [replace(CHUNK, step=7000)]),
    ("of no step", [replace(CHUNK, step=0)]),
    ("longer than a day", [replace(CHUNK, step=172800)]),
    ("of no slots", [replace(CHUNK, n=0, present=0, estimated=0)]),
    ("of too many slots", [replace(CHUNK, step=1, n=2**31 - 1)]),
    ("longer than its month", [replace(CHUNK, n=96 * 40)]),
    ("with more values than slots", [replace(CHUNK, present=5)]),
    ("with no value", [replace(CHUNK, present=0, estimated=0)]),
    ("with more estimates than values", [replace(CHUNK, estimated=4)]),
    ("with fewer estimates than none", [replace(CHUNK, estimated=-1)]),
    ("with estimates but no marks", [replace(CHUNK, codec="i4e1")]),
    ("with marks but no estimates", [replace(CHUNK, estimated=0)]),
    ("with a sum its values cannot have", [replace(CHUNK, total=Decimal("10"))]),
    ("with a sum that is no number", [replace(NEXT, total=Decimal("NaN"))]),
    ("with the smallest above the largest", [replace(CHUNK, low=4.0)]),
    ("with a largest that is no number", [replace(CHUNK, high=math.nan)]),
    ("with a largest without end", [replace(CHUNK, high=math.inf)]),
    ("with no bytes", [replace(CHUNK, size=0)]),
    ("with too many bytes", [replace(CHUNK, size=10_000)]),
    ("far in the future", [replace(CHUNK, start=2**40)]),
    ("before 1970", [replace(CHUNK, start=-(10**7))]),
]


@pytest.mark.parametrize("chunks", [c for _, c in WRONG], ids=[name for name, _ in WRONG])
def test_a_chunk_is_refused_that_is(chunks: list[Chunk]) -> None:
    data = write(Index.of(ZONE, chunks))
    with pytest.raises(UserError, match="damaged"):
        read(data)
    with pytest.raises(UserError, match="damaged"):
        read_all([write(INDEX), data])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: b"",
        lambda d: d[:-1],
        lambda d: d + b"\0",
        lambda d: d.replace(b'"chunks":2', b'"chunks":1'),
        lambda d: d.replace(b'"chunks":2', b'"chunks":999999'),
        lambda d: d.replace(b'"chunks":2', b'"chunks":02'),
        lambda d: d.replace(b'"version":1', b'"version":0'),
        lambda d: d.replace(b"interval index", b"interval indices"),
        lambda d: d.replace(b'{"chunks"', b'{ "chunks"'),
        lambda d: d.replace(b"\n", b" \n", 1),
        lambda d: d.replace(ZONE.encode(), b"asia/shanghai"),
        lambda d: d.partition(b"\n")[0],
        lambda d: d.partition(b"\n")[0] + b"\n",
        lambda d: d.partition(b"\n")[0] + b"\n" + zlib.compress(bytes(50_000_000)),
        lambda d: packed(d, plain(d) + b"\0"),
        lambda d: packed(d, plain(d).replace(b"i4e1m\0", b"i4e1M\0")),
        lambda d: packed(d, plain(d).replace(b"i4e1m\0", b"\xff4e1m\0")),
    ],
)
def test_what_is_no_index_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UserError, match="damaged"):
        read(spoil(write(INDEX)))


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UserError, match="not the name of a time zone"):
        read(write(INDEX).replace(ZONE.encode(), b"Asia/Shanghei"))


def test_a_newer_version_is_told_apart() -> None:
    with pytest.raises(UserError, match="newer version"):
        read(write(INDEX).replace(b'"version":1', b'"version":2'))


@given(st.integers(0, 93), st.integers(0, 255), st.integers(0, 1))
def test_no_spoilt_byte_raises_anything_but_a_user_error(at: int, byte: int, record: int) -> None:
    records = bytearray(plain(write(INDEX)))
    records[94 * record + at] = byte
    try:
        index = read(packed(write(INDEX), bytes(records)))
    except UserError:
        return
    assert plain(write(Index.of(index.zone, index.chunks))) == bytes(records)
