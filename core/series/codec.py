"""One month of one meter as bytes.

The format, in full, for data outlive programs:

1. One line of ASCII, ended by LF, names the form: ``i4eK`` or ``f8``, with ``m`` behind it when there are marks.
2. The rest is one zlib stream (RFC 1950). Inflated, it holds ``n`` values as planes of bytes: first the lowest byte of
   each value, then the next ..., so that what changes little stands together; and after them, only with ``m``, one byte
   for each value: 0 measured, 1 estimated.

``i4eK``: values are signed 32-bit integers, the value itself is the integer divided by 10 to the power of K (0 to 9);
-2147483648 is a missing value. Taken where it gives every value back exactly (a zero loses its sign); K is the smallest
that does.
``f8``: values are IEEE 754 doubles; NaN is a missing value.

How many values there are, when they begin and in what steps says the index (:mod:`core.series.index`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T
from core.series.planes import from_planes, packed, to_planes, unpacked

LONGEST = 2_764_800
"""Values of a block at most: a month of seconds, with a day to spare."""
LARGEST = 1e18
"""Magnitude of a value at most, in any unit: sums of a block stay finite."""
MISSING = -(2**31)
_FORM = re.compile(rb"(?:i4e([0-9])|f8)(m?)")
_LINE = 8
_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A block of values, and what the index says about it."""

    data: bytes
    codec: str
    """``i4e0`` ... ``i4e9`` or ``f8``, with ``m`` when there are marks."""
    total: Decimal
    """Sum of the values: of integers exact, of doubles correctly rounded."""
    low: float
    """Smallest value; NaN when all are missing."""
    high: float
    """Largest value; NaN when all are missing."""
    present: int
    """Values that are not missing."""
    estimated: int
    """Values that are marked as estimated."""


def encode(values: NDArray[np.float64], marks: NDArray[np.uint8] | None = None) -> Encoded:
    """Put values into a block.

    Parameters
    ----------
    values
        in the meter's unit, NaN where missing, shape (n,)
    marks
        0 measured, 1 estimated, shape (n,); None: all are measured. Marks of missing values are dropped.

    Raises
    ------
    ValueError
        for values beyond :data:`LARGEST`, more than :data:`LONGEST` of them, or marks of another length: a bug of the
        caller.

    Examples
    --------
    >>> import numpy as np
    >>> block = encode(np.array([1.5, np.nan, 2.25]))
    >>> block.codec, block.total, block.present
    ('i4e2', Decimal('3.75'), 2)
    """
    there = ~np.isnan(values)
    known = values[there]
    _check(values, known, marks)
    marked = None if marks is None else np.where(there, marks, 0).astype(np.uint8)
    estimated = 0 if marked is None else int(np.count_nonzero(marked))
    low, high = (float(known.min()) + 0.0, float(known.max()) + 0.0) if known.size else (math.nan, math.nan)
    digits = decimals_of(known, 2**31 - 2)
    if digits is None:
        total = Decimal(repr(math.fsum(known.tolist())))
        planes = to_planes(np.where(there, values, np.nan).astype("<f8"))
    else:
        scaled = np.full(values.shape, MISSING, dtype="<i4")
        scaled[there] = np.rint(known * 10.0**digits)
        total = Decimal(int(scaled[there].sum(dtype=np.int64))).scaleb(-digits, _EXACT)
        planes = to_planes(scaled)
    codec = ("f8" if digits is None else f"i4e{digits}") + ("m" if estimated else "")
    plain = planes + marked.tobytes() if marked is not None and estimated else planes
    data = codec.encode() + b"\n" + packed(plain)
    return Encoded(data, codec, total, low, high, int(known.size), estimated)


def _check(values: NDArray[np.float64], known: NDArray[np.float64], marks: NDArray[np.uint8] | None) -> None:
    if known.size and np.abs(known).max() > LARGEST:
        raise ValueError("a value is too large to be kept")
    if not 0 < len(values) <= LONGEST:
        raise ValueError(f"{len(values)} values in one block")
    if marks is not None and (len(marks) != len(values) or (marks.size and marks.max() > 1)):
        raise ValueError("marks do not fit the values")


def decimals_of(known: NDArray[np.float64], limit: float) -> int | None:
    """The decimals with which integers up to ``limit`` give back every value exactly.

    Parameters
    ----------
    known
        finite values
    limit
        magnitude of the integers at most, up to 2^53

    Returns
    -------
    int or None
        the fewest, 0 to 9; None: there are none.
    """
    largest = float(np.abs(known).max()) if known.size else 0.0
    sample = known[:64]
    for digits in range(10):
        if largest * 10.0**digits > limit:
            return None
        if _lossless(sample, digits) and _lossless(known, digits):
            return digits
    return None


def _lossless(known: NDArray[np.float64], digits: int) -> bool:
    power = 10.0**digits
    return bool((np.rint(known * power) / power == known).all())


def decode(data: bytes, n: int) -> tuple[NDArray[np.float64], NDArray[np.uint8] | None]:
    """Take the values out of a block.

    Parameters
    ----------
    data
        a block, as :func:`encode` makes it; never trusted
    n
        how many values it must have

    Returns
    -------
    tuple
        values, NaN where missing, shape (n,); marks, shape (n,), or None when all are measured.

    Raises
    ------
    UserError
        when it is not a block of ``n`` values.
    """
    digits, marked, stream = _form(data)
    size = 8 if digits is None else 4
    if not 0 < n <= LONGEST:
        raise _damaged()
    plain = unpacked(stream, n * (size + marked))
    if plain is None:
        raise _damaged()
    marks = np.frombuffer(plain, np.uint8, n, n * size) if marked else None
    if marks is not None and marks.max() > 1:
        raise _damaged()
    if digits is None:
        values = from_planes(plain, n, np.dtype("<f8")).astype(np.float64)
        if (np.abs(values) > LARGEST).any():
            raise _damaged()
        return values, marks
    scaled = from_planes(plain, n, np.dtype("<i4"))
    values = scaled / 10.0**digits
    values[scaled == MISSING] = np.nan
    return values, marks


@lru_cache(maxsize=64)
def form_of(codec: str) -> int | None:
    """Decimals of the integers that a form keeps; None: it keeps doubles.

    Raises
    ------
    UserError
        when there is no form of that name.
    """
    found = _FORM.fullmatch(codec.encode("ascii", "replace"))
    if found is None:
        raise _damaged()
    return None if found[1] is None else int(found[1])


def _form(data: bytes) -> tuple[int | None, bool, memoryview]:
    line = data[:_LINE].partition(b"\n")
    found = _FORM.fullmatch(line[0])
    if found is None or not line[1]:
        raise _damaged()
    return (None if found[1] is None else int(found[1])), bool(found[2]), memoryview(data)[len(line[0]) + 1 :]


def _damaged() -> UserError:
    return UserError(
        T("A block of interval data is damaged or of another kind."),
        T("Take the last copy of the file. This one was not changed."),
    )
