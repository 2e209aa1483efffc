"""What emissions grow with, as an index over years: key figures of the past, planned values, then growth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import on_path
from core.errors import UserError
from core.i18n import T, verbatim
from core.inventory.period import Period, share, year_of
from core.ledger import Driver, KeyFigure, Ledger, Scenario
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import exact_sum

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
STATES = ("headcount", "floor_area")
"""Key figures that are states, of which the mean over the year is taken; others add up."""


@dataclass(frozen=True, slots=True)
class Level:
    """A driver over the years."""

    driver: Driver
    known: tuple[tuple[int, Decimal], ...]
    """Years and numbers: what is planned or stated, else what key figures say. Ascending."""
    growth: Decimal
    """Before the first and after the last known year. [%/a]"""

    def at(self, year: int) -> Decimal:
        """The number of a year; without any known one the growth alone, from one.

        Notes
        -----
        Linear between known years; n years after the last one it is last × (1 + g)^n, and n years before the first
        one first / (1 + g)^n.

        Examples
        --------
        >>> cars = Driver("d", "Cars", "production", "car", ("scope1",))
        >>> level = Level(cars, ((2024, Decimal(100)), (2026, Decimal(120))), Decimal(10))
        >>> [str(level.at(year)) for year in (2025, 2026, 2027)]
        ['110', '120', '132.0']
        """
        rate = EXACT.add(ONE, EXACT.divide(self.growth, HUNDRED))
        if not self.known:
            return _grown(ONE, rate, year - 2000)
        first, last = self.known[0][0], self.known[-1][0]
        if first <= year <= last:
            return on_path(self.known, year)
        return _grown(on_path(self.known, year), rate, year - (last if year > last else first))

    def index(self, year: int, base: int) -> Decimal:
        """The number of a year, of that of the base year. [1]

        Raises
        ------
        UserError
            when it was 0 in the base year.
        """
        if year == base:
            return ONE
        whole = self.at(base)
        if whole <= 0:
            raise UserError(
                T("The driver “{name}” is 0 in {year}.", name=verbatim(self.driver.name), year=str(base)),
                T("Enter its value of that year; emissions are scaled from it."),
            )
        return EXACT.divide(self.at(year), whole)


def _grown(value: Decimal, rate: Decimal, years: int) -> Decimal:
    power = EXACT.power(rate, abs(years))
    return EXACT.multiply(value, power) if years >= 0 else EXACT.divide(value, power)


def level_of(driver: Driver, figures: Iterable[KeyFigure], scenario: Scenario) -> Level:
    """A driver with its past and its growth in a scenario.

    Raises
    ------
    UserError
        for a value or growth that is no number, or a growth of -100 % or less.
    """
    try:
        stated = {int(year): read_decimal(value) for year, value in driver.values}
        other = dict(scenario.growth).get(driver.id)
        growth = driver.growth if other is None else read_decimal(other)
    except ValueError:
        raise UserError(
            T("A value of the driver “{name}” is no number.", name=verbatim(driver.name)),
            T("Write years and numbers in plain digits."),
        ) from None
    if growth <= -HUNDRED:
        raise UserError(
            T("“{name}” cannot fall by 100 % a year.", name=verbatim(driver.name)), T("Enter its growth in % a year.")
        )
    past = yearly(figures, driver.figure) if driver.figure else {}
    return Level(driver, tuple(sorted({**past, **stated}.items())), growth)


def yearly(figures: Iterable[KeyFigure], name: str) -> dict[int, Decimal]:
    """A key figure by calendar year; years that its records do not cover day by day, once each, are left out.

    Parameters
    ----------
    figures
        records of any name; amounts add up, states are their mean over the days.
    name
        of the key figure.
    """
    named = [one for one in figures if one.name == name and one.start <= one.end]
    years = sorted({year for one in named for year in (one.start.year, one.end.year)})
    found = {year: _in_year([*named], name, year_of(year)) for year in years}
    return {year: value for year, value in found.items() if value is not None}


def _in_year(figures: Iterable[KeyFigure], name: str, year: Period) -> Decimal | None:
    parts: list[Decimal] = []
    days = 0
    for one in figures:
        span = Period(one.start, one.end)
        inside = span.overlap(year)
        if inside is not None:
            days += inside.days
            whole = year.days if name in STATES else span.days
            parts.append(share(one.quantity, inside.days, whole))
    return exact_sum(parts) if days == year.days else None


def levels_of(ledger: Ledger, scenario: Scenario) -> tuple[Level, ...]:
    """Every driver of a ledger in a scenario, ordered by id."""
    figures = ledger.held(KeyFigure)
    drivers = sorted(ledger.held(Driver), key=lambda one: one.id)
    return tuple(level_of(one, figures, scenario) for one in drivers)


def keys_of(part: str) -> tuple[tuple[str, ...], ...]:
    """Keys under which something may be said of a part of the baseline, the nearest first.

    Both views of scope 2 are the same electricity, so either key speaks of it.
    """
    if part == "scope2":
        return (("scope2_location", "scope2_market"),)
    return ((part,), ("scope3",)) if part.startswith("scope3:") else ((part,),)


def followed(part: str, levels: Iterable[Level]) -> tuple[Level, ...]:
    """The drivers that a part of the baseline follows: those that name it, else those that name its scope."""
    every = tuple(levels)
    for keys in keys_of(part):
        found = tuple(one for one in every if set(keys).intersection(one.driver.parts))
        if found:
            return found
    return ()


def activity(part: str, levels: Iterable[Level], year: int, base: int) -> Decimal:
    """Index of what a part of the emissions follows; several drivers count alike, none leaves it as it is. [1]"""
    found = [one.index(year, base) for one in followed(part, levels)]
    return EXACT.divide(exact_sum(found), Decimal(len(found))) if found else ONE
