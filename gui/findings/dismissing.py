"""Findings that a person decides need no action: with a reason, as one change, and taken back as another."""

from __future__ import annotations

from core.checks import about, can_be_dismissed, dismissal, facts_of
from core.i18n import T, Text
from core.ledger import Entry, Judgement
from core.methods import Finding
from gui.language import _, say
from gui.page import Page
from gui.reason_dialog import ask_reason
from gui.session import Session
from gui.undoing import undo

MOST_SAID = 5
"""Findings named in the dialog."""


class Dismissing:
    """Does it for a page."""

    def __init__(self, page: Page, session: Session) -> None:
        self._page, self._session = page, session

    def possible(self, finding: Finding) -> bool:
        """Never for hard stops, nor in a file that can only be read."""
        return self._session.writable and can_be_dismissed(finding)

    def ask(self, *findings: Finding) -> None:
        """Ask for the reason, one for all; with one they are dismissed."""
        words = _("The reason stands in the report. A finding is back as soon as its facts change.")
        said = "\n".join(say(finding.message) for finding in findings[:MOST_SAID])
        title = _("Dismiss {count} findings", count=len(findings)) if len(findings) > 1 else _("Dismiss the finding")
        reason = ask_reason(title, f"{said}\n{words}", _("Dismiss"), self._page)
        if reason:
            self.dismiss(reason, *findings)

    def dismiss(self, reason: str, *findings: Finding) -> None:
        """File the judgements, as one change."""

        def act() -> Entry | None:
            year = self._session.year
            why = _why(findings, T("Finding dismissed: {what}", what=findings[0].message),
                       T("{count} findings dismissed", count=len(findings)))  # fmt: skip
            return self._session.put(why, *(dismissal(finding, year, reason) for finding in findings))

        self._done(self._page.attempt(act))

    def take_back(self, *findings: Finding) -> None:
        """Open them again, as one change."""
        if not findings:
            return
        judged = self._session.ledger.judgements(self._session.year)
        held = [j for j in judged if any(_is_of(j, finding) for finding in findings)]

        def act() -> Entry | None:
            why = _why(findings, T("Dismissal taken back: {what}", what=findings[0].message),
                       T("Dismissal of {count} findings taken back", count=len(findings)))  # fmt: skip
            return self._session.remove(why, *held)

        self._done(self._page.attempt(act))

    def _done(self, entry: Entry | None) -> None:
        if entry is not None and self._session.waits(entry) is None:  # else the window says what it waits for
            self._page.tell("good", say(entry.change.why), undo(self._page, self._session))


def _is_of(judgement: Judgement, finding: Finding) -> bool:
    return judgement.about == about(finding) and judgement.facts == facts_of(finding)


def _why(findings: tuple[Finding, ...], one: Text, many: Text) -> Text:
    return one if len(findings) == 1 else many
