"""How much of the inventory targets cover, and how much of it a rule set asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from core.i18n import T, Text
from core.ledger import Target
from core.library.rulebook import Ruling
from core.methods import exact_sum
from core.targets.parts import CATEGORIES, SCOPE_1, SCOPE_2, SCOPE_3, view_of, whole
from core.targets.pathway import HUNDRED, decimal_of
from core.targets.rulesets import RuleSet

NEAR, LONG = "near_term", "long_term"
"""Horizons."""
KINDS_OF = {NEAR: ("near_term",), LONG: ("long_term", "net_zero")}
ZERO = Decimal(0)
_SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """One thing that a rule set asks for."""

    key: str
    """``scope12``, ``scope3`` or ``scope3_trigger``."""
    title: Text
    covered: Decimal
    """[t CO2e]"""
    whole: Decimal
    """Of which. [t CO2e]"""
    asked: Ruling
    """The least percentage, with its source."""
    applies: bool
    """A check of scope 3 asks nothing below the trigger."""
    missing: tuple[str, ...]
    """Parts with emissions that are not covered, largest first."""

    @property
    def share(self) -> Fraction | None:
        """Exact; None where there are no emissions. [1]"""
        return Fraction(self.covered) / Fraction(self.whole) if self.whole else None

    @property
    def percent(self) -> Decimal | None:
        """For reading: two decimals, rounded down, so that 95 % is shown only when it is reached. [%]"""
        if self.share is None:
            return None
        return decimal_of(self.share * HUNDRED).quantize(_SHOWN, ROUND_DOWN)

    @property
    def holds(self) -> bool:
        """Whether it is reached, or asks nothing."""
        if not self.applies or self.share is None:
            return True
        return self.share * HUNDRED >= Fraction(self.asked.number)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All checks of one horizon."""

    horizon: str
    view: str
    checks: tuple[CoverageCheck, ...]
    """Only those of which the rule set knows the number."""
    scope3_needed: bool | None
    """Whether scope 3 reaches the trigger; None where the rule set has none, or scope 3 is not known."""
    unknown: tuple[str, ...] = ()
    """Scopes of which no emissions are known, so that nothing can be said."""

    @property
    def holds(self) -> bool:
        return not self.unknown and all(one.holds for one in self.checks)


def coverage(
    targets: Iterable[Target], tonnes: Mapping[str, Decimal], ruleset: RuleSet, horizon: str = NEAR
) -> Coverage:
    """What targets of one horizon cover together.

    Parameters
    ----------
    targets
        of the plant; withdrawn ones, shares of electricity and those of another horizon are left out. A target of
        ``own`` kind counts as near-term.
    tonnes
        emissions by part of the year that is looked at, see :meth:`core.targets.series.Series.parts`. [t CO2e]
    ruleset
        with ``coverage_scope12``, ``coverage_scope3_near``, ``coverage_scope3_long`` and ``scope3_trigger``. [%]
    horizon
        ``near_term`` or ``long_term``.

    Notes
    -----
    covered = Σ parts of the targets / Σ parts of the scope, each tonne once; scope 2 in the view of the targets. Near
    targets of scope 3 are asked for where scope 3 / (scope 1 + 2 + 3) reaches the trigger. A share is compared
    exactly, never after rounding.

    References
    ----------
    SBTi Corporate Net-Zero Standard V1.3: 95 % of scopes 1 and 2, 67 % of scope 3 near-term and 90 % long-term, 40 %
    trigger.
    """
    parts = {part for one in targets if _counts(one, horizon) for part in one.parts}
    view = view_of(parts)
    scopes = whole(view)
    unknown = tuple(part for part in scopes if part not in tonnes)
    needed = None if unknown else _needed(tonnes, scopes, ruleset)
    checks: list[CoverageCheck] = []
    if not unknown:
        checks += _scope12(parts, tonnes, view, ruleset)
        checks += _scope3(parts, tonnes, ruleset, horizon, needed)
    return Coverage(horizon, view, tuple(checks), needed, unknown)


def _counts(one: Target, horizon: str) -> bool:
    kinds = (*KINDS_OF[horizon], "own") if horizon == NEAR else KINDS_OF[horizon]
    return one.kind in kinds and one.status != "withdrawn"


def _needed(tonnes: Mapping[str, Decimal], scopes: Iterable[str], ruleset: RuleSet) -> bool | None:
    asked = ruleset.ruling("scope3_trigger")
    all_of_it = exact_sum(tonnes[part] for part in scopes)
    if asked is None or not all_of_it:
        return None
    return Fraction(tonnes[SCOPE_3]) / Fraction(all_of_it) * HUNDRED >= Fraction(asked.number)


def _scope12(parts: set[str], tonnes: Mapping[str, Decimal], view: str, ruleset: RuleSet) -> Iterable[CoverageCheck]:
    asked = ruleset.ruling("coverage_scope12")
    if asked is not None:
        own = (SCOPE_1, SCOPE_2[view])
        covered = exact_sum(tonnes[part] for part in own if part in parts)
        yield CoverageCheck(
            "scope12", T("Scopes 1 and 2"), covered, exact_sum(tonnes[part] for part in own), asked, True,
            _lacking(own, parts, tonnes),
        )  # fmt: skip


def _scope3(
    parts: set[str], tonnes: Mapping[str, Decimal], ruleset: RuleSet, horizon: str, needed: bool | None
) -> Iterable[CoverageCheck]:
    asked = ruleset.ruling("coverage_scope3_near" if horizon == NEAR else "coverage_scope3_long")
    if asked is not None:
        total = tonnes[SCOPE_3]
        chosen = exact_sum(tonnes.get(part, ZERO) for part in CATEGORIES if part in parts)
        covered = total if SCOPE_3 in parts else min(chosen, total)
        lacking = () if SCOPE_3 in parts else _lacking(CATEGORIES, parts, tonnes)
        # Without a trigger of its own a rule set means every company.
        yield CoverageCheck(
            "scope3", T("Scope 3"), covered, total, asked, horizon == LONG or needed is not False, lacking
        )


def _lacking(own: Iterable[str], parts: set[str], tonnes: Mapping[str, Decimal]) -> tuple[str, ...]:
    left = [part for part in own if part not in parts and tonnes.get(part, ZERO)]
    return tuple(sorted(left, key=lambda part: (-tonnes[part], part)))
