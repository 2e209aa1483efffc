"""Days on which people work, and the kinds of days that are looked at apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.i18n import T, Text
from core.series.zones import day_of

Kinds = Literal["all", "working", "weekday"]

_TITLES: dict[Kinds, tuple[Text, ...]] = {
    "all": (T("All days"),),
    "working": (T("Working days"), T("Days off")),
    "weekday": (
        T("Monday"),
        T("Tuesday"),
        T("Wednesday"),
        T("Thursday"),
        T("Friday"),
        T("Saturday"),
        T("Sunday"),
    ),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the plant works. Without anything said, from Monday to Friday."""

    weekend: frozenset[int] = frozenset({5, 6})
    """Days of the week off, 0 for Monday."""
    holidays: frozenset[date] = frozenset()
    """Days off on other days of the week."""
    worked: frozenset[date] = frozenset()
    """Days of the weekend that were worked, as around the holidays in China."""

    def working(self, days: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each day is a working day.

        Parameters
        ----------
        days
            days since 1970-01-01, any shape.

        Examples
        --------
        >>> Calendar().working(np.array([0, 1, 2])).tolist()
        [True, True, False]
        """
        free = np.isin(weekday(days), sorted(self.weekend))
        free |= np.isin(days, _numbers(self.holidays))
        return ~free | np.isin(days, _numbers(self.worked))


def weekday(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Day of the week, 0 for Monday, of days since 1970-01-01, which was a Thursday."""
    return (days + 3) % 7


def titles(kinds: Kinds) -> tuple[Text, ...]:
    """What the kinds of days are called, in the order of :func:`kind_of`."""
    return _TITLES[kinds]


def kind_of(days: NDArray[np.int64], kinds: Kinds, calendar: Calendar) -> NDArray[np.int64]:
    """Number of the kind that each day belongs to.

    Parameters
    ----------
    days
        days since 1970-01-01, any shape.
    kinds
        ``all``: one kind; ``working``: 0 for working days, 1 for days off; ``weekday``: 0 for Monday.
    calendar
        which days are worked.
    """
    if kinds == "weekday":
        return weekday(days)
    if kinds == "working":
        return (~calendar.working(days)).astype(np.int64)
    return np.zeros_like(days)


def _numbers(days: Iterable[date]) -> list[int]:
    return sorted((day - day_of(0)).days for day in days)
