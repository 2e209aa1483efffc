"""A block gives back what was put into it, is small, and is never believed."""

from __future__ import annotations

import math
import zlib
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.series.codec import LARGEST, LONGEST, MISSING, decode, encode, form_of
from tests.core.series.loads import load
from tests.core.series.shapes import repeated

FLOATS = st.floats(-LARGEST, LARGEST) | st.just(math.nan)
DECIMALS = st.builds(lambda n, k: n / 10**k, st.integers(-(2**31) + 2, 2**31 - 2), st.integers(0, 9))


@pytest.mark.parametrize(
    ("values", "codec", "total"),
    [
        ([1.0, 2.0, 3.0], "i4e0", "6"),
        ([0.1, 0.2, 0.3], "i4e1", "0.6"),
        ([1.25, math.nan, 1.5], "i4e2", "2.75"),
        ([1e-9], "i4e9", "1E-9"),
        ([2147483646.0], "i4e0", "2147483646"),
        ([2147483648.0], "f8", "2147483648.0"),
        ([1 / 3], "f8", "0.3333333333333333"),
        ([214748364.75], "f8", "214748364.75"),
        ([math.nan, math.nan], "i4e0", "0"),
    ],
)
def test_forms(values: list[float], codec: str, total: str) -> None:
    block = encode(np.array(values))
    assert (block.codec, block.total) == (codec, Decimal(total))
    assert form_of(codec) == (None if codec == "f8" else int(codec[3]))


def test_a_sum_is_exact_where_doubles_are_not() -> None:
    block = encode(np.full(1000, 0.1))
    assert block.total == Decimal(100)
    assert np.full(1000, 0.1).cumsum()[-1] != 100.0


def test_the_bytes_are_those_of_the_description() -> None:
    block = encode(np.array([2.5, math.nan]), np.array([1, 1], np.uint8))
    line, _, stream = block.data.partition(b"\n")
    assert line == block.codec.encode() == b"i4e1m"
    assert zlib.decompress(stream) == bytes([25, 0, 0, 0, 0, 0, 0, 0x80, 1, 0])
    assert (25).to_bytes(4, "little") + MISSING.to_bytes(4, "little", signed=True) == bytes(
        [25, 0, 0, 0, 0, 0, 0, 0x80]
    )


def test_what_the_index_says_of_a_block() -> None:
    block = encode(np.array([3.0, math.nan, -1.5, 2.0]), np.array([0, 1, 1, 0], np.uint8))
    assert (block.low, block.high, block.present, block.estimated) == (-1.5, 3.0, 3, 1)
    empty = encode(np.array([math.nan]))
    assert math.isnan(empty.low) and math.isnan(empty.high) and empty.present == 0


@given(repeated(FLOATS | DECIMALS, 1, 200), st.data())
def test_values_come_back_exactly(values: list[float], data: st.DataObject) -> None:
    given_values = np.array(values, dtype=np.float64)
    marks = np.array(data.draw(st.lists(st.integers(0, 1), min_size=len(values), max_size=len(values))), np.uint8)
    block = encode(given_values, marks)
    back, told = decode(block.data, len(values))
    assert np.array_equal(back, given_values, equal_nan=True)
    expected = np.where(np.isnan(given_values), 0, marks)
    assert (told is None) == (not expected.any())
    assert told is None or told.tolist() == expected.tolist()
    known = given_values[~np.isnan(given_values)]
    if block.codec.startswith("f8"):
        assert float(block.total) == math.fsum(known.tolist())
    else:
        assert block.total == sum((Decimal(repr(v)) for v in known.tolist()), Decimal(0))


@given(st.lists(DECIMALS, min_size=1, max_size=50).filter(lambda v: max(map(abs, v)) < 2))
def test_decimals_of_small_numbers_need_no_doubles(values: list[float]) -> None:
    assert encode(np.array(values)).codec.startswith("i4e")


@given(st.lists(FLOATS, min_size=1, max_size=50))
def test_the_same_values_give_the_same_bytes(values: list[float]) -> None:
    once = encode(np.array(values, dtype=np.float64))
    again = encode(decode(once.data, len(values))[0])
    assert once.data == again.data and repr(once) == repr(again)


@pytest.mark.parametrize("scale", [20, 100, 300, 600])
def test_a_reading_costs_less_than_two_bytes(scale: float) -> None:
    year = load(360, scale)
    size = sum(len(encode(month).data) for month in np.split(year, 12))
    assert size / year.size < 2.0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: b"",
        lambda d: b"i4e1",
        lambda d: b"i4x1\n" + d[5:],
        lambda d: b"f8\n" + d[5:],
        lambda d: b"i4e1m\n" + d[5:],
        lambda d: d[:-1],
        lambda d: d + b"x",
        lambda d: d[:5] + zlib.compress(zlib.decompress(d[5:]) + b"\0"),
        lambda d: d[:5] + zlib.compress(zlib.decompress(d[5:])[:-1]),
        lambda d: d[:5] + zlib.compress(bytes(50_000_000)),
        lambda d: d[:20] + bytes([d[20] ^ 0xFF]) + d[21:],
    ],
)
def test_what_is_no_block_is_refused(spoil: object) -> None:
    assert callable(spoil)
    data = encode(np.arange(300) / 10).data
    assert data.startswith(b"i4e1\n")
    with pytest.raises(UserError, match="damaged"):
        decode(spoil(data), 300)


@pytest.mark.parametrize("n", [-1, 0, 1, 4, LONGEST + 1])
def test_another_number_of_values_is_refused(n: int) -> None:
    with pytest.raises(UserError, match="damaged"):
        decode(encode(np.array([1.0, 2.0])).data, n)


def test_infinite_values_and_unknown_marks_in_a_block_are_refused() -> None:
    for plain, line in (
        (np.array([math.inf]).tobytes(), b"f8\n"),
        (bytes([1, 0, 0, 0, 2]), b"i4e0m\n"),
    ):
        with pytest.raises(UserError, match="damaged"):
            decode(line + zlib.compress(plain), 1)


def test_a_form_nobody_knows_is_refused() -> None:
    for codec in ("i4", "i4e10", "f4", "zstd", "i4e1M", "f8\n"):
        with pytest.raises(UserError, match="damaged"):
            form_of(codec)


@pytest.mark.parametrize(
    ("values", "marks"),
    [([math.inf], None), ([-1.1e18], None), ([], None), ([1.0], [0, 1]), ([1.0], [2])],
)
def test_what_cannot_be_kept_is_a_bug(values: list[float], marks: list[int] | None) -> None:
    with pytest.raises(ValueError, match=r"too large|in one block|marks"):
        encode(np.array(values), None if marks is None else np.array(marks, np.uint8))


def test_a_block_that_is_too_long_is_a_bug() -> None:
    with pytest.raises(ValueError, match="in one block"):
        encode(np.zeros(LONGEST + 1))
