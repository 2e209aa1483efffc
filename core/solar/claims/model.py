"""What a claim check consists of: steps with their numbers, factors, scenarios, verdict, sentence and question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from core.i18n import Localised, Name, T, Text
from core.ledger import Claim
from core.library import Factor

Verdict: TypeAlias = Literal["contradicted", "doubtful", "unknown", "holds"]
VERDICTS: Mapping[Verdict, Text] = {
    "contradicted": T("Contradicted"),
    "doubtful": T("Doubtful"),
    "unknown": T("To be clarified"),
    "holds": T("Holds"),
}
"""What a step comes to, the gravest first."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences one after the other: a space between them in English, none in Chinese."""

    parts: tuple[Localised, ...]

    def in_language(self, lang: str) -> str:
        """All of them in ``lang``."""
        return ("" if lang == "zh" else " ").join(part.in_language(lang) for part in self.parts)

    def __str__(self) -> str:
        return self.in_language("en")


def sentences(*parts: Localised | None) -> Sentences:
    """What there is to say, without what there is not."""
    return Sentences(tuple(part for part in parts if part is not None))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number stands that the check brought along."""

    title: Localised
    """Of the publication or the assumption."""
    publisher: str = ""
    edition: str = ""
    place: str = ""
    """Page, table or row."""
    status: str = ""
    """``VERIFIED``, ``VERIFIED_SECONDARY``, ``ASSUMED`` ..."""
    key: str = ""
    """Of the factor; empty where it is none."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the check computed, with the formula as one would write it on paper."""

    key: str
    """Names it for programs."""
    name: Text
    formula: str
    """With numbers and units: ``18,000 t ÷ (25 a × 1,200 MWh/a)``."""
    value: Decimal
    """All digits."""
    unit: str
    shown: str
    """Rounded for reading, without unit."""
    low: Decimal | None = None
    """Smallest value that the rounding of the published numbers allows; None where nothing is rounded."""
    high: Decimal | None = None
    """Largest one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A published factor beside the constant of the claim."""

    factor: Factor
    value: Decimal
    """[t/MWh]"""
    gas: str
    """``CO2`` or ``CO2e``."""
    known: bool
    """Whether it had been published on the day of the claim."""
    difference: Decimal | None
    """From the constant of the claim; None where the claim has none. [%]"""
    equal: bool
    """Whether it is the same number to three digits after the point."""
    within: bool
    """Whether the rounding of the published numbers allows it."""
    tonnes: Decimal | None
    """What the claimed energy would avoid with it; None where no energy is claimed. [t]"""
    needed: Decimal | None = None
    """Where no energy is claimed: the yield that the claimed tonnes need with it. [kWh/kW/a]"""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the years come to under one set of assumptions."""

    name: Localised
    """Where its first factor comes from."""
    start: Decimal
    """Factor of the first year. [t/MWh]"""
    decline: Decimal
    """Of the factor. [%/a]"""
    tonnes: Decimal
    """In all years. [t]"""
    key: str = ""
    """Of the factor; empty for the claim's own constant."""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the check."""

    key: str
    """``constant``, ``shared``, ``yield``, ``density``, ``totals``, ``tonnes``, ``forecast``, ``gas`` ..."""
    title: Text
    verdict: Verdict
    sentence: Localised
    """What was found, with its numbers."""
    question: Localised | None = None
    """What to ask whoever published it."""
    brief: Localised | None = None
    """The finding in one short sentence for the summary; None where it adds nothing."""
    quantities: tuple[Quantity, ...] = ()
    factors: tuple[Compared, ...] = ()
    """The nearest first."""
    scenarios: tuple[Scenario, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the check assumes, with where it comes from."""

    key: str
    value: Decimal
    unit: str
    name: Name
    source: Name
    """Where it comes from; empty once somebody changed it."""
    status: str
    """``ASSUMED`` for our own; ``USER`` once somebody changed it."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the check assumes where the claim is silent; :func:`core.solar.claims.default_assumptions` gives ours."""

    degradation: Decimal = Decimal("0.5")
    """Of the modules after the first year. [%/a]"""
    first_year_loss: Decimal = Decimal(2)
    """Of new modules in light. [%]"""
    decline_low: Decimal = Decimal(0)
    """Of the grid factor, at least. [%/a]"""
    decline_high: Decimal = Decimal(2)
    """Of the grid factor, at most. [%/a]"""
    years: Decimal = Decimal(25)
    """Looked at where the claim names none. [a]"""
    digits: int = 2
    """Significant digits that a published number has at least: zeros behind them may be rounding. [1]"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a model expects of the system that a claim is about."""

    yearly: Decimal
    """In a year of usual weather. [kWh/a]"""
    described: Localised
    """Which model and which weather, e.g. the name of a weather file."""
    irradiation: Decimal | None = None
    """In the plane of the modules in that year; None where it is not known. [kWh/m2/a]"""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What came out of the check of one claim."""

    claim: Claim
    verdict: Verdict
    """The gravest of its steps that say something about the claim's numbers."""
    headline: Text
    """The verdict as a sentence."""
    summary: Sentences
    """Headline and the gravest findings: what can be read in a minute."""
    steps: tuple[Step, ...]
    """The gravest first."""
    assumptions: tuple[Assumption, ...]
    """Everything assumed, with sources."""
    day: date = field(default=date.min)
    """The day as of which factors count as published."""

    @property
    def questions(self) -> tuple[Localised, ...]:
        """What to ask, the most important question first."""
        return tuple(step.question for step in self.steps if step.question is not None)

    def step(self, key: str) -> Step | None:
        """The step of this key; None where the claim does not lead to it."""
        return next((step for step in self.steps if step.key == key), None)


def gravest(verdicts: Sequence[Verdict]) -> Verdict:
    """The gravest of several; ``unknown`` where there is none.

    Examples
    --------
    >>> gravest(("holds", "doubtful", "unknown"))
    'doubtful'
    """
    return next((verdict for verdict in VERDICTS if verdict in verdicts), "unknown")
