"""All measures together: by year, by kind, by currency; and whether two of them count the same energy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import Localised, T, Text, Value, verbatim
from core.ledger import Measure
from core.library import Library
from core.methods import exact_sum
from core.savings._asking import SOURCE
from core.savings._types import Saving, SavingYear


@dataclass(frozen=True, slots=True)
class Unclear:
    """A measure that cannot be calculated."""

    measure: Measure
    error: UserError
    """Why, and what to do."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Measures that may count the same energy."""

    measures: tuple[Measure, ...]
    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class YearSum:
    """All measures in one year: exact sums of their lines."""

    year: int
    kwh: Decimal
    tonnes: Decimal
    """[t CO2e]"""
    money: tuple[tuple[str, Decimal], ...]
    """By currency, which are never added to each other."""
    kinds: tuple[tuple[str, Decimal, Decimal], ...]
    """Key of each kind, its kilowatt-hours and its tonnes."""
    beside: Decimal
    """What the measures emit themselves: stated beside, in no sum. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Savings:
    """Every measure of a plant."""

    savings: tuple[Saving, ...]
    """In the order in which they were entered."""
    unclear: tuple[Unclear, ...]
    overlaps: tuple[Overlap, ...]
    years: tuple[YearSum, ...]
    """Ascending, every year in which something is saved."""

    @property
    def empty(self) -> bool:
        """Whether the plant has no measure."""
        return not self.savings and not self.unclear

    @property
    def kwh(self) -> Decimal:
        return exact_sum(one.kwh for one in self.years)

    @property
    def tonnes(self) -> Decimal:
        """[t CO2e]"""
        return exact_sum(one.tonnes for one in self.years)

    def of(self, year: int) -> YearSum | None:
        """The sum of one year."""
        return next((one for one in self.years if one.year == year), None)

    def saving(self, measure: str) -> Saving | None:
        """The saving of one measure by its id."""
        return next((one for one in self.savings if one.measure.id == measure), None)


def summed_up(savings: tuple[Saving, ...], unclear: tuple[Unclear, ...], library: Library) -> Savings:
    """Sums by year and the warnings about counting twice."""
    years = sorted({year.year for saving in savings for year in saving.years})
    return Savings(savings, unclear, _overlaps(savings, library), tuple(_sum(year, savings) for year in years))


def _sum(year: int, savings: tuple[Saving, ...]) -> YearSum:
    held: list[tuple[Saving, SavingYear]] = [
        (saving, found) for saving in savings if (found := saving.of(year)) is not None
    ]
    currencies = dict.fromkeys(saving.currency for saving, _ in held if saving.currency)
    keys = dict.fromkeys(saving.kind.key for saving, _ in held)
    return YearSum(
        year,
        exact_sum(one.kwh for _, one in held),
        exact_sum(one.tonnes for _, one in held),
        tuple((key, exact_sum(one.money for saving, one in held if saving.currency == key)) for key in currencies),
        tuple(
            (
                key,
                exact_sum(one.kwh for saving, one in held if saving.kind.key == key),
                exact_sum(one.tonnes for saving, one in held if saving.kind.key == key),
            )
            for key in keys
        ),
        exact_sum(line.tonnes for _, one in held for line in one.beside if line.tonnes is not None),
    )


def _overlaps(savings: tuple[Saving, ...], library: Library) -> tuple[Overlap, ...]:
    """For each item: measures at one source on the same days, and those of which nobody can tell."""
    by_item: dict[str, list[Measure]] = {}
    for saving in savings:
        by_item.setdefault(saving.measure.item, []).append(saving.measure)
    found = []
    for item, measures in by_item.items():
        by_source: dict[str, list[Measure]] = {}
        for measure in measures:
            by_source.setdefault(_source(measure), []).append(measure)
        for source, alike in by_source.items():
            if source and (touching := _touching(alike, alike)):
                found.append(_same_source(touching, source, library.items[item].name))
        if nameless := by_source.get(""):
            touching = _touching(nameless, measures)
            if touching:
                found.append(_no_source(touching, library.items[item].name))
    return tuple(found)


def _source(measure: Measure) -> str:
    return dict(measure.parameters).get(SOURCE.key, "")


def _touching(some: list[Measure], others: list[Measure]) -> tuple[Measure, ...]:
    """Those that share days with another one, and that other one."""
    pairs = [
        {one.id, other.id}
        for one in some
        for other in others
        if one.id != other.id and one.start <= other.end and other.start <= one.end
    ]
    ids = set().union(*pairs)
    return tuple(measure for measure in others if measure.id in ids)


def _same_source(measures: tuple[Measure, ...], source: str, item: Localised) -> Overlap:
    return Overlap(
        measures,
        T("{names} save {item} at the same source, {source}, on the same days.", names=_names(measures), item=item,
          source=verbatim(source)),
        T("Make sure that no kilowatt-hour is in two of them: what the first saves is not there for the next."),
    )  # fmt: skip


def _no_source(measures: tuple[Measure, ...], item: Localised) -> Overlap:
    return Overlap(
        measures,
        T("{names} save {item} on the same days, and not all of them name their source.", names=_names(measures),
          item=item),
        T("Name the emission source of each, so that it can be seen whether they count the same energy."),
    )  # fmt: skip


def _names(measures: tuple[Measure, ...]) -> list[Value]:
    return [T("“{name}”", name=verbatim(one.name)) for one in measures]
