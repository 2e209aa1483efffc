"""Thousands of moments at once, with the results of :mod:`core.exchange.series.stamps`, or none.

Texts are sorted by their form: everything but the digits. Of each form one text is taken apart slowly, which says where
the digits of the year, the month ... stand in all others.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.exchange.dates import FIRST_YEAR, LAST_YEAR
from core.exchange.series import stamps
from core.exchange.series.stamps import DAY, Form, Reading, Span
from core.exchange.series.words import LONGEST, WORD, Bytes, Places, distinct, gather

_ZERO = np.uint8(ord("0"))
_TEN, _EIGHT, _BYTE, _DIGIT = np.uint64(10), np.uint64(8), np.uint64(0xFF), np.uint64(0x0F)
_HIGH = np.uint64(0x8080808080808080)
_FIRSTS = np.array(
    [
        date(year, month, 1).toordinal() - date(1970, 1, 1).toordinal()
        for year in range(FIRST_YEAR, LAST_YEAR + 2)
        for month in range(1, 13)
    ],
    dtype=np.int64,
)
"""First day of each month. [d since 1970-01-01]"""
_LENGTHS = np.diff(_FIRSTS)


class Moments:
    """What a column of a block says, text by text."""

    __slots__ = ("ahead", "monthly", "read", "seconds", "timed")

    def __init__(self, count: int) -> None:
        self.seconds = np.zeros(count, np.int64)
        """As :attr:`stamps.Moment.seconds`."""
        self.read = np.zeros(count, np.bool_)
        """False: to be read slowly, one by one."""
        self.ahead = np.zeros(count, np.bool_)
        self.timed = np.zeros(count, np.bool_)
        self.monthly = np.zeros(count, np.bool_)


def decode(buffer: Bytes, starts: Places, widths: Places, reading: Reading) -> Moments:
    """Read moments; what has an unknown form, or several meanings, stays unread."""
    found = Moments(len(starts))
    longest = int(widths.max(initial=0))
    if not 0 < longest <= LONGEST:
        return found
    words = gather(buffer, starts, widths, longest)
    digits, same = _digits(words, words[0])
    if same.all():
        _decode_form(found, digits, slice(None), words[0], reading)
        return found
    kinds = distinct(_forms(words))
    if kinds is None:
        return found
    for kind, place in enumerate(kinds[0].tolist()):
        rows = np.flatnonzero(kinds[1] == kind)
        _decode_form(found, _digits(words[rows], words[place])[0], rows, words[place], reading)
    return found


def _forms(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The texts with all digits made equal."""
    each = words.view(np.uint8)
    return np.where((each - _ZERO) < 10, _ZERO, each).view(np.uint64)


def _digits(
    words: NDArray[np.uint64], example: NDArray[np.uint64]
) -> tuple[list[NDArray[np.uint64]], NDArray[np.bool_]]:
    """The digits of each text in the bytes where they stand, and whether it has the form of the example.

    A byte that is no digit in the example must be equal: adding 127 to the difference sets the highest bit unless it is
    0; where it is a digit, adding 118 sets it from 10 on.
    """
    form = _forms(example)
    most = np.where(form.view(np.uint8) == _ZERO, np.uint8(0x76), np.uint8(0x7F)).view(np.uint64)
    same = np.ones(len(words), np.bool_)
    digits = []
    for place in range(words.shape[1]):
        differing = words[:, place] ^ form[place]
        digits.append(differing)
        same &= (((differing + most[place]) | differing) & _HIGH) == 0
    return digits, same


def _decode_form(
    found: Moments,
    digits: list[NDArray[np.uint64]],
    rows: slice | Places,
    example: NDArray[np.uint64],
    reading: Reading,
) -> None:
    try:
        text = example.tobytes().rstrip(b"\0").decode()
        form = reading.form_of(text)
    except (UserError, UnicodeDecodeError):
        return
    shift = _bytes_before(text)
    if shift is None:
        return
    numbers = _Numbers(digits, shift)
    seconds, good = _clock(form, numbers)
    if not reading.clock:
        days, days_good = _days(form, numbers)
        seconds, good = seconds + days, good & days_good
    if form.ahead:
        ahead, ahead_good = _ahead(form, numbers)
        seconds, good = seconds - ahead, good & ahead_good
    found.seconds[rows], found.read[rows] = seconds, good
    found.ahead[rows], found.timed[rows], found.monthly[rows] = form.ahead, form.timed, form.monthly


def _bytes_before(text: str) -> list[int] | None:
    """Bytes before each character of the tidied text; None where tidying moves characters."""
    known = stamps.tidy(text)
    skipped = len(text) - len(text.lstrip())
    if len(text.strip()) != len(known):
        return None
    at, places = 0, []
    for character in text:
        places.append(at)
        at += len(character.encode())
    return [*places, at][skipped:]


class _Numbers:
    """Numbers of one to four digits out of texts of one form."""

    def __init__(self, digits: list[NDArray[np.uint64]], shift: list[int]) -> None:
        self.digits = digits
        # In each byte ten times its own digit and the one behind it.
        self.pairs = [word * _TEN + (word >> _EIGHT) for word in digits]
        self.shift = shift

    def at(self, span: Span | None) -> NDArray[np.int64] | int:
        if span is None:
            return 0
        first, last = self.shift[span[0]], self.shift[span[1] - 1] + 1
        total: NDArray[np.int64] | int = 0
        while last - first >= 2 and (first % WORD != WORD - 1):
            total = total * 100 + self._part(self.pairs, first, _BYTE)
            first += 2
        for place in range(first, last):
            total = total * 10 + self._part(self.digits, place, _DIGIT)
        return total

    @staticmethod
    def _part(words: list[NDArray[np.uint64]], place: int, mask: np.uint64) -> NDArray[np.int64]:
        found: NDArray[np.uint64] = (words[place // WORD] >> np.uint64(8 * (place % WORD))) & mask
        return found.view(np.int64)


def _days(form: Form, numbers: _Numbers) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Beginning of the day [s since 1970-01-01], found once for each run of equal days."""
    year, month, day = (np.asarray(numbers.at(span)) for span in (form.year, form.month, form.day))
    days = (year * 100 + month) * 100 + day
    if days.ndim == 0:
        raise ValueError("a day has digits")
    heads = np.flatnonzero(np.concatenate(([True], days[1:] != days[:-1])))
    seconds, good = _begin(form, days[heads])
    counts = np.diff(np.append(heads, len(days)))
    return np.repeat(seconds, counts), np.repeat(good, counts)


def _begin(form: Form, days: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    year, month, day = days // 10_000, days // 100 % 100, days % 100
    if form.year is not None and form.year[1] - form.year[0] == 2:
        year = year + 2000
    month = month if not form.named else np.full_like(month, form.named)
    day = day if form.day else np.ones_like(day)
    good = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
    place = np.where(good, (year - FIRST_YEAR) * 12 + month - 1, 0)
    good &= (day >= 1) & (day <= _LENGTHS[place])
    seconds: NDArray[np.int64] = (_FIRSTS[place] + day - 1) * DAY
    return seconds, good


def _clock(form: Form, numbers: _Numbers) -> tuple[NDArray[np.int64] | int, NDArray[np.bool_] | bool]:
    """Seconds since midnight."""
    if form.hour is None:
        return 0, True
    hour, minute, second = (np.asarray(numbers.at(span)) for span in (form.hour, form.minute, form.second))
    good = (minute <= 59) & (second <= 59)
    if form.half:
        good &= (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if form.half == "p" else 0)
    seconds = hour * 3600 + minute * 60 + second
    return seconds, good & (seconds <= DAY)


def _ahead(form: Form, numbers: _Numbers) -> tuple[NDArray[np.int64] | int, NDArray[np.bool_] | bool]:
    if form.zone is not None:
        return form.zone, True
    hours, minutes = np.asarray(numbers.at(form.ahead_hours)), np.asarray(numbers.at(form.ahead_minutes))
    return form.behind * (hours * 3600 + minutes * 60), (hours <= 14) & (minutes <= 59)
