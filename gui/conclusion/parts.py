"""The parts of the page Conclusion: what is proposed and decided, the reviewer's checklist, what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from core.audit.checklist import ANSWERS, NO, Question, answers, questions
from core.audit.obstacles import Obstacle
from core.audit.opinion import Proposal
from core.audit.people import name_of
from core.audit.statement import OPINIONS
from core.i18n import show_date
from core.ledger import Ledger, Opinion, ReviewAnswer
from gui.audit.next import PLACES
from gui.language import _, language, say
from gui.tables.table import Column, Mark
from gui.widgets import button, clear, label, marked


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the checklist with its answer."""

    id: str
    question: Question
    answer: ReviewAnswer | None


def asked(ledger: Ledger, year: int) -> list[Asked]:
    """The whole checklist."""
    given = answers(ledger, year)
    return [Asked(one.key, one, given.get(one.key)) for one in questions()]


def columns() -> list[Column[Asked]]:
    """Question, answer, remark, where it comes from."""
    return [
        Column("question", _("Question"), lambda row: row.question.text.in_language(language()), width=44),
        Column("answer", _("Answer"), lambda row: say(ANSWERS[row.answer.answer]) if row.answer else "—", width=14),
        Column("remark", _("Remark"), lambda row: row.answer.remark if row.answer else "", width=24, stretch=True),
        Column("source", _("Standard"), lambda row: row.question.source, width=24, hidden=True),
    ]


def marks(row: Asked) -> dict[str, Mark]:
    """A no wants work."""
    if row.answer is not None and row.answer.answer == NO:
        return {"answer": Mark("bad", row.answer.remark)}
    return {}


def show_opinion(
    frame: QFrame, inside: QVBoxLayout, ledger: Ledger, proposal: Proposal, decided: Opinion | None
) -> None:
    """What is proposed, why, and what people decided."""
    clear(inside)
    if decided is None:
        inside.addWidget(label(_("Not decided yet"), size=1.2, strong=True))
    else:
        inside.addWidget(label(say(OPINIONS[decided.kind]), size=1.2, strong=True))
        who = name_of(ledger, decided.by)
        inside.addWidget(
            label(_("Decided by {who} on {day}", who=who, day=show_date(decided.day, language())), "muted")
        )
        for words in (decided.basis, decided.emphasis):
            if words:
                inside.addWidget(label(words, wrap=True))
    differs = decided is not None and decided.kind != proposal.kind
    sign = ("warning", "warning") if differs else ("info", "muted")
    inside.addWidget(marked(*sign, _("The ledger proposes: {kind}", kind=say(OPINIONS[proposal.kind]))))
    for reason in proposal.reasons:
        inside.addWidget(label(f"–  {say(reason)}", wrap=True))
    frame.setAccessibleDescription(say(OPINIONS[decided.kind]) if decided else _("Not decided yet"))


def show_standing(inside: QVBoxLayout, standing: Sequence[Obstacle], go: Callable[[str], object]) -> None:
    """What has to be done first, with the way there, or that nothing stands in the way."""
    for one in standing:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(marked("error", "bad", say(one.text)), 1)
        place = PLACES.get(one.where, "audit")
        if place != "conclusion":
            there = button(_("Go there"), lambda place=place: go(place), role="link")  # type: ignore[misc]
            there.setAccessibleName(_("Go there: {what}", what=one.text))
            row.addWidget(there)
        inside.addLayout(row)
    if not standing:
        inside.addWidget(marked("check", "good", _("Nothing stands in the way.")))


def to_the_audit(go: Callable[[], object]) -> QPushButton:
    """The way to where the team lead hands over."""
    made = button(_("Hand over on the page “Audit”"), go, role="link")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made
