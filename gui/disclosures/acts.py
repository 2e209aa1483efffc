"""What is done on the page: answer, decide, comment. One change each, said with the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from core.disclosures.answering import source_of
from core.disclosures.catalogue import all_points
from core.disclosures.deciding import comment, decide, decide_as_before
from core.entering.keeping import removing
from core.entering.plant import FORMS
from core.errors import UserError
from core.exchange.proofs import Attachment
from core.inventory.judging import Decision
from gui.asking import Stating
from gui.disclosures.answer_form import AnswerForm
from gui.disclosures.dialogs import CommentDialog, DecideDialog, Ruling
from gui.disclosures.found import Found, Place
from gui.entering.part import Keeper
from gui.evidence.keeping import Keeper as FileKeeper
from gui.language import _, say
from gui.notices import of_error
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import tell_change
from gui.wording import named


class Acts(QObject):
    """Speaks through its page."""

    def __init__(self, page: Page, desk: Keeper, settings: Settings, found: Callable[[], Found | None]) -> None:
        super().__init__(page)
        self.page, self.desk, self.settings, self._found = page, desk, settings, found
        self.dialog: Stating
        """The one that was opened last."""

    @property
    def locked(self) -> str:
        """Why nothing can be changed; empty: it can."""
        return "" if self.desk.writable else _("The file is open read-only.")

    @property
    def settled(self) -> Found | None:
        """What is shown, where it is about the records as they are; else it is said that the answer is on its way."""
        found = self._found()
        if found is None or found.records is not self.desk.records:
            self.page.tell("info", _("It is being worked out."))
            return None
        return found

    # ------------------------------------------------------------------ answers

    def why_not(self, point: str) -> str:
        """Why a data point cannot be answered here; empty: it can."""
        found = self._found()
        if self.locked or found is None:
            return self.locked or _("Calculating…")
        return follows(point, found.level)

    def answer(self, point: str) -> None:
        """Ask for an answer, or for another one."""
        found = self._found()
        if found is None or self.why_not(point):
            self.page.tell("info", self.why_not(point))
            return
        form = AnswerForm(self.desk.records, point, found.year, self.desk.person, found.today, self.page)
        form.stated.connect(lambda stated: self._keep(form, stated))
        self._open(form)

    def _keep(self, form: Stating, stated: Attachment) -> None:
        """Large files are written by a job; a refusal stands in the form."""

        def done(_found: object, changed: bool) -> None:
            form.accept()
            tell_change(self.page, self.desk, stated.why, changed=changed)

        if isinstance(self.desk, Session):
            FileKeeper(self.page, self.desk, form, form.complain).keep(lambda: stated, done)
            return
        try:
            entry = self.desk.edit(stated.why, stated.steps, stated.data)
        except UserError as error:
            form.complain(error)
            return
        done(stated, entry is not None)

    def take_back(self, points: Iterable[str]) -> None:
        """Take the answers of this year away."""
        found = self._found()
        held = [] if found is None else [one.id for key in points if (one := found.answer_of(key)) is not None]
        if not held:
            self.page.tell("info", _("Nobody has answered it in this year."))
        elif not self.locked:
            self.do(lambda: removing(self.desk.records, FORMS, "answer", held))

    # ------------------------------------------------------------------ decisions and comments

    def decide(self, place: Place) -> None:
        """Ask whether a conditional question applies."""
        found = self._found()
        state = None if found is None else found.state_of(place)
        if found is None or state is None or state.question.requirement != "cond" or self.locked:
            return
        asked, year = found.maps[place[0]], found.year
        dialog = DecideDialog(named(place[1], say(state.question.name)), state, self.page)

        def decided(ruling: Ruling) -> None:
            self._state(dialog, lambda: decide(self.desk.records, asked, place[1], year, ruling.applies, ruling.reason,
                                               self.desk.person))  # fmt: skip

        dialog.stated.connect(decided)
        self._open(dialog)

    def decide_as_before(self, key: str) -> None:
        """Take over what was decided in an earlier year, where this year nobody has."""
        found = self._found()
        if found is None or self.locked:
            return
        open_ = [(one.question.id, one.proposal) for one in found.ready[key].questions if one.proposal is not None]
        if not open_:
            self.page.tell("info", _("No decision of an earlier year waits to be taken over."))
            return
        self.do(lambda: decide_as_before(self.desk.records, found.maps[key], open_, found.year, self.desk.person))

    def comment(self, place: Place) -> None:
        """Ask for what stands beside an answer."""
        found = self._found()
        state = None if found is None else found.state_of(place)
        if found is None or state is None or self.locked:
            return
        asked, year = found.maps[place[0]], found.year
        dialog = CommentDialog(named(place[1], say(state.question.name)), state.comment, self.page)
        dialog.stated.connect(
            lambda said: self._state(dialog, lambda: comment(self.desk.records, asked, place[1], year, str(said)))
        )
        self._open(dialog)

    # ------------------------------------------------------------------ keep

    def _open(self, dialog: Stating) -> None:
        self.dialog = dialog
        dialog.open()

    def _state(self, dialog: Stating, act: Callable[[], Decision]) -> None:
        """Keep what a dialog says, or let it say why that cannot be."""
        try:
            decision = act()
            entry = self.desk.edit(decision.why, decision.steps)
        except UserError as error:
            dialog.complain(error)
            return
        dialog.accept()
        tell_change(self.page, self.desk, decision.why, changed=entry is not None)

    def do(self, act: Callable[[], Decision]) -> bool:
        """Confirm a decision, and say so with the way back; gives whether it was."""
        decision = self.page.attempt(act)
        if decision is None:
            return False
        try:
            entry = self.desk.edit(decision.why, decision.steps)
        except UserError as error:
            self.page.told.emit(of_error(error))
            return False
        tell_change(self.page, self.desk, decision.why, changed=entry is not None)
        return True


def follows(point: str, level: str) -> str:
    """Why nobody types a data point; empty: it is answered by people."""
    known = all_points().get(point)
    if known is None:
        return _("This program does not know the data point “{point}”.", point=point)
    return {
        "records": _("It follows from other records: its origin leads to them."),
        "reports": _("It follows from the reports of the plants: correct it in the plant that gives it."),
    }.get(source_of(known, level), "")
