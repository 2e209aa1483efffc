"""Equal payments: annuity, present value and capital recovery; without numpy, for a window that opens at once."""

from __future__ import annotations

import math

from core.errors import UserError
from core.finance.rates import growth
from core.i18n import T


def discount_factor(rate: float, periods: int) -> float:
    """(1 + r)^-n.

    Raises
    ------
    UserError
        for a rate of -100 % or less, or fewer than one period.
    """
    if periods < 1:
        raise UserError(
            T("There must be at least one period, not {count}.", count=periods), T("Enter a whole number of years.")
        )
    return growth(rate) ** -periods


def crf(rate: float, periods: int) -> float:
    """Capital recovery factor: what a unit of capital costs a year.

    Parameters
    ----------
    rate
        [1/a]
    periods
        [a]

    Returns
    -------
    float
        [1/a]

    Raises
    ------
    UserError
        for a rate of -100 % or less, or fewer than one period.

    Notes
    -----
    CRF = r / (1 - (1 + r)^-n), and 1/n without interest. NREL/TP-462-5173 (capital recovery factor).

    Examples
    --------
    >>> round(crf(0.05, 20), 6)
    0.080243
    """
    powered = discount_factor(rate, periods)
    # 1 - (1+r)^-n without cancelling for a tiny rate
    return rate / -math.expm1(-periods * math.log1p(rate)) if powered != 1.0 else 1.0 / periods


def pmt(rate: float, periods: int, present: float, future: float = 0.0) -> float:
    """Equal payment at the end of each period that settles a loan.

    Parameters
    ----------
    rate
        per period. [1]
    periods
        how many payments. [1]
    present
        received today. [money]
    future
        received after the last payment; negative: what is still owed then. [money]

    Returns
    -------
    float
        negative when it is paid. [money per period]

    Raises
    ------
    UserError
        for a rate of -100 % or less, or fewer than one period.

    Notes
    -----
    present + Σ_{k=1..n} pmt/(1 + r)^k + future/(1 + r)^n = 0.

    Examples
    --------
    >>> round(pmt(0.08 / 12, 60, 15_000), 6)
    -304.145914
    """
    return -(present + future * discount_factor(rate, periods)) * crf(rate, periods)


def pv(rate: float, periods: int, payment: float, future: float = 0.0) -> float:
    """Present value that equal payments at the end of each period settle.

    Parameters
    ----------
    rate
        per period. [1]
    periods
        how many payments. [1]
    payment
        received at the end of each period. [money per period]
    future
        received after the last payment. [money]

    Returns
    -------
    float
        negative when it has to be paid today. [money]

    Raises
    ------
    UserError
        for a rate of -100 % or less, or fewer than one period.

    Notes
    -----
    pv = -(payment / CRF + future/(1 + r)^n).

    Examples
    --------
    >>> round(pv(0.07, 20, 12_000), 4)
    -127128.1709
    """
    return -(payment / crf(rate, periods) + future * discount_factor(rate, periods))
