"""How many records a sample needs: from what may be wrong at most, what is expected to be wrong, and the confidence.

Sizes are counts, so the distributions are evaluated in double precision and their results rounded to nine decimals
before a count is rounded up; a size is recorded with its sample and never has to be calculated again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, Decimal
from functools import partial

from core.errors import UserError
from core.i18n import T
from core.library import EXACT

PLACES = 9
"""Of factors; double precision is exact to about thirteen."""
NO_MORE = Decimal("0.95")
"""Expected misstatement as a share of the tolerable one, beyond which no sample settles anything."""
_PRINTED = Decimal("0.01")
LARGEST = 1_000_000
"""No sample is larger. [1]"""
EXPANSION: Mapping[Decimal, Decimal] = {
    Decimal(1): Decimal("1.9"),
    Decimal(5): Decimal("1.6"),
    Decimal(10): Decimal("1.5"),
    Decimal(15): Decimal("1.4"),
    Decimal(20): Decimal("1.3"),
    Decimal(25): Decimal("1.25"),
    Decimal(30): Decimal("1.2"),
    Decimal(37): Decimal("1.15"),
    Decimal(50): Decimal("1.0"),
}
"""Risk of incorrect acceptance [%] and the expansion factor for expected misstatement [1]: AICPA, Audit Sampling, as
printed by Whittington and Pany, Principles of Auditing (2006), table of PPS sampling."""


# ---------------------------------------------------------------------- tonnes


def confidence_factor(confidence: Decimal, misstatements: Decimal = Decimal(0)) -> Decimal:
    """The expected number of misstatements that is excluded by finding no more than some.

    Parameters
    ----------
    confidence
        that the truth is not above it. [%]
    misstatements
        found or expected in the sample; may be a sum of parts (taintings). [1]

    Returns
    -------
    Decimal
        the confidence factor R. [1]

    Notes
    -----
    R solves ``P(a, R) = confidence`` with the regularised incomplete gamma function of ``a = misstatements + 1``; for
    whole numbers that is ``1 - Σ_{i=0}^{misstatements} e^-R R^i / i!``, the Poisson distribution. AICPA Audit Guide
    Audit Sampling (2017), appendix C, which prints it rounded up to two decimals; Stewart, Technical Notes on the AICPA
    Audit Guide Audit Sampling (2012).

    Examples
    --------
    >>> [round(confidence_factor(Decimal(95), Decimal(n)), 2) for n in (0, 1, 2)]
    [Decimal('3.00'), Decimal('4.74'), Decimal('6.30')]
    """
    wanted = _share(confidence)
    a = float(misstatements) + 1.0
    return _decimal(_root(lambda r: _gamma_below(a, r), wanted, a + 40.0 * math.sqrt(a) + 40.0))


def planning_factor(confidence: Decimal, expected: Decimal) -> Decimal:
    """The confidence factor of a sample in which as much may be found as is expected.

    Parameters
    ----------
    confidence
        [%]
    expected
        misstatement as a share of the tolerable one, below 1. [1]

    Returns
    -------
    Decimal
        the factor F. [1]

    Notes
    -----
    F solves ``F = R(confidence, expected × F)``: in a sample of n, ``n × expected misstatement / total`` taintings are
    expected, and the size is ``n = total × F / tolerable``. Table C-1 of the AICPA Audit Guide Audit Sampling (2017) is
    made with it, and the Chinese textbooks of auditing call it 保证系数.

    Examples
    --------
    >>> round(planning_factor(Decimal(95), Decimal("0.1")), 2)
    Decimal('3.68')
    """
    share = float(expected)
    if not share:
        return confidence_factor(confidence)
    wanted = _share(confidence)
    highest = 40.0 / (1.0 - share) ** 2 + 40.0
    return _decimal(_root(lambda f: _gamma_below(share * f + 1.0, f), wanted, highest))


def monetary_unit_size(total: Decimal, tolerable: Decimal, expected: Decimal, confidence: Decimal) -> int:
    """How many tonnes are drawn from a frame.

    Parameters
    ----------
    total
        weight of the frame. [t CO2e]
    tolerable
        misstatement that would be material. [t CO2e]
    expected
        misstatement that is expected. [t CO2e]
    confidence
        that a material misstatement is noticed. [%]

    Returns
    -------
    int
        the size of the sample, at least 1. [1]

    Notes
    -----
    ``n = ⌈total × F / tolerable⌉`` with F of :func:`planning_factor`. AICPA Audit Guide Audit Sampling (2017), table
    C-1.

    Raises
    ------
    UserError
        when nothing is tolerable, or so much is expected that no sample can say that less is wrong.

    Examples
    --------
    >>> monetary_unit_size(Decimal(10_000), Decimal(500), Decimal(0), Decimal(95))
    60
    """
    _check(tolerable, expected)
    factor = planning_factor(confidence, EXACT.divide(expected, tolerable))
    return _counted(EXACT.divide(EXACT.multiply(total, factor), tolerable))


def size_by_expansion(total: Decimal, tolerable: Decimal, expected: Decimal, confidence: Decimal) -> int | None:
    """The same by the older approximation with an expansion factor; None for a confidence that its table lacks.

    Parameters
    ----------
    total, tolerable, expected
        [t CO2e]
    confidence
        [%]

    Returns
    -------
    int or None
        the size of the sample. [1]

    Notes
    -----
    ``n = total × R₀ / (tolerable - expected × E)``, rounded up, with the Poisson factor R₀ for no misstatement, rounded
    up to two decimals as printed, and the expansion factor E of :data:`EXPANSION`. It is shown beside the size for
    whoever checks it by hand, and decides nothing.

    Examples
    --------
    >>> size_by_expansion(Decimal("1757.8"), Decimal(88), Decimal("35.2"), Decimal(80))
    67
    """
    factor = EXPANSION.get(100 - confidence)
    if factor is None or tolerable <= expected * factor:
        return None
    printed = confidence_factor(confidence).quantize(_PRINTED, ROUND_CEILING)
    per = EXACT.subtract(tolerable, EXACT.multiply(expected, factor))
    return _counted(EXACT.divide(EXACT.multiply(total, printed), per))


# ---------------------------------------------------------------------- records


def attribute_size(confidence: Decimal, tolerable: Decimal, expected: Decimal = Decimal(0), count: int = 0) -> int:
    """How many records are drawn to say that no larger share of them is wrong.

    Parameters
    ----------
    confidence
        [%]
    tolerable
        share of records that may be wrong. [%]
    expected
        share of records that is expected to be wrong; 0 is discovery sampling. [%]
    count
        records in the frame; 0: without end. [1]

    Returns
    -------
    int
        the size of the sample, never more than there are records. [1]

    Notes
    -----
    The smallest n for which a frame with exactly the tolerable share of wrong records, rounded up, shows no more than
    ``⌈expected × n⌉`` of them with a probability of at most 1 - confidence: hypergeometric for a frame that ends, else
    binomial. AICPA Audit Guide Audit Sampling (2017), appendix A.

    Raises
    ------
    UserError
        when nothing is tolerable, or so much is expected that no sample can say that less is wrong.

    Examples
    --------
    >>> attribute_size(Decimal(95), Decimal(5)), attribute_size(Decimal(95), Decimal(5), count=60)
    (59, 38)
    """
    _check(tolerable, expected)
    risk = 1.0 - _share(confidence)
    most = count or LARGEST
    if tolerable >= 100 or (count and math.ceil(count * tolerable / 100) >= count):
        return 1
    for found in range(most):
        size = _smallest(partial(_settles, found=found, count=count, tolerable=tolerable, risk=risk), most)
        if size >= most or math.ceil(expected * size / 100) <= found:
            return size
    return most


def _settles(size: int, found: int, count: int, tolerable: Decimal, risk: float) -> bool:
    """Whether a sample in which no more than ``found`` records are wrong leaves no more than the risk."""
    if count:
        likely = _within(found, size, count, math.ceil(count * tolerable / 100))
    else:
        likely = _without_end(found, size, float(tolerable / 100))
    return round(likely, 12) <= round(risk, 12)


def _without_end(found: int, size: int, rate: float) -> float:
    """Binomial probability of no more than ``found`` wrong records."""
    yes, no = math.log(rate), math.log1p(-rate)
    return math.fsum(math.exp(_choose(size, k) + k * yes + (size - k) * no) for k in range(min(found, size) + 1))


def _within(found: int, size: int, count: int, wrong: int) -> float:
    """Hypergeometric probability of no more than ``found`` wrong records."""
    right = count - wrong
    likely = range(max(0, size - right), min(found, wrong, size) + 1)
    return math.fsum(math.exp(_choose(wrong, k) + _choose(right, size - k) - _choose(count, size)) for k in likely)


def _choose(n: int, k: int) -> float:
    """Logarithm of the binomial coefficient."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _smallest(enough: Callable[[int], bool], most: int) -> int:
    """The smallest number from 1 on that is enough, for what stays enough once it is; ``most`` when none is."""
    low, high = 0, 1
    while high < most and not enough(high):
        low, high = high, min(high * 2, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


# ---------------------------------------------------------------------- common


def check_confidence(confidence: Decimal) -> None:
    """Refuse what is no confidence.

    Raises
    ------
    UserError
        outside of 1 to 99.9 %.
    """
    if not Decimal(1) <= confidence <= Decimal("99.9"):
        raise UserError(
            T("A confidence of {value} % cannot be reached.", value=confidence), T("Give one from 1 to 99.9 %.")
        )


def _share(confidence: Decimal) -> float:
    check_confidence(confidence)
    return float(confidence / 100)


def _check(tolerable: Decimal, expected: Decimal) -> None:
    if tolerable <= 0:
        raise UserError(
            T("Nothing is tolerable, so every record would have to be tested."), T("Choose the method “all records”.")
        )
    if expected < 0 or expected > tolerable * NO_MORE:
        raise UserError(
            T(
                "So much is expected to be wrong that no sample can show that less than {tolerable} is.",
                tolerable=tolerable,
            ),
            T("Test all records, or let the plant correct what it knows to be wrong first."),
        )


def _counted(size: Decimal) -> int:
    return max(1, min(LARGEST, int(round(size, PLACES).to_integral_value(ROUND_CEILING))))


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{PLACES}f}")


def _root(rising: Callable[[float], float], wanted: float, highest: float) -> float:
    """Where a function that rises from 0 reaches a value, by halving."""
    low, high = 0.0, highest
    for _step in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def _gamma_below(a: float, x: float) -> float:
    """The regularised incomplete gamma function P(a, x), by its series: x^a e^-x Σ x^n / Γ(a + n + 1)."""
    if x <= 0:
        return 0.0
    term = total = 1.0
    n = 0
    while term > total * 1e-17 or a + n < x:
        n += 1
        term *= x / (a + n)
        total += term
    return min(1.0, math.exp(a * math.log(x) - x - math.lgamma(a + 1.0)) * total)
