"""Where the group stands in a year: renewable electricity, targets and neutrality, plant by plant and added up.

Everything counts with the share that the group has of a plant, month by month, as in its consolidated tonnes. Shares of
the group follow from sums of kilowatt-hours and are never averages of shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.group.register.ownership import ONE, Ownership
from core.group.ways.making import kept
from core.group.ways.way import ZERO, Aim, Electricity, Neutral, Road, Way
from core.group.year.placing import Placed, placed
from core.i18n import T, Text
from core.ledger import Register
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.shares import VIEWS, shown_percent
from core.store import Filed
from core.targets.parts import counted


@dataclass(frozen=True, slots=True)
class PlantWay:
    """One plant of the group in a year."""

    key: str
    """Id in the register, or country and name."""
    name: str
    country: str
    filed: Filed
    """The report whose targets and actions are shown: the one that ends last."""
    way: Way
    """Of that report, as the plant is by itself."""
    weight: Decimal
    """Part of the plant that counts, on average of the months that it reports. [-]"""
    electricity: Electricity
    """Of all its reports, as far as it counts."""

    @property
    def silent(self) -> bool:
        """Its report says nothing of a way."""
        return self.way.silent

    @property
    def gap(self) -> Decimal | None:
        """What is missing for the promised share, as far as it counts; None without a promise. [MWh/a]"""
        road = self.way.road
        return None if road is None or not road.promised else self.part(road.gap)

    def part(self, value: Decimal) -> Decimal:
        """As far as it counts, to nine decimals."""
        return value if self.weight == ONE else kept(EXACT.multiply(value, self.weight))

    def shown(self, view: str) -> Decimal | None:
        """A share of its electricity as it may be shown: rounded down. None where none was used. [%]"""
        return shown_percent(self.electricity.kwh(view), self.electricity.used)


@dataclass(frozen=True, slots=True)
class Missing:
    """A plant that does not have a promised share of renewable electricity yet."""

    plant: PlantWay
    road: Road
    gap: Decimal
    """As far as it counts. [MWh/a]"""
    open: Decimal
    """Of it, what its options with a known cost leave, as far as it counts. [MWh/a]"""


@dataclass(frozen=True, slots=True)
class Missed:
    """A plant that is above the pathway of a target, or whose target a rule stops."""

    plant: PlantWay
    aim: Aim


@dataclass(frozen=True, slots=True)
class RollUp:
    """Absolute targets of several plants for the same parts of the emissions and the same year, added up. [t CO2e]"""

    parts: tuple[str, ...]
    year: int
    aims: tuple[tuple[PlantWay, Aim], ...]
    """One for each plant whose emissions of the year are known; of several the strictest."""
    without: tuple[str, ...]
    """Plants whose target is for these too, but whose pathway or emissions of the year are not known."""
    actual: Decimal
    allowed: Decimal
    base: Decimal
    final: Decimal
    pathway: Mapping[int, Decimal]
    """In the years in which the pathways of all these plants are known."""
    forecast: Mapping[int, Decimal]
    """In the years in which all these plants have one."""

    @property
    def gap(self) -> Decimal:
        """Above zero: too much."""
        return EXACT.subtract(self.actual, self.allowed)

    @property
    def missed(self) -> bool:
        return self.gap > 0


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it."""

    year: int
    approach: str
    plants: tuple[PlantWay, ...]
    """By name; those of which nothing counts are left out."""
    electricity: Electricity
    """Of the group: the sum of its plants."""
    missing: tuple[Missing, ...]
    """Who has promised a share and does not have it, largest gap first."""
    missed: tuple[Missed, ...]
    """Targets of emissions that are missed, furthest above the pathway first."""
    rollups: tuple[RollUp, ...]
    """By year, then parts."""
    neutral: tuple[tuple[PlantWay, Neutral], ...]
    """Commitments, by plant."""
    notices: tuple[Text, ...]

    @property
    def gap(self) -> Decimal:
        """Renewable electricity that is promised and missing. [MWh/a]"""
        return exact_sum(one.gap for one in self.missing)

    @property
    def credits(self) -> Decimal:
        """That count for the year, as far as their plants count. [t CO2e]"""
        return exact_sum(one.part(one.way.credits) for one in self.plants)

    @property
    def holds(self) -> bool:
        """No plant misses a target."""
        return not self.missing and not self.missed

    @property
    def target_years(self) -> tuple[int, ...]:
        """Years for which plants promise renewable electricity."""
        return tuple(sorted({one.way.road.year for one in self.plants if one.way.road and one.way.road.promised}))

    def shown(self, view: str) -> Decimal | None:
        """A share of the electricity of the group as it may be shown: rounded down. [%]"""
        return shown_percent(self.electricity.kwh(view), self.electricity.used)


def standing(
    register: Register, ways: Iterable[tuple[Filed, Way]], year: int, *, approach: str | None = None
) -> Standing:
    """Where the group stands.

    Parameters
    ----------
    register
        companies, plants and stakes.
    ways
        of the accepted reports of the year, in any order.
    year
        in which the reports end.
    approach
        how companies are consolidated; None: that of the group.

    Notes
    -----
    Electricity = Σ over plants and months of kWh × share of the month. A target has one number a year: it counts with
    the average share of the months that its plant reports. Months that two reports of a plant cover are taken from one
    of them, as :func:`core.group.year.placing.placed` says.

    Raises
    ------
    UserError
        when stakes contradict each other.
    """
    approach = approach or register.group.approach
    owned = Ownership.of(register)
    held = [(filed, way) for filed, way in ways if filed.year == year]
    places = placed(owned, [filed for filed, _ in held], approach)
    by_plant: dict[str, list[tuple[Placed, Way]]] = {}
    for one, (_, way) in zip(places, held, strict=True):
        by_plant.setdefault(one.key, []).append((one, way))
    every = sorted((_plant(key, own) for key, own in by_plant.items()), key=lambda one: (one.name, one.key))
    plants = tuple(one for one in every if one.weight)
    return Standing(
        year, approach, plants, added(one.electricity for one in plants),
        _missing(plants), _missed(plants), _rollups(plants, year),
        tuple((one, neutral) for one in plants for neutral in one.way.neutral),
        tuple(_notices(every)),
    )  # fmt: skip


def added(parts: Iterable[Electricity]) -> Electricity:
    """Kilowatt-hours add up; shares do not."""
    held = list(parts)
    return Electricity(*(exact_sum(getattr(one, name) for one in held) for name in ("used", *VIEWS)))


def _plant(key: str, own: Sequence[tuple[Placed, Way]]) -> PlantWay:
    last, way = max(own, key=lambda both: (both[0].filed.end, both[0].filed.signed_at, both[0].filed.sha256))
    shares = [share for one, _ in own for share in one.shares.named.values()]
    weight = EXACT.divide(exact_sum(shares), Decimal(len(shares))) if shares else ZERO
    name = last.filed.plant if last.site is None else last.site.name
    country = last.filed.country if last.site is None else last.site.country
    electricity = way.electricity
    if len(own) > 1 or not last.whole:
        electricity = added(_weighed(month, share) for one, said in own for month, share in _months(one, said))
    return PlantWay(key, name, country, last.filed, way, weight, electricity)


def _months(one: Placed, way: Way) -> Iterable[tuple[Electricity, Decimal]]:
    for month, share in one.shares.named.items():
        if share and month in way.months:
            yield way.months[month], share


def _weighed(month: Electricity, share: Decimal) -> Electricity:
    if share == ONE:
        return month
    return Electricity(*(EXACT.multiply(getattr(month, name), share) for name in ("used", *VIEWS)))


def _missing(plants: Iterable[PlantWay]) -> tuple[Missing, ...]:
    found = [
        Missing(one, road, one.part(road.gap), one.part(road.open))
        for one in plants
        if (road := one.way.road) is not None and road.missed
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.plant.name, one.plant.key)))


def _missed(plants: Iterable[PlantWay]) -> tuple[Missed, ...]:
    """Tonnes before intensities, whose gaps have other units; what is stopped without a gap at the end."""
    found = [Missed(one, aim) for one in plants for aim in one.way.aims if aim.missed]

    def order(one: Missed) -> tuple[bool, Decimal, str, str]:
        gap = one.aim.gap if one.aim.gap is not None else ZERO
        return bool(one.aim.intensity), -one.plant.part(gap), one.plant.name, one.aim.id

    return tuple(sorted(found, key=order))


def _rollups(plants: Iterable[PlantWay], year: int) -> tuple[RollUp, ...]:
    bundles: dict[tuple[int, tuple[str, ...]], dict[str, list[tuple[PlantWay, Aim]]]] = {}
    for plant in plants:
        for aim in plant.way.aims:
            if aim.parts and not aim.intensity and (parts := counted(aim.parts)):
                bundles.setdefault((aim.year, parts), {}).setdefault(plant.key, []).append((plant, aim))
    return tuple(_rollup(parts, target, own, year) for (target, parts), own in sorted(bundles.items()))


def _rollup(parts: tuple[str, ...], target: int, own: Mapping[str, list[tuple[PlantWay, Aim]]], year: int) -> RollUp:
    taken, without = [], []
    for several in own.values():
        known = [(plant, aim) for plant, aim in several if aim.allowed is not None and aim.at == year]
        if known:
            taken.append(min(known, key=lambda both: (both[1].allowed, both[1].id)))
        else:
            without.append(several[0][0].name)
    taken.sort(key=lambda both: (both[0].name, both[0].key))

    def total(name: str) -> Decimal:
        return exact_sum(plant.part(getattr(aim, name) or ZERO) for plant, aim in taken)

    return RollUp(
        parts, target, tuple(taken), tuple(sorted(without)), total("actual"), total("allowed"), total("base"),
        total("final"), _years(taken, "pathway"), _years(taken, "forecast"),
    )  # fmt: skip


def _years(taken: Sequence[tuple[PlantWay, Aim]], name: str) -> dict[int, Decimal]:
    """Sums of the years that all of them have."""
    series: list[Mapping[str, Decimal]] = [getattr(aim, name) for _, aim in taken]
    common = set.intersection(*(set(one) for one in series)) if series else set()
    return {
        int(year): exact_sum(plant.part(getattr(aim, name)[year]) for plant, aim in taken)
        for year in sorted(common, key=int)
    }


def _notices(plants: Sequence[PlantWay]) -> Iterable[Text]:
    """What a reader of the sums has to know."""
    here = [one for one in plants if one.weight]
    if silent := [one.name for one in here if one.silent]:
        yield T("These reports say nothing of targets, actions or certificates; their electricity counts: {names}.",
                names=silent)  # fmt: skip
    if out := [one.name for one in plants if not one.weight]:
        yield T("Reported, but no part of the group in this year: {names}.", names=out)
    unpromised = [one.name for one in here if not one.silent and (one.way.road is None or not one.way.road.promised)]
    if unpromised:
        yield T("Without a target for renewable electricity: {names}.", names=unpromised)
    for one in here:
        for trouble in one.way.troubles:
            yield T("{plant}: {what}", plant=one.name, what=trouble)
