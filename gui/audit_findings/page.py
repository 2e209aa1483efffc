"""Findings of the audit: raised, answered, corrected, closed; and each line before and after its corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QTabWidget, QToolTip, QVBoxLayout, QWidget

from core.audit.allowed import allowed
from core.audit.areas import ANSWERS, DATA, FINDINGS
from core.audit.finding import ANSWERED, CLOSED, RECOMMENDATION, WITHDRAWN, is_open
from core.audit.misstatements import misstatements
from core.ledger import AuditFinding
from gui.audit_findings.acts import FindingActs
from gui.audit_findings.corrected import CorrectedView
from gui.audit_findings.inspector import explained
from gui.audit_findings.materiality_bar import MaterialityBar
from gui.audit_findings.rows import Row, columns, marks, rows_of
from gui.commands import Command
from gui.language import _
from gui.notices import Elided
from gui.page import NewFinding, Page
from gui.panes import dropped
from gui.quality.parts import combo
from gui.session import Session
from gui.settings import Settings
from gui.tables.table import Table
from gui.widgets import allow, button, empty_state, heading, with_air

OPEN_ONES, EVERY = "open", "every"
LIST, CORRECTED = range(2)
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class AuditFindingsPage(Page):
    """Findings below the bar of materiality; beside them what they corrected."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.acts = FindingActs(self, session)
        self._title, self._summary = heading(""), Elided()
        self._summary.setProperty("role", "muted")
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = MaterialityBar()
        self.raise_button = button(
            _("Raise finding…"), lambda: self.acts.raise_about(NewFinding()), role="primary", picture="plus"
        )
        self.letters_button = button(_("Letters and sheets…"), self.write_letters, picture="report")
        self.shown = combo(_("Which findings"), [(_("All"), EVERY), (_("Not closed"), OPEN_ONES)])
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[Row] = Table(
            "audit_findings", columns(), settings, name=_("Findings"), editable=False, marks=marks
        )
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda _row: self._chosen())
        self.table.view.doubleClicked.connect(lambda _index: self.inspector_wanted.emit())
        self.corrected = CorrectedView(session, settings)
        self.tabs = QTabWidget()
        self._make_buttons()
        self._lay_out()
        if session.writable:
            paper = self.table.view.viewport()
            paper.setAcceptDrops(True)
            paper.installEventFilter(self)
        session.correcting.connect(self._enable)

    # ------------------------------------------------------------------ build

    def _make_buttons(self) -> None:
        self._first = button(_("Raise finding…"), self.raise_button.click, role="primary", picture="plus")
        self.correct = button(_("Correct data…"), lambda: self._with(self.acts.correct))
        self.answer = button(_("Answer…"), lambda: self._with(self.acts.answer))
        self.send_back = button(_("Send back…"), lambda: self._with(self.acts.send_back))
        self.close_it = button(_("Close…"), lambda: self._with(self.acts.close))
        self.more = button(_("More"), self._offer_more)

    def _lay_out(self) -> None:
        self.table.set_empty(
            empty_state(
                "findings",
                _("No findings yet"),
                _("What the auditors find stands here: misstatements, nonconformities, recommendations – from raising "
                  "to closing by another person."),
                self._first,
            )
        )  # fmt: skip
        self.table.add_tool(self.shown)
        for one in (self.correct, self.answer, self.send_back, self.close_it):
            self.table.add_spare_tool(one)
        self.table.add_tool(self.more)
        self.tabs.setAccessibleName(_("Findings and corrections"))
        self.tabs.tabBar().setAccessibleName(_("Findings and corrections"))
        for title, *widgets in (
            (_("Findings"), self.bar, self.table),
            (_("Initial – verified – why"), self.corrected),
        ):
            self.tabs.addTab(with_air(*widgets), title)
        self.tabs.currentChanged.connect(self._tab_chosen)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._summary, 1)
        head.addWidget(self.letters_button)
        head.addWidget(self.raise_button)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self._nothing = empty_state(
            "audit",
            _("Nobody audits this year yet"),
            _("Findings are raised while a year is audited. What the automatic review says stands on “Review”."),
            button(_("Begin the audit"), lambda: self.wanted.emit("audit", None), role="primary"),
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._body)
        outer.addWidget(self._nothing)

    # ------------------------------------------------------------------ show

    def refresh(self) -> None:
        """Everything, from the session."""
        session = self._session
        audited = session.ledger.engagement(session.year) is not None
        self._body.setVisible(audited)
        self._nothing.setVisible(not audited)
        if not audited:
            return
        self._title.setText(_("Findings of the audit of {year}", year=str(session.year)))
        self.bar.show_misstatements(misstatements(session.ledger, session.inventory, session.year))
        self._fill()
        if self.tabs.currentIndex() == CORRECTED:
            self.corrected.refresh()

    def _fill(self) -> None:
        rows = rows_of(self._session.ledger, self._session.year, datetime.now(UTC).astimezone().date())
        waiting = [row for row in rows if is_open(row.finding)]
        late = sum(row.overdue for row in rows)
        words = [_("{count} not closed", count=len(waiting))] if rows else []
        if late:
            words.append(_("{count} overdue", count=late))
        self._summary.setText(" · ".join(words))
        self._summary.setToolTip(self._summary.text())
        self.table.set_rows(waiting if self.shown.currentData() == OPEN_ONES else rows)
        self.table.stand(lambda row: is_open(row.finding))
        self._enable()

    def _tab_chosen(self, tab: int) -> None:
        if tab == CORRECTED:
            self.corrected.refresh()
        self.selected.emit()

    def show_subject(self, subject: object) -> None:
        """Go to a finding by its id, or begin one."""
        if isinstance(subject, NewFinding):
            self.tabs.setCurrentIndex(LIST)
            if self.raise_button.isEnabled():
                self.acts.raise_about(subject)
            else:
                self.tell("warning", self.raise_button.toolTip())
        elif isinstance(subject, str):
            self.tabs.setCurrentIndex(LIST)
            if not self.table.show_record(subject) and self.shown.currentData() == OPEN_ONES:
                self.shown.setCurrentIndex(0)
                self._fill()
                self.table.show_record(subject)

    def inspect(self) -> QWidget | None:
        found = self._current
        return None if found is None else explained(self, self._session, found.id)

    def commands(self) -> list[Command]:
        buttons: Sequence[tuple[QPushButton, Callable[[], None]]] = (
            (self.raise_button, lambda: self.acts.raise_about(NewFinding())),
            (self.answer, lambda: self._with(self.acts.answer)),
            (self.correct, lambda: self._with(self.acts.correct)),
            (self.send_back, lambda: self._with(self.acts.send_back)),
            (self.close_it, lambda: self._with(self.acts.close)),
            (self.letters_button, self.write_letters),
        )
        return [Command(one.text(), act, "", "findings", "", one.isEnabled) for one, act in buttons]

    def _chosen(self) -> None:
        self._enable()
        self.selected.emit()

    @property
    def _current(self) -> AuditFinding | None:
        row = self.table.current_record()
        return None if row is None else row.finding

    # ------------------------------------------------------------------ what is possible

    def _may(self, area: str) -> bool:
        session = self._session
        return session.writable and allowed(session.ledger, session.year, session.person, area)

    def _enable(self) -> None:
        audits, answers, corrects = self._may(FINDINGS), self._may(ANSWERS), self._may(DATA)
        auditors = _("Auditors do this while the audit is in verification.")
        plant = _("People of the plant do this while the audit is in verification.")
        state = {
            self.raise_button: (audits, auditors, ""),
            self._first: (audits, auditors, ""),
            self.send_back: (audits, auditors, self._not_answered()),
            self.close_it: (audits, auditors, self._not_waiting()),
            self.answer: (answers, plant, self._not_waiting()),
            self.correct: (corrects, plant, self._not_correctable()),
        }
        for one, (may, others, not_now) in state.items():
            allow(one, not_now if may else others)
            if one not in (self.raise_button, self._first):
                self.table.offer(one, may or not (audits or answers))
        self.more.setEnabled(self._current is not None and (audits or answers))
        allow(self.letters_button, "" if self.table.model.records else _("There is no finding to write about."))

    def _not_waiting(self) -> str:
        """Why nothing is left to be done about the finding; empty when something is."""
        if (found := self._current) is None:
            return _("Select a row first.")
        return "" if is_open(found) else _("The finding is closed.")

    def _not_answered(self) -> str:
        found = self._current
        answered = found is not None and found.status == ANSWERED
        return self._not_waiting() or ("" if answered else _("The plant has not answered yet."))

    def _not_correctable(self) -> str:
        found = self._current
        if found is not None and found.kind == RECOMMENDATION:
            return _("A recommendation corrects no data.")
        if found is not None and self._session.because == found.id:
            return _("Data are corrected because of this finding now.")
        return self._not_waiting()

    def menu(self) -> QMenu:
        """The rarer acts on the finding that is selected."""
        made, found = QMenu(self), self._current
        audits, waiting = self._may(FINDINGS), found is not None and is_open(found)
        gone = found is not None and found.status in (CLOSED, WITHDRAWN)
        for one in self.table.left_out:
            made.addAction(one.text(), one.click).setEnabled(one.isEnabled())
        for title, act, possible in (
            (_("Change…"), self.acts.change, audits and waiting),
            (_("Attach files…"), self._choose_files, waiting),
            (_("Withdraw…"), self.acts.withdraw, audits and waiting),
            (_("Open again…"), self.acts.reopen, audits and gone),
        ):
            action = made.addAction(title)
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, act=act: self._with(act))
        return made

    def _offer_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # ------------------------------------------------------------------ act

    def _with(self, act: Callable[[str], object]) -> None:
        """Do something with the finding that is selected."""
        found = self._current
        if found is not None:
            act(found.id)

    def write_letters(self) -> None:
        """Ask which, and write the PDF."""
        from gui.audit_findings.letters import LettersDialog

        chosen = tuple(row.id for row in self.table.chosen)
        self.letters = LettersDialog(self._session, chosen, self)
        self.letters.done_well.connect(self._written)
        self.letters.finished.connect(self.letters.deleteLater)
        self.letters.open()

    def _written(self, path: object) -> None:
        from gui.keys.sign_panel import open_with_system

        assert isinstance(path, Path)
        self.tell("good", _("Written {file}.", file=path.name), (_("Open"), lambda: open_with_system(path)))

    # ------------------------------------------------------------------ files

    def _choose_files(self, key: str) -> None:
        from PySide6.QtWidgets import QFileDialog

        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach files to the finding"))
        if names:
            self.acts.attach(key, [Path(name) for name in names])

    def takes(self, path: Path) -> bool:
        """Files dropped beside the rows belong to the finding that is selected."""
        return self.isVisible() and self._current is not None and path.is_file()

    def take(self, paths: Sequence[Path]) -> None:
        found = self._current
        if found is not None:
            self.acts.attach(found.id, paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files over the rows: they are kept with the one below the pointer."""
        if event.type() == QEvent.Type.DragLeave:
            QToolTip.hideText()
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not (paths := dropped(event)):
            return False
        at = event.position().toPoint()
        row = self.table.model.record(self.table.view.indexAt(at).row())
        event.acceptProposedAction()
        if event.type() != QEvent.Type.Drop:
            words = _("Drop the file on the finding that it shows or proves.")
            if row is not None:
                words = _("Attach to finding {number}", number=row.number)
            view = self.table.view
            QToolTip.showText(view.viewport().mapToGlobal(at + QPoint(12, 12)), words, view)
            return True
        QToolTip.hideText()
        if row is None:
            self.tell("warning", _("Drop the file on the finding that it shows or proves."))
        else:
            self.acts.attach(row.id, paths)
        return True
