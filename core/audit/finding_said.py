"""What a finding is called, and what it must say before it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.audit.roles import PLANT, TEAM
from core.errors import RefusedError, UserError
from core.i18n import T, Text
from core.inventory.judging import reasoned
from core.ledger import AuditFinding, Ledger, Person

MISSTATEMENT, NONCONFORMITY, NONCOMPLIANCE, RECOMMENDATION = (
    "misstatement",
    "nonconformity",
    "noncompliance",
    "recommendation",
)
KINDS: Mapping[str, Text] = {
    MISSTATEMENT: T("Misstatement"),
    NONCONFORMITY: T("Nonconformity"),
    NONCOMPLIANCE: T("Non-compliance"),
    RECOMMENDATION: T("Recommendation"),
}
OPEN, ANSWERED, CLOSED, WITHDRAWN = "open", "answered", "closed", "withdrawn"
STATUSES: Mapping[str, Text] = {
    OPEN: T("To be answered"),
    ANSWERED: T("Answered, to be judged"),
    CLOSED: T("Closed"),
    WITHDRAWN: T("Withdrawn"),
}
AUDITORS = TEAM
"""Roles that raise, send back, close, withdraw and reopen."""
PLANT_PEOPLE = PLANT
"""Roles that answer."""
LONGEST_TITLE = 200
"""Characters."""
AUDITORS_OWN = frozenset(
    {
        "kind",
        "title",
        "description",
        "clause",
        "activities",
        "evidence",
        "sample",
        "effect",
        "projected",
        "owner",
        "due",
    }
)
"""Fields that the auditor states and may state anew until the finding is closed."""


def person_acting(ledger: Ledger, key: str, roles: frozenset[str], but_not: str = "") -> Person:
    """The person who acts.

    Parameters
    ----------
    ledger
        with its people.
    key
        id of the person.
    roles
        one of which they must have.
    but_not
        id of the one who may not do it, because it would be judging their own work.

    Raises
    ------
    RefusedError
        when they are not known or no longer take part, do not have the role, or would judge their own work.
    """
    found = ledger.get("person", key)
    if not isinstance(found, Person) or not found.active:
        raise RefusedError(
            T("“{name}” is not one of the people of this audit.", name=key or "—"),
            T("Enter the person, with roles, on the page “Audit”."),
        )
    if not roles.intersection(found.roles):
        words = T("an auditor") if roles == AUDITORS else T("somebody of the plant")
        raise RefusedError(
            T("{name} may not do this: it takes {who}.", name=found.name, who=words),
            T("Let the right person do it, or give {name} the role on the page “Audit”.", name=found.name),
        )
    if key == but_not:
        raise RefusedError(
            T("{name} answered the finding and may not judge it.", name=found.name), T("Let another person do it.")
        )
    return found


def tidied(finding: AuditFinding) -> AuditFinding:
    """Without the space around what was typed, and nothing named twice."""
    typed = {name: getattr(finding, name).strip() for name in ("title", "description", "clause", "owner", "due")}
    activities, evidence = tuple(dict.fromkeys(finding.activities)), tuple(dict.fromkeys(finding.evidence))
    return replace(finding, activities=activities, evidence=evidence, **typed)


def checked(ledger: Ledger, finding: AuditFinding, unquantified: bool) -> AuditFinding:
    """The finding, if it says what it must."""
    if finding.kind not in KINDS:
        raise UserError(T("Unknown kind of finding: {kind}", kind=finding.kind), _one_of())
    need(finding.title, T("The title is missing."), T("Say in a few words what was found."))
    if len(finding.title) > LONGEST_TITLE:
        raise UserError(T("The title is longer than {most} characters.", most=LONGEST_TITLE), T("Shorten it."))
    said_text(finding.description)
    need(finding.description, T("The description is missing."), T("Say what is wrong and what shows it."))
    _check_due(finding)
    _check_effect(finding, unquantified)
    known_records(ledger, "activity", finding.activities)
    known_records(ledger, "evidence", finding.evidence)
    known_records(ledger, "sample", (finding.sample,) if finding.sample else ())
    if finding.owner:
        person_acting(ledger, finding.owner, PLANT_PEOPLE)
    return finding


def _check_due(finding: AuditFinding) -> None:
    if not finding.due:
        return
    try:
        due = date.fromisoformat(finding.due)
    except ValueError:
        raise UserError(T("“{day}” is not a date.", day=finding.due), T("Write it as 2025-03-31.")) from None
    if due <= finding.raised:
        raise UserError(
            T("The answer is due on {due}, and the finding is raised on {raised}.", due=due, raised=finding.raised),
            T("Give a later day for the answer."),
        )


def _check_effect(finding: AuditFinding, unquantified: bool) -> None:
    if finding.effect is None and finding.kind == MISSTATEMENT and not unquantified:
        raise UserError(
            T("The effect of the misstatement is missing."),
            T("Enter it in t CO2e, or say that it cannot be expressed in tonnes."),
        )
    if finding.effect is None:
        if finding.projected:
            raise UserError(T("Without an effect nothing can be projected."), T("Enter the effect in t CO2e."))
        return
    if unquantified:
        raise UserError(
            T("The effect is given and is said to be unknown."), T("Take the effect away, or do not say so.")
        )
    if not finding.effect.is_finite() or finding.effect == Decimal(0):
        raise UserError(
            T("The effect of a finding is not zero."), T("Leave the effect empty where no tonnes are wrong.")
        )
    if finding.kind == RECOMMENDATION:
        raise UserError(T("A recommendation changes no tonnes."), T("Raise a misstatement, or leave the effect empty."))
    if finding.projected and not finding.sample:
        raise UserError(
            T("Only what was found in a sample stands for others."), T("Name the sample, or do not project it.")
        )


def known_records(ledger: Ledger, kind: str, keys: Iterable[str]) -> None:
    for key in keys:
        if ledger.get(kind, key) is None:
            raise UserError(T("The record {id} does not exist.", id=key), T("Choose one that exists."))


def need(text: str, missing: Text, remedy: Text) -> None:
    if not text:
        raise UserError(missing, remedy)


def said_text(text: str) -> str:
    """A text without the space around it, as long as a reason may be."""
    return reasoned(text) if text.strip() else ""


def _one_of() -> Text:
    return T("Choose one of: {known}.", known=list(KINDS))
