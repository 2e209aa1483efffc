"""All measures together: by year, by kind, by currency; and whether two of them count the same energy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from core.errors import UserError
from core.i18n import Localised, T, Text, verbatim
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
    """Two measures that may count the same energy."""

    one: Measure
    other: Measure
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
    found = []
    for one, other in combinations((saving.measure for saving in savings), 2):
        if one.item != other.item or one.end < other.start or other.end < one.start:
            continue
        sources = [dict(measure.parameters).get(SOURCE.key, "") for measure in (one, other)]
        if all(sources) and sources[0] != sources[1]:
            continue
        found.append(_overlap(one, other, sources[0] if sources[0] == sources[1] else "", library))
    return tuple(found)


def _overlap(one: Measure, other: Measure, source: str, library: Library) -> Overlap:
    names: dict[str, Localised] = {
        "one": verbatim(one.name),
        "other": verbatim(other.name),
        "item": library.items[one.item].name,
    }
    if source:
        message = T("“{one}” and “{other}” save {item} at the same source, {source}, on the same days.", **names,
                    source=verbatim(source))  # fmt: skip
        remedy = T("Make sure that no kilowatt-hour is in both: what the first saves is not there for the second.")
    else:
        message = T("“{one}” and “{other}” save {item} on the same days, and not both name their source.", **names)
        remedy = T("Name the emission source of each, so that it can be seen whether they count the same energy.")
    return Overlap(one, other, message, remedy)
