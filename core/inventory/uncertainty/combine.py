"""Combining uncertainties, one formula a function."""

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


NORMAL = Decimal("1.96")
"""Half of the 95 % interval of a normal distribution, in standard deviations."""
SMALL = Decimal(30)
"""Up to here an interval counts as symmetric, beyond it as lognormal: IPCC 2006 Guidelines, Vol. 1, ch. 3.2.3. [%]"""
_HUNDRED = Decimal(100)


def half_of_limits(value: Decimal, lower: Decimal, upper: Decimal) -> Decimal:
    """Half of the 95 % interval that stands for published limits.

    Parameters
    ----------
    value
        the published number, above zero. [any]
    lower, upper
        its 95 % limits. [the same]

    Returns
    -------
    Decimal
        1.96 standard deviations, relative to the number. [%]

    Raises
    ------
    ValueError
        when the limits do not enclose the number, or it is not above zero.

    Notes
    -----
    Symmetric limits: U = (upper - lower) / (2 value). Others are those of a lognormal quantity with
    σ = ln(upper / lower) / 3.92 and the published number as its mean: U = 1.96 sqrt(exp(σ²) - 1). A lower limit of zero
    or less has no logarithm: the larger distance counts. IPCC 2006 Guidelines, Vol. 1, ch. 3.2.3.

    Examples
    --------
    >>> round(half_of_limits(Decimal(100), Decimal(95), Decimal(105)), 1)
    Decimal('5.0')
    >>> round(half_of_limits(Decimal(10), Decimal(5), Decimal(20)), 1)
    Decimal('71.5')
    """
    if not lower <= value <= upper or value <= 0:
        raise ValueError(f"limits {lower} and {upper} do not enclose {value}")
    if not skewed(value, lower, upper):
        half = EXACT.divide(EXACT.subtract(upper, lower), EXACT.multiply(2, value))
    elif lower > 0:
        return half_of_sigma(EXACT.divide(EXACT.ln(EXACT.divide(upper, lower)), EXACT.multiply(2, NORMAL)))
    else:
        half = EXACT.divide(max(EXACT.subtract(upper, value), EXACT.subtract(value, lower)), value)
    return EXACT.multiply(half, _HUNDRED)


def skewed(value: Decimal, lower: Decimal, upper: Decimal) -> bool:
    """Whether limits lie at distances that differ by more than rounding, 2 % of the interval."""
    middle = EXACT.divide(EXACT.add(lower, upper), Decimal(2))
    return EXACT.multiply(abs(EXACT.subtract(value, middle)), 50) > EXACT.subtract(upper, lower)


def half_of_sigma(sigma: Decimal) -> Decimal:
    """Half of the 95 % interval of a lognormal quantity, as far as its variance goes.

    Parameters
    ----------
    sigma
        standard deviation of the logarithm. [1]

    Returns
    -------
    Decimal
        1.96 standard deviations, relative to the mean. [%]

    Notes
    -----
    U = 1.96 sqrt(exp(σ²) - 1), the inverse of σ² = ln(1 + (U / 1.96)²).

    Examples
    --------
    >>> round(half_of_sigma(sigma_of_half(Decimal(60))), 12)
    Decimal('60.000000000000')
    """
    variance = EXACT.subtract(EXACT.exp(EXACT.multiply(sigma, sigma)), Decimal(1))
    return EXACT.multiply(EXACT.multiply(NORMAL, EXACT.sqrt(variance)), _HUNDRED)


def sigma_of_half(half: Decimal) -> Decimal:
    """Standard deviation of the logarithm of a lognormal quantity.

    Parameters
    ----------
    half
        1.96 standard deviations, relative to the mean. [%]

    Returns
    -------
    Decimal
        σ. [1]

    Notes
    -----
    σ = sqrt(ln(1 + (U / 1.96)²)). IPCC 2006 Guidelines, Vol. 1, ch. 3, equations 3.5 to 3.7, with 1.96 for 2.

    Examples
    --------
    >>> round(sigma_of_half(Decimal(100)), 4)
    Decimal('0.4810')
    """
    relative = EXACT.divide(half, EXACT.multiply(NORMAL, _HUNDRED))
    return EXACT.sqrt(EXACT.ln(EXACT.add(Decimal(1), EXACT.multiply(relative, relative))))


def interval(value: Decimal, half: Decimal) -> tuple[Decimal, Decimal]:
    """95 % interval of a result.

    Parameters
    ----------
    value
        the result, taken as the mean. [any]
    half
        1.96 standard deviations. [the same]

    Returns
    -------
    tuple
        lower and upper limit. [the same]

    Notes
    -----
    Up to 30 %, and for a result that is not above zero: value ± half. Beyond, lognormal with
    exp(ln(value) - σ² / 2 ± 1.96 σ). IPCC 2006 Guidelines, Vol. 1, ch. 3, equations 3.5 to 3.7.

    Examples
    --------
    >>> interval(Decimal(100), Decimal(10))
    (Decimal('90'), Decimal('110'))
    >>> [round(limit, 1) for limit in interval(Decimal(100), Decimal(100))]
    [Decimal('34.7'), Decimal('228.7')]
    """
    percent = EXACT.divide(EXACT.multiply(half, _HUNDRED), value) if value > 0 else Decimal(0)
    if percent <= SMALL:
        return EXACT.subtract(value, half), EXACT.add(value, half)
    sigma = sigma_of_half(percent)
    median = EXACT.multiply(value, EXACT.exp(EXACT.divide(EXACT.multiply(sigma, sigma), Decimal(-2))))
    factor = EXACT.exp(EXACT.multiply(NORMAL, sigma))
    return EXACT.divide(median, factor), EXACT.multiply(median, factor)


def half_of_deviation(gsd2: Decimal) -> Decimal:
    """Half of the 95 % interval of a quantity whose squared geometric standard deviation is known.

    Parameters
    ----------
    gsd2
        95 % of the values lie between the median divided by it and the median times it; 1 or more. [1]

    Returns
    -------
    Decimal
        1.96 standard deviations, relative to the mean. [%]

    Notes
    -----
    σ = ln(GSD²) / 1.96, then U = 1.96 sqrt(exp(σ²) - 1).

    Examples
    --------
    >>> round(half_of_deviation(Decimal("1.2")), 2)
    Decimal('18.27')
    """
    return half_of_sigma(EXACT.divide(EXACT.ln(gsd2), NORMAL))


def deviation_of_half(half: Decimal) -> Decimal:
    """Squared geometric standard deviation of a quantity whose relative 95 % interval is known.

    Parameters
    ----------
    half
        1.96 standard deviations, relative to the mean. [%]

    Returns
    -------
    Decimal
        GSD². [1]

    Notes
    -----
    GSD² = exp(1.96 σ) with σ = sqrt(ln(1 + (U / 1.96)²)): the inverse of :func:`half_of_deviation`.

    Examples
    --------
    >>> round(deviation_of_half(half_of_deviation(Decimal("1.05"))), 9)
    Decimal('1.050000000')
    """
    return EXACT.exp(EXACT.multiply(NORMAL, sigma_of_half(half)))
