"""The misstatement ledger: what of the reported tonnes is known, and estimated, to be wrong, against materiality.

Too much and too little are kept apart: an error in one direction never hides one in the other. What their difference
is, the net misstatement, is shown beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from core.audit.effects import SCOPES, Spread, spreads_of
from core.audit.finding import findings_of, misstates
from core.audit.materiality import LOCATION_BASED, MARKET_BASED, TITLES, Materiality, threshold
from core.audit.sampled import beyond
from core.i18n import T, Text
from core.inventory import Inventory
from core.ledger import AuditFinding, Ledger
from core.library import EXACT
from core.methods import SCOPE_TITLES, exact_sum

CORRECTED, CONSERVATIVE, UNCORRECTED = "corrected", "conservative", "uncorrected"
ZERO, GRAM, KILO = Decimal(0), Decimal("1e-9"), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Misstatement:
    """What one finding leaves in the reported total. Positive: too much was reported. [t CO2e]"""

    finding: str
    """Id of the finding."""
    spread: Spread
    """How it falls on the scopes and on both totals."""
    effect: Decimal
    """As found: reported minus supported, on the total where it is larger."""
    projected: Decimal
    """What it stands for in records that were not tested, beside what was found."""
    treatment: str
    """``corrected``, ``conservative``, ``uncorrected``, or empty while nobody decided."""
    conservative: Decimal
    """Added to the total in place of a correction; never negative."""
    left: Decimal
    """What is still in the total, of what was found and what it stands for."""
    found_left: Decimal
    """Of ``left``, what was found; the rest is projected. An estimate covers what was found first."""

    @property
    def scope(self) -> str:
        """The scope on which most of it falls; empty when it has no records."""
        return self.spread.main


@dataclass(frozen=True, slots=True)
class Sum:
    """Misstatements together, on one total or in one scope. [t CO2e]"""

    overstated: Decimal
    understated: Decimal
    """As a positive number."""
    projected: Decimal
    """Of both, what is projected; in size."""
    materiality: Decimal | None
    """None: none was agreed for it."""

    @property
    def net(self) -> Decimal:
        """Overstated less understated; shown beside, never judged alone."""
        return EXACT.subtract(self.overstated, self.understated)

    @property
    def together(self) -> Decimal:
        """Both directions in size."""
        return EXACT.add(self.overstated, self.understated)

    @property
    def larger(self) -> Decimal:
        """The direction that weighs more; the net can never exceed it."""
        return max(self.overstated, self.understated)

    @property
    def material(self) -> bool:
        """Whether one direction alone reaches materiality."""
        return self.materiality is not None and ZERO < self.larger >= self.materiality

    @property
    def used(self) -> Decimal | None:
        """The larger direction in percent of materiality; None without one. [%]"""
        if not self.materiality:
            return None
        return EXACT.divide(EXACT.multiply(self.larger, Decimal(100)), self.materiality)


@dataclass(frozen=True, slots=True)
class Misstatements:
    """The misstatement ledger of one audit."""

    rows: tuple[Misstatement, ...]
    """In the order in which they were found; corrected ones too."""
    unquantified: tuple[str, ...]
    """Ids of misstatements of which nobody says how many tonnes they are."""
    location: Sum
    market: Sum
    scopes: Mapping[str, Sum]
    """Each scope on which something falls or that has a materiality of its own."""
    agreed: Materiality | None
    """None while nobody audits the year."""

    @property
    def governs(self) -> str:
        """The total on which misstatements come closer to materiality, else the stricter: ``location``, ``market``."""
        if self.market.material != self.location.material:
            return MARKET_BASED if self.market.material else LOCATION_BASED
        market, location = self.market.used or ZERO, self.location.used or ZERO
        if not market and not location and self.agreed is not None:
            return self.agreed.governs
        return MARKET_BASED if market > location else LOCATION_BASED

    @property
    def sum(self) -> Sum:
        """Of the total that governs."""
        return self.market if self.governs == MARKET_BASED else self.location

    @property
    def overstated(self) -> Decimal:
        return self.sum.overstated

    @property
    def understated(self) -> Decimal:
        return self.sum.understated

    @property
    def net(self) -> Decimal:
        return self.sum.net

    @property
    def projected(self) -> Decimal:
        return self.sum.projected

    @property
    def conservative(self) -> Decimal:
        """Added to the total by conservative estimates."""
        return exact_sum(row.conservative for row in self.rows)

    @property
    def materiality(self) -> Decimal | None:
        return self.sum.materiality

    @property
    def material_scopes(self) -> tuple[str, ...]:
        """Scopes whose own materiality is reached."""
        return tuple(scope for scope, one in self.scopes.items() if one.material)

    @property
    def material(self) -> bool:
        """Whether any materiality is reached: of a total or of a scope."""
        return self.location.material or self.market.material or bool(self.material_scopes)


def misstatements(ledger: Ledger, inventory: Inventory, year: int) -> Misstatements:
    """Put what was found together and hold it against materiality.

    Parameters
    ----------
    ledger
        with the findings of the audit.
    inventory
        of the year, as it stands.
    year
        that is audited.

    Returns
    -------
    Misstatements
        on both totals and by scope.

    Notes
    -----
    ISO 14064-3:2019 (evaluation of misstatements alone and together); ISA 450. Material is what reaches materiality in
    one direction alone, on the location-based or the market-based total, or in a scope with a materiality of its own.
    That the directions are not netted, and that reaching is enough, are decisions of this program.
    """
    counted = [one for one in findings_of(ledger, year) if misstates(one)]
    stands_for = beyond(ledger, inventory, year)
    known = [one for one in counted if quantified(one)]
    spreads = spreads_of(inventory, [one.activities for one in known])
    rows = tuple(
        _row(one, one.effect or ZERO, stands_for.get(one.id, ZERO), spread)
        for one, spread in zip(known, spreads, strict=True)
    )
    engagement = ledger.engagement(year)
    agreed = None if engagement is None else threshold(engagement, inventory)
    own = {} if agreed is None else agreed.scopes
    touched = {scope for row in rows if row.left for scope in row.spread.scopes}
    return Misstatements(
        rows,
        tuple(one.id for one in counted if not quantified(one)),
        summed(rows, None if agreed is None else agreed.location, lambda row: row.spread.location),
        summed(rows, None if agreed is None else agreed.market, lambda row: row.spread.market),
        {s: summed(rows, own.get(s), _in_scope(s)) for s in SCOPES if s in touched or s in own},
        agreed,
    )


def verdict(found: Misstatements) -> Text:
    """Whether what is left is material, and on which total that was decided."""
    if found.materiality is None:
        return T("No materiality was agreed: nobody audits the year yet.")
    total = TITLES[found.governs]
    larger, limit = found.sum.larger.quantize(KILO), found.materiality.quantize(KILO)
    if found.sum.material:
        return T("Material: {larger} t CO₂e in one direction, materiality {limit} t CO₂e ({total}).",
                 larger=larger, limit=limit, total=total)  # fmt: skip
    if found.material_scopes:
        return T("Material in: {scopes}.", scopes=[SCOPE_TITLES[scope] for scope in found.material_scopes])
    if not larger:
        return T(
            "Not material: no misstatement is left. Materiality is {limit} t CO₂e ({total}).", limit=limit, total=total
        )
    return T("Not material: {larger} t CO₂e in one direction, materiality {limit} t CO₂e ({total}).",
             larger=larger, limit=limit, total=total)  # fmt: skip


def quantified(finding: AuditFinding) -> bool:
    """Whether somebody says how many tonnes a misstatement is; a conservative estimate does."""
    return finding.effect is not None or (finding.treatment == CONSERVATIVE and finding.conservative is not None)


def _in_scope(scope: str) -> Callable[[Misstatement], Decimal]:
    return lambda row: row.spread.scopes.get(scope, ZERO)


def _row(finding: AuditFinding, effect: Decimal, stands_for: Decimal, spread: Spread) -> Misstatement:
    treatment = finding.treatment if finding.status == "closed" else ""
    added = max(finding.conservative or ZERO, ZERO) if treatment == CONSERVATIVE else ZERO
    found = ZERO if treatment == CORRECTED else effect
    likely = EXACT.add(found, stands_for)
    return Misstatement(
        finding.id, spread, effect, stands_for, treatment, added, _covered(likely, added), _covered(found, added)
    )


def _covered(tonnes: Decimal, added: Decimal) -> Decimal:
    """What an estimate leaves: of too little, what it does not cover; too careful is no misstatement."""
    return min(EXACT.add(tonnes, added), ZERO) if tonnes < 0 else tonnes


def summed(rows: Sequence[Misstatement], materiality: Decimal | None, weight: Callable[[Misstatement], Decimal]) -> Sum:
    """Rows together, each with the weight it has on a total or in a scope; the same in any order."""

    def on(row: Misstatement, tonnes: Decimal) -> Decimal:
        return EXACT.multiply(tonnes, weight(row)).quantize(GRAM, ROUND_HALF_EVEN, EXACT)

    left = [on(row, row.left) for row in rows]
    projected = [abs(on(row, EXACT.subtract(row.left, row.found_left))) for row in rows]
    return Sum(
        exact_sum(one for one in left if one > 0),
        exact_sum(-one for one in left if one < 0),
        exact_sum(projected),
        materiality,
    )
