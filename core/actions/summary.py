"""An action plan in a few numbers: actions by status, tonnes in the year it is for, money, plan against measurement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.actions.areas import Area, all_areas
from core.actions.cost import cost_of
from core.actions.curve import has_money
from core.actions.effect import RANK, taking_part
from core.actions.emitted import HUNDRED
from core.actions.situation import Situation
from core.actions.timeline import STATUS_TITLES
from core.errors import UserError
from core.ledger import Action, ActionArea
from core.library import EXACT
from core.methods import exact_sum, plain

DECIDED = ("approved", "running", "done")
"""What somebody has said yes to."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Tonnes in both views."""

    location: Decimal
    """[t CO2e/a]"""
    market: Decimal
    """[t CO2e/a]"""


@dataclass(frozen=True, slots=True)
class Money:
    """What the plan costs and is worth in one currency."""

    currency: str
    capex: Decimal
    """Of all actions that can be done together and are not stopped. [currency]"""
    npv: Decimal
    """Of the same. [currency]"""
    actions: int
    """How many state money in it."""


@dataclass(frozen=True, slots=True)
class AreaSum:
    """One area of the plan."""

    area: Area
    actions: int
    """In any state but stopped."""
    saved: Saved
    """Its part of what all save together."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The plan in a few numbers."""

    year: int
    statuses: tuple[tuple[str, int], ...]
    """Status and number of actions, in the order of the statuses."""
    planned: Saved
    """All actions that are not stopped, in the year."""
    decided: Saved
    """Those that are approved, running or done."""
    money: tuple[Money, ...]
    """By currency; amounts of two are never added."""
    measured: int
    """Actions with a measured effect."""
    percent: Decimal | None
    """Measured tonnes, of those planned for the same days; None: nothing is measured. [%]"""
    areas: tuple[AreaSum, ...]
    """Every area in its order."""


def summary_of(situation: Situation, year: int | None = None) -> Summary:
    """The plan in a few numbers.

    Parameters
    ----------
    situation
        gathered by :func:`core.actions.situation.situation_of`.
    year
        of the tonnes; the horizon unless said.
    """
    asked = situation.horizon if year is None else year
    actions = situation.actions
    every, decided = situation.together(asked), situation.together(asked, DECIDED)
    counts = {key: sum(one.status == key for one in actions) for key in STATUS_TITLES}
    taken, _ = taking_part(actions)
    areas = []
    for area in all_areas(situation.ledger.held(ActionArea)):
        own = [every.of(one.id) for one in actions if one.area == area.key]
        saved = Saved(exact_sum(one.location for one in own), exact_sum(one.market for one in own))
        areas.append(AreaSum(area, sum(one.area == area.key and one.status in RANK for one in actions), saved))
    return Summary(
        asked, tuple(counts.items()), Saved(every.location, every.market), Saved(decided.location, decided.market),
        money_of(taken), sum(one.state == "measured" for one in situation.followed), _percent(situation), tuple(areas),
    )  # fmt: skip


def money_of(actions: Iterable[Action]) -> tuple[Money, ...]:
    """Investment and present value by currency, the one that most actions state first."""
    by_currency: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for one in actions:
        if not one.currency or not has_money(one):
            continue
        try:
            by_currency.setdefault(one.currency, []).append((one.capex, cost_of(one).npv))
        except UserError:
            continue  # a life that cannot be: the judgement of the action names it
    found = [
        Money(currency, exact_sum(a for a, _ in both), exact_sum(b for _, b in both), len(both))
        for currency, both in by_currency.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.actions, one.currency)))


def _percent(situation: Situation) -> Decimal | None:
    """Of all that is measured together."""
    years = [year for one in situation.followed for year in one.years]
    plan = exact_sum(year.planned_tonnes for year in years)
    found = exact_sum(year.measured_tonnes for year in years)
    return EXACT.divide(EXACT.multiply(found, HUNDRED), plan) if plan > 0 else None


def summary_to_plain(found: Summary, lang: str = "en") -> dict[str, object]:
    """For other programs: numbers as strings with all their digits."""
    return {
        "year": found.year,
        "statuses": dict(found.statuses),
        "planned_location_t": plain(found.planned.location),
        "planned_market_t": plain(found.planned.market),
        "decided_location_t": plain(found.decided.location),
        "decided_market_t": plain(found.decided.market),
        "money": [
            {"currency": one.currency, "capex": plain(one.capex), "npv": plain(one.npv), "actions": one.actions}
            for one in found.money
        ],
        "measured": found.measured,
        "measured_percent": None if found.percent is None else plain(found.percent),
        "areas": [
            {
                "key": one.area.key,
                "name": one.area.name.in_language(lang),
                "owner": one.area.owner,
                "actions": one.actions,
                "location_t": plain(one.saved.location),
                "market_t": plain(one.saved.market),
            }
            for one in found.areas
        ],
    }
