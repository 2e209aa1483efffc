"""Gas in cylinders and other stock: what was bought is not what was used."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.i18n import T
from core.library import EXACT
from core.methods._build import convert
from core.methods._types import Context, Finding, NotCovered, Parameter, Portion, TraceStep

_NET = T("Net use = opening stock + bought − closing stock − sold")
_HELP = T("In the unit of the quantity, which is then what was bought.")
OPENING = Parameter("opening", T("Opening stock"), default=Decimal(0), help=_HELP)
CLOSING = Parameter("closing", T("Closing stock"), default=Decimal(0), help=_HELP)
SOLD = Parameter("sold", T("Sold or returned full"), default=Decimal(0), help=_HELP)
STOCK = (OPENING, CLOSING, SOLD)


def net_use(opening: Decimal, bought: Decimal, closing: Decimal, sold: Decimal) -> Decimal:
    """What was used of a stock.

    Parameters
    ----------
    opening, closing
        stock at the beginning and at the end of the record. [one unit]
    bought, sold
        what came and what left otherwise than by use. [the same unit]

    Returns
    -------
    Decimal
        net use, negative when the numbers contradict each other. [the same unit]

    Notes
    -----
    W = IB + P − IE − S; NDRC guideline for mechanical equipment manufacturers (2015), CO2-shielded welding.

    Examples
    --------
    >>> net_use(Decimal(40), Decimal(500), Decimal(60), Decimal(0))
    Decimal('480')
    """
    return EXACT.subtract(EXACT.subtract(EXACT.add(opening, bought), closing), sold)


def used(portion: Portion, target: str, context: Context) -> tuple[Decimal, tuple[TraceStep, ...]]:
    """The net use of a record in ``target`` and the steps that show it.

    Raises
    ------
    NotCovered
        when more is left and sold than there ever was.
    """
    stock = [portion.given(parameter.key) for parameter in STOCK]
    if all(number is None for number in stock):
        return convert(portion, target, context)
    unit = portion.activity.unit
    # Stocks belong to the whole record: a part of it takes its part of them.
    opening, closing, sold = (EXACT.multiply(number or Decimal(0), portion.part) for number in stock)
    net = net_use(opening, portion.quantity, closing, sold)
    if net < 0:
        raise _more_left(portion)
    numbers = ((opening, unit), (portion.quantity, unit), (closing, unit), (sold, unit))
    step = TraceStep(_NET, "{0} + {1} − {2} − {3}", numbers, net, unit)
    amount, conversion = convert(replace(portion, quantity=net), target, context)
    return amount, (step, *conversion)


def _more_left(portion: Portion) -> NotCovered:
    return NotCovered(
        Finding(
            "stock_contradicts",
            "error",
            portion.activity.id,
            T("More of {source} is left and sold than there was.", source=portion.activity.source),
            T("Check opening stock, quantity bought, closing stock and quantity sold."),
        )
    )
