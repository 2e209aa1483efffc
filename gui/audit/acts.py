"""What people do on the page of the audit: agree, move on, enter people, declare, keep the log; in dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog

from core.audit.communicating import OPENING, log_of, noting, striking
from core.audit.declaring import drafted, on_paper, signed, wording
from core.audit.engagement import agreeing, usual
from core.audit.enrolling import adding, changing, releasing
from core.audit.moving import moving
from core.audit.roles import TEAM, TEAM_LEAD
from core.audit.states import STATES, VERIFICATION
from core.exchange.ids import next_ids
from core.exchange.keeping import KeptFiles
from core.inventory.judging import Decision
from core.ledger import Communication, Declaration, Engagement, Person
from gui.asking import Stating
from gui.audit.declare import DeclareDialog, OnPaper, Signed
from gui.audit.engagement import EngagementDialog
from gui.audit.log import Entered, LogDialog
from gui.audit.person import PersonDialog
from gui.evidence.keeping import Keeper
from gui.language import _, language
from gui.page import Page
from gui.reason_dialog import ask_reason
from gui.session import Session
from gui.settings import Settings


class AuditActs:
    """Dialogs stand over the page, which tells what is refused outside of them."""

    def __init__(self, page: Page, session: Session, settings: Settings) -> None:
        self._page, self._session, self._settings = page, session, settings

    def engage(self) -> None:
        """Begin the audit of the year shown, or change what was agreed; people come first."""
        session = self._session
        if not session.ledger.held(Person):
            first = Person(self._new("person"), session.person, (TEAM_LEAD,))
            if not self._ask_person(first, adding, fresh=True):
                return
            who = session.ledger.held(Person)[0]
            if session.actor is None:  # they wrote their name otherwise
                session.act_as(who.name)
            if not TEAM & set(who.roles):  # the page says who begins
                return
        known = session.ledger.engagement(session.year)
        made = known or usual(session.ledger, session.year, language())

        def decide(agreed: Engagement) -> None:
            self._do(agreeing(session.ledger, agreed))

        people = session.ledger.held(Person)
        _ask(EngagementDialog(made, people, decide, self._page, fresh=known is None))

    def move_on(self, to: str) -> None:
        """Go to another state, with a reason where one is asked for."""
        session = self._session
        engagement = session.ledger.engagement(session.year)
        if engagement is None:
            return
        move, reason = STATES[engagement.state].move(to), ""
        if move is not None and move.reason:
            reason = ask_reason(
                move.title.in_language(language()),
                _("It stands in the report, and others read it years later."),
                _("Go on"),
                self._page,
            )
            if not reason:
                return

        def act() -> None:
            if to == VERIFICATION:
                from core.handover.declared import check_declarations  # the room that knows signatures

                check_declarations(session.ledger, session.year)
            day = datetime.now(UTC).date()
            self._do(
                moving(
                    session.ledger, session.inventory, session.findings, session.year, to, reason, session.person, day
                )
            )

        self._page.attempt(act)

    # ------------------------------------------------------------------ people

    def enter_person(self) -> None:
        """Somebody new."""
        first = not self._session.ledger.held(Person)
        name = self._session.person if first else ""
        self._ask_person(Person(self._new("person"), name, (TEAM_LEAD,) if first else ()), adding, fresh=True)

    def change_person(self, known: Person) -> None:
        """Other roles, another address, or no longer taking part."""
        self._ask_person(known, changing, fresh=False)

    def _ask_person(self, known: Person, decided: Callable[..., Decision], *, fresh: bool) -> bool:
        def decide(made: Person) -> None:
            self._do(decided(self._session.ledger, made))

        return _ask(PersonDialog(known, decide, self._page, fresh=fresh))

    def declare(self, who: Person) -> None:
        """With their own key, or on paper."""
        session = self._session
        day = datetime.now(UTC).date()

        def draft() -> Declaration:
            text = wording(session.ledger, session.year, who.id).in_language(language())
            return drafted(session.ledger, session.year, who.id, text, day)

        made = self._page.attempt(draft)
        if made is not None:
            dialog = DeclareDialog(made, who, self._settings, self._page)
            dialog.stated.connect(lambda said: self._declare(dialog, said))
            _ask(dialog)

    def release(self, who: Person) -> None:
        """They may sign with another certificate, because the old one was renewed or lost."""
        said = _("{name} may then sign with another certificate, which is bound to them.", name=who.name)
        reason = ask_reason(_("Release certificate"), said, _("Release"), self._page)
        if reason:
            self._page.attempt(lambda: self._do(releasing(self._session.ledger, who.id, reason)))

    def _declare(self, dialog: DeclareDialog, said: Signed | OnPaper) -> None:
        def act(kept: KeptFiles) -> Decision:
            if isinstance(said, OnPaper):
                return on_paper(kept.ledger, said.declaration, kept.ids[0])
            return signed(kept.ledger, said.declaration, said.signature, said.fingerprint)

        self._keep(dialog, (said.scan,) if isinstance(said, OnPaper) else (), "other", act)

    # ------------------------------------------------------------------ log

    def enter_entry(self) -> None:
        """A new entry; the first one is usually the opening meeting."""
        session = self._session
        kind = OPENING if not log_of(session.ledger, session.year) else "meeting"
        day = datetime.now().astimezone().date()
        blank = Communication(self._new("communication"), session.year, day, kind, "", "")
        self._ask_entry(blank, fresh=True)

    def change_entry(self, known: Communication) -> None:
        """Say it better, or keep another file with it."""
        self._ask_entry(known, fresh=False)

    def _ask_entry(self, known: Communication, *, fresh: bool) -> None:
        dialog = LogDialog(known, self._page, fresh=fresh)
        dialog.stated.connect(lambda said: self._enter(dialog, said))
        _ask(dialog)

    def _enter(self, dialog: LogDialog, said: Entered) -> None:
        def act(kept: KeptFiles) -> Decision:
            files = tuple(dict.fromkeys((*said.entry.evidence, *kept.ids)))
            return noting(kept.ledger, replace(said.entry, evidence=files))

        self._keep(dialog, said.paths, "minutes", act)

    def strike(self, key: str) -> None:
        """Take an entry out; undo brings it back."""
        self._page.attempt(lambda: self._do(striking(self._session.ledger, key)))

    # ------------------------------------------------------------------

    def _do(self, done: Decision) -> None:
        self._session.edit(done.why, done.steps)

    def _keep(self, dialog: Stating, paths: Sequence[Path], kind: str, act: Callable[[KeptFiles], Decision]) -> None:
        """Files and what names them, as one change; what is refused is said inside the dialog."""
        keeper = Keeper(self._page, self._session, dialog, dialog.complain)
        keeper.take_naming(paths, act, lambda _made, _changed: dialog.accept(), kind)

    def _new(self, kind: str) -> str:
        return next_ids(self._session.ledger, 1, kind)[0]


def _ask(dialog: QDialog) -> bool:
    """Whether the person went through with it."""
    done = bool(dialog.exec())
    dialog.deleteLater()
    return done
