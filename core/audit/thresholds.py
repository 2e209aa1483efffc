"""From which difference on an analytical procedure wants an explanation. The rule is ours: ISO 14064-3 gives none.

A source is asked about a difference that would alone be material for the total, the sooner the higher its risk was
assessed: m × E / e × r with materiality m [%], total E, tonnes e of the source and r = 1, 0.75 or 0.5 for low, medium
(or not assessed) and high risk; between 1 and 50 %. The total is asked about from materiality on. Differences below a
twentieth of materiality in tonnes are clearly trivial (ISA 450, A3 has the notion) and never asked about, unless the
auditor sets a threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from core.audit.materiality import HUNDRED, threshold
from core.inventory import Inventory
from core.ledger import Ledger, RiskAssessment
from core.library import EXACT

USUAL = Decimal(5)
"""Materiality while no engagement says another one. [%]"""
LEAST, MOST = Decimal(1), Decimal(50)
"""[%]"""
FACTORS = {"low": Decimal(1), "medium": Decimal("0.75"), "high": Decimal("0.5")}
TRIVIAL = Decimal(20)
"""Differences below this part of materiality are clearly trivial."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Of one audit."""

    percent: Decimal
    """Materiality. [%]"""
    material: Decimal
    """The same in tonnes, location-based. [t CO2e]"""
    risks: dict[str, str] = field(default_factory=dict)
    """The higher of inherent and control risk of each source that was assessed."""

    @property
    def trivial(self) -> Decimal:
        """[t CO2e]"""
        return EXACT.divide(self.material, TRIVIAL)

    def of(self, source: str, tonnes: Decimal) -> Decimal:
        """Threshold of a source; of the total for an empty name. [%]"""
        if not source:
            return _bounded(self.percent)
        if tonnes <= 0:
            return MOST
        share = EXACT.divide(EXACT.multiply(self.material, HUNDRED), tonnes)
        return _bounded(EXACT.multiply(share, FACTORS[self.risks.get(source, "medium")]))


def _bounded(percent: Decimal) -> Decimal:
    return min(MOST, max(LEAST, percent)).quantize(Decimal("0.1"), ROUND_DOWN, context=EXACT).normalize(EXACT)


def thresholds_of(ledger: Ledger, inventory: Inventory) -> Thresholds:
    """From the engagement and the risks of the year of an inventory."""
    year = inventory.choices.period.end.year
    engagement = ledger.engagement(year)
    order = tuple(FACTORS)
    risks = {
        one.source: max((r for r in (one.inherent, one.control) if r in FACTORS), key=order.index, default="medium")
        for one in ledger.held(RiskAssessment)
        if one.year == year
    }
    if engagement is None:
        tonnes = EXACT.divide(EXACT.multiply(abs(inventory.totals.location), USUAL), HUNDRED)
        return Thresholds(USUAL, tonnes, risks)
    return Thresholds(engagement.materiality, threshold(engagement, inventory).location, risks)
