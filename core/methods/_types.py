"""What a method receives and gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.i18n import Text
from core.ledger import Activity
from core.library import EXACT, GASES, Choice, Gwp, Library, Policy, Want

BIOGENIC = "biogenic"
OTHER = "other"
KG = Decimal("0.000000001")
"""Kilograms and tonnes are kept to nine decimals, so that sums are exact and do not depend on their order."""
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3", "avoided")
"""``avoided`` is a memo: it never enters a total."""


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
    """The sum in the one arithmetic of every calculation, whatever decimal context the caller lives in."""
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
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


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of an activity that lies in the period."""

    activity: Activity
    start: date
    end: date
    quantity: Decimal
    trace: tuple[TraceStep, ...] = ()
    """How the portion was cut or derived; empty when it is the whole record."""


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
        return exact_sum(a.tco2e for a in self.amounts if a.gas not in (BIOGENIC, OTHER))

    def apart(self, gas: str) -> Decimal:
        """Tonnes of what is kept apart: ``biogenic`` or ``other``."""
        return exact_sum(a.tco2e for a in self.amounts if a.gas == gas)


@dataclass(frozen=True)
class Context:
    """Under which choices lines are calculated."""

    library: Library
    gwp: Gwp
    policy: Policy
    regions: tuple[str, ...]
    """Areas of the plant, smallest first; the last two are the country and ``World``."""
    _choices: dict[tuple[object, ...], Choice | None] = field(default_factory=dict, repr=False, compare=False)
    applied: dict[tuple[object, ...], AppliedFactor] = field(default_factory=dict, repr=False, compare=False)
    """Factors already frozen, so that a thousand lines share one."""

    @property
    def country(self) -> str:
        return self.regions[-2]

    def want(
        self, item: str, uses: tuple[str, ...], year: int, per: str = "", gases: tuple[str, ...] = ()
    ) -> Choice | None:
        """Ask for a factor in the plant's areas. Remembered: a year of bills asks the same thousands of times."""
        question = (item, uses, year, per, gases)
        if question not in self._choices:
            self._choices[question] = self.library.choose(Want(item, uses, year, self.regions, per, gases), self.policy)
        return self._choices[question]


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
    """Item and unit of a typical row, for the template."""
    ambiguous: frozenset[str] = frozenset()
    """Keys of units that have the right dimension and still do not say enough, e.g. kWh of a fuel."""
