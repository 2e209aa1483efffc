"""Values on the line of time, whatever their steps: what blocks are taken apart into and put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.codec import LARGEST
from core.series.series import Series
from core.series.wording import figure, moment
from core.series.zones import DAY, local_date, month_edges, month_number

Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """Values that are there, in the order of time and without overlap. All arrays have the same length."""

    month: Ints
    """Local month in which each slot begins, counted from January of the year 0. [months]"""
    start: Ints
    """[s since 1970-01-01 UTC]"""
    step: Ints
    """[s]"""
    value: NDArray[np.float64]
    mark: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def end(self) -> Ints:
        return self.start + self.step

    def where(self, chosen: Mask | Ints | slice) -> Slots:
        """Some of them."""
        return Slots(self.month[chosen], self.start[chosen], self.step[chosen], self.value[chosen], self.mark[chosen])

    def in_order(self) -> Slots:
        """By their beginnings; of equal ones the first stays first."""
        if (self.start[:-1] <= self.start[1:]).all():
            return self
        return self.where(np.argsort(self.start, kind="stable"))

    @property
    def apart(self) -> bool:
        """Whether none overlaps the next; they are in order."""
        return bool((self.end[:-1] <= self.start[1:]).all())


def together(parts: Sequence[Slots]) -> Slots:
    """One after the other, not sorted."""
    return Slots(
        np.concatenate([np.zeros(0, np.int64), *(p.month for p in parts)]),
        np.concatenate([np.zeros(0, np.int64), *(p.start for p in parts)]),
        np.concatenate([np.zeros(0, np.int64), *(p.step for p in parts)]),
        np.concatenate([np.zeros(0, np.float64), *(p.value for p in parts)]),
        np.concatenate([np.zeros(0, np.uint8), *(p.mark for p in parts)]),
    )


def slots_of(series: Series, zone: ZoneInfo) -> Slots:
    """The values of a series that are there, each in its local month.

    Raises
    ------
    UserError
        for steps that divide no day, years far away, and values that no meter can show.
    """
    _check(series, zone)
    at = np.flatnonzero(~np.isnan(series.values))
    start = series.start + series.step * at
    mark = np.zeros(len(at), np.uint8) if series.marks is None else series.marks[at]
    step = np.full(len(at), series.step, np.int64)
    return Slots(months_of(start, zone), start, step, series.values[at].astype(np.float64), mark.astype(np.uint8))


def months_of(start: Ints, zone: ZoneInfo) -> Ints:
    """The local month of each moment; moments are in order."""
    if not len(start):
        return np.zeros(0, np.int64)
    first, last = (month_number(local_date(int(start[i]), zone)) for i in (0, -1))
    _, edges = month_edges(first, last, zone)
    return first + np.clip(np.searchsorted(edges, start, side="right") - 1, 0, last - first)


def _check(series: Series, zone: ZoneInfo) -> None:
    if series.step < 1 or DAY % series.step:
        raise UserError(
            T("Steps of {step} s do not divide a day.", step=series.step),
            T("Interval data come in equal steps of at most a day, e.g. 900 s."),
        )
    if not 0 <= series.start <= series.end < 2**33 - DAY:
        raise UserError(T("Interval data begin before 1970 or end after 2200."), T("Check the dates."))
    if series.marks is not None and (len(series.marks) != len(series.values) or (series.marks > 1).any()):
        raise ValueError("marks do not fit the values")
    wrong = np.flatnonzero(np.abs(series.values) > LARGEST)
    if len(wrong):
        at = int(wrong[0])
        value = series.values[at]
        shown = figure(float(value)) if np.isfinite(value) else str(value)
        raise UserError(
            T("At {moment} the value is {value}, which no meter shows.",
              moment=moment(series.start + series.step * at, zone), value=shown),
            T("Correct the file."),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """Old and new values in one, and what became of the new."""

    slots: Slots
    months: frozenset[int]
    """In which something is another than before."""
    added: int
    same: int
    changed: int
    conflicts: int
    """New values that differ from the old and were not taken."""


def join(old: Slots, new: Slots, zone: ZoneInfo, *, overwrite: bool) -> Joined:
    """Put new values among the old ones.

    Parameters
    ----------
    old, new
        each without overlap in itself
    zone
        for the moments in the error
    overwrite
        whether a new value replaces an old one that differs, and new steps the old ones that they overlap

    Raises
    ------
    UserError
        when slots of other steps overlap and ``overwrite`` is off.
    """
    at, hit = _matches(old, new)
    first = np.searchsorted(old.end, new.start, side="right")
    after = np.searchsorted(old.start, new.end, side="left")
    across = ~hit & (after > first)
    if across.any() and not overwrite:
        raise _other_steps(old, new.where(across), int(old.step[first[across][0]]), zone)
    equal = hit.copy()
    equal[hit] = (old.value[at[hit]] == new.value[hit]) & (old.mark[at[hit]] == new.mark[hit])
    differs = hit & ~equal
    value, mark = old.value.copy(), old.mark.copy()
    if overwrite:
        value[at[differs]], mark[at[differs]] = new.value[differs], new.mark[differs]
    gone = _covered(len(old), first[across], after[across])
    kept = Slots(old.month, old.start, old.step, value, mark).where(~gone)
    months = [new.month[~hit], old.month[gone], *([old.month[at[differs]]] if overwrite else [])]
    replaced, other = int(np.count_nonzero(across)), int(np.count_nonzero(differs))
    return Joined(
        together([kept, new.where(~hit)]).in_order(),
        frozenset(np.unique(np.concatenate(months)).tolist()),
        added=int(np.count_nonzero(~hit)) - replaced,
        same=int(np.count_nonzero(equal)),
        changed=replaced + (other if overwrite else 0),
        conflicts=0 if overwrite else other,
    )


def _matches(old: Slots, new: Slots) -> tuple[Ints, Mask]:
    """For each new slot the place of the old one that is the same stretch of time, and whether there is one."""
    at = np.searchsorted(old.start, new.start).astype(np.int64)
    if not len(old):
        return at, np.zeros(len(new), np.bool_)
    inside = np.minimum(at, len(old) - 1)
    return inside, (old.start[inside] == new.start) & (old.step[inside] == new.step)


def _covered(count: int, first: Ints, after: Ints) -> Mask:
    """Which of ``count`` places lie in one of the ranges."""
    edges = np.zeros(count + 1, np.int64)
    np.add.at(edges, first, 1)
    np.add.at(edges, after, -1)
    return np.cumsum(edges)[:count] > 0


def _other_steps(old: Slots, across: Slots, step: int, zone: ZoneInfo) -> UserError:
    first, last = moment(int(across.start[0]), zone), moment(int(across.end[-1]), zone)
    remedy = T("Import values in the same steps, or choose to replace what is there.")
    if step == int(across.step[0]):
        return UserError(
            T("From {first} to {last} there are values already whose steps of {step} s begin at other moments.",
              first=first, last=last, step=step),
            remedy,
        )  # fmt: skip
    return UserError(
        T("From {first} to {last} there are values in steps of {old} s already; the new ones have steps of {new} s.",
          first=first, last=last, old=step, new=int(across.step[0])),
        remedy,
    )  # fmt: skip
