"""The way to a share of renewable electricity: what is missing, what could close the gap, what that costs and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.instruments import is_renewable, judge
from core.instruments.kinds import ON_SITE
from core.inventory import Inventory, Period
from core.inventory.period import share as part_of
from core.inventory.period import year_of
from core.ledger import Instrument, Ledger, RuleValue, SupplyOption
from core.library import EXACT
from core.library.rulebook import Rulebook, rulebook
from core.methods import exact_sum
from core.renewables.consumption import OWN, ZERO
from core.renewables.lacking import Missing, missing
from core.renewables.options import GridFactors, OptionEffect, changes, effect_of, grid_factors
from core.renewables.promised import promises
from core.renewables.shares import Shares, shares_of

INTEREST = "claims.interest"
ALL = Decimal(100)
_THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Mixed:
    """So much of an option in the cheapest mix."""

    option: SupplyOption
    quantity: Decimal
    """[MWh/a]"""
    cost: Decimal
    """[currency/a]"""
    market: Decimal
    """Change of the market-based figure. [t CO2e/a]"""
    location: Decimal
    """Change of the location-based figure. [t CO2e/a]"""


@dataclass(frozen=True, slots=True)
class WayYear:
    """What the options could give in a year."""

    year: int
    available: Decimal
    """[MWh/a]"""
    reached: bool
    """Whether that closes the gap."""


@dataclass(frozen=True, slots=True)
class Way:
    """From the last year with data to a share in a later one."""

    data_year: int
    year: int
    """In which the share is to be reached."""
    percent: Decimal
    """[%]"""
    use: Decimal
    """Electricity of that year. [MWh/a]"""
    secured: Decimal
    """Of it, what is renewable without anything more. [MWh/a]"""
    gap: Decimal
    """What is missing for the share. [MWh/a]"""
    options: tuple[OptionEffect, ...]
    """All of them, cheapest first; those without a cost at the end."""
    mix: tuple[Mixed, ...]
    """The cheapest way to close the gap with what there is in that year."""
    open: Decimal
    """What the mix leaves open. [MWh/a]"""
    currency: str
    """Of the mix."""
    first_year: int | None
    """From which on the options could close the gap; None: never."""
    years: tuple[WayYear, ...]
    """From the year after the data to the target, or to the last option that begins later."""
    missing: tuple[Missing, ...]
    factors: GridFactors

    @property
    def cost(self) -> Decimal:
        """Of the mix. [currency/a]"""
        return exact_sum(one.cost for one in self.mix)

    @property
    def market(self) -> Decimal:
        """What the mix changes of the market-based figure. [t CO2e/a]"""
        return exact_sum(one.market for one in self.mix)

    @property
    def location(self) -> Decimal:
        """What the mix changes of the location-based figure. [t CO2e/a]"""
        return exact_sum(one.location for one in self.mix)


def way_to(
    ledger: Ledger,
    inventory: Inventory,
    year: int | None = None,
    percent: Decimal | int | None = None,
    *,
    use: Decimal | None = None,
    shares: Shares | None = None,
) -> Way:
    """What is missing for a share in a year, and the cheapest mix of options that closes the gap.

    Parameters
    ----------
    ledger
        with instruments, supply options and targets.
    inventory
        of the last year with data.
    year, percent
        the target; without them that of the earliest target of renewable electricity, else all of the data year.
    use
        electricity of that year; without it that of the data. [MWh/a]
    shares
        of the inventory, where they are known already.

    Raises
    ------
    UserError
        for a year before the data, a share of nothing or of more than all, or a use below zero.

    Notes
    -----
    gap = max(0, percent × use − secured). Secured in the year of the data: what counts there. In a later year: own
    generation as it was, and instruments whose generation lies in that year; certificates once used are used up.

    The mix minimises Σ c q under Σ q = gap and 0 ≤ q ≤ Q: taking the cheapest first is optimal, for each megawatt-hour
    closes the gap as well as any other (continuous knapsack; G. Dantzig, 1957). An option may be taken in part at the
    same cost per megawatt-hour; factors are those of the data year.
    """
    held, rules = shares or shares_of(ledger, inventory), rulebook(ledger.held(RuleValue))
    data_year = inventory.choices.period.end.year
    target_year, wanted = _target(ledger, data_year, year, percent)
    consumption = EXACT.divide(held.year.used, _THOUSAND) if use is None else use
    _check(data_year, target_year, wanted, consumption)
    secured = min(consumption, _secured(ledger, held, rules, data_year, target_year))
    gap = max(EXACT.subtract(EXACT.divide(EXACT.multiply(wanted, consumption), ALL), secured), ZERO)
    factors = grid_factors(inventory)
    options = _effects(ledger, rules, factors)
    ready = [one for one in options if one.option.first_year <= target_year]
    currency = _currency(ready)
    mix = tuple(_mixed(gap, (one for one in ready if one.option.currency == currency), factors))
    left = EXACT.subtract(gap, exact_sum(one.quantity for one in mix))
    years = _years(options, gap, data_year, target_year)
    return Way(
        data_year, target_year, wanted, consumption, secured, gap, options, mix, left, currency,
        next((one.year for one in years if one.reached), None), years,
        tuple(missing(held, inventory, options, ready, currency, target_year, (gap, left))), factors,
    )  # fmt: skip


def _target(ledger: Ledger, data_year: int, year: int | None, percent: Decimal | int | None) -> tuple[int, Decimal]:
    promised = promises(ledger)
    first = next((one for one in promised if one >= data_year), data_year) if year is None else year
    return first, promised.get(first, ALL) if percent is None else Decimal(percent)


def _check(data_year: int, year: int, percent: Decimal, use: Decimal) -> None:
    if year < data_year:
        raise UserError(
            T("{year} lies before the data of {data_year}.", year=year, data_year=data_year),
            T("Choose {data_year} or a later year.", data_year=data_year),
        )
    if not 0 < percent <= ALL:
        raise UserError(T("{percent} % cannot be a target.", percent=percent), T("Enter more than 0 and at most 100."))
    if use < 0:
        raise UserError(T("Electricity of {use} MWh cannot be used.", use=use), T("Enter zero or more."))


def _secured(ledger: Ledger, shares: Shares, rules: Rulebook, data_year: int, year: int) -> Decimal:
    """[MWh]"""
    if year == data_year:
        return EXACT.divide(shares.year.certified, _THOUSAND)
    own = exact_sum(one.kwh for one in shares.used if one.kind in OWN and not one.instrument)
    kept = EXACT.divide(EXACT.subtract(own, shares.year.untitled), _THOUSAND)
    return EXACT.add(max(kept, ZERO), exact_sum(_generated(ledger, rules, year_of(year))))


def _generated(ledger: Ledger, rules: Rulebook, year: Period) -> Iterator[Decimal]:
    """What instruments that count bring of a year, by days of their generation. [MWh]"""
    said = judge(ledger)
    for one in ledger.held(Instrument):
        inside = Period(one.start, one.end).overlap(year) if one.start <= one.end else None
        stopped = any(own.level == "stop" and own.subject == one.id for own in said[one.id])
        if inside is not None and one.kind != ON_SITE and is_renewable(one, rules) and not stopped:
            yield part_of(one.quantity, inside.days, Period(one.start, one.end).days)


def _effects(ledger: Ledger, rules: Rulebook, factors: GridFactors) -> tuple[OptionEffect, ...]:
    interest = rules[INTEREST].number
    found = [effect_of(one, interest, factors) for one in ledger.held(SupplyOption)]
    return tuple(sorted(found, key=lambda one: (one.cost is None, one.cost or ZERO, one.option.id)))


def _currency(options: Sequence[OptionEffect]) -> str:
    """In which most can be had; money of two currencies is not added."""
    sums: dict[str, Decimal] = {}
    for one in options:
        if one.cost is not None and one.option.currency:
            sums[one.option.currency] = EXACT.add(sums.get(one.option.currency, ZERO), one.option.quantity)
    return min(sums, key=lambda key: (-sums[key], key), default="")


def _mixed(gap: Decimal, options: Iterable[OptionEffect], factors: GridFactors) -> Iterator[Mixed]:
    """The cheapest first until the gap is closed."""
    left = gap
    for one in options:
        if left <= 0 or one.cost is None:
            return
        quantity = min(left, one.option.quantity)
        left = EXACT.subtract(left, quantity)
        market, location = changes(one.option, quantity, factors)
        yield Mixed(one.option, quantity, EXACT.multiply(one.cost, quantity), market, location)


def _years(options: Sequence[OptionEffect], gap: Decimal, data_year: int, year: int) -> tuple[WayYear, ...]:
    last = max((year, *(one.option.first_year for one in options)))
    found = []
    for number in range(min(data_year + 1, year), last + 1):
        available = exact_sum(
            one.option.quantity for one in options if one.option.first_year <= number and one.option.quantity > 0
        )
        found.append(WayYear(number, available, available >= gap))
    return tuple(found)
