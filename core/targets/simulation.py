"""How wide a forecast is: P10, P50 and P90 of each year from a seeded simulation.

Drawn are the growth of each driver, the decline of the grid and what each action delivers; the rest is as in the
forecast. The same seed, data and version of numpy give the same numbers. Each driver and action has a stream of numbers
of its own, so one more changes nothing in what the others draw, and scenarios compare like with like.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.actions.ahead import Path
from core.actions.effect import plans_energy, reached
from core.actions.emitted import Baseline, Emitted, market_only, tonnes_in
from core.errors import UserError
from core.i18n import T
from core.ledger import Action, Ledger, Scenario
from core.library import EXACT
from core.targets.drivers import followed
from core.targets.forecast import Assumed, assumed, years_of
from core.targets.parts import SCOPE_3, counted

GENERATOR = "numpy PCG64"
PERCENTILES = (10, 50, 90)
FEWEST, MOST = 100, 100_000
"""Draws."""
_PLACES = Decimal("0.000001")
Drawn: TypeAlias = NDArray[np.float64]
"""One number a draw."""


@dataclass(frozen=True, slots=True)
class Band:
    """Below which a tenth, half and nine tenths of the draws lie. [t CO2e]"""

    p10: Decimal
    p50: Decimal
    p90: Decimal


@dataclass(frozen=True, slots=True)
class SimulatedYear:
    """One year by part."""

    year: int
    parts: Mapping[str, Band]
    """By part, and ``scope3``, ``location``, ``market`` and what was asked for as sums, which are drawn as sums."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A forecast with its width."""

    scenario: Scenario
    years: tuple[SimulatedYear, ...]
    seed: int
    draws: int
    generator: str = GENERATOR

    def band(self, year: int, key: str) -> Band | None:
        """The band of a part in a year; None outside of the simulation."""
        return next((one.parts.get(key) for one in self.years if one.year == year), None)


@dataclass(frozen=True, slots=True)
class _Chance:
    """What was drawn once for each run."""

    growth: Mapping[str, Drawn]
    """By driver: added to its growth. [1/a]"""
    grid: Drawn
    """Added to the decline of the grid. [1/a]"""
    delivery: Mapping[str, Drawn]
    """By action: what it delivers of its plan. [1]"""


def simulate(
    ledger: Ledger,
    baseline: Baseline,
    scenario: Scenario,
    *,
    shares: Path = (),
    last_year: int | None = None,
    actions: Iterable[Action] | None = None,
    together: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Simulation:
    """P10, P50 and P90 of every year.

    Parameters
    ----------
    ledger, baseline, scenario, shares, last_year, actions
        as of :func:`core.targets.forecast.forecast_of`; spreads, seed and draws are those of the scenario.
    together
        further sums by name, each of some parts, e.g. of those that a target covers: the percentile of a sum is no sum
        of percentiles.

    Returns
    -------
    Simulation
        with seed and draws; without spreads it is the forecast itself.

    Raises
    ------
    UserError
        for a negative spread, a seed below zero, or too few or too many draws.

    Notes
    -----
    δ_driver ~ N(0, growth_sd), δ_grid ~ N(0, grid_sd), f_action ~ N(1, delivery_sd), each once a run and cut at zero
    where it would turn a factor negative. A(y) × ((1 + g + δ) / (1 + g))^n and S(y) × ((1 - d - δ) / (1 - d))^n after n
    years: planned values are as unsure as growth. The share of renewable electricity is not drawn. Percentiles are
    linear between draws.
    """
    _check(scenario)
    ready = assumed(ledger, baseline, scenario, shares, actions)
    chance = _drawn(ready)
    wide = {name: frozenset(counted(parts)) for name, parts in together.items()}
    years = tuple(_year(ready, chance, year, wide) for year in years_of(ready, last_year))
    return Simulation(scenario, years, scenario.seed, scenario.draws)


def _check(scenario: Scenario) -> None:
    if min(scenario.growth_sd, scenario.grid_sd, scenario.delivery_sd) < 0:
        raise UserError(T("A standard deviation is 0 or more."), T("Correct the spreads of the scenario."))
    if not FEWEST <= scenario.draws <= MOST or scenario.seed < 0:
        raise UserError(
            T("A simulation takes {fewest} to {most} draws and a seed of 0 or more.", fewest=FEWEST, most=MOST),
            T("Correct draws or seed of the scenario."),
        )


def _drawn(ready: Assumed) -> _Chance:
    said = ready.scenario
    growth, grid, delivery = (float(one) / 100 for one in (said.growth_sd, said.grid_sd, said.delivery_sd))
    return _Chance(
        {one.driver.id: growth * _normal(said, f"driver|{one.driver.id}") for one in ready.levels},
        grid * _normal(said, "grid"),
        {one.id: np.maximum(0.0, 1.0 + delivery * _normal(said, f"action|{one.id}")) for one in ready.actions},
    )


def _normal(scenario: Scenario, subject: str) -> Drawn:
    """Numbers of the standard normal distribution that belong to seed and subject."""
    word = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big")
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([scenario.seed, word])))
    return stream.standard_normal(scenario.draws)


def _year(ready: Assumed, chance: _Chance, year: int, together: Mapping[str, frozenset[str]]) -> SimulatedYear:
    needs = {part: _need(ready, chance, part, year) for part in ready.intensity}
    rests = _rests(ready, chance, needs, year)
    grid = _grid(ready, chance, year)
    parts: dict[str, Drawn] = {}
    sums = {key: np.zeros(ready.scenario.draws) for key in ("location", "market", "scope3", *together)}
    for cell in ready.baseline.cells:
        supply = ready.ahead.supply(cell, year)
        for view, key in enumerate(cell.keys):
            moved = grid if cell.electric and view == 0 else 1.0
            found = float(supply[view]) * needs[cell.part] * moved * rests[cell.key][view]
            parts[key] = parts.get(key, 0.0) + found
            for name in (*_sums(cell, view), *(one for one, parts in together.items() if _inside(key, parts))):
                sums[name] = sums[name] + found
    return SimulatedYear(year, {key: _band(found) for key, found in {**parts, **sums}.items()})


def _sums(cell: Emitted, view: int) -> tuple[str, ...]:
    if cell.part == "scope2":
        return ("location", "market")[view : view + 1]
    return ("location", "market", "scope3") if cell.part.startswith("scope3") else ("location", "market")


def _inside(key: str, parts: frozenset[str]) -> bool:
    return key in parts or (SCOPE_3 in parts and key.startswith("scope3:"))


def _need(ready: Assumed, chance: _Chance, part: str, year: int) -> Drawn:
    """What a part needs, of what it needed in the baseline."""
    years = year - ready.baseline.year
    intensity = float(ready.indices(year)[part][1])
    levels = followed(part, ready.levels)
    if not levels:
        return np.full(ready.scenario.draws, intensity)
    found = np.zeros(ready.scenario.draws)
    for level in levels:
        rate = 1.0 + float(level.growth) / 100
        moved = (np.maximum(0.0, rate + chance.growth[level.driver.id]) / rate) ** years
        found += float(level.index(year, ready.baseline.year)) * moved
    return found / len(levels) * intensity


def _grid(ready: Assumed, chance: _Chance, year: int) -> Drawn:
    """What the grid factor is, of that of the forecast."""
    rate = 1.0 if ready.ahead.grid else 1.0 - float(ready.ahead.decline) / 100
    moved: Drawn = (np.maximum(0.0, rate - chance.grid) / rate) ** (year - ready.baseline.year)
    return moved


def _rests(
    ready: Assumed, chance: _Chance, needs: Mapping[str, Drawn], year: int
) -> dict[tuple[str, str, str], tuple[Drawn, Drawn]]:
    """What actions leave of each source in both views. [1]"""
    ones = np.ones(ready.scenario.draws)
    rests = {cell.key: (ones, ones) for cell in ready.baseline.cells}
    for action in ready.actions:
        cells = reached(action, ready.baseline)
        left = 1.0 - _fraction(action, cells, ready, chance, needs, year)
        for cell in cells:
            location, market = rests[cell.key]
            rests[cell.key] = (location if market_only(action) else location * left, market * left)
    return rests


def _fraction(
    action: Action, cells: tuple[Emitted, ...], ready: Assumed, chance: _Chance, needs: Mapping[str, Drawn], year: int
) -> Drawn:
    """What part of its sources an action saves; as :func:`core.actions.effect.fraction` does it."""
    view = "market" if market_only(action) else "location"
    energy = plans_energy(action)
    whole = np.zeros(ready.scenario.draws)
    for cell in cells:
        amount = cell.kwh if energy else tonnes_in(cell, view)
        whole += float(amount or 0) * needs[cell.part]
    plan = float(action.energy if energy else action.tonnes) * float(ready.gained(action, year))
    saved = np.divide(plan * chance.delivery[action.id], whole, out=np.zeros_like(whole), where=whole > 0)
    found: Drawn = np.clip(saved, 0.0, 1.0)
    return found


def _band(drawn: Drawn) -> Band:
    low, middle, high = (
        EXACT.quantize(Decimal(repr(float(one))), _PLACES) for one in np.percentile(drawn, PERCENTILES)
    )
    return Band(low, middle, high)
