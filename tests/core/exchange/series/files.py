"""Small files for tests, and the two ways of reading one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.exchange.series import Mapping, Parsed, Value, parse
from core.exchange.series.words import PAD, padded

UTC = ZoneInfo("UTC")
LONG = Mapping(time=0, values=(Value(1),), order="ymd", label="left", clock="utc")
"""Two columns: time and value."""


def mapping(**changes: Any) -> Mapping:
    """Two columns, and what differs from them."""
    return replace(LONG, **changes)


def written(path: Path, rows: Sequence[str], head: str = "time,value", *, encoding: str = "utf-8") -> Path:
    """A csv of these lines."""
    file = path / "data.csv"
    file.write_bytes("\n".join([head, *rows, ""]).encode(encoding))
    return file


def both(file: Path, known: Mapping, zone: ZoneInfo = UTC) -> Parsed:
    """Read quickly and row by row, which must be the same."""
    fast, slow = parse(file, known, zone), parse(file, known, zone, fast=False)
    assert [str(one.message) for one in fast.refused] == [str(one.message) for one in slow.refused]
    assert (fast.refused_total, fast.rows, fast.sha256) == (slow.refused_total, slow.rows, slow.sha256)
    assert [column.name for column in fast.columns] == [column.name for column in slow.columns]
    for one, other in zip(fast.columns, slow.columns, strict=True):
        assert (one.places, one.values, one.missing, one.same) == (
            other.places,
            other.values,
            other.missing,
            other.same,
        )
        assert one.days == other.days
        assert [str(note) for note in one.notes] == [str(note) for note in other.notes]
        for a, b in zip(one.series, other.series, strict=True):
            assert (a.start, a.step) == (b.start, b.step)
            assert np.array_equal(a.values, b.values, equal_nan=True)
            assert (None if a.marks is None else a.marks.tolist()) == (None if b.marks is None else b.marks.tolist())
    return fast


def laid_out(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """Texts one after the other in a buffer, and where each begins and ends."""
    data = [text.encode() for text in texts]
    starts, at = [], PAD
    for text in data:
        starts.append(at)
        at += len(text) + 1
    lengths = np.array([len(text) for text in data], dtype=np.int64)
    begin = np.array(starts, dtype=np.int64)
    return padded(b"\n".join([*data, b""])), begin, begin + lengths


def messages(found: Parsed) -> list[str]:
    """What the person reads of refused rows."""
    return [str(one.message) for one in found.refused]
