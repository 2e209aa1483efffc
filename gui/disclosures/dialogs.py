"""Small dialogs of the page: whether a question applies, what stands beside it, what is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from core.disclosures.deciding import APPLIES, NO, YES
from core.disclosures.readiness import QuestionState
from core.entering.forms import Entered
from core.errors import UserError
from core.i18n import T
from core.ledger.filing import Records
from core.library.record_words import field_name
from gui.asking import Stating
from gui.disclosures import words
from gui.disclosures.found import Found
from gui.disclosures.frameworks import counts_words
from gui.entering.fields import SeveralField
from gui.entering.rows import options
from gui.fields import ChoiceField, date_field, said, text_field, words_field
from gui.language import _, say
from gui.widgets import label, marked
from gui.wording import named

NOBODY = "-"
"""Nobody has decided, as a key of a list."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person says about a conditional question."""

    applies: str
    """``yes``, ``no`` or nothing."""
    reason: str


class DecideDialog(Stating):
    """``stated`` carries a Ruling. What was decided in an earlier year is proposed."""

    def __init__(self, title: str, state: QuestionState, parent: QWidget | None) -> None:
        explained = _("A conditional question counts until somebody says that it does not apply, and why.")
        super().__init__(_("Does the question apply?"), explained, _("Decide"), parent)
        self.fields.addWidget(label(title, strong=True, wrap=True))
        proposal = state.proposal
        if proposal is not None:
            decision = words.applies_words(proposal.decision.applies)
            told = _("In {year} it was decided: {decision}. {reason}", year=str(proposal.year), decision=decision,
                     reason=proposal.decision.reason)  # fmt: skip
            self.fields.addWidget(marked("history", "muted", told))
        held = state.decision
        applies = held.applies if held is not None and held.applies else (
            proposal.decision.applies if proposal is not None else ""
        )  # fmt: skip
        reason = state.reason or (proposal.decision.reason if proposal is not None else "")
        choices = [(key or NOBODY, say(APPLIES[key])) for key in (YES, NO, "")]
        self.applies = ChoiceField(_("Decision"), choices, applies, required=True)
        self.reason = words_field(reason, 5)
        self.fields.addWidget(self.applies)
        self.add(_("Reason"), self.reason, _("Stands in the exported workbook."))

    def work(self) -> Callable[[], object]:
        key = self.applies.read()
        applies, reason = "" if key == NOBODY else key, said(self.reason)
        if applies and not reason:
            raise UserError(T("The reason is missing."), T("Say it in a sentence."))
        made = Ruling(applies, reason)
        return lambda: made


class CommentDialog(Stating):
    """``stated`` carries the words."""

    def __init__(self, title: str, comment: str, parent: QWidget | None) -> None:
        super().__init__(_("Comment"), _("It stands beside the question in the exported workbook."), _("Keep"), parent)
        self.fields.addWidget(label(title, strong=True, wrap=True))
        self.text = words_field(comment, 6)
        self.add(_("Comment"), self.text, _("Empty: the comment is taken off."))

    def work(self) -> Callable[[], object]:
        text = said(self.text)
        return lambda: text


# ---------------------------------------------------------------------- handed in


@dataclass(frozen=True, slots=True)
class HandedIn:
    """To whom, when, with which proofs."""

    recipient: str
    day: date
    by: str
    note: str
    evidence: tuple[str, ...]
    workbook: bool
    """Whether the workbook is kept as a proof."""


class SubmitDialog(Stating):
    """``stated`` carries a HandedIn."""

    def __init__(self, found: Found, key: str, who: str, records: Records, parent: QWidget | None) -> None:
        ready = found.ready[key]
        super().__init__(
            _("Freeze as handed in"),
            _("The answers as they are today are kept and never change. What is handed in later to the same recipient "
              "supersedes them."),
            _("Freeze"), parent,
        )  # fmt: skip
        self.fields.addWidget(label(named(say(ready.map.title), counts_words(ready)), strong=True, wrap=True))
        self.recipient = text_field(say(field_name("submission", "recipient")), ready.map.framework, required=True)
        self.day = date_field(say(field_name("submission", "day")), found.today, required=True)
        self.by = text_field(say(field_name("submission", "by")), who)
        proofs = options(records, Entered("evidence", "records", of=("evidence",)))
        self.evidence = SeveralField(
            say(field_name("submission", "evidence")), proofs, (), _("What the recipient confirmed.")
        )  # fmt: skip
        self.workbook = QCheckBox(_("Keep the workbook of these answers as a proof"))
        self.workbook.setChecked(True)
        self.note = words_field("", 3)
        for one in (self.recipient, self.day, self.by, self.evidence, self.workbook):
            self.fields.addWidget(one)
        self.add(say(field_name("submission", "note")), self.note)

    def work(self) -> Callable[[], object]:
        recipient, day = self.recipient.need(), self.day.need()
        made = HandedIn(recipient, day, self.by.read() or "", said(self.note), self.evidence.read(),
                        self.workbook.isChecked())  # fmt: skip
        return lambda: made
