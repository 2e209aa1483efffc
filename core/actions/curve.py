"""The abatement cost curve: what a tonne costs, action by action, and how many there are.

All actions have their full effect, in one year with its grid factor and its share of renewable electricity. Those on
one source multiply, so the widths of the bars add up to what all save together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.actions.ahead import Ahead
from core.actions.cost import CENTS, Cost, cost_of
from core.actions.effect import Attributed, Combined, combined, reached, taking_part
from core.actions.emitted import ZERO, Baseline
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Action
from core.library import EXACT
from core.methods import exact_sum

View = Literal["location", "market"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One action on the curve."""

    action: Action
    tonnes: Decimal
    """Its part of what all save together: the width of the bar. [t CO2e/a]"""
    yearly: Decimal
    """CRF × capex + opex - savings. [currency/a]"""
    npv: Decimal
    """[currency]"""
    cost: Decimal | None
    """Of a tonne: the height of the bar; None where it saves none in this view. [currency/t]"""
    reason: Text | None = None
    """Why there is no cost of a tonne."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An action that is not on the curve."""

    action: Action
    reason: Text


@dataclass(frozen=True, slots=True)
class Curve:
    """Bars from left to right."""

    year: int
    view: View
    currency: str
    """Of all costs; empty: no action states one."""
    bars: tuple[Bar, ...]
    """Those that pay for themselves first, the one with the largest NPV first; then by the cost of a tonne; then those
    that save no tonne."""
    beside: tuple[Beside, ...]
    """Excluded by another action, of another currency, or not calculable."""
    total: Decimal
    """What all save together. [t CO2e/a]"""
    notes: tuple[Text, ...]


def abatement_curve(
    actions: Iterable[Action],
    baseline: Baseline,
    ahead: Ahead,
    year: int,
    view: View = "location",
    currency: str = "",
) -> Curve:
    """Cost of a tonne of each action, and tonnes.

    Parameters
    ----------
    actions
        of any state; stopped ones are left away.
    baseline
        sources that they work on.
    ahead
        grid and share of renewable electricity.
    year
        of the tonnes: with its grid factor and share.
    view
        ``location`` or ``market``; with 100 % renewable electricity its savings have no market-based tonnes.
    currency
        of the curve; empty: the one that most actions state. Costs of others are never converted.

    Returns
    -------
    Curve
        whose bars add up to the combined saving.

    Notes
    -----
    cost = (CRF × capex + opex - savings) / t. A negative cost of a tonne is no order of merit, for it falls when less
    is saved: options that earn are ordered by NPV. Taylor, S. (2012), The ranking of negative-cost emissions reduction
    measures, Energy Policy 48, 430-438.
    """
    every = sorted((one for one in actions if one.status != "stopped"), key=lambda one: one.id)
    chosen = currency or usual_currency(every)
    costs, beside = _costs(every, chosen)
    taken, out = taking_part(one for one in every if one.id in costs)
    beside += [Beside(one, T("It cannot be done besides “{other}”.", other=_name(every, by))) for one, by in out]
    together = combined(taken, baseline, ahead, year)
    bars = tuple(_bar(one, costs[one.id], together.of(one.id), view, baseline, ahead, year) for one in taken)
    return Curve(
        year, view, chosen, tuple(sorted(bars, key=_order)), tuple(sorted(beside, key=lambda one: one.action.id)),
        together.location if view == "location" else together.market,
        _notes(bars, taken, together, view, baseline, ahead, year),
    )  # fmt: skip


def bars_alone(
    actions: Iterable[Action], baseline: Baseline, ahead: Ahead, year: int, view: View, currency: str
) -> tuple[Bar, ...]:
    """The bar of each action as if it were done alone, for all that a curve of this currency takes up."""
    every = sorted((one for one in actions if one.status != "stopped"), key=lambda one: one.id)
    costs, _ = _costs(every, currency)
    return tuple(
        _bar(one, costs[one.id], combined([one], baseline, ahead, year).of(one.id), view, baseline, ahead, year)
        for one in every
        if one.id in costs
    )


def usual_currency(actions: Iterable[Action]) -> str:
    """The one that most actions state; of equals the first by its letters; empty: none states one."""
    said = Counter(one.currency for one in actions if one.currency)
    return min(said, key=lambda key: (-said[key], key)) if said else ""


def _costs(actions: Iterable[Action], currency: str) -> tuple[dict[str, Cost], list[Beside]]:
    costs: dict[str, Cost] = {}
    beside: list[Beside] = []
    for action in actions:
        if has_money(action) and (not action.currency or action.currency != currency):
            beside.append(Beside(action, _other_money(action, currency)))
            continue
        try:
            costs[action.id] = cost_of(action)
        except UserError as error:
            beside.append(Beside(action, error.message))
    return costs, beside


def has_money(action: Action) -> bool:
    """Whether it costs or earns something."""
    return bool(action.capex or action.opex or action.saving)


def _other_money(action: Action, currency: str) -> Text:
    if not action.currency:
        return T("Its cost has no currency.")
    return T("Its cost is in {other}, the curve is in {currency}.", other=action.currency, currency=currency)


def _name(actions: Iterable[Action], key: str) -> Text:
    return verbatim(next((one.name for one in actions if one.id == key), key))


def _bar(action: Action, cost: Cost, part: Attributed, view: View, baseline: Baseline, ahead: Ahead, year: int) -> Bar:
    tonnes = part.location if view == "location" else part.market
    if tonnes > 0:
        per_tonne = EXACT.quantize(EXACT.divide(cost.yearly, tonnes), CENTS)
        return Bar(action, tonnes, cost.yearly, cost.npv, per_tonne)
    return Bar(action, tonnes, cost.yearly, cost.npv, None, _why_none(action, view, baseline, ahead, year))


def _why_none(action: Action, view: View, baseline: Baseline, ahead: Ahead, year: int) -> Text:
    cells = reached(action, baseline)
    if view == "market" and cells and all(one.electric for one in cells) and ahead.all_renewable(year):
        return T("Electricity is 100 % renewable in {year}: saving it saves no market-based tonnes.", year=str(year))
    if view == "location" and action.part == "scope2_market":
        return T("It changes which electricity is bought, not how much: the location-based figure stays.")
    if not cells:
        return T("The inventory of {year} has nothing that it works on.", year=str(baseline.year))
    return T("It saves no tonnes.")


def _order(bar: Bar) -> tuple[int, Decimal, str]:
    if bar.cost is None:
        return 2, ZERO, bar.action.id
    return (0, -bar.npv, bar.action.id) if bar.cost < 0 else (1, bar.cost, bar.action.id)


def _notes(
    bars: Iterable[Bar], taken: Iterable[Action], together: Combined, view: View, baseline: Baseline, ahead: Ahead,
    year: int,
) -> tuple[Text, ...]:  # fmt: skip
    """What must be said beside the picture."""
    notes = [T("Options that earn money are ordered by net present value, the others by the cost of a tonne.")]
    alone = exact_sum(_alone(one, baseline, ahead, year, view) for one in taken)
    whole = together.location if view == "location" else together.market
    if alone > whole:
        notes.append(
            T(
                "Actions on one source multiply: alone they would save {alone} t, together they save {together} t.",
                alone=EXACT.quantize(alone, Decimal("0.1")),
                together=EXACT.quantize(whole, Decimal("0.1")),
            )
        )
    if view == "market" and ahead.all_renewable(year) and any(bar.cost is None for bar in bars):
        notes.append(
            T("With 100 % renewable electricity, market-based tonnes of electricity measures vanish; they save money, "
              "and tonnes in the location-based view.")
        )  # fmt: skip
    return tuple(notes)


def _alone(action: Action, baseline: Baseline, ahead: Ahead, year: int, view: View) -> Decimal:
    found = combined([action], baseline, ahead, year)
    return found.location if view == "location" else found.market
