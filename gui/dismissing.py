"""Findings that a person decides need no action: with a reason, as one change, and taken back as another."""

from __future__ import annotations

from core.checks import about, can_be_dismissed, dismissal, facts_of
from core.i18n import T, Text
from core.ledger import Judgement
from core.methods import Finding
from gui.language import _, say
from gui.page import Page
from gui.reason_dialog import ask_reason
from gui.session import Session


class Dismissing:
    """Does it for a page."""

    def __init__(self, page: Page, session: Session) -> None:
        self._page, self._session = page, session

    def possible(self, finding: Finding) -> bool:
        """Never for hard stops, nor in a file that can only be read."""
        return self._session.writable and can_be_dismissed(finding)

    def ask(self, finding: Finding) -> None:
        """Ask for the reason; with one the finding is dismissed."""
        words = _(
            "The finding needs no action, because: the reason stands in the report. The finding is back as soon as its "
            "facts change. It says: {what}",
            what=say(finding.message),
        )
        reason = ask_reason(_("Dismiss the finding"), words, _("Dismiss"), self._page)
        if reason:
            self.dismiss(finding, reason)

    def dismiss(self, finding: Finding, reason: str) -> None:
        """File the judgement, as one change."""

        def act() -> Text:
            why = T("Finding dismissed: {what}", what=finding.message)
            self._session.put(why, dismissal(finding, self._session.year, reason))
            return why

        self._done(self._page.attempt(act))

    def take_back(self, finding: Finding) -> None:
        """Open it again, as one change."""
        held = [j for j in self._session.ledger.judgements(self._session.year) if _is_of(j, finding)]

        def act() -> Text:
            why = T("Dismissal taken back: {what}", what=finding.message)
            self._session.remove(why, *held)
            return why

        self._done(self._page.attempt(act))

    def _done(self, why: Text | None) -> None:
        if why is not None:
            undo = (_("Undo"), lambda: self._page.attempt(self._session.undo))
            self._page.tell("good", say(why), undo)


def _is_of(judgement: Judgement, finding: Finding) -> bool:
    return judgement.about == about(finding) and judgement.facts == facts_of(finding)
