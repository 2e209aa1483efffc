"""Ordinary least squares with what an auditor asks of a regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.i18n import T

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted line through many dimensions."""

    coefficients: Array
    """Shape (k,)."""
    errors: Array
    """Standard error of each. Shape (k,)."""
    predicted: Array
    """Shape (n,)."""
    residuals: Array
    """Measured - predicted. Shape (n,)."""
    p: int
    """Parameters that the data had to settle; change points included."""

    @property
    def n(self) -> int:
        return len(self.residuals)

    @property
    def sse(self) -> float:
        """Sum of the squared residuals."""
        return float(self.residuals @ self.residuals)


def least_squares(matrix: Array, measured: Array, searched: int = 0) -> Fit:
    """The coefficients that leave the smallest sum of squares.

    Parameters
    ----------
    matrix
        one column for each coefficient; shape (n, k). [any]
    measured
        shape (n,). [unit of the energy]
    searched
        how many more parameters were searched for, such as change points. [1]

    Returns
    -------
    Fit
        coefficients with their standard errors. [unit of the energy per unit of the column]

    Raises
    ------
    UserError
        when there are too few periods, or one column follows from the others.

    Notes
    -----
    β = argmin ‖y - Xβ‖², s² = SSE/(n - p), se(β_j) = s √[(XᵀX)⁻¹]_jj. Columns are scaled to length one and solved by
    singular values, so that large and small ones do not cost digits. Montgomery, Peck and Vining, Introduction to
    Linear Regression Analysis (5th ed., 2012), ch. 3; verified with the certified values of the NIST StRD.

    Examples
    --------
    >>> fit = least_squares(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 3.0, 5.0]))
    >>> [round(float(one), 9) + 0.0 for one in fit.coefficients]
    [1.0, 2.0]
    """
    n, k = matrix.shape
    p = k + searched
    if n <= p:
        raise UserError(
            T("{n} periods are too few for a model with {p} parameters.", n=n, p=p),
            T("Enter more periods of the baseline, or choose a model with fewer parameters."),
        )
    lengths = np.sqrt((matrix * matrix).sum(axis=0))
    if not (lengths > 0.0).all():
        raise _dependent()
    left, singular, right = np.linalg.svd(matrix / lengths, full_matrices=False)
    if singular[-1] <= singular[0] * n * np.finfo(np.float64).eps:
        raise _dependent()
    scaled = right.T @ ((left.T @ measured) / singular)
    predicted = (matrix / lengths) @ scaled
    residuals = measured - predicted
    variance = float(residuals @ residuals) / (n - p)
    spread = np.sqrt(((right.T / singular) ** 2).sum(axis=1))
    return Fit(scaled / lengths, spread * np.sqrt(variance) / lengths, predicted, residuals, p)


def _dependent() -> UserError:
    return UserError(
        T("The columns of the model cannot be told apart: one of them is constant, zero or follows from the others."),
        T("Choose a model with fewer variables, or a baseline in which they vary."),
    )


def r_squared(fit: Fit, measured: Array) -> float:
    """Coefficient of determination.

    Parameters
    ----------
    fit
        of the baseline. [1]
    measured
        shape (n,). [unit of the energy]

    Returns
    -------
    float
        0 where the energy never varies. [1]

    Notes
    -----
    R² = 1 - SSE / Σ(y - ȳ)². ASHRAE Guideline 14-2014, annex B.

    Examples
    --------
    >>> energy = np.array([1.0, 3.0, 5.0])
    >>> r_squared(least_squares(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), energy), energy)
    1.0
    """
    around = measured - measured.mean()
    total = float(around @ around)
    return 1.0 - fit.sse / total if total else 0.0


def cv_rmse(sse: float, n: int, p: int, mean: float) -> float:
    """Coefficient of variation of the root mean square error.

    Parameters
    ----------
    sse
        sum of the squared residuals. [unit of the energy squared]
    n
        periods. [1]
    p
        parameters of the model; 0 puts n below the line. [1]
    mean
        of the measured energy. [unit of the energy]

    Returns
    -------
    float
        [1]

    Notes
    -----
    CV(RMSE) = √(SSE/(n - p)) / ȳ. ASHRAE Guideline 14-2014, annex B; 14-2002, equation 5-5.

    Examples
    --------
    >>> round(cv_rmse(1000.0, 12, 2, 100.0), 4)
    0.1
    """
    return float(np.sqrt(sse / (n - p)) / mean)


def nmbe(residuals: Array, p: int, mean: float) -> float:
    """Normalised mean bias error; the denominator is n - p.

    Parameters
    ----------
    residuals
        measured - predicted; shape (n,). [unit of the energy]
    p
        parameters of the model; 0 puts n below the line. [1]
    mean
        of the measured energy. [unit of the energy]

    Returns
    -------
    float
        [1]

    Notes
    -----
    NMBE = Σ(y - ŷ) / ((n - p) ȳ). ASHRAE Guideline 14-2014, annex B; 14-2002, equation 5-6.

    Examples
    --------
    >>> nmbe(np.array([10.0, 10.0]), 0, 100.0), nmbe(np.array([10.0, 10.0]), 1, 100.0)
    (0.1, 0.2)
    """
    return float(residuals.sum() / ((len(residuals) - p) * mean))


def autocorrelation(residuals: Array) -> float:
    """Correlation of residuals with those one period before.

    Parameters
    ----------
    residuals
        in the order of time; shape (n,). [unit of the energy]

    Returns
    -------
    float
        0 for fewer than three. [1]

    Notes
    -----
    ρ of (e_t, e_{t-1}). ASHRAE Guideline 14-2002, 5.2.11 (correlated residuals); 14-2014, annex B.

    Examples
    --------
    >>> autocorrelation(np.array([1.0, -1.0, 1.0, -1.0]))
    -1.0
    """
    if len(residuals) < 3:
        return 0.0
    now, before = residuals[1:] - residuals[1:].mean(), residuals[:-1] - residuals[:-1].mean()
    size = float(np.sqrt((now @ now) * (before @ before)))
    return round(float(now @ before) / size, 12) if size else 0.0


def effective_periods(n: int, correlation: float) -> float:
    """n′: as many independent periods as correlated ones are worth.

    Parameters
    ----------
    n
        periods. [1]
    correlation
        of neighbouring residuals. [1]

    Returns
    -------
    float
        n where the correlation is not positive. [1]

    Notes
    -----
    n′ = n (1 - ρ) / (1 + ρ). ASHRAE Guideline 14-2002, 5.2.11; 14-2014, annex B.

    Examples
    --------
    >>> effective_periods(365, 0.5)
    121.66666666666667
    """
    rho = max(0.0, correlation)
    return n * (1.0 - rho) / (1.0 + rho)


def savings_error(t: float, cv: float, predicted: float, n: int, m: int, effective: float | None = None) -> float:
    """Half of the interval of a saving over the reporting time.

    Parameters
    ----------
    t
        Student's t of the confidence. [1]
    cv
        CV(RMSE) of the baseline with n - p. [1]
    predicted
        energy of the baseline under the conditions of the reporting time. [unit of the energy]
    n, m
        periods of the baseline and of the reporting time. [1]
    effective
        n′ for periods whose residuals are correlated, such as days and hours; None for months. [1]

    Returns
    -------
    float
        [unit of the energy]

    Notes
    -----
    U = t × 1.26 CV(RMSE) × Σŷ × √((n/n′)(1 + 2/n′)/m); divided by the saving it is the fractional savings uncertainty
    t 1.26 CV / F × √(…). ASHRAE Guideline 14-2014, annex B, equation B-28; 14-2002, 5.2.11; Reddy and Claridge (2000).

    Examples
    --------
    CV(RMSE) 10 %, 12 months before and after, 68 %: a saving of 10 % is known to within ± 41 % of itself.

    >>> round(savings_error(1.05, 0.10, 1000.0, 12, 12) / 100.0, 2)
    0.41
    """
    own = float(n) if effective is None else effective
    return 1.26 * t * cv * predicted * float(np.sqrt(n / own * (1.0 + 2.0 / own) / m))
