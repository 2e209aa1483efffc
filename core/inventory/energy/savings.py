"""What is stated of savings other than PV: each measure with its years, its proof and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.i18n import Name
from core.inventory.energy.reading import at_most, both, mapping, read


@dataclass(frozen=True, slots=True)
class SavedFactor:
    """The factor behind saved tonnes."""

    key: str
    value: Decimal
    unit: str
    year: int
    region: str
    publisher: str
    title: Name
    place: str


@dataclass(frozen=True, slots=True)
class SavedFlow:
    """One energy carrier in a year."""

    role: Name
    item: str
    unit: str
    before: Decimal
    after: Decimal
    saved: Decimal
    kwh: Decimal | None
    tco2e: Decimal | None
    money: Decimal | None
    factor: SavedFactor | None
    reason: Name
    """Why there are no tonnes; empty when there are."""


@dataclass(frozen=True, slots=True)
class SavedBeside:
    """Something that the measure emits itself: in no sum."""

    role: Name
    unit: str
    amount: Decimal
    tco2e: Decimal | None


@dataclass(frozen=True, slots=True)
class SavedYear:
    """A calendar year of a measure."""

    year: int
    start: date
    end: date
    kwh: Decimal
    tco2e: Decimal
    money: Decimal
    lines: tuple[SavedFlow, ...]
    beside: tuple[SavedBeside, ...]


@dataclass(frozen=True, slots=True)
class SavedTotal:
    """Of all years."""

    kwh: Decimal
    tco2e: Decimal
    money: Decimal


@dataclass(frozen=True, slots=True)
class SavedStep:
    """One step of the calculation, with its numbers put in."""

    what: Name
    formula: str
    result: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class SavedFinance:
    """What a measure is worth over its life."""

    capex: Decimal
    yearly: Decimal
    opex: Decimal
    life_years: int
    discount_rate_percent: Decimal | None
    npv: Decimal | None
    irr_percent: tuple[Decimal, ...]
    """Every internal rate of return."""
    payback_years: Decimal | None
    discounted_payback_years: Decimal | None


@dataclass(frozen=True, slots=True)
class SavedUncertainty:
    """How sure a saving is."""

    percent: Decimal | None
    amount: Decimal | None
    """In the unit of the first carrier."""
    confidence_percent: Decimal
    basis: Name


@dataclass(frozen=True, slots=True)
class SavedCoefficient:
    """One number of a regression."""

    name: Name
    value: Decimal
    unit: str
    standard_error: Decimal | None
    t: Decimal | None


@dataclass(frozen=True, slots=True)
class SavedRegression:
    """How well a baseline fits."""

    model: str
    unit: str
    n: int
    """Periods of the baseline."""
    m: int
    """Periods after it."""
    p: int
    """Parameters of the model."""
    r2: Decimal
    cv_rmse_percent: Decimal
    nmbe_percent_n_minus_p: Decimal
    """With n - p below the line."""
    nmbe_percent_n: Decimal
    """With n below the line."""
    autocorrelation: Decimal
    effective_periods: Decimal
    within_ashrae_14: bool | None
    """None: the guideline names no limits for periods of this length."""
    coefficients: tuple[SavedCoefficient, ...]


@dataclass(frozen=True, slots=True)
class SavedMeasure:
    """Everything about one measure."""

    id: str
    name: str
    kind: str
    """Key of a kind of :func:`core.savings.all_kinds`."""
    item: str
    start: date
    end: date
    source: str
    """Standard or book."""
    ipmvp_option: str
    """Empty: calculated without measurement."""
    evidence: tuple[str, ...]
    currency: str
    """Empty: no price is stated."""
    total: SavedTotal
    years: tuple[SavedYear, ...]
    finance: SavedFinance | None
    uncertainty: SavedUncertainty | None
    regression: SavedRegression | None
    steps: tuple[SavedStep, ...]
    assumptions: tuple[Name, ...]
    left_out: tuple[Name, ...]
    """Losses and effects that are not in the number."""
    warnings: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class SavedSum:
    """All measures in one year."""

    year: int
    kwh: Decimal
    tco2e: Decimal
    money: Mapping[str, Decimal]
    """By currency."""
    beside_tco2e: Decimal
    """Emitted by the measures themselves."""


@dataclass(frozen=True, slots=True)
class UnclearMeasure:
    """A measure that cannot be calculated."""

    name: str
    reason: Name


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two measures that may count the same energy."""

    message: Name


@dataclass(frozen=True, slots=True)
class StatedSavings:
    """Every measure of a plant."""

    years: tuple[SavedSum, ...]
    measures: tuple[SavedMeasure, ...]
    unclear: tuple[UnclearMeasure, ...]
    overlaps: tuple[Overlap, ...] = field(metadata=at_most(5_000))


def savings_from_plain(value: object) -> StatedSavings:
    """Savings from untrusted data, which state them once in each language.

    Raises
    ------
    KeyError, TypeError, ValueError
        for another form, and where the languages state different numbers.
    """
    spoken = mapping(value)
    return read(StatedSavings, both(spoken["zh"], spoken["en"]))
