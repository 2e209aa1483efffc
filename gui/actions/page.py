"""Actions: the plan in eight areas, what a tonne costs, when it happens, who decided it, what was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.ledger import Action
from gui.actions.answer import Answer, answer_of
from gui.actions.areas import AreasPart
from gui.actions.curve_view import CurveView
from gui.actions.figures import figures_of
from gui.actions.filed import FiledPart
from gui.actions.inspector import ActionExplanation
from gui.actions.measured_view import MeasuredView
from gui.actions.plan import PlanPart
from gui.actions.timeline_view import TimelineView
from gui.commands import Command
from gui.entering.known import known_of_new
from gui.entering.part import RecordsPart
from gui.language import _
from gui.latest import Latest
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.widgets import button, clear, empty_state, heading, label, scrolled


class ActionsPage(Page):
    """Key figures, and a tab for each way of looking at the plan."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self.found: Answer | None = None
        """What was last worked out."""
        self._asked: tuple[object, ...] = ()
        self._wish = ""
        """An action to go to once there is an answer."""
        self.today: Callable[[], date] = date.today
        """The clock of the page: what is late is late as of this day."""
        self._title, self._busy = heading(""), label("", "muted")
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(lambda why: self.tell("bad", why))
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self.plan = PlanPart(self, session, settings, self._answer)
        self.curve = CurveView(settings, self._answer)
        self.timeline = TimelineView(self._answer)
        self.measured = MeasuredView(settings, self._answer)
        self.milestones = FiledPart(
            self, session, settings, "milestone",
            _("The steps of the actions, each with the day by which it is due: ordered, delivered, in use."),
            hidden=("evidence",), picture="actions",
        )  # fmt: skip
        self.decisions = FiledPart(
            self, session, settings, "resolution",
            _("What the committee decided about actions and targets, with its minutes as evidence."),
            picture="actions", known=lambda: known_of_new(session, "resolution"),
        )  # fmt: skip
        self.areas = AreasPart(self, session, settings)
        self.tabs = QTabWidget()
        self.curve.action_chosen.connect(self._chosen)
        self.timeline.action_chosen.connect(self._chosen)
        self.measured.action_chosen.connect(lambda _key: self.selected.emit())
        self.measured.measure_wanted.connect(self._show_measure)
        self.add_button = button(_("Add an action…"), self.add, role="primary", picture="plus")
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self.add_button)
        self._title.setMinimumHeight(self.add_button.sizeHint().height())  # the button comes and goes with the tab
        for named in (self.tabs, self.tabs.tabBar()):
            named.setAccessibleName(_("Ways of looking at the plan"))
        self._begin = [button(_("Add an action…"), self.add, role="primary", picture="plus") for _number in range(3)]
        self._empty = {
            0: self._nothing(_("No cost curve yet"), _("Here stands what a tonne costs, action by action, and which "
                                                       "ones to choose for a budget."), 0),
            1: self._nothing(_("No timeline yet"), _("Here stands when each action begins, grows and ends, and which "
                                                     "of its milestones are late."), 1),
            2: self._nothing(_("No effect yet"), _("Here stands what was measured of each action, beside what was "
                                                   "planned."), 2),
        }  # fmt: skip
        self._stacked: list[tuple[QWidget, QWidget]] = []
        self.tabs.addTab(self.plan, _("Plan"))
        self._tab(self.curve, self._empty[0], _("Cost curve"))
        self._tab(self.timeline, self._empty[1], _("Timeline"))
        self.tabs.addTab(self.milestones, _("Milestones"))
        self.tabs.addTab(self.decisions, _("Decisions of committees"))
        self.tabs.addTab(self.areas, _("Areas"))
        self._tab(self.measured, self._empty[2], _("Measured effect"))
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._figures)
        column.addWidget(self.tabs, 1)

    def _nothing(self, title: str, sentence: str, place: int) -> QWidget:
        return empty_state("actions", title, sentence, self._begin[place])

    def _tab(self, view: QWidget, nothing: QWidget, title: str) -> None:
        """A tab that says how to begin as long as there is no action."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        area = scrolled(view)
        column.addWidget(area)
        column.addWidget(nothing)
        self._stacked.append((area, nothing))
        self.tabs.addTab(holder, title)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer comes."""
        session = self._session
        self._title.setText(_("Actions from {year} on", year=str(session.year)))
        for one in (self.add_button, *self._begin):
            one.setEnabled(session.writable)
        some = bool(session.ledger.held(Action))
        self.add_button.setVisible(some and self.tabs.currentWidget() is not self.plan)
        for view, nothing in self._stacked:
            view.setVisible(some)
            nothing.setVisible(not some)
        asked = (session.ledger, session.inventory, session.library)
        if len(self._asked) == len(asked) and all(a is b for a, b in zip(asked, self._asked, strict=True)):
            self._show_tab()
            return
        self._asked = asked
        self._show_tab()  # what was entered stands there at once; what follows from it comes with the answer
        self.latest.ask(self._question())

    def _question(self) -> Callable[[], Answer]:
        """The work, for another thread: kept tables are read there."""
        session, reader, today = self._session, self._session.file.reader(), self.today()
        ledger, inventory, library = session.ledger, session.inventory, session.library
        return lambda: answer_of(ledger, inventory, library, reader, today)

    def _answered(self, found: Answer) -> None:
        self.found = found
        self._show_figures()
        self._show_tab()
        if self._wish and self.plan.show_record(self._wish):
            self._wish = ""
        self.selected.emit()

    def _answer(self) -> Answer | None:
        return self.found

    def _show_figures(self) -> None:
        clear(self._figures)
        if self.found is None or not self.found.situation.actions:
            return
        for one in figures_of(self.found):
            self._figures.addWidget(one, 1)

    def _front(self) -> QWidget:
        """The part that is in front."""
        parts = (self.plan, self.curve, self.timeline, self.milestones, self.decisions, self.areas, self.measured)
        return parts[max(0, self.tabs.currentIndex())]

    def _show_tab(self) -> None:
        part = self._front()
        some = bool(self._session.ledger.held(Action))
        self.add_button.setVisible(some and part not in (self.plan, self.milestones, self.decisions, self.areas))
        if isinstance(part, PlanPart | CurveView | TimelineView | MeasuredView | RecordsPart):
            part.refresh()
        self.selected.emit()

    def commands(self) -> list[Command]:
        if not self._session.writable:
            return []
        return [
            Command(_("Add an action…"), self.add, icon="actions"),
            Command(_("Add a milestone…"), lambda: self._begin_record(self.milestones), icon="actions"),
            Command(_("Add a decision…"), lambda: self._begin_record(self.decisions), icon="actions"),
        ]

    def show_subject(self, subject: object) -> None:
        """Go to an action, a milestone or a decision by its id, or to a tab by its name."""
        if not isinstance(subject, str):
            return
        tabs = {"plan": 0, "curve": 1, "timeline": 2, "milestones": 3, "decisions": 4, "areas": 5, "measured": 6}
        ledger = self._session.ledger
        if subject in tabs:
            self.tabs.setCurrentIndex(tabs[subject])
        elif ledger.get("action", subject) is not None:
            self.tabs.setCurrentIndex(0)
            if not self.plan.show_record(subject):
                self._wish = subject
        elif ledger.get("milestone", subject) is not None:
            self.tabs.setCurrentIndex(tabs["milestones"])
            self.milestones.table.show_record(subject)
        elif ledger.get("resolution", subject) is not None:
            self.tabs.setCurrentIndex(tabs["decisions"])
            self.decisions.table.show_record(subject)

    def inspect(self) -> QWidget | None:
        """The action that one stands on; of other records all that is entered."""
        part = self._front()
        if isinstance(part, PlanPart):
            record = part.part.table.current_record()
            return self._explained(record.id if record is not None else "")
        if isinstance(part, CurveView | TimelineView | MeasuredView):
            return self._explained(part.chosen_action())
        return part.inspect() if isinstance(part, RecordsPart) else None

    def _explained(self, key: str) -> QWidget | None:
        action = self._session.ledger.get("action", key) if key else None
        if not isinstance(action, Action) or self.found is None:
            return None
        return ActionExplanation(action, self.found, self._session, self._show_measure)

    def takes(self, path: Path) -> bool:
        """A table of the kind in front, or a file that proves its current record."""
        part = self._table_part()
        return part is not None and part.takes_dropped(path)

    def take(self, paths: Sequence[Path]) -> None:
        part = self._table_part()
        if part is not None:
            part.take_dropped(paths)

    def _table_part(self) -> RecordsPart | None:
        part = self._front()
        if isinstance(part, PlanPart):
            return part.part
        return part if isinstance(part, RecordsPart) else None

    # ------------------------------------------------------------------ act

    def add(self) -> None:
        """Ask for a new action."""
        if self._session.writable:
            self.tabs.setCurrentIndex(0)
            self.plan.part.ask_new()

    def _begin_record(self, part: FiledPart) -> None:
        """Ask for a new milestone, of the action one stands on, or for a new decision."""
        record = self.plan.part.table.current_record()
        self.tabs.setCurrentWidget(part)
        part.ask_new()
        if part is self.milestones and record is not None:
            part.dialog.prefill({"action": record.id})

    def _chosen(self, key: str) -> None:
        """An action was chosen in a picture: the other picture shows it too, and the inspector explains it."""
        self.curve.plot.choose(key)
        self.timeline.choose(key)
        self.selected.emit()

    def _show_measure(self, key: str) -> None:
        self.wanted.emit("savings", key)
