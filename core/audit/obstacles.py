"""What stands in the way of a move, as far as the ledger alone tells it.

The gate asks this too, so that nobody gets round it; :mod:`core.audit.moving` adds what needs the inventory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from core.audit.people import name_of
from core.audit.states import CONCLUDED, IN_REVIEW, OPEN_FINDINGS, PREPARED, REOPENED, VERIFICATION
from core.i18n import T, Text
from core.inventory import choices_of
from core.inventory.period import touches
from core.ledger import Declaration, Engagement, Ledger, Person, Sample

_FIELDS: Mapping[str, Text] = {
    "client": T("client"),
    "site": T("site"),
    "objectives": T("objectives"),
    "scope": T("scope"),
    "start": T("first day on site"),
    "end": T("last day on site"),
}
"""Without which an engagement is not complete, as a sentence names them."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to be done first."""

    text: Text
    where: str
    """What it is about: ``engagement``, ``people``, ``data``, ``checks``, ``analytics``, ``samples``, ``tests``,
    ``findings``, ``opinion`` or ``review``."""


def in_ledger(ledger: Ledger, year: int, to: str) -> tuple[Obstacle, ...]:
    """What has to be done before the audit of a year moves to a state; nothing: it may."""
    engagement = ledger.engagement(year)
    if engagement is None:
        return (Obstacle(T("Nobody audits {year} yet.", year=str(year)), "engagement"),)
    return tuple(_OF[engagement.state, to](ledger, engagement)) if (engagement.state, to) in _OF else ()


def _preparing(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    year = int(engagement.id)
    period = choices_of(ledger.audit(year), year).period
    if not any(touches(one, period) for one in ledger.activities):
        yield Obstacle(T("There is no activity data for {year}.", year=engagement.id), "data")


def _beginning(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    missing = [words for name, words in _FIELDS.items() if not str(getattr(engagement, name)).strip()]
    if missing:
        yield Obstacle(T("The engagement does not say: {what}.", what=missing), "engagement")
    if engagement.materiality <= 0:
        yield Obstacle(T("The materiality must be more than 0 %."), "engagement")
    lead = ledger.get("person", engagement.team[0]) if engagement.team else None
    if not isinstance(lead, Person) or "team_lead" not in lead.roles:
        yield Obstacle(T("No team is named, with the team lead first."), "engagement")
    if not engagement.reviewer:
        yield Obstacle(T("No independent reviewer is named."), "engagement")
    yield from _undeclared(ledger, engagement)


def _undeclared(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    for key in (*engagement.team, engagement.reviewer):
        if key and not declared(ledger, engagement, key):
            yield Obstacle(
                T("The declaration of independence is missing: {name}.", name=name_of(ledger, key)), "people"
            )


def declared(ledger: Ledger, engagement: Engagement, key: str) -> bool:
    """Whether a person declared to be independent in this audit, signed with a key or on paper."""
    found = ledger.get("declaration", f"{engagement.id}:{key}")
    return isinstance(found, Declaration) and bool(found.signature or found.evidence)


def _findings_out(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    from core.audit.finding import open_findings

    if not open_findings(ledger, int(engagement.id)):
        yield Obstacle(T("No finding is open."), "findings")


def _going_on(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    from core.audit.finding import open_findings, title_of

    for one in open_findings(ledger, int(engagement.id)):
        yield Obstacle(T("The finding is open: {finding}.", finding=title_of(ledger, one)), "findings")


def _to_review(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    from core.audit.procedures import unraised, untested

    year = int(engagement.id)
    if not any(one.year == year for one in ledger.held(Sample)):
        yield Obstacle(T("No sample was drawn."), "samples")
    if waiting := untested(ledger, year):
        yield Obstacle(T("Records of the samples without a test: {count}.", count=len(waiting)), "tests")
    if differing := unraised(ledger, year):
        words = T("Differences in test sheets of which nobody made a finding: {count}.", count=len(differing))
        yield Obstacle(words, "tests")
    yield from _going_on(ledger, engagement)
    if not engagement.reviewer:
        yield Obstacle(T("No independent reviewer is named."), "engagement")
    yield from _undeclared(ledger, engagement)
    if ledger.get("opinion", engagement.id) is None:
        yield Obstacle(T("No opinion on {year} was decided.", year=engagement.id), "opinion")


def _concluding(ledger: Ledger, engagement: Engagement) -> Iterator[Obstacle]:
    from core.audit.checklist import refused, unanswered

    year = int(engagement.id)
    if waiting := unanswered(ledger, year):
        yield Obstacle(
            T("Questions that the independent reviewer has not answered: {count}.", count=len(waiting)), "review"
        )
    for one in refused(ledger, year):
        yield Obstacle(T("The independent reviewer said no: {question}", question=one.text), "review")
    if ledger.get("opinion", engagement.id) is None:
        yield Obstacle(T("No opinion on {year} was decided.", year=engagement.id), "opinion")


_OF: Mapping[tuple[str, str], Callable[[Ledger, Engagement], Iterator[Obstacle]]] = {
    ("draft", PREPARED): _preparing,
    (PREPARED, VERIFICATION): _beginning,
    (VERIFICATION, OPEN_FINDINGS): _findings_out,
    (REOPENED, OPEN_FINDINGS): _findings_out,
    (OPEN_FINDINGS, VERIFICATION): _going_on,
    (VERIFICATION, IN_REVIEW): _to_review,
    (OPEN_FINDINGS, IN_REVIEW): _to_review,
    (REOPENED, IN_REVIEW): _to_review,
    (IN_REVIEW, CONCLUDED): _concluding,
}
