"""What a person decided about findings: a reason, and the facts that it was given for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.checks._types import Rule
from core.errors import UserError
from core.i18n import T, exact_words
from core.ledger import Judgement, sha256_of
from core.methods import Finding

DISMISSED = "dismissed"
LONGEST = 2000
"""Characters of a reason."""


def about(finding: Finding) -> str:
    """Under what a judgement about a finding is filed."""
    return f"finding:{finding.rule}:{finding.subject}"


def facts_of(finding: Finding) -> str:
    """Hash of what a finding says, with every number whole: rounding one otherwise reopens nothing, a change does."""
    return sha256_of(
        {
            "rule": finding.rule,
            "subject": finding.subject,
            "severity": finding.severity,
            "message": exact_words(finding.message),
        }
    )


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that nobody dismissed."""
    return tuple(f for f in findings if not f.dismissed)


def forbidding(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that forbid signing and closing: errors that nobody dismissed with a reason."""
    return tuple(f for f in open_findings(findings) if f.severity == "error")


def dismissible(finding: Finding, rules: Mapping[str, Rule]) -> bool:
    """Whether a person may dismiss it: never hard stops, nor what the calculation calls an error."""
    rule = rules.get(finding.rule)
    return finding.severity != "error" if rule is None else rule.dismissible


def marked(
    findings: Sequence[Finding], judgements: Iterable[Judgement], rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """The findings, with the reason at those that were dismissed for the same facts."""
    reasons = {(j.about, j.facts): j.reason.strip() for j in judgements if j.verdict == DISMISSED}
    if not reasons:
        return tuple(findings)
    subjects = {key for key, _ in reasons}
    return tuple(_marked(f, reasons, rules) if about(f) in subjects else f for f in findings)


def _marked(finding: Finding, reasons: Mapping[tuple[str, str], str], rules: Mapping[str, Rule]) -> Finding:
    reason = reasons.get((about(finding), facts_of(finding)), "")
    return replace(finding, dismissed=reason) if reason and dismissible(finding, rules) else finding


def dismissal(finding: Finding, year: int, reason: str, rules: Mapping[str, Rule]) -> Judgement:
    """The judgement that a finding needs no action."""
    said = reason.strip()
    if not said:
        raise UserError(
            T("A finding is dismissed with a reason only."), T("Write why it needs no action; the report shows it.")
        )
    if len(said) > LONGEST:
        raise UserError(T("The reason is longer than {most} characters.", most=LONGEST), T("Shorten it."))
    if not dismissible(finding, rules):
        raise UserError(
            T("This finding cannot be dismissed: {finding}", finding=finding.message),
            T("Correct what it names: {remedy}", remedy=finding.remedy),
        )
    facts = facts_of(finding)
    key = sha256_of({"year": year, "about": about(finding), "facts": facts})[:24]
    return Judgement(f"dismissed-{key}", year, about(finding), DISMISSED, said, facts)
