"""The opinion: proposed from the state of the ledger, decided by the team lead, with a reason where both differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.audit.checklist import settings
from core.audit.materiality import TOTALS
from core.audit.misstatements import Misstatements, misstatements
from core.audit.procedures import conclusive, samples_of, sheets_of, unraised, untested
from core.audit.statement import (
    ADVERSE,
    AGREED,
    DISCLAIMED,
    FINDINGS_ONLY,
    MODIFIED,
    OPINIONS,
    UNMODIFIED,
)
from core.errors import RefusedError, UserError
from core.i18n import T, Text, verbatim
from core.inventory import Inventory
from core.inventory.judging import Decision, reasoned
from core.ledger import AuditFinding, Ledger, Opinion, Step
from core.library import EXACT
from core.methods import exact_sum

_WEIGHT = {UNMODIFIED: 0, FINDINGS_ONLY: 0, MODIFIED: 1, ADVERSE: 2, DISCLAIMED: 3}
_TONNE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the state of the ledger proposes, and why."""

    kind: str
    """A key of :data:`core.audit.statement.OPINIONS`."""
    reasons: tuple[Text, ...]
    """Each in a sentence; one that says so when nothing stands against an unmodified opinion."""


def proposed(ledger: Ledger, inventory: Inventory, year: int) -> Proposal:
    """The opinion that follows from misstatements and from evidence that could not be had.

    Parameters
    ----------
    ledger
        with engagement, tests and findings.
    inventory
        of the year, as it stands.
    year
        of the audit.

    Raises
    ------
    UserError
        when nobody audits the year.

    Notes
    -----
    ISO 14064-3:2019, 9.2: unmodified when no misstatement that is left is material; modified when one is, or when
    evidence for a material part could not be had; adverse when misstatements, disclaimed when missing evidence is
    pervasive. Pervasive is more than twice materiality, which is our limit (``resources/audit/review.toml``). What
    could not be had and the misstatements are compared with the stricter of the materialities of both totals.
    """
    engagement = ledger.engagement(year)
    if engagement is None:
        raise UserError(T("Nobody audits {year} yet.", year=str(year)), T("Begin the audit on the page “Audit”."))
    if engagement.assurance == AGREED:
        return Proposal(FINDINGS_ONLY, (T("Agreed-upon procedures give no opinion: what was found is reported."),))
    found = [
        *_of_evidence(ledger, inventory, year),
        *_of_misstatements(misstatements(ledger, inventory, year)),
    ]
    if not found:
        return Proposal(UNMODIFIED, (T("No misstatement that is left, and no missing evidence, reaches materiality."),))
    kind = max((kind for kind, _ in found), key=_WEIGHT.__getitem__)
    return Proposal(kind, tuple(reason for _, reason in found))


def _of_evidence(ledger: Ledger, inventory: Inventory, year: int) -> Iterator[tuple[str, Text]]:
    if not samples_of(ledger, year):
        yield DISCLAIMED, T("No sample was drawn, so nothing was tested.")
        return
    if waiting := len({key for _, key in untested(ledger, year)} - _not_possible(ledger, year)):
        yield DISCLAIMED, T("Records of samples that nobody tested: {count}.", count=waiting)
    if differing := unraised(ledger, year):
        yield MODIFIED, T("Differences in test sheets of which nobody made a finding: {count}.", count=len(differing))
    missing = _tonnes(inventory, _not_possible(ledger, year))
    agreed = misstatements(ledger, inventory, year).agreed
    if agreed is None or not missing or missing < agreed.total:
        return
    kind = DISCLAIMED if missing >= _pervasive(agreed.total) else MODIFIED
    yield (
        kind,
        T(
            "Evidence could not be had for {tonnes} t CO₂e; materiality is {materiality} t CO₂e.",
            tonnes=missing.quantize(_TONNE),
            materiality=agreed.total.quantize(_TONNE),
        ),
    )


def _of_misstatements(found: Misstatements) -> Iterator[tuple[str, Text]]:
    if found.unquantified:
        yield MODIFIED, T("Misstatements of which nobody could say the tonnes: {count}.", count=len(found.unquantified))
    for scope in found.material_scopes:
        yield MODIFIED, T("Misstatements reach the materiality agreed for: {scope}.", scope=_SCOPES[scope])
    if not found.sum.material or found.materiality is None:
        return
    kind = ADVERSE if found.sum.larger >= _pervasive(found.materiality) else MODIFIED
    yield (
        kind,
        T(
            "Misstatements that are left: {tonnes} t CO₂e in one direction; materiality is {materiality} t CO₂e.",
            tonnes=found.sum.larger.quantize(_TONNE),
            materiality=found.materiality.quantize(_TONNE),
        ),
    )


_SCOPES = {
    "scope1": T("Scope 1"),
    "scope2_location": T("Scope 2, location-based"),
    "scope2_market": T("Scope 2, market-based"),
    "scope3": T("Scope 3"),
}


def _pervasive(materiality: Decimal) -> Decimal:
    return EXACT.multiply(materiality, Decimal(str(settings()["opinion"]["pervasive"])))


def _not_possible(ledger: Ledger, year: int) -> frozenset[str]:
    """Records which somebody tried to test, and nobody could."""
    sheets = sheets_of(ledger, year)
    shown = {one.activity for one in sheets if one.result != "not_possible" and conclusive(one)}
    return frozenset(one.activity for one in sheets if one.result == "not_possible") - shown


def _tonnes(inventory: Inventory, ids: frozenset[str]) -> Decimal:
    """On the total where they weigh more."""
    return max(
        exact_sum(abs(line.tco2e) for line in inventory.lines if line.scope in scopes and line.activity.id in ids)
        for scopes in TOTALS.values()
    )


def kinds_for(assurance: str) -> tuple[str, ...]:
    """What may be decided under a level of assurance."""
    return (FINDINGS_ONLY,) if assurance == AGREED else (UNMODIFIED, MODIFIED, ADVERSE, DISCLAIMED)


def deciding_opinion(
    ledger: Ledger, inventory: Inventory, year: int, kind: str, basis: str, emphasis: str, by: str, day: date
) -> Decision:
    """The team lead's decision, in the place of an earlier one.

    Parameters
    ----------
    ledger, inventory, year
        of the audit.
    kind
        of :func:`kinds_for`.
    basis
        why; needed unless an unmodified opinion was proposed and is given.
    emphasis
        what readers should know though the opinion is not modified for it; may be empty.
    by
        id of the team lead.
    day
        of the decision.

    Raises
    ------
    UserError
        for a kind that the level of assurance does not know, without a basis where one is needed, while a finding is
        open, and when nothing would change.
    """
    proposal = proposed(ledger, inventory, year)
    engagement = ledger.engagement(year)
    assert engagement is not None  # else nothing was proposed
    if kind not in kinds_for(engagement.assurance):
        known = [OPINIONS[one] for one in kinds_for(engagement.assurance)]
        raise UserError(
            T("This opinion does not go with the level of assurance: {kind}.", kind=verbatim(kind)),
            T("Choose one of: {known}.", known=known),
        )
    waiting = [
        one for one in ledger.held(AuditFinding) if one.year == year and one.status not in ("closed", "withdrawn")
    ]
    if waiting:
        raise RefusedError(
            T("Findings that are still open: {count}.", count=len(waiting)),
            T("Close or withdraw them before you decide."),
        )
    needed = kind != proposal.kind or kind not in (UNMODIFIED, FINDINGS_ONLY)
    said = reasoned(basis) if needed else basis.strip()
    before = ledger.get("opinion", str(year))
    after = Opinion(str(year), kind, proposal.kind, said, by, day, emphasis.strip())
    if before == after:
        raise UserError(T("Nothing changes: it was decided so already."), T("Give another reason or decision."))
    why = T("Opinion on {year}: {kind}", year=str(year), kind=OPINIONS[kind])
    return Decision(why, (Step("opinion", after.id, before, after),))
