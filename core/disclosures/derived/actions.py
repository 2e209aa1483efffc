"""The action plan, what was spent on it, what was decided about it, and credits that were retired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.actions.effect import combined, taking_part
from core.actions.emitted import market_only
from core.disclosures.derived._made import Basis, Row, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import Action, Resolution
from core.library import EXACT
from core.methods import KG, exact_sum, plain
from core.targets.credits import credit_ledger

ACTIONS = "actions"
SPENT = ("running", "done")
"""States of actions on which money was spent."""


def _of(actions: Iterable[Action]) -> Basis:
    held = tuple(actions)
    words, proofs = T("Actions: {count}", count=len(held)), (key for one in held for key in one.evidence)
    return record("action", (one.id for one in held), words, ACTIONS, proofs)


def _list(known: Known) -> PointValue:
    """All actions with what each saves at full effect beside the others, in the year that the plan is for."""
    key, held = "action.list", sorted(known.ledger.held(Action), key=lambda one: (one.area, one.start, one.id))
    if not held:
        return lacking(key, T("No action is entered: enter actions on the page “Actions”."), unit="tCO2e/y")
    plan = known.plan
    if plan is None:
        why = T("What the actions save could not be worked out: look at the page “Actions”.")
        return lacking(key, why, _of(held), "tCO2e/y")
    saved = {one.action: one for one in combined(taking_part(held)[0], plan.baseline, plan.ahead, plan.horizon).actions}
    rows: list[Row] = []
    for one in held:
        own = saved.get(one.id)
        tonnes = Decimal(0) if own is None else own.market if market_only(one) else own.location
        rows.append((one.area, one.name, one.status, plain(tonnes), plain(one.capex), one.currency,
                     payback(one), str(one.life)))  # fmt: skip
    return table(key, rows, _of(held), "tCO2e/y")


def payback(action: Action) -> str:
    """Years until the savings of an action have paid for it, without interest.

    Parameters
    ----------
    action
        with investment, saving and running cost a year.

    Returns
    -------
    str
        plain digits; empty where it costs nothing to begin with, or never pays back. [a]

    Notes
    -----
    capex / (saving − opex): simple payback, as questionnaires ask for it.

    Examples
    --------
    >>> from datetime import date
    >>> led = Action("a", "LED", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10,
    ...              capex=Decimal(9000), saving=Decimal(4000), opex=Decimal(1000))
    >>> payback(led)
    '3'
    """
    yearly = EXACT.subtract(action.saving, action.opex)
    if not action.capex or yearly <= 0:
        return ""
    return plain(EXACT.quantize(EXACT.divide(action.capex, yearly), KG))


def _spent(known: Known) -> PointValue:
    """Investment of the actions that began in the period and were done."""
    key, period = "action.capex", known.inventory.choices.period
    held = [
        one for one in known.ledger.held(Action)
        if one.status in SPENT and period.start <= one.start <= period.end and one.capex
    ]  # fmt: skip
    if not known.ledger.held(Action):
        return lacking(key, T("No action is entered: enter actions on the page “Actions”."), unit="currency")
    currencies = {one.currency for one in held} or {_only_currency(known)}
    if len(currencies) > 1 or not min(currencies):
        why = T("Actions state money in {currencies}: amounts of two currencies are not added.",
                currencies=sorted(one or "–" for one in currencies))  # fmt: skip
        return lacking(key, why, _of(held), "currency")
    basis = _of(held or known.ledger.held(Action))
    return found(key, exact_sum(one.capex for one in held), basis, min(currencies))


def _only_currency(known: Known) -> str:
    """Of all actions, where none began in the period."""
    found_ = {one.currency for one in known.ledger.held(Action) if one.currency}
    return min(found_) if len(found_) == 1 else ""


def _transition(known: Known) -> PointValue:
    """What committees decided about targets and actions, with their minutes."""
    held = sorted(known.ledger.held(Resolution), key=lambda one: (one.day, one.id))
    if not held:
        return lacking("plan.transition", T("No decision of a committee is entered on the page “Actions”: answer it."))
    said = "; ".join(f"{one.day.isoformat()} {one.body}: {one.decision.strip() or one.title}" for one in held)
    words = T("Decisions of committees: {count}", count=len(held))
    proofs = (key for one in held for key in one.evidence)
    return found("plan.transition", said, record("resolution", (one.id for one in held), words, ACTIONS, proofs))


def _retired(known: Known) -> PointValue:
    """Credits that compensate the year and that nothing stops. That there are none is an answer too."""
    key = "credit.retired"
    ledger = known.targets.credits if known.targets is not None else credit_ledger(known.ledger)
    held = [one.credit for one in ledger.of(known.year) if one.counts]
    rows = ((one.project, one.registry, str(one.vintage), one.purpose, plain(one.quantity)) for one in held)
    if not held:
        return table(key, (), Basis(), "tCO2e")
    words, proofs = T("Carbon credits: {count}", count=len(held)), (key for one in held for key in one.evidence)
    return table(key, rows, record("credit", (one.id for one in held), words, "targets", proofs), "tCO2e")


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "action.list": _list,
    "action.capex": _spent,
    "plan.transition": _transition,
    "credit.retired": _retired,
}
ALSO_ASKED = ("plan.transition",)
