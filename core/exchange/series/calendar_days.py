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
    piece: Piece, local: NDArray[np.int64], label: str, step: int, timed: bool, monthly: bool
) -> tuple[Daily, ...] | None:
    """Values of days or months, or None when the rows are of shorter intervals.

    Parameters
    ----------
    piece
        rising, each moment once.
    local
        its moments on the clock of the plant. [s since 1970-01-01]
    label
        whether a moment is the beginning or the end of its interval; of a counter ``instant``.
    step
        what the mapping says; 0: nothing [s]
    timed
        whether the file names times of day; a date alone is the day itself.
    monthly
        whether it names months.
    """
    distances = np.diff(local)
    midnights = not (local % DAY).any()
    if not midnights or step not in (0, DAY) or (len(local) and distances.size and int(distances.min()) < DAY):
        return None
    if timed and not distances.size and not step:
        return None
    days = local // DAY
    if timed and label != "left" and (label == "right" or not monthly):
        days = days - 1
    by_month = monthly or (len(days) > 1 and _first_days(local // DAY) and int(distances.min()) >= 28 * DAY)
    spans = [_month(day, ends=timed and label == "right") if by_month else (day_of(day),) * 2 for day in days.tolist()]
    if label == "instant":
        spans = [(last, last) for _, last in spans] if not by_month or not timed else [(day_of(d),) * 2 for d in days]
    marks = np.zeros(len(days), np.bool_) if piece.estimated is None else piece.estimated
    return tuple(
        Daily(first, last, value, estimated, row)
        for (first, last), value, estimated, row in zip(
            spans, piece.values.tolist(), marks.tolist(), piece.rows.tolist(), strict=True
        )
    )


def _first_days(days: NDArray[np.int64]) -> bool:
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return bool((months == days).all())


def _month(day: int, *, ends: bool) -> tuple[date, date]:
    """The month of a day; ``ends``: the day before its end was given."""
    within = day_of(day)
    first = month_day(month_number(within))
    return first, month_day(month_number(within) + 1) - timedelta(days=1)
