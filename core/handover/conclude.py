"""Concluding an audit: the signed report, the closed year and the locked state are one change, or nothing happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509

from core.audit.checklist import refused, unanswered
from core.audit.opinion import proposed
from core.errors import RefusedError
from core.handover.closing import seal_audited
from core.handover.energy import Blob
from core.handover.issue import Draft, prepare, recorded
from core.i18n import T
from core.inventory.caused import compared_with
from core.inventory.closing import opened
from core.ledger import Change, Closing, Correction, Engagement, Ledger, Opinion, Step
from core.library import Library

REVIEW, CONCLUDED = "review", "concluded"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Everything that concluding an audit comes to, fixed before the slow work of rendering and signing begins."""

    draft: Draft
    """To be produced and signed like any other."""
    steps: tuple[Step, ...]
    """Of the engagement and the closing; the report's revision joins them when it is signed."""
    package: bytes
    """What the year is closed with, to be kept as a blob."""


def conclude(
    ledger: Ledger,
    year: int,
    library: Library,
    *,
    language: str,
    who: str,
    when: datetime,
    journal: tuple[str, int],
    sound: bool = True,
    earlier: Mapping[str, bytes] | None = None,
    blob: Blob | None = None,
    corrections: Iterable[Correction] = (),
) -> Conclusion:
    """Fix what the concluded audit of a year says.

    Parameters
    ----------
    ledger, year, library, language, when, journal, sound, earlier, blob, corrections
        as for :func:`core.handover.prepare`; what ``earlier`` lacks is read with ``blob``.
    who
        the team lead, who issues the report.

    Raises
    ------
    UserError
        when the audit is not in independent review, when the reviewer has not answered everything or refused
        something, when no opinion was decided or it no longer fits, and for open errors of the review.
    """
    engagement = _reviewed(ledger, year)
    day = when.date().isoformat()
    done = replace(engagement, state=CONCLUDED, concluded=day, reason="")
    ledger = ledger.apply((Step("engagement", done.id, engagement, done),))
    closing, package = seal_audited(ledger, year, library, who=who, when=when, journal=journal, sound=sound)
    ledger = ledger.apply(closing.steps)
    sealed = next(step.after for step in closing.steps if isinstance(step.after, Closing))
    _opinion_fits(ledger, year, sealed, package)
    kept = dict(earlier or {})
    if blob is not None:  # with the new closing the report is compared with what was concluded before
        kept |= {sha256: blob(sha256) for _, sha256 in compared_with(ledger, year) if sha256 not in kept}
    draft = prepare(
        ledger,
        year,
        library,
        language=language,
        issued_by=who,
        when=when,
        journal=journal,
        sound=sound,
        closed=package,
        earlier=kept,
        blob=blob,
        corrections=corrections,
    )
    after = replace(done, package=draft.sha256)
    draft = replace(draft, concluding=True)
    return Conclusion(draft, (Step("engagement", done.id, engagement, after), *closing.steps), package)


def concluded(
    ledger: Ledger, conclusion: Conclusion, who: str, when: datetime, certificate: x509.Certificate | None = None
) -> Change:
    """The change that concludes: state, closing and signed revision together. Its blob is the conclusion's package.

    ``certificate`` is the one it was signed with, to which the person is bound from now on.
    """
    held = ledger.apply(conclusion.steps)
    revision = recorded(held, conclusion.draft, who, when, certificate)
    year = conclusion.draft.audit.id
    merged = {(step.kind, step.id): step for step in (*conclusion.steps, *revision.steps)}
    steps = tuple(replace(step, before=ledger.get(*key)) for key, step in merged.items())
    return replace(revision, why=T("Audit of {year} concluded and signed", year=year), steps=steps)


def _reviewed(ledger: Ledger, year: int) -> Engagement:
    engagement = ledger.engagement(year)
    if engagement is None or engagement.state != REVIEW:
        raise RefusedError(
            T("The audit of {year} is not in independent review.", year=str(year)),
            T("The report of an audited year is signed when the review is done: hand it to the reviewer first."),
        )
    if waiting := unanswered(ledger, year):
        raise RefusedError(
            T("The independent reviewer has not answered: {question}", question=waiting[0].text),
            T("All questions of the checklist are answered before the audit is concluded."),
        )
    if no := refused(ledger, year):
        raise RefusedError(
            T("The independent reviewer said no: {question}", question=no[0].text),
            T("Send the audit back to the team, mend it, and review it again."),
        )
    return engagement


def _opinion_fits(ledger: Ledger, year: int, closing: Closing, package: bytes) -> None:
    """What was decided must still be what the ledger proposed then; if not, people decide again."""
    opinion = ledger.get("opinion", str(year))
    if not isinstance(opinion, Opinion):
        raise RefusedError(
            T("No opinion on {year} was decided.", year=str(year)), T("Decide it on the page “Conclusion”.")
        )
    inventory = opened(closing, package).inventory
    now = proposed(ledger, inventory, year)
    if now.kind != opinion.proposed:
        raise RefusedError(
            T("The opinion no longer rests on what the ledger says: {reason}", reason=now.reasons[0]),
            T("Send the audit back and decide the opinion again."),
        )
