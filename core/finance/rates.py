"""Rates with and without inflation."""

from __future__ import annotations

import math
from decimal import Decimal

from core.errors import UserError
from core.i18n import T


def growth(rate: float) -> float:
    """1 + rate.

    Raises
    ------
    UserError
        for a rate of -100 % or less, at which nothing has a value.
    """
    if not math.isfinite(rate) or rate <= -1.0:
        shown = Decimal(repr(100.0 * rate)) if math.isfinite(rate) else str(rate)
        raise UserError(T("A rate must be above -100 %, not {rate} %.", rate=shown), T("Enter the rate in % a year."))
    return 1.0 + rate


def nominal_rate(real: float, inflation: float) -> float:
    """Rate that includes inflation.

    Parameters
    ----------
    real, inflation
        [1/a]

    Returns
    -------
    float
        [1/a]

    Raises
    ------
    UserError
        for a rate of -100 % or less.

    Notes
    -----
    1 + nominal = (1 + real)(1 + inflation). NREL/TP-462-5173 (Fisher's equation).

    Examples
    --------
    >>> round(nominal_rate(0.064, 0.025), 6)
    0.0906
    """
    return growth(real) * growth(inflation) - 1.0


def real_rate(nominal: float, inflation: float) -> float:
    """Rate without inflation.

    Parameters
    ----------
    nominal, inflation
        [1/a]

    Returns
    -------
    float
        [1/a]

    Raises
    ------
    UserError
        for a rate of -100 % or less.

    Notes
    -----
    1 + real = (1 + nominal) / (1 + inflation).

    Examples
    --------
    >>> round(real_rate(0.0906, 0.025), 6)
    0.064
    """
    return growth(nominal) / growth(inflation) - 1.0
