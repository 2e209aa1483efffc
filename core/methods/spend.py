"""Spend-based: money paid times what the economy emits for a unit of money in that branch.

Factors of input-output models hold for one currency and the prices of one year, so what was paid is brought into that
currency first and into those prices then. An own factor has the prices of the year in which its validity begins.
"""

from __future__ import annotations

from decimal import Decimal

from core.errors import UserError
from core.i18n import T
from core.library import EXACT, OWN, Choice, Factor
from core.methods._build import CARBON_GASES, category_of, convert, line_of, missing_factor, needed
from core.methods._types import CATEGORIES, MONEY, Context, Finding, Line, Method, Parameter, Portion, TraceStep
from core.methods._value_chain import derived, of

EXCHANGE = Parameter(
    "exchange_rate",
    T("Exchange rate"),
    minimum=Decimal("0.000000001"),
    help=T("Units of the factor's currency for one unit of the currency paid, average of the year of the payment."),
)
INFLATION = Parameter(
    "inflation",
    T("Price index ratio"),
    minimum=Decimal("0.000000001"),
    help=T(
        "Price index of the year of the payment divided by that of the factor's price year, for the factor's currency: "
        "above 1 when prices rose since then."
    ),
)
_ONE = Decimal(1)


def deflated(paid: Decimal, rate: Decimal, inflation: Decimal) -> Decimal:
    """Money in the currency and the prices of a factor.

    Parameters
    ----------
    paid
        amount paid. [currency of the payment]
    rate
        units of the factor's currency for one unit paid, in the year of the payment. [1]
    inflation
        price index of the year of the payment divided by that of the price year of the factor. [1]

    Returns
    -------
    Decimal
        [currency of the factor, prices of its year]

    Notes
    -----
    M = M(paid) × rate ÷ inflation; E = M × EF. GHG Protocol Technical Guidance for Calculating Scope 3 Emissions
    (2013), category 1, spend-based method, which asks for inflation data between the year of the factor and that of
    the payment.

    Examples
    --------
    7,000 CNY at 0.14 USD/CNY, when prices are 4 % above those of the factor:

    >>> round(deflated(Decimal("7000"), Decimal("0.14"), Decimal("1.04")), 2)
    Decimal('942.31')
    """
    return EXACT.divide(EXACT.multiply(paid, rate), inflation)


def price_year(factor: Factor) -> int:
    """Year whose prices a factor of spending is for.

    Parameters
    ----------
    factor
        a published row, or one of the plant's own.

    Returns
    -------
    int
        the year the row describes; of an own factor the year in which its validity begins.

    Notes
    -----
    Input-output tables are in the prices of one year; EPA names it in the unit: kg CO2e per 2022 USD.

    Examples
    --------
    >>> from core.library import load_library
    >>> brakes = load_library().factor("us_epa_supply_chain_1_3.naics_336340.spend.US.2022.USD")
    >>> price_year(brakes)
    2022
    """
    return factor.set.year if factor.region == OWN else factor.data_year


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 3 line of any category: E = M × EF, M in the currency and prices of the factor."""
    choice = _wanted(portion, context)
    if choice is None:
        raise missing_factor(portion, context)
    worth = _worth(portion, choice.factor, context)
    findings = _price_finding(portion, choice.factor)
    settled = Choice(choice.factor, other_year=False)  # the prices were brought to its year, or the finding says not
    line = line_of(worth, context, settled, "scope3", findings=findings, category=category_of(portion, METHOD))
    return (of(portion, line),)


def _wanted(portion: Portion, context: Context) -> Choice | None:
    """A factor in the currency of the payment, else one in any currency."""
    item, year = portion.activity.item, portion.start.year
    currencies = (context.library.units.dimension(portion.activity.unit), *MONEY)
    found = (context.want(item, ("spend",), year, per=currency, gases=CARBON_GASES, proxies=True)
             for currency in dict.fromkeys(currencies))  # fmt: skip
    return next((choice for choice in found if choice is not None), None)


def _worth(portion: Portion, factor: Factor, context: Context) -> Portion:
    units = context.library.units
    said, given = portion.given(EXCHANGE.key), portion.given(INFLATION.key)
    foreign = units.dimension(portion.activity.unit) != units.dimension(factor.per)
    if foreign and said is None:
        raise needed(portion, EXCHANGE)
    if not foreign and said is not None:
        raise UserError(
            T("The factor is in the currency of the payment; an exchange rate has no place here."),
            T("Remove the exchange rate, or correct the unit."),
        )
    rate, inflation = said or _ONE, given or _ONE
    currency = units.dimension(portion.activity.unit).removeprefix("money_")
    target = units.dimension(factor.per).removeprefix("money_")
    paid, conversion = convert(portion, currency, context)
    worth = deflated(paid, rate, inflation)
    numbers = (
        (paid, currency),
        (rate, f"{target}/{currency}"),
        (inflation, f"{portion.start.year}/{price_year(factor)}"),
    )
    what = T("Money in {currency}, prices of {year}", currency=target, year=str(price_year(factor)))
    step = TraceStep(what, "{0} × {1} ÷ {2}", numbers, worth, target)
    return derived(portion, worth, target, *conversion, step)


def _price_finding(portion: Portion, factor: Factor) -> tuple[Finding, ...]:
    """Money of another year than the factor's, and nobody said how prices moved."""
    paid, priced = portion.start.year, price_year(factor)
    if portion.said(INFLATION.key) or paid == priced:
        return ()
    return (
        Finding(
            "prices_of_another_year",
            "warning",
            portion.activity.id,
            T(
                "Paid in {paid}, but the factor is for prices of {priced}, and no price index ratio is given: "
                "rising prices count as emissions.",
                paid=str(paid),
                priced=str(priced),
            ),
            T("Enter the price index ratio as the parameter “inflation”."),
        ),
    )


METHOD = Method(
    key="spend",
    title=T("Spend-based"),
    kinds=("commodity", "material", "service", "asset", "product", "waste", "water"),
    dimensions=MONEY,
    scopes=("scope3",),
    source="GHG Protocol Technical Guidance for Calculating Scope 3 Emissions (2013), categories 1 to 15, spend-based",
    calculate=calculate,
    usual_for=("commodity",),
    example={"item": "naics_336340", "unit": "USD"},
    parameters=(EXCHANGE, INFLATION),
    categories=CATEGORIES,
    approach="spend_based",
)
