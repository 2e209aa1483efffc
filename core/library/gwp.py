"""Global warming potentials: what a kilogram of a gas counts, by assessment report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Name

GASES = ("CO2", "CH4", "N2O", "HFCs", "PFCs", "SF6", "NF3")
"""The seven gases of the Kyoto basket, in the order of every table."""


@dataclass(frozen=True, slots=True)
class Species:
    """One substance in one GWP set."""

    key: str
    """``CO2``, ``CH4``, ``HFC-134a`` ..."""
    gas: str
    """The basket gas it is counted under, or ``other`` when it is outside the basket (HCFC, CFC, HC, HFO)."""
    gwp: Decimal
    """100 years. [kg CO2e/kg]"""
    name: Name
    place: str
    """Table in the report."""
    status: str = "VERIFIED"


@dataclass(frozen=True, slots=True)
class Gwp:
    """One assessment report's values."""

    key: str
    """``AR4``, ``AR5`` or ``AR6``."""
    title: Name
    publisher: str
    edition: str
    year: int
    species: Mapping[str, Species]

    def of(self, species: str) -> Species | None:
        return self.species.get(species)
