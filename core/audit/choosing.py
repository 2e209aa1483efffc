"""How records are chosen from a frame: pure, and equal on any machine.

Tonnes have nine decimals, so a tonne is 10⁹ units and every choice is made in whole numbers: nothing depends on
rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from heapq import heapify, heappop, heappush

from core.audit.frame import Frame, FrameItem
from core.audit.seeded import Seeded
from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods import exact_sum

ALL, MONETARY_UNIT, STRATIFIED, RANDOM, JUDGEMENT = "all", "monetary_unit", "stratified", "random", "judgement"
BY_SOURCE, BY_SIZE = "source", "size"
NEYMAN, PROPORTIONAL = "neyman", "proportional"
CLASSES = 3
"""Classes of size; each holds about the same tonnes, the largest records first."""
UNITS = 9
"""Decimals of a tonne."""


def drawn(
    frame: Frame,
    method: str,
    size: int,
    seed: str,
    *,
    levels: Mapping[str, int] | None = None,
    strata: str = BY_SOURCE,
    allocation: str = NEYMAN,
    earlier: Sequence[str] = (),
) -> tuple[str, ...]:
    """Ids of the records that a seed draws, in the order of drawing.

    Parameters
    ----------
    frame
        what is drawn from.
    method
        ``all``, ``monetary_unit``, ``stratified`` or ``random``.
    size
        how many; follows from the levels where they are given. [1]
    seed
        any text; the same text draws the same.
    levels
        share of the records of each source, see :func:`by_level`; None: by size. [%]
    strata, allocation
        of a stratified sample, see :func:`strata_of` and :func:`allocated`.
    earlier
        what was drawn before and is widened; it comes first and stays.

    Returns
    -------
    tuple of str
        ids; by tonnes a record may be drawn several times, and then stands several times.

    Raises
    ------
    UserError
        when the frame cannot give so many.
    """
    if method == ALL:
        return tuple(item.activity for item in frame.items)
    if method == MONETARY_UNIT:
        return by_tonnes(frame, size, seed)
    if method == STRATIFIED:
        return _by_strata(frame, size, seed, strata, allocation)
    if levels is not None:
        return by_level(frame, levels, seed, earlier)
    _check(size, len(frame.items))
    return tuple(Seeded(seed, "random").shuffled([item.activity for item in frame.items])[:size])


def by_tonnes(frame: Frame, size: int, seed: str) -> tuple[str, ...]:
    """Systematic choice of tonnes with a start of chance.

    Parameters
    ----------
    frame
        whose items lie one behind the other, each as long as its tonnes.
    size
        how many points are set. [1]
    seed
        gives the start.

    Returns
    -------
    tuple of str
        the record under each point, in the order of the frame.

    Notes
    -----
    With B units of 10⁻⁹ t in the frame and a start r from 0 to B - 1, point k = 0 … n - 1 lies at ``(r + k B) / n``:
    one in each interval J = B / n. A record of J or more is always drawn; one of t < J with the probability t / J. The
    order by source and month spreads the points over both. AICPA Audit Guide Audit Sampling (2017), ch. 6.

    Raises
    ------
    UserError
        when nothing weighs anything.
    """
    units = [(item.activity, int(item.tonnes.scaleb(UNITS, context=EXACT))) for item in frame.items]
    whole = sum(weight for _, weight in units)
    if not whole:
        raise UserError(
            T("None of these records weighs anything, so none can be drawn by tonnes."), T("Draw at random instead.")
        )
    start = Seeded(seed, "start").below(whole)
    result: list[str] = []
    reached = 0
    for key, weight in units:
        reached += weight
        while len(result) < size and start + len(result) * whole < size * reached:
            result.append(key)
    return tuple(result)


def by_level(frame: Frame, levels: Mapping[str, int], seed: str, earlier: Sequence[str] = ()) -> tuple[str, ...]:
    """A share of the records of each source, rounded up; each source has an order of chance of its own.

    As long as the frame is the same, a higher level keeps what a lower one drew, for it takes more of the same order.

    Parameters
    ----------
    frame
        what is drawn from.
    levels
        share of each source; nothing is drawn from one that is not named. [%]
    seed
        gives the orders.
    earlier
        what was drawn before, and stays although the frame may be another one by now.
    """
    result: list[str] = []
    for source, items in frame.by_source.items():
        order = Seeded(seed, source).shuffled([item.activity for item in items])
        known = set(order)
        kept = [key for key in dict.fromkeys(earlier) if key in known]
        count = max(level_size(len(items), levels.get(source, 0)), len(kept))
        rest = [key for key in order if key not in kept]
        result += [*kept, *rest[: count - len(kept)]]
    return tuple(result)


def level_size(count: int, level: int) -> int:
    """So many records are that share of them, rounded up.

    Parameters
    ----------
    count
        records of a source. [1]
    level
        share. [%]

    Examples
    --------
    >>> [level_size(12, level) for level in (30, 50, 80, 100)]
    [4, 6, 10, 12]
    """
    return -(-count * level // 100)


# ---------------------------------------------------------------------- strata


def strata_of(frame: Frame, strata: str) -> dict[str, tuple[FrameItem, ...]]:
    """The strata of a frame by name.

    Parameters
    ----------
    frame
        what is drawn from.
    strata
        ``source``: one for each emission source; ``size``: three classes ``1`` to ``3``, the largest records first,
        which hold about a third of the tonnes each. That choice is ours.
    """
    if strata == BY_SOURCE:
        return frame.by_source
    whole, before = frame.tonnes, Decimal(0)
    filed: dict[str, list[FrameItem]] = {}
    for item in sorted(frame.items, key=lambda one: -one.tonnes):
        place = int(EXACT.divide(EXACT.multiply(before, Decimal(CLASSES)), whole)) if whole else 0
        filed.setdefault(str(min(place, CLASSES - 1) + 1), []).append(item)
        before = EXACT.add(before, item.tonnes)
    return {name: tuple(own) for name, own in filed.items()}


def allocated(size: int, counts: Sequence[int], weights: Sequence[Decimal]) -> tuple[int, ...]:
    """How many of a sample come from each stratum.

    Parameters
    ----------
    size
        of the whole sample. [1]
    counts
        records in each stratum. [1]
    weights
        in proportion to which the sample is shared out: N S with the records N of a stratum and the standard deviation
        S of their tonnes (Neyman, 1934), or N (proportional). Strata that weigh nothing are filled last, by N.

    Returns
    -------
    tuple of int
        at least 1 and at most all of each stratum; their sum is the size.

    Notes
    -----
    Each stratum begins with 1; the next record goes to the largest ``w² / (n (n + 1))`` among those that are not full.
    Wright, The Equivalence of Neyman Optimum Allocation for Sampling and Equal Proportions for Apportioning the U.S.
    House of Representatives, The American Statistician 66 (2012): no other allocation in whole numbers has a smaller
    variance.

    Raises
    ------
    UserError
        when there are fewer to draw than strata, or more than records.

    Examples
    --------
    >>> allocated(10, (500, 300, 200), (Decimal(500), Decimal(1500), Decimal(1000)))
    (2, 5, 3)
    """
    if size < len(counts):
        raise UserError(
            T("A sample of {size} cannot be shared among strata: {count}.", size=size, count=len(counts)),
            T("Draw at least one record of each, or use classes of size as strata."),
        )
    _check(size, sum(counts))
    result = [1] * len(counts)

    def claim(place: int) -> tuple[Decimal, Decimal, int]:
        """The smallest one has the first right; ties go to the first stratum."""
        served = Decimal(-result[place] * (result[place] + 1))
        weight, count = (EXACT.multiply(value, value) for value in (weights[place], Decimal(counts[place])))
        return EXACT.divide(weight, served), EXACT.divide(count, served), place

    waiting = [claim(place) for place, count in enumerate(counts) if count > 1]
    heapify(waiting)
    for _one in range(size - len(counts)):
        place = heappop(waiting)[2]
        result[place] += 1
        if result[place] < counts[place]:
            heappush(waiting, claim(place))
    return tuple(result)


def weights_of(strata: Sequence[Sequence[FrameItem]], allocation: str) -> tuple[Decimal, ...]:
    """By what strata share a sample: N S (``neyman``) or N (``proportional``)."""
    counts = [Decimal(len(own)) for own in strata]
    if allocation == PROPORTIONAL:
        return tuple(counts)
    return tuple(EXACT.multiply(count, deviation(own)) for count, own in zip(counts, strata, strict=True))


def deviation(items: Sequence[FrameItem]) -> Decimal:
    """Standard deviation of the tonnes of some records; zero of one. [t CO2e]"""
    if len(items) < 2:
        return Decimal(0)
    mean = EXACT.divide(exact_sum(item.tonnes for item in items), Decimal(len(items)))
    gaps = [EXACT.subtract(item.tonnes, mean) for item in items]
    squares = exact_sum(EXACT.multiply(gap, gap) for gap in gaps)
    return EXACT.sqrt(EXACT.divide(squares, Decimal(len(items) - 1)))


def _by_strata(frame: Frame, size: int, seed: str, strata: str, allocation: str) -> tuple[str, ...]:
    filed = strata_of(frame, strata)
    counts = allocated(size, [len(own) for own in filed.values()], weights_of(tuple(filed.values()), allocation))
    result: list[str] = []
    for (name, own), count in zip(filed.items(), counts, strict=True):
        result += Seeded(seed, f"stratum {name}").shuffled([item.activity for item in own])[:count]
    return tuple(result)


def _check(size: int, count: int) -> None:
    if size > count:
        raise UserError(
            T("A sample of {size} cannot be drawn from a frame of {count}.", size=size, count=count),
            T("Draw fewer, or test all records."),
        )
