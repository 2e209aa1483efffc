"""What people do about findings in the window: each act asks with a form and becomes one undoable change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from core.audit.corrected import corrections_of
from core.audit.finding import (
    MISSTATEMENT,
    answering,
    changing,
    finding_named,
    findings_of,
    linking,
    misstates,
    number_of,
    raising,
    reopening,
    sending_back,
    withdrawing,
)
from core.audit.finding_closing import ClosingWords, closing_finding, conservative_of, left_of, stands_for
from core.audit.procedures import linked
from core.audit.roles import PLANT
from core.disclosures.checklist import acting
from core.exchange.ids import next_ids
from core.exchange.keeping import KeptFiles
from core.exchange.proofs import Attachment
from core.i18n import Text, show_number
from core.inventory.judging import Decision
from core.ledger import Activity, AuditFinding, Evidence, Person, Sample, TestSheet
from gui.audit_findings.because import draft_about
from gui.audit_findings.dialogs import AnswerDialog, Answered, ClosingDialog, FindingDialog, Known, Standing, Stated
from gui.audit_findings.inspector import record_words
from gui.evidence.keeping import Keeper
from gui.language import _
from gui.page import NewFinding, Page
from gui.reason_dialog import ask_reason
from gui.session import Session
from gui.sheets.rows import days
from gui.wording import unit_name

ANSWER_WITHIN = timedelta(days=14)
"""Proposed while no finding says otherwise; ours."""


class FindingActs:
    """The acts, on behalf of a page that tells what happened."""

    def __init__(self, page: Page, session: Session) -> None:
        self._page, self._session = page, session
        self.keeper = Keeper(page, session)
        self.dialog: FindingDialog | AnswerDialog | ClosingDialog | None = None
        """The form that was opened last."""

    # ------------------------------------------------------------------ stating

    def raise_about(self, wish: NewFinding) -> None:
        """Begin a finding, filled in from a record or a test sheet where one is named."""
        draft = self._draft(wish)
        dialog = FindingDialog(draft, self._known(draft), self._page, new=True)
        dialog.stated.connect(lambda said: self._raise(dialog, said, wish.sheet))
        self._open(dialog)

    def _draft(self, wish: NewFinding) -> AuditFinding:
        session = self._session
        if wish.point:
            return draft_about(session, wish.point)
        sheet = session.ledger.get("test", wish.sheet) if wish.sheet else None
        owner, due = self._usual()
        blank = AuditFinding("", session.year, MISSTATEMENT, "", "", _today(), "", owner=owner, due=due)
        activities = (wish.activity,) if wish.activity else ()
        if not isinstance(sheet, TestSheet):
            return replace(blank, activities=activities)
        return replace(
            blank,
            activities=(sheet.activity,),
            title=self._title_of(sheet),
            description=self._of_sheet(sheet),
            effect=sheet.effect or None,
            sample=sheet.sample,
            evidence=sheet.evidence,
        )

    def _usual(self) -> tuple[str, str]:
        """Owner and day of the finding that was raised last, as far as they still hold; else the only owner there can
        be, and a fortnight."""
        session = self._session
        owners = [one.id for one in _owners(session)]
        last = max(findings_of(session.ledger, session.year), key=lambda one: (one.raised, one.id), default=None)
        owner = last.owner if last is not None and last.owner in owners else owners[0] if len(owners) == 1 else ""
        later = last is not None and last.due > _today().isoformat()
        return owner, last.due if last is not None and later else (_today() + ANSWER_WITHIN).isoformat()

    def _title_of(self, sheet: TestSheet) -> str:
        """A first word for what the sheet shows."""
        found = self._session.ledger.get("activity", sheet.activity)
        if not isinstance(found, Activity) or sheet.found is None:
            return ""
        return _("{source}, {period}: the evidence shows another value", source=found.source,
                 period=days(found.start, found.end))  # fmt: skip

    def _of_sheet(self, sheet: TestSheet) -> str:
        """What the sheet shows, as the beginning of the description."""
        found = self._session.ledger.get("activity", sheet.activity)
        if not isinstance(found, Activity) or sheet.reported is None or sheet.found is None:
            return sheet.note
        words = _(
            "The record says {reported} {unit}, the evidence {found} {unit}.",
            reported=show_number(sheet.reported),
            found=show_number(sheet.found),
            unit=unit_name(self._session.library, found.unit),
        )
        return f"{words} {sheet.note}".strip()

    def _raise(self, dialog: FindingDialog, said: Stated, sheet: str) -> None:
        session = self._session
        key = next_ids(session.ledger, 1, "finding")[0]

        def act(kept: KeptFiles) -> Decision:
            stated = replace(said.finding, id=key, raised_by=self._session.needed_actor.id, raised=_today())
            stated = replace(stated, evidence=(*stated.evidence, *kept.ids))
            if stated.point:
                return acting(kept.ledger, stated)
            done = raising(kept.ledger, stated, unquantified=said.unquantified)
            return Decision(done.why, (*done.steps, *linked(session.ledger, (sheet,) if sheet else (), key)))

        self._keep(key, said.paths, act, dialog)

    def change(self, key: str) -> None:
        """State it anew."""
        held = finding_named(self._session.ledger, key)
        dialog = FindingDialog(held, self._known(held), self._page, new=False)
        dialog.stated.connect(lambda said: self._change(dialog, said, key))
        self._open(dialog)

    def _change(self, dialog: FindingDialog, said: Stated, key: str) -> None:
        def act(kept: KeptFiles) -> Decision:
            stated = replace(said.finding, evidence=(*said.finding.evidence, *kept.ids))
            return changing(kept.ledger, key, self._session.needed_actor.id, stated, unquantified=said.unquantified)

        self._keep(key, said.paths, act, dialog)

    def _known(self, finding: AuditFinding) -> Known:
        session = self._session
        records = tuple((one.id, f"{one.id}  {record_words(session, one)}") for one in session.inventory.activities)
        owners = _owners(session)
        samples = [one for one in session.ledger.held(Sample) if one.year == session.year]
        return Known(
            records,
            tuple((one.id, one.name) for one in owners),
            tuple((one.id, one.name or one.id) for one in samples),
            self._files(finding.evidence),
        )

    def _files(self, keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
        held = (self._session.ledger.get("evidence", key) for key in keys)
        return tuple((one.id, one.name) for one in held if isinstance(one, Evidence))

    # ------------------------------------------------------------------ answering

    def answer(self, key: str) -> None:
        """The plant answers."""
        held = finding_named(self._session.ledger, key)
        number = number_of(self._session.ledger, held)
        files = self._files(held.proof)
        dialog = AnswerDialog(held, number, files, self._page)
        dialog.stated.connect(lambda said: self._answer(dialog, said, key))
        self._open(dialog)

    def _answer(self, dialog: AnswerDialog, said: Answered, key: str) -> None:
        def act(kept: KeptFiles) -> Decision:
            answer = replace(said.answer, proof=(*said.answer.proof, *kept.ids))
            return answering(kept.ledger, key, self._session.needed_actor.id, answer)

        self._keep(key, said.paths, act, dialog)

    def attach(self, key: str, paths: Sequence[Path]) -> None:
        """Keep files and name them: as evidence by an auditor, as proof of the answer by the plant."""

        def act(kept: KeptFiles) -> Decision:
            person = self._session.needed_actor
            return linking(kept.ledger, key, person.id, kept.ids, proof=bool(PLANT & set(person.roles)))

        self._keep(key, paths, act)

    # ------------------------------------------------------------------ judging

    def send_back(self, key: str) -> None:
        """The answer does not do."""
        reason = ask_reason(_("Send the answer back"), _("The plant answers again."), _("Send back"), self._page)
        if reason:
            self._do(key, lambda by: sending_back(self._session.ledger, key, by, reason))

    def close(self, key: str) -> None:
        """It is done, or what is left is said."""
        session = self._session
        held = finding_named(session.ledger, key)
        standing = None
        if misstates(held):
            found = corrections_of(session.ledger, session.file.corrections, held.year)
            standing = Standing(
                sum(one.finding == held.id for one in found),
                left_of(session.ledger, session.inventory, session.file.corrections, held),
                conservative_of(held, session.inventory, stands_for(session.ledger, session.inventory, held)),
                held.effect is not None and held.effect > 0,
            )
        number = number_of(session.ledger, held)
        self._open(ClosingDialog(held, number, standing, _today(), lambda words: self._close(key, words), self._page))

    def _close(self, key: str, words: ClosingWords) -> None:
        session = self._session
        corrections = session.file.corrections
        done = closing_finding(
            session.ledger, session.inventory, corrections, key, self._session.needed_actor.id, words
        )
        self._confirm(done, key)

    def withdraw(self, key: str) -> None:
        """There was nothing to find."""
        explained = _("The finding stays in the list with its number and this reason.")
        reason = ask_reason(_("Withdraw the finding"), explained, _("Withdraw"), self._page)
        corrections = self._session.file.corrections
        if reason:
            self._do(key, lambda by: withdrawing(self._session.ledger, key, by, _today(), reason, corrections))

    def reopen(self, key: str) -> None:
        """It was not done."""
        explained = _("The plant answers again; what was said stays readable.")
        reason = ask_reason(_("Open the finding again"), explained, _("Open again"), self._page)
        if reason:
            self._do(key, lambda by: reopening(self._session.ledger, key, by, reason))

    # ------------------------------------------------------------------ correcting

    def correct(self, key: str) -> None:
        """From now on data are corrected because of it; go to the first record."""
        session = self._session
        held = finding_named(session.ledger, key)

        def act() -> bool:
            session.correct(key)
            return True

        if self._page.attempt(act):
            first = next((one for one in held.activities if session.ledger.get("activity", one) is not None), None)
            self._page.wanted.emit("activity", first)

    # ------------------------------------------------------------------

    def _open(self, dialog: FindingDialog | AnswerDialog | ClosingDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _do(self, key: str, act: object) -> None:
        assert callable(act)
        self._page.attempt(lambda: self._confirm(act(self._session.needed_actor.id), key))

    def _keep(
        self,
        key: str,
        paths: Sequence[Path],
        act: Callable[[KeptFiles], Decision],
        dialog: FindingDialog | AnswerDialog | None = None,
    ) -> None:
        """Files and what is done with them, as one change; the dialog it was said in is told what is refused."""

        def done(made: Attachment, _changed: bool) -> None:
            if dialog is not None:
                dialog.accept()
            self._tell(made.why, key)

        keeper = self.keeper if dialog is None else Keeper(self._page, self._session, dialog, dialog.complain)
        keeper.take_naming(paths, act, done)

    def _confirm(self, done: Decision, key: str) -> None:
        self._session.edit(done.why, done.steps)
        self._tell(done.why, key)

    def _tell(self, why: Text, key: str) -> None:
        self._page.show_subject(key)
        self._page.tell("good", _("{what}.", what=why))


def _owners(session: Session) -> list[Person]:
    """The people of the plant, who answer."""
    return [one for one in session.ledger.held(Person) if one.active and PLANT & set(one.roles)]


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
