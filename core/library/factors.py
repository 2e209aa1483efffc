"""Factors as their publishers print them, each with the place where it can be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import Name

SHIPPED = frozenset({"VERIFIED", "VERIFIED_SECONDARY", "DERIVED", "USER"})
"""Statuses that a policy may choose. Anything weaker is shown as a proposal and never chosen."""


@dataclass(frozen=True, slots=True)
class FactorSet:
    """One publication in one edition: the header of a file in ``resources/factors``."""

    key: str
    """Name of the file without ending, e.g. ``cn_electricity_2023``."""
    title: Name
    publisher: str
    edition: str
    """Number or date of the document."""
    year: int
    """Year of publication."""
    published: str
    """ISO date, as exact as known."""
    licence: str
    gwp: str = ""
    """When the amounts of CH4 and N2O are printed as CO2e: the GWP set the publisher used."""
    rank: int = 5
    """Lower wins where two sets answer the same question for the same place and year."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One row: amounts of gases per unit, or one bare number such as a calorific value."""

    key: str
    """``set.item.use[.region][.year][.unit]``; never reused for another number."""
    set: FactorSet
    item: str
    use: str
    """What it is for: ``combustion``, ``stationary``, ``mobile``, ``ncv``, ``carbon``, ``oxidation``, ``density``,
    ``location``, ``residual``, ``fossil``, ``heat`` ..."""
    region: str
    """ISO 3166 code, publisher's sub-grid or ``World``."""
    data_year: int
    """Year the number describes; 0: it does not depend on the year."""
    unit: str
    """``kg/kWh``, ``t/GJ``, ``kg/TJ`` for amounts; ``GJ/t``, ``1`` for bare numbers."""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    """Amount of each gas (``CO2``, ``CH4``, ``N2O`` ...), ``CO2e`` where the publisher does not split."""
    value: Decimal | None = None
    """The bare number, when there are no gases."""
    place: str = ""
    """Page, table or cell in the publication."""
    status: str = "VERIFIED"
    name: Name | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    """95 % limits as published."""
    note: str = ""
    general: bool = True
    """An own factor that is for all records of its item; False: only for those that name it."""

    of: str = field(init=False, repr=False, compare=False)
    """The unit above the line: ``kg`` of ``kg/kWh``."""
    per: str = field(init=False, repr=False, compare=False)
    """The unit below the line: ``kWh`` of ``kg/kWh``."""

    def __post_init__(self) -> None:
        above, _, below = self.unit.partition("/")
        object.__setattr__(self, "of", above)
        object.__setattr__(self, "per", below)

    @property
    def headline(self) -> Decimal:
        """The number people know it by: the bare value, else CO2e, else CO2, else the first gas."""
        if self.value is not None:
            return self.value
        for gas in ("CO2e", "CO2"):
            if gas in self.amounts:
                return self.amounts[gas]
        return next(iter(self.amounts.values()))
