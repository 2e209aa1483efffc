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
from core.group.packed import SUM, Packed, sound_sums
from core.group.runs import Ints, starts_of, summed, wide
from core.i18n import T
from core.library import EXACT

AT_ONCE = 64
"""Reports whose lines are added up together: enough to be fast, few enough to stay small."""
TYPES = {"report": "<i4", "scope": "u1", "category": "u1", "gas": "u1", "month": "<i2", "source": "<u2",
         "transfer": "<u2", "amount": "<i8"}  # fmt: skip
"""``month`` counts from the year 0; ``transfer`` is 0 for what is reported, n for what transfer n takes away."""
PARTS = 1_000_000_000
EXACT_BITS = 53
"""Whole numbers of so many bits are exact as binary fractions too."""
FEW = 2**20
"""Keys up to which one place for each is kept."""


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
    parts = [pack.columns for pack in packs]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in (*names, "amount")}
    counts = np.array([len(pack) for pack in packs], dtype=np.int64)
    reports = np.repeat(np.arange(first, first + len(packs), dtype=TYPES["report"]), counts)
    starts = starts_of((reports, *(rows[name] for name in names)), len(reports))
    amounts = summed(rows["amount"], starts)
    if amounts is None:
        raise UserError(
            T("The lines of a report add up to more than anything a plant can emit."),
            T("Do not use this report. Ask the plant for a new one."),
        )
    columns = {name: rows[name][starts] for name in names}
    return _dated({**columns, "report": reports[starts], "amount": amounts}, packs, first)


def gather_sums(packs: Sequence[Packed]) -> Cells:
    """The cells of reports with their sources added up, as they stand at the beginning of packed lines."""
    rows = sound_sums(np.frombuffer(b"".join([pack.sums for pack in packs]), SUM))
    counts = [len(pack.sums) // SUM.itemsize for pack in packs]
    columns: dict[str, NDArray[np.generic]] = {name: np.ascontiguousarray(rows[name]) for name in SUM.names or ()}
    columns["report"] = np.repeat(np.arange(len(packs), dtype=TYPES["report"]), counts)
    columns["source"] = np.zeros(len(rows), TYPES["source"])
    return _dated(columns, packs, 0)


def _dated(columns: dict[str, NDArray[np.generic]], packs: Sequence[Packed], first: int) -> Cells:
    """Months counted from the year 0 instead of from the first of a report, and nothing taken away."""
    begins = np.array([pack.first[0] * 12 + pack.first[1] - 1 for pack in packs], dtype=TYPES["month"])
    months = columns["month"].astype(TYPES["month"])
    if len(months):
        months += begins[columns["report"] - first]
    return Cells({**columns, "month": months, "transfer": np.zeros(len(months), TYPES["transfer"])})


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
    return dict(zip(ordered[starts].tolist(), wide(amounts[order], starts), strict=True))


def _by_place(places: Ints, amounts: Ints, first: int) -> dict[int, int]:
    """Sums without sorting: pieces of each number are added up by themselves, so short that none is ever rounded."""
    bits = EXACT_BITS - len(places).bit_length()
    largest = min(max(int(amounts.max()), -int(amounts.min())).bit_length() + 1, 64)
    mask, cuts = (1 << bits) - 1, range(0, largest, bits)
    found = np.flatnonzero(np.bincount(places))
    totals = [0] * len(found)
    for cut in cuts:
        piece = amounts >> cut if cut else amounts
        piece = piece if cut == cuts[-1] else piece & mask
        pieces = np.bincount(places, weights=piece)[found].tolist()
        totals = [total + (int(part) << cut) for total, part in zip(totals, pieces, strict=True)]
    return dict(zip((found + first).tolist(), totals, strict=True))


def merged(cells: Cells, without: str) -> Cells:
    """The same with sources or months added up; only what stands together becomes one."""
    names = tuple(name for name in TYPES if name not in (without, "source", "amount"))
    starts = starts_of((cells.columns[name] for name in names), len(cells))
    amounts = summed(cells.amounts, starts)
    if amounts is None:
        return cells
    columns: dict[str, NDArray[np.generic]] = {name: cells.columns[name][starts] for name in names}
    columns |= {name: np.zeros(len(starts), TYPES[name]) for name in {without, "source"}}
    return Cells({**columns, "amount": amounts})


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
