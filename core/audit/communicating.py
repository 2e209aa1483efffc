"""The communication log: minutes of the opening and the closing meeting, letters, calls, requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.errors import UserError
from core.i18n import T, Text
from core.inventory.judging import Decision
from core.ledger import Communication, Ledger, Step

OPENING, CLOSING_MEETING = "opening_meeting", "closing_meeting"
KINDS: Mapping[str, Text] = {
    OPENING: T("Opening meeting"),
    CLOSING_MEETING: T("Closing meeting"),
    "meeting": T("Meeting"),
    "interview": T("Interview"),
    "letter": T("Letter"),
    "mail": T("Mail"),
    "call": T("Call"),
    "request": T("Request for documents"),
}
LONGEST = 20_000
"""Characters of minutes."""


def too_long() -> UserError:
    """The error for minutes that nobody would read."""
    return UserError(T("A text is longer than {most} characters.", most=LONGEST), T("Shorten it."))


def log_of(ledger: Ledger, year: int) -> tuple[Communication, ...]:
    """All entries of a year, in the order of their days."""
    held = (one for one in ledger.held(Communication) if one.year == year)
    return tuple(sorted(held, key=lambda one: (one.day, one.id)))


def noting(ledger: Ledger, entry: Communication) -> Decision:
    """Enter something into the log, or say it better.

    Raises
    ------
    UserError
        for a kind that there is not, without subject, for files that are not kept, and when nothing would change.
    """
    held = ledger.get("communication", entry.id)
    made = replace(
        entry,
        subject=entry.subject.strip(),
        text=entry.text.strip(),
        people=tuple(dict.fromkeys(name.strip() for name in entry.people if name.strip())),
    )
    if made.kind not in KINDS:
        raise UserError(
            T("There is no communication of the kind {kind}.", kind=made.kind), T("Kinds: {kinds}.", kinds=list(KINDS))
        )
    if not made.subject:
        raise UserError(T("The topic is missing."), T("Say in a few words what it was about."))
    if len(made.text) > LONGEST:
        raise too_long()
    if made == held:
        raise UserError(T("Nothing changes."), T("Change something, or leave it."))
    words = T("{kind}: {subject}", kind=KINDS[made.kind], subject=made.subject)
    return Decision(words, (Step("communication", made.id, held, made),))


def striking(ledger: Ledger, key: str) -> Decision:
    """Take an entry out of the log; the journal still knows it.

    Raises
    ------
    UserError
        when there is none.
    """
    held = ledger.get("communication", key)
    if not isinstance(held, Communication):
        raise UserError(T("There is no entry {id} in the log.", id=key), T("Look at the list."))
    why = T("Taken out of the log: {subject}", subject=held.subject)
    return Decision(why, (Step("communication", key, held, None),))
