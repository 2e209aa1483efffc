"""What is known of a plant's renewable electricity in the year shown; worked out once after each change."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from core.ledger import Ledger, RuleValue
from core.library.rulebook import rulebook
from core.renewables.claim import ClaimJudgement, judge_claim
from core.renewables.parts import Parts, parts_of
from core.renewables.shares import Shares, Threshold, shares_of, zero_carbon
from core.renewables.way import Way, way_to
from gui.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Shares, claim and way of one inventory."""

    shares: Shares
    parts: tuple[Parts, ...]
    """By month."""
    claim: ClaimJudgement
    """Of 100 %."""
    way: Way
    """To the earliest target of renewable electricity; without one to 100 % of the year shown."""
    thresholds: tuple[Threshold, ...]
    """Of the zero-carbon factory; none outside China."""


_KEPT: WeakKeyDictionary[Session, tuple[object, object, object, Known]] = WeakKeyDictionary()


def known_of(session: Session) -> Known:
    """The same object as long as nothing has changed."""
    ledger, inventory, findings = session.ledger, session.inventory, session.findings
    kept = _KEPT.get(session)
    if kept is not None and kept[0] is ledger and kept[1] is inventory and kept[2] is findings:
        return kept[3]
    shares = shares_of(ledger, inventory)
    found = Known(
        shares,
        parts_of(ledger, inventory, shares),
        judge_claim(ledger, inventory, findings=findings, shares=shares),
        way_to(ledger, inventory, shares=shares),
        _thresholds(ledger, shares),
    )
    _KEPT[session] = (ledger, inventory, findings, found)
    return found


def _thresholds(ledger: Ledger, shares: Shares) -> tuple[Threshold, ...]:
    """The policy is a Chinese one."""
    if ledger.plant.country != "CN":
        return ()
    return zero_carbon(shares.year, rulebook(ledger.held(RuleValue)))
