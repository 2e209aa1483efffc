"""The way of a plant, worked out from its report alone.

Emissions of the year are those that head office calculated again. Those of earlier years are what the plant states in
its closings and reports, and page and report of the group say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from core.actions.cost import cost_of
from core.actions.curve import has_money
from core.actions.effect import combined, taking_part
from core.actions.situation import Situation, situation_of
from core.errors import UserError
from core.group.ways.way import (
    MOST,
    ZERO,
    Abatement,
    Aim,
    Claim,
    Electricity,
    Neutral,
    Offer,
    Open,
    Road,
    Way,
)
from core.handover.ahead import TargetsOf, targets_of
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.closing import figures_of
from core.ledger import (
    Action,
    ActionArea,
    Allocation,
    Commitment,
    Credit,
    Instrument,
    Ledger,
    Step,
    SupplyOption,
    Target,
)
from core.library import EXACT, Library
from core.methods import KG, Finding
from core.renewables.claim import judge_claim
from core.renewables.shares import Share, Shares, shares_of
from core.renewables.way import Way as Supply
from core.renewables.way import way_to
from core.targets.pathway import decimal_of
from core.targets.status import RENEWABLE, WITHDRAWN, TargetStatus, main_target

Value = TypeVar("Value")
SPEAKING = (Instrument, Allocation, SupplyOption, Target, Action, Commitment, Credit)
"""Without any of these a report says nothing of a way."""


def way_of(ledger: Ledger, inventory: Inventory, library: Library, findings: Sequence[Finding] = ()) -> Way:
    """The way of the plant of a report.

    Parameters
    ----------
    ledger
        of the report, as it was read.
    inventory
        calculated again from it.
    library
        inside the report.
    findings
        of the review of it, by head office.

    Notes
    -----
    Whatever cannot be worked out is named and stops nothing else: a report is never refused because of its plans.
    """
    ledger, year = recalculated(ledger, inventory), inventory.choices.period.end.year
    troubles: list[Text] = []
    shares = _tried(lambda: shares_of(ledger, inventory), troubles)
    if shares is None:
        return Way(year, False, Electricity(), {}, troubles=tuple(troubles))
    months = {one.start.isoformat()[:7]: _electricity(one) for one in shares.months}
    if not any(ledger.held(cls) for cls in SPEAKING):
        return Way(year, True, _electricity(shares.year), months)
    road = _tried(lambda: _road(way_to(ledger, inventory, shares=shares), ledger), troubles)
    percent = road.percent if road is not None else Decimal(100)
    claim = _tried(lambda: _claim(ledger, inventory, percent, findings, shares), troubles)
    found = _tried(lambda: targets_of(ledger, year, library, _nothing, known={year: inventory},
                                      findings=findings), troubles)  # fmt: skip
    if found is not None:
        troubles += [one.message for one in found.troubles]
    planned = _tried(lambda: situation_of(ledger, inventory, library), troubles) if ledger.held(Action) else None
    return Way(
        year, False, _electricity(shares.year), months, claim, road,
        () if found is None else tuple(_aims(found, troubles)),
        () if found is None else _neutral(found),
        ZERO if found is None else found.status.credits.counting(year),
        0 if planned is None else planned.horizon,
        () if planned is None else _tried(lambda: _abatement(planned), troubles) or (),
        tuple(troubles),
    )  # fmt: skip


def recalculated(ledger: Ledger, inventory: Inventory) -> Ledger:
    """A ledger whose closing of the year of an inventory states what the inventory says, whatever it stated itself."""
    year = inventory.choices.period.end.year
    closing = ledger.last_closing(year)
    if closing is None:
        return ledger
    figures = figures_of(inventory.totals, inventory.lines)
    return ledger.apply((Step("closing", closing.id, closing, replace(closing, figures=figures)),))


def _nothing(sha256: str) -> bytes:
    """Kept files of the plant do not travel."""
    raise UserError(
        T("The closed year {digest} stays with the plant.", digest=sha256[:12]), T("Ask the plant for its file.")
    )


def _tried(work: Callable[[], Value], troubles: list[Text]) -> Value | None:
    """What comes out, or the reason why nothing does: numbers of a plant may be anything."""
    try:
        return work()
    except UserError as error:
        troubles.append(error.message)
    except (ArithmeticError, ValueError, KeyError) as error:
        troubles.append(T("It cannot be worked out ({kind}).", kind=type(error).__name__))
    return None


# ---------------------------------------------------------------------- electricity


def _electricity(share: Share) -> Electricity:
    return Electricity(share.used, share.certified, share.traced, share.own)


def _road(way: Supply, ledger: Ledger) -> Road:
    promised = any(
        one.kind == RENEWABLE and one.status != WITHDRAWN and one.year == way.year and one.reduction == way.percent
        for one in ledger.held(Target)
    )
    offers = tuple(
        Offer(one.option.id, one.option.name, one.option.kind, one.option.first_year, one.option.quantity, one.cost,
              one.option.currency, one.market, one.location)
        for one in way.options[:MOST]
    )  # fmt: skip
    return Road(
        promised, way.year, way.percent, kept(way.use), kept(way.secured), kept(way.gap), kept(way.open),
        kept(way.cost), way.currency, offers,
    )  # fmt: skip


def _claim(
    ledger: Ledger, inventory: Inventory, percent: Decimal, findings: Sequence[Finding], shares: Shares
) -> Claim:
    found = judge_claim(ledger, inventory, percent, findings=findings, shares=shares)
    return Claim(found.percent, found.holds, tuple(Open(one.message, one.remedy) for one in found.stops[:MOST]))


def kept(value: Decimal) -> Decimal:
    """Nine decimals, half to even, so that it is written alike everywhere."""
    return EXACT.quantize(value, KG)


# ---------------------------------------------------------------------- targets


def _aims(found: TargetsOf, troubles: list[Text]) -> Iterable[Aim]:
    main = main_target(found.status)
    standing = [one for one in found.status.targets if one.target.kind != RENEWABLE and one.target.status != WITHDRAWN]
    for one in standing[:MOST]:
        made = _tried(lambda one=one: _aim(found, one, one is main), troubles)  # type: ignore[misc]
        if made is not None:
            yield made


def _aim(found: TargetsOf, one: TargetStatus, main: bool) -> Aim:
    target, gap = one.target, one.gap
    absolute = not target.intensity
    known = [year for year in one.actual if year <= found.year]
    at = gap.year if gap is not None else max(known, default=0)
    ahead = found.forecast.series(target.parts) if found.forecast is not None and absolute and target.parts else {}
    return Aim(
        target.id, target.name, target.kind, target.parts, target.base_year, target.year, target.reduction,
        target.intensity, target.status, main, at,
        kept(one.actual[at]) if at else None,
        None if gap is None else kept(decimal_of(gap.allowed)),
        None if gap is None else kept(decimal_of(gap.gap)),
        None if gap is None else kept(decimal_of(gap.base)),
        None if gap is None else kept(decimal_of(gap.final)),
        tuple(judged.message for judged in one.judged if judged.level == "stop"),
        {str(point.year): point.tonnes for point in one.points} if absolute else {},
        {str(year): kept(value) for year, value in ahead.items() if year <= target.year},
    )  # fmt: skip


def _neutral(found: TargetsOf) -> tuple[Neutral, ...]:
    return tuple(
        Neutral(one.commitment.subject, one.commitment.year, one.stated, one.attainable, one.holds, one.footprint,
                one.credits)
        for one in found.status.neutrality[:MOST]
    )  # fmt: skip


# ---------------------------------------------------------------------- actions


def _abatement(plan: Situation) -> tuple[Abatement, ...]:
    """Actions of all currencies at full effect together: on one source they multiply, whatever they are paid in."""
    taken, _ = taking_part(plan.actions)
    together = combined(taken, plan.baseline, plan.ahead, plan.horizon)
    own = {one.id: one.name for one in plan.ledger.held(ActionArea)}
    made = []
    for one in taken[:MOST]:
        saved, (yearly, npv) = together.of(one.id), _money(one)
        made.append(Abatement(
            one.id, one.name, one.area, own.get(one.area, ""), one.part, one.status, saved.location, saved.market,
            yearly, npv, one.capex, one.currency,
        ))  # fmt: skip
    return tuple(made)


def _money(action: Action) -> tuple[Decimal | None, Decimal | None]:
    """Cost of a year and present value; nothing where nobody states money, or not in which."""
    if not has_money(action) or not action.currency:
        return None, None
    try:
        cost = cost_of(action)
    except UserError:
        return None, None
    return cost.yearly, cost.npv
