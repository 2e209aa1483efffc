"""Exact units: every factor is a fraction of its base unit, so a conversion rounds once and only at the 34th digit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from functools import lru_cache

from core.errors import UserError
from core.i18n import Name, T

EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])
"""The one arithmetic of every calculation, so that a recalculation is equal to the last digit on any machine."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a bill or of a factor."""

    key: str
    dimension: str
    """``mass``, ``volume``, ``energy``, ``energy_gross``, ``length``, ``count``, ``ratio`` ..."""
    to_base: Fraction
    """How many base units one of this is."""
    name: Name


@lru_cache(maxsize=4096)  # a file of bills repeats its few words in every row
def normal(text: str) -> str:
    """How names are compared: width, case, spaces, hyphens and underscores do not matter."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c not in " -_\u00a0\t")


class Units:
    """All units by key, name and alias."""

    def __init__(self, units: Iterable[tuple[Unit, tuple[str, ...]]]) -> None:
        self._by_name: dict[str, Unit] = {}
        self._all: dict[str, Unit] = {}
        # Both only remember: a year of bills spells its few units thousands of times.
        self._seen: dict[str, Unit] = {}
        self._ratios: dict[tuple[str, str], tuple[Decimal | None, Decimal | None]] = {}
        for unit, aliases in units:
            self._all[unit.key] = unit
            for spelling in (unit.key, unit.name.en, unit.name.zh, *aliases):
                self._by_name.setdefault(normal(spelling), unit)

    @property
    def all(self) -> Mapping[str, Unit]:
        return self._all

    def find(self, text: str) -> Unit | None:
        """The unit of this spelling, if known."""
        known = self._seen.get(text)
        if known is None and (known := self._by_name.get(normal(text))) is not None:
            self._seen[text] = known
        return known

    def named(self, text: str) -> Unit:
        """The unit of this spelling.

        Raises
        ------
        UserError
            when it is unknown.
        """
        found = self.find(text)
        if found is None:
            raise UserError(T("Unknown unit “{unit}”.", unit=text), T("Use a unit of the list in the template."))
        return found

    def convert(self, quantity: Decimal, source: str, target: str) -> Decimal:
        """The same quantity in another unit of the same dimension.

        Parameters
        ----------
        quantity
            number to convert. [source]
        source, target
            spelling of the units.

        Raises
        ------
        UserError
            for an unknown unit or another dimension.

        Examples
        --------
        >>> from core.library import load_library
        >>> load_library().units.convert(Decimal("1"), "MWh", "GJ")
        Decimal('3.6')
        """
        known = self._ratios.get((source, target))
        if known is None:
            one, other = self.named(source), self.named(target)
            if one.dimension != other.dimension:
                raise UserError(
                    T("{source} cannot be converted to {target}.", source=source, target=target),
                    T("Choose a unit of the same kind."),
                )
            known = self._ratios[source, target] = _parts(one.to_base / other.to_base)
        return _scaled(quantity, *known)

    def same(self, one: str, other: str) -> bool:
        """Whether two spellings mean one unit."""
        return one == other or self.named(one) is self.named(other)

    def dimension(self, text: str) -> str:
        return self.named(text).dimension


def scale(quantity: Decimal, ratio: Fraction) -> Decimal:
    """``quantity`` times an exact fraction, rounded once at the 34th digit."""
    return _scaled(quantity, *_parts(ratio))


def _parts(ratio: Fraction) -> tuple[Decimal | None, Decimal | None]:
    """What to multiply and what to divide by; None where it is one."""
    above, below = ratio.numerator, ratio.denominator
    return None if above == 1 else Decimal(above), None if below == 1 else Decimal(below)


def _scaled(quantity: Decimal, above: Decimal | None, below: Decimal | None) -> Decimal:
    scaled = quantity if above is None else EXACT.multiply(quantity, above)
    return scaled if below is None else EXACT.divide(scaled, below)
