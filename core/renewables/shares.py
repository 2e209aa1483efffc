"""Three shares of one consumption: with certificates, physically traced, own generation; and what is low in carbon.

They answer different questions and are never added. A share is an exact fraction; whoever shows it rounds down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.i18n import Name
from core.inventory import Inventory, Period, months_of
from core.ledger import Ledger, RuleValue
from core.library import EXACT
from core.library.rulebook import Rulebook, Ruling, rulebook
from core.methods import exact_sum
from core.renewables.attributes import KEPT, Attributes
from core.renewables.consumption import DIRECT_LINE, OWN, Used, consumption
from core.renewables.natures import LOW_CARBON, OTHER, RENEWABLE, natures

CERTIFIED, TRACED, OWN_SHARE = "certified", "traced", "own"
VIEWS = (CERTIFIED, TRACED, OWN_SHARE)
"""The three shares."""
_GWH = Decimal(1_000_000)
"""[kWh]"""


@dataclass(frozen=True, slots=True)
class Share:
    """Electricity used over some days, and how much of it is renewable, by three views."""

    start: date
    end: date
    """Last day, included."""
    used: Decimal
    """The denominator of every share. [kWh]"""
    certified: Decimal
    """Covered by instruments that count and are renewable, and own generation whose attributes are kept. [kWh]"""
    traced: Decimal
    """Own generation and direct lines: what came physically from generation without fossil fuels. [kWh]"""
    own: Decimal
    """Own renewable generation, used on site. [kWh]"""
    low_carbon: Decimal
    """Covered by nuclear generation: in no share of renewable electricity. [kWh]"""
    untitled: Decimal
    """Own renewable generation of which it is not known that the attributes are kept; not in ``certified``. [kWh]"""

    @property
    def uncovered(self) -> Decimal:
        """Used and not covered with certificates or by own generation. [kWh]"""
        return EXACT.subtract(self.used, self.certified)

    def kwh(self, view: str) -> Decimal:
        """Renewable electricity of a view. [kWh]"""
        return {CERTIFIED: self.certified, TRACED: self.traced, OWN_SHARE: self.own}[view]

    def exact(self, view: str) -> Fraction:
        """The share of a view as a fraction of 1; zero where nothing was used."""
        return Fraction(self.kwh(view)) / Fraction(self.used) if self.used else Fraction(0)

    def shown(self, view: str) -> Decimal | None:
        """The share of a view as it may be shown; None where nothing was used. [%]"""
        return shown_percent(self.kwh(view), self.used)


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of a period, of each month and of each source."""

    year: Share
    """Of the whole period."""
    months: tuple[Share, ...]
    """Of its calendar months; each kilowatt-hour adds up to the period exactly."""
    sources: tuple[tuple[str, Share], ...]
    """By source as the plant calls it."""
    used: tuple[Used, ...]
    """All of it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides whether a kilowatt-hour is renewable."""

    attributes: Attributes
    """Of own generation."""
    natures: Mapping[str, str]
    """Of the instruments, by id."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level of the zero-carbon factory that is asked of the physically traced share."""

    ruling: Ruling
    """With source, status and a possible change of an expert. [%]"""
    applies: bool
    """Whether the plant is one of those of which it is asked."""
    reached: bool

    @property
    def title(self) -> Name:
        return self.ruling.title


def shown_percent(part: Decimal, whole: Decimal, places: int = 1) -> Decimal | None:
    """A share as it may be shown: rounded down, so that 100 means all of it.

    Parameters
    ----------
    part, whole
        of one unit. [any unit]
    places
        decimals.

    Returns
    -------
    Decimal or None
        None where the whole is zero. [%]

    Notes
    -----
    p = floor(100 × part / whole × 10^places) / 10^places, in whole numbers. Rounding to the nearest would show 99.96 %
    as 100 %.

    Examples
    --------
    >>> shown_percent(Decimal("999.99"), Decimal(1000)), shown_percent(Decimal(1000), Decimal(1000))
    (Decimal('99.9'), Decimal('100.0'))
    """
    if not whole:
        return None
    scaled = Fraction(part) * 100 * 10**places // Fraction(whole)
    return Decimal(scaled).scaleb(-places)


def shares_of(ledger: Ledger, inventory: Inventory) -> Shares:
    """All shares of the electricity that an inventory counts.

    Parameters
    ----------
    ledger
        with instruments, allocations and PV systems.
    inventory
        compiled from it.

    Notes
    -----
    share = renewable kWh used / all kWh used, own generation in both. An allocation belongs to the days of its record.
    GHG Protocol Scope 2 Guidance (2015), ch. 6 and 7; RE100 reporting guidance, consumption by market.
    """
    rules = rulebook(ledger.held(RuleValue))
    return shared(
        consumption(inventory),
        Basis(Attributes.of(ledger), natures(inventory.instruments, rules)),
        inventory.choices.period,
    )


def shared(used: Sequence[Used], basis: Basis, period: Period) -> Shares:
    """The shares of a consumption that is known already."""
    whole = Period(period.start, period.end)
    months = {month.start: month for month in months_of(period)}
    by_month: dict[date, list[Used]] = {start: [] for start in months}
    by_source: dict[str, list[Used]] = {}
    for one in used:
        by_month[one.month].append(one)
        by_source.setdefault(one.source, []).append(one)
    return Shares(
        _share(used, basis, whole),
        tuple(_share(by_month[start], basis, month.overlap(period) or month) for start, month in months.items()),
        tuple((source, _share(own, basis, whole)) for source, own in sorted(by_source.items())),
        tuple(used),
    )


def _share(used: Iterable[Used], basis: Basis, span: Period) -> Share:
    sums: dict[str, list[Decimal]] = {name: [] for name in ("used", *VIEWS, LOW_CARBON, "untitled")}
    for one in used:
        for name in ("used", *_places(one, basis)):
            sums[name].append(one.kwh)
    return Share(span.start, span.end, **{name: exact_sum(values) for name, values in sums.items()})


def _places(one: Used, basis: Basis) -> tuple[str, ...]:
    """Where a part of the consumption counts besides the denominator."""
    said = basis.natures.get(one.instrument, OTHER)
    found: tuple[str, ...] = {RENEWABLE: (CERTIFIED,), LOW_CARBON: (LOW_CARBON,)}.get(said, ())
    if one.kind in OWN:
        if not one.instrument:  # who sold the attributes may have bought others
            found = (CERTIFIED,) if basis.attributes.state(one) == KEPT else ("untitled",)
        return (*found, TRACED, OWN_SHARE)
    return (*found, TRACED) if one.kind == DIRECT_LINE and said != OTHER else found


def zero_carbon(share: Share, rules: Rulebook) -> tuple[Threshold, ...]:
    """What the zero-carbon factory asks of the physically traced share, and whether it is reached.

    Parameters
    ----------
    share
        of a year.
    rules
        the parameters ``zero_carbon.*`` as they hold for the plant.

    Notes
    -----
    traced / used ≥ threshold, exactly. Certificates and traded green power do not count. MIIT and four ministries,
    工信部联节〔2026〕13号, and the indicators of 2026-07-26; sources contradict each other on the threshold of the
    physical share, so all of them are parameters.
    """
    large = share.used > EXACT.multiply(rules["zero_carbon.large_user"].number, _GWH)
    asked = (("basic", True), ("physical", large), ("lead", True))
    return tuple(
        Threshold(
            rules[f"zero_carbon.{name}"], applies, _reaches(share, rules[f"zero_carbon.{name}"].number)
        )
        for name, applies in asked
    )  # fmt: skip


def _reaches(share: Share, percent: Decimal) -> bool:
    return bool(share.used) and share.exact(TRACED) * 100 >= Fraction(percent)
