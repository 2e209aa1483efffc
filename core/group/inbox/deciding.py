"""A person decides about a report that is held: it counts or it does not, and why."""

from __future__ import annotations

from datetime import datetime

from core.errors import UserError
from core.group.inbox.against import Light
from core.i18n import T, verbatim
from core.ledger import Change, Decision, Entry, Step
from core.store import ACCEPTED, HELD, REJECTED, GroupFile

VERDICTS = (ACCEPTED, REJECTED)


def decide(group: GroupFile, sha256: str, verdict: str, reason: str, who: str, when: datetime) -> Entry:
    """Confirm a decision: it is kept with its reason in the journal and takes effect at once.

    Parameters
    ----------
    sha256
        of the held file.
    verdict
        ``accepted`` or ``rejected``.
    reason
        why, in the words of whoever decides.
    who, when
        the person, and the moment in UTC.

    Raises
    ------
    UserError
        when the report is not held, no reason is given, or what was filed meanwhile forbids to accept it.
    """
    if verdict not in VERDICTS:
        raise ValueError("verdict")
    filed = group.received(sha256)
    if filed is None or filed.state != HELD:
        raise UserError(
            T("Only a report that is held can be decided about."), T("Look at it again; it may have been decided.")
        )
    said = " ".join(reason.split())
    if not said:
        raise UserError(
            T("A decision needs a reason."), T("Write why the report counts or does not count; it is kept for good.")
        )
    if verdict == ACCEPTED and (replays := Light(group).replays(filed)):
        raise UserError(replays[0], T("Reject it: a newer revision of its audit was accepted meanwhile."))
    before = group.register.get("decision", sha256)
    words = {"file": verbatim(filed.name), "reason": verbatim(said)}
    why = (
        T("Report “{file}” accepted: {reason}", **words)
        if verdict == ACCEPTED
        else T("Report “{file}” rejected: {reason}", **words)
    )
    return group.append(Change(who, when, why, (Step("decision", sha256, before, Decision(sha256, verdict, said)),)))
