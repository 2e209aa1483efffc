"""The lean reader: a block of a text that is as regular as files of loggers are, without looking at single rows.

All ends of fields are found in one pass over the bytes. When every row has the same number of them, columns of starts
and ends are all that is needed: moments, numbers and names are then decoded a thousand at a time. Cells of another
form, and they alone, are read one by one; a block of another form is left to :mod:`core.exchange.series.rows`, and both
give the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.series import digits, stamps_fast
from core.exchange.series.digits import Numbers
from core.exchange.series.plan import NUMERIC, Plan
from core.exchange.series.raw import Block, Problem
from core.exchange.series.stamps import DAY
from core.exchange.series.stamps_fast import Moments
from core.exchange.series.values import as_floats
from core.exchange.series.wide import spread
from core.exchange.series.words import LONGEST, PAD, Bytes, Places, distinct, gather, padded

LINE, _RETURN, _QUOTE = 10, 13, 34
LONGEST_LINE = 100_000
"""Bytes of a line; the other reader says what is wrong with longer ones."""


@dataclass(slots=True)
class Fields:
    """Where the fields of a block are: columns by rows."""

    buffer: Bytes
    starts: Places
    """Shape (columns, rows)."""
    ends: Places
    """Byte behind each field, shape (columns, rows)."""

    def text(self, column: int, row: int) -> str:
        """One field."""
        return self.buffer[self.starts[column, row] : self.ends[column, row]].tobytes().decode()


def fields_of(block: bytes, separator: str) -> Fields | None:
    """The fields of whole lines; None when rows differ in their number, or quotation marks mean something."""
    buffer = padded(block)
    marked = buffer == LINE
    lines = int(np.count_nonzero(marked))
    marked |= buffer == ord(separator)
    marks = np.flatnonzero(marked)
    if not lines or len(marks) % lines:
        return None
    ends = np.ascontiguousarray(marks.reshape(lines, -1).T)
    if not (buffer[ends[-1]] == LINE).all() or int(np.diff(ends[-1]).max(initial=0)) > LONGEST_LINE:
        return None
    starts = np.empty_like(ends)
    starts[1:] = ends[:-1] + 1
    starts[0, 0] = PAD
    starts[0, 1:] = ends[-1, :-1] + 1
    if not _without_returns(buffer, block, ends) or not _without_quotes(buffer, block, starts, ends):
        return None
    return Fields(buffer, starts, ends)


def count_of(block: bytes, byte: int) -> int:
    """How often a byte occurs; ``bytes.count`` takes ten times as long and lets no other thread work."""
    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == byte))


def _without_returns(buffer: Bytes, block: bytes, ends: Places) -> bool:
    """Lines may end with CR LF, all of them; a CR elsewhere would begin a row of its own."""
    if b"\r" not in block:
        return True
    if count_of(block, _RETURN) != ends.shape[1] or not (buffer[ends[-1] - 1] == _RETURN).all():
        return False
    ends[-1] -= 1
    return True


def _without_quotes(buffer: Bytes, block: bytes, starts: Places, ends: Places) -> bool:
    """Columns may be quoted as a whole; when no other marks are left, none was a part of a text."""
    if b'"' not in block:
        return True
    quotes = count_of(block, _QUOTE)
    for column in range(len(starts)):
        first, last = starts[column], ends[column] - 1
        if ((buffer[first] == _QUOTE) & (buffer[last] == _QUOTE) & (last > first)).all():
            quotes -= 2 * starts.shape[1]
            starts[column] += 1
            ends[column] -= 1
    return quotes == 0


def read_block(block: bytes, first: int, separator: str, plan: Plan) -> Block | None:
    """Read whole lines; None when they are not regular enough.

    Parameters
    ----------
    block
        lines in UTF-8.
    first
        number of the first row.
    separator
        one byte.
    plan
        what the columns mean.
    """
    fields = fields_of(block, separator)
    mapping = plan.mapping
    last = max(mapping.time, mapping.clock_time, mapping.meter, mapping.status, *plan.columns)
    if fields is None or len(fields.starts) <= last:
        return None
    return _Reader(fields, first, plan).block()


class _Reader:
    """Reads the columns of one block."""

    def __init__(self, fields: Fields, first: int, plan: Plan) -> None:
        self.fields, self.first, self.plan = fields, first, plan
        self.count = fields.starts.shape[1]
        self.problems: list[Problem] = []

    def block(self) -> Block | None:
        """All of it; None when the meters are too many to be told apart."""
        plan, mapping = self.plan, self.plan.mapping
        columns = [self._values(column) for column in plan.columns]
        there = np.zeros(self.count, np.bool_)
        for column in columns:
            there |= ~np.isnan(column.values)
            there[list(column.refused)] = True
        moments = self._moments(there)
        names = self._texts(mapping.meter)
        states = self._texts(mapping.status)
        if names is None or states is None:
            return None
        kept: slice | NDArray[np.bool_] = slice(None) if moments.read.all() else moments.read
        estimated = np.array([plan.is_estimate(text) for text in states[0]])[states[1]] if mapping.status >= 0 else None
        merged = dict.fromkeys(map(plan.name, names[0]))
        places = {name: place for place, name in enumerate(merged)}
        kinds = np.array([places[plan.name(text)] for text in names[0]], np.int64)[names[1]]
        for place, column in zip(plan.columns, columns, strict=True):
            self.problems += [
                (self.first + row, place, why) for row, why in column.refused.items() if moments.read[row]
            ]
        block = Block(
            np.arange(self.first, self.first + self.count, dtype=np.int32)[kept],
            moments.seconds[kept],
            [column.values[kept] for column in columns],
            [column.most_places(moments.read) for column in columns],
            list(merged),
            kinds[kept] if mapping.meter >= 0 else None,
            None if estimated is None else estimated[kept],
            bool(moments.timed[kept].any()),
            bool(moments.monthly[kept].all()),
            self.problems,
        )
        return spread(block, plan) if plan.offsets is not None else block

    def _moments(self, there: NDArray[np.bool_]) -> Moments:
        """Of the rows that have a value; what cannot be read is left unread."""
        plan, mapping = self.plan, self.plan.mapping
        found = self._numeric() if mapping.order in NUMERIC else self._written(mapping.time, clock=False)
        if mapping.clock_time >= 0:
            of_day = self._written(mapping.clock_time, clock=True)
            found.seconds = found.seconds // DAY * DAY + of_day.seconds
            found.read &= of_day.read
            found.ahead |= of_day.ahead
            found.timed[:], found.monthly[:] = True, False
        if mapping.order not in NUMERIC:
            found.read &= found.ahead == (mapping.clock == "stamped")
        for row in np.flatnonzero(there & ~found.read).tolist():
            clock = self.fields.text(mapping.clock_time, row) if mapping.clock_time >= 0 else None
            try:
                one = plan.moment(self.fields.text(mapping.time, row), clock)
            except UserError as problem:
                self.problems.append((self.first + row, mapping.time, problem))
                continue
            found.seconds[row], found.read[row] = one.seconds, True
            found.timed[row], found.monthly[row] = one.timed, one.monthly
        found.read &= there
        return found

    def _written(self, column: int, *, clock: bool) -> Moments:
        starts, ends = self.fields.starts[column], self.fields.ends[column]
        reading = self.plan.clock_reading if clock else self.plan.reading
        return stamps_fast.decode(self.fields.buffer, starts, ends - starts, reading)

    def _numeric(self) -> Moments:
        column = self.plan.mapping.time
        numbers = digits.decode(
            self.fields.buffer, self.fields.starts[column], self.fields.ends[column], self.plan.mapping.decimal
        )
        found = Moments(self.count)
        floats = np.where(numbers.read, as_floats(numbers), 0.0)
        found.seconds = self.plan.seconds_of(floats)
        found.read = numbers.read & self.plan.plausible(found.seconds)
        found.timed = (floats % 1 != 0) | (self.plan.mapping.order != "serial")
        return found

    def _values(self, column: int) -> _Values:
        starts, ends = self.fields.starts[column], self.fields.ends[column]
        numbers = digits.decode(self.fields.buffer, starts, ends, self.plan.mapping.decimal)
        found = _Values(as_floats(numbers), numbers)
        for row in np.flatnonzero(~numbers.read & (ends > starts)).tolist():
            try:
                read = self.plan.value(self.fields.text(column, row))
            except UserError as problem:
                found.refused[row] = problem
                continue
            if read is not None:
                found.values[row], found.places[row] = read
        return found

    def _texts(self, column: int) -> tuple[list[str], NDArray[np.int64]] | None:
        """The different texts of a column, and which of them each row has; None when there are too many."""
        if column < 0:
            return [""], np.zeros(0, np.int64)
        starts = self.fields.starts[column]
        widths = self.fields.ends[column] - starts
        longest = int(widths.max(initial=0))
        if longest > LONGEST:
            return None
        kinds = distinct(gather(self.fields.buffer, starts, widths, longest))
        if kinds is None:
            return None
        return [self.fields.text(column, row) for row in kinds[0].tolist()], kinds[1]


@dataclass(slots=True)
class _Values:
    """A column of values."""

    values: NDArray[np.float64]
    numbers: Numbers
    """Those of the usual form."""
    places: dict[int, int] = field(default_factory=dict)
    """Decimals of each row of another form."""
    refused: dict[int, UserError] = field(default_factory=dict)

    def most_places(self, kept: NDArray[np.bool_]) -> int:
        """The most decimals of any row that is kept."""
        usual = self.numbers.read & kept
        if isinstance(self.numbers.places, int):
            most = self.numbers.places if usual.any() else 0
        else:
            most = int(self.numbers.places[usual].max(initial=0))
        return max([most, *(places for row, places in self.places.items() if kept[row])])
