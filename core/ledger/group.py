"""The records of a group: what head office itself says, beside what the plants report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The reporting organisation; a register has exactly one, with the id ``group``. It owns itself wholly."""

    name: str
    approach: str = "operational_control"
    """How companies are consolidated: ``operational_control``, ``financial_control`` or ``equity_share``."""
    base_year: int = 0
    """0: none was chosen."""
    threshold: Decimal = Decimal(5)
    """Change of the base year's emissions by structure, methods or errors from which it is recalculated. [%]"""
    hold_above: Decimal = Decimal(25)
    """A plant whose total differs more from its last year, or from an earlier version, is held for a decision. [%]"""
    note: str = ""
    id: str = "group"


@dataclass(frozen=True, slots=True)
class Company:
    """A legal entity."""

    id: str
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A plant as head office knows it. Which reports are its own follows from the names that plants report under."""

    id: str
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    business: str = ""
    """Segment of the group, e.g. ``Brakes``."""
    reported_as: tuple[str, ...] = ()
    """Further names under which it reported, e.g. before it was bought."""
    opened: str = ""
    """First day on which it worked, as ISO date; empty: before every period."""
    closed: str = ""
    """Last day on which it worked, as ISO date; empty: it still does."""
    contact: str = ""
    """E-mail address for reminders and requests."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """Who holds a company or a plant over some days, and who controls it."""

    id: str
    holder: str
    """Id of a company, or ``group``; what is held by nobody named here is outside the group."""
    held: str
    """Id of a company or of a plant."""
    start: str
    """First day, as ISO date; empty: since ever."""
    end: str = ""
    """Last day, included; empty: until now."""
    percent: Decimal = Decimal(100)
    """Economic interest. [%]"""
    operational: bool = True
    """The holder has operational control."""
    financial: str = "full"
    """Financial control of the holder: ``full``, ``joint`` or ``none``."""
    reason: str = ""
    """Why it began or ended: bought, sold, founded, merged."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Energy or goods from one plant to another, counted where they are made and again where they are used."""

    id: str
    seller: str
    """Id of the plant that made it."""
    buyer: str
    """Id of the plant whose lines count it again."""
    source: str
    """Emission source in the buyer's reports, by its name there."""
    start: str = ""
    """First day, as ISO date; empty: since ever."""
    end: str = ""
    """Last day, included; empty: until now."""
    percent: Decimal = Decimal(100)
    """Share of the source that comes from the seller. [%]"""
    scope: str = ""
    """Only lines of this scope, e.g. ``scope3``; empty: scopes 2 and 3."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiteFigure:
    """A quantity that emissions of a plant are held against, where head office knows it better than the report."""

    id: str
    site: str
    name: str
    """``headcount``, ``revenue``, ``production`` ..."""
    unit: str
    year: int
    quantity: Decimal
    source: str
    """Where head office has it from."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day by which the reports of a year are due; its id is the year."""

    id: str
    due: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a report that was held; its id is the SHA-256 of the file."""

    id: str
    verdict: str
    """``accepted`` or ``rejected``."""
    reason: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody whose certificates are believed; its id is the SHA-256 of the certificate."""

    id: str
    name: str
    certificate: str
    """PEM, public."""
    own: bool
    """The root of this group; False: a company PKI or another group that is trusted too."""
    until: str
    """Last day of the certificate, as ISO date."""
    distrusted: str = ""
    """Moment since which nothing of it is believed any more, as ISO time; empty: it is trusted."""
    crl: str = ""
    """Its newest list of revoked certificates, PEM; empty: none was published or brought in."""
    note: str = ""
    why_distrusted: str = ""
    stamps: bool = False
    """It is believed for time stamps, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that the group's own root issued, or one of another authority that head office named.

    Its id is the SHA-256 of the certificate.
    """

    id: str
    authority: str
    """Id of the authority."""
    serial: str
    """Serial number, decimal."""
    name: str
    email: str
    organisation: str
    role: str
    """``Auditor`` or ``PlantManager``."""
    sites: tuple[str, ...]
    """Plants it may sign for, by name; empty: all."""
    issued: str
    """Moment, as ISO time in UTC."""
    until: str
    """Last moment, as ISO time in UTC."""
    certificate: str
    """PEM, public."""
    renews: str = ""
    """Id of the certificate that it follows."""
    revoked: str = ""
    """Moment since which it is not believed, as ISO time in UTC; empty: it is."""
    why_revoked: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Something that was signed and went back to plants."""

    id: str
    kind: str
    """``factors``, ``map``, ``request``, ``benchmarks`` or ``trust``."""
    title: str
    sites: tuple[str, ...]
    """Ids of the plants it is for; empty: all."""
    day: date
    sha256: str
    """Of the signed file, kept as a blob."""
    size: int
    name: str
    """File name as written."""
    due: str = ""
    """Day by which an answer is expected, as ISO date; empty: none is."""
