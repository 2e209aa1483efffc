"""How sure a number is: combining uncertainties by formula."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.library import EXACT
from core.methods import exact_sum


def combine_product(uncertainties: Sequence[Decimal]) -> Decimal:
    """Uncertainty of a product of independent quantities.

    Parameters
    ----------
    uncertainties
        half of the 95 % interval of each factor, relative. [%]

    Returns
    -------
    Decimal
        of the product. [%]

    Notes
    -----
    U = sqrt(Σ U_i²). IPCC 2006 Guidelines, Vol. 1, ch. 3, equation 3.1.

    Examples
    --------
    >>> round(combine_product([Decimal(5), Decimal(10)]), 2)
    Decimal('11.18')
    """
    return EXACT.sqrt(exact_sum(EXACT.multiply(u, u) for u in uncertainties))


def combine_sum(parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Uncertainty of a sum of independent quantities.

    Parameters
    ----------
    parts
        each quantity with half of its 95 % interval, relative. [any, %]

    Returns
    -------
    Decimal
        of the sum. [%]

    Raises
    ------
    ZeroDivisionError
        when the quantities cancel out.

    Notes
    -----
    U = sqrt(Σ (U_i x_i)²) / |Σ x_i|. IPCC 2006 Guidelines, Vol. 1, ch. 3, equation 3.2. Quantities that share a factor
    are not independent: add their activity data first and apply the factor once.

    Examples
    --------
    >>> combine_sum([(Decimal(30), Decimal(10)), (Decimal(40), Decimal(10))])
    Decimal('7.142857142857142857142857142857143')
    """
    absolute = combine_product([EXACT.multiply(value, u) for value, u in parts])
    total = exact_sum(value for value, _ in parts)
    if not total:
        raise ZeroDivisionError("the quantities cancel out")
    return EXACT.divide(absolute, abs(total))


def geometric_deviation(factors: Sequence[Decimal]) -> Decimal:
    """Squared geometric standard deviation of a product of lognormal quantities, as a pedigree matrix asks for.

    Parameters
    ----------
    factors
        squared geometric standard deviation of each, 1 or more. [1]

    Returns
    -------
    Decimal
        of the product: 95 % of the values lie between the median divided by it and the median times it. [1]

    Notes
    -----
    GSD² = exp(sqrt(Σ ln(U_i)²)). Frischknecht and Jungbluth (2007), ecoinvent report no. 1, ch. 7.

    Examples
    --------
    >>> round(geometric_deviation([Decimal("1.05"), Decimal("1.2")]), 4)
    Decimal('1.2077')
    """
    logarithms = [EXACT.ln(factor) for factor in factors]
    return EXACT.exp(combine_product(logarithms))
