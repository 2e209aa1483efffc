"""What a method receives and gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.i18n import T, Text
from core.instruments import Cover
from core.ledger import Activity
from core.library import EXACT, GASES, OWN, Choice, Factor, Gwp, Library, Policy, Want

BIOGENIC = "biogenic"
OTHER = "other"
_APART = (BIOGENIC, OTHER)
KG = Decimal("0.000000001")
"""Kilograms and tonnes are kept to nine decimals, so that sums are exact and do not depend on their order."""
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3", "exported", "avoided")
"""``exported`` (energy sold) and ``avoided`` are memos: they never enter a total."""
SCOPE_TITLES: dict[str, Text] = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
    "exported": T("Energy sold to others (memo, in no total)"),
    "avoided": T("Avoided by solar (memo, in no total)"),
}
"""How people call the scopes."""
CATEGORIES = tuple(range(1, 16))
"""Of scope 3; GHG Protocol Scope 3 Standard (2011), table 5.3."""
MONEY = tuple(f"money_{currency}" for currency in ("CNY", "EUR", "USD", "GBP", "PLN", "CZK", "MXN", "INR", "JPY"))
"""Dimensions of money: no unit of one converts into another."""

SEVERITIES = ("error", "warning", "info")
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an auditor must look at."""

    rule: str
    """Key of the rule that found it."""
    severity: str
    """``error`` (forbids signing), ``warning`` or ``info``."""
    subject: str
    """Id of the record or key of the factor it is about."""
    message: Text
    remedy: Text
    dismissed: str = ""
    """Why a person decided that it needs no action; empty: it is open."""


class NotCovered(Exception):
    """The activity cannot be turned into emissions: it is excluded, with its quantity; the finding says what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.message))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of a calculation: ``form`` with the numbers put in is what an auditor would write on paper."""

    what: Text
    form: str
    """``{0} × {1}`` ..."""
    numbers: tuple[tuple[Decimal, str], ...]
    """Each number with its unit."""
    result: Decimal
    unit: str

    @property
    def formula(self) -> str:
        """``12.5 t × 42.652 GJ/t``."""
        return self.form.format(*(f"{plain(value)} {unit}".rstrip() for value, unit in self.numbers))


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """The sum in the one arithmetic of every calculation, whatever decimal context the caller lives in.

    Parameters
    ----------
    values
        of one unit. [any unit]

    Returns
    -------
    Decimal
        zero of none. [the same unit]

    Notes
    -----
    Σ in 34 digits, half to even: the decimal128 of IEEE 754-2008.

    Examples
    --------
    >>> exact_sum([Decimal("0.1")] * 10)
    Decimal('1.0')
    """
    total, add = Decimal(0), EXACT.add
    for value in values:
        total = add(total, value)
    return total


def plain(value: Decimal) -> str:
    """All digits, no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Amount:
    """Kilograms of one species and what they count."""

    gas: str
    """One of the seven, ``biogenic`` (CO2 of biomass, apart) or ``other`` (outside the basket, apart)."""
    species: str
    kg: Decimal
    gwp: Decimal
    tco2e: Decimal


@dataclass(frozen=True, slots=True)
class AppliedFactor:
    """The factor as it was applied, frozen into the result."""

    key: str
    value: Decimal
    unit: str
    publisher: str
    edition: str
    year: int
    """Year the number describes; of publication where it is timeless."""
    place: str
    title: Text
    licence: str
    status: str
    region: str
    parts: tuple[str, ...]
    """Keys of every number of the library that went into it."""
    lower: Decimal | None = None
    upper: Decimal | None = None
    """95 % limits of the value, where they are published."""


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of an activity that lies in the period."""

    activity: Activity
    start: date
    end: date
    quantity: Decimal
    trace: tuple[TraceStep, ...] = ()
    """How the portion was cut or derived; empty when it is the whole record."""

    @property
    def part(self) -> Decimal:
        """Share of the record that lies in the period, for parameters that are amounts too. [1]"""
        if self.quantity == self.activity.quantity or not self.activity.quantity:
            return Decimal(1)
        return EXACT.divide(self.quantity, self.activity.quantity)

    def said(self, key: str) -> str:
        """What the record says about a parameter; empty when nothing."""
        return next((value for name, value in self.activity.parameters if name == key), "")

    def given(self, key: str) -> Decimal | None:
        """The number of a parameter; None when the record does not give it."""
        text = self.said(key)
        return Decimal(text) if text else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the inventory: what one portion of activity data emits in one scope."""

    id: str
    portion: Portion
    scope: str
    amounts: tuple[Amount, ...]
    factor: AppliedFactor
    trace: tuple[TraceStep, ...]
    findings: tuple[Finding, ...] = ()
    category: int = 0
    """Of scope 3, 1 to 15; 0 for the other scopes."""

    @property
    def activity(self) -> Activity:
        return self.portion.activity

    @property
    def kg(self) -> dict[str, Decimal]:
        """Kilograms of each of the seven gases."""
        totals = dict.fromkeys(GASES, Decimal(0))
        for amount in self.amounts:
            if amount.gas in totals:
                totals[amount.gas] = EXACT.add(totals[amount.gas], amount.kg)
        return totals

    @property
    def tco2e(self) -> Decimal:
        """Tonnes CO2e of the seven gases; biogenic CO2 and gases outside the basket are not in it."""
        return exact_sum([a.tco2e for a in self.amounts if a.gas not in _APART])

    def apart(self, gas: str) -> Decimal:
        """Tonnes of what is kept apart: ``biogenic`` or ``other``."""
        return exact_sum(a.tco2e for a in self.amounts if a.gas == gas)


@dataclass(frozen=True, slots=True)
class GasForm:
    """How a quantity becomes the mass of one gas: all of it that does not depend on the quantity."""

    gas: str
    per_unit: Decimal
    divisor: Decimal | None
    """GWP that its publisher multiplied with, where CO2e is printed."""
    form: str
    numbers: tuple[tuple[Decimal, str], ...]
    """Of the trace, after the quantity."""
    what: Text
    unit: str


@dataclass(frozen=True)
class Context:
    """Under which choices lines are calculated."""

    library: Library
    gwp: Gwp
    policy: Policy
    regions: tuple[str, ...]
    """Areas of the plant, smallest first; the last two are the country and ``World``."""
    named: str = ""
    """Key of the own factor that the record names; empty: none."""
    covers: Mapping[str, tuple[Cover, ...]] = field(default_factory=dict)
    """What is allocated to each record of electricity, by its id."""
    sold: Mapping[str, str] = field(default_factory=dict)
    """Sources of own generation whose attributes belong to somebody else, with the ids of their PV systems."""
    _choices: dict[tuple[object, ...], Choice | None] = field(default_factory=dict, repr=False, compare=False)
    applied: dict[tuple[object, ...], AppliedFactor] = field(default_factory=dict, repr=False, compare=False)
    """Factors already frozen, so that a thousand lines share one."""
    masses: dict[int, tuple[Factor, tuple[GasForm, ...]]] = field(default_factory=dict, repr=False, compare=False)
    """How a row of factors becomes masses, thought over once for a thousand lines."""

    @property
    def country(self) -> str:
        return self.regions[-2]

    def naming(self, key: str) -> Context:
        """The same choices for a record that names one of the plant's own factors."""
        return replace(self, named=key, _choices={})

    def want(
        self,
        item: str,
        uses: tuple[str, ...],
        year: int,
        per: str = "",
        gases: tuple[str, ...] = (),
        *,
        proxies: bool = False,
    ) -> Choice | None:
        """Ask for a factor in the plant's areas, and with ``proxies`` at last in those that the policy accepts.

        Remembered: a year of bills asks the same thousands of times.
        """
        question = (item, uses, year, per, gases, proxies)
        if question not in self._choices:
            wanted = Want(item, uses, year, self.regions, per, gases, self.named)
            found = self.library.choose(wanted, self.policy)
            if found is None and proxies:
                found = self._from_elsewhere(wanted)
            self._choices[question] = found
        return self._choices[question]

    def _from_elsewhere(self, wanted: Want) -> Choice | None:
        """The first area of the policy's list that has one; areas before years, as everywhere."""
        for area in self.policy.proxies:
            found = self.library.choose(replace(wanted, regions=(area, area)), self.policy)
            if found is not None:
                return found
        return None

    def is_proxy(self, choice: Choice) -> bool:
        """Whether a factor describes another country than the plant's, for want of one of its own."""
        return choice.factor.region not in (OWN, *self.regions, *self.policy.places)

    def rank(self, choice: Choice) -> int:
        """How small the area of a factor is: smaller first, the plant's own before all."""
        areas = (OWN, *self.regions, *self.policy.places, *self.policy.proxies)
        return areas.index(choice.factor.region)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One more number or choice that a method asks for."""

    key: str
    title: Text
    unit: str = ""
    """Shown behind the number; parameters are not converted."""
    required: bool = False
    default: Decimal | None = None
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    """Keys to choose from, the first being the default; empty: it is a number."""
    help: Text | None = None


COMMON = (
    Parameter(
        "uncertainty",
        T("Uncertainty of the quantity"),
        "%",
        maximum=Decimal(1000),
        help=T("Half of the 95 % interval, from the accuracy of the meter or scale."),
    ),
    Parameter("factor", T("Own factor"), help=T("The id of the plant's own factor that this record uses.")),
)
"""What every method takes."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way of turning activity data into emissions. Its key is the name of its file."""

    key: str
    title: Text
    kinds: tuple[str, ...]
    """Kinds of items it takes."""
    dimensions: tuple[str, ...]
    """Dimensions of units it takes."""
    scopes: tuple[str, ...]
    """Scopes its lines belong to."""
    source: str
    """Standard or guideline with clause."""
    calculate: Callable[[Portion, Context], tuple[Line, ...]]
    prepare: Callable[[tuple[Portion, ...], Context], tuple[Portion, ...]] | None = None
    """What only follows from several records together, e.g. self-use = generation - feed-in."""
    example: Mapping[str, str] = field(default_factory=dict)
    """Item and unit of a typical row, for the template and the contract tests; every other key is a parameter."""
    ambiguous: frozenset[str] = frozenset()
    """Keys of units that have the right dimension and still do not say enough, e.g. kWh of a fuel."""
    parameters: tuple[Parameter, ...] = ()
    """What it asks for besides quantity, unit and item."""
    categories: tuple[int, ...] = ()
    """Categories of scope 3 that its lines may belong to, the usual one first."""
    approach: str = ""
    """How scope 3 is calculated: ``supplier_specific``, ``average_data``, ``spend_based``, ``distance_based``,
    ``waste_type``, ``fuel_based`` or ``site_specific``."""
    usual_for: tuple[str, ...] = ()
    """Kinds of items for which this method is meant when a row names none and several take the item."""

    @property
    def example_parameters(self) -> tuple[tuple[str, str], ...]:
        """Parameters of a typical row, as a record keeps them."""
        return tuple(sorted((key, value) for key, value in self.example.items() if key not in ("item", "unit")))

    def parameter(self, key: str) -> Parameter | None:
        """The parameter of this key, its own or one that every method takes."""
        return next((p for p in (*self.parameters, *COMMON) if p.key == key), None)
