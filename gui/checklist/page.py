"""What the page has in common for a plant and for head office: checklist, calendar, audits by others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import is_
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.disclosures.calendar import Due
from core.disclosures.catalogue import CHECK
from core.disclosures.value import Origin, PointValue
from gui.checklist.audits import AuditsPart
from gui.checklist.calendar import CalendarView
from gui.checklist.inspector import QuestionExplanation, Ways
from gui.checklist.proving import Prover
from gui.checklist.questions import QuestionsView
from gui.checklist.state import Checks, checks_of, naming
from gui.commands import Command
from gui.disclosures.acts import Acts
from gui.disclosures.found import Found
from gui.disclosures.origins import Named
from gui.entering.part import Keeper
from gui.language import _, say
from gui.latest import Latest
from gui.page import Page
from gui.settings import Settings
from gui.tabs import FrontTabs
from gui.widgets import clear, heading, label, marked

QUESTIONS, CALENDAR, AUDITS = "checklist", "calendar", "audits"
"""Tabs."""
MOST_NOTICES = 2
"""Shown; the rest is in a tooltip."""


class ChecklistBase(Page):
    """Who derives says what is worked out, and where links lead."""

    of_plant = True

    def __init__(self, desk: Keeper, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.today: Callable[[], date] = date.today
        """The clock of the page: answers must hold on this day."""
        self.checks: Checks | None = None
        """What was last worked out."""
        self._basis: tuple[object, ...] = ()
        self._failed = False
        self._wish = ""
        """A question to go to once there is an answer."""
        self.latest = Latest(self)
        self.latest.answered.connect(self._answered)
        self.latest.broken.connect(self._broken)
        self.latest.busy_changed.connect(lambda busy: self._busy.setText(_("Calculating…") if busy else ""))
        self.acts = Acts(self, desk, settings, lambda: None if self.checks is None else self.checks.found)
        self.prover = Prover(self, desk)
        self._make_parts()
        self._lay_out()

    def _day(self) -> date:
        return self.today()

    # ------------------------------------------------------------------ of the page that derives

    def basis(self) -> tuple[object, ...]:
        """What the answer rests on: asked anew when one of them is another."""
        raise NotImplementedError

    def work(self) -> Callable[[], Found] | None:
        """What is worked out on another thread; None while something has to be read first."""
        raise NotImplementedError

    def place_of(self, page: str) -> str:
        """Key of a page of the plant as it is called here; empty: there is none."""
        raise NotImplementedError

    def named(self, origin: Origin) -> Named:
        """The records of an origin as people call them."""
        raise NotImplementedError

    def go_origin(self, value: PointValue, origin: Origin, key: str) -> None:
        """Open a record behind an answer."""
        raise NotImplementedError

    def no_action(self) -> str:
        """Why no corrective action can be raised; empty: it can."""
        raise NotImplementedError

    def go_action(self, point: str) -> None:
        """Show the corrective action that is open, or begin one."""
        raise NotImplementedError

    def more_tabs(self) -> Sequence[tuple[str, str, QWidget]]:
        """Key, name and part of further tabs."""
        return ()

    def show_more(self) -> None:
        """Fill them."""

    def hints(self) -> Sequence[QWidget]:
        """Lines above the tabs that may say why there is less than there could be; made once, so that the keyboard
        comes to them in the order of reading."""
        return ()

    def show_hints(self) -> None:
        """Show those that have something to say."""

    # ------------------------------------------------------------------ build

    def _make_parts(self) -> None:
        self._title, self._busy = heading(""), label("", "muted")
        self.questions = QuestionsView(self.settings, self.why_not, self._day, of_plant=self.of_plant)
        self.questions.asked.connect(self._asked)
        self.calendar = CalendarView(self, self.desk, self.settings, self._day)
        self.calendar.wanted.connect(self._show_due)
        self.audits = AuditsPart(self, self.desk, self.settings, self._day, self.prover)
        for part in (self.questions, self.calendar):
            part.chosen.connect(self.selected)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._busy)
        head.addStretch(1)
        self._notices = QVBoxLayout()
        self.tabs = FrontTabs()
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName(_("Checklist, calendar and audits by others"))
        self._keys: list[str] = []
        for key, name, part in (
            (QUESTIONS, _("Checklist"), self.questions), (CALENDAR, _("Calendar"), self.calendar),
            (AUDITS, _("Audits by others"), self.audits), *self.more_tabs(),
        ):  # fmt: skip
            self._keys.append(key)
            self.tabs.addTab(part, name)
        self.tabs.currentChanged.connect(lambda _tab: self._turned())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        for one in self.hints():
            column.addWidget(one)
        column.addLayout(self._notices)
        column.addWidget(self.tabs, 1)

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        """Ask anew when something has changed; what is shown stays until the answer comes."""
        self._title.setText(_("Checklist {year}", year=str(self.desk.year)))
        self.ask()
        self._show_tab()

    def ask(self) -> None:
        """Work it out, unless what is shown rests on the same."""
        basis = self.basis()
        if len(basis) == len(self._basis) and all(map(is_, basis, self._basis)) and not self._failed:
            return
        work = self.work()
        if work is not None:
            self._basis, self._failed = basis, False
            self.latest.ask(work)
        self.show_hints()

    def _answered(self, found: Found) -> None:
        self.checks = checks_of(found)
        self._show_notices()
        self._show_tab()
        wish, self._wish = self._wish, ""
        if wish:
            self.questions.show_question(wish)
        self.selected.emit()

    def _broken(self, why: str) -> None:
        self._failed = True
        self.tell("bad", why)

    def _show_notices(self) -> None:
        """What is wrong with maps and reports."""
        self.show_hints()
        clear(self._notices)
        said = () if self.checks is None else self.checks.found.notices
        for one in said[:MOST_NOTICES]:
            self._notices.addWidget(marked("warning", "warning", say(one)))
        if len(said) > MOST_NOTICES:
            rest = label(_("and {count} more", count=len(said) - MOST_NOTICES), "muted")
            rest.setToolTip("\n".join(map(say, said[MOST_NOTICES:])))
            self._notices.addWidget(rest)

    @property
    def front(self) -> str:
        """Key of the tab that one looks at."""
        return self._keys[max(0, self.tabs.currentIndex())]

    def go_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def _turned(self) -> None:
        self._show_tab()
        self.selected.emit()

    def _show_tab(self) -> None:
        if self.front == CALENDAR:
            self.calendar.refresh()
        elif self.front == AUDITS:
            self.audits.refresh()
        elif self.checks is not None and self.front == QUESTIONS:
            self.questions.show_checks(self.checks, self.no_action())
        elif self.checks is not None:
            self.show_more()

    def inspect(self) -> QWidget | None:
        """The question, or the record, that one stands on."""
        if self.front == AUDITS:
            return self.audits.inspect()
        one, checks = self.questions.current, self.checks
        if self.front != QUESTIONS or one is None or checks is None:
            return None
        return QuestionExplanation(one, checks, self.today(), self._ways())

    def _ways(self) -> Ways:
        return Ways(
            self.settings, self.why_not, self.answer, self.named, self.go_origin,
            lambda place: self.wanted.emit(self.place_of("disclosures"), place),
            lambda key: self.wanted.emit("audit_findings", key), lambda sha256: self.wanted.emit("inbox", sha256),
            self.proof(),
        )  # fmt: skip

    def proof(self) -> Callable[[str], object] | None:
        """What opens a kept file."""
        place = self.place_of("evidence")
        return (lambda key: self.wanted.emit(place, key)) if place else None

    def show_subject(self, subject: object) -> None:
        """A tab by its key; a question by its code, key or answer; a result by its id."""
        if not isinstance(subject, str):
            return
        if subject in self._keys:
            self.go_tab(subject)
        elif self.desk.records.get("external_audit", subject) is not None:
            self.go_tab(AUDITS)
            self.audits.table.show_record(subject)
        else:
            point = subject.split(" ", 1)[-1]  # an answer is called by its year and its data point
            self.go_tab(QUESTIONS)
            point = point if point.startswith(CHECK) else f"{CHECK}{point}"
            if self.checks is None or not self.questions.show_question(point):
                self._wish = point

    # ------------------------------------------------------------------ act

    def why_not(self, point: str) -> str:
        """Why a question cannot be answered here; empty: it can."""
        one = None if self.checks is None else self.checks.of(point)
        if one is not None and self.of_plant and one.value.derived and one.value.missing is None:
            return _("It follows from other records: its origin leads to them.")
        return self.acts.why_not(point)

    def answer(self, point: str) -> None:
        """Ask for an answer; of what follows from records it is said where from."""
        if why := self.why_not(point):
            self.tell("info", why)
            self.inspector_wanted.emit()
        else:
            self.acts.answer(point)

    def _asked(self, what: str, point: str) -> None:
        if what == "answer":
            self.answer(point)
        elif what == "attach":
            self.ask_files(point)
        elif what == "action":
            self.go_action(point)
        else:
            self.acts.take_back([point])

    def ask_files(self, point: str) -> None:
        """Ask for files that prove an answer."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach proof…"))
        if names:
            self.prove(point, [Path(name) for name in names])

    def prove(self, point: str, paths: Sequence[Path]) -> None:
        """Keep files with the answer of this year; where there is none yet, it is asked for with them."""
        held = None if self.checks is None else self.checks.found.answer_of(point)
        if self.why_not(point):
            self.tell("info", self.why_not(point))
        elif held is not None:
            self.prover.attach("answer", held.id, paths)
        else:
            from gui.disclosures.answer_form import AnswerForm

            self.acts.answer(point)
            form = self.acts.dialog
            assert isinstance(form, AnswerForm)
            form.files.put(paths)

    def begin_audit(self) -> None:
        """Ask for one more result of an audit by others."""
        self.go_tab(AUDITS)
        self.audits.ask_new()

    def _show_due(self, due: Due) -> None:
        """The record of a line of the calendar, on its page; a kept file where no page shows them, by what names it."""
        page, key = due.page, due.id
        if due.kind == "evidence" and not self.place_of(page):
            page, key = naming(self.desk.records, key)
        if page == "checklist":
            self.show_subject(key)
        elif page:
            self.wanted.emit(self.place_of(page), key)
        else:
            self.tell("info", _("No record names this file any more."))

    # ------------------------------------------------------------------ palette, files

    def commands(self) -> list[Command]:
        def able() -> bool:
            return self.desk.writable

        def question() -> bool:
            return self.questions.current is not None

        return [
            Command(_("Answer a question…"), self.questions.answer.click, icon="checklist",
                    enabled=lambda: able() and question()),
            Command(_("Questions without proof"), lambda: self._show_kind("unproven"), icon="checklist"),
            Command(_("What expires and is due"), lambda: self.go_tab(CALENDAR), icon="checklist"),
            Command(_("Export calendar…"), self.export_calendar, icon="export"),
            Command(_("Add a result of an audit by others…"), self.begin_audit, icon="plus", enabled=able),
        ]  # fmt: skip

    def _show_kind(self, kind: str) -> None:
        self.go_tab(QUESTIONS)
        self.questions.show_kind(kind)

    def export_calendar(self) -> None:
        """Ask where to write what expires and is due."""
        self.go_tab(CALENDAR)
        self.calendar.ask_export()

    def takes(self, path: Path) -> bool:
        """Files that prove the question or result one stands on; on the results also their tables."""
        if not self.desk.writable or not self.isVisible():
            return False
        if self.front == AUDITS:
            return self.audits.takes_dropped(path)
        one = self.questions.current
        return self.front == QUESTIONS and one is not None and not self.why_not(one.question.point.key)

    def take(self, paths: Sequence[Path]) -> None:
        one = self.questions.current
        if self.front == AUDITS:
            self.audits.take_dropped(paths)
        elif one is not None:
            self.prove(one.question.point.key, paths)
