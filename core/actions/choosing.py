"""Which actions to choose when the money is limited: most tonnes for a budget of investment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import Ahead
from core.actions.curve import View, bars_alone, usual_currency
from core.actions.effect import combined, exclude_each_other, taking_part
from core.actions.emitted import ZERO, Baseline
from core.i18n import T, Text
from core.ledger import Action
from core.library import EXACT
from core.methods import exact_sum

MOST = 60
"""Options up to which the best choice is searched for."""
STEPS = 200_000
"""Of the search, about a second; then the best found so far is given, with the bound."""
DECIDED = ("running", "done")
"""What is being done is not chosen any more: its money is spent, and it excludes what it excludes."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen."""

    key: str
    cost: Decimal
    """[currency]"""
    worth: Decimal
    """[t CO2e/a]"""
    excludes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Picked:
    """The best found choice of options."""

    keys: tuple[str, ...]
    worth: Decimal
    """Sum of what is chosen. [t CO2e/a]"""
    bound: Decimal
    """No choice is worth more. [t CO2e/a]"""
    exact: bool
    """Nothing better exists."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to do with a budget."""

    chosen: tuple[Action, ...]
    """Ordered by id."""
    tonnes: Decimal
    """What they save together, on top of what is being done. [t CO2e/a]"""
    cost: Decimal
    """Their investment. [currency]"""
    left: Decimal
    """Of the budget. [currency]"""
    yearly: Decimal
    """CRF × capex + opex - savings of all of them. [currency/a]"""
    currency: str
    exact: bool
    bound: Decimal
    """Tonnes that no choice can exceed, each action counted alone. [t CO2e/a]"""
    notes: tuple[Text, ...]


def select(
    budget: Decimal,
    actions: Iterable[Action],
    baseline: Baseline,
    ahead: Ahead,
    year: int,
    view: View = "location",
    currency: str = "",
) -> Selection:
    """The actions that save most within a budget of investment.

    Parameters
    ----------
    budget
        for investment. [currency]
    actions
        ideas, planned and approved ones are chosen from; running and done ones are there already.
    baseline, ahead, year, view, currency
        as of the abatement curve.

    Returns
    -------
    Selection
        never above the budget.

    Notes
    -----
    max Σ t_i x_i, Σ capex_i x_i ≤ budget, x_i + x_j ≤ 1 for those that exclude each other; by branch and bound. t_i is
    what an action saves alone: that savings on one source multiply is left aside in the search, and the tonnes given
    are those of all chosen ones together.
    """
    every = sorted(actions, key=lambda one: one.id)
    given, _ = taking_part(one for one in every if one.status in DECIDED)
    free = [one for one in every if one.status in ("idea", "planned", "approved")]
    free = [one for one in free if not any(exclude_each_other(one, other) for other in given)]
    currency = currency or usual_currency(free)
    bars = {bar.action.id: bar for bar in bars_alone(free, baseline, ahead, year, view, currency)}
    options = [
        Option(key, max(bar.action.capex, ZERO), bar.tonnes, _against(bar.action, free)) for key, bar in bars.items()
    ]
    picked = pick(budget, options)
    chosen = tuple(bars[key].action for key in picked.keys)
    cost = exact_sum(one.capex for one in chosen)
    before, after = (combined(some, baseline, ahead, year) for some in (given, (*given, *chosen)))
    more = (after.location, before.location) if view == "location" else (after.market, before.market)
    return Selection(
        chosen, EXACT.subtract(*more), cost, EXACT.subtract(budget, cost),
        exact_sum(bars[key].yearly for key in picked.keys), currency, picked.exact, picked.bound, _notes(picked, more),
    )  # fmt: skip


def _against(action: Action, others: Iterable[Action]) -> frozenset[str]:
    return frozenset(one.id for one in others if exclude_each_other(action, one))


def _notes(picked: Picked, more: tuple[Decimal, Decimal]) -> tuple[Text, ...]:
    notes = [
        T("Each action was weighed by what it saves alone; the tonnes given are those of all chosen ones together."),
    ]
    if not picked.exact:
        notes.append(
            T(
                "Too many options to try them all: this choice saves {found} t alone, none more than {bound} t.",
                found=EXACT.quantize(picked.worth, Decimal("0.1")),
                bound=EXACT.quantize(picked.bound, Decimal("0.1")),
            )
        )
    return tuple(notes)


def pick(budget: Decimal, options: Iterable[Option]) -> Picked:
    """The options that are worth most within a budget.

    Parameters
    ----------
    budget
        [currency]
    options
        in any order; what costs more than the budget or is worth nothing is never chosen.

    Returns
    -------
    Picked
        exact up to ``MOST`` options, unless the search takes more than ``STEPS`` steps; else the greedy choice.

    Notes
    -----
    Depth first by worth per cost; a branch is left when the relaxation of what remains (parts of options allowed,
    exclusions left aside) cannot exceed the best choice found. Dantzig (1957), Discrete-variable extremum problems,
    Operations Research 5(2), 266-277.

    Examples
    --------
    >>> goods = [Option("a", Decimal(6), Decimal(9)), Option("b", Decimal(5), Decimal(7)),
    ...          Option("c", Decimal(5), Decimal(7))]
    >>> pick(Decimal(10), goods).keys
    ('b', 'c')
    """
    useful = sorted((one for one in options if one.worth > 0 and one.cost <= budget), key=_by_worth)
    search = _Search(useful, budget)
    search.take(greedy(budget, useful))
    bound = search.bound(0, budget)
    if len(useful) <= MOST:
        search.run()
    done = len(useful) <= MOST and search.steps <= STEPS
    exact = done or search.worth == bound
    return Picked(tuple(sorted(search.best)), search.worth, search.worth if exact else bound, exact)


def greedy(budget: Decimal, options: Iterable[Option]) -> tuple[Option, ...]:
    """Options one after the other by worth per cost, as long as there is money; or the best single one if that is
    worth more."""
    ordered = sorted((one for one in options if one.worth > 0 and one.cost <= budget), key=_by_worth)
    taken: list[Option] = []
    left = budget
    for one in ordered:
        if one.cost <= left and not any(_clash(one, other) for other in taken):
            taken.append(one)
            left = EXACT.subtract(left, one.cost)
    single = max(ordered, key=lambda one: one.worth, default=None)
    if single is not None and single.worth > exact_sum(one.worth for one in taken):
        return (single,)
    return tuple(taken)


def _by_worth(option: Option) -> tuple[bool, Decimal, str]:
    free = not option.cost
    return not free, -option.worth if free else -EXACT.divide(option.worth, option.cost), option.key


def _clash(one: Option, other: Option) -> bool:
    return other.key in one.excludes or one.key in other.excludes


class _Search:
    """Depth-first search that remembers the best choice."""

    def __init__(self, options: Sequence[Option], budget: Decimal) -> None:
        self.options, self.budget = options, budget
        self.best: tuple[str, ...] = ()
        self.worth = ZERO
        self.steps = 0
        self.clashes: Mapping[str, frozenset[str]] = {
            one.key: frozenset(other.key for other in options if other is not one and _clash(one, other))
            for one in options
        }

    def take(self, chosen: Iterable[Option]) -> None:
        """Remember a choice that is better than the best one."""
        found = tuple(chosen)
        worth = exact_sum(one.worth for one in found)
        if worth > self.worth:
            self.best, self.worth = tuple(one.key for one in found), worth

    def bound(self, place: int, left: Decimal) -> Decimal:
        """What the options from a place on can be worth at most for the money left."""
        total = ZERO
        for one in self.options[place:]:
            if one.cost > left:
                return EXACT.add(total, EXACT.divide(EXACT.multiply(one.worth, left), one.cost))
            total, left = EXACT.add(total, one.worth), EXACT.subtract(left, one.cost)
        return total

    def run(self) -> None:
        """Try every choice that may be better."""
        waiting: list[tuple[int, Decimal, Decimal, tuple[Option, ...]]] = [(0, self.budget, ZERO, ())]
        while waiting and self.steps <= STEPS:
            self.steps += 1
            place, left, worth, chosen = waiting.pop()
            if place == len(self.options) or EXACT.add(worth, self.bound(place, left)) <= self.worth:
                continue
            one = self.options[place]
            waiting.append((place + 1, left, worth, chosen))
            if one.cost <= left and not any(other.key in self.clashes[one.key] for other in chosen):
                more = (*chosen, one)
                self.take(more)
                waiting.append((place + 1, EXACT.subtract(left, one.cost), EXACT.add(worth, one.worth), more))
