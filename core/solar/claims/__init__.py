"""The claim check: a published sentence about a PV system, taken apart into numbers, factors, arithmetic and questions.

:func:`judge` is pure; what it assumes, and constants that claims use but no inventory may, are data in
``resources/claims``.
"""

from core.solar.claims._examples import PublishedClaim, published_claims
from core.solar.claims._judge import default_assumptions, judge
from core.solar.claims._plain import check_to_plain
from core.solar.claims._published import FAMILIES, Published, published_near
from core.solar.claims._valid import NUMBERS, check_claim
from core.solar.claims.model import (
    VERDICTS,
    Assumption,
    Assumptions,
    ClaimCheck,
    Compared,
    Expected,
    Quantity,
    Scenario,
    Sentences,
    Source,
    Step,
    Verdict,
)

__all__ = [
    "FAMILIES",
    "NUMBERS",
    "VERDICTS",
    "Assumption",
    "Assumptions",
    "ClaimCheck",
    "Compared",
    "Expected",
    "Published",
    "PublishedClaim",
    "Quantity",
    "Scenario",
    "Sentences",
    "Source",
    "Step",
    "Verdict",
    "check_claim",
    "check_to_plain",
    "default_assumptions",
    "judge",
    "published_claims",
    "published_near",
]
