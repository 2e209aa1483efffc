"""What expires and what is due as an iCalendar file (RFC 5545), for the calendar that people keep anyway."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from core.disclosures.calendar import KINDS, Due
from core.i18n import T

ENDING = ".ics"
LONGEST = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
PRODUCT = "-//Plant Carbon Audit//EN"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def write_calendar(name: str, dues: Iterable[Due], made: datetime, lang: str) -> str:
    """The file: one event of a whole day for each of them, which takes no time of anybody.

    Parameters
    ----------
    name
        of the plant or group; with it events keep their identity, so that a later file moves them.
    dues
        in any order.
    made
        moment at which the file is made.
    lang
        of the words.

    Returns
    -------
    str
        lines that end in CR LF, folded.

    Examples
    --------
    >>> write_calendar("Ash", (), datetime(2026, 3, 2, tzinfo=UTC), "en").splitlines()[:2]
    ['BEGIN:VCALENDAR', 'VERSION:2.0']
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    stamp = made.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    seen: Counter[tuple[str, str]] = Counter()
    for one in sorted(dues, key=lambda each: (each.day, each.kind, each.id, str(each.words))):
        seen[one.kind, one.id] += 1
        lines += _event(name, one, seen[one.kind, one.id], stamp, lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(name: str, one: Due, number: int, stamp: str, lang: str) -> Iterator[str]:
    """``number`` tells findings of one audit apart, which share its id."""
    key = "\0".join((name, one.kind, one.id, str(number)))
    said = T("{kind}: {what}", kind=KINDS[one.kind], what=one.words).in_language(lang)
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@plant-carbon-audit"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{said} ({name})' if name else said)}"
    yield f"CATEGORIES:{escaped(KINDS[one.kind].in_language(lang))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(words: str) -> str:
    r"""A value of text (RFC 5545, 3.3.11); signs that steer a terminal or a parser are left out.

    >>> print(escaped("Project XYZ, Final Review\nConference Room; 3B"))
    Project XYZ\, Final Review\nConference Room\; 3B
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable()).translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, each but the first with a space before it (RFC 5545, 3.1).

    No letter is torn apart: some programs decode piece by piece.

    >>> [len(one.encode()) for one in folded("SUMMARY:" + "证" * 40)]
    [74, 55]
    """
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece
