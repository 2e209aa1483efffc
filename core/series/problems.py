"""What was noticed in the values of a meter, told place by place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.i18n import Name, T, Text
from core.ledger import Meter
from core.series.metered import is_level
from core.series.series import Series
from core.series.wording import moment

MOST = 50
"""Places that one check tells one by one, the longest; the others it tells together."""
CHECKS: Mapping[str, Text] = {
    "gaps": T("Gaps"),
    "limits": T("Beyond the limits of the meter"),
    "negative": T("Negative amounts"),
    "stuck": T("Stuck values"),
    "slips": T("Jumps by a power of ten"),
    "night_use": T("Consumption at night"),
    "night_generation": T("Generation at night"),
    "children": T("Submeters above their parent"),
    "calibration": T("Calibration of the meter"),
}
"""What the checks are called, in the order in which their problems are told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the values of a meter that a person must look at. It changes nothing by itself."""

    check: str
    """Key of :data:`CHECKS`."""
    severity: str
    """``warning`` or ``info``: nothing here forbids signing, for the inventory does not read these values."""
    meter: str
    """Id of the meter."""
    start: int
    """Beginning of the first interval it is about. [s since 1970-01-01 UTC]"""
    end: int
    """End of the last one. [s since 1970-01-01 UTC]"""
    count: int
    """Intervals it is about."""
    amount: float | None
    """What they hold, or what is too much [unit of the meter]; None for gaps and levels."""
    message: Text
    remedy: Text
    places: int = 1
    """Unbroken stretches it is about; more than one where the many shorter ones are told together."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken stretch of intervals, as a sentence needs it."""

    first: int
    """Place of its first value in the series."""
    last: int
    """The place after its last one."""
    start: int
    end: int
    """[s since 1970-01-01 UTC]"""


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """A meter with its values and the clock of the plant."""

    meter: Meter
    series: Series
    zone: ZoneInfo

    @property
    def level(self) -> bool:
        """Whether its values are levels and not amounts."""
        return is_level(self.meter)

    @property
    def power_unit(self) -> str:
        """Unit of a mean power: ``kW`` for kWh, else the unit per hour; of a level its own."""
        unit = self.meter.unit
        return unit if self.level else unit.removesuffix("h") if unit.endswith("Wh") else f"{unit}/h"

    def when(self, utc: int) -> Name:
        """A moment on the clock of the plant."""
        return moment(utc, self.zone)

    def stretch(self, first: int, last: int) -> Stretch:
        """The stretch from one place to before another."""
        start = self.series.start + first * self.series.step
        return Stretch(first, last, start, start + (last - first) * self.series.step)

    def amount(self, first: int, last: int) -> float | None:
        """Sum of the values from one place to before another; None of levels, or when there is none. [unit]"""
        values = self.series.values[first:last]
        return None if self.level or np.isnan(values).all() else float(np.nansum(values))


def told(
    seen: Examined,
    check: str,
    spans: NDArray[np.int64],
    say: Callable[[Stretch], Text],
    remedy: Text,
    severity: str = "warning",
) -> tuple[Problem, ...]:
    """A problem for each stretch; of very many, for each of the longest, and one for all others together.

    Parameters
    ----------
    seen
        the meter and its values.
    check
        key of :data:`CHECKS`.
    spans
        first place and the place after the last of each stretch; shape (k, 2).
    say
        the sentence about a stretch.
    remedy, severity
        of all of them.

    Returns
    -------
    tuple
        in order of time; the counts make the intervals of all stretches.
    """
    order = np.argsort(spans[:, 0] - spans[:, 1], kind="stable")
    single, rest = np.sort(order[:MOST]), np.sort(order[MOST:])
    found = []
    for first, last in spans[single].tolist():
        one = seen.stretch(first, last)
        amount = seen.amount(first, last)
        found.append(
            Problem(check, severity, seen.meter.id, one.start, one.end, last - first, amount, say(one), remedy)
        )
    if len(rest):
        found.append(_rest(seen, check, spans[rest], remedy, severity))
    return tuple(found)


def _rest(seen: Examined, check: str, spans: NDArray[np.int64], remedy: Text, severity: str) -> Problem:
    whole = seen.stretch(int(spans[0, 0]), int(spans[-1, 1]))
    count = int((spans[:, 1] - spans[:, 0]).sum())
    running = np.concatenate(([0.0], np.cumsum(np.nan_to_num(seen.series.values))))
    amount = None if seen.level or check == "gaps" else float((running[spans[:, 1]] - running[spans[:, 0]]).sum())
    message = T(
        "{places} shorter stretches, {count} intervals together, from {start} to {end}.",
        places=len(spans),
        count=count,
        start=seen.when(whole.start),
        end=seen.when(whole.end),
    )
    return Problem(
        check, severity, seen.meter.id, whole.start, whole.end, count, amount, message, remedy, places=len(spans)
    )
