"""How many of many alike must be measured, and how sure a mean is that rests on some of them."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from core.library import EXACT

ONE = Decimal(1)
DEVIATES = {"68": Decimal(1), "80": Decimal("1.282"), "90": Decimal("1.645"), "95": Decimal("1.96")}
"""Standard normal deviates as the tables of the protocols print them."""


def sample_size(z: Decimal, cv: Decimal, precision: Decimal, population: Decimal | None = None) -> int:
    """How many of a population must be measured.

    Parameters
    ----------
    z
        standard normal deviate of the confidence. [1]
    cv
        coefficient of variation. [1]
    precision
        relative precision that is wanted. [1]
    population
        how many there are; None: very many. [1]

    Returns
    -------
    int
        rounded up, at most the population. [1]

    Notes
    -----
    n_0 = (z cv / e)², n = n_0 / (1 + n_0/N). IPMVP, Statistics and Uncertainty (EVO 10100-1:2014), ch. 3; ASHRAE
    Guideline 14-2014, annex A.

    Examples
    --------
    90 % confidence, 10 % precision, cv 0.5: 68 of very many, 51 of 200.

    >>> sample_size(Decimal("1.645"), Decimal("0.5"), Decimal("0.1"))
    68
    >>> sample_size(Decimal("1.645"), Decimal("0.5"), Decimal("0.1"), Decimal(200))
    51
    """
    ratio = EXACT.divide(EXACT.multiply(z, cv), precision)
    many = EXACT.multiply(ratio, ratio).to_integral_value(ROUND_CEILING)
    if population is None:
        return int(many)
    if not population:
        return 0
    fewer = EXACT.divide(many, EXACT.add(ONE, EXACT.divide(many, population)))
    return int(min(fewer.to_integral_value(ROUND_CEILING), population))


def sampling_error(z: Decimal, cv: Decimal, sample: Decimal, population: Decimal) -> Decimal:
    """Relative error of a mean that was measured on some of a population.

    Parameters
    ----------
    z
        standard normal deviate of the confidence. [1]
    cv
        coefficient of variation. [1]
    sample
        how many were measured. [1]
    population
        how many there are. [1]

    Returns
    -------
    Decimal
        half of the interval. [1]

    Notes
    -----
    e = z cv √((1 - n/N) / n): the sample size solved for e. IPMVP, Statistics and Uncertainty (EVO 10100-1:2014).

    Examples
    --------
    >>> round(sampling_error(Decimal("1.645"), Decimal("0.5"), Decimal(51), Decimal(200)), 4)
    Decimal('0.0994')
    """
    rest = EXACT.subtract(ONE, EXACT.divide(sample, population))
    return EXACT.multiply(EXACT.multiply(z, cv), EXACT.sqrt(EXACT.divide(max(rest, Decimal(0)), sample)))
