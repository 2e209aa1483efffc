"""What a measure is worth over its life: money by year into the one set of financial formulas of the program."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.finance import discounted_payback, irr_roots, npv, payback
from core.library import EXACT
from core.methods import exact_sum
from core.savings._asking import CAPEX, LIFE, OPEX, PRICE_CHANGE, RATE
from core.savings._inputs import Inputs
from core.savings._types import Finance
from core.savings._worth import CENTS

HUNDRED = Decimal(100)
_RATE = Decimal("0.0001")
_YEARS = Decimal("0.01")


def finance_of(inputs: Inputs, yearly: Decimal) -> Finance | None:
    """Present value, rates of return and payback; None without an investment.

    Parameters
    ----------
    inputs
        of the measure.
    yearly
        saved in a normal year at the prices stated. [money/a]

    Notes
    -----
    Money of year 0 is -capex, of year k it is yearly × (1 + g)^(k-1) - opex, with the change of prices g.
    """
    capex = inputs.given(CAPEX)
    if capex is None:
        return None
    opex, change, rate = inputs.number(OPEX), inputs.number(PRICE_CHANGE), inputs.given(RATE)
    stated = inputs.given(LIFE)
    measure = inputs.measure
    life = int(stated) if stated is not None else max(1, round(((measure.end - measure.start).days + 1) / 365.25))
    flows = cash(capex, yearly, opex, life, change)
    plain = [float(one) for one in flows]
    discount = None if rate is None else float(rate) / 100
    return Finance(
        capex,
        yearly,
        opex,
        life,
        rate,
        flows,
        None if discount is None else _money(npv(discount, plain)),
        tuple(_rounded(root * 100, _RATE) for root in irr_roots(plain)),
        _years(payback(plain)),
        None if discount is None else _years(discounted_payback(discount, plain)),
    )


def cash(capex: Decimal, yearly: Decimal, opex: Decimal, life: int, change: Decimal) -> tuple[Decimal, ...]:
    """Money at the end of year 0, 1, ... of the life.

    Parameters
    ----------
    capex
        investment. [money]
    yearly
        saved in a year at the prices stated. [money/a]
    opex
        more running costs. [money/a]
    life
        [a]
    change
        of prices a year. [%/a]

    Returns
    -------
    tuple of Decimal
        shape (life + 1,). [money]

    Notes
    -----
    C_0 = -capex, C_k = yearly (1 + g)^(k-1) - opex. NREL/TP-462-5173, pp. 2 and 41.

    Examples
    --------
    >>> [str(one) for one in cash(Decimal(1000), Decimal(400), Decimal(50), 3, Decimal(10))]
    ['-1000.00', '350.00', '390.00', '434.00']
    """
    growth = EXACT.add(Decimal(1), EXACT.divide(change, HUNDRED))
    found = [EXACT.quantize(-capex, CENTS)]
    price = yearly
    for _ in range(life):
        found.append(EXACT.quantize(EXACT.subtract(price, opex), CENTS))
        price = EXACT.multiply(price, growth)
    return tuple(found)


def summed(values: Sequence[Decimal | None]) -> Decimal:
    """The sum of what is known."""
    return exact_sum(one for one in values if one is not None)


def _rounded(value: float, places: Decimal) -> Decimal:
    return Decimal(repr(value)).quantize(places, context=EXACT)


def _money(value: float) -> Decimal:
    return _rounded(value, CENTS)


def _years(value: float | None) -> Decimal | None:
    return None if value is None else _rounded(value, _YEARS)
