"""The records of the supply chain: suppliers, what they signed, what they declared of minerals, what they were asked.

A plant's ledger and a group's register hold the same kinds, but for requests of data, which become activity data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody who delivers."""

    id: str
    name: str
    country: str = ""
    """ISO 3166-1 alpha-2."""
    number: str = ""
    """Of the buyer's own list of suppliers."""
    goods: str = ""
    """What is bought, in words."""
    spend: Decimal | None = None
    """In a year, to see who matters."""
    currency: str = ""
    risk: str = ""
    """``low``, ``medium`` or ``high`` as the buyer judges; empty: not judged."""
    minerals: bool = False
    """Delivers parts with minerals that are asked for; counts for the share of answers."""
    contact: str = ""
    until: str = ""
    """Last day on which it delivers, as ISO date; empty: it still does."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a supplier signed."""

    id: str
    supplier: str
    text: str
    """``ungc``, ``ilo``, ``ungp``, ``code_of_conduct`` or ``other``."""
    version: str
    """Of the text that was signed."""
    signed: date
    signer: str = ""
    valid_to: str = ""
    """Last day, as ISO date; empty: none was agreed."""
    evidence: tuple[str, ...] = ()
    """The scan."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MineralDeclaration:
    """A supplier's or the own declaration of the minerals in products, read from a workbook."""

    id: str
    template: str
    """``CMRT``, ``EMRT`` or ``AMRT``."""
    edition: str
    """As the workbook says, e.g. ``6.5``."""
    company: str
    effective: str = ""
    """Its day, as ISO date; empty: none or no day."""
    supplier: str = ""
    """Id; empty: the own declaration."""
    scope: str = ""
    """``A`` (company), ``B`` (products) or ``C`` (own definition)."""
    language: str = ""
    """In which it was answered, e.g. ``en``."""
    header: tuple[tuple[str, str], ...] = ()
    """Further fields of the head, by key: ``scope_text``, ``contact``, ``contact_mail``, ``authoriser`` …"""
    answers: tuple[tuple[str, str], ...] = ()
    """Question and mineral, ``1 tin``, or question of the company, ``A``, and the key of the answer."""
    remarks: tuple[tuple[str, str], ...] = ()
    """The same keys, and what was written beside the answer."""
    smelters: tuple[tuple[str, ...], ...] = ()
    """Each row of the list: mineral, smelter as chosen, name, country, id, source of the id, street, city, province,
    contact, mail, next steps, mine, origin, recycled, comment."""
    products: tuple[tuple[str, ...], ...] = ()
    """Each row of the list: number, name, comment."""
    verdict: str = ""
    """``accepted`` or ``sent_back``, where a person decided; empty: nobody did."""
    reason: str = ""
    by: str = ""
    received: str = ""
    """Day, as ISO date."""
    evidence: tuple[str, ...] = ()
    """The workbook as received."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SmelterList:
    """A list of smelters whose standing somebody publishes, which the user downloaded; it is compared, not shipped."""

    id: str
    name: str
    day: date
    """On which it was published or downloaded."""
    source: str = ""
    smelters: tuple[tuple[str, ...], ...] = ()
    """Each row: id of the smelter, mineral, name, country, standing as published."""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """What a supplier was asked for scope 3, and what came back."""

    id: str
    supplier: str
    year: int
    sent: date
    due: str = ""
    """Last day for the answer, as ISO date."""
    asked: tuple[tuple[str, ...], ...] = ()
    """Each row: number of the line, what is bought, the item of the library or empty, quantity, unit."""
    answered: str = ""
    """Day, as ISO date; empty: not yet."""
    answers: tuple[tuple[str, ...], ...] = ()
    """Each row: number of the line, footprint per unit [kg CO2e], system boundary, share of primary data [%], standard,
    verified by, transport mode, distance [km], mass of one unit [kg], comment."""
    evidence: tuple[str, ...] = ()
    """The workbook that came back."""
    note: str = ""
