"""What an auditor asks of a sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.audit.choosing import BY_SOURCE, NEYMAN, RANDOM
from core.audit.frame import Frame


@dataclass(frozen=True, slots=True)
class Wish:
    """Method, sources and size of a sample that is to be drawn."""

    name: str
    method: str
    sources: tuple[str, ...] = ()
    """Empty: all."""
    seed: str = ""
    size: int = 0
    """0: as it follows from risk and materiality."""
    level: int = 0
    """Of a random sample: share of the records of each source; 0: by size. [%]"""
    confidence: Decimal | None = None
    """None: as the risks of the sources ask. [%]"""
    tolerable: Decimal | None = None
    """None: materiality [t CO2e]; of a random sample 10 % of the records [%]."""
    expected: Decimal = Decimal(0)
    """Misstatement that is expected, in the same unit."""
    strata: str = BY_SOURCE
    allocation: str = NEYMAN
    activities: tuple[str, ...] = ()
    """Of a judgement sample."""
    reason: str = ""
    previous: str = ""
    """Id of the sample that is widened."""
    earlier: tuple[str, ...] = ()
    """What that one drew."""
    levels: Mapping[str, int] | None = None
    """Share of each source where they differ; None: ``level`` for all. [%]"""

    @property
    def by_level(self) -> bool:
        return self.method == RANDOM and bool(self.level or self.levels)

    def levels_in(self, frame: Frame) -> Mapping[str, int] | None:
        """Share of each source of a frame; None for a sample by size. [%]"""
        if not self.by_level:
            return None
        return self.levels if self.levels is not None else dict.fromkeys(frame.by_source, self.level)
