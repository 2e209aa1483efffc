"""Emissions by year and part: from closed years, open ones, and reports of years that the file holds no data of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T
from core.instruments import Judged
from core.inventory import Inventory
from core.inventory.closing import figures_of
from core.ledger import EarlierYear, Ledger, Recalculation
from core.ledger.codec import read_decimal
from core.methods import exact_sum, plain
from core.targets.parts import CATEGORIES, PARTS, SCOPE_3, counted, is_category, part_title

CLOSED, OPEN, EARLIER = "closed", "open", "earlier"
"""Where the numbers of a year come from."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SeriesYear:
    """One year in both series."""

    year: int
    origin: str
    """``closed``, ``open`` or ``earlier``."""
    original: Mapping[str, Decimal]
    """By part; one that is not there is not known. [t CO2e]"""
    recalculated: Mapping[str, Decimal]
    """The same with the effects of what was decided to be recalculated. [t CO2e]"""
    sources: tuple[str, ...] = ()
    """Of an earlier year: reports that state it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Every year that is known, oldest first."""

    years: tuple[SeriesYear, ...]
    recalculated: bool
    """Whether something was decided to be recalculated: then that series is the one to compare with."""
    judged: tuple[Judged, ...] = ()
    """Contradictions between the records."""

    def year(self, year: int) -> SeriesYear | None:
        return next((one for one in self.years if one.year == year), None)

    def parts(self, year: int, original: bool = False) -> Mapping[str, Decimal]:
        """Tonnes by part in the series to compare with, or in the original one; empty for an unknown year."""
        found = self.year(year)
        if found is None:
            return {}
        return found.original if original or not self.recalculated else found.recalculated

    def tonnes(self, parts: Iterable[str], year: int, original: bool = False) -> Decimal | None:
        """Sum of some parts, each tonne once; None where one of them is not known.

        Returns
        -------
        Decimal or None
            [t CO2e]
        """
        known, wanted = self.parts(year, original), counted(parts)
        if not wanted or any(part not in known for part in wanted):
            return None
        return exact_sum(known[part] for part in wanted)

    def of(self, parts: Iterable[str], original: bool = False) -> dict[int, Decimal]:
        """The sum of some parts in every year in which all of them are known. [t CO2e]"""
        wanted = tuple(parts)
        found = {one.year: self.tonnes(wanted, one.year, original) for one in self.years}
        return {year: value for year, value in found.items() if value is not None}


def actuals(ledger: Ledger, inventories: Iterable[Inventory] = ()) -> Series:
    """Both series of a plant.

    Parameters
    ----------
    ledger
        closings, reports of earlier years, and what was decided about the base year.
    inventories
        of open years; one of a closed year is not looked at, for its closing holds.

    Returns
    -------
    Series
        independent of the order of records. [t CO2e]

    Notes
    -----
    recalculated = original + Σ effects, over what was decided to be recalculated. An effect on a category of scope 3 is
    one on scope 3 too, unless the same record states the effect on scope 3 itself. Organic growth or decline is never
    an effect. GHG Protocol Corporate Standard (2004), chapter 5.

    Of two statements about one year and part that differ, neither is taken; what the file itself holds goes before any
    report. A category without a line is zero in a year of the file, and not known in an earlier one.
    """
    years: dict[int, SeriesYear] = {}
    for closing in ledger.closings:
        if closing.id.isdecimal() and ledger.closing(int(closing.id)) is not None:
            figures = {key: read_decimal(value) for key, value in closing.figures}
            years[int(closing.id)] = _held(int(closing.id), CLOSED, figures)
    for inventory in inventories:
        year = inventory.choices.period.end.year
        if year not in years:
            figures = {key: read_decimal(value) for key, value in figures_of(inventory.totals, inventory.lines)}
            years[year] = _held(year, OPEN, figures)
    judged: list[Judged] = []
    for year, stated in sorted(_stated(ledger).items()):
        if year in years:
            judged += [_in_file(one) for one in stated]
        else:
            years[year] = _earlier(year, stated, judged)
    decided = tuple(one for one in by_id(ledger) if one.decision == "recalculate" and applies(one))
    effects = _effects(decided)
    both = tuple(_recalculated(years[year], effects.get(year, {})) for year in sorted(years))
    return Series(both, bool(decided), (*judged, *_without_year(decided, years)))


def applies(one: Recalculation) -> bool:
    """Whether it may change the base year at all: organic growth and decline never do."""
    return one.trigger != "organic"


def by_id(ledger: Ledger) -> tuple[Recalculation, ...]:
    """All triggers, in an order that no import changes."""
    return tuple(sorted(ledger.held(Recalculation), key=lambda one: one.id))


def effects_of(one: Recalculation) -> dict[tuple[int, str], Decimal]:
    """What a trigger adds, by year and part; unreadable entries are left out. [t CO2e]

    Examples
    --------
    >>> from datetime import date
    >>> bought = Recalculation("r1", date(2024, 7, 1), "structure", "Bought", (("2020 scope3:4", "-5"),))
    >>> effects_of(bought)
    {(2020, 'scope3:4'): Decimal('-5'), (2020, 'scope3'): Decimal('-5')}
    """
    found: dict[tuple[int, str], Decimal] = {}
    for place, tonnes in one.effects:
        year, _, part = place.partition(" ")
        if year.isdecimal() and part in PARTS:
            try:
                found[int(year), part] = found.get((int(year), part), ZERO) + read_decimal(tonnes)
            except ValueError:
                continue
    for number in {number for number, part in found if is_category(part)}:
        if (number, SCOPE_3) not in found:
            found[number, SCOPE_3] = exact_sum(found[number, part] for part in CATEGORIES if (number, part) in found)
    return found


def _effects(decided: Iterable[Recalculation]) -> dict[int, dict[str, list[Decimal]]]:
    found: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for one in decided:
        for (year, part), tonnes in effects_of(one).items():
            found[year][part].append(tonnes)
    return found


def _recalculated(year: SeriesYear, effects: Mapping[str, list[Decimal]]) -> SeriesYear:
    after = {part: exact_sum((tonnes, *effects.get(part, ()))) for part, tonnes in year.original.items()}
    return SeriesYear(year.year, year.origin, year.original, after, year.sources)


def _held(year: int, origin: str, figures: Mapping[str, Decimal]) -> SeriesYear:
    """Of a year of the file: categories without a line are zero."""
    tonnes = {
        part: figures.get(f"category:{part.removeprefix('scope3:')}" if is_category(part) else part, ZERO)
        for part in PARTS
    }
    return SeriesYear(year, origin, tonnes, tonnes)


def _stated(ledger: Ledger) -> dict[int, list[EarlierYear]]:
    found: dict[int, list[EarlierYear]] = defaultdict(list)
    for one in sorted(ledger.held(EarlierYear), key=lambda one: (one.part, one.id)):
        found[one.year].append(one)
    return found


def _earlier(year: int, stated: Iterable[EarlierYear], judged: list[Judged]) -> SeriesYear:
    by_part: dict[str, list[EarlierYear]] = defaultdict(list)
    for one in stated:
        by_part[one.part].append(one)
    tonnes = {}
    for part, said in by_part.items():
        if len({one.tonnes for one in said}) == 1:
            tonnes[part] = said[0].tonnes
        else:
            judged.append(_contradicting(said))
    inside = exact_sum(tonnes[part] for part in CATEGORIES if part in tonnes)
    if SCOPE_3 in tonnes and inside > tonnes[SCOPE_3]:
        judged.append(_too_much(by_part[SCOPE_3][0], inside))
    elif SCOPE_3 not in tonnes and all(part in tonnes for part in CATEGORIES):
        tonnes[SCOPE_3] = inside
    ordered = {part: tonnes[part] for part in PARTS if part in tonnes}
    return SeriesYear(
        year, EARLIER, ordered, ordered, tuple(sorted({one.source for said in by_part.values() for one in said}))
    )


def _in_file(one: EarlierYear) -> Judged:
    said = T("{year} is in this file: what “{source}” states for it is not used.", year=one.year, source=one.source)
    remedy = T("Remove the entry, or explain the difference as a trigger of a recalculation.")
    return Judged("series_year_in_file", "warning", one.id, said, remedy)


def _contradicting(said: list[EarlierYear]) -> Judged:
    one = said[0]
    words = T(
        "{year}, {part}: {numbers} t CO₂e are stated at the same time; none of them is used.",
        year=one.year,
        part=part_title(one.part),
        numbers=[plain(tonnes) for tonnes in sorted({one.tonnes for one in said})],
    )
    remedy = T("Keep the entry that holds and remove the other.")
    return Judged("series_contradiction", "stop", one.id, words, remedy)


def _too_much(one: EarlierYear, inside: Decimal) -> Judged:
    words = T(
        "{year}: the categories of scope 3 add up to {inside} t CO₂e; for all of scope 3 {total} t CO₂e are stated.",
        year=one.year,
        inside=inside,
        total=one.tonnes,
    )
    return Judged("series_categories_above_scope3", "warning", one.id, words, T("Correct the entries of this year."))


def _without_year(decided: Iterable[Recalculation], years: Mapping[int, SeriesYear]) -> list[Judged]:
    lost = []
    for one in decided:
        said = {place for place, _ in one.effects}
        for year, part in sorted(effects_of(one)):
            # A total that follows from its categories is lost with them, and said once.
            if f"{year} {part}" in said and not (year in years and part in years[year].original):
                words = T(
                    "“{what}” changes {year}, {part}, of which no emissions are known.",
                    what=one.description,
                    year=year,
                    part=part_title(part),
                )
                remedy = T("Enter the emissions of that year, or correct the year of the effect.")
                lost.append(Judged("series_effect_without_year", "warning", one.id, words, remedy))
    return lost
