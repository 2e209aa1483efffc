"""A store of blocks in memory, and a meter that is written to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from core.series import Series
from core.series.index import Index, write
from core.series.keep import Merged, merge

BERLIN, KOLKATA, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Asia/Shanghai")


def utc(*parts: int) -> int:
    """[s since 1970-01-01 UTC]"""
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]


def series(start: int, step: int, *values: float, marks: Sequence[int] | None = None) -> Series:
    return Series(start, step, np.array(values, np.float64), None if marks is None else np.array(marks, np.uint8))


class Meter:
    """What is kept of one meter, and every block that was ever made."""

    def __init__(self, zone: ZoneInfo = BERLIN) -> None:
        self.zone = zone
        self.index: Index | None = None
        self.blocks: dict[str, bytes] = {}
        self.asked: list[str] = []

    def blob(self, sha256: str) -> bytes:
        self.asked.append(sha256)
        return self.blocks[sha256]

    def take(self, merged: Merged) -> Merged:
        """Keep the answer as the plant file does."""
        self.index = merged.index
        self.blocks |= {hashlib.sha256(data).hexdigest(): data for data in merged.blobs}
        assert all(key in self.blocks for key in merged.index.hashes)
        return merged

    def merge(self, *new: Series, overwrite: bool = False) -> Merged:
        return self.take(merge(self.index, new, self.zone, self.blob, overwrite=overwrite))

    @property
    def known(self) -> Index:
        assert self.index is not None
        return self.index

    @property
    def data(self) -> bytes:
        return write(self.known)
