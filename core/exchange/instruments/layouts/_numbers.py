"""Serial numbers as registries print them, in the form in which ranges are kept: the counted digits stand last."""

from __future__ import annotations

import re
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.instruments import Serials, parse_serials
from core.instruments.serials import LONGEST

_REGO = re.compile(r"([A-Z][0-9]{5}[A-Z]{4})([0-9]{10})([0-9]{12}[A-Z]{3})")
_IREC = re.compile(r"([0-9]{4}(?:-[0-9]{4})+)(?:\.([0-9]{6}))?")
_DIGITS = re.compile(r"[0-9]{1,40}")
MILLION = 1_000_000
"""Parts of one I-REC certificate that its numbers count, where they have six decimals: watt hours."""


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


def irec(first: str, last: str) -> tuple[Serials, int]:
    """Groups of four digits are one number; with six decimals it counts watt hours. Also what one MWh counts.

    Raises
    ------
    UserError
        when the two are no ends of one range.

    Examples
    --------
    >>> found, per_mwh = irec("0000-0012-3456-7000.000000", "0000-0012-3456-7011.999999")
    >>> found.count // per_mwh
    12
    """
    ends = [_IREC.fullmatch(_bare(one)) for one in (first, last or first)]
    if ends[0] is None or ends[1] is None:
        (both,) = only_one(printed(first, last), first, last)
        return both, 1
    if (ends[0][2] is None) != (ends[1][2] is None):
        raise _no_range(first, last)
    whole = [f"{one[1].replace('-', '')}{one[2] or ''}" for one in ends if one]
    return _counted("", (whole[0], whole[1]), first, last), 1 if ends[0][2] is None else MILLION


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


def agreeing(numbers: tuple[Serials, ...], quantity: Decimal, per: Decimal = Decimal(1)) -> tuple[Serials, ...]:
    """Numbers that name as many certificates as the row says.

    Parameters
    ----------
    numbers
        the certificates.
    quantity
        what the row says. [MWh]
    per
        how many numbers make one MWh.

    Raises
    ------
    UserError
        when they do not.
    """
    named = Decimal(sum(one.count for one in numbers))
    if named != quantity * per:
        raise UserError(
            T("The serial numbers name {named} MWh, the row says {said}.", named=named / per, said=quantity),
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
