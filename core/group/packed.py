"""The certified lines of one report as packed columns: what dashboards of many plants add up.

One row for each line, month and gas. Amounts are whole billionths of a tonne, so that sums are exact whatever the
order and the machine.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.group.runs import starts_of, summed
from core.i18n import T
from core.inventory import Inventory, Period, months_of
from core.inventory.by import spread_days
from core.ledger import canonical
from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, SCOPES, Line

MAGIC = b"PCAL"
FORM = 2
"""Of the packed bytes; another form is another number."""
KINDS = (*GASES, BIOGENIC, OTHER)
"""What the column ``gas`` counts: the seven, then what is kept apart."""
LARGEST = Decimal(1_000_000_000)
"""No line is larger; the world emits sixty times as much in a year. [t CO2e]"""
LINES = "lines"
"""Name of the packed lines beside a filed report, see :func:`pack`."""
MOST_NAMES = 65_535
"""Sources or items that a report may have."""
BILLIONTH = Decimal("0.000000001")
COLUMNS = (("scope", "u1"), ("category", "u1"), ("gas", "u1"), ("month", "u1"), ("source", "<u2"), ("item", "<u2"),
           ("record", "<u4"), ("amount", "<i8"))  # fmt: skip
"""Name and type of each column, one after the other in the bytes, rows sorted by these but the amount."""
ROW = sum(np.dtype(kind).itemsize for _, kind in COLUMNS)
"""Bytes of a row."""
SUM = np.dtype([("scope", "u1"), ("category", "u1"), ("gas", "u1"), ("month", "u1"), ("amount", "<i8")])
"""A row of the sums."""
HEAD = struct.Struct("<4sBBhIIIII")
"""Magic, form, first month and year, number of sums and of rows, bytes of names of sources, items and records."""


class Packed:
    """Columns of one report. Places in the lists are what the columns count.

    Its sums stand at the beginning and are there at once; rows and names are read when somebody asks for them.
    """

    __slots__ = ("_columns", "_data", "_head", "_lists", "_whole")

    def __init__(self, data: bytes, head: tuple[int, ...], whole: Callable[[], bytes] | None = None) -> None:
        self._data, self._head, self._whole = data, head, whole
        self._columns: dict[str, NDArray[np.generic]] | None = None
        self._lists: dict[str, tuple[str, ...]] | None = None

    @property
    def first(self) -> tuple[int, int]:
        """Year and month of month 0."""
        return self._head[1], self._head[0]

    @property
    def sums(self) -> memoryview:
        """Rows of the type ``SUM``: the exact sums by scope, category, gas and month, in this order."""
        return memoryview(self._data)[HEAD.size : HEAD.size + SUM.itemsize * self._head[2]]

    @property
    def sources(self) -> tuple[str, ...]:
        return self._names("sources", HEAD.size + SUM.itemsize * self._head[2], self._head[4])

    @property
    def items(self) -> tuple[str, ...]:
        """Method and item, joined by ``/``."""
        return self._names("items", _front(self._head) + ROW * self._head[3], self._head[5])

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of activity data."""
        at = _front(self._head) + ROW * self._head[3] + self._head[5]
        return self._names("records", at, self._head[6])

    @property
    def columns(self) -> dict[str, NDArray[np.generic]]:
        """By name, as in ``COLUMNS``; ``amount`` in billionths of a tonne CO2e."""
        if self._columns is None:
            at, columns, data = _front(self._head), {}, self._all()
            for name, kind in COLUMNS:
                if at + np.dtype(kind).itemsize * self._head[3] > len(data):
                    raise _damaged()
                columns[name] = np.frombuffer(data, dtype=kind, count=self._head[3], offset=at)
                at += columns[name].nbytes
            if self._whole is not None:  # only looked at: whoever adds up many reports does not keep their lines
                return columns
            self._columns = columns
        return self._columns

    @property
    def amounts(self) -> NDArray[np.int64]:
        return self.columns["amount"]  # type: ignore[return-value]

    def __len__(self) -> int:
        return self._head[3]

    def _all(self) -> bytes:
        return self._data if self._whole is None else self._whole()

    def _names(self, name: str, at: int, size: int) -> tuple[str, ...]:
        if self._lists is None:
            self._lists = {}
        if name not in self._lists:
            data = self._data if at + size <= len(self._data) else self._all()
            self._lists[name] = _names_in(data[at : at + size])
        return self._lists[name]


def pack(inventory: Inventory) -> bytes:
    """The columns of an inventory.

    Parameters
    ----------
    inventory
        recalculated; each of its lines is spread over its months by days, as in the view by months.

    Raises
    ------
    UserError
        when a line, or the lines of a cell together, are larger than anything a plant can emit.
    """
    months = months_of(inventory.choices.period)
    sources, items, records = _Places(), _Places(), _Places()
    rows = [
        (SCOPES.index(line.scope), line.category, gas, month, sources[line.activity.source],
         items[f"{line.activity.method}/{line.activity.item}"], records[line.activity.id], amount)
        for line in inventory.lines
        for gas, month, amount in _amounts(line, months)
    ]  # fmt: skip
    if max(len(sources), len(items)) > MOST_NAMES:
        raise UserError(
            T("More than {most} sources or items are no plant.", most=MOST_NAMES),
            T("Do not use this report. Ask the plant for a new one."),
        )
    return written((months[0].start.year, months[0].start.month), (list(sources), list(items), list(records)), rows)


def written(
    first: tuple[int, int],
    names: tuple[Sequence[str], Sequence[str], Sequence[str]],
    rows: Sequence[Sequence[int]] | NDArray[np.int64],
) -> bytes:
    """Packed bytes of rows in any order.

    Parameters
    ----------
    first
        year and month of month 0.
    names
        of sources, items and records.
    rows
        as in ``COLUMNS``, one after the other or as a table.

    Notes
    -----
    Head, sums, names of sources, columns, names of items, names of records. Whoever adds up many reports reads no
    further than the sources.
    """
    whole = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMNS))
    whole = whole[np.lexsort(whole.T[::-1])]
    sums = _sums(whole)
    columns = [whole[:, place].astype(kind).tobytes() for place, (_, kind) in enumerate(COLUMNS)]
    sources, items, records = (canonical(list(own)) for own in names)
    year, month = first
    head = HEAD.pack(MAGIC, FORM, month, year, len(sums), len(whole), len(sources), len(items), len(records))
    return b"".join((head, sums.tobytes(), sources, *columns, items, records))


def unpack(data: bytes, whole: Callable[[], bytes] | None = None) -> Packed:
    """The columns that :func:`pack` wrote; they are views of the bytes, nothing is copied.

    Parameters
    ----------
    data
        all of the bytes, or at least the first :func:`front_of` of them.
    whole
        gives all of them when somebody asks for more than sums and sources.

    Raises
    ------
    UserError
        when they have another form, or are cut short: somebody altered them where they are kept.
    """
    head = _head_of(data)
    total = _front(head) + ROW * head[3] + head[5] + head[6]
    if len(data) < (total if whole is None else _front(head)) or not 1 <= head[0] <= 12:
        raise _damaged()
    return Packed(data, head, None if len(data) == total else whole)


def front_of(data: bytes) -> int:
    """How many bytes sums and names of sources take, told by the first ``HEAD.size`` of them."""
    return _front(_head_of(data))


def tonnes(amount: int) -> Decimal:
    """Tonnes of a whole number of billionths.

    >>> tonnes(1_500_000_000)
    Decimal('1.500000000')
    """
    return EXACT.multiply(Decimal(int(amount)), BILLIONTH)


def _head_of(data: bytes) -> tuple[int, ...]:
    """Month, year, number of sums and of rows, sizes of the names of sources, items and records."""
    if len(data) < HEAD.size or data[: len(MAGIC)] != MAGIC:
        raise _damaged()
    _, form, *head = HEAD.unpack_from(data)
    if form != FORM:
        raise _damaged()
    return tuple(head)


def _damaged() -> UserError:
    return UserError(
        T("The lines that are kept of a report cannot be read."), T("Ask the plant for the report and import it again.")
    )


def _names_in(data: bytes) -> tuple[str, ...]:
    try:
        names = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged() from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _damaged()
    return tuple(names)


def sound_sums(rows: NDArray[np.void]) -> NDArray[np.void]:
    """Rows of sums that count what there is.

    Raises
    ------
    UserError
        when somebody altered them where they are kept.
    """
    if len(rows) and (rows["scope"].max() >= len(SCOPES) or rows["gas"].max() >= len(KINDS)):
        raise _damaged()
    return rows


def _front(head: tuple[int, ...]) -> int:
    return HEAD.size + SUM.itemsize * head[2] + head[4]


def _sums(rows: NDArray[np.int64]) -> NDArray[np.void]:
    """Sums over sources, items and records; over items and records alone where 64 bits would not hold them."""
    amounts = np.ascontiguousarray(rows[:, -1])
    for names in (5, 4):
        starts = starts_of(rows.T[:names], len(rows))
        totals = summed(amounts, starts)
        if totals is None and names == 5:
            raise UserError(
                T("The lines of a report add up to more than anything a plant can emit."),
                T("Do not use this report. Ask the plant for a new one."),
            )
        if totals is None:
            break
        found = np.empty(len(starts), SUM)
        for place, (name, _) in enumerate(COLUMNS[:4]):
            found[name] = rows[starts, place]
        found["amount"] = totals
    return found


class _Places(dict[str, int]):
    """Gives each new name the next number."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def _amounts(line: Line, months: tuple[Period, ...]) -> Iterator[tuple[int, int, int]]:
    """Gas, month and billionths of a tonne, where they are not zero."""
    by_gas: dict[str, Decimal] = {}
    for one in line.amounts:
        by_gas[one.gas] = EXACT.add(by_gas.get(one.gas, Decimal(0)), one.tco2e)
    span = Period(line.portion.start, line.portion.end)
    for gas, whole in by_gas.items():
        if abs(whole) > LARGEST:
            raise UserError(
                T("The line {id} is larger than anything a plant can emit.", id=line.id),
                T("Do not use this report. Ask the plant for a new one."),
            )
        for month, part in enumerate(spread_days(whole, span, months)):
            if part:
                yield KINDS.index(gas), month, int(part.scaleb(9))
