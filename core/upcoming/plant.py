"""What is to be done next at a plant for one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.audit.moving import forward, standing
from core.audit.people import acting, roles_in
from core.audit.roles import PLANT_MANAGER
from core.audit.states import CONCLUDED
from core.checks import open_findings
from core.disclosures.calendar import calendar_of
from core.i18n import T, show_number, verbatim
from core.instruments.days import day_of
from core.inventory import Inventory
from core.inventory.evidence import evidence_coverage
from core.inventory.planned import unanswered
from core.ledger import Instrument, Ledger, Person
from core.ledger.planning import BasePolicy, Target
from core.methods import Finding
from core.upcoming.step import AUDIT, DATA, LATE, OUT, PLAN, PROOF, NextStep, ordered

if TYPE_CHECKING:
    from core.handover.noticed import Open

SOON = timedelta(days=60)
"""How long before its last day something is told; ours."""
PAGES: Mapping[str, tuple[str, str]] = {
    "engagement": ("audit", ""),
    "people": ("audit", "people"),
    "data": ("activity", ""),
    "checks": ("findings", ""),
    "analytics": ("analytics", ""),
    "samples": ("samples", ""),
    "tests": ("tests", ""),
    "findings": ("audit_findings", ""),
    "opinion": ("conclusion", ""),
    "review": ("conclusion", ""),
}
"""Where an obstacle of the audit is mended."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A plant and a year as somebody finds them."""

    ledger: Ledger
    inventory: Inventory
    """Of the year."""
    findings: Sequence[Finding]
    """Of the automatic review."""
    year: int
    today: date
    who: str = ""
    """Name of the person who acts."""
    asked: Sequence[Open] = ()
    """What head office asks."""

    @property
    def open(self) -> tuple[Finding, ...]:
        """Findings that nobody dismissed."""
        return open_findings(self.findings)

    def of_rule(self, *rules: str) -> tuple[Finding, ...]:
        """Open findings of these rules."""
        return tuple(one for one in self.open if one.rule in rules)

    @property
    def roles(self) -> frozenset[str]:
        """What the person is, in this audit or at all."""
        person, engagement = acting(self.ledger, self.who), self.ledger.engagement(self.year)
        if person is None:
            return frozenset()
        return frozenset(person.roles) if engagement is None else roles_in(engagement, person)


def next_steps(seen: Situation) -> tuple[NextStep, ...]:
    """Everything that is to be done, what concerns the person first; nothing, when nothing is.

    Parameters
    ----------
    seen
        the plant, the year and the day; nothing else is asked.
    """
    return ordered((step for ask in _ASKED for step in ask(seen)), seen.roles)


# ---------------------------------------------------------------------- data


def _begin(seen: Situation) -> Iterator[NextStep]:
    if not seen.inventory.activities:
        words = T("Nothing is entered for {year} yet: import or paste the bills.", year=str(seen.year))
        yield NextStep("begin", DATA, words, "activity")


def _expected(seen: Situation) -> Iterator[NextStep]:
    """Lines of the management plan that no record answers to."""
    lines = unanswered(seen.inventory.plan, seen.inventory.activities)
    if lines:
        words = T(
            "Expected sources without a record in {year}: {count}, first: {source}.",
            year=str(seen.year),
            count=len(lines),
            source=verbatim(lines[0].source or lines[0].item),
        )
        yield NextStep("expected", DATA, words, "sources", "expected", len(lines))


def _left_out(seen: Situation) -> Iterator[NextStep]:
    left = dict.fromkeys(one.portion.activity.id for one in seen.inventory.excluded)
    if left:
        words = T("Records that count in no total, for no factor covers them: {count}.", count=len(left))
        yield NextStep("left_out", DATA, words, "activity", next(iter(left)), len(left))


def _errors(seen: Situation) -> Iterator[NextStep]:
    found = [one for one in seen.open if one.severity == "error"]
    if found:
        words = T("Errors that forbid signing: {count}, first: {finding}", count=len(found), finding=found[0].message)
        yield NextStep("errors", LATE, words, "findings", found[0].subject, len(found))


def _gaps(seen: Situation) -> Iterator[NextStep]:
    found = seen.of_rule("gaps")
    if found:
        words = T("Sources with months without data: {count}, first: {finding}", count=len(found),
                  finding=found[0].message)  # fmt: skip
        yield NextStep("gaps", DATA, words, "activity", found[0].subject, len(found))


def _estimates(seen: Situation) -> Iterator[NextStep]:
    found = seen.of_rule("unexplained_estimates")
    if found:
        words = T("Estimates that give no reason: {count}, first: {finding}", count=len(found),
                  finding=found[0].message)  # fmt: skip
        yield NextStep("estimates", DATA, words, "activity", found[0].subject, len(found))


def _proofs(seen: Situation) -> Iterator[NextStep]:
    """By tonnes: the largest record without a kept file first."""
    coverage = evidence_coverage(seen.inventory)
    whole = coverage.totals["location"]
    if not coverage.unproven or not whole.total:
        return
    share, first = whole.percent(whole.kept), coverage.unproven[0]
    words = T(
        "Files prove {percent} % of the tonnes; {count} records lack one, the largest is {source} with {tonnes} t.",
        percent=show_number(share, 0),
        count=len(coverage.unproven),
        source=verbatim(first.activity.source),
        tonnes=show_number(first.tonnes, 1),
    )
    yield NextStep("proofs", PROOF, words, "evidence", first.activity.id, len(coverage.unproven))


def _calibration(seen: Situation) -> Iterator[NextStep]:
    found = seen.of_rule("calibration_overdue", "plan_calibration")
    if found:
        words = T("Meters whose calibration is due: {count}, first: {finding}", count=len(found),
                  finding=found[0].message)  # fmt: skip
        yield NextStep("calibration", PROOF, words, "findings", f"rule:{found[0].rule}", len(found))


# ---------------------------------------------------------------------- days that end


def _days(seen: Situation) -> Iterator[NextStep]:
    """What ran out, and what is about to."""
    found = [one for one in calendar_of(seen.ledger, seen.today) if one.day <= seen.today + SOON]
    late = [one for one in found if one.overdue]
    soon = [one for one in found if not one.overdue]
    if late:
        words = T("Run out or overdue: {count}, first: {what} ({day}).", count=len(late), what=late[0].words,
                  day=late[0].day)  # fmt: skip
        yield NextStep("overdue", LATE, words, late[0].page, late[0].id, len(late))
    if soon:
        words = T("Run out or are due soon: {count}, first: {what} ({day}).", count=len(soon), what=soon[0].words,
                  day=soon[0].day)  # fmt: skip
        yield NextStep("due", PLAN, words, soon[0].page, soon[0].id, len(soon))


def _instruments(seen: Situation) -> Iterator[NextStep]:
    """Certificates that can still be used, but not for long."""
    ending = [
        (day, one)
        for one in seen.ledger.held(Instrument)
        if not one.retired and (day := day_of(one.expires)) is not None and seen.today <= day <= seen.today + SOON
    ]
    if ending:
        day, first = min(ending, key=lambda pair: (pair[0], pair[1].id))
        words = T("Renewable certificates that run out soon: {count}, first: {what} ({day}).", count=len(ending),
                  what=verbatim(first.name), day=day)  # fmt: skip
        yield NextStep("instruments", PLAN, words, "renewables", first.id, len(ending))


def _requests(seen: Situation) -> Iterator[NextStep]:
    left = [one for one in seen.asked if not one.done]
    if not left:
        return
    due = min((day for one in left if (day := day_of(one.notice.due)) is not None), default=None)
    if due is None:
        words = T("Head office asks for {count} things.", count=len(left))
    else:
        words = T("Head office asks for {count} things by {day}.", count=len(left), day=due)
    yield NextStep("requests", LATE if due is not None and due <= seen.today + SOON else OUT, words, "overview",
                   "asked", len(left))  # fmt: skip


# ---------------------------------------------------------------------- audit


def _audit(seen: Situation) -> Iterator[NextStep]:
    """The first thing that stands in the way of the audit, or the move that is open."""
    engagement = seen.ledger.engagement(seen.year)
    if engagement is None or (move := forward(engagement.state)) is None:
        return
    ahead = standing(seen.ledger, seen.inventory, seen.findings, seen.year, move.to)
    if not ahead:
        words = T("Nothing stands in the way of the next step of the audit: {move}.", move=move.title)
        yield NextStep("audit", AUDIT, words, "audit")
        return
    if len(ahead) == 1:
        words = T("Before the audit goes on: {what}", what=ahead[0].text)
    else:
        words = T("Before the audit goes on, {count} things are to be done, first: {what}", count=len(ahead),
                  what=ahead[0].text)  # fmt: skip
    page, subject = PAGES[ahead[0].where]
    yield NextStep("audit", AUDIT, words, page, subject, len(ahead))


# ---------------------------------------------------------------------- out


def _report(seen: Situation) -> Iterator[NextStep]:
    """An unsigned report of a year that is over; where there is an audit, its conclusion signs it."""
    audit, over = seen.ledger.audit(seen.year), seen.today > seen.inventory.choices.period.end
    if not over or not seen.inventory.activities or seen.ledger.engagement(seen.year) is not None:
        return
    if audit is None or not audit.revision:
        yield NextStep("report", OUT, T("The report of {year} is not signed yet.", year=str(seen.year)), "report")


def _countersignature(seen: Situation) -> Iterator[NextStep]:
    """The file knows a countersignature by the key of whoever gave it."""
    audit, engagement = seen.ledger.audit(seen.year), seen.ledger.engagement(seen.year)
    signed = audit is not None and audit.revision > 0
    if not signed or (engagement is not None and engagement.state != CONCLUDED):
        return
    managers = [one for one in seen.ledger.held(Person) if one.active and PLANT_MANAGER in one.roles]
    waiting = [one for one in managers if not one.certificate]
    if managers and len(waiting) == len(managers):
        words = T("The report of {year} waits for the countersignature of {name}.", year=str(seen.year),
                  name=verbatim(waiting[0].name))  # fmt: skip
        yield NextStep("countersign", OUT, words, "report")


def _closing(seen: Situation) -> Iterator[NextStep]:
    audit = seen.ledger.audit(seen.year)
    if audit is not None and audit.revision and seen.ledger.closing(seen.year) is None:
        words = T("{year} is signed and not closed: later changes would move its numbers.", year=str(seen.year))
        yield NextStep("close", OUT, words, "compare")


# ---------------------------------------------------------------------- ahead


def _base_year(seen: Situation) -> Iterator[NextStep]:
    if seen.inventory.activities and not seen.ledger.held(BasePolicy):
        yield NextStep("base_year", PLAN, T("No base year is chosen to measure progress from."), "targets", "base")


def _targets(seen: Situation) -> Iterator[NextStep]:
    if seen.inventory.activities and not seen.ledger.held(Target):
        yield NextStep("targets", PLAN, T("No target is set."), "targets", "target")


_ASKED: tuple[Callable[[Situation], Iterator[NextStep]], ...] = (
    _errors, _days, _requests, _begin, _expected, _left_out, _gaps, _estimates, _proofs, _calibration, _audit, _report,
    _countersignature, _closing, _instruments, _base_year, _targets,
)  # fmt: skip
"""In the order in which things are usually done."""
