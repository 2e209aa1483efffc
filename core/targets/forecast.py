"""The forecast: activity × intensity - actions - decline of the grid, by part of the emissions and year.

Market-based scope 2 follows the share of renewable electricity in place of the grid. Every year is taken apart into
steps that add up exactly, in this order: driver, intensity, supply (grid or renewable share), actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import Ahead, Path
from core.actions.effect import Attributed, combined, taking_part
from core.actions.emitted import Baseline, Emitted, kept, part_order
from core.actions.ramp import part_in
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Action, Ledger, Scenario
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import exact_sum
from core.targets.drivers import Level, activity, followed, keys_of, levels_of
from core.targets.parts import SCOPE_3, counted, part_title

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
FARTHEST = 2200
"""Last year that can be asked for."""


@dataclass(frozen=True, slots=True)
class Steps:
    """From the baseline to a year: steps that add up exactly. [t CO2e]"""

    base: Decimal
    """Of the baseline."""
    driver: Decimal = ZERO
    """What production, people or area add."""
    intensity: Decimal = ZERO
    """What the trend of efficiency adds; negative: it saves."""
    supply: Decimal = ZERO
    """What the grid changes, market-based the share of renewable electricity."""
    actions: Decimal = ZERO
    """Of all actions together; negative: they save."""

    @property
    def without(self) -> Decimal:
        """Forecast without actions."""
        return exact_sum((self.base, self.driver, self.intensity, self.supply))

    @property
    def result(self) -> Decimal:
        """Forecast with actions."""
        return exact_sum((self.without, self.actions))


@dataclass(frozen=True, slots=True)
class ForecastYear:
    """One year by part."""

    year: int
    parts: Mapping[str, Steps]
    """By ``scope1``, ``scope2_location``, ``scope2_market``, ``scope3:4`` ..."""
    actions: tuple[Attributed, ...]
    """What each action saves of the common saving; they add up to it."""

    def of(self, key: str) -> Steps:
        """Steps of a part, of ``scope3``, or of all: ``location`` and ``market``."""
        return added(one for part, one in self.parts.items() if _inside(part, key))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Emissions of the years to come in one scenario."""

    scenario: Scenario
    baseline: Baseline
    years: tuple[ForecastYear, ...]
    """From the year of the baseline to the last one."""
    actions: tuple[Action, ...]
    """Those that take part."""
    left_out: tuple[tuple[Action, str], ...]
    """Actions that others exclude, with the id of the one that does."""
    assumptions: tuple[Text, ...]

    def year(self, year: int) -> ForecastYear | None:
        """One year; None outside of the forecast."""
        return next((one for one in self.years if one.year == year), None)

    def series(self, parts: Iterable[str], actions: bool = True) -> dict[int, Decimal]:
        """Tonnes of some parts by year, each tonne once.

        Parameters
        ----------
        parts
            keys of parts; also ``location`` and ``market`` alone, for the totals.
        actions
            with them, or without.
        """
        wanted = tuple(parts)
        keys = wanted if wanted in (("location",), ("market",)) else counted(wanted)
        found = {one.year: added(one.of(key) for key in keys) for one in self.years}
        return {year: one.result if actions else one.without for year, one in found.items()}


@dataclass(frozen=True, slots=True)
class Assumed:
    """A scenario made ready: everything that the years follow from."""

    scenario: Scenario
    baseline: Baseline
    ahead: Ahead
    levels: tuple[Level, ...]
    intensity: Mapping[str, Decimal]
    """By part of the baseline: what it falls by. [%/a]"""
    actions: tuple[Action, ...]
    left_out: tuple[tuple[Action, str], ...]

    def gained(self, action: Action, year: int) -> Decimal:
        """What of its full effect an action has beyond what it had in the year of the baseline. [1]"""
        return max(ZERO, EXACT.subtract(part_in(action, year), part_in(action, self.baseline.year)))

    def indices(self, year: int) -> dict[str, tuple[Decimal, Decimal]]:
        """Activity and intensity of each part of the baseline, of those of the baseline. [1]"""
        base = self.baseline.year
        return {
            part: (activity(part, self.levels, year, base), _falling(fall, year - base))
            for part, fall in self.intensity.items()
        }


def assumed(
    ledger: Ledger, baseline: Baseline, scenario: Scenario, shares: Path = (), actions: Iterable[Action] | None = None
) -> Assumed:
    """What a scenario says, checked.

    Raises
    ------
    UserError
        for numbers of the scenario or of a driver that cannot be read or cannot be.
    """
    try:
        grid = tuple((int(year), read_decimal(value)) for year, value in scenario.grid_table)
        said = {part: read_decimal(value) for part, value in scenario.efficiency}
    except ValueError:
        raise UserError(
            T("A number of the scenario “{name}” cannot be read.", name=verbatim(scenario.name)),
            T("Write years and numbers in plain digits."),
        ) from None
    if any(not -HUNDRED < value < HUNDRED for value in said.values()):
        raise UserError(T("An intensity cannot fall by 100 % a year."), T("Enter by how much it falls in % a year."))
    known = ledger.held(Action) if actions is None else tuple(actions)
    taken, out = taking_part(one for one in known if one.status in scenario.statuses)
    parts = {cell.part: _nearest(cell.part, said) for cell in baseline.cells}
    ahead = Ahead(baseline.year, scenario.grid_decline, grid, shares, baseline.share)
    return Assumed(scenario, baseline, ahead, levels_of(ledger, scenario), parts, taken, out)


def forecast_of(
    ledger: Ledger,
    baseline: Baseline,
    scenario: Scenario,
    *,
    shares: Path = (),
    last_year: int | None = None,
    actions: Iterable[Action] | None = None,
) -> Forecast:
    """Emissions of every year from that of the baseline on.

    Parameters
    ----------
    ledger
        drivers, key figures and actions.
    baseline
        sources of the year it starts from, see :func:`core.actions.baseline_of`.
    scenario
        growth, efficiency, grid, and which actions take part.
    shares
        years and share of renewable electricity, on straight lines in between; empty: it stays. What targets promise
        says :func:`core.renewables.promised_shares`. [%]
    last_year
        that of the scenario unless said.
    actions
        in place of those of the ledger, to try a plan.

    Returns
    -------
    Forecast
        by year and part, without and with actions; steps add up exactly.

    Raises
    ------
    UserError
        for a scenario that cannot be calculated, or a last year before that of the baseline.

    Notes
    -----
    E(y) = Σ_sources E_0 × A(y) × I(y) × S(y) × Π_i (1 - s_i(y)); A index of the driver, I = (1 - e)^(y - y0), S the
    grid factor (location) or what no instrument covers (market), s_i the plan of an action × its part of the effect in
    the year, of the need of its sources in the year. Steps: driver = E_0 (A - 1), intensity = E_0 A (I - 1), supply =
    E_0 A I (S - 1), actions = the rest; each source is kept to nine decimals. Another order would share the same sum
    otherwise.
    """
    ready = assumed(ledger, baseline, scenario, shares, actions)
    try:
        years = tuple(year_of_forecast(ready, year) for year in years_of(ready, last_year))
    except ArithmeticError:
        raise UserError(
            T("The numbers of the scenario “{name}” grow beyond all bounds.", name=verbatim(scenario.name)),
            T("Look for a growth that is too large, or choose an earlier last year."),
        ) from None
    return Forecast(scenario, baseline, years, ready.actions, ready.left_out, assumptions(ready))


def years_of(ready: Assumed, last_year: int | None = None) -> range:
    """Years of a forecast, that of the baseline first.

    Raises
    ------
    UserError
        when it would end before it begins, or too far away.
    """
    first = ready.baseline.year
    last = ready.scenario.last_year if last_year is None else last_year
    if not first <= last <= FARTHEST:
        raise UserError(
            T("A forecast from {first} cannot end in {last}.", first=str(first), last=str(last)),
            T("Choose a last year from {first} to {farthest}.", first=str(first), farthest=str(FARTHEST)),
        )
    return range(first, last + 1)


def year_of_forecast(ready: Assumed, year: int) -> ForecastYear:
    """One year of it."""
    indices = ready.indices(year)

    def need(cell: Emitted) -> Decimal:
        return EXACT.multiply(*indices[cell.part])

    together = combined(
        ready.actions, ready.baseline, ready.ahead, year, lambda action: ready.gained(action, year), need
    )
    found: dict[str, list[Steps]] = {key: [] for key in ready.baseline.parts}
    for one in together.sources:
        grown, bases = indices[one.cell.part][0], (one.cell.location, one.cell.market)
        for view, key in enumerate(one.cell.keys):
            base = bases[view]
            stages = (base, kept(EXACT.multiply(base, grown)), kept(EXACT.multiply(base, need(one.cell))))
            found[key].append(_steps((*stages, one.before[view], one.after[view])))
    return ForecastYear(year, {key: added(steps) for key, steps in found.items()}, together.actions)


def _steps(stages: tuple[Decimal, ...]) -> Steps:
    """From what there would be after each step."""
    base, grown, leaner, supplied, acted = stages
    minus = EXACT.subtract
    return Steps(base, minus(grown, base), minus(leaner, grown), minus(supplied, leaner), minus(acted, supplied))


def added(steps: Iterable[Steps]) -> Steps:
    """Several parts together."""
    every = tuple(steps)
    return Steps(
        exact_sum(one.base for one in every),
        exact_sum(one.driver for one in every),
        exact_sum(one.intensity for one in every),
        exact_sum(one.supply for one in every),
        exact_sum(one.actions for one in every),
    )


def _inside(part: str, key: str) -> bool:
    if key in ("location", "market"):
        return part != ("scope2_market" if key == "location" else "scope2_location")
    return part == key or (key == SCOPE_3 and part.startswith("scope3:"))


def _falling(percent: Decimal, years: int) -> Decimal:
    return EXACT.power(EXACT.subtract(ONE, EXACT.divide(percent, HUNDRED)), years)


def _nearest(part: str, said: Mapping[str, Decimal]) -> Decimal:
    """What is said of a part, or of its scope; nothing: it stays."""
    return next((said[key] for keys in keys_of(part) for key in keys if key in said), ZERO)


def assumptions(ready: Assumed) -> tuple[Text, ...]:
    """What must be known to read the numbers."""
    still = sorted({key for cell in ready.baseline.cells if not followed(cell.part, ready.levels) for key in cell.keys},
                   key=part_order)  # fmt: skip
    found = [
        T("Steps in this order: driver, intensity, supply, actions. Another order would share the same sum otherwise."),
        T("An action counts with what it saves beyond its effect in {year}: that is in the baseline already.",
          year=str(ready.baseline.year)),
    ]  # fmt: skip
    if still:
        names = [part_title(key) for key in still]
        found.append(T("No driver is known for {parts}: activity stays as it is.", parts=names))
    if any(cell.electric for cell in ready.baseline.cells):
        found.append(
            T("Market-based scope 2 follows the share of renewable electricity; the factor of what no instrument "
              "covers stays as it is.")
        )  # fmt: skip
    if not ready.ahead.share and any(cell.electric for cell in ready.baseline.cells):
        found.append(T("The share of renewable electricity stays at that of {year}.", year=str(ready.baseline.year)))
    return tuple(found)
