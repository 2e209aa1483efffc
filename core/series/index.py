"""The index of a meter: which block of values holds which time, and their sums.

The format, in full, for data outlive programs:

1. One line of canonical JSON, ended by LF::

       {"chunks":120,"format":"interval index","version":1,"zone":"Asia/Shanghai"}

   ``chunks`` is the number of records that follow; ``zone`` the IANA name of the zone by whose calendar months begin.
2. One zlib stream (RFC 1950). Inflated, it holds the records of 94 bytes as planes of bytes: first the byte at offset 0
   of each record, then that at offset 1 ... Records are in the order of time and do not overlap; numbers are
   little-endian:

   ======  ====  =========  ==================================================================================
   offset  type  name       meaning
   ======  ====  =========  ==================================================================================
   0       i4    month      local calendar month in which its slots begin: year x 12 + (month - 1)
   4       i8    start      beginning of the first slot [s since 1970-01-01 UTC]
   12      i4    step       length of a slot [s]; divides a day
   16      i4    n          number of slots; the first and the last have a value
   20      i4    present    slots that have a value
   24      i4    estimated  slots whose value is an estimate
   28      i8    total      sum of the values: for ``i4eK`` an integer to be divided by 10 to the power of K,
                            for ``f8`` the bits of a double
   36      f8    low        smallest value
   44      f8    high       largest value
   52      i4    size       bytes of the block
   56      S6    codec      form of the block (:mod:`core.series.codec`), filled up with zero bytes
   62      u1 x  sha256     hash of the block, by which it is found
           32
   ======  ====  =========  ==================================================================================

A slot belongs to the month in which it begins, so an hour that lies across midnight in a zone at half past counts where
it began. A month in which the steps change has several records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.codec import LARGEST, LONGEST, form_of
from core.series.planes import from_planes, packed, to_planes, unpacked
from core.series.zones import DAY, month_day, month_number, zone_named

FORMAT, VERSION = "interval index", 1
MOST = 100_000
"""Records of an index at most."""
RECORD = np.dtype(
    [("month", "<i4"), ("start", "<i8"), ("step", "<i4"), ("n", "<i4"), ("present", "<i4"), ("estimated", "<i4"),
     ("total", "<i8"), ("low", "<f8"), ("high", "<f8"), ("size", "<i4"), ("codec", "S6"), ("sha256", "u1", (32,))]
)  # fmt: skip
Table = NDArray[np.void]
_HEADER = re.compile(rb'\{"chunks":(0|[1-9][0-9]{0,5}),"format":"interval index","version":1,"zone":"([!#-\[\]-~]+)"\}')
_LONGEST_HEADER = 200
_MONTHS = (1969 * 12 + 11, 2200 * 12)
_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A block of values in equal steps, all beginning in one local month."""

    month: date
    """First day of the local month."""
    start: int
    """[s since 1970-01-01 UTC]"""
    step: int
    """[s]"""
    n: int
    """Slots, of which the first and the last have a value."""
    present: int
    estimated: int
    total: Decimal
    """Sum of its values: exact, or correctly rounded where they are kept as doubles."""
    low: float
    high: float
    codec: str
    sha256: str
    size: int
    """Of the block. [bytes]"""

    @property
    def end(self) -> int:
        """End of the last slot. [s since 1970-01-01 UTC]"""
        return self.start + self.step * self.n


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """All blocks of a meter, in the order of time."""

    zone: str
    """IANA name of the zone by whose months they are cut."""
    table: Table
    """As the format describes it, shape (chunks,)."""

    @staticmethod
    def of(zone: str, chunks: Iterable[Chunk]) -> Index:
        """From chunks in the order of time."""
        return Index(zone, np.array([_record(chunk) for chunk in chunks], dtype=RECORD))

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """One by one. The table is faster for sums."""
        names = [name for name in RECORD.names or () if name != "sha256"]
        hashes = [bytes(h).hex() for h in np.ascontiguousarray(self.table["sha256"])]
        return tuple(_chunk(*row) for row in zip(*(self.table[name].tolist() for name in names), hashes, strict=True))

    def __len__(self) -> int:
        return len(self.table)

    @property
    def start(self) -> int:
        """Beginning of the first slot. [s since 1970-01-01 UTC]"""
        return int(self.table["start"][0])

    @property
    def end(self) -> int:
        """End of the last slot. [s since 1970-01-01 UTC]"""
        last = self.table[-1]
        return int(last["start"]) + int(last["step"]) * int(last["n"])

    @property
    def present(self) -> int:
        """Values that are not missing."""
        return int(self.table["present"].sum(dtype=np.int64))

    @property
    def hashes(self) -> tuple[str, ...]:
        """Of its blocks."""
        return tuple(bytes(h).hex() for h in np.ascontiguousarray(self.table["sha256"]))


def exact_total(total: int, codec: str) -> Decimal:
    """The sum that a record keeps as 64 bits."""
    digits = form_of(codec)
    if digits is None:
        return Decimal(repr(float(np.int64(total).view(np.float64))))
    return Decimal(total).scaleb(-digits, _EXACT)


def float_totals(table: Table) -> NDArray[np.float64]:
    """The sums of all records as doubles, each correctly rounded from the exact sum where that has 15 digits."""
    codec, total = table["codec"], table["total"]
    found = total.astype(np.float64)
    for form in np.unique(codec):
        digits = form_of(form.decode())
        at = codec == form
        found[at] = np.ascontiguousarray(total[at]).view(np.float64) if digits is None else found[at] / 10.0**digits
    return found


def _chunk(
    month: int, start: int, step: int, n: int, present: int, estimated: int, total: int, low: float, high: float,
    size: int, codec: bytes, sha256: str,
) -> Chunk:  # fmt: skip
    form = codec.decode()
    exact = exact_total(total, form)
    return Chunk(month_day(month), start, step, n, present, estimated, exact, low, high, form, sha256, size)


def _record(chunk: Chunk) -> tuple[Any, ...]:
    digits = form_of(chunk.codec)
    total = int(np.float64(chunk.total).view(np.int64)) if digits is None else int(chunk.total.scaleb(digits, _EXACT))
    return (
        month_number(chunk.month), chunk.start, chunk.step, chunk.n, chunk.present, chunk.estimated, total,
        chunk.low, chunk.high, chunk.size, chunk.codec.encode(), tuple(bytes.fromhex(chunk.sha256)),
    )  # fmt: skip


def write(index: Index) -> bytes:
    """The bytes of an index; the same index always gives the same."""
    head = {"chunks": len(index.table), "format": FORMAT, "version": VERSION, "zone": index.zone}
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n" + packed(to_planes(index.table))


def read(data: bytes) -> Index:
    """Read an index; nothing in it is trusted.

    Raises
    ------
    UserError
        when it is damaged, of a newer version, or contradicts itself.
    """
    return read_all([data])[0]


def read_all(datas: Sequence[bytes]) -> tuple[Index, ...]:
    """Read the indexes of many meters, with the checks made on all of them at once.

    Raises
    ------
    UserError
        as :func:`read`.
    """
    heads = [_head(data) for data in datas]
    tables = [_table(data, at, count) for data, (_, at, count) in zip(datas, heads, strict=True)]
    if sum(map(len, tables)):
        ends = np.cumsum([len(table) for table in tables])
        joined = np.concatenate(tables)
        if not (_sound(joined) and _in_order(joined, ends)):
            raise _damaged()
    return tuple(Index(zone, table) for (zone, _, _), table in zip(heads, tables, strict=True))


def _table(data: bytes, at: int, count: int) -> Table:
    plain = unpacked(memoryview(data)[at:], count * RECORD.itemsize)
    if plain is None:
        raise _damaged()
    return from_planes(plain, count, RECORD)


def _head(data: bytes) -> tuple[str, int, int]:
    """Zone, where the records begin, and how many there are."""
    line = data[:_LONGEST_HEADER].partition(b"\n")[0]
    found = _HEADER.fullmatch(line)
    if found is None:
        raise _newer(line) or _damaged()
    zone, count = found[2].decode(), int(found[1])
    if count > MOST or len(data) == len(line) or zone_named(zone).key != zone:
        raise _damaged()
    return zone, len(line) + 1, count


def _newer(line: bytes) -> UserError | None:
    found = re.search(rb'"format":"interval index","version":([0-9]{1,6}),', line)
    if found is None or int(found[1]) <= VERSION:
        return None
    return UserError(
        T("The index of interval data was written by a newer version of the program."),
        T("Install the current program. The file was not changed."),
    )


def _sound(table: Table) -> bool:
    """Each record for itself."""
    month, start, step, n = (table[name].astype(np.int64) for name in ("month", "start", "step", "n"))
    present, estimated, low, high = table["present"], table["estimated"], table["low"], table["high"]
    if not ((step >= 1) & (step <= DAY) & (n >= 1) & (n <= LONGEST) & (start >= -DAY) & (start < 2**33)).all():
        return False
    if (DAY % step).any() or not ((month >= _MONTHS[0]) & (month < _MONTHS[1])).all():
        return False
    # Clocks differ from UTC by less than a day.
    dated = (_months(start + step * (n - 1) - DAY) <= month) & (month <= _months(start + DAY))
    counted = (present >= 1) & (present <= n) & (estimated >= 0) & (estimated <= present)
    sized = (table["size"] > 0) & (table["size"] <= n * 10 + 100)
    plausible = (low >= -LARGEST) & (low <= high) & (high <= LARGEST)
    return bool((dated & counted & sized & plausible).all()) and _codecs(table) and _totals(table)


def _months(moments: NDArray[np.int64]) -> NDArray[np.int64]:
    return moments.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def _codecs(table: Table) -> bool:
    forms = set(table["codec"].tolist())
    for form in forms:
        form_of(form.decode("ascii", "replace"))
    marked = np.isin(table["codec"], [form for form in forms if form.endswith(b"m")])
    return bool((marked == (table["estimated"] > 0)).all())


def _totals(table: Table) -> bool:
    """A mean lies between the smallest and the largest value."""
    total, present = float_totals(table), table["present"]
    slack = 1e-9 * np.maximum(np.abs(table["low"]), np.abs(table["high"])) * present
    return bool(((table["low"] * present - slack <= total) & (total <= table["high"] * present + slack)).all())


def _in_order(table: Table, ends: NDArray[np.int64]) -> bool:
    """Each index for itself; where one ends and the next begins, order means nothing."""
    finish = table["start"] + table["step"].astype(np.int64) * table["n"]
    good = (finish[:-1] <= table["start"][1:]) & (table["month"][:-1] <= table["month"][1:])
    good[ends[(ends > 0) & (ends < len(table))] - 1] = True
    return bool(good.all())


def _damaged() -> UserError:
    return UserError(
        T("The index of interval data is damaged or contradicts itself."),
        T("Take the last copy of the file. This one was not changed."),
    )
