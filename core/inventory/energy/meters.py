"""What is stated of a meter: its plate, its months with what is missing, and what was noticed in its values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text
from core.inventory.energy.reading import Month
from core.library import EXACT


@dataclass(frozen=True, slots=True)
class StatedMonth:
    """What a meter counted in a local month."""

    month: Month
    total: Decimal
    """Sum of the values that are there. [unit of the meter; of a level times the number of values]"""
    expected: int
    """Intervals that begin in the month."""
    present: int
    """Intervals that have a value."""
    estimated: int
    """Of these, intervals whose value is an estimate."""

    @property
    def complete(self) -> bool:
        """Whether no value is missing."""
        return self.present >= self.expected > 0


@dataclass(frozen=True, slots=True)
class StatedProblem:
    """Something that was noticed in the values of a meter."""

    check: str
    """Key of :data:`core.series.problems.CHECKS`."""
    severity: str
    """``warning`` or ``info``."""
    message: Text


@dataclass(frozen=True, slots=True)
class StatedMeter:
    """A meter or a sensor over the period."""

    id: str
    name: str
    medium: str
    """Key of :data:`core.series.media.MEDIA`."""
    direction: str
    """``import``, ``export``, ``generation``, ``consumption`` or ``sensor``."""
    unit: str
    serial: str
    accuracy: str
    """Class as printed on the plate."""
    calibrated_to: str
    """Last day on which the calibration holds; empty: not known."""
    location: str
    parent: str
    """Id of the meter that counts the same before this one; empty: none."""
    level: bool
    """Whether its values are levels, of which a mean is taken."""
    index_sha256: str
    """Of the index of its intervals, which stay at the plant; empty: it has none."""
    total: Decimal
    """Of all months. [unit of the meter; of a level times the number of values]"""
    months: tuple[StatedMonth, ...]
    problems: tuple[StatedProblem, ...]
    more_problems: int
    """Noticed, and not told one by one."""

    @property
    def expected(self) -> int:
        """Intervals of all months."""
        return sum(one.expected for one in self.months)

    @property
    def present(self) -> int:
        """Intervals with a value."""
        return sum(one.present for one in self.months)

    @property
    def estimated(self) -> int:
        """Intervals whose value is an estimate."""
        return sum(one.estimated for one in self.months)

    @property
    def shown(self) -> Decimal | None:
        """The sum, of a level the mean; None where nothing is known. [unit of the meter]"""
        return self.reading(self.total, self.present)

    def reading(self, total: Decimal, present: int) -> Decimal | None:
        """What a person reads of some intervals: of amounts their sum, of levels their mean; None without a value."""
        if not present:
            return None
        return EXACT.divide(total, Decimal(present)) if self.level else total
