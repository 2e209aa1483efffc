"""The questions of the checklist: what is answered and proven, until when, whom it serves, and what is raised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from core.disclosures.checklist import Checked
from gui.checklist import words
from gui.checklist.areas import ALL as EVERY_AREA
from gui.checklist.areas import AreaTiles
from gui.checklist.state import Checks, said_of
from gui.disclosures.questions import natural
from gui.disclosures.words import counted
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.tables.whole_rows import choose_whole_rows
from gui.widgets import allow, button, empty_state

ALL, MISSING, EXPIRED, UNPROVEN, WANTING, RAISED = "all", "missing", "expired", "unproven", "wanting", "raised"
FILTERS: dict[str, Callable[[Checked], bool]] = {
    ALL: lambda one: True,
    MISSING: lambda one: one.state == "missing",
    EXPIRED: lambda one: one.state == "expired",
    UNPROVEN: lambda one: one.state == "answered",
    WANTING: lambda one: one.wanting,
    RAISED: lambda one: bool(one.open_findings),
}
LEAST = 24
"""Digits that the question keeps where the window is narrow."""


class QuestionsView(QWidget):
    """Areas above, the questions of the chosen one below."""

    chosen = Signal()
    """Another row is selected."""
    asked = Signal(str, str)
    """What is wanted (``answer``, ``attach``, ``action``, ``take_back``) and the key of the question."""

    def __init__(self, settings: Settings, why_not: Callable[[str], str], today: Callable[[], date], *, of_plant: bool
                 ) -> None:  # fmt: skip
        """``why_not`` says why a question cannot be answered here; corrective actions are a plant's own."""
        super().__init__()
        self._why_not, self._today, self._of_plant = why_not, today, of_plant
        self._checks: Checks | None = None
        self._no_action = ""
        """Why no corrective action can be raised."""
        self.areas = AreaTiles()
        self.areas.picked.connect(lambda _key: self._fill())
        self.shown = combo(_("Which questions"), [
            (_("All"), ALL), (_("Not answered"), MISSING), (_("Expired"), EXPIRED),
            (_("Answered without proof"), UNPROVEN), (_("No, or partly"), WANTING),
            *([(_("With an open corrective action"), RAISED)] if of_plant else []),
        ])  # fmt: skip
        self.shown.setMinimumContentsLength(8)
        self.shown.setSizeAdjustPolicy(self.shown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shown.activated.connect(lambda _row: self._fill())
        self.table: Table[Checked] = Table(
            "checklist_questions" if of_plant else "checklist_questions_group", self._columns(), settings,
            name=_("Questions of the checklist"), editable=False, identity=lambda one: one.question.point.key,
            marks=self._marks,
        )  # fmt: skip
        choose_whole_rows(self.table)
        self.table.view.wrap_rows()
        self.table.current.connect(lambda _row: self._moved())
        self.table.view.doubleClicked.connect(lambda _index: self._ask("answer"))
        self._lay_out()

    def _lay_out(self) -> None:
        view = self.table.view
        place = [one.key for one in self.table.model.columns].index("question")
        if place in view.least:
            view.least[place] = view.fontMetrics().horizontalAdvance("0") * LEAST
        self.answer = button(_("Answer…"), lambda: self._ask("answer"), role="primary",
                             tip=_("Enter or F2; or double-click the row"))  # fmt: skip
        self.attach = button(_("Attach proof…"), lambda: self._ask("attach"), picture="evidence")
        self.action = button(_("Corrective action…"), lambda: self._ask("action"), picture="findings",
                             tip=_("Raises a finding of the audit because of this question"))  # fmt: skip
        self.more = button(_("More"), self._offer_more)
        for one in (self.shown, self.answer):
            self.table.add_tool(one)
        for one in (self.attach, *([self.action] if self._of_plant else [])):
            self.table.add_spare_tool(one)
        self.table.add_tool(self.more)
        keys = {"F2": "answer", "Return": "answer", "Enter": "answer", "Ctrl+Return": "answer", "Ctrl+Enter": "answer",
                "Delete": "take_back", "Ctrl+Delete": "take_back"}  # fmt: skip
        for key, what in keys.items():
            QShortcut(QKeySequence(key), view, lambda what=what: self._ask(what),
                      context=Qt.ShortcutContext.WidgetShortcut)  # fmt: skip
        self.table.set_empty(empty_state(
            "check", _("No question of this kind"), _("Another choice above shows the other questions."),
            button(_("Show all questions"), self.show_all),
        ))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.areas)
        column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ show

    def show_checks(self, checks: Checks, no_action: str) -> None:
        """The checklist; area, filter and place are kept."""
        self._checks, self._no_action = checks, no_action
        self.areas.show_tiles(checks.tiles)
        self._fill()

    def show_all(self) -> None:
        """Every question of every area."""
        self.areas.choose(EVERY_AREA)
        self.show_kind(ALL)

    def show_kind(self, kind: str) -> None:
        """One of ``FILTERS``."""
        self.shown.setCurrentIndex(self.shown.findData(kind))
        self._fill()

    def _fill(self) -> None:
        if self._checks is None:
            return
        keep, area = FILTERS[str(self.shown.currentData())], self.areas.key
        self.table.set_rows([
            one for one in self._checks.questions if keep(one) and area in (EVERY_AREA, one.question.area)
        ])  # fmt: skip
        self.table.stand(lambda one: one.state not in ("proven", "answered"))
        self._moved()

    def show_question(self, point: str) -> bool:
        """Go to a question; what hides it is lifted."""
        if self.table.show_record(point):
            return True
        self.show_all()
        return self.table.show_record(point)

    @property
    def current(self) -> Checked | None:
        """The question the person stands on."""
        return self.table.current_record()

    # ------------------------------------------------------------------ act

    def _ask(self, what: str) -> None:
        if self.current is not None:
            self.asked.emit(what, self.current.question.point.key)

    def more_menu(self) -> QMenu:
        """What has no button of its own, or no room for it."""
        menu = QMenu(self)
        for one in self.table.left_out:
            menu.addAction(one.text(), one.click).setEnabled(one.isEnabled())
        menu.addAction(_("Take the answer back"), lambda: self._ask("take_back")).setEnabled(self.answer.isEnabled())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _moved(self) -> None:
        one = self.current
        why = self._why_not(one.question.point.key) if one is not None else _("Select a row first.")
        allow(self.answer, why)
        allow(self.attach, why)
        open_ = one is not None and bool(one.open_findings)
        self.action.setText(_("Show corrective action") if open_ else _("Corrective action…"))
        self.action.setAccessibleName(self.action.text())
        allow(self.action, "" if open_ else _("Select a row first.") if one is None else self._no_action)
        self.chosen.emit()

    # ------------------------------------------------------------------ columns

    def _columns(self) -> list[Column[Checked]]:
        """Of a plant what people answered; of a group how many plants did."""
        first = [
            Column[Checked]("code", _("No."), lambda one: one.question.code, width=5,
                            sort=lambda one: natural(one.question.code)),
            Column[Checked]("question", _("Question"), lambda one: say(one.question.point.name), width=30,
                            stretch=True),
            Column[Checked]("state", _("State"), lambda one: words.state_words(one.state), width=21,
                            sort=lambda one: words.ORDER[one.state]),
            Column[Checked]("answer", _("Answer"), lambda one: words.answer_words(one.value), width=14),
        ]  # fmt: skip
        until = Column[Checked](
            "until", _("Valid until"), lambda one: words.until_words(one.value),
            sort=lambda one: one.value.valid_to or "9999", width=14, hidden=not self._of_plant,
        )  # fmt: skip
        serves = Column[Checked]("serves", _("Helps to answer"), self._serves, width=18)
        who = Column[Checked]("who", _("Who can say it"), lambda one: "" if one.who is None else say(one.who),
                              width=18, hidden=True)  # fmt: skip
        if not self._of_plant:
            return [*first, *self._of_group(), until, serves, who]
        answered = Column[Checked]("answered", _("Answered on, by"), self._answered, sort=self._answered_day, width=14)
        action = Column[Checked]("action", _("Corrective action"), self._action, width=14)
        return [*first, answered, until, serves, action, who]

    def _of_group(self) -> list[Column[Checked]]:
        def told(one: Checked) -> str:
            checks = self._checks
            if checks is None:
                return ""
            choices = dict(one.question.point.choices)
            counts = said_of(checks.found, one.question.point.key).choices
            return " · ".join(f"{say(choices[key])} {count}" for key, count in counts.items())

        def count(key: str, below: str) -> Column[Checked]:
            def held(one: Checked) -> int:
                return getattr(said_of(self._checks.found, one.question.point.key), key).n if self._checks else 0

            def words_of(one: Checked) -> str:
                if self._checks is None:
                    return ""
                return counted(getattr(said_of(self._checks.found, one.question.point.key), key))

            return Column(key, _("Plants"), words_of, below, "right", held, width=10)

        return [count("known", _("answered")), count("proven", _("with proof")),
                Column("said", _("Answers of plants"), told, width=18)]  # fmt: skip

    def _serves(self, one: Checked) -> str:
        return "" if self._checks is None else words.frameworks_words(one, self._checks.found.maps)

    def _answered(self, one: Checked) -> str:
        return "" if self._checks is None else words.answered_words(self._checks.found.records, one.value)

    def _answered_day(self, one: Checked) -> str:
        held = None if self._checks is None else words.answer_behind(self._checks.found.records, one.value)
        return "" if held is None else held.day.isoformat()

    def _action(self, one: Checked) -> str:
        held = words.latest(one)
        if held is None or self._checks is None:
            return ""
        return words.finding_words(self._checks.found.records, held, self._today())

    def _marks(self, one: Checked) -> dict[str, Mark]:
        found = {"state": Mark(words.LEVELS[one.state], words.state_words(one.state))}
        if one.wanting and not one.open_findings and self._of_plant:
            found["answer"] = Mark("warning", _("It asks for a corrective action, and none is open."))
        return found
