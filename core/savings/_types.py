"""What a kind of measure asks for and gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from core.i18n import T, Text
from core.ledger import Measure
from core.methods import AppliedFactor, Finding, Parameter, TraceStep, exact_sum
from core.savings._asking import COMMON, Column, Section

if TYPE_CHECKING:
    from core.savings._inputs import Inputs

NOTHING = Decimal(0)
NEVER_SUBTRACTED = T(
    "A saving is a memo beside the inventory and is never subtracted: lower bills have lowered the inventory already."
)
"""Said wherever savings are shown."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a carrier needs without and with the measure, in one unit."""

    before: Decimal = NOTHING
    after: Decimal = NOTHING

    @property
    def saved(self) -> Decimal:
        """Negative where the measure needs more."""
        return exact_sum((self.before, -self.after))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was measured over some days."""

    start: date
    end: date
    """Last day, included."""
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Flow:
    """One energy carrier that a measure changes: of a normal year, of its twelve months, or as measured on days."""

    item: str
    """Key of the library."""
    unit: str
    """Of its amounts, as the library spells it; net calorific value for fuels in ``kWh_net``."""
    role: Text
    """What it does in this measure."""
    year: Amounts | None = None
    """Of a year of 365 or 366 days, alike."""
    months: tuple[Amounts, ...] = ()
    """January to December of a normal year; empty: not known."""
    measured: tuple[Stretch, ...] = ()
    """Only these days are known."""
    price: Decimal | None = None
    price_unit: str = ""
    """What the price is for."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Something emitted by the measure itself, such as leaking refrigerant: stated beside, in no sum of the saving."""

    flow: Flow
    """With what escapes in a year as its ``after``."""
    method: str
    """Key of the method of the inventory that counts it."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How sure the saving is."""

    percent: Decimal | None
    """Half of the interval, of the saving; None where nothing is saved. [%]"""
    amount: Decimal | None
    """The same in the unit of the first flow, over what was measured or a year; None where it is only relative."""
    confidence: Decimal
    """[%]"""
    basis: Text
    """What it comes from."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One number of a regression."""

    key: str
    """``base``, or the column it multiplies, or the change point."""
    title: Text
    value: Decimal
    unit: str
    error: Decimal | None
    """Standard error; None for a change point, which is searched for."""
    t: Decimal | None
    """Value / error."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a regression."""

    start: date
    end: date
    phase: str
    """``baseline`` or ``reporting``."""
    measured: Decimal
    predicted: Decimal
    driver: Decimal | None
    """The temperature or the first variable, to draw it over."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A baseline, how well it fits and what it says of the time after."""

    model: str
    title: Text
    unit: str
    coefficients: tuple[Coefficient, ...]
    points: tuple[Point, ...]
    n: int
    """Periods of the baseline."""
    m: int
    """Periods of the reporting time."""
    p: int
    """Parameters of the model, change points included."""
    r2: Decimal
    cv_rmse: Decimal
    """With n − p below the line. [%]"""
    nmbe_np: Decimal
    """With n − p below the line, as ASHRAE Guideline 14 writes it. [%]"""
    nmbe_n: Decimal
    """With n below the line. [%]"""
    autocorrelation: Decimal
    """Of residuals one period apart. [1]"""
    effective: Decimal
    """n′: as many independent periods the baseline is worth."""
    within: bool | None
    """Whether the limits of ASHRAE Guideline 14 hold; None where it names none for this length of periods."""
    driver: Text
    """What ``Point.driver`` is, with its unit."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind calculates: energy, not yet money and tonnes."""

    flows: tuple[Flow, ...]
    """The item of the measure first."""
    steps: tuple[TraceStep, ...]
    option: str = ""
    """Of the IPMVP: ``A``, ``B`` or ``C``; empty where it is a calculation without measurement."""
    uncertainty: Uncertainty | None = None
    assumptions: tuple[Text, ...] = ()
    left_out: tuple[Text, ...] = ()
    """Losses and effects that are not in the number."""
    warnings: tuple[Text, ...] = ()
    beside: tuple[Beside, ...] = ()
    regression: Regression | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of measure. Its key is the name of its file."""

    key: str
    title: Text
    about: Text
    """What it is for, in a sentence."""
    items: tuple[str, ...]
    """Kinds of items that it may save: ``electricity``, ``fuel``, ``heat``."""
    sections: tuple[Section, ...]
    calculate: Callable[[Inputs], Effect]
    source: str
    """Standard or book with clause."""
    example: Mapping[str, str]
    """Parameters of a typical measure, and its ``item``."""
    idle: Mapping[str, str] = field(default_factory=dict)
    """What to change in the example so that nothing is saved; ``data`` replaces its table."""
    linear: tuple[str, ...] = ()
    """Parameters in which the saving is proportional."""
    columns: tuple[Column, ...] = ()
    """Of its table; empty: it has none."""
    example_data: str = ""
    """A table for the example."""
    item_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameters whose value is an item of the library, with the kinds of items it may be."""

    @property
    def own(self) -> tuple[Parameter, ...]:
        """What it asks for itself."""
        return tuple(one for section in self.sections for one in section.parameters)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Everything a measure of this kind may say."""
        return (*self.own, *COMMON)

    def parameter(self, key: str) -> Parameter | None:
        """The parameter of this key."""
        return next((one for one in self.parameters if one.key == key), None)


@dataclass(frozen=True, slots=True)
class SavedLine:
    """One carrier over some days: energy, money and tonnes."""

    flow: Flow
    start: date
    end: date
    """Last day, included."""
    amounts: Amounts
    kwh: Decimal | None
    """Saved energy; net calorific value for fuels; None where the library does not know it. [kWh]"""
    tonnes: Decimal | None
    """Avoided; None without a factor. [t CO2e]"""
    money: Decimal | None
    """None without a price."""
    factor: AppliedFactor | None
    steps: tuple[TraceStep, ...]
    """From the energy to tonnes and money."""
    findings: tuple[Finding, ...] = ()
    reason: Text | None = None
    """Why there are no tonnes."""


@dataclass(frozen=True, slots=True)
class BesideLine:
    """What the measure emits itself in some days."""

    beside: Beside
    amount: Decimal
    """In the unit of its flow."""
    tonnes: Decimal | None
    """[t CO2e]"""
    factor: AppliedFactor | None


@dataclass(frozen=True, slots=True)
class SavingYear:
    """The saving of one calendar year."""

    year: int
    start: date
    end: date
    """Last day of it that is looked at, included."""
    lines: tuple[SavedLine, ...]
    beside: tuple[BesideLine, ...] = ()
    months: tuple[tuple[date, Decimal], ...] = ()
    """First day and kilowatt-hours saved of each month, where they are known."""

    @property
    def kwh(self) -> Decimal:
        """Of all carriers whose energy is known. [kWh]"""
        return exact_sum(one.kwh for one in self.lines if one.kwh is not None)

    @property
    def tonnes(self) -> Decimal:
        """Avoided, of all carriers with a factor. [t CO2e]"""
        return exact_sum(one.tonnes for one in self.lines if one.tonnes is not None)

    @property
    def money(self) -> Decimal:
        """Of all carriers with a price."""
        return exact_sum(one.money for one in self.lines if one.money is not None)


@dataclass(frozen=True, slots=True)
class Finance:
    """What the measure is worth over its life."""

    capex: Decimal
    yearly: Decimal
    """Saved in a full year at the prices stated, before running costs."""
    opex: Decimal
    """More running costs a year."""
    life: int
    """[a]"""
    rate: Decimal | None
    """Discount rate; None: not stated. [%]"""
    flows: tuple[Decimal, ...]
    """Money at the end of year 0, 1, ..."""
    npv: Decimal | None
    irr: tuple[Decimal, ...]
    """Every internal rate of return. [%]"""
    payback: Decimal | None
    """None: never within the life. [a]"""
    discounted_payback: Decimal | None
    """[a]"""


@dataclass(frozen=True, slots=True)
class Saving:
    """Everything about one measure."""

    measure: Measure
    kind: Kind
    effect: Effect
    currency: str
    """Empty: no price is stated."""
    years: tuple[SavingYear, ...]
    finance: Finance | None
    """None without investment or price."""
    warnings: tuple[Text, ...]
    """What to look at: of the kind, of tonnes and money that are missing."""
    notes: tuple[Text, ...] = ()
    """What to know: factors that describe another year."""

    @property
    def kwh(self) -> Decimal:
        """Over all years shown. [kWh]"""
        return exact_sum(one.kwh for one in self.years)

    @property
    def tonnes(self) -> Decimal:
        """Over all years shown. [t CO2e]"""
        return exact_sum(one.tonnes for one in self.years)

    @property
    def money(self) -> Decimal:
        """Over all years shown."""
        return exact_sum(one.money for one in self.years)

    def of(self, year: int) -> SavingYear | None:
        """The saving of one year."""
        return next((one for one in self.years if one.year == year), None)
