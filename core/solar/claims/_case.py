"""One claim with everything it is held against, and what several steps need of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.i18n import Localised, T, Text, show_number
from core.ledger import Claim
from core.library import Factor, Library
from core.library.places import area_name
from core.solar.claims._numbers import THOUSAND, Span, fixed, mwh, published
from core.solar.claims._published import FAMILIES, Published, published_near
from core.solar.claims.model import Assumptions, Expected, Quantity, Source

CONSTANT_PLACES = 3
"""Digits after the point to which two factors are the same number."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A factor that follows from two numbers of a claim."""

    quantity: Quantity
    span: Span
    """[t/MWh]"""
    energy: Decimal
    """Of the pair. [MWh]"""

    @property
    def shown(self) -> str:
        """To three digits after the point."""
        return fixed(self.span.value, CONSTANT_PLACES)


@dataclass(frozen=True)
class Case:
    """What the steps look at."""

    claim: Claim
    library: Library
    assumptions: Assumptions
    expected: Expected | None = None
    others: Sequence[Claim] = ()
    grid: str = ""

    def span(self, value: Decimal) -> Span:
        """A published number with what rounds to it."""
        return published(value, self.assumptions.digits)

    @property
    def place(self) -> Localised:
        """The smallest area the claim names."""
        return place_of(self.claim)

    @cached_property
    def near(self) -> tuple[Published, ...]:
        """Published factors of the place; none where the country is not known."""
        claim = self.claim
        if not claim.country:
            return ()
        return published_near(self.library, claim.published, claim.country, claim.region, self.grid)

    @cached_property
    def constants(self) -> tuple[Constant, ...]:
        """What each pair of tonnes and energy implies, that of a year first."""
        return constants_of(self.claim, self.assumptions.digits)


def constants_of(claim: Claim, digits: int) -> tuple[Constant, ...]:
    """The implied constants of a claim.

    Parameters
    ----------
    claim
        any.
    digits
        significant digits that a published number has at least. [1]

    Returns
    -------
    tuple
        of yearly tonnes / yearly energy, and of total tonnes / (years × yearly energy), as far as they are there.
        [t/MWh]
    """
    found: list[Constant] = []
    if claim.yearly is None:
        return ()
    yearly = published(claim.yearly, digits).over(THOUSAND)
    if claim.yearly_tonnes is not None:
        formula = f"{show_number(claim.yearly_tonnes)} t/a ÷ {mwh(claim.yearly)} MWh/a"
        span = published(claim.yearly_tonnes, digits).over(yearly)
        found.append(_constant("constant_year", T("Implied constant of a year"), formula, span, yearly.value))
    if claim.total_tonnes is not None and claim.years is not None:
        formula = f"{show_number(claim.total_tonnes)} t ÷ ({show_number(claim.years)} a × {mwh(claim.yearly)} MWh/a)"
        energy = yearly.times(claim.years)
        span = published(claim.total_tonnes, digits).over(energy)
        found.append(_constant("constant_total", T("Implied constant of all years"), formula, span, energy.value))
    return tuple(found)


def _constant(key: str, name: Text, formula: str, span: Span, energy: Decimal) -> Constant:
    shown = fixed(span.value, CONSTANT_PLACES)
    return Constant(Quantity(key, name, formula, span.value, "t/MWh", shown, span.low, span.high), span, energy)


def place_of(claim: Claim) -> Localised:
    """The smallest area that a claim names."""
    code = claim.region or claim.country
    return area_name(code) if code else T("an unknown place")


def named(factor: Factor, value: Decimal) -> Text:
    """A factor in a sentence: its number, name and edition."""
    name = factor.name or FAMILIES[factor.use]
    return T("{value} t/MWh ({name}; {edition})", value=factor_shown(value), name=name, edition=factor.set.edition)


def factor_shown(value: Decimal) -> str:
    """The number of a factor for reading: four digits after the point, or three where the fourth is a zero."""
    text = fixed(value, CONSTANT_PLACES + 1)
    return text.removesuffix("0")


def source_of(factor: Factor) -> Source:
    """Where a factor stands."""
    held = factor.set
    return Source(factor.name or held.title, held.publisher, held.edition, factor.place, factor.status, factor.key)
