"""Every real root of a polynomial on (0, 1], found between the roots of its derivative."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_ROUNDING = 4.0 * sys.float_info.epsilon


def unit_roots(coefficients: Sequence[float]) -> list[float]:
    """The distinct real roots of Σ c_n x^n on (0, 1], ascending.

    Parameters
    ----------
    coefficients
        lowest order first; the first is not 0. [any]

    Notes
    -----
    Between two neighbouring roots of its derivative a polynomial is monotonous and has at most one root, which
    bisection finds to the last digit. The derivatives are taken until the coefficients have one sign (Descartes: no
    positive root any more), and the roots come back up. A minimum that touches zero within the rounding of the sum is
    a double root.
    """
    chain = [list(coefficients)]
    while _varies(chain[-1]):
        chain.append(_derivative(chain[-1]))
    roots: list[float] = []
    for polynomial in reversed(chain):
        roots = _between(polynomial, roots) if _varies(polynomial) else []
    return roots


def _varies(coefficients: Sequence[float]) -> bool:
    return min(coefficients) < 0.0 < max(coefficients)


def _derivative(coefficients: Sequence[float]) -> list[float]:
    """Up to a positive factor, which keeps 300 months from overflowing and changes no root."""
    found = [n * c for n, c in enumerate(coefficients)][1:]
    largest = max(abs(c) for c in found)
    return [c / largest for c in found]


def _between(polynomial: Sequence[float], turning: Sequence[float]) -> list[float]:
    """Roots, given those of the derivative."""
    before = 0.0
    sign = next(_sign(c) for c in polynomial if c)  # just right of zero the lowest order decides
    found: list[float] = []
    for point in (*(t for t in turning if t < 1.0), 1.0):
        here = _certain_sign(polynomial, point)
        if here == 0:
            found.append(point)
        elif sign and here != sign:
            found.append(_bisect(polynomial, before, point, sign))
        before, sign = point, here
    return _merged(polynomial, found)


def _merged(polynomial: Sequence[float], roots: Sequence[float]) -> list[float]:
    """A root of higher order is seen as several that nothing separates: they are one."""
    kept: list[float] = []
    for root in roots:
        if not kept or _certain_sign(polynomial, (kept[-1] + root) / 2.0):
            kept.append(root)
    return kept


def _bisect(polynomial: Sequence[float], low: float, high: float, sign: int) -> float:
    while low < (middle := (low + high) / 2.0) < high:
        here = _sign(_value(polynomial, middle))
        if here == 0:
            return middle
        if here == sign:
            low = middle
        else:
            high = middle
    return high


def _value(polynomial: Sequence[float], x: float) -> float:
    total = 0.0
    for coefficient in reversed(polynomial):
        total = total * x + coefficient
    return total


def _certain_sign(polynomial: Sequence[float], x: float) -> int:
    """0 where rounding alone could make the difference."""
    value = _value(polynomial, x)
    size = _value([abs(c) for c in polynomial], x)
    return 0 if abs(value) <= _ROUNDING * len(polynomial) * size else _sign(value)


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)
