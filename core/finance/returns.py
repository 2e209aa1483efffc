"""Rates of return: all internal rates there are, the one if there is only one, and the modified rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.finance._roots import unit_roots
from core.finance.annuity import discount_factor
from core.finance.flows import Flows, amounts, npv


@dataclass(frozen=True, slots=True)
class InternalRate:
    """What can be said of the internal rate of return of some payments."""

    rate: float | None
    """The only root; None where there is none or where there are several, of which none is better. [1/a]"""
    roots: tuple[float, ...]
    """Every rate at which the net present value is zero, ascending. [1/a]"""

    @property
    def count(self) -> int:
        """How many roots there are."""
        return len(self.roots)


def irr_roots(flows: Flows) -> tuple[float, ...]:
    """Every rate above -100 % at which the net present value of the payments is zero.

    Parameters
    ----------
    flows
        one payment a year, that of today first; shape (n,). [money]

    Returns
    -------
    tuple of float
        ascending; empty where there is none, and for payments that are all zero, at which every rate would do. [1/a]

    Raises
    ------
    UserError
        for no payments, or one that is no number.

    Notes
    -----
    NPV(r) = Σ C_n x^n = 0 with x = 1/(1 + r): each root x in (0, 1] is a rate r = 1/x - 1 ≥ 0, and each root y = 1 + r
    in (0, 1) of the reversed polynomial Σ C_n y^{N-n} a rate below 0. Payments that change sign k times have k, k-2, …
    roots (Descartes), so a search from one guess returns any of them: here each is isolated and bisected to the last
    digit. Norstrøm (1972), *A Sufficient Condition for a Unique Nonnegative Internal Rate of Return*, Journal of
    Financial and Quantitative Analysis 7(3).

    Examples
    --------
    >>> [round(rate, 10) for rate in irr_roots([-100.0, 230.0, -132.0])]
    [0.1, 0.2]
    >>> irr_roots([-1.0, -2.0, -3.0])
    ()
    """
    coefficients = np.trim_zeros(amounts(flows)).tolist()
    if len(coefficients) < 2:
        return ()
    above = [(1.0 - x) / x for x in unit_roots(coefficients)]
    below = [y - 1.0 for y in unit_roots(coefficients[::-1]) if y < 1.0]
    return tuple(sorted(rate for rate in (*below, *above) if rate > -1.0))


def irr(flows: Flows) -> InternalRate:
    """Internal rate of return, with the number of roots behind it.

    Parameters
    ----------
    flows
        one payment a year, that of today first; shape (n,). [money]

    Returns
    -------
    InternalRate
        its rate is None unless there is exactly one. [1/a]

    Raises
    ------
    UserError
        for no payments, or one that is no number.

    Notes
    -----
    Of several roots none is "the" rate: the net present value at the plant's own rate decides then. See
    :func:`irr_roots`.

    Examples
    --------
    >>> round(irr([-100.0, 39.0, 59.0, 55.0, 20.0]).rate, 5)
    0.28095
    >>> irr([-100.0, 230.0, -132.0]).rate is None
    True
    """
    roots = irr_roots(flows)
    return InternalRate(roots[0] if len(roots) == 1 else None, roots)


def mirr(flows: Flows, finance_rate: float, reinvest_rate: float) -> float | None:
    """Modified internal rate of return.

    Parameters
    ----------
    flows
        one payment a year, that of today first; shape (n,). [money]
    finance_rate
        what money that is paid costs. [1/a]
    reinvest_rate
        what money that is received earns. [1/a]

    Returns
    -------
    float or None
        None where nothing is paid or nothing received. [1/a]

    Raises
    ------
    UserError
        for a rate of -100 % or less, no payments, or one that is no number.

    Notes
    -----
    MIRR = (NPV(reinvest, received) / -NPV(finance, paid))^{1/N} (1 + reinvest) - 1, N the number of the last year.
    Lin (1976), *The Modified Internal Rate of Return and Investment Criterion*, The Engineering Economist 21(4).

    Examples
    --------
    >>> round(mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12), 6)
    0.126094
    """
    found = amounts(flows)
    received = npv(reinvest_rate, np.maximum(found, 0.0))
    paid = -npv(finance_rate, np.minimum(found, 0.0))
    if not received or not paid:
        return None
    return float((received / paid) ** (1.0 / (len(found) - 1)) * (1.0 + reinvest_rate) - 1.0)


def rate(periods: int, payment: float, present: float, future: float = 0.0) -> float | None:
    """Interest rate at which equal payments and a last one settle a present value.

    Parameters
    ----------
    periods
        how many payments. [1]
    payment
        received at the end of each period. [money per period]
    present
        received today. [money]
    future
        received after the last payment. [money]

    Returns
    -------
    float or None
        None where no rate or more than one does it. [1 per period]

    Raises
    ------
    UserError
        for fewer than one period, or an amount that is no number.

    Notes
    -----
    The only root r of present + Σ_{k=1..n} payment/(1 + r)^k + future/(1 + r)^n = 0.

    Examples
    --------
    >>> round(rate(10, 0, -3_500, 10_000), 10)
    0.1106908537
    """
    discount_factor(0.0, periods)
    roots = irr_roots([present, *[payment] * (periods - 1), payment + future])
    return roots[0] if len(roots) == 1 else None
