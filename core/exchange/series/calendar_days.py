"""Values of whole days and months. They are readings, not interval data: a local day may have 23 or 25 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from core.exchange.series.raw import Piece
from core.exchange.series.stamps import DAY
from core.series.zones import day_of, month_day, month_number


@dataclass(frozen=True, slots=True)
class Daily:
    """A value of some whole days."""

    start: date
    """First local day."""
    end: date
    """Last local day, included; of a counter the day at whose end it stood so."""
    value: float
    estimated: bool
    row: int


def days_of(
    piece: Piece, local: NDArray[np.int64], *, counter: bool, ends: bool, step: int, timed: bool, monthly: bool
) -> tuple[Daily, ...] | None:
    """Values of days or months, or None when the rows are of shorter intervals.

    Parameters
    ----------
    piece
        rising, each moment once.
    local
        its moments on the clock of the plant. [s since 1970-01-01]
    counter
        whether values are states of a counter.
    ends
        whether a moment is the end of its interval.
    step
        what the mapping says; 0: nothing [s]
    timed
        whether the file names times of day; a date alone is the day itself.
    monthly
        whether it names months.
    """
    distances = np.diff(local)
    clock = int(local[0]) % DAY
    if step not in (0, DAY) or (local % DAY != clock).any() or (distances < DAY).any():
        return None
    # Days of gas begin in the morning; single values at some hour are no days.
    if clock and (counter or not (distances == DAY).any()):
        return None
    if timed and not distances.size and not step:
        return None
    days = local // DAY - (timed and (ends or counter))
    by_month = monthly or (
        not clock and len(days) > 1 and _first_days(local // DAY) and int(distances.min()) >= 28 * DAY
    )
    spans = [_month(day) if by_month else (day_of(day),) * 2 for day in days.tolist()]
    marks = np.zeros(len(days), np.bool_) if piece.estimated is None else piece.estimated
    return tuple(
        Daily(last if counter else first, last, value, estimated, row)
        for (first, last), value, estimated, row in zip(
            spans, piece.values.tolist(), marks.tolist(), piece.rows.tolist(), strict=True
        )
    )


def _first_days(days: NDArray[np.int64]) -> bool:
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return bool((months == days).all())


def _month(day: int) -> tuple[date, date]:
    """First and last day of the month of a day."""
    number = month_number(day_of(day))
    return month_day(number), month_day(number + 1) - timedelta(days=1)
