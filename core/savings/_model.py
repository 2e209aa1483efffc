"""The model of a baseline: which columns it has, fitted once, and applied to other periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

from core.errors import UserError
from core.i18n import T
from core.library import EXACT
from core.methods import Parameter
from core.savings._change_point import KINDS, Bent, bent_line, slopes
from core.savings._inputs import Inputs, missing
from core.savings._least_squares import Array, Fit, least_squares
from core.savings._periods import Period, Periods, lengths, values

THOUSANDTH = Decimal("0.001")
"""Predicted energy is rounded to three decimals: far above what processors differ in, far below what meters show."""
MODEL = Parameter(
    "model", T("Model of the baseline"),
    choices=(
        ("linear", T("degree days, production and others of the table")),
        ("degree_days", T("degree days from the temperatures, to base temperatures")),
        ("3ph", T("three parameters, heating (change point)")),
        ("3pc", T("three parameters, cooling (change point)")),
        ("4p", T("four parameters (one change point, two slopes)")),
        ("5p", T("five parameters (heating and cooling)")),
        ("mean", T("mean of the baseline")),
    ),
    help=T("Production and the other variable join every model for which the table has them."),
)  # fmt: skip
HEATING_BASE = Parameter("heating_base", T("Base temperature of heating"), "°C", minimum=Decimal(-20),
                         maximum=Decimal(40))  # fmt: skip
COOLING_BASE = Parameter("cooling_base", T("Base temperature of cooling"), "°C", minimum=Decimal(-20),
                         maximum=Decimal(40))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """The baseline as it was fitted, ready for other periods."""

    fit: Fit
    bends: tuple[float, ...]
    keys: tuple[str, ...]
    """Of the columns: ``base`` first."""


def fitted(inputs: Inputs, periods: Periods) -> Model:
    kind = inputs.chosen(MODEL)
    matrix, keys = _matrix(inputs, periods, periods.baseline)
    measured = values(periods.baseline, "energy")
    if not measured.any():
        raise UserError(T("The baseline has no energy."), T("Enter what was measured before the measure."))
    if kind not in KINDS:
        return Model(_line(matrix.shape, matrix.tobytes(), measured.tobytes()), (), keys)
    _need(periods, "temperature")
    temperature = values(periods.baseline, "temperature")
    bent = _bent(kind, matrix.shape, matrix.tobytes(), temperature.tobytes(), measured.tobytes())
    return Model(bent.fit, bent.bends, (*keys, *_SLOPES[kind]))


_SLOPES = {"3ph": ("heating",), "3pc": ("cooling",), "4p": ("heating", "cooling"), "5p": ("heating", "cooling")}


@lru_cache(maxsize=32)
def _line(shape: tuple[int, int], matrix: bytes, measured: bytes) -> Fit:
    """Remembered, for every change of the plant asks again."""
    return least_squares(np.frombuffer(matrix).reshape(shape), np.frombuffer(measured))


@lru_cache(maxsize=32)
def _bent(kind: str, shape: tuple[int, int], matrix: bytes, temperature: bytes, measured: bytes) -> Bent:
    """Remembered, for a search on a grid takes its time."""
    return bent_line(kind, np.frombuffer(matrix).reshape(shape), np.frombuffer(temperature), np.frombuffer(measured))


def _matrix(inputs: Inputs, periods: Periods, rows: Sequence[Period]) -> tuple[Array, tuple[str, ...]]:
    """Columns that do not depend on change points, days first."""
    kind, days = inputs.chosen(MODEL), lengths(rows)
    columns, keys = [days], ["base"]
    if kind == "linear":
        for key in ("hdd", "cdd"):
            if periods.has(key):
                columns.append(values(rows, key))
                keys.append(key)
    if kind == "degree_days":
        _need(periods, "temperature")
        for key, column in _degree_days(inputs, days, values(rows, "temperature")):
            columns.append(column)
            keys.append(key)
    for key in ("production", "other"):
        if kind != "mean" and periods.has(key):
            columns.append(values(rows, key))
            keys.append(key)
    if kind == "linear" and len(keys) == 1:
        raise UserError(
            T("The table has no variable for the model."),
            T("Fill one of the columns hdd, cdd, production or other in every row, or choose another model."),
        )
    return np.column_stack(columns), tuple(keys)


def _degree_days(inputs: Inputs, days: Array, temperature: Array) -> list[tuple[str, Array]]:
    """Days × degrees below or above the base temperatures."""
    heating, cooling = inputs.given(HEATING_BASE), inputs.given(COOLING_BASE)
    if heating is None and cooling is None:
        raise missing(HEATING_BASE)
    found = []
    if heating is not None:
        found.append(("hdd", days * np.maximum(float(heating) - temperature, 0.0)))
    if cooling is not None:
        found.append(("cdd", days * np.maximum(temperature - float(cooling), 0.0)))
    return found


def _need(periods: Periods, key: str) -> None:
    if not periods.has(key):
        raise UserError(
            T("The model needs the column {column} in every row.", column=key), T("Fill it, or choose another model.")
        )


def predict(inputs: Inputs, model: Model, rows: Sequence[Period]) -> list[Decimal]:
    """What the baseline would have needed in these periods, to three decimals."""
    found = design(inputs, model, rows) @ model.fit.coefficients
    return [decimal(float(one), THOUSANDTH) for one in found]


def design(inputs: Inputs, model: Model, rows: Sequence[Period]) -> Array:
    """The matrix of the model for these periods."""
    have = Periods(tuple(rows), (), 0)
    matrix, _ = _matrix(inputs, have, rows)
    if not model.bends:
        return matrix
    bent = slopes(inputs.chosen(MODEL), values(rows, "temperature"), model.bends)
    return np.column_stack([matrix, bent * matrix[:, :1]])


def decimal(value: float, places: Decimal) -> Decimal:
    """A number of the regression as the program keeps it.

    Parameters
    ----------
    value
        [any unit]
    places
        the last decimal that is kept. [the same unit]

    Returns
    -------
    Decimal
        [the same unit]

    Notes
    -----
    Half to even, of the shortest digits that name the double (IEEE 754-2019): the same on any machine.

    Examples
    --------
    >>> decimal(0.1 + 0.2, Decimal("0.001"))
    Decimal('0.300')
    """
    return EXACT.quantize(Decimal(repr(value)), places)
