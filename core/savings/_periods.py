"""The periods of a baseline: which belong before the measure and which after it, and what drives their energy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.savings._asking import Column
from core.savings._inputs import Inputs
from core.savings._least_squares import Array
from core.savings._table import Refused, Row

BASELINE, REPORTING, OUT = "baseline", "reporting", "out"
HOUR, DAY, MONTH = "hour", "day", "month"
MONTH_DAYS = 20
"""From this mean length on periods are bills of about a month."""
_HOUR = timedelta(hours=1)
_COLD, _WARM = Decimal(-60), Decimal(60)

COLUMNS = (
    Column("start", T("First day"), form="moment", required=True,
           help=T("Or its hour, like 2024-03-31T14:00, all in the same time without summer time.")),
    Column("end", T("Last day"), form="moment", help=T("Included; empty for single days and hours.")),
    Column("phase", T("Phase"), form="word", words=(
        (BASELINE, T("baseline")), (REPORTING, T("reporting")), (OUT, T("left out"))),
        help=T("Empty: before the first day of the measure it is baseline, after it reporting.")),
    Column("energy", T("Energy used"), required=True),
    Column("temperature", T("Mean air temperature"), "°C", minimum=_COLD, maximum=_WARM),
    Column("hdd", T("Heating degree days"), "K·d"),
    Column("cdd", T("Cooling degree days"), "K·d"),
    Column("production", T("Production")),
    Column("other", T("Another variable"), minimum=None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One row with its place in time."""

    row: Row
    begin: datetime
    until: datetime
    """The moment after it."""
    phase: str

    @property
    def days(self) -> float:
        """Length. [d]"""
        return (self.until - self.begin) / timedelta(days=1)

    @property
    def last(self) -> date:
        """Last day, included."""
        return (self.until - timedelta(microseconds=1)).date()

    def number(self, key: str) -> Decimal:
        return self.row.numbers[key]


@dataclass(frozen=True, slots=True)
class Periods:
    """Baseline and reporting time, in the order of time."""

    baseline: tuple[Period, ...]
    reporting: tuple[Period, ...]
    straddling: int
    """Rows that lie on both sides of the first day of the measure: in neither."""

    @property
    def length(self) -> str:
        """``hour``, ``day`` or ``month``."""
        mean = sum(one.days for one in self.baseline) / len(self.baseline)
        if mean < 1:
            return HOUR
        return MONTH if mean >= MONTH_DAYS else DAY

    def has(self, key: str) -> bool:
        """Whether every period has a number in this column."""
        return all(key in one.row.numbers for one in (*self.baseline, *self.reporting))


def values(periods: Sequence[Period], key: str) -> Array:
    """A column as numbers; shape (n,)."""
    return np.array([float(one.number(key)) for one in periods], dtype=np.float64)


def lengths(periods: Sequence[Period]) -> Array:
    """Days of each; shape (n,). [d]"""
    return np.array([one.days for one in periods], dtype=np.float64)


def periods_of(inputs: Inputs) -> Periods:
    """The rows of the table, sorted and assigned.

    Raises
    ------
    UserError
        when there is no table, no baseline, no reporting time, or rows overlap or end before they begin.
    """
    found = sorted((_period(inputs, row) for row in inputs.needed_table().rows), key=lambda one: one.begin)
    for one, other in pairwise(found):
        if other.begin < one.until:
            reason = T("It overlaps row {other}.", other=one.row.number)
            raise Refused(other.row.number, "start", reason, T("Correct the dates: a day counts once.")).error
    baseline = tuple(one for one in found if one.phase == BASELINE)
    reporting = tuple(one for one in found if one.phase == REPORTING)
    if not baseline:
        raise UserError(
            T("No row of the table lies before the measure, which begins on {day}.", day=inputs.measure.start),
            T("Enter the baseline, or correct the first day of the measure."),
        )
    if not reporting:
        raise UserError(
            T("No row of the table lies within the measure, from {start} to {end}.", start=inputs.measure.start,
              end=inputs.measure.end),
            T("Enter what was measured since, or correct the dates of the measure."),
        )  # fmt: skip
    straddling = sum(1 for one in found if one.phase == OUT and "phase" not in one.row.words and _astride(inputs, one))
    return Periods(baseline, reporting, straddling)


def _period(inputs: Inputs, row: Row) -> Period:
    begin = row.moments["start"]
    end = row.moments.get("end")
    if "start" in row.timed:
        until = begin + _HOUR if end is None else end
    else:
        until = datetime.combine((begin if end is None else end).date() + timedelta(days=1), time())
    if until <= begin:
        raise Refused(row.number, "end", T("It ends before it begins."), T("Correct one of the two.")).error
    return Period(row, begin, until, _phase(inputs, row, begin, until))


def _phase(inputs: Inputs, row: Row, begin: datetime, until: datetime) -> str:
    first = datetime.combine(inputs.measure.start, time())
    after = datetime.combine(inputs.measure.end + timedelta(days=1), time())
    said = row.words.get("phase")
    inside = begin >= first and until <= after
    if said == REPORTING and not inside:
        reason = T("It is reporting time and lies outside the measure.")
        raise Refused(row.number, "phase", reason, T("Correct its dates or those of the measure.")).error
    if said is not None:
        return said
    if until <= first:
        return BASELINE
    return REPORTING if inside else OUT


def _astride(inputs: Inputs, period: Period) -> bool:
    first = datetime.combine(inputs.measure.start, time())
    return period.begin < first < period.until
