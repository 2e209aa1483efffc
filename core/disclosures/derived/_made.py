"""How a derivation says what it found: a value with what it rests on, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.disclosures.value import Origin, PointValue
from core.i18n import Text
from core.library import EXACT

HUNDRED = Decimal(100)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a value rests on; of several bases each origin and proof counts once."""

    origins: tuple[Origin, ...] = ()
    evidence: tuple[str, ...] = ()
    unproven: frozenset[str] = frozenset()
    """Ids of activity data without a kept document."""

    def __add__(self, other: Basis) -> Basis:
        return Basis(
            tuple(dict.fromkeys((*self.origins, *other.origins))),
            tuple(dict.fromkeys((*self.evidence, *other.evidence))),
            self.unproven | other.unproven,
        )


NOTHING = Basis()


def record(kind: str, ids: Iterable[str], words: Text, page: str = "", evidence: Iterable[str] = ()) -> Basis:
    """Records of one kind, with the proofs that they name."""
    return Basis((Origin(kind, tuple(ids), words, page),), tuple(dict.fromkeys(one for one in evidence if one)))


def resting(value: PointValue, basis: Basis) -> PointValue:
    """A derived value with what it rests on."""
    return replace(value, origins=basis.origins, evidence=basis.evidence, unproven=len(basis.unproven), derived=True)


def found(
    key: str, value: Decimal | str, basis: Basis, unit: str = "", parts: tuple[Decimal, Decimal] | None = None
) -> PointValue:
    """A number, text, choice or day."""
    return resting(PointValue(key, value, unit, parts=parts), basis)


def ratio(key: str, above: Decimal, below: Decimal, basis: Basis, unit: str) -> PointValue:
    """An intensity with its parts; ``below`` is not zero.

    Parameters
    ----------
    key
        of the data point.
    above, below
        the line. [as ``unit`` says]
    basis
        of both.
    unit
        of the ratio.

    Returns
    -------
    PointValue
        above / below, in 34 digits. [unit]
    """
    return found(key, EXACT.divide(above, below), basis, unit, (above, below))


def percent(key: str, part: Decimal, whole: Decimal, basis: Basis) -> PointValue:
    """A share with its parts; ``whole`` is not zero.

    Parameters
    ----------
    key
        of the data point.
    part, whole
        of one unit. [any unit]
    basis
        of both.

    Returns
    -------
    PointValue
        100 × part / whole, in 34 digits; whoever shows it rounds down. [%]
    """
    return found(key, EXACT.divide(EXACT.multiply(part, HUNDRED), whole), basis, "%", (part, whole))


def table(key: str, rows: Iterable[Row], basis: Basis, unit: str = "") -> PointValue:
    """The rows of a table."""
    return resting(PointValue(key, unit=unit, rows=tuple(rows)), basis)


def lacking(key: str, why: Text, basis: Basis = NOTHING, unit: str = "") -> PointValue:
    """Why there is no value, and what to do."""
    return resting(PointValue(key, unit=unit, missing=why), basis)
