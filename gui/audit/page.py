"""Audit: which state it is in, what is next, what was agreed, who takes part and what was said when."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.audit.areas import LOG as LOGGED
from core.audit.areas import PLAN
from core.audit.moving import ways_on
from core.audit.progress import progress_of
from core.audit.roles import REVIEWER, TEAM, TEAM_LEAD, titles
from core.audit.states import CONCLUDED, STATES
from core.ledger import Engagement, Person
from gui.acting import refused
from gui.audit.acts import AuditActs
from gui.audit.facts import show_engagement, show_progress
from gui.audit.next import ENGAGEMENT, PEOPLE, Next
from gui.audit.rows import LogRow, PersonRow, log_columns, log_rows, people_columns, people_marks, people_rows
from gui.audit.steps import Steps
from gui.commands import Command
from gui.language import _
from gui.page import FramedPage
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import allow, button, card, empty_state, heading, in_order, label, subheading

LOG = "log"
_FEWEST, _MOST = 4, 10
"""Rows of a table that are seen at once."""
_HEAD, _LINE = 5.2, 1.75
"""Height of a table without rows, and of each of them, in lines of text."""


class AuditPage(FramedPage):
    """State above, then what is next beside what was agreed, then people and log."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._acts = session, AuditActs(self, session, settings)
        self._title, self._opened = heading(""), label("", "muted")
        self.steps, self.next = Steps(), Next()
        self._agreed_card, self._agreed = card()[0], QVBoxLayout()
        self._work_card, self._work = card()
        self._nobody = label("", "muted", wrap=True)
        self.begin = button(_("Begin an audit…"), self.engage, role="primary", picture="audit")
        self.change = button(_("Change…"), self.engage, tip=_("Change what was agreed"))
        self.change.setAccessibleName(_("Change the engagement…"))
        self.people: Table[PersonRow] = Table(
            "people", people_columns(), settings, name=_("People and independence"), editable=False, marks=people_marks
        )
        self.log: Table[LogRow] = Table(
            "audit-log", log_columns(), settings, name=_("Meetings and correspondence"), editable=False
        )
        self.add_person = button(_("Add a person…"), self._acts.enter_person)
        self.edit_person = button(_("Change person…"), self.change_person, tip=_("Or double-click the row"))
        self.declare = button(_("Declare independence…"), self.declare_independence)
        self.release = button(_("Release certificate…"), self.release_certificate)
        self.add_entry = button(_("Enter…"), self._acts.enter_entry)
        self.edit_entry = button(_("Change entry…"), self.change_log, tip=_("Or double-click the row"))
        self.remove_entry = button(_("Take out"), self.strike_log)
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._opened)
        head.addStretch(1)
        head.addWidget(self.begin)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.next)
        left.addWidget(self._work_card)
        left.addStretch(1)
        agreed = self._agreed_card.layout()
        assert isinstance(agreed, QVBoxLayout)
        top = QHBoxLayout()
        top.addWidget(subheading(_("Engagement")))
        top.addStretch(1)
        top.addWidget(self.change)
        agreed.addLayout(top)
        agreed.addLayout(self._agreed)
        right = QVBoxLayout()
        right.addWidget(self._agreed_card)
        right.addStretch(1)
        cards.addLayout(left, 1)
        cards.addLayout(right, 1)
        self._audited = QWidget()
        whole = QVBoxLayout(self._audited)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.steps)
        whole.addLayout(cards)
        for one in (self.add_person, self.edit_person, self.declare, self.release):
            self.people.add_tool(one)
        for one in (self.add_entry, self.edit_entry, self.remove_entry):
            self.log.add_tool(one)
        self.body.addLayout(head)
        self.body.addWidget(self._nobody)
        self.body.addWidget(self._audited)
        self._logged = subheading(_("Meetings and correspondence"))
        for title, table in ((subheading(_("People and independence")), self.people), (self._logged, self.log)):
            self.body.addWidget(title)
            self.body.addWidget(table)
        self.body.addStretch(1)
        words = _("Minutes of the opening meeting come first; the auditor reads them years later.")
        self.log.set_empty(empty_state("history", _("Nothing was entered yet"), words))

    def _connect(self) -> None:
        self.next.wanted.connect(self._go)
        self.next.moved.connect(self.move_on)
        self.people.view.doubleClicked.connect(lambda _index: self.change_person())
        self.log.view.doubleClicked.connect(lambda _index: self.change_log())
        for table in (self.people, self.log):
            table.current.connect(lambda _row: self._enable())

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        session, engagement = self._session, self._engagement
        year = str(session.year)
        self._title.setText(_("Audit of {year}", year=year))
        if engagement is None and not session.ledger.held(Person):
            self._show_beginning(year)
            return
        self.show_body()
        self._audited.setVisible(engagement is not None)
        self.log.setVisible(engagement is not None)
        self._logged.setVisible(engagement is not None)
        self.begin.setVisible(engagement is None)
        self._nobody.setVisible(engagement is None)
        nobody = (_("Nobody audits {year} yet.", year=year), self._may_not_begin)
        self._nobody.setText(" ".join(filter(None, nobody)))
        self._opened.setText(_again(engagement))
        if engagement is not None:
            self._show_audit(engagement)
        self.people.set_rows(people_rows(session.ledger, session.year))
        self.people.stand(lambda row: row.person == session.actor)
        self.log.set_rows(log_rows(session.ledger, session.year))
        for table, rows in ((self.people, self.people.model.rowCount()), (self.log, self.log.model.rowCount())):
            self._make_room(table, rows)
        self._enable()

    def _make_room(self, table: QWidget, rows: int) -> None:
        """As high as its rows, within reason: then it scrolls, and the page stays short."""
        line = self.fontMetrics().height()
        table.setMinimumHeight(round(line * (_HEAD + _LINE * max(_FEWEST, min(_MOST, rows)))))
        table.setMaximumHeight(table.minimumHeight())

    def _show_beginning(self, year: str) -> None:
        words = _(
            "An audit needs people with roles: who prepares the inventory, who audits it, who leads the team, who "
            "reviews, who manages the plant. Then it is agreed what is audited, and how sure the opinion shall be."
        )
        may = self._session.writable
        begin = button(_("Begin an audit…"), self.engage, role="primary", picture="audit")
        begin.setEnabled(may)
        begin.setToolTip("" if may else _("This file is open for reading only."))
        self.show_empty(empty_state("audit", _("Nobody audits {year} yet", year=year), words, begin))

    def _show_audit(self, engagement: Engagement) -> None:
        session = self._session
        self.steps.show_state(engagement.state)
        if engagement.state in STATES:
            ways = ways_on(session.ledger, session.inventory, session.findings, session.year, session.person)
            self.next.show_ways(engagement, ways, self._why_not)
        show_engagement(self._agreed, session.ledger, engagement)
        self._order_keyboard()
        show_progress(self._work, progress_of(session.ledger, session.inventory, session.year))

    def _order_keyboard(self) -> None:
        """The buttons of what is next are new each time, and come where they are read."""
        stops = [self.begin, *self.next.links, *self.next.moves.values(), self.change]
        in_order(*stops)

    def _enable(self) -> None:
        why, engagement = self._why_not, self._engagement
        locked = engagement is not None and engagement.state == CONCLUDED
        shut = why or (_("The audit is concluded: open it again first.") if locked else "")
        who, row, entry = self._session.actor, self.people.current_record(), self.log.current_record()
        led = bool([one for one in self._session.ledger.held(Person) if one.active and TEAM_LEAD in one.roles])
        leads = not led or (who is not None and TEAM_LEAD in who.roles)
        own = row is not None and who is not None and row.id == who.id
        only_lead = _("People are changed by: {roles}.", roles=titles((TEAM_LEAD,)))
        allow(self.begin, why or self._may_not_begin)
        allow(self.change, shut or refused(self._session, PLAN))
        allow(self.add_person, why or ("" if leads else only_lead))
        allow(
            self.edit_person, why or ("" if row else _("Choose a person first.")) or ("" if leads or own else only_lead)
        )
        allow(self.declare, shut or ("" if engagement is not None else _("Begin the audit first."))
               or ("" if row else _("Choose a person first.")))  # fmt: skip
        self.release.setVisible(row is not None and bool(row.person.certificate))
        releases = who is not None and {TEAM_LEAD, REVIEWER} & set(who.roles) and not own
        allow(self.release, why or ("" if releases else _("Another team lead or the independent reviewer does it.")))
        logs = shut or refused(self._session, LOGGED)
        allow(self.add_entry, logs)
        for one in (self.edit_entry, self.remove_entry):
            allow(one, logs or ("" if entry else _("Choose an entry first.")))

    def show_subject(self, subject: object) -> None:
        """``people``, ``log`` or the id of a person."""
        if subject in (PEOPLE, LOG):
            table = self.people if subject == PEOPLE else self.log
            for area in self.findChildren(QScrollArea):
                area.ensureWidgetVisible(table)
            table.view.setFocus()
        elif isinstance(subject, str):
            self.people.show_record(subject)

    def commands(self) -> list[Command]:
        """What can be done here."""
        engagement = self._engagement
        shown = [
            Command(_("Begin an audit…"), self.engage, "", "audit", "", lambda: self._engagement is None),
            Command(_("Change the engagement…"), self.engage, "", "audit", "", self.change.isEnabled),
            Command(_("Add a person…"), self._acts.enter_person, "", "plus", "", self.add_person.isEnabled),
            Command(_("Declare independence…"), self.declare_independence, "", "sign", "", self.declare.isEnabled),
            Command(_("Enter into the log…"), self._acts.enter_entry, "", "plus", "",
                    lambda: self._engagement is not None and self.add_entry.isEnabled()),
        ]  # fmt: skip
        moves = self.next.moves.items() if engagement is not None else ()
        return [*shown, *(Command(made.text(), made.click, "", "", "", made.isEnabled) for _to, made in moves)]

    # ------------------------------------------------------------------ act

    def engage(self) -> None:
        """Begin the audit of the year shown, or change what was agreed; people come first."""
        if self._engagement is None and self._session.ledger.held(Person) and self._may_not_begin:
            self.tell("warning", self._may_not_begin)
        elif self._engagement is not None and not self.change.isEnabled():
            self.tell("warning", self.change.accessibleDescription())
        else:
            self._acts.engage()

    def move_on(self, to: str) -> None:
        """Go to another state; concluding and signing are one act, with a page of its own."""
        if to == CONCLUDED:
            self.wanted.emit("conclusion", None)
        else:
            self._acts.move_on(to)

    def _go(self, where: str) -> None:
        if where == ENGAGEMENT:
            self.engage()
        elif where == PEOPLE:
            self.show_subject(PEOPLE)
        else:
            self.wanted.emit(where, None)

    def change_person(self) -> None:
        """The chosen one."""
        row = self.people.current_record()
        if row is not None and self.edit_person.isEnabled():
            self._acts.change_person(row.person)

    def declare_independence(self) -> None:
        """Of the chosen person: with their own key, or on paper."""
        row = self.people.current_record()
        if row is not None:
            self._acts.declare(row.person)

    def release_certificate(self) -> None:
        """Let the chosen person sign with another certificate."""
        row = self.people.current_record()
        if row is not None:
            self._acts.release(row.person)

    def change_log(self) -> None:
        """The chosen entry."""
        row = self.log.current_record()
        if row is not None and self.edit_entry.isEnabled():
            self._acts.change_entry(row.entry)

    def strike_log(self) -> None:
        """Take the chosen entry out; undo brings it back."""
        row = self.log.current_record()
        if row is not None:
            self._acts.strike(row.id)

    # ------------------------------------------------------------------

    @property
    def _engagement(self) -> Engagement | None:
        return self._session.ledger.engagement(self._session.year)

    @property
    def _may_not_begin(self) -> str:
        """Why this person cannot begin an audit; empty: they can, or people have to be entered first."""
        who = self._session.actor
        if who is not None and TEAM & set(who.roles):
            return ""
        others = [one.name for one in self._session.ledger.held(Person) if one.active and TEAM & set(one.roles)]
        return " ".join((
            _("An audit is begun by: {roles}. You act as {name}.", roles=titles(TEAM), name=self._session.person),
            _("Act as {people} to begin it.", people=others) if others else _("Add one of them first."),
        ))  # fmt: skip

    @property
    def _why_not(self) -> str:
        """Why nothing can be changed at all."""
        return "" if self._session.writable else _("This file is open for reading only.")


def _again(engagement: Engagement | None) -> str:
    return "" if engagement is None or engagement.number == 1 else _("opened {number} times", number=engagement.number)
