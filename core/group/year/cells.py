"""Whole-number sums over the packed lines of many reports: what a consolidated year is made of.

A cell is what one report says of one scope, category, gas, month and source. Amounts are billionths of a tonne and
never pass through binary fractions, so sums are exact and alike on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.group.packed import Packed
from core.i18n import T
from core.library import EXACT

AT_ONCE = 64
"""Reports whose lines are added up together: enough to be fast, few enough to stay small."""
TYPES = {"report": "<i4", "scope": "u1", "category": "u1", "gas": "u1", "month": "<i2", "source": "<u2",
         "transfer": "<u2", "amount": "<i8"}  # fmt: skip
"""``month`` counts from the year 0; ``transfer`` is 0 for what is reported, n for what transfer n takes away."""
PARTS = 1_000_000_000
LIMB = 22
"""Bits of the pieces in which amounts are added up: sums of up to 2³¹ of them are exact as binary fractions too."""
FEW = 2**20
"""Keys up to which one place for each is kept."""
LIMIT = 2**63 - 1
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Columns of equal length, by name as in ``TYPES``."""

    columns: dict[str, NDArray[np.generic]]

    @property
    def amounts(self) -> Ints:
        """Billionths of a tonne CO2e."""
        return self.columns["amount"]  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self.amounts)

    def where(self, mask: NDArray[np.bool_]) -> Cells:
        """Some of them."""
        return Cells({name: column[mask] for name, column in self.columns.items()})

    def with_(self, **columns: NDArray[np.generic]) -> Cells:
        """The same with other values in some columns."""
        changed = {name: column.astype(TYPES[name], copy=False) for name, column in columns.items()}
        return Cells({**self.columns, **changed})


def joined(parts: Sequence[Cells]) -> Cells:
    """One after the other."""
    return Cells({
        name: np.concatenate([np.zeros(0, kind), *(part.columns[name] for part in parts)])
        for name, kind in TYPES.items()
    })  # fmt: skip


def gather(packs: Iterable[Packed]) -> Cells:
    """The cells of reports, as they come; no more than a few reports are looked at together.

    Parameters
    ----------
    packs
        packed lines; the column ``report`` counts them.

    Raises
    ------
    UserError
        when a cell is larger than anything a plant can emit.
    """
    done, parts, coming = 0, [], iter(packs)
    while some := tuple(islice(coming, AT_ONCE)):
        parts.append(_cells(some, done))
        done += len(some)
    return joined(parts)


def _cells(packs: Sequence[Packed], first: int) -> Cells:
    """Rows of a report are sorted, so a cell is a run of equal rows and its sum one pass."""
    names = ("scope", "category", "gas", "month", "source")
    rows = {name: np.concatenate([pack.columns[name] for pack in packs]) for name in (*names, "amount")}
    lengths = np.array([len(pack) for pack in packs], dtype=np.int64)
    total = int(lengths.sum())
    if not total:
        return joined(())
    new = np.zeros(total, dtype=np.bool_)
    ends = np.cumsum(lengths)
    new[(ends - lengths)[lengths > 0]] = True
    for name in names:
        new[1:] |= rows[name][1:] != rows[name][:-1]
    starts = np.flatnonzero(new)
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    begins = np.array([year * 12 + month - 1 for year, month in (pack.first for pack in packs)], dtype=TYPES["month"])
    columns: dict[str, NDArray[np.generic]] = {name: rows[name][starts] for name in names}
    columns |= {
        "report": np.repeat(np.arange(first, first + len(packs), dtype=TYPES["report"]), counts),
        "month": np.repeat(begins, counts) + columns["month"].astype(TYPES["month"]),
        "transfer": np.zeros(len(starts), TYPES["transfer"]),
        "amount": _runs(rows["amount"], starts),
    }
    return Cells(columns)


def _runs(amounts: Ints, starts: Ints) -> Ints:
    """Sums of runs; refused where 64 bits might not hold one."""
    longest = int(np.diff(starts, append=len(amounts)).max())
    largest = max(int(amounts.max()), -int(amounts.min()))
    if longest * largest > LIMIT and any(abs(value) > LIMIT for value in _wide(amounts, starts)):
        raise UserError(T("The lines of a report add up to more than anything a plant can emit."))
    return np.add.reduceat(amounts, starts)


def _wide(amounts: Ints, starts: Ints) -> list[int]:
    """Sums of runs as integers of any size: the upper and the lower halves of the numbers apart."""
    upper, lower = np.add.reduceat(amounts >> 32, starts), np.add.reduceat(amounts & 0xFFFF_FFFF, starts)
    return [(int(high) << 32) + int(low) for high, low in zip(upper, lower, strict=True)]


def sums(keys: Ints, amounts: Ints) -> dict[int, int]:
    """Exact sums of billionths by key, whatever their number and size.

    >>> sums(np.array([1, 0, 1]), np.array([2**62, 5, 2**62]))
    {0: 5, 1: 9223372036854775808}
    """
    if not len(keys):
        return {}
    first = int(keys.min())
    if int(keys.max()) - first < FEW:
        return _by_place(keys - first if first else keys, amounts, first)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
    return dict(zip(ordered[starts].tolist(), _wide(amounts[order], starts), strict=True))


def _by_place(places: Ints, amounts: Ints, first: int) -> dict[int, int]:
    """Sums without sorting: three pieces of each number are added up by themselves."""
    mask = (1 << LIMB) - 1
    pieces = (amounts & mask, (amounts >> LIMB) & mask, amounts >> 2 * LIMB)
    found = np.flatnonzero(np.bincount(places))
    low, middle, high = (np.bincount(places, weights=piece)[found].tolist() for piece in pieces)
    return {
        place + first: int(one) + (int(two) << LIMB) + (int(three) << 2 * LIMB)
        for place, one, two, three in zip(found.tolist(), low, middle, high, strict=True)
    }


def coarse(cells: Cells) -> Cells:
    """The same with the sources of a report, scope, category, gas and month added up; what stands together is one."""
    if not len(cells):
        return cells
    names = ("report", "scope", "category", "gas", "month", "transfer")
    new = np.zeros(len(cells), dtype=np.bool_)
    new[0] = True
    for name in names:
        new[1:] |= cells.columns[name][1:] != cells.columns[name][:-1]
    starts = np.flatnonzero(new)
    longest, largest = int(np.diff(starts, append=len(cells)).max()), int(np.abs(cells.amounts).max())
    if longest * largest > LIMIT:
        return cells
    amounts = np.add.reduceat(cells.amounts, starts)
    columns: dict[str, NDArray[np.generic]] = {name: cells.columns[name][starts] for name in names}
    return Cells({**columns, "source": np.zeros(len(starts), TYPES["source"]), "amount": amounts})


def times(amounts: Ints, places: Ints, shares: Sequence[Decimal]) -> Ints:
    """Amounts times a share, rounded once, half to even.

    Parameters
    ----------
    amounts
        billionths of a tonne.
    places
        for each amount, the place of its share in ``shares``.
    shares
        between 0 and 1. [-]

    Notes
    -----
    A share with up to nine decimals is n/10⁹ with whole n; a = h·10⁹ + l gives a·n/10⁹ = h·n + l·n/10⁹, where every
    product fits into 64 bits. Others, such as 15/31, go through Decimal; both give the same where both can.

    Examples
    --------
    >>> times(np.array([1, 3, -3, 10]), np.array([0, 0, 0, 1]), [Decimal("0.5"), Decimal(1) / 3])
    array([ 0,  2, -2,  3])
    """
    whole = np.array([_billionths(share) for share in shares], dtype=np.int64)
    parts = whole[places]
    found = amounts.copy()
    cut = (parts >= 0) & (parts < PARTS)
    high, low = np.divmod(amounts[cut], PARTS)
    carried, rest = np.divmod(low * parts[cut], PARTS)
    even = high * parts[cut] + carried
    found[cut] = even + ((rest * 2 > PARTS) | ((rest * 2 == PARTS) & (even % 2 == 1)))
    for place in np.flatnonzero(parts < 0).tolist():
        found[place] = part_of(int(amounts[place]), shares[int(places[place])])
    return found


def part_of(amount: int, share: Decimal) -> int:
    """One amount times a share, rounded half to even."""
    return int(EXACT.multiply(Decimal(amount), share).to_integral_value(ROUND_HALF_EVEN))


def _billionths(share: Decimal) -> int:
    """A share as whole billionths; -1 when it has more decimals."""
    scaled = share.scaleb(9, EXACT)
    return int(scaled) if scaled == scaled.to_integral_value() else -1
