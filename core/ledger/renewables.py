"""The records of renewable electricity: what proves it, which consumption it covers, what could be bought or built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Instrument:
    """A claim on how some electricity was generated: certificates, a contract, a line, one's own generation."""

    id: str
    name: str
    kind: str
    """``certificate``, ``ppa_physical``, ``ppa_virtual``, ``green_tariff``, ``direct_line`` or ``on_site``."""
    market: str
    """Country in which it was generated, ISO 3166-1 alpha-2."""
    start: date
    """First day of the generation (vintage)."""
    end: date
    """Last day of the generation, included."""
    quantity: Decimal
    """[MWh]"""
    scheme: str = ""
    """Of the certificates that belong to it: ``GEC``, ``GEC-NT``, ``I-REC``, ``GO``, ``REC``, ``REGO``; empty: none."""
    serials: str = ""
    """Serial numbers of the certificates: single ones or ranges, separated by ``;``."""
    contract: str = ""
    """Number of the contract or tariff, as printed on it."""
    supplier: str = ""
    """Who sold it."""
    technology: str = ""
    """``solar``, ``wind``, ``hydro``, ``biomass``, ``geothermal``, ``marine``, ``nuclear`` or ``mixed``."""
    generator: str = ""
    """The generating plant."""
    commissioned: str = ""
    """When the generating plant began, as ISO date; empty: not known."""
    factor: Decimal = Decimal(0)
    """What the contract states; 0 for renewable and nuclear electricity. [kg CO2/kWh]"""
    expires: str = ""
    """Last day on which the registry lets it be used, as ISO date; empty: not stated."""
    retired: str = ""
    """Day of its retirement or cancellation, as ISO date; empty: not retired."""
    beneficiary: str = ""
    """For whom it was retired, as the registry says."""
    purpose: str = ""
    """What for, as the registry says."""
    attributes: str = ""
    """Whether the attributes come with it: ``with``, ``without`` or empty for not said; certificates are attributes."""
    price: Decimal = Decimal(0)
    """Of the attribute, or of the contract above the market; may be below zero. [currency/MWh]"""
    currency: str = ""
    """ISO 4217."""
    system: str = ""
    """Id of the :class:`~core.ledger.energy.PvSystem` that generated it; empty: none of the plant's own."""
    evidence: tuple[str, ...] = ()
    """Ids of kept files: contract and settlement, statement of retirement."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of an instrument that covers one record of purchased electricity."""

    id: str
    instrument: str
    activity: str
    """Id of the activity data."""
    quantity: Decimal
    """Of the whole record; a record that crosses the end of a period takes its part along. [kWh]"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A parameter of a rule as an expert changed it. Its id is the key of the parameter."""

    id: str
    value: str
    source: str
    """Where the other value stands, or who decided it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SerialsElsewhere:
    """Certificates that another plant of the group uses, as head office says."""

    id: str
    serials: str
    """As in :class:`Instrument`."""
    holder: str
    """The plant that uses them."""
    year: int
    source: str
    """Who said so and when."""


@dataclass(frozen=True, slots=True)
class SupplyOption:
    """Renewable electricity that the plant could have from some year on."""

    id: str
    name: str
    kind: str
    """``pv``, ``storage``, ``ppa``, ``direct_line``, ``green_tariff`` or ``certificates``."""
    first_year: int
    """First calendar year of its effect."""
    quantity: Decimal
    """Most that it gives in a year; of a storage what it adds to the own use. [MWh/a]"""
    price: Decimal = Decimal(0)
    """Per MWh; of a contract or certificate above the price of the grid, of own PV running costs. [currency/MWh]"""
    capex: Decimal = Decimal(0)
    """[currency]"""
    life: int = 0
    """Over which the capex is spread; 0: there is none. [a]"""
    currency: str = ""
    """ISO 4217."""
    note: str = ""
