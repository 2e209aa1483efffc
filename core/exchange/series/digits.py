"""Thousands of decimal numbers at once, exactly: each text becomes an integer and a number of decimals.

A text of up to 16 characters lies in two machine words, the last character in the highest byte. The decimal sign is
taken out by moving what stands before it one byte up; then neighbouring digits are joined in pairs, the pairs in fours
and the fours in eights, so that 16 characters cost some twenty operations and no floating point.

Only plain numbers are read here (``12``, ``-12.50``); everything else is left to
:func:`core.exchange.series.values.read_value`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.exchange.series.words import WORD, Bytes, Places, words_at

LONGEST = 2 * WORD
"""Characters of a number."""
EXACT = 2**53
"""Integers up to this one are doubles."""
Words = NDArray[np.uint64]
_U = np.uint64
_ZEROS, _HIGH, _LOW7 = _U(0x3030303030303030), _U(0x8080808080808080), _U(0x7F7F7F7F7F7F7F7F)
_OVER_NINE = _U(0x7676767676767676)
_ONES = _U(0x0101010101010101)
_SPACE, _MINUS, _ZERO = 32, 45, np.uint8(48)
_LAST = np.array([0, *(((1 << 8 * n) - 1) << 8 * (WORD - n) for n in range(1, WORD + 1))], dtype=np.uint64)
"""Keep the last 0 to 8 bytes of a word."""


@dataclass(slots=True)
class Numbers:
    """What a column of a block says."""

    digits: NDArray[np.int64]
    """All digits as one integer; the number is this divided by 10 to the power of ``places``."""
    places: NDArray[np.int8] | int
    """Decimals; one number where all have the same."""
    read: NDArray[np.bool_]
    """False: empty, or to be read slowly, one by one."""


def decode(buffer: Bytes, starts: Places, ends: Places, sign: str) -> Numbers:
    """Read plain numbers.

    Parameters
    ----------
    buffer
        as :func:`core.exchange.series.words.padded` makes it
    starts, ends
        first byte of each number, and the byte behind it
    sign
        decimal sign
    """
    starts = _without_spaces(buffer, starts, ends)
    negative = (buffer[starts] == _MINUS) & (starts < ends)
    some_negative = bool(negative.any())
    if some_negative:
        starts = starts + negative
    widths = ends - starts
    # A number ends with a digit: 5. is read slowly.
    good = (widths > 0) & (widths <= LONGEST) & ((buffer[ends - 1] - _ZERO) < 10)
    low = _last_bytes(words_at(buffer, ends - WORD) ^ _ZEROS, widths)
    high = None
    if int(widths.max(initial=0)) > WORD:
        high = _last_bytes(words_at(buffer, ends - 2 * WORD) ^ _ZEROS, widths - WORD)
    low, high, places = _without_sign(low, high, _U(ord(sign)) ^ _U(0x30))
    good &= (((low + _OVER_NINE) | low) & _HIGH) == 0
    digits = _joined(low)
    if high is not None:
        good &= (((high + _OVER_NINE) | high) & _HIGH) == 0
        digits += _joined(high) * _U(10**8)
    good &= _ends_well(places, widths)
    signed = digits.view(np.int64)
    return Numbers(np.where(negative, -signed, signed) if some_negative else signed, places, good)


def _without_spaces(buffer: Bytes, starts: Places, ends: Places) -> Places:
    for _ in range(LONGEST):
        blank = (buffer[starts] == _SPACE) & (starts < ends)
        if not blank.any():
            break
        starts = starts + blank
    return starts


def _last_bytes(words: Words, widths: Places) -> Words:
    if int(widths.min(initial=WORD)) >= WORD:
        return words
    kept: Words = words & _LAST[np.clip(widths, 0, WORD)]
    return kept


def _without_sign(
    low: Words, high: Words | None, sign: np.uint64
) -> tuple[Words, Words | None, NDArray[np.int8] | int]:
    """The words without the decimal sign, and how many characters stood behind it."""
    in_low = _where(low, sign)
    if high is not None:
        return _without_sign_in_two(low, high, in_low, _where(high, sign))
    if len(in_low) and (in_low == in_low[0]).all():
        place = _place(int(in_low[0]))
        return _closed(low, place), None, max(0, WORD - 1 - place) if place >= 0 else 0
    places = np.zeros(len(low), np.int8)
    for rows, place in _groups(in_low):
        low[rows] = _closed(low[rows], place)
        places[rows] = WORD - 1 - place
    return low, None, places


def _without_sign_in_two(
    low: Words, high: Words, in_low: Words, in_high: Words
) -> tuple[Words, Words, NDArray[np.int8]]:
    places = np.zeros(len(low), np.int8)
    for rows, place in _groups(in_low):
        low[rows] = _closed(low[rows], place) | (high[rows] >> _U(56))
        high[rows] <<= _U(8)
        places[rows] = WORD - 1 - place
    for rows, place in _groups(np.where(in_low == 0, in_high, _U(0))):
        high[rows] = _closed(high[rows], place)
        places[rows] = 2 * WORD - 1 - place
    return low, high, places


def _groups(marks: Words) -> Iterator[tuple[Places, int]]:
    """The rows that have the decimal sign at the same place, and that place."""
    for mark in np.unique(marks).tolist():
        place = _place(mark)
        if place >= 0:
            yield np.flatnonzero(marks == _U(mark)), place


def _where(words: Words, sign: np.uint64) -> Words:
    """The highest bit of each byte that is the decimal sign."""
    differing = words ^ (sign * _ONES)
    return ~(((differing & _LOW7) + _LOW7) | differing) & _HIGH


def _place(marks: int) -> int:
    """The only byte that is marked; -1 for none or several, which are then no digits."""
    return (marks.bit_length() - 1) // 8 if marks and not marks & (marks - 1) else -1


def _closed(words: Words, place: int) -> Words:
    """What stands before ``place`` moved over it."""
    if place < 0:
        return words
    before = _U((1 << 8 * place) - 1)
    behind = _U((1 << 64) - (1 << 8 * (place + 1)))
    return ((words & before) << _U(8)) | (words & behind)


def _joined(words: Words) -> Words:
    """Eight digits, the last in the highest byte, as one number."""
    words = (words * _U(10) + (words >> _U(8))) & _U(0x00FF00FF00FF00FF)
    words = (words * _U(100) + (words >> _U(16))) & _U(0x0000FFFF0000FFFF)
    return (words * _U(10_000) + (words >> _U(32))) & _U(0xFFFFFFFF)


def _ends_well(places: NDArray[np.int8] | int, widths: Places) -> NDArray[np.bool_]:
    """``.5`` is read slowly: there must be a digit before the sign."""
    if isinstance(places, int):
        return widths > (places + 1 if places else 0)
    found: NDArray[np.bool_] = (places == 0) | (widths > places.astype(np.int64) + 1)
    return found
