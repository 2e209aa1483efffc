"""What is stated of a published sentence about a PV system: the claim in numbers, and how it was taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import Name
from core.inventory.energy.reading import mapping, number, read, text
from core.ledger import Claim, from_plain


@dataclass(frozen=True, slots=True)
class StatedQuantity:
    """A number that the check computed, with its formula."""

    name: Name
    formula: str
    value: Decimal
    """All digits."""
    unit: str
    shown: str
    """Rounded for reading."""
    low: Decimal | None
    """Smallest value that the rounding of the published numbers allows."""
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class StatedCompared:
    """A published factor beside the constant of the claim."""

    name: Name
    value_t_per_mwh: Decimal
    gas: str
    use: str
    """Kind of factor: key of :data:`core.solar.claims.FAMILIES`."""
    region: str
    data_year: int
    """0: it does not depend on one."""
    publisher: str
    edition: str
    known_at_the_time: bool
    """Whether it had been published on the day of the claim."""
    difference_percent: Decimal | None
    """From the constant of the claim."""
    equal: bool
    within_rounding: bool
    """Whether the rounding of the published numbers allows it."""
    tonnes: Decimal | None
    """What the claimed energy would avoid with it."""
    needed_kwh_per_kw: Decimal | None
    """The yield a year that the claimed tonnes need with it, where no energy is claimed."""


@dataclass(frozen=True, slots=True)
class StatedScenario:
    """What the years come to under one set of assumptions."""

    name: Name
    start_t_per_mwh: Decimal
    decline_percent_a_year: Decimal
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class StatedSource:
    """Where a number stands that the check brought along."""

    title: Name
    publisher: str
    edition: str
    place: str
    status: str


@dataclass(frozen=True, slots=True)
class StatedStep:
    """One point of the check."""

    key: str
    title: Name
    verdict: str
    """Key of :data:`core.solar.claims.model.VERDICTS`."""
    sentence: Name
    question: Name | None
    quantities: tuple[StatedQuantity, ...]
    factors: tuple[StatedCompared, ...]
    """The nearest first."""
    scenarios: tuple[StatedScenario, ...]
    sources: tuple[StatedSource, ...]


@dataclass(frozen=True, slots=True)
class StatedAssumption:
    """Something the check assumes."""

    name: Name
    value: Decimal
    unit: str
    source: Name
    status: str


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A published sentence, taken apart."""

    verdict: str
    summary: Name
    steps: tuple[StatedStep, ...]
    """The gravest first."""
    questions: tuple[Name, ...]
    assumptions: tuple[StatedAssumption, ...]


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim with its check."""

    claim: Claim
    check: StatedCheck
    plain: Mapping[str, Any]
    """The check as it was stated, to be held against one of one's own."""


def claim_from_plain(value: object) -> StatedClaim:
    """A claim from untrusted data.

    Raises
    ------
    KeyError, TypeError, ValueError, UserError
        for another form.
    """
    said = mapping(value)
    claim = from_plain("claim", mapping(said["record"]))
    if not isinstance(claim, Claim):
        raise TypeError("not a claim")
    _limit(claim)
    check = mapping(said["check"])
    return StatedClaim(claim, read(StatedCheck, check), check)


def _limit(claim: Claim) -> None:
    """Texts and numbers as small as all others that are read here, for the claim is taken apart again."""
    for one in fields(Claim):
        held = getattr(claim, one.name)
        if isinstance(held, str):
            text(held)
        if isinstance(held, Decimal):
            number(f"{held:f}")
    if not date(1950, 1, 1) <= claim.published <= date(2999, 12, 31):
        raise ValueError("a day on which nothing is published")
