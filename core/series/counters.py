"""From what a counter showed to what was used: differences, roll-over, another meter in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.ledger import Meter, MeterExchange, Reading
from core.series.codec import decimals_of
from core.series.series import ESTIMATED, Series

_EXACT = Context(prec=34)
_ONE_DAY = timedelta(days=1)
_WHOLE = 2**53
"""Integers up to here are exact as doubles."""


@dataclass(frozen=True, slots=True)
class Consumed:
    """What a meter counted over some days."""

    start: date
    end: date
    """Last day, included."""
    amount: Decimal
    """In the meter's unit, multiplier applied."""
    estimated: bool
    reading_ids: tuple[str, ...]
    """Readings, and exchanges of the meter between them, from which it follows."""


@dataclass(frozen=True, slots=True)
class _Point:
    """How much was counted altogether up to the end of a day."""

    day: date
    total: Decimal
    ids: tuple[str, ...]
    estimated: bool = False
    swap: bool = False
    """Whether it is an exchange of the meter and not a reading."""


@dataclass(slots=True)
class _Counter:
    """The counter that is in its place, and how far it is."""

    meter: Meter
    multiplier: Decimal
    digits: int
    shown: Decimal | None = None
    """None: nothing is known yet."""
    day: date = date.min
    total: Decimal = Decimal(0)

    def read(self, value: Decimal, day: date) -> Decimal:
        """Go on to a state; how much was counted altogether."""
        if self.shown is not None:
            step = self._step(self.shown, value, day)
            self.total = _EXACT.add(self.total, _EXACT.multiply(step, self.multiplier))
        self.shown, self.day = value, day
        return self.total

    def _step(self, before: Decimal, after: Decimal, day: date) -> Decimal:
        if after >= before:
            return _EXACT.subtract(after, before)
        rolled = _EXACT.add(_EXACT.subtract(after, before), Decimal(10) ** self.digits)
        if self.digits and before < Decimal(10) ** self.digits and self._believable(rolled, day):
            return rolled
        raise UserError(
            T("The counter of {meter} went backwards: {before} on {begin}, {after} on {end}.", meter=self.meter.name,
              before=before, begin=self.day, after=after, end=day),
            T("Correct the readings; or enter the exchange of the meter; or the digits after which it begins at zero."),
        )  # fmt: skip

    def _believable(self, rolled: Decimal, day: date) -> bool:
        if self.meter.highest is None:
            return 2 * rolled < Decimal(10) ** self.digits
        hours = 24 * max((day - self.day).days, 1)
        return _EXACT.multiply(rolled, self.multiplier) <= _EXACT.multiply(self.meter.highest, Decimal(hours))


def consumption(readings: Sequence[Reading], meter: Meter, exchanges: Sequence[MeterExchange]) -> list[Consumed]:
    """What was used between readings of a meter.

    Parameters
    ----------
    readings
        of any meter, in any order; those of ``meter`` are taken. A state is what the counter showed at the end of its
        day
    meter
        as it was before its first exchange
    exchanges
        of any meter, in any order

    Returns
    -------
    list
        in the order of time: amounts as they were read; for each two neighbouring states the time between them.

    Raises
    ------
    UserError
        when a counter went backwards and that is no roll-over, when two states of a day differ, or when two amounts
        claim the same days.

    Notes
    -----
    amount = (state at the end - state at the beginning + 10^digits if it rolled over) × multiplier. A counter that was
    exchanged in between adds what the old one counted to its last state and the new one from its first. A roll-over is
    believed when the power it implies is at most the meter's ``highest``, or where none is given, when less than half
    the range of the counter was used.

    Examples
    --------
    >>> meter = Meter("m", "Hall 1", "electricity", "import", "kWh", multiplier=Decimal(80), digits=5)
    >>> states = [Reading("a", "m", date(2024, 1, 31), date(2024, 1, 31), Decimal("99990"), counter=True),
    ...           Reading("b", "m", date(2024, 2, 29), date(2024, 2, 29), Decimal("15"), counter=True)]
    >>> consumption(states, meter, [])[0].amount
    Decimal('2000')
    """
    own = [reading for reading in readings if reading.meter == meter.id]
    amounts = [
        Consumed(reading.start, reading.end, reading.value, reading.estimated, (reading.id,))
        for reading in own
        if not reading.counter
    ]
    points = _points([r for r in own if r.counter], meter, [e for e in exchanges if e.meter == meter.id])
    found = sorted([*amounts, *_between(points, meter)], key=lambda c: (c.start, c.end))
    for one, other in pairwise(found):
        if other.start <= one.end:
            raise UserError(
                T("Two readings of {meter} claim {day}: {one} and {other}.", meter=meter.name, day=other.start,
                  one=one.amount, other=other.amount),
                T("Delete one of them, or correct its days."),
            )  # fmt: skip
    return found


def _points(states: Sequence[Reading], meter: Meter, exchanges: Sequence[MeterExchange]) -> list[_Point]:
    """Readings and exchanges in the order of time; what was read on the day before an exchange comes before it."""
    events: list[tuple[date, bool, Decimal, Reading | MeterExchange]] = [(r.end, False, r.value, r) for r in states]
    events += [(e.day - _ONE_DAY, True, e.last, e) for e in exchanges]
    counter, found = _Counter(meter, meter.multiplier, meter.digits), []
    for day, _, _, event in sorted(events, key=lambda e: e[:3]):
        if isinstance(event, Reading):
            found.append(_Point(day, counter.read(event.value, day), (event.id,), event.estimated))
            continue
        found.append(_Point(day, counter.read(event.last, day), (event.id,), swap=True))
        counter = _Counter(meter, event.multiplier, event.digits, event.first, day, counter.total)
    return found


def _between(points: Sequence[_Point], meter: Meter) -> Iterator[Consumed]:
    """From reading to reading; an exchange stands only at the ends for itself."""
    stops = [i for i, point in enumerate(points) if not point.swap or i in (0, len(points) - 1)]
    for first, last in pairwise(stops):
        one, other = points[first], points[last]
        amount = _EXACT.subtract(other.total, one.total)
        if one.day == other.day:
            if amount and not other.swap:
                raise UserError(
                    T("Two readings of the counter of {meter} on {day} differ.", meter=meter.name, day=one.day),
                    T("Delete one of them."),
                )
            if not amount:
                continue
        ids = tuple(key for point in points[first : last + 1] for key in point.ids)
        # What ran on the day of an exchange, before it, is all that can follow a reading of the day before.
        start = one.day + _ONE_DAY
        yield Consumed(start, max(start, other.day), amount, one.estimated or other.estimated, ids)


def counter_series(
    states: Series, multiplier: Decimal = Decimal(1), digits: int = 0, highest: Decimal | None = None
) -> Series:
    """What was used in each interval, from the states of a counter at its end.

    Parameters
    ----------
    states
        state at the end of each interval, before the multiplier; NaN where missing
    multiplier
        what one unit of the counter stands for
    digits
        before the decimal point, after which the counter begins at zero; 0: it never does
    highest
        largest plausible mean power [unit/h]; None: not known

    Returns
    -------
    Series
        one interval shorter, for nothing stands before the first state. Missing where either state is missing, so no
        energy is spread over a gap; and where the counter went backwards and that is no roll-over.

    Notes
    -----
    amount = (state - state before + 10^digits if it rolled over) × multiplier, calculated in integers where the states
    are decimals of up to nine places, so that 0.3 - 0.2 is 0.1. A roll-over is believed as by :func:`consumption`.

    Examples
    --------
    >>> counter_series(Series(0, 900, np.array([9.8, 9.9, 0.2])), digits=1).values.tolist()
    [0.1, 0.3]
    """
    if not len(states):
        return states
    known = states.values[~np.isnan(states.values)]
    places = decimals_of(known, _WHOLE)
    scale = 1.0 if places is None else 10.0**places
    shown = states.values if places is None else np.rint(states.values * scale)
    steps = np.diff(shown)
    limit = 10.0**digits * scale
    rolled = steps + limit
    if highest is None:
        believed = 2 * rolled < limit
    else:
        believed = rolled / scale * float(multiplier) <= float(highest) * states.hours
    back = steps < 0
    if digits:
        steps = np.where(back & believed & (shown[:-1] < limit), rolled, steps)
    amounts = _times(np.where(steps < 0, np.nan, steps), multiplier, scale)
    marks = None
    if states.marks is not None:
        marks = (np.maximum(states.marks[1:], states.marks[:-1]) * ~np.isnan(amounts)).astype(np.uint8)
        marks[marks > 0] = ESTIMATED
    return Series(states.start + states.step, states.step, amounts, marks)


def _times(steps: NDArray[np.float64], multiplier: Decimal, scale: float) -> NDArray[np.float64]:
    """Steps times the multiplier by scale, with one rounding at the end where the product is an exact integer."""
    sign, figures, exponent = multiplier.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("the multiplier is no number")
    whole = float(int("".join(map(str, figures))) * (-1 if sign else 1))
    found: NDArray[np.float64] = steps * (whole * 10.0 ** max(exponent, 0)) / (scale * 10.0 ** max(-exponent, 0))
    return found


def backwards(states: Series, counted: Series) -> NDArray[np.int64]:
    """Beginnings of the intervals of :func:`counter_series` that are missing because the counter went backwards.

    Parameters
    ----------
    states, counted
        what it was given, and its answer

    Returns
    -------
    NDArray
        [s since 1970-01-01 UTC]
    """
    there = ~np.isnan(states.values[1:]) & ~np.isnan(states.values[:-1])
    return counted.starts[there & np.isnan(counted.values)]
