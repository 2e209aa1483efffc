"""What a plant's meters counted: the interval data of a ledger, read when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.ledger import IntervalData, Ledger, Meter
from core.series.index import Index, read
from core.series.keep import Blob
from core.series.media import MEDIA
from core.series.read import MonthSum, monthly, series_of
from core.series.series import ESTIMATED, Series
from core.series.zones import begin_of, zone_of


@dataclass(frozen=True)
class Metered:
    """The interval data of a ledger. Blocks come through a function, so it works on any thread."""

    ledger: Ledger
    blob: Blob
    """Bytes of a blob by its SHA-256, verified."""
    _indexes: dict[str, Index] = field(default_factory=dict)
    """Read ones by their hash; they never change."""

    def after(self, ledger: Ledger) -> Metered:
        """The same of a later ledger; what was read stays read."""
        return Metered(ledger, self.blob, self._indexes)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Of the plant.

        Raises
        ------
        UserError
            when the plant does not say which of several it lives by.
        """
        return zone_of(self.ledger.plant)

    @property
    def meters(self) -> tuple[Meter, ...]:
        return self.ledger.held(Meter)

    def meter(self, key: str) -> Meter | None:
        """A meter by its id."""
        found = self.ledger.get("meter", key)
        return found if isinstance(found, Meter) else None

    def kept(self, key: str) -> IntervalData | None:
        """What is kept of a meter in intervals."""
        found = self.ledger.get("intervals", key)
        return found if isinstance(found, IntervalData) else None

    def index(self, key: str) -> Index | None:
        """Where its blocks are; None when it has none."""
        kept = self.kept(key)
        if kept is None:
            return None
        if kept.sha256 not in self._indexes:
            self._indexes[kept.sha256] = read(self.blob(kept.sha256))
        return self._indexes[kept.sha256]

    def series(
        self, key: str, first: date | None = None, last: date | None = None, step: int | None = None
    ) -> Series | None:
        """Its values from the first to the last local day, all without them.

        Parameters
        ----------
        key
            id of the meter.
        first, last
            local days, both included.
        step
            coarser steps to add up to, or to take the mean in; None: as kept. [s]
        """
        index, meter = self.index(key), self.meter(key)
        if index is None or meter is None or not len(index):
            return None
        start = index.start if first is None else begin_of(first, self.zone)
        end = index.end if last is None else begin_of(date.fromordinal(last.toordinal() + 1), self.zone)
        return series_of(index, self.blob, start, end, step, level=is_level(meter))

    def monthly(self, key: str, first: date, last: date) -> list[MonthSum]:
        """Its local months from that of ``first`` to that of ``last``; empty when it has no intervals."""
        index = self.index(key)
        return [] if index is None else monthly(index, self.blob, self.zone, first, last)

    def together(
        self, keys: Iterable[str], first: date | None = None, last: date | None = None, step: int | None = None
    ) -> Series | None:
        """The sum of several meters in their coarsest step, over the time of which any knows something; where one has
        no value the sum has none."""
        parts = [one for key in keys if (one := self.series(key, first, last, step)) is not None]
        if not parts:
            return None
        widest = max(part.step for part in parts)
        if any(part.step != widest for part in parts):
            return self.together(keys, first, last, widest)
        return added(parts)


def is_level(meter: Meter) -> bool:
    """Whether its values are levels, of which a mean is taken."""
    return meter.medium in MEDIA and MEDIA[meter.medium].level


def added(parts: list[Series]) -> Series:
    """The sum of series in equal steps; where one has no value the sum has none, and one estimate makes an estimate.

    Raises
    ------
    UserError
        when their intervals do not begin together.
    """
    step = parts[0].step
    if len({part.start % step for part in parts}) > 1:
        raise UserError(
            T("The intervals of these meters do not begin at the same time."),
            T("Look at them one by one, or choose a longer step."),
        )
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    count = (end - start) // step
    values, marks = np.zeros(count), np.zeros(count, dtype=np.uint8)
    for part in parts:
        whole = np.full(count, np.nan)
        at = slice((part.start - start) // step, (part.end - start) // step)
        whole[at] = part.values
        values += whole
        if part.marks is not None:
            marks[at] = np.maximum(marks[at], part.marks)
    return Series(start, step, values, marks if (marks == ESTIMATED).any() else None)
