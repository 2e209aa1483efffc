"""What an action costs a year of its life, and what it is worth today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.actions.emitted import HUNDRED, ZERO
from core.actions.ramp import part_of_effect
from core.errors import UserError
from core.finance import crf, npv
from core.i18n import T, verbatim
from core.ledger import Action
from core.library import EXACT

CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Cost:
    """Money of one action over its life."""

    yearly: Decimal
    """Negative: it earns. [currency/a]"""
    npv: Decimal
    """[currency of today]"""


def cash(action: Action) -> tuple[Decimal, ...]:
    """Money at the end of year 0, 1, ... of its life; what is received is positive.

    Notes
    -----
    C_0 = -capex, C_k = saving × part of the effect in year k - opex.
    """
    years = range(1, action.life + 1)
    earned = (EXACT.multiply(action.saving, part_of_effect(action, number)) for number in years)
    return (-action.capex, *(EXACT.subtract(one, action.opex) for one in earned))


def cost_of(action: Action) -> Cost:
    """Yearly cost and present value.

    Parameters
    ----------
    action
        with capex, opex, saving, ramp, life and discount rate.

    Returns
    -------
    Cost
        to the cent.

    Raises
    ------
    UserError
        for a life of no year, or one beyond a hundred, or a rate at which nothing has a value.

    Notes
    -----
    yearly = CRF × capex + opex - savings, CRF = r / (1 - (1 + r)^-n). With a ramp the savings are those equal ones that
    have the same present value; so yearly = -CRF × NPV always holds. NREL/TP-462-5173 (capital recovery factor, total
    life-cycle cost).

    Examples
    --------
    >>> from datetime import date
    >>> led = Action("a", "LED", "energy_efficiency", "scope2_location", date(2025, 1, 1), 20,
    ...              capex=Decimal(100000), opex=Decimal(1000), saving=Decimal(5000), discount=Decimal(5))
    >>> cost = cost_of(led)
    >>> str(cost.yearly), str(cost.npv)
    ('4024.26', '-50151.16')
    """
    if not 1 <= action.life <= 100:
        raise UserError(
            T("The life of “{name}” is {life} years.", name=verbatim(action.name), life=action.life),
            T("Enter 1 to 100 years."),
        )
    rate = float(EXACT.divide(action.discount, HUNDRED))
    flows = [float(one) for one in cash(action)]
    present = npv(rate, flows)
    capital = EXACT.multiply(_number(crf(rate, action.life)), action.capex)
    saved = _number((present - flows[0]) * crf(rate, action.life)) if action.ramp else _even(action)
    return Cost(EXACT.quantize(EXACT.subtract(capital, saved), CENTS), EXACT.quantize(_number(present), CENTS))


def _even(action: Action) -> Decimal:
    """Savings less running costs, alike in every year."""
    return EXACT.subtract(action.saving, action.opex)


def _number(value: float) -> Decimal:
    return Decimal(repr(value)) if value else ZERO
