"""Serial numbers of attribute certificates as people write them: single ones and ranges, never expanded one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import UserError
from core.i18n import T

MOST = 2000
"""Ranges that one record may name."""
LONGEST = 80
"""Characters of one serial number."""
TO = "–"
"""Between the ends of a range in the normal form; a hyphen is a part of many serial numbers."""
_PARTS = re.compile(r"[;\n]")
_SPANS = re.compile(r"\s*[–—―~]\s*|\s+-+\s+|\.\.+|\s*至\s*|\s+TO\s+")
_SERIAL = re.compile(r"[0-9A-Z]([0-9A-Z/._-]*[0-9A-Z])?")
_REGO = re.compile(r"([A-Z][0-9]{5}[A-Z]{4})([0-9]{10})([0-9]{12}[A-Z]{3})")
_IREC = re.compile(r"([0-9]{4}(?:-[0-9]{4}){2,})(?:\.[0-9]{6})?")
_TAIL = re.compile(r"(.*?)([0-9]{1,40})$")
_WHOLE = -1
"""In place of the number of a serial that does not end in digits."""


@dataclass(frozen=True, slots=True, order=True)
class Serials:
    """Certificates with consecutive numbers."""

    prefix: str
    """What stands before the number, in capitals."""
    first: int
    """-1: the serial does not end in digits, and the prefix is all of it."""
    last: int
    width: int = 0
    """Digits with which the first was written; zeros in front do not make another certificate."""

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    @property
    def text(self) -> str:
        """Normal form: ``A0001`` or ``A0001–A0500``."""
        if self.first == _WHOLE:
            return self.prefix
        first, last = (f"{self.prefix}{number:0{self.width}d}" for number in (self.first, self.last))
        return first if self.first == self.last else f"{first}{TO}{last}"


def parse_serials(text: str) -> tuple[Serials, ...]:
    """Serial numbers and ranges, separated by ``;``, ordered; what is named twice or adjoins becomes one.

    Parameters
    ----------
    text
        ``GEC-A0001-GEC-A0500; I-REC 77.000001 – 77.000120; B7``. A range has a dash, ``~``, ``..``, ``至``, ``to`` or a
        hyphen between its ends; a hyphen alone only where the same letters stand before both numbers, for it is a part
        of many serial numbers.

    Raises
    ------
    UserError
        naming the part that is no serial number or no range.

    Examples
    --------
    >>> [one.text for one in parse_serials("a0001-a0300; A0301～A0500; b7")]
    ['A0001–A0500', 'B7']
    """
    said = unicodedata.normalize("NFKC", text).upper()
    parts = [part.strip() for part in _PARTS.split(said) if part.strip()]
    if not parts or len(parts) > MOST:
        raise UserError(
            T("{count} serial numbers or ranges; 1 to {most} are possible.", count=len(parts), most=MOST),
            T("Write consecutive numbers as a range, like {form}.", form="A0001-A0500"),
        )
    return joined(_range(part) for part in parts)


def normal_number(text: str) -> str:
    """A contract number as it is compared: in capitals, without spaces.

    >>> normal_number("ppa 2024／017")
    'PPA2024/017'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def joined(ranges: Iterable[Serials]) -> tuple[Serials, ...]:
    """Ordered, without overlaps; ranges that adjoin become one."""
    found: list[Serials] = []
    for one in sorted(ranges, key=lambda r: (r.prefix, r.first, -r.width, r.last)):
        last = found[-1] if found else None
        if last is not None and last.prefix == one.prefix and _WHOLE < one.first <= last.last + 1:
            found[-1] = Serials(last.prefix, last.first, max(last.last, one.last), last.width)
        elif last != one:
            found.append(one)
    return tuple(found)


def _range(part: str) -> Serials:
    ends = [end for end in _SPANS.split(part) if end]
    if len(ends) == 1:
        return (None if counted_last(ends[0]) else _hyphenated(ends[0])) or _serial(ends[0])
    if len(ends) != 2:
        raise _no_range(part)
    first, last = map(_serial, ends)
    if first.prefix != last.prefix or first.first == _WHOLE or first.first > last.first:
        raise _no_range(part)
    return Serials(first.prefix, first.first, last.first, first.width)


def counted_last(text: str) -> str:
    """The number of a registry that counts elsewhere than at its end, with the counted digits last; empty for others.

    Ofgem counts behind the station and writes the days of the output and the kind of certificate after it; I-REC writes
    one number in groups of four.

    Examples
    --------
    >>> counted_last("G01542NWSC0000009467010412300412GEN"), counted_last("0000-0012-3456-7995")
    ('G01542NWSC-010412300412GEN-0000009467', '0000001234567995')
    """
    bare = re.sub(r"\s+", "", text)
    if found := _REGO.fullmatch(bare):
        return f"{found[1]}-{found[3]}-{found[2]}"
    return found[1].replace("-", "") if (found := _IREC.fullmatch(bare)) else ""


def _hyphenated(text: str) -> Serials | None:
    """``A0001-A0500``: a hyphen in the middle with the same letters and as many digits on both sides; else None."""
    half = len(text) // 2
    if len(text) % 2 == 0 or text[half] != "-":
        return None
    first, last = _TAIL.fullmatch(text[:half]), _TAIL.fullmatch(text[half + 1 :])
    if first is None or last is None or first[1] != last[1]:
        return None
    if int(first[2]) > int(last[2]):
        if first[1]:
            raise _no_range(text)
        return None  # 2024-0001 is a number of the year 2024
    _serial(text[:half])
    return Serials(first[1], int(first[2]), int(last[2]), len(first[2]))


def _serial(text: str) -> Serials:
    written = counted_last(text) or re.sub(r"\s+", "", text)
    if len(written) > LONGEST or _SERIAL.fullmatch(written) is None:
        raise UserError(
            T("“{value}” is not a serial number.", value=text[:40]),
            T("Use letters, digits and the signs {signs}; separate several by “;”.", signs="- . / _"),
        )
    tail = _TAIL.fullmatch(written)
    if tail is None:
        return Serials(written, _WHOLE, _WHOLE)
    return Serials(tail[1], int(tail[2]), int(tail[2]), len(tail[2]))


def _no_range(part: str) -> UserError:
    return UserError(
        T("“{value}” is not a range of serial numbers.", value=part[:60]),
        T("Write the lower number first and the same letters before both, like {form}.", form="A0001-A0500"),
    )
