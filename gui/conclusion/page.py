"""Conclusion: the opinion, the independent review, the statement as the report will print it, and the way to sign."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from core.audit.checklist import NO, NOT_APPLICABLE, YES, answering
from core.audit.moving import standing
from core.audit.opinion import deciding_opinion, proposed
from core.audit.statement import statement
from core.audit.states import CONCLUDED, IN_REVIEW, STATES
from core.errors import UserError
from core.ledger import Engagement, Opinion
from gui.commands import Command
from gui.conclusion.opinion_dialog import OpinionDialog
from gui.conclusion.parts import Asked, asked, columns, marks, show_opinion, show_standing, to_the_audit
from gui.giving_way import Pane
from gui.language import _, language, say
from gui.page import Page
from gui.quality.parts import combo
from gui.reason_dialog import ask_reason
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import allow, button, card, clear, divided, empty_state, heading, label, letters, subheading


class ConclusionPage(Page):
    """Decisions at the left, the words of the statement at the right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._title = heading("")
        self._state = label("", "muted")
        self._opinion_card, self._opinion = card()[0], QVBoxLayout()
        self._opinion.setSpacing(6)
        self.decide = button(_("Decide…"), self.decide_opinion)
        self.questions: Table[Asked] = Table(
            "checklist", columns(), settings, name=_("Checklist of the independent review"), editable=False, marks=marks
        )
        self.yes = button(_("Yes"), lambda: self.answer(YES))
        self.no = button(_("No…"), lambda: self.answer(NO))
        self.not_applicable = button(_("Not applicable…"), lambda: self.answer(NOT_APPLICABLE))
        self._end_card, self._end = card()
        self.sign = button(
            _("Conclude and sign…"), lambda: self.wanted.emit("report", None), role="primary", picture="sign"
        )
        self.spoken = combo(_("Language of the statement"), [("中文", "zh"), ("English", "en")])
        self.spoken.setCurrentIndex(0 if language() == "zh" else 1)
        self.spoken.activated.connect(lambda _row: self._show_statement())
        self.words = QTextBrowser()
        self.words.setAccessibleName(_("Audit statement"))
        self.words.setOpenLinks(False)
        self._lay_out()

    def _lay_out(self) -> None:
        for one in (self.yes, self.no, self.not_applicable):
            self.questions.add_tool(one)
        self.questions.setMinimumHeight(self.fontMetrics().height() * 14)
        self.questions.view.wrap_rows()
        self._split = divided(Pane(self._work()), self._paper())
        self._split.setSizes([letters(self, 90), letters(self, 60)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)
        self._nothing = empty_state(
            "sign",
            _("Nothing to conclude yet"),
            _("Here the opinion is decided, reviewed and signed, once somebody audits the year."),
            button(_("Begin the audit"), lambda: self.wanted.emit("audit", None), role="primary"),
        )
        outer.addWidget(self._nothing)

    def _work(self) -> QWidget:
        """Opinion, end and independent review."""
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 14, 8, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._state, 1)
        head.addWidget(self.sign)
        column.addLayout(head)
        opinion = self._opinion_card.layout()
        assert isinstance(opinion, QVBoxLayout)
        top = QHBoxLayout()
        top.addWidget(subheading(_("Opinion")))
        top.addStretch(1)
        top.addWidget(self.decide)
        opinion.addLayout(top)
        opinion.addLayout(self._opinion)
        column.addWidget(self._opinion_card)
        column.addWidget(self._end_card)
        column.addWidget(subheading(_("Independent review")))
        column.addWidget(self.questions, 1)
        return left

    def _paper(self) -> QWidget:
        """The statement that follows from it."""
        right = QWidget()
        pages = QVBoxLayout(right)
        pages.setContentsMargins(8, 14, 16, 16)
        head = QHBoxLayout()
        head.addWidget(subheading(_("Statement, as it will stand in the report"), wrap=True), 1)
        head.addWidget(self.spoken)
        pages.addLayout(head)
        pages.addWidget(self.words, 1)
        return right

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        engagement = self._engagement
        self._split.setVisible(engagement is not None)
        self._nothing.setVisible(engagement is None)
        if engagement is None:
            return
        session = self._session
        self._title.setText(_("Conclusion of {year}", year=str(session.year)))
        number = _("opened {number} times", number=engagement.number) if engagement.number > 1 else ""
        self._state.setText(" · ".join(part for part in (say(STATES[engagement.state].title), number) if part))
        proposal = proposed(session.ledger, session.inventory, session.year)
        show_opinion(self._opinion_card, self._opinion, session.ledger, proposal, self._decided)
        self.questions.set_rows(asked(session.ledger, session.year))
        self._show_end(engagement)
        self._show_statement()
        self._enable(engagement)

    def _show_end(self, engagement: Engagement) -> None:
        clear(self._end)
        session = self._session
        if engagement.state == CONCLUDED:
            self._end.addWidget(subheading(_("Concluded on {day} and locked", day=engagement.concluded)))
            self._end.addWidget(
                label(_("What changes from now on needs a re-opening with a reason."), "muted", wrap=True)
            )
            return
        to = CONCLUDED if engagement.state == IN_REVIEW else IN_REVIEW
        title = _("Before it is concluded") if to == CONCLUDED else _("Before the independent review")
        self._end.addWidget(subheading(title))
        found = standing(session.ledger, session.inventory, session.findings, session.year, to)
        show_standing(self._end, found, lambda place: self.wanted.emit(place, None))
        if not found and to == IN_REVIEW:
            self._end.addWidget(to_the_audit(lambda: self.wanted.emit("audit", None)))

    def _show_statement(self) -> None:
        spoken = self.spoken.currentData()
        try:
            parts = statement(self._session.ledger, self._session.inventory, self._session.year)
        except UserError:
            self.words.setPlainText(_("The statement stands here as soon as the opinion is decided."))
            return
        said = [(p.title.in_language(spoken), p.text.in_language(spoken)) for p in parts]
        self.words.setHtml("".join(f"<h4>{escape(title)}</h4><p>{escape(text)}</p>" for title, text in said))

    def _enable(self, engagement: Engagement) -> None:
        person, writable = self._session.actor, self._session.writable
        reviewing = engagement.state == IN_REVIEW and person is not None and person.id == engagement.reviewer
        closed = "" if writable else _("This file is open for reading only.")
        for one in (self.yes, self.no, self.not_applicable):
            others = "" if reviewing else _("The independent reviewer answers while the audit is in review.")
            allow(one, closed or others)
        leads = person is not None and "team_lead" in person.roles
        before = leads and engagement.state not in (IN_REVIEW, CONCLUDED)
        allow(self.decide, closed or ("" if before else _("The team lead decides before the review.")))
        done = leads and engagement.state == IN_REVIEW
        allow(self.sign, closed or ("" if done else _("The team lead signs when the review is done.")))
        self.decide.setProperty("role", "primary" if self.decide.isEnabled() and self._decided is None else "")
        self.decide.style().unpolish(self.decide)
        self.decide.style().polish(self.decide)
        self.sign.setVisible(engagement.state != CONCLUDED)
        self.decide.setVisible(engagement.state != CONCLUDED)

    # ------------------------------------------------------------------ act

    def commands(self) -> list[Command]:
        def may(what: str) -> bool:
            return self._engagement is not None and bool(getattr(self, what).isEnabled())

        return [
            Command(_("Decide the opinion…"), self.decide_opinion, "", "check", "", lambda: may("decide")),
            Command(_("Answer yes"), lambda: self.answer(YES), "", "check", "", lambda: may("yes")),
            Command(_("Answer no…"), lambda: self.answer(NO), "", "error", "", lambda: may("no")),
        ]

    def decide_opinion(self) -> None:
        """Ask the team lead."""
        engagement = self._engagement
        if engagement is None:
            return
        session = self._session
        proposal = proposed(session.ledger, session.inventory, session.year)
        dialog = OpinionDialog(proposal, engagement.assurance, self._decided, self._decide, self)
        dialog.exec()
        dialog.deleteLater()

    def _decide(self, kind: str, basis: str, emphasis: str) -> None:
        session, day = self._session, datetime.now(UTC).date()
        done = deciding_opinion(
            session.ledger, session.inventory, session.year, kind, basis, emphasis, self._session.needed_actor.id, day
        )
        session.edit(done.why, done.steps)

    def answer(self, answer: str) -> None:
        """The reviewer's answer to the chosen question; for a no and what does not apply they say why."""
        row = self.questions.current_record()
        if row is None:
            self.tell("info", _("Choose a question first."))
            return
        remark = row.answer.remark if row.answer is not None else ""
        if answer != YES:
            asked_for = row.question.text.in_language(language())
            remark = ask_reason(_("Why?"), asked_for, _("Answer"), self, remark)
            if not remark:
                return
        session = self._session

        def act() -> None:
            done = answering(session.ledger, session.year, row.id, answer, remark, self._session.needed_actor.id)
            session.edit(done.why, done.steps)

        self.attempt(act)
        self.questions.show_record(self._following(row.id))

    def _following(self, key: str) -> str:
        """The next question without an answer, below this one first; this one when all are answered."""
        rows = list(self.questions.model.records)
        here = next(place for place, one in enumerate(rows) if one.id == key)
        return next((one.id for one in [*rows[here + 1 :], *rows[:here]] if one.answer is None), key)

    # ------------------------------------------------------------------

    @property
    def _engagement(self) -> Engagement | None:
        return self._session.ledger.engagement(self._session.year)

    @property
    def _decided(self) -> Opinion | None:
        found = self._session.ledger.get("opinion", str(self._session.year))
        return found if isinstance(found, Opinion) else None
