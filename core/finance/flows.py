"""Payments over years: what they are worth today and when they are paid back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.finance.rates import growth
from core.i18n import T

Flows: TypeAlias = "Sequence[float] | NDArray[np.float64]"
"""One amount a year, that of today first; what is received is positive, what is paid negative."""


def amounts(flows: Flows) -> NDArray[np.float64]:
    """The payments as numbers.

    Raises
    ------
    UserError
        when there is none, or one of them is no finite number.
    """
    found = np.asarray(flows, dtype=np.float64)
    if found.ndim != 1 or not len(found) or not np.isfinite(found).all():
        raise UserError(
            T("Payments are an amount for each year, and one of them is missing or is no number."),
            T("Enter an amount for each year, 0 where nothing is paid."),
        )
    return found


def discounted(rate: float, flows: Flows) -> NDArray[np.float64]:
    """What each payment is worth today.

    Parameters
    ----------
    rate
        discount rate. [1/a]
    flows
        one payment a year, that of today first; shape (n,). [money]

    Returns
    -------
    ndarray
        shape (n,). [money of today]

    Raises
    ------
    UserError
        for a rate of -100 % or less, no payments, or one that is no number.

    Notes
    -----
    PV_n = C_n / (1 + r)^n, n = 0, 1, 2 …

    Examples
    --------
    >>> discounted(0.25, [-100.0, 50.0, 25.0]).tolist()
    [-100.0, 40.0, 16.0]
    """
    found = amounts(flows)
    return found / growth(rate) ** np.arange(len(found), dtype=np.float64)


def npv(rate: float, flows: Flows) -> float:
    """Net present value.

    Parameters
    ----------
    rate
        discount rate, nominal for nominal payments and real for real ones. [1/a]
    flows
        one payment a year, that of today first; shape (n,). [money]

    Returns
    -------
    float
        [money of today]

    Raises
    ------
    UserError
        for a rate of -100 % or less, no payments, or one that is no number.

    Notes
    -----
    NPV = Σ C_n / (1 + r)^n, n from 0: the first payment is not discounted, the others fall due at the ends of their
    years. Short, Packey and Holt (1995), *A Manual for the Economic Evaluation of Energy Efficiency and Renewable
    Energy Technologies*, NREL/TP-462-5173, pp. 2 and 41.

    Examples
    --------
    >>> round(npv(0.05, [-15_000, 1_500, 2_500, 3_500, 4_500, 6_000]), 2)
    122.89
    """
    return math.fsum(discounted(rate, flows))


def payback(flows: Flows) -> float | None:
    """Simple payback: when the payments so far first add up to nothing owed.

    Parameters
    ----------
    flows
        one payment a year, the investment of today first; shape (n,). [money]

    Returns
    -------
    float or None
        years from today, 0 where nothing is owed today; None where it never happens. [a]

    Raises
    ------
    UserError
        for no payments, or one that is no number.

    Notes
    -----
    t = n - 1 + (-S_{n-1}) / C_n for the first year n in which S_n = Σ_{k≤n} C_k is not negative: linear within the
    year. What comes after that year, such as a new inverter, is not looked at. NREL/TP-462-5173 (simple payback).

    Examples
    --------
    >>> payback([-100.0, 40.0, 40.0, 40.0])
    2.5
    >>> payback([-100.0, 40.0]) is None
    True
    """
    owed = 0.0
    for year, flow in enumerate(amounts(flows).tolist()):
        balance = owed + flow
        if balance >= 0.0:
            return year - 1 + (-owed / flow) if owed < 0.0 else float(year)
        owed = balance
    return None


def discounted_payback(rate: float, flows: Flows) -> float | None:
    """Payback of payments that are discounted first.

    Parameters
    ----------
    rate
        discount rate. [1/a]
    flows
        one payment a year, the investment of today first; shape (n,). [money]

    Returns
    -------
    float or None
        years from today; None where it never happens. [a]

    Raises
    ------
    UserError
        for a rate of -100 % or less, no payments, or one that is no number.

    Notes
    -----
    As :func:`payback`, of C_n / (1 + r)^n. NREL/TP-462-5173 (discounted payback).

    Examples
    --------
    >>> discounted_payback(0.25, [-100.0, 50.0, 100.0])
    1.9375
    """
    return payback(discounted(rate, flows))
