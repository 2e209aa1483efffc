"""A mapping laid over a file: which columns are read, what those of a wide form mean, how each cell is understood.

Every reader, fast or slow, asks the same :class:`Plan`, so they cannot differ in what a cell means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.cells import Cell, is_blank, plain_text
from core.exchange.dates import EPOCH_1900
from core.exchange.series.headings import names_of
from core.exchange.series.mapping import Mapping, label_of
from core.exchange.series.refusals import quoted
from core.exchange.series.stamps import DAY, Moment, Reading, out_of_years
from core.exchange.series.stamps import read_value as read_moment
from core.exchange.series.values import places_of, read_value
from core.i18n import T

NUMERIC = ("serial", "epoch", "epoch_ms")
"""Orders under which a moment is a number."""
_FIRST, _LAST = 631_152_000, 4_102_444_800
"""1990 to 2099. [s since 1970-01-01]"""
ESTIMATES = frozenset(
    {"e", "est", "estimated", "estimate", "ersatzwert", "ersatz", "geschätzt", "substituted", "interpolated", "估算",
     "估计", "插值", "补录", "预估"}
)  # fmt: skip
_KEPT = 200_000
"""Different texts whose meaning is remembered."""
LONGEST_NAME = 200


@dataclass(slots=True)
class Plan:
    """How each row of a file is read."""

    mapping: Mapping
    names: dict[int, str]
    """Of the columns, for refusals."""
    columns: tuple[int, ...]
    """Of values."""
    offsets: NDArray[np.int64] | None = None
    """Of a wide form: when each column begins or ends after the beginning of the day [s]; of a month: which day."""
    zone: ZoneInfo | None = None
    """Where the columns are counted from the beginning of a local day."""
    epoch: date = EPOCH_1900
    moments: dict[str, Moment | UserError] = field(default_factory=dict)
    clocks: dict[str, Moment | UserError] = field(default_factory=dict)
    numbers: dict[str, tuple[float, int] | UserError | None] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """Of the moments, or the days."""
        ends = all(label_of(value, self.mapping) == "right" for value in self.mapping.values)
        return Reading(self.mapping.order, False, self.mapping.clock == "stamped", ends)

    @property
    def clock_reading(self) -> Reading:
        """Of the times of day."""
        return replace(self.reading, clock=True)

    def moment(self, cell: Cell, clock: Cell = None) -> Moment:
        """The moment of a row.

        Raises
        ------
        UserError
            saying why it cannot be read.
        """
        if is_blank(cell):
            raise UserError(T("The time is empty."), T("Fill it in, or delete the row."))
        found = self._remembered(self.moments, cell, self._moment)
        if self.mapping.clock_time >= 0:
            if is_blank(clock):
                raise UserError(T("The time of day is empty."), T("Fill it in, or delete the row."))
            of_day = self._remembered(self.clocks, clock, self._clock)
            found = Moment(found.seconds // DAY * DAY + of_day.seconds, of_day.ahead or found.ahead, True)
        self.check_ahead(found.ahead, cell)
        return found

    def check_ahead(self, ahead: bool, cell: Cell) -> None:
        """Whether a moment states its distance from UTC where it should, and only there.

        Raises
        ------
        UserError
            when not.
        """
        if ahead == (self.mapping.clock == "stamped") or self.mapping.order in NUMERIC:
            return
        if ahead:
            raise UserError(
                T("“{value}” says how far its clock is ahead of UTC.", value=quoted(cell)),
                T("Choose the clock “as each time says” in the mapping."),
            )
        raise UserError(
            T("“{value}” does not say how far its clock is ahead of UTC.", value=quoted(cell)),
            T("Choose another clock in the mapping."),
        )

    def _remembered(self, known: dict[str, Moment | UserError], cell: Cell, read: Callable[[Cell], Moment]) -> Moment:
        key = cell if isinstance(cell, str) else repr(cell)
        found = known.get(key)
        if found is None:
            try:
                found = read(cell)
            except UserError as problem:
                found = problem
            if len(known) < _KEPT:
                known[key] = found
        if isinstance(found, UserError):
            raise found.with_traceback(None)
        return found

    def _moment(self, cell: Cell) -> Moment:
        if isinstance(cell, (datetime, date, time, timedelta)):
            return read_moment(cell)
        if self.mapping.order in NUMERIC:
            return self._numeric(cell)
        return self.reading.read(plain_text(cell))

    def _clock(self, cell: Cell) -> Moment:
        if isinstance(cell, (datetime, date, time, timedelta)):
            return read_moment(cell, clock=True)
        if isinstance(cell, float) and 0 <= cell <= 1:
            return Moment(round(cell * DAY), False, True)
        return self.clock_reading.read(plain_text(cell))

    def _numeric(self, cell: Cell) -> Moment:
        number = read_value(cell, self.mapping.decimal)
        if number is None:
            raise UserError(T("The time is empty."), T("Fill it in, or delete the row."))
        seconds = self.seconds_of(np.array([float(number)]))
        if not self.plausible(seconds)[0]:
            raise out_of_years(cell)
        return Moment(int(seconds[0]), False, float(number) % 1 != 0 or self.mapping.order != "serial")

    def seconds_of(self, numbers: NDArray[np.float64]) -> NDArray[np.int64]:
        """Moments that are written as numbers. [s since 1970-01-01]"""
        if self.mapping.order == "serial":
            first = self.epoch.toordinal() - date(1970, 1, 1).toordinal()
            scaled = np.rint(np.clip(numbers, -1e6, 1e6) * DAY) + first * DAY
        else:
            scaled = np.floor(np.clip(numbers, -1e15, 1e15) / (1000 if self.mapping.order == "epoch_ms" else 1))
        return scaled.astype(np.int64)

    @staticmethod
    def plausible(seconds: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether numbers are moments of the years in which there are loggers."""
        return (seconds >= _FIRST) & (seconds < _LAST)

    def value(self, cell: Cell) -> tuple[float, int] | None:
        """A value and its decimals; None where the file has none.

        Raises
        ------
        UserError
            saying why it cannot be read.
        """
        key = cell if isinstance(cell, str) else repr(cell)
        found = self.numbers.get(key, ())
        if found == ():
            try:
                number = read_value(cell, self.mapping.decimal)
                found = None if number is None else (float(number), places_of(number))
            except UserError as problem:
                found = problem
            if len(self.numbers) < _KEPT:
                self.numbers[key] = found
        if isinstance(found, UserError):
            raise found.with_traceback(None)
        return found or None

    @staticmethod
    def name(cell: Cell) -> str:
        """Of a meter, as the file writes it."""
        return " ".join(plain_text(cell).split())[:LONGEST_NAME]

    @staticmethod
    def is_estimate(cell: Cell) -> bool:
        """Whether a status says so."""
        return plain_text(cell).strip().casefold() in ESTIMATES


def plan_of(mapping: Mapping, headings: Sequence[Sequence[Cell]], zone: ZoneInfo, epoch: date | None = None) -> Plan:
    """Lay a mapping over a file.

    Parameters
    ----------
    mapping
        complete and without contradiction.
    headings
        the rows before the values.
    zone
        of the plant.
    epoch
        day 0 of a workbook.

    Raises
    ------
    UserError
        when the headings of a wide form name no times of day.
    """
    mapping = mapping.checked()
    places = [mapping.time, mapping.clock_time, mapping.meter, mapping.status, *(one.column for one in mapping.values)]
    width = max(mapping.last, *places) + 1
    names = names_of(headings, width)
    plan = Plan(mapping, names, tuple(one.column for one in mapping.values), epoch=epoch or EPOCH_1900)
    if mapping.form in ("day", "month"):
        first = mapping.values[0].column
        plan.columns = tuple(range(first, mapping.last + 1))
        plan.offsets = _offsets(mapping, headings, len(plan.columns))
        longer = len(plan.columns) * (int(plan.offsets[1]) - int(plan.offsets[0])) > DAY
        if mapping.form == "day" and mapping.numbered and longer and mapping.clock == "local":
            plan.zone = zone
    return plan


def _offsets(mapping: Mapping, headings: Sequence[Sequence[Cell]], count: int) -> NDArray[np.int64]:
    if mapping.form == "month":
        return np.arange(count, dtype=np.int64)
    if mapping.numbered:
        step = mapping.step or step_of_columns(count)
        return (np.arange(count, dtype=np.int64) + (label_of(mapping.values[0], mapping) == "right")) * step
    first = mapping.values[0].column
    reading = Plan(mapping, {}, ())
    for row in reversed(headings):
        try:
            found = [reading._clock(cell).seconds for cell in row[first : mapping.last + 1] if not is_blank(cell)]
        except UserError:
            continue
        if len(found) == count:
            return np.array(found, dtype=np.int64)
    raise UserError(
        T("The columns have no times of day as headings."),
        T("Say in the mapping that the columns are counted from the beginning of the day, or choose others."),
    )


def step_of_columns(count: int) -> int:
    """Length of an interval where a day has so many columns; a day may have 23 or 25 hours. [s]

    Raises
    ------
    UserError
        when there is none.
    """
    for step in (3600, 1800, 900, 600, 300, 60):
        if count * step in (DAY - 3600, DAY, DAY + 3600):
            return step
    raise UserError(
        T("{count} columns do not make a day.", count=count),
        T("A day has 24, 48, 96, 144 or 288 columns, or those of an hour more or less. Choose the columns again."),
    )
