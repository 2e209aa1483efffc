"""Serial numbers as registries print them, in the form in which ranges are kept: the counted digits stand last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.instruments import Serials, joined, parse_serials
from core.instruments.serials import LONGEST

_REGO = re.compile(r"([A-Z][0-9]{5}[A-Z]{4})([0-9]{10})([0-9]{12}[A-Z]{3})")
_IREC = re.compile(r"([0-9]{4}(?:-[0-9]{4})+)(?:\.([0-9]{6}))?")
_DIGITS = re.compile(r"[0-9]{1,40}")
_GEC_RANGE = re.compile(r"([0-9A-Z]{32})\s*(?:-+|–|—|~|～|至|TO)\s*([0-9A-Z]{32})")
_LISTED = re.compile(r"[;；,，、\n]")
GEC_COUNTED = 15
"""Places of a code of a green electricity certificate behind that of the project; the last two are classes."""
MOST_CODES = 50_000
"""Certificates that one row may name, where each must be named alone."""


def printed(first: str, last: str = "") -> tuple[Serials, ...]:
    """Numbers that need no other form: one cell with single ones and ranges, or the two ends of a range."""
    return parse_serials(f"{first} – {last}" if last and last != first else first)


def rego(first: str, last: str) -> Serials:
    """Ofgem counts inside the number: station, ten digits, first and last day of the output, kind of certificate.

    Raises
    ------
    UserError
        when the two are no ends of one range.

    Examples
    --------
    >>> rego("G01542NWSC0000000000010412300412GEN", "G01542NWSC0000009467010412300412GEN").text
    'G01542NWSC-010412300412GEN-0000000000–G01542NWSC-010412300412GEN-0000009467'
    """
    ends = [_REGO.fullmatch(_bare(one)) for one in (first, last or first)]
    if ends[0] is None or ends[1] is None or ends[0][1] != ends[1][1] or ends[0][3] != ends[1][3]:
        raise _no_range(first, last)
    return _counted(f"{ends[0][1]}-{ends[0][3]}-", (ends[0][2], ends[1][2]), first, last)


def irec(first: str, last: str) -> Serials:
    """Groups of four digits are one number; six decimals behind it count watt hours inside a certificate.

    Raises
    ------
    UserError
        when the two are no ends of one range, or cut a certificate.

    Examples
    --------
    >>> irec("0000-0012-3456-7995.000000", "0000-0012-3456-8006.999999").text
    '0000001234567995–0000001234568006'
    """
    ends = [_IREC.fullmatch(_bare(one)) for one in (first, last or first)]
    if ends[0] is None or ends[1] is None:
        return only_one(printed(first, last), first, last)[0]
    if (ends[0][2] is None) != (ends[1][2] is None):
        raise _no_range(first, last)
    if (ends[0][2] or "000000", ends[1][2] or "999999") != ("000000", "999999"):
        raise UserError(
            T("“{first}” to “{last}” cuts a certificate.", first=first[:40], last=last[:40]),
            T("Redeem whole megawatt hours, or enter the instrument by hand."),
        )
    whole = [one[1].replace("-", "") for one in ends if one]
    return _counted("", (whole[0], whole[1]), first, last)


def gec(text: str) -> tuple[Serials, ...]:
    """Codes of green electricity certificates, and other numbers as they are.

    The last two of the 32 places tell the classes of electricity and trade, so that certificates that follow each other
    are 100 apart: a range of such codes is named one by one, for what lies between them are no certificates.

    Raises
    ------
    UserError
        for what is no number, no range, or more than can be named.

    Examples
    --------
    >>> [one.text[-6:] for one in gec("12345678901234567202405000000111 - 12345678901234567202405000000311")]
    ['000111', '000211', '000311']
    """
    found: list[Serials] = []
    for part in _LISTED.split(text.upper()):
        match = _GEC_RANGE.fullmatch(part.strip())
        if match is None:
            found += printed(part) if part.strip() else ()
        else:
            found += _codes(match[1], match[2])
    return joined(found) or printed(text)


def _codes(first: str, last: str) -> Iterator[Serials]:
    head = len(first) - GEC_COUNTED
    ends = [int(one[head:-2]) for one in (first, last) if one[head:].isdigit()]
    if len(ends) != 2 or first[:head] != last[:head] or first[-2:] != last[-2:] or ends[0] > ends[1]:
        raise _no_range(first, last)
    if ends[1] - ends[0] >= MOST_CODES:
        raise UserError(
            T("The row names more than {most} certificates.", most=f"{MOST_CODES:,}"), T("Split it into several rows.")
        )
    width = GEC_COUNTED - 2
    for number in range(ends[0], ends[1] + 1):
        yield parse_serials(f"{first[:head]}{number:0{width}d}{first[-2:]}")[0]


def based(base: str, first: str, last: str) -> Serials:
    """A beginning that all share, and the counted part in columns of its own.

    Raises
    ------
    UserError
        when the two are no ends of one range.

    Examples
    --------
    >>> based("M123-04-2024-MN-K7QD", "1", "250").text
    'M123-04-2024-MN-K7QD-1–M123-04-2024-MN-K7QD-250'
    """
    ends = [_bare(one).removeprefix(_bare(base)).strip("-") for one in (first, last or first)]
    if not all(_DIGITS.fullmatch(one) for one in ends):
        raise _no_range(first, last)
    return _counted(f"{_bare(base).rstrip('-')}-", (ends[0], ends[1]), first, last)


def only_one(found: tuple[Serials, ...], first: str, last: str) -> tuple[Serials, ...]:
    """The range, where a row can name only one."""
    if len(found) != 1:
        raise _no_range(first, last)
    return found


def agreeing(numbers: tuple[Serials, ...], quantity: Decimal) -> tuple[Serials, ...]:
    """Numbers that name as many certificates as the row says.

    Raises
    ------
    UserError
        when they do not.
    """
    named = sum(one.count for one in numbers)
    if named != quantity:
        raise UserError(
            T("The serial numbers name {named} certificates, the row says {said}.", named=named, said=quantity),
            T("Export the file again; one of the two was altered."),
        )
    return numbers


def _counted(prefix: str, ends: tuple[str, str], first: str, last: str) -> Serials:
    start, end = ends
    if int(start) > int(end) or len(prefix) + len(end) > LONGEST:
        raise _no_range(first, last)
    return Serials(prefix, int(start), int(end), len(start))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _no_range(first: str, last: str) -> UserError:
    return UserError(
        T("“{first}” and “{last}” are not the ends of one range of serial numbers.", first=first[:40], last=last[:40]),
        T("Export the file again; serial numbers must be as the registry prints them."),
    )
