"""What the report of a group says of the ways of its plants, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class PlantPower:
    """Electricity of a plant and how much of it is renewable, as far as the plant counts. [kWh]"""

    plant: str
    used: Decimal
    certified: Decimal
    traced: Decimal
    own: Decimal
    promised: Decimal | None
    """Share that a target promises; None: there is none. [%]"""
    year: int
    """Of that target; 0: there is none."""
    gap: Decimal
    """Promised and not secured. [MWh/a]"""
    open: Decimal
    """Of it, what options with a known cost leave. [MWh/a]"""
    against: int
    """Points that stand against a claim; -1: none was held against the rules."""
    silent: bool
    """The report says nothing of targets, actions or certificates."""


@dataclass(frozen=True, slots=True)
class AimSum:
    """Absolute targets for the same parts and year, added up. [t CO2e]"""

    parts: tuple[str, ...]
    year: int
    plants: tuple[str, ...]
    without: tuple[str, ...]
    """Plants of which emissions or pathway are not known."""
    actual: Decimal
    allowed: Decimal
    final: Decimal


@dataclass(frozen=True, slots=True)
class MissedAim:
    """A target of a plant that is missed."""

    plant: str
    name: str
    gap: Decimal | None
    """Above the pathway; None: not in tonnes, or stopped by a rule. [t CO2e]"""
    why: Text | None


@dataclass(frozen=True, slots=True)
class NextTonne:
    """An action that is not under way yet."""

    plant: str
    action: str
    currency: str
    cost: Decimal
    """[currency/t]"""
    tonnes: Decimal
    """Location-based, as far as the plant counts. [t CO2e/a]"""


@dataclass(frozen=True, slots=True)
class Ways:
    """All of it."""

    plants: tuple[PlantPower, ...]
    aims: tuple[AimSum, ...]
    missed: tuple[MissedAim, ...]
    next: tuple[NextTonne, ...]
    """By currency, cheapest first."""
    total: Decimal
    """What all actions of all plants save. [t CO2e/a, location-based]"""
    notices: tuple[Text, ...] = ()
