"""What actions save: alone, and together where they work on the same source.

An action saves a part of what its sources need. Several on one source multiply, so that together they never save more
than it emits: saving = E × (1 - Π (1 - s)). What less energy is needed (part ``scope2_location``) falls in both views;
other electricity that is bought (part ``scope2_market``) changes the market-based one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from core.actions.ahead import Ahead
from core.actions.emitted import ONE, ZERO, Baseline, Emitted, kept, market_only, tonnes_in, touches
from core.actions.ramp import part_in
from core.ledger import Action
from core.library import EXACT
from core.methods import exact_sum

RANK = ("done", "running", "approved", "planned", "idea")
"""Which of two that exclude each other takes part: the one that is further."""
Part = Callable[[Action], Decimal]
"""What of its full effect an action has. [1]"""
Need = Callable[[Emitted], Decimal]
"""What a source needs, of what it needed in the baseline. [1]"""


def as_it_was(_: Emitted) -> Decimal:
    """Every source needs what it needed in the baseline."""
    return ONE


def full(_: Action) -> Decimal:
    """Every action has all of its effect."""
    return ONE


@dataclass(frozen=True, slots=True)
class Effect:
    """What one action saves in a year if it is the only one."""

    action: str
    year: int
    kwh: Decimal
    """[kWh]"""
    location: Decimal
    """[t CO2e]"""
    market: Decimal
    """[t CO2e]"""


@dataclass(frozen=True, slots=True)
class Left:
    """One source without and with the actions."""

    cell: Emitted
    before: tuple[Decimal, Decimal]
    """Location- and market-based. [t CO2e]"""
    after: tuple[Decimal, Decimal]
    """[t CO2e]"""
    saved: tuple[tuple[str, Decimal, Decimal], ...]
    """Id of each action, and what of the saving is put down to it in both views. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Attributed:
    """What of the common saving is put down to one action."""

    action: str
    location: Decimal
    """[t CO2e]"""
    market: Decimal
    """[t CO2e]"""


@dataclass(frozen=True, slots=True)
class Combined:
    """What actions save together in a year."""

    year: int
    sources: tuple[Left, ...]
    """Every source of the baseline."""
    actions: tuple[Attributed, ...]
    """Every action that takes part, ordered by id; they add up to the saving."""

    @property
    def location(self) -> Decimal:
        """Saved. [t CO2e]"""
        return exact_sum(EXACT.subtract(one.before[0], one.after[0]) for one in self.sources)

    @property
    def market(self) -> Decimal:
        """Saved. [t CO2e]"""
        return exact_sum(EXACT.subtract(one.before[1], one.after[1]) for one in self.sources)

    def of(self, action: str) -> Attributed:
        """What is put down to one action; nothing for one that takes no part."""
        return next((one for one in self.actions if one.action == action), Attributed(action, ZERO, ZERO))


def plans_energy(action: Action) -> bool:
    """Whether its plan is energy, whose tonnes follow from the inventory."""
    return bool(action.item) and action.energy > 0


def basis(action: Action, cells: Iterable[Emitted], need: Need = as_it_was) -> Decimal:
    """What the saving of an action is a part of, over the sources it works on. [kWh or t CO2e, as the plan]"""
    if plans_energy(action):
        return exact_sum(EXACT.multiply(cell.kwh, need(cell)) for cell in cells if cell.kwh is not None)
    view = "market" if market_only(action) else "location"
    return exact_sum(EXACT.multiply(tonnes_in(cell, view), need(cell)) for cell in cells)


def fraction(action: Action, cells: Iterable[Emitted], part: Decimal, need: Need = as_it_was) -> Decimal:
    """What part of its sources an action saves.

    Parameters
    ----------
    action
        with its plan in energy, else in tonnes.
    cells
        sources it works on.
    part
        of its full effect. [1]
    need
        of each source, of that of the baseline.

    Returns
    -------
    Decimal
        0 to 1: never more than they emit. [1]

    Notes
    -----
    s = plan × part / Σ need of the sources, energy by energy or tonnes by tonnes of the baseline's factors.

    Examples
    --------
    >>> from datetime import date
    >>> led = Action("a", "LED", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10,
    ...              item="electricity", energy=Decimal(300))
    >>> hall = Emitted("scope2", "Hall", "electricity", Decimal(6), Decimal(4), Decimal(1200), True)
    >>> str(fraction(led, [hall], Decimal("0.5")))
    '0.125'
    """
    plan = action.energy if plans_energy(action) else action.tonnes
    whole = basis(action, cells, need)
    if whole <= 0 or plan <= 0 or part <= 0:
        return ZERO
    return min(ONE, EXACT.divide(EXACT.multiply(plan, part), whole))


def reached(action: Action, baseline: Baseline) -> tuple[Emitted, ...]:
    """Sources of the baseline in which an action can be counted: with a plan in energy those whose energy is known."""
    cells = baseline.touched(action)
    return tuple(cell for cell in cells if cell.kwh is not None) if plans_energy(action) else cells


def effect_of(action: Action, year: int, baseline: Baseline, ahead: Ahead) -> Effect:
    """What an action saves in a calendar year if it is the only one.

    Parameters
    ----------
    action
        with start, ramp and life.
    year
        calendar year; the first and the last one count by days.
    baseline
        sources, with the factors that follow from them.
    ahead
        grid and share of renewable electricity in that year.

    Returns
    -------
    Effect
        location-based and market-based; the latter of electricity vanishes as the share goes to 100 %.

    Notes
    -----
    tonnes = s × Σ tonnes of the sources in that year; with a plan in energy this is energy × part × implied factor.
    """
    cells = reached(action, baseline)
    part = fraction(action, cells, part_in(action, year))
    both = [ahead.tonnes(cell, year) for cell in cells]
    return Effect(
        action.id,
        year,
        kept(EXACT.multiply(part, basis(action, cells))) if plans_energy(action) else ZERO,
        ZERO if market_only(action) else kept(EXACT.multiply(part, exact_sum(one for one, _ in both))),
        kept(EXACT.multiply(part, exact_sum(one for _, one in both))),
    )


def effects(action: Action, baseline: Baseline, ahead: Ahead, last: int) -> tuple[Effect, ...]:
    """Every calendar year of an action up to ``last``, from that of its start."""
    end = min(last, action.start.year + action.life)
    found = (effect_of(action, year, baseline, ahead) for year in range(action.start.year, end + 1))
    return tuple(one for one in found if part_in(action, one.year) > 0)


def taking_part(actions: Iterable[Action]) -> tuple[tuple[Action, ...], tuple[tuple[Action, str], ...]]:
    """Which of some actions can be done together, and which are left out with the id of the one that excludes them.

    Notes
    -----
    The one that is further on the way from idea to done stays, then the one that starts earlier, then the smaller id;
    so the order in which they come does not matter. Stopped ones never take part and exclude nothing.
    """
    taken: list[Action] = []
    out: list[tuple[Action, str]] = []
    for action in sorted((one for one in actions if one.status in RANK), key=_rank):
        against = next((one.id for one in taken if exclude_each_other(one, action)), None)
        if against is None:
            taken.append(action)
        else:
            out.append((action, against))
    return tuple(sorted(taken, key=_id)), tuple(sorted(out, key=lambda one: one[0].id))


def exclude_each_other(one: Action, other: Action) -> bool:
    """Whether one of two says that they cannot both be done."""
    return one.id != other.id and (other.id in one.excludes or one.id in other.excludes)


def combined(
    actions: Iterable[Action],
    baseline: Baseline,
    ahead: Ahead,
    year: int,
    part: Part = full,
    need: Need = as_it_was,
) -> Combined:
    """What actions save together in a year.

    Parameters
    ----------
    actions
        that can be done together, see :func:`taking_part`; in any order.
    baseline
        sources.
    ahead
        grid and share of renewable electricity.
    year
        calendar year.
    part
        of its full effect that each action has; all of it unless said.
    need
        of each source, of that of the baseline; as it was unless said.

    Returns
    -------
    Combined
        each source without and with them, and what is put down to each.

    Notes
    -----
    For each source: saving = E × (1 - Π_i (1 - s_i)), which no order changes and which is never above E. It is put
    down to the actions in proportion to s_i, what each would save alone, to nine decimals; the largest takes what
    rounding leaves, so that they add up exactly.
    """
    taken = sorted(actions, key=_id)
    parts = {one.id: fraction(one, reached(one, baseline), part(one), need) for one in taken}
    sources = tuple(_left(cell, taken, parts, ahead.tonnes(cell, year, need(cell))) for cell in baseline.cells)
    sums: dict[str, list[tuple[Decimal, Decimal]]] = {one.id: [] for one in taken}
    for source in sources:
        for key, location, market in source.saved:
            sums[key].append((location, market))
    return Combined(
        year,
        sources,
        tuple(Attributed(key, exact_sum(a for a, _ in both), exact_sum(b for _, b in both))
              for key, both in sums.items()),
    )  # fmt: skip


def _left(
    cell: Emitted, actions: Iterable[Action], parts: Mapping[str, Decimal], before: tuple[Decimal, Decimal]
) -> Left:
    counted = [one for one in actions if parts[one.id] and touches(one, cell) and _countable(one, cell)]
    every = {one.id: parts[one.id] for one in counted}
    less = {one.id: parts[one.id] for one in counted if not market_only(one)}
    after = kept(_rest(before[0], less)), kept(_rest(before[1], every))
    location = share_out(EXACT.subtract(before[0], after[0]), less)
    market = share_out(EXACT.subtract(before[1], after[1]), every)
    return Left(cell, before, after, tuple((key, location.get(key, ZERO), market[key]) for key in every))


def _countable(action: Action, cell: Emitted) -> bool:
    return cell.kwh is not None or not plans_energy(action)


def _rest(tonnes: Decimal, parts: Mapping[str, Decimal]) -> Decimal:
    return reduce(EXACT.multiply, (EXACT.subtract(ONE, part) for part in parts.values()), tonnes)


def share_out(whole: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """A number divided in proportion to weights, to nine decimals, so that the parts add up to it exactly.

    Parameters
    ----------
    whole
        what is divided. [any unit]
    weights
        of each key, none negative.

    Returns
    -------
    dict
        the largest weight takes what rounding leaves. [the same unit]

    Examples
    --------
    >>> {key: str(part) for key, part in share_out(Decimal(1), {"a": Decimal(1), "b": Decimal(2)}).items()}
    {'a': '0.333333333', 'b': '0.666666667'}
    """
    total = exact_sum(weights.values())
    if not total:
        return dict.fromkeys(weights, ZERO)
    parts = {key: kept(EXACT.divide(EXACT.multiply(whole, weight), total)) for key, weight in weights.items()}
    largest = max(sorted(weights), key=lambda key: weights[key])
    parts[largest] = exact_sum((whole, *(-part for key, part in parts.items() if key != largest)))
    return parts


def _id(action: Action) -> str:
    return action.id


def _rank(action: Action) -> tuple[object, ...]:
    return RANK.index(action.status), action.start, action.id
