"""Own generation by source and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.inventory import Inventory, Period, months_of
from core.inventory.by import spread_days
from core.inventory.period import portion_of
from core.library import EXACT, Units, load_library
from core.methods import AppliedFactor, Portion, exact_sum
from core.methods.solar_generation import FED_IN, GENERATED, METHOD, SELF_USED

ZERO = Decimal(0)
THOUSAND = Decimal(1000)
NUMBERS = ("generated", "self_used", "fed_in", "avoided_self_used", "avoided_fed_in")


@dataclass(frozen=True, slots=True)
class SolarFigures:
    """Own generation over some days."""

    generated: Decimal = ZERO
    """By its meter; where there is none, self-used + fed in. [kWh]"""
    self_used: Decimal = ZERO
    """[kWh]"""
    fed_in: Decimal = ZERO
    """[kWh]"""
    avoided_self_used: Decimal = ZERO
    """Memo. [t CO2e]"""
    avoided_fed_in: Decimal = ZERO
    """Memo. [t CO2e]"""
    factors_self_used: tuple[AppliedFactor, ...] = ()
    """Every factor applied to self-used electricity."""
    factors_fed_in: tuple[AppliedFactor, ...] = ()
    """Every factor applied to fed-in electricity."""

    @property
    def used(self) -> Decimal:
        """Self-used and fed in. [kWh]"""
        return EXACT.add(self.self_used, self.fed_in)

    @property
    def unassigned(self) -> Decimal:
        """Generated, but nobody said whether it was used or fed in. [kWh]"""
        return EXACT.subtract(self.generated, self.used)

    @property
    def avoided(self) -> Decimal:
        """Memo: self-used and fed in together. [t CO2e]"""
        return EXACT.add(self.avoided_self_used, self.avoided_fed_in)

    @property
    def share_of_use(self) -> Decimal | None:
        """Self-consumption ratio, self-used / generated; None without generation. [1]"""
        return _ratio(self.self_used, self.generated)

    @property
    def implied(self) -> Decimal | None:
        """Avoided tonnes per megawatt-hour used or fed in. [t/MWh]"""
        return _per_mwh(self.avoided, self.used)

    @property
    def implied_self_used(self) -> Decimal | None:
        """The same for self-used electricity. [t/MWh]"""
        return _per_mwh(self.avoided_self_used, self.self_used)

    @property
    def implied_fed_in(self) -> Decimal | None:
        """The same for fed-in electricity. [t/MWh]"""
        return _per_mwh(self.avoided_fed_in, self.fed_in)

    @property
    def factors(self) -> tuple[AppliedFactor, ...]:
        """Every factor applied."""
        return _once((*self.factors_self_used, *self.factors_fed_in))


@dataclass(frozen=True, slots=True)
class SolarSource:
    """One PV plant."""

    source: str
    months: tuple[SolarFigures, ...]
    """For each month of the period."""
    total: SolarFigures


@dataclass(frozen=True, slots=True)
class SolarSummary:
    """Own generation in a period. ``total.avoided`` is the avoided total of the inventory."""

    months: tuple[Period, ...]
    sources: tuple[SolarSource, ...]
    """Ordered by name."""
    by_month: tuple[SolarFigures, ...]
    """All sources in each month."""
    total: SolarFigures

    @property
    def empty(self) -> bool:
        """Whether the plant has no PV records in the period."""
        return not self.sources


def summary(inventory: Inventory, units: Units | None = None) -> SolarSummary:
    """Own generation by source, month and in total.

    Parameters
    ----------
    inventory
        compiled for the period.
    units
        those of the shipped library when not given.

    Returns
    -------
    SolarSummary
        records that cross months are split by calendar day; the months add up to the totals exactly.

    Notes
    -----
    self-used = generated - fed-in where only these were metered, and the other way round (see the method
    ``solar_generation``); generated = self-used + fed-in where there is no generation meter.
    Self-consumption ratio = self-used / generated (IEA PVPS). Implied constant = avoided tonnes / MWh.
    """
    units = load_library().units if units is None else units
    months = months_of(inventory.choices.period)
    pieces: dict[str, list[tuple[SolarFigures, ...]]] = {}
    for source, figures in _pieces(inventory, units, months):
        pieces.setdefault(source, []).append(figures)
    sources = tuple(_source(name, pieces[name], len(months)) for name in sorted(pieces))
    by_month = tuple(add(source.months[i] for source in sources) for i in range(len(months)))
    return SolarSummary(months, sources, by_month, add(source.total for source in sources))


def add(figures: Iterable[SolarFigures]) -> SolarFigures:
    """The sum of figures."""
    kept = tuple(figures)
    numbers = {name: exact_sum(getattr(f, name) for f in kept) for name in NUMBERS}
    return SolarFigures(
        **numbers,
        factors_self_used=_once(x for f in kept for x in f.factors_self_used),
        factors_fed_in=_once(x for f in kept for x in f.factors_fed_in),
    )


def _source(name: str, pieces: list[tuple[SolarFigures, ...]], count: int) -> SolarSource:
    months = tuple(add(piece[i] for piece in pieces) for i in range(count))
    return SolarSource(name, months, add(months))


def _pieces(
    inventory: Inventory, units: Units, months: tuple[Period, ...]
) -> Iterator[tuple[str, tuple[SolarFigures, ...]]]:
    """Every portion with its figures in each month."""
    metered = [p for p in _metered(inventory) if _energy(p, units) is not None]
    for portion in metered:
        yield portion.activity.source, _spread(portion, {"generated": _kwh(portion, units)}, (), months)
    spans: dict[str, list[Period]] = {}
    for portion in metered:
        spans.setdefault(portion.activity.source, []).append(Period(portion.start, portion.end))
    for portion, tonnes, factor in _used(inventory):
        kwh = _energy(portion, units)
        if kwh is None:
            continue
        own = Period(portion.start, portion.end)
        numbers = {_NAMES[portion.activity.item]: kwh, f"avoided_{_NAMES[portion.activity.item]}": tonnes}
        if not any(own.overlap(span) for span in spans.get(portion.activity.source, ())):
            numbers["generated"] = kwh
        yield portion.activity.source, _spread(portion, numbers, factor, months)


_NAMES = {SELF_USED: "self_used", FED_IN: "fed_in"}


def _metered(inventory: Inventory) -> Iterator[Portion]:
    for activity in inventory.activities:
        if activity.method == METHOD.key and activity.item == GENERATED and activity.start <= activity.end:
            portion = portion_of(activity, inventory.choices.period)
            if portion is not None:
                yield portion


def _used(inventory: Inventory) -> Iterator[tuple[Portion, Decimal, tuple[AppliedFactor, ...]]]:
    """Self-used and fed-in portions; without a factor the energy counts all the same."""
    for line in inventory.lines:
        if line.scope == "avoided" and line.activity.item in _NAMES:
            yield line.portion, line.tco2e, (line.factor,)
    for excluded in inventory.excluded:
        portion = excluded.portion
        if (
            portion.activity.method == METHOD.key
            and portion.activity.item in _NAMES
            and portion.activity.start <= portion.activity.end
        ):
            yield portion, ZERO, ()


def _spread(
    portion: Portion, numbers: Mapping[str, Decimal], factor: tuple[AppliedFactor, ...], months: tuple[Period, ...]
) -> tuple[SolarFigures, ...]:
    span = Period(portion.start, portion.end)
    spreads = {name: spread_days(value, span, months) for name, value in numbers.items()}
    self_used = factor if portion.activity.item == SELF_USED else ()
    fed_in = factor if portion.activity.item == FED_IN else ()
    return tuple(
        SolarFigures(
            **{name: values[i] for name, values in spreads.items()},
            factors_self_used=self_used if month.overlap(span) else (),
            factors_fed_in=fed_in if month.overlap(span) else (),
        )
        for i, month in enumerate(months)
    )


def _energy(portion: Portion, units: Units) -> Decimal | None:
    """[kWh]; None when the unit is none of energy."""
    unit = units.find(portion.activity.unit)
    return None if unit is None or unit.dimension != "energy" else _kwh(portion, units)


def _kwh(portion: Portion, units: Units) -> Decimal:
    return units.convert(portion.quantity, portion.activity.unit, "kWh")


def _once(factors: Iterable[AppliedFactor]) -> tuple[AppliedFactor, ...]:
    return tuple({f.key: f for f in factors}.values())


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return EXACT.divide(part, whole) if whole else None


def _per_mwh(tonnes: Decimal, kwh: Decimal) -> Decimal | None:
    return EXACT.divide(EXACT.multiply(tonnes, THOUSAND), kwh) if kwh else None
