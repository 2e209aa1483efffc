"""The records of a plant. Every field is something an auditor can ask about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Plant:
    """The site itself; a ledger has exactly one, with the id ``plant``."""

    name: str
    """As it stands on the report."""
    country: str
    """ISO 3166-1 alpha-2, e.g. ``CN``; chooses the default fuel family."""
    region: str = ""
    """ISO 3166-2, e.g. ``CN-HE``; chooses the provincial grid factor. Empty: the country."""
    grid: str = ""
    """Sub-grid named by the factor publisher where ISO regions do not name it, e.g. eGRID ``US-RFCM``."""
    organisation: str = ""
    """Legal entity that operates the plant."""
    address: str = ""
    note: str = ""
    """Also says when figures are invented (demo)."""
    id: str = "plant"


@dataclass(frozen=True, slots=True)
class Activity:
    """Activity data: one quantity of one thing over one span of days."""

    id: str
    source: str
    """Emission source as the plant calls it, e.g. ``Boiler house``."""
    method: str
    """Key of the method, the name of its file in ``core/methods``."""
    item: str
    """Key of what was used, e.g. ``diesel``."""
    start: date
    end: date
    """Last day, included."""
    quantity: Decimal
    unit: str
    """As on the bill; converted exactly by the method."""
    estimated: bool = False
    evidence: str = ""
    """Bill number or other reference as printed on the proof."""
    note: str = ""
    """For an estimate: reason and method."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The choices under which one period is calculated; its id is the year, ``2024``."""

    id: str
    start: date
    end: date
    """Last day, included."""
    gwp_set: str = "AR6"
    """``AR4``, ``AR5`` or ``AR6``."""
    policy: str = "matching-year"
    """Key of the policy that chooses factors."""
    approach: str = "operational_control"
    """Consolidation: ``operational_control``, ``financial_control`` or ``equity_share``."""
    boundary: str = ""
    """What belongs to the audited site, in words."""
    criteria: str = "GHG Protocol Corporate Standard; ISO 14064-1:2018"
    preparer: str = ""
    revision: int = 0
    """Counts the signed reports of this period."""
    previous: str = ""
    """SHA-256 of the package of the previous revision."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A proof: a file kept as a blob, found by its hash, linked to activity data."""

    id: str
    name: str
    """File name as received."""
    kind: str
    """``bill``, ``meter_photo``, ``contract``, ``certificate``, ``import`` or ``other``."""
    sha256: str
    size: int
    media_type: str = "application/octet-stream"
    activities: tuple[str, ...] = ()
    """Ids of the activity data it proves."""


Record: TypeAlias = "Plant | Activity | Audit | Evidence"
KINDS: dict[str, type[Plant] | type[Activity] | type[Audit] | type[Evidence]] = {
    "plant": Plant,
    "activity": Activity,
    "audit": Audit,
    "evidence": Evidence,
}
_KIND_OF = {cls: kind for kind, cls in KINDS.items()}


def kind_of(record: Record) -> str:
    """The name under which records of this class are filed."""
    return _KIND_OF[type(record)]
