"""An inventory reduced to what its uncertainty depends on: plain values, no records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.i18n import Text
from core.inventory.totals import LOCATION, MARKET
from core.inventory.uncertainty.combine import SMALL

VIEWS: Mapping[str, tuple[str, ...]] = {
    "scope1": ("scope1",),
    "scope2_location": ("scope2_location",),
    "scope2_market": ("scope2_market",),
    "scope3": ("scope3",),
    "location": LOCATION,
    "market": MARKET,
}
"""What an uncertainty is told of: each scope and both totals, with the scopes that each adds up."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far an input may be off, and who says so."""

    half: Decimal
    """Half of the 95 % interval: 1.96 standard deviations, relative. [%]"""
    skewed: bool
    """Its published limits are asymmetric."""
    kind: str
    """``record`` (stated with the activity data), ``published`` (limits beside the factor), ``default`` (published for
    its class) or ``proposal`` (nobody published it: used only if the auditor wants that)."""
    basis: Text
    """Where it comes from."""

    @property
    def lognormal(self) -> bool:
        """Drawn from a lognormal distribution: asymmetric, or so wide that a normal one would reach below zero."""
        return self.skewed or self.half > SMALL


class Term(NamedTuple):
    """One line: activity data times a factor."""

    source: str
    scope: str
    activity: str
    """Key of what was measured: all lines that follow from it share its error."""
    factor: str
    """Key of the factor: all lines with one factor share its error."""
    tonnes: Decimal
    """t CO2e."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Terms with what is known about their inputs; what is absent is not quantified."""

    terms: tuple[Term, ...]
    activities: Mapping[str, Spread]
    """By key of what was measured."""
    factors: Mapping[str, Spread]
    """By key of the factor."""
    proposals: bool = False
    """Whether proposals that nobody published were let in."""
