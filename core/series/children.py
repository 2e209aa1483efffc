"""Submeters cannot count more than the meter before them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.i18n import Name, T, show_month
from core.ledger import Meter
from core.series.clock import Floats
from core.series.problems import Examined, Problem
from core.series.series import Series
from core.series.wording import figure
from core.series.zones import local_date, local_parts

UNKNOWN = 0.02
"""Error of a meter whose class is not known: the weakest class that is sold for billing. [1]"""
THERMAL = 0.05
"""Error of a heat meter, whose class is that of its flow sensor alone (EN 1434-1:2022, 9). [1]"""
TRANSFORMERS = 0.005
"""Error that instrument transformers of class 0.5 add (IEC 61869-2, -3). [1]"""
LETTERS = {"A": 0.02, "B": 0.01, "C": 0.005, "D": 0.002, "E": 0.001}
"""Of electricity meters whose class is a letter (EN 50470-3:2022: A to C; GB/T 17215.321-2021: A to E). [1]"""
_NUMBER = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*[Ss]?")


def tolerance(meter: Meter) -> float:
    """Largest relative error that the class of a meter allows.

    Returns
    -------
    float
        [1]; with transformers 0.5 % more, of heat and cooling 5 %, of an unknown class 2 %.

    Notes
    -----
    The class of a static meter is its limit of error in % (IEC 62053-21, -22).

    Examples
    --------
    >>> tolerance(Meter("m", "Main", "electricity", "import", "kWh", accuracy="0.5S"))
    0.005
    """
    if meter.medium in ("heat", "cooling"):
        return THERMAL
    text = meter.accuracy.strip()
    number = _NUMBER.fullmatch(text)
    if number is not None:
        own = float(number[1].replace(",", ".")) / 100
    else:
        own = LETTERS.get(text.upper(), UNKNOWN) if meter.medium == "electricity" else UNKNOWN
    return own + (TRANSFORMERS if meter.multiplier != 1 else 0.0)


def children_above(seen: Examined, children: Mapping[str, Series], meters: Mapping[str, Meter]) -> tuple[Problem, ...]:
    """Months in which the submeters together counted more than the meter before them.

    Parameters
    ----------
    seen
        the meter before them, and its values.
    children
        values of its submeters by id, all amounts.
    meters
        records of the submeters by id; without one, unit and class are taken to be those of an unknown meter.

    Returns
    -------
    tuple
        a problem for each local month with the excess as its amount; and a note for each submeter in another unit.

    Notes
    -----
    Found when Σ C - P > e_P |P| + Σ e_C |C|, with the limits of error e of :func:`tolerance`. Only intervals count of
    which the parent has all values. A value that a submeter lacks counts as nothing, so the sum is no larger than the
    truth. The rest, P - Σ C, is what no submeter counts; it is no problem.
    """
    if seen.level:
        return ()
    alike = {key: one for key, one in children.items() if _alike(seen.meter, meters.get(key))}
    notes = [_other_unit(seen, meters[key]) for key in children if key not in alike]
    found = _excesses(seen, alike, meters) if alike and len(seen.series) else []
    return (*found, *notes)


def _alike(parent: Meter, child: Meter | None) -> bool:
    return child is None or (child.unit, child.medium) == (parent.unit, parent.medium)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Steps in which series of different steps and beginnings compare."""

    start: int
    """[s since 1970-01-01 UTC]"""
    step: int
    """[s]"""
    count: int

    @property
    def starts(self) -> NDArray[np.int64]:
        return self.start + self.step * np.arange(self.count, dtype=np.int64)

    def sums(self, series: Series) -> Floats:
        """Sum of each step; NaN where a value is missing."""
        number = (series.starts - self.start) // self.step
        inside = (number >= 0) & (number < self.count) & ~np.isnan(series.values)
        number, values = number[inside], series.values[inside]
        present = np.bincount(number, minlength=self.count)
        sums = np.bincount(number, values, self.count).astype(np.float64)
        sums[present < self.step // series.step] = np.nan
        return sums


def _grid(parent: Series, children: Iterable[Series]) -> _Grid:
    """As long as the parent, in steps that hold whole intervals of all, beginning where the longest intervals do."""
    everyone = (parent, *children)
    step = math.lcm(*(one.step for one in everyone))
    longest = max(everyone, key=lambda one: one.step)
    start = parent.start - (parent.start - longest.start) % step
    return _Grid(start, step, -((start - parent.end) // step))


def _excesses(seen: Examined, children: Mapping[str, Series], meters: Mapping[str, Meter]) -> list[Problem]:
    grid = _grid(seen.series, children.values())
    parent = grid.sums(seen.series)
    there = ~np.isnan(parent)
    days, _ = local_parts(grid.starts, seen.zone)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    month = months - months[0]
    own = np.bincount(month, np.where(there, parent, 0.0))
    below, allowed = np.zeros_like(own), tolerance(seen.meter) * np.abs(own)
    for key, one in children.items():
        amount = np.bincount(month, np.where(there, np.nan_to_num(grid.sums(one)), 0.0))
        below += amount
        allowed += (tolerance(meters[key]) if key in meters else UNKNOWN) * np.abs(amount)
    found = []
    for number in np.flatnonzero(below - own > allowed).tolist():
        places = np.flatnonzero(there & (month == number))
        span = (int(grid.starts[places[0]]), int(grid.starts[places[-1]]) + grid.step)
        sums = (float(own[number]), float(below[number]), float(allowed[number]))
        found.append(_excess(seen, span, len(places) * (grid.step // seen.series.step), sums, len(children)))
    return found


def _excess(
    seen: Examined, span: tuple[int, int], count: int, sums: tuple[float, float, float], children: int
) -> Problem:
    own, below, allowed = sums
    month = local_date(span[0], seen.zone)
    message = T(
        "{month}: {children} submeters counted {below} {unit} and the meter before them {own} {unit}; their classes "
        "allow a difference of {allowed} {unit}.",
        month=Name(show_month(month, "en"), show_month(month, "zh")),
        children=children,
        below=figure(below, 7),
        own=figure(own, 7),
        allowed=figure(allowed, 3),
        unit=seen.meter.unit,
    )
    remedy = T(
        "Check multipliers and parents; generation between the meters belongs to neither and explains an excess."
    )
    return Problem("children", "warning", seen.meter.id, *span, count, below - own, message, remedy)


def _other_unit(seen: Examined, child: Meter) -> Problem:
    message = T("The submeter {name} counts in {unit} and cannot be compared.", name=child.name, unit=child.unit)
    remedy = T("Give it the medium and the unit of the meter before it, or another parent.")
    return Problem("children", "info", seen.meter.id, seen.series.start, seen.series.end, 0, None, message, remedy)
