"""Inherent, control and detection risk of each emission source: proposed from the data, decided by the auditor.

Audit risk = inherent × control × detection risk (ISA 200, A34 ff.; ISO 14064-3:2019, 6.1.2 and annex A).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from core.audit.risk_rules import CONTROL, HIGH, INHERENT, LOW, MEDIUM, RULES, Hit, highest_of
from core.audit.sources import SourceShare, sources_of
from core.errors import UserError
from core.i18n import Name, T, Text
from core.inventory import Inventory
from core.inventory.judging import LONGEST, Decision
from core.ledger import Correction, Engagement, Ledger, Meter, RiskAssessment, Step
from core.library import EXACT

LEVELS: dict[str, Text] = {LOW: T("low"), MEDIUM: T("medium"), HIGH: T("high")}
"""Inherent and control risk, the lowest first."""
DETECTION: dict[str, Text] = {
    "highest": T("very high"),
    "higher": T("high"),
    "medium": T("medium"),
    "lower": T("low"),
    "lowest": T("very low"),
}
"""How much may remain undetected, the more there is to fear the less. The keys are the words of ISA 400."""
AGREED = "agreed_procedures"
"""The one level of assurance without detection risk: what is tested was agreed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the data propose about a source."""

    inherent: str
    control: str
    hits: tuple[Hit, ...]
    """Rules that spoke, those about inherent risk first; none: nothing raises the risk."""
    small: Text | None = None
    """Why inherent risk is lower than the rules say: the source is too small."""


@dataclass(frozen=True, slots=True)
class SourceRisk:
    """One emission source, what is proposed about it and what was decided."""

    share: SourceShare
    proposal: Proposal
    decided: RiskAssessment | None
    inherent: str
    """As decided, else as proposed."""
    control: str
    detection: str
    """A key of :data:`DETECTION`."""
    detection_percent: Decimal | None
    """Highest acceptable risk that an error stays undetected; None where procedures were agreed. [%]"""

    @property
    def source(self) -> str:
        return self.share.source

    @property
    def confidence(self) -> Decimal | None:
        """With which tests must notice a material error, to one decimal. [%]"""
        return None if self.detection_percent is None else round(100 - self.detection_percent, 1)


@cache
def settings() -> Mapping[str, Any]:
    """``resources/audit/risk.toml`` as it is."""
    return tomllib.loads((files("resources") / "audit" / "risk.toml").read_text("utf-8"))


def source_of_setting(key: str) -> Name:
    """Where a table of the settings comes from: ``matrix``, ``weights``, ``audit_risk`` or ``limits``."""
    said = settings()[f"{key}_source"]
    return Name(said["en"], said["zh"])


def matrix() -> dict[tuple[str, str], str]:
    """Acceptable detection risk by inherent and control risk.

    Examples
    --------
    >>> matrix()[HIGH, HIGH], matrix()[LOW, LOW]
    ('lowest', 'highest')
    """
    table = settings()["matrix"]
    return {(inherent, control): str(table[inherent][control]) for inherent in LEVELS for control in LEVELS}


def detection_risk(inherent: str, control: str, assurance: str) -> Decimal | None:
    """The highest acceptable risk that tests do not notice a material error.

    Parameters
    ----------
    inherent, control
        ``low``, ``medium`` or ``high``.
    assurance
        ``reasonable``, ``limited`` or ``agreed_procedures``.

    Returns
    -------
    Decimal or None
        detection risk; None where procedures were agreed. [%]

    Notes
    -----
    ``DR = AR / (IR × CR)``, at most 100 %. ISA 200, A42 ff.; weights of the levels and the audit risk stand with their
    sources in ``resources/audit/risk.toml``.

    Examples
    --------
    >>> detection_risk("high", "high", "reasonable"), detection_risk("low", "low", "reasonable")
    (Decimal('5'), Decimal('20'))
    """
    if assurance == AGREED:
        return None
    weights, whole = settings()["weights"], Decimal(10_000)
    product = EXACT.multiply(Decimal(weights[inherent]), Decimal(weights[control]))
    found = EXACT.divide(EXACT.multiply(Decimal(settings()["audit_risk"][assurance]), whole), product)
    return min(found, Decimal(100))


def proposed(share: SourceShare, materiality: Decimal) -> Proposal:
    """What the data of a source propose.

    Parameters
    ----------
    share
        the source.
    materiality
        of the engagement. [%]
    """
    hits = tuple(hit for rule in RULES if (hit := rule.judge(share, materiality)) is not None)
    levels = {of: [hit.level for hit in hits if hit.rule.of == of] for of in (INHERENT, CONTROL)}
    order = list(LEVELS)
    inherent, control = (max(found, key=order.index, default=LOW) for found in levels.values())
    most = highest_of(share, materiality)
    if order.index(inherent) <= order.index(most):
        return Proposal(inherent, control, hits)
    small = T("Yet it is {percent} % of the total only.", percent=_shown(share.percent))
    return Proposal(most, control, hits, small)


def _shown(percent: Decimal) -> Decimal:
    """To one decimal, or two where it would be nothing."""
    return round(percent, 1) if percent >= Decimal("0.1") else round(percent, 2)


def risks_of(
    ledger: Ledger, inventory: Inventory, year: int, corrections: Iterable[Correction] = ()
) -> tuple[SourceRisk, ...]:
    """Every emission source with its risks, the heaviest first.

    Parameters
    ----------
    ledger
        with engagement, decisions and meters. Without an engagement those of a limited one are proposed.
    inventory
        of the year.
    year
        of the audit.
    corrections
        what was changed because of findings.
    """
    engagement = ledger.engagement(year) or Engagement(str(year), "", "", "", "")
    shares = sources_of(inventory, meters=ledger.held(Meter), corrections=corrections)
    return tuple(_risk(ledger, engagement, year, share) for share in shares)


def _risk(ledger: Ledger, engagement: Engagement, year: int, share: SourceShare) -> SourceRisk:
    proposal = proposed(share, engagement.materiality)
    held = ledger.get("risk", f"{year}:{share.source}")
    decided = held if isinstance(held, RiskAssessment) else None
    inherent, control = (
        (proposal.inherent, proposal.control) if decided is None else (decided.inherent, decided.control)
    )
    percent = detection_risk(inherent, control, engagement.assurance)
    return SourceRisk(share, proposal, decided, inherent, control, matrix()[inherent, control], percent)


# ---------------------------------------------------------------------- acts


def assessing(
    ledger: Ledger,
    inventory: Inventory,
    year: int,
    source: str,
    inherent: str,
    control: str,
    reason: str = "",
    corrections: Iterable[Correction] = (),
) -> Decision:
    """The auditor's decision about one source.

    Parameters
    ----------
    ledger, inventory
        what is known now.
    year
        of the audit.
    source
        emission source.
    inherent, control
        ``low``, ``medium`` or ``high``.
    reason
        needed where it differs from what the data propose.
    corrections
        what was changed because of findings, for it counts in the proposal.

    Raises
    ------
    UserError
        when nobody audits the year, there is no such source or level, the reason is missing, or nothing would change.
    """
    found = _found(ledger, inventory, year, source, corrections)
    for level in (inherent, control):
        if level not in LEVELS:
            raise UserError(T("“{level}” is no level of risk.", level=level), T("It is low, medium or high."))
    said = reason.strip()
    differs = (inherent, control) != (found.proposal.inherent, found.proposal.control)
    if differs and not said:
        raise UserError(
            T("{source}: this differs from what the data propose, and the reason is missing.", source=source),
            T("Say why; the reason stands in the report."),
        )
    if len(said) > LONGEST:
        raise UserError(T("The reason is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    made = RiskAssessment(f"{year}:{source}", year, source, inherent, control, said)
    if made == found.decided:
        raise UserError(
            T("Nothing changes: the risks of {source} were decided so already.", source=source),
            T("Choose another level, or leave it as it is."),
        )
    why = T(
        "Risk of {source}: inherent {inherent}, control {control}",
        source=source,
        inherent=LEVELS[inherent],
        control=LEVELS[control],
    )
    return Decision(why, (Step("risk", made.id, found.decided, made),))


def taking_back(ledger: Ledger, year: int, source: str) -> Decision:
    """What the data propose, as if nobody had decided.

    Raises
    ------
    UserError
        when nobody has.
    """
    held = ledger.get("risk", f"{year}:{source}")
    if held is None:
        raise UserError(
            T("Nothing was decided about the risk of {source}.", source=source), T("Nothing needs to be taken back.")
        )
    return Decision(
        T("Decision on the risk of {source} taken back", source=source), (Step("risk", held.id, held, None),)
    )


def _found(
    ledger: Ledger, inventory: Inventory, year: int, source: str, corrections: Iterable[Correction]
) -> SourceRisk:
    audited(ledger, year)
    found = next((one for one in risks_of(ledger, inventory, year, corrections) if one.source == source), None)
    if found is None:
        raise UserError(
            T("{year} has no emission source “{source}”.", year=str(year), source=source),
            T("Write it as the activity data do."),
        )
    return found


def audited(ledger: Ledger, year: int) -> Engagement:
    """What was agreed about the audit of a year.

    Raises
    ------
    UserError
        when nobody audits it.
    """
    engagement = ledger.engagement(year)
    if engagement is None:
        raise UserError(T("Nobody audits {year} yet.", year=str(year)), T("Begin the audit on the page “Audit”."))
    return engagement
