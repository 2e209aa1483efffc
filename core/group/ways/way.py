"""What is kept of the way of one plant in one year: plain values, written as canonical JSON beside its report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import Text
from core.ledger import canonical
from core.report.group.plainly import from_plain, to_plain

WAY = "way"
"""Name of the way beside a filed report."""
FORM = 1
"""Of what is kept; another form is another number, and is worked out anew."""
LARGEST = 2 * 1024 * 1024
"""No way is read beyond this size; one with a hundred actions takes 50 kB. [bytes]"""
MOST = 500
"""Actions, options, targets, commitments or open points that are kept of a plant; the rest is counted."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Electricity:
    """Electricity used over a month or a year, and how much of it is renewable by three views."""

    used: Decimal = ZERO
    """The denominator of every share. [kWh]"""
    certified: Decimal = ZERO
    """Covered by instruments that count, and own generation whose attributes are kept. [kWh]"""
    traced: Decimal = ZERO
    """Physically from renewable generation: own generation and direct lines. [kWh]"""
    own: Decimal = ZERO
    """Own renewable generation, used on site. [kWh]"""

    def kwh(self, view: str) -> Decimal:
        """Of ``certified``, ``traced`` or ``own``. [kWh]"""
        found: Decimal = getattr(self, view)
        return found


@dataclass(frozen=True, slots=True)
class Open:
    """Something that stands against a claim."""

    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether a claim of renewable electricity would hold for the year."""

    percent: Decimal
    """What would be claimed. [%]"""
    holds: bool
    open: tuple[Open, ...]
    """What is to be done before it holds."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Renewable electricity that the plant could have."""

    id: str
    name: str
    kind: str
    first_year: int
    quantity: Decimal
    """[MWh/a]"""
    cost: Decimal | None
    """None: it cannot be known. [currency/MWh]"""
    currency: str
    market: Decimal
    """Change of the market-based figure by all of it; below zero: less. [t CO2e/a]"""
    location: Decimal
    """Change of the location-based figure. [t CO2e/a]"""


@dataclass(frozen=True, slots=True)
class Road:
    """From the year of the report to a share of renewable electricity."""

    promised: bool
    """A target of the plant says so; else all of the electricity in the year of the report is taken."""
    year: int
    percent: Decimal
    """[%]"""
    use: Decimal
    """[MWh/a]"""
    secured: Decimal
    """[MWh/a]"""
    gap: Decimal
    """[MWh/a]"""
    open: Decimal
    """What the options with a known cost leave of the gap. [MWh/a]"""
    cost: Decimal
    """Of the cheapest mix that closes the rest. [currency/a]"""
    currency: str
    offers: tuple[Offer, ...]
    """Cheapest first."""

    @property
    def missed(self) -> bool:
        """A promise for which electricity is not secured yet."""
        return self.promised and self.gap > 0


@dataclass(frozen=True, slots=True)
class Aim:
    """A target for emissions and how it stands."""

    id: str
    name: str
    kind: str
    parts: tuple[str, ...]
    base_year: int
    year: int
    reduction: Decimal
    """[%]"""
    intensity: str
    """Name of the key figure; empty: absolute."""
    status: str
    main: bool
    """The one that is looked at first."""
    at: int
    """Year of ``actual``; 0: there is none."""
    actual: Decimal | None
    """[t CO2e, or per unit of the key figure]"""
    allowed: Decimal | None
    """By its pathway in that year. [as ``actual``]"""
    gap: Decimal | None
    """``actual`` less ``allowed``; above zero: too much. [as ``actual``]"""
    base: Decimal | None
    """[as ``actual``]"""
    final: Decimal | None
    """In the year of the target. [as ``actual``]"""
    stops: tuple[Text, ...]
    """What a rule has against it."""
    pathway: Mapping[str, Decimal] = field(default_factory=dict)
    """By year; of absolute targets. [t CO2e]"""
    forecast: Mapping[str, Decimal] = field(default_factory=dict)
    """By year up to that of the target, in the first scenario with its actions; of absolute targets. [t CO2e]"""

    @property
    def missed(self) -> bool:
        """Above its pathway, or stopped by a rule."""
        return bool(self.stops) or (self.gap is not None and self.gap > 0)


@dataclass(frozen=True, slots=True)
class Neutral:
    """A commitment to carbon neutrality."""

    subject: str
    year: int
    """From which it is to be neutral."""
    stated: str
    attainable: str
    """The furthest state that nothing forbids."""
    holds: bool
    footprint: Decimal | None
    """Emissions inside its boundary in the year of the report. [t CO2e]"""
    credits: Decimal
    """That count for that year. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Abatement:
    """An action that saves tonnes, besides all others of its plant."""

    id: str
    name: str
    area: str
    """Key of the area."""
    area_name: str
    """As the plant calls it; empty: as it is shipped."""
    part: str
    status: str
    location: Decimal
    """Saved. [t CO2e/a]"""
    market: Decimal
    """Saved. [t CO2e/a]"""
    yearly: Decimal | None
    """What it costs a year; None: nobody says it. [currency/a]"""
    npv: Decimal | None
    """[currency]"""
    capex: Decimal
    """[currency]"""
    currency: str

    def tonnes(self, view: str) -> Decimal:
        """Saved in a view. [t CO2e/a]"""
        return self.location if view == "location" else self.market


@dataclass(frozen=True, slots=True)
class Way:
    """Everything that head office keeps of the way of one plant in one year."""

    year: int
    silent: bool
    """The report has no instruments, targets, actions or options."""
    electricity: Electricity
    months: Mapping[str, Electricity]
    """By month, e.g. ``2024-01``; they add up to ``electricity``."""
    claim: Claim | None = None
    road: Road | None = None
    aims: tuple[Aim, ...] = ()
    neutral: tuple[Neutral, ...] = ()
    credits: Decimal = ZERO
    """That count for the year. [t CO2e]"""
    plan_year: int = 0
    """For which the tonnes of the actions are; 0: there is no plan."""
    abatement: tuple[Abatement, ...] = ()
    """Actions that can be done together, with what is put down to each; they add up to what all save."""
    troubles: tuple[Text, ...] = ()
    """What could not be worked out, and why."""

    @property
    def main(self) -> Aim | None:
        """The target that is looked at first."""
        return next((one for one in self.aims if one.main), None)

    @property
    def missed(self) -> bool:
        """Some target is missed, of electricity or of emissions."""
        return (self.road is not None and self.road.missed) or any(one.missed for one in self.aims)


def write(way: Way) -> bytes:
    """The bytes that are kept."""
    return canonical({"form": FORM, "way": to_plain(way)})


def read(data: bytes) -> Way | None:
    """What :func:`write` wrote; None where it has another form, is too large or damaged: then it is worked out anew."""
    if len(data) > LARGEST:
        return None
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or plain.get("form") != FORM:
            return None
        found: Way = from_plain(Way, plain["way"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found
