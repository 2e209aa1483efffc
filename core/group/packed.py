"""The certified lines of one report as packed columns: what dashboards of many plants add up.

One row for each line, month and gas. Amounts are whole billionths of a tonne, so that sums are exact whatever the
order and the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.inventory import Inventory, Period, months_of
from core.inventory.by import spread_days
from core.ledger import canonical
from core.library import EXACT, GASES
from core.methods import BIOGENIC, OTHER, SCOPES, Line

FORM = 1
"""Of the packed bytes; another form is another number."""
KINDS = (*GASES, BIOGENIC, OTHER)
"""What the column ``gas`` counts: the seven, then what is kept apart."""
LARGEST = Decimal(1_000_000_000)
"""No line is larger; the world emits sixty times as much in a year. [t CO2e]"""
MOST_NAMES = 65_535
"""Sources or items that a report may have."""
BILLIONTH = Decimal("0.000000001")
COLUMNS = (("scope", "u1"), ("category", "u1"), ("gas", "u1"), ("month", "u1"), ("source", "<u2"), ("item", "<u2"),
           ("record", "<u4"), ("amount", "<i8"))  # fmt: skip
"""Name and type of each column, one after the other in the bytes, rows sorted by these but the amount."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Columns of one report. Places in the lists are what the columns count."""

    first: tuple[int, int]
    """Year and month of month 0."""
    sources: tuple[str, ...]
    items: tuple[str, ...]
    """Method and item, joined by ``/``."""
    records: Sequence[str]
    """Ids of activity data."""
    columns: dict[str, NDArray[np.generic]]
    """By name, as in ``COLUMNS``; ``amount`` in billionths of a tonne CO2e."""

    @property
    def amounts(self) -> NDArray[np.int64]:
        return self.columns["amount"]  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self.amounts)


def pack(inventory: Inventory) -> bytes:
    """The columns of an inventory.

    Parameters
    ----------
    inventory
        recalculated; each of its lines is spread over its months by days, as in the view by months.

    Raises
    ------
    UserError
        when a line is larger than anything a plant can emit.
    """
    months = months_of(inventory.choices.period)
    sources, items, records = _Places(), _Places(), _Places()
    rows = [
        (SCOPES.index(line.scope), line.category, gas, month, sources[line.activity.source],
         items[f"{line.activity.method}/{line.activity.item}"], records[line.activity.id], amount)
        for line in inventory.lines
        for gas, month, amount in _amounts(line, months)
    ]  # fmt: skip
    rows.sort()
    if max(len(sources), len(items)) > MOST_NAMES:
        raise UserError(T("More than {most} sources or items are no plant.", most=MOST_NAMES))
    head = {
        "form": FORM,
        "rows": len(rows),
        "first": [months[0].start.year, months[0].start.month],
        "sources": list(sources),
        "items": list(items),
        "records": list(records),
    }
    text = canonical(head)
    whole = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMNS))
    columns = [whole[:, place].astype(kind).tobytes() for place, (_, kind) in enumerate(COLUMNS)]
    return b"".join((len(text).to_bytes(4, "little"), text, *columns))


def unpack(data: bytes) -> Packed:
    """The columns that :func:`pack` wrote; they are views of the bytes, nothing is copied."""
    size = int.from_bytes(data[:4], "little")
    before, records, after = _around_records(data[4 : 4 + size])
    head = json.loads(before + b"null" + after)
    if head["form"] != FORM:
        raise ValueError("another form of packed lines")
    at, columns = 4 + size, {}
    for name, kind in COLUMNS:
        columns[name] = np.frombuffer(data, dtype=kind, count=head["rows"], offset=at)
        at += columns[name].nbytes
    year, month = head["first"]
    return Packed((year, month), tuple(head["sources"]), tuple(head["items"]), _Later(records), columns)


def tonnes(amount: int) -> Decimal:
    """Tonnes of a whole number of billionths.

    >>> tonnes(1_500_000_000)
    Decimal('1.500000000')
    """
    return EXACT.multiply(Decimal(int(amount)), BILLIONTH)


def _around_records(text: bytes) -> tuple[bytes, bytes, bytes]:
    """The head before, in and behind the list of records; in canonical JSON only a key is followed by a colon."""
    begin = text.index(b'"records":') + len(b'"records":')
    end = text.index(b',"rows":', begin)
    return text[:begin], text[begin:end], text[end:]


class _Later(Sequence[str]):
    """A list of names that is read when somebody asks: sums do without, and it is most of the head."""

    __slots__ = ("_names", "_text")

    def __init__(self, text: bytes) -> None:
        self._text, self._names = text, ()

    def _read(self) -> tuple[str, ...]:
        if self._text:
            self._names, self._text = tuple(json.loads(self._text)), b""
        return self._names

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self._read()[place]

    def __len__(self) -> int:
        return len(self._read())


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
            raise UserError(T("The line {id} is larger than anything a plant can emit.", id=line.id))
        for month, part in enumerate(spread_days(whole, span, months)):
            if part:
                yield KINDS.index(gas), month, int(part.scaleb(9))
