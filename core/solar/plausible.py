"""What a PV system can be expected to do: limits that a number is held against, and what it may mean beyond them.

They are wide on purpose. A number outside is a question to ask, no proof of a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text, Value, show_number

BELOW, WITHIN, ABOVE = "below", "within", "above"
"""Where a number lies."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is plausible of one figure; both limits belong to it."""

    key: str
    title: Text
    unit: str
    low: Decimal
    high: Decimal
    below: Text
    """What a smaller number may mean."""
    above: Text
    """What a larger number may mean."""
    basis: Text
    """Where the limits come from."""


RANGES: Mapping[str, Range] = {
    one.key: one
    for one in (
        Range(
            "specific_yield",
            T("Specific yield"),
            "kWh/kW/a",
            Decimal(600),
            Decimal(2000),
            T("The year may not be whole, part of the system may have stood still, or kW may mean something else."),
            T("The kW may be those of the inverters or not of all modules, or it is not the energy of one year."),
            T("Our limits for fixed modules between the polar circle and the sunniest deserts."),
        ),
        Range(
            "performance_ratio",
            T("Performance ratio"),
            "1",
            Decimal("0.6"),
            Decimal("0.9"),
            T("Outages, curtailment, shade, dirt, or a sensor that shows too much."),
            T("A dirty or shaded sensor, a sensor that is not in the plane of the modules, or kW that are too small."),
            T("Our limits for a year; cold bright months of a good system may lie above."),
        ),
        Range(
            "area_density",
            T("Power per roof area"),
            "W/m2",
            Decimal(60),
            Decimal(220),
            T("The area may be that of the whole roof, or the modules may stand in rows far apart."),
            T("More than modules that lie side by side can have: the area or the kW may be wrong."),
            T("Our limits from modules of 100 to 220 W/m² that cover most or all of the area."),
        ),
    )
}
"""By key."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number and where it lies."""

    range: Range
    value: Decimal
    place: str
    """``below``, ``within`` or ``above``."""

    @property
    def plausible(self) -> bool:
        """Whether it lies within the limits."""
        return self.place == WITHIN

    @property
    def text(self) -> Text:
        """The verdict as a sentence; what it may mean is :attr:`meaning`."""
        said: dict[str, Value] = {
            "title": self.range.title,
            "value": self._shown,
            "low": self.range.low,
            "high": self.range.high,
        }
        if self.place == BELOW:
            return T("{title} {value} is below the plausible {low} to {high}.", **said)
        if self.place == ABOVE:
            return T("{title} {value} is above the plausible {low} to {high}.", **said)
        return T("{title} {value} lies within the plausible {low} to {high}.", **said)

    @property
    def _shown(self) -> str:
        """Rounded for reading, unless that would move it to the other side of a limit."""
        size = abs(self.value)
        rounded = round(self.value, 3 if size < 10 else 1 if size < 1000 else 0)
        number = show_number(rounded if _place(self.range, rounded) == self.place else self.value)
        return number if self.range.unit == "1" else f"{number} {self.range.unit}"

    @property
    def meaning(self) -> Text | None:
        """What a number beyond the limits may mean; None within them."""
        return {BELOW: self.range.below, ABOVE: self.range.above}.get(self.place)


def judge(key: str, value: float | Decimal) -> Verdict:
    """Hold a number against the limits of its figure.

    Parameters
    ----------
    key
        of :data:`RANGES`: ``specific_yield`` [kWh/kW/a], ``performance_ratio`` [1], ``area_density`` [W/m2].
    value
        in the unit of the range.

    Returns
    -------
    Verdict
        with a sentence for people.

    Raises
    ------
    UserError
        for a value that is no number.
    KeyError
        for an unknown key: a bug of the caller.

    Notes
    -----
    The limits are our own: 600 to 2,000 kWh/kW a year, a PR of 0.6 to 0.9, 60 to 220 W per m² of roof.

    Examples
    --------
    >>> judge("specific_yield", 1180).place
    'within'
    >>> print(judge("performance_ratio", 0.96).text)
    Performance ratio 0.96 is above the plausible 0.6 to 0.9.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not number.is_finite():
        raise UserError(T("“{value}” is no number.", value=str(value)), T("Enter a number."))
    limits = RANGES[key]
    return Verdict(limits, number, _place(limits, number))


def _place(limits: Range, number: Decimal) -> str:
    return BELOW if number < limits.low else ABOVE if number > limits.high else WITHIN


def specific_yield(kwh: float, kw: float) -> float:
    """Energy of a year per kW of modules.

    Parameters
    ----------
    kwh
        generation in a year. [kWh/a]
    kw
        DC power at standard test conditions. [kW]

    Returns
    -------
    float
        [kWh/kW/a]

    Raises
    ------
    UserError
        without power.

    Notes
    -----
    Y = E / P0, the final yield of a year. IEC 61724-1.

    Examples
    --------
    >>> specific_yield(1_200_000, 1000)
    1200.0
    """
    return kwh / _above_zero(kw, T("The DC power must be above 0."))


def area_density(kw: float, m2: float) -> float:
    """Power of the modules per roof area.

    Parameters
    ----------
    kw
        DC power at standard test conditions. [kW]
    m2
        area they are on. [m2]

    Returns
    -------
    float
        [W/m2]

    Raises
    ------
    UserError
        without area.

    Notes
    -----
    p = 1000 P0 / A.

    Examples
    --------
    >>> area_density(1500, 10_000)
    150.0
    """
    return 1000.0 * kw / _above_zero(m2, T("The area must be above 0."))


def _above_zero(value: float, message: Text) -> float:
    if not value > 0:
        raise UserError(message, T("Enter a number above 0."))
    return value
