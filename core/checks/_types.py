"""What a rule sees, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from core.checks._series import Arranged, Series, documents, key_of
from core.i18n import Localised, Name, Rounded, T, Text, places_read, show_month
from core.inventory import Choices, Inventory, Period, months_of
from core.inventory.totals import LOCATION
from core.ledger import Activity, Plant
from core.library import EXACT, Library, Policy, policy_named
from core.library.library import OWN, regions_of
from core.library.units import scale
from core.methods import AppliedFactor, Finding, Line, exact_sum

__all__ = [
    "Arranged",
    "Memo",
    "Review",
    "Rule",
    "Series",
    "Setting",
    "days",
    "documents",
    "key_of",
    "median",
    "month_text",
    "percent",
    "shown_apart",
    "shown_tonnes",
    "tonnes_of",
]

Result = TypeVar("Result")
Measure = Callable[["Setting", Series], object]
HUNDRED = Decimal(100)


@dataclass(frozen=True, eq=False)
class Setting:
    """What holds for every record of an inventory. A rule of one series sees nothing else besides its series."""

    plant: Plant
    choices: Choices
    library: Library
    _years: dict[tuple[str, ...], int] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """Calendar months of the period."""
        return months_of(self.choices.period)

    def data_year(self, factor: AppliedFactor) -> int:
        """The oldest year that a number of the factor describes; 0 when none depends on a year."""
        if factor.parts not in self._years:
            found = (self.library.factor(part) for part in factor.parts)
            self._years[factor.parts] = min((f.data_year for f in found if f is not None and f.data_year), default=0)
        return self._years[factor.parts]

    @cached_property
    def policy(self) -> Policy:
        return policy_named(self.choices.policy)

    @cached_property
    def areas(self) -> frozenset[str]:
        """Areas whose factors are for this plant."""
        return frozenset((OWN, *regions_of(self.plant), *self.policy.places))

    def base(self, activity: Activity) -> tuple[str, Decimal] | None:
        """Dimension and quantity in its base unit, so that kWh and MWh compare; None for an unknown unit."""
        unit = self.library.units.find(activity.unit)
        return None if unit is None else (unit.dimension, scale(activity.quantity, unit.to_base))

    def kind(self, item: str) -> str:
        """``fuel``, ``electricity`` ...; empty for an unknown item."""
        found = self.library.items.get(item)
        return "" if found is None else found.kind

    def name(self, item: str) -> Localised:
        """How people call an item."""
        found = self.library.items.get(item)
        return T("{name}", name=item) if found is None else found.name


@dataclass(slots=True)
class Memo:
    """What was measured on series whose records and proofs are still the same objects.

    A measure is a pure function of the setting and one series, so remembering it changes nothing but the time. Whoever
    reviews repeatedly keeps one and passes it along.
    """

    setting: Setting | None = None
    rules: tuple[object, ...] = ()
    arranged: Arranged = field(default_factory=Arranged)
    measured: dict[Measure, dict[Series, object]] = field(default_factory=dict)

    def turn(self, inventory: Inventory, rules: tuple[object, ...]) -> Setting:
        """Arrange the records of an inventory and forget what no longer holds."""
        now = (inventory.plant, inventory.choices, inventory.library)
        known = self.setting
        if known is None or self.rules != rules or (known.plant, known.choices, known.library) != now:
            known = self.setting = Setting(*now)
            self.rules, self.measured, self.arranged = rules, {}, Arranged()
        for gone in self.arranged.turn(inventory):
            for results in self.measured.values():
                results.pop(gone, None)
        return known


class Review:
    """An inventory with what its rules may look at: records that touch the period, their proofs, the library."""

    def __init__(self, inventory: Inventory, memo: Memo | None = None, rules: tuple[object, ...] = ()) -> None:
        self.inventory = inventory
        self._memo = Memo() if memo is None else memo
        self.setting = self._memo.turn(inventory, rules)
        self.series = self._memo.arranged.series
        """Records by source, method and item, in the order of these."""

    @property
    def library(self) -> Library:
        return self.inventory.library

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.inventory.activities

    @cached_property
    def total(self) -> Decimal:
        """Scopes 1, 2 (location-based) and 3. [t CO2e]"""
        return self.inventory.totals.location

    @cached_property
    def by_source(self) -> dict[str, list[Series]]:
        """Series of each source, in the order of names."""
        filed: dict[str, list[Series]] = {}
        for series in self.series:
            filed.setdefault(series.source, []).append(series)
        return filed

    def of(self, series: Series, measure: Callable[[Setting, Series], Result]) -> Result:
        """What a pure function finds about a series, remembered while the series is the same."""
        known = self._known(measure)
        if series not in known:
            known[series] = measure(self.setting, series)
        return known[series]

    def _known(self, measure: Callable[[Setting, Series], Result]) -> dict[Series, Result]:
        return self._memo.measured.setdefault(measure, {})  # type: ignore[return-value]

    def each(self, measure: Callable[[Setting, Series], Result]) -> list[tuple[Series, Result]]:
        """Every series about which a measure finds something."""
        known = self._known(measure)
        for series in self.series:
            if series not in known:
                known[series] = measure(self.setting, series)
        return [(series, found) for series in self.series if (found := known[series])]

    def tonnes(self, source: str) -> Decimal:
        """Of a source, location-based."""
        return exact_sum(self.of(series, tonnes_of) for series in self.by_source.get(source, ()))

    def lines(self, measure: Callable[[Setting, Series], Sequence[Line]]) -> list[Line]:
        """Lines that a measure picks out of every series, ordered by id."""
        return sorted((line for _, lines in self.each(measure) for line in lines), key=lambda line: line.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One question an auditor asks of every inventory. Its key is the name of its file."""

    key: str
    severity: str
    """The gravest it can give: ``error`` (forbids signing), ``warning`` or ``info``."""
    title: Text
    source: str
    """Where the question comes from; says so when a limit is ours."""
    check: Callable[[Review], Iterable[Finding]] | None = None
    """Looks at the whole inventory."""
    check_series: Callable[[Setting, Series], Iterable[Finding]] | None = None
    """Looks at one series that has records, and is asked again only when the series changes."""
    dismissible: bool = True
    """Whether a person may decide, with a reason, that a finding needs no action."""
    field: str = "item"
    """Field of the record that a finding about a record points at."""

    def findings(self, review: Review) -> tuple[Finding, ...]:
        """Everything it finds in an inventory."""
        whole = tuple(self.check(review)) if self.check is not None else ()
        ask = self.check_series
        if ask is None:
            return whole
        return (*whole, *(f for one in review.series if one.records for f in ask(review.setting, one)))


def tonnes_of(setting: Setting, series: Series) -> Decimal:
    """Tonnes of a series in scopes 1, 2 (location-based) and 3. [t CO2e]"""
    return exact_sum(line.tco2e for line in series.lines if line.scope in LOCATION)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in %, to one decimal.

    Examples
    --------
    >>> percent(Decimal(1), Decimal(8))
    Decimal('12.5')
    """
    share = EXACT.divide(EXACT.multiply(part, HUNDRED), whole)
    return share.quantize(Decimal("0.1"), context=EXACT)


def shown_tonnes(tonnes: Decimal) -> Rounded:
    """Tonnes in a sentence, as the window shows them.

    Examples
    --------
    >>> str(shown_tonnes(Decimal("1234.567891234")))
    '1,234.6'
    """
    return Rounded(tonnes, places_read(tonnes))


def shown_apart(one: Decimal, other: Decimal) -> tuple[Rounded, Rounded]:
    """The same for two that differ, with as many decimals as it takes to see it.

    Examples
    --------
    >>> [str(said) for said in shown_apart(Decimal("1234.5679"), Decimal("1234.5681"))]
    ['1,234.5679', '1,234.5681']
    """
    places = max(places_read(one), places_read(other))
    while one != other and str(Rounded(one, places)) == str(Rounded(other, places)):
        places += 1
    return Rounded(one, places), Rounded(other, places)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle of at least one value; of an even number the mean of the two in the middle.

    Examples
    --------
    >>> median([Decimal(4), Decimal(1), Decimal(2), Decimal(1000)])
    Decimal('3')
    """
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return EXACT.divide(EXACT.add(ordered[middle - 1], ordered[middle]), Decimal(2))


def days(activity: Activity) -> int:
    """How many days a record covers."""
    return (activity.end - activity.start).days + 1


def month_text(month: date) -> Name:
    """``2024-03`` or ``2024年3月``."""
    return Name(show_month(month, "en"), show_month(month, "zh"))
