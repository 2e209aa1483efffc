"""Numbers as published: how far rounding lets them be off, and how they are written in formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.i18n import show_number
from core.library import EXACT

THOUSAND = Decimal(1000)
HUNDRED = Decimal(100)
ONE = Decimal(1)
YEAR_DAYS = Decimal("365.25")
"""Mean length of a year. [d]"""


def times(*factors: Decimal) -> Decimal:
    """The product, in the arithmetic of every calculation."""
    product = ONE
    for factor in factors:
        product = EXACT.multiply(product, factor)
    return product


def over(above: Decimal, below: Decimal) -> Decimal:
    """The quotient."""
    return EXACT.divide(above, below)


def less(one: Decimal, other: Decimal) -> Decimal:
    """The difference."""
    return EXACT.subtract(one, other)


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum."""
    found = Decimal(0)
    for value in values:
        found = EXACT.add(found, value)
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A positive number with the smallest and the largest one that rounds to it."""

    value: Decimal
    low: Decimal
    high: Decimal

    def times(self, other: Span | Decimal) -> Span:
        """The product of two numbers that are rounded independently."""
        if isinstance(other, Decimal):
            other = Span(other, other, other)
        return Span(times(self.value, other.value), times(self.low, other.low), times(self.high, other.high))

    def over(self, other: Span | Decimal) -> Span:
        """The quotient."""
        if isinstance(other, Decimal):
            other = Span(other, other, other)
        return Span(over(self.value, other.value), over(self.low, other.high), over(self.high, other.low))

    def holds(self, value: Decimal) -> bool:
        """Whether rounding allows this value."""
        return self.low <= value <= self.high

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """Whether rounding allows any value of a range."""
        return self.low <= high and low <= self.high


def published(value: Decimal, digits: int) -> Span:
    """A published number with what rounds to it.

    Parameters
    ----------
    value
        above 0. [any unit]
    digits
        significant digits that it has at least. [1]

    Returns
    -------
    Span
        [the same unit]

    Notes
    -----
    Half a unit of the last digit that is not a zero of the end is what rounding hides; of 18,000 that is 500. Digits
    behind a decimal point are all meant.

    Examples
    --------
    >>> published(Decimal("4150"), 2)
    Span(value=Decimal('4150'), low=Decimal('4145'), high=Decimal('4155'))
    """
    _sign, figures, exponent = value.as_tuple()
    place = exponent if isinstance(exponent, int) else 0
    written = len(figures)
    if place >= 0:
        zeros = len(figures) - len("".join(map(str, figures)).rstrip("0"))
        place, written = place + zeros, written - zeros
    half = Decimal(5).scaleb(place - max(0, digits - written) - 1)
    return Span(value, less(value, half), EXACT.add(value, half))


def rounded(value: Decimal, digits: int) -> Decimal:
    """To so many significant digits, halves away from zero.

    Examples
    --------
    >>> rounded(Decimal("16621"), 2)
    Decimal('1.7E+4')
    """
    if not value:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP, EXACT)


def readable(value: Decimal, digits: int = 3) -> str:
    """For reading: so many significant digits, but never fewer than stand before the point.

    Examples
    --------
    >>> readable(Decimal("0.6")), readable(Decimal("16621.4")), readable(Decimal("3.4583"))
    ('0.600', '16,621', '3.46')
    """
    places = max(0, digits - 1 - (value.adjusted() if value else 0))
    return show_number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT), places)


def fixed(value: Decimal, places: int) -> str:
    """For reading: so many digits after the point."""
    return show_number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT), places)


def signed(value: Decimal, places: int = 1) -> str:
    """A difference with its sign: ``+0.7``, ``−5.2``, ``0.0``."""
    shown = fixed(abs(value), places)
    return shown if not Decimal(shown.replace(",", "")) else f"{'+' if value > 0 else '−'}{shown}"


def mwh(kwh: Decimal) -> str:
    """Kilowatt-hours as megawatt-hours with all their digits, without unit."""
    return show_number(over(kwh, THOUSAND))


def years_between(first: date, last: date) -> Decimal:
    """Length of a span of days, both included. [a]

    Examples
    --------
    >>> readable(years_between(date(2019, 1, 1), date(2023, 12, 31)))
    '5.00'
    """
    return over(Decimal((last - first).days + 1), YEAR_DAYS)


def after_years(first: date, years: Decimal) -> date:
    """The last day of so many years that begin with a day."""
    days = int(times(years, YEAR_DAYS).to_integral_value(ROUND_HALF_UP))
    return first + timedelta(days=max(0, days - 1))
